//! An animation from its file, one frame in memory at a time.

use std::borrow::Cow;

use image::metadata::Orientation;

use super::Delay;
use super::canvas::Canvas;
use super::gif::Gif;
use super::patch::Patches;
use super::png::Png;
use super::webp::WebP;
use crate::image::file::coding::Coding;
use crate::image::file::header::Header;
use crate::image::file::profile::to_srgb;
use crate::image::{Error, Format, Frame, Layout, Limits, Shape};

/// An animation whose header has been read.
pub(in crate::image) struct Animation<'a> {
    patches: Box<dyn Patches + 'a>,
    canvas: Option<Canvas>,
    pub(in crate::image) shape: Shape,
    pub(in crate::image) bytes_per_sample: u64,
    pub(in crate::image) orientation: Orientation,
    /// What is held from the first frame to the last, in bytes.
    pub(in crate::image) held_bytes: u64,
    /// What decoding a frame takes beside that, in bytes.
    pub(in crate::image) scratch_bytes: u64,
    /// The pixels of the canvas, or of the largest frame where that is larger.
    pub(in crate::image) frame_pixels: u64,
    /// Frames that are composed, but not given.
    skipped: u32,
    /// Frames that are given after those.
    pub(in crate::image) frames: u32,
    profile: Option<Cow<'a, [u8]>>,
}

impl<'a> Animation<'a> {
    /// `largest` are sides that no frame exceeds.
    pub(in crate::image) fn open(
        format: Format,
        file: &'a [u8],
        header: Header<'a>,
        largest: (u32, u32),
        limits: &Limits,
    ) -> Result<Self, Error> {
        let Header { width, height, frames, .. } = header;
        let (patches, layout, bytes_per_sample): (Box<dyn Patches>, _, _) = match format {
            Format::Png => {
                let png = Png::open(file, frames, width)?;
                let (layout, bytes_per_sample) = png.samples();
                (Box::new(png), layout, bytes_per_sample)
            }
            Format::WebP => (Box::new(WebP::open(file, limits)), Layout::Rgba, 1),
            _ => (Box::new(Gif::open(file)?), Layout::Rgba, 1),
        };
        let colours = layout.without_alpha();
        let layout = if header.alpha { colours.with_alpha() } else { colours };
        let shape = Shape { width, height, layout };
        let patch = Shape { width: largest.0, height: largest.1, layout: colours.with_alpha() };
        let canvas_bytes = shape.samples().saturating_mul(bytes_per_sample);
        let profile_bytes = 2 * header.profile.as_deref().map_or(0, <[u8]>::len) as u64;
        Ok(Self {
            patches,
            canvas: None,
            shape,
            bytes_per_sample,
            orientation: header.orientation,
            // The canvas, and what comes back to it.
            held_bytes: canvas_bytes.saturating_mul(2).saturating_add(profile_bytes),
            scratch_bytes: Coding::of_animation(format, file)
                .scratch_bytes(patch, bytes_per_sample)
                .saturating_add(patch.samples().saturating_mul(bytes_per_sample)),
            frame_pixels: shape.pixels().max(patch.pixels()),
            skipped: 0,
            frames,
            profile: header.profile,
        })
    }

    /// How often the animation is played; 0 is for ever.
    pub(in crate::image) fn plays(&self) -> u32 {
        self.patches.plays()
    }

    /// Gives no frame but this one.
    pub(in crate::image) fn pick(&mut self, frame: u32) {
        (self.skipped, self.frames) = (frame, 1);
    }

    /// How many frames are composed.
    pub(in crate::image) fn composed(&self) -> u32 {
        self.skipped.saturating_add(self.frames)
    }

    /// The next frame as it is seen on the whole canvas, and how long.
    ///
    /// # Errors
    /// Where the file is broken, which it is also where there is none, or memory cannot be had.
    pub(in crate::image) fn next(&mut self) -> Result<(Frame, Delay), Error> {
        let canvas = match &mut self.canvas {
            Some(canvas) => canvas,
            none => none.insert(Canvas::new(self.shape, self.bytes_per_sample)?),
        };
        for _ in 0..std::mem::take(&mut self.skipped) {
            canvas.draw(&self.patches.next()?)?;
        }
        let patch = self.patches.next()?;
        canvas.draw(&patch)?;
        let delay = patch.delay;
        drop(patch);
        let mut frame = canvas.copy()?;
        if let Some(profile) = &self.profile {
            to_srgb(&mut frame, profile)?;
        }
        Ok((frame, delay))
    }
}
