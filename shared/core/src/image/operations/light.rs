//! Averages in linear light.
//!
//! The samples of a picture are sRGB's (IEC 61966-2-1): twice the level is far more than twice the
//! light, so that an average of levels is darker than what the eye would blend. Here an operation is
//! done to the light itself, in 16 bits: exactly what it does to 16-bit samples, between two tables.

use std::fmt;
use std::sync::LazyLock;

use super::gaussian::Gaussian;
use super::pixelate::Pixelate;
use super::resize::Resize;
use super::tone;
use crate::image::{Error, Frame, Operation, Samples, Shape};
use crate::pixels::Radius;
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::{Layout, Sample};

/// The most light.
const BRIGHTEST: f64 = 65_535.0;

// Made once, not for every frame of an animation.
static LIGHT_OF_8_BITS: LazyLock<[u16; 1 << 8]> = LazyLock::new(light_of_levels);
static LIGHT_OF_16_BITS: LazyLock<[u16; 1 << 16]> = LazyLock::new(light_of_levels);
static LEVELS_OF_8_BITS: LazyLock<[u8; 1 << 16]> = LazyLock::new(levels_of_light);
static LEVELS_OF_16_BITS: LazyLock<[u16; 1 << 16]> = LazyLock::new(levels_of_light);

/// What is averaged where pixels are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Light {
    /// The samples as they are stored.
    #[default]
    Encoded,
    /// The light that they stand for.
    Linear,
}

/// An operation that averages pixels, done in linear light. In text it is the operation with
/// `,linear` at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linear(Averaging);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Averaging {
    Resize(Resize),
    Blur(Radius),
    Gaussian(Gaussian),
    Pixelate(Pixelate),
}

impl Linear {
    /// The same operation in linear light, if it averages pixels.
    pub(in crate::image) fn of(operation: Operation) -> Option<Self> {
        Some(Self(match operation {
            Operation::Resize(resize) => Averaging::Resize(resize),
            Operation::Blur(radius) => Averaging::Blur(radius),
            Operation::Gaussian(gaussian) => Averaging::Gaussian(gaussian),
            Operation::Pixelate(pixelate) => Averaging::Pixelate(pixelate),
            _ => return None,
        }))
    }

    /// The operation on samples as they are stored.
    pub(in crate::image) const fn encoded(self) -> Operation {
        match self.0 {
            Averaging::Resize(resize) => Operation::Resize(resize),
            Averaging::Blur(radius) => Operation::Blur(radius),
            Averaging::Gaussian(gaussian) => Operation::Gaussian(gaussian),
            Averaging::Pixelate(pixelate) => Operation::Pixelate(pixelate),
        }
    }

    /// The most memory, in bytes, beside a frame of `shape`: what averaging the light takes, and
    /// the light itself where samples of 8 bits have no room for it, beside them before and
    /// afterwards.
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        let operation = self.encoded();
        if !self.averages(shape) {
            return operation.scratch_bytes(shape, bytes_per_sample);
        }
        let averaging = operation.scratch_bytes(shape, 2);
        if bytes_per_sample > 1 {
            return averaging;
        }
        let before = shape.samples();
        let after = operation.shape(shape).unwrap_or(shape).samples();
        // Where the levels were there is room for what is no larger.
        let beside = if averaging > before { averaging } else { 0 };
        let encoding = after.saturating_mul(3).saturating_sub(before);
        before.saturating_mul(2).saturating_add(beside).max(encoding)
    }

    /// Changes the frame.
    ///
    /// # Errors
    /// If memory cannot be had; of the picture then nothing useful is left.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        if !self.averages(frame.shape) {
            return self.encoded().apply(frame);
        }
        match self.0 {
            // What is added around the picture is no average.
            Averaging::Resize(resize) => {
                in_linear_light(frame, |frame| resize.resample(frame))?;
                resize.extend(frame)
            }
            _ => in_linear_light(frame, |frame| self.encoded().apply(frame)),
        }
    }

    /// Whether a picture of this shape is averaged at all.
    fn averages(self, shape: Shape) -> bool {
        match self.0 {
            Averaging::Resize(resize) => resize.resamples(shape),
            Averaging::Blur(radius) => radius.pixels() > 0,
            Averaging::Gaussian(_) | Averaging::Pixelate(_) => true,
        }
    }
}

impl fmt::Display for Linear {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{},linear", self.encoded())
    }
}

/// Does something to the light that a frame's samples stand for. Alpha is no light. Samples of
/// 16 bits become light where they are.
fn in_linear_light(
    frame: &mut Frame,
    change: impl FnOnce(&mut Frame) -> Result<(), Error>,
) -> Result<(), Error> {
    let layout = frame.shape.layout;
    match &mut frame.samples {
        Samples::U8(samples) => {
            // 65535 is 257 times 255.
            let wide = |alpha: u8| u16::from(alpha) * 257;
            let nearest = |alpha: u16| ((u32::from(alpha) + 128) / 257) as u8;
            frame.samples = converted(layout, samples, &*LIGHT_OF_8_BITS, wide)?;
            change(frame)?;
            if let Samples::U16(light) = &frame.samples {
                frame.samples = converted(layout, light, &*LEVELS_OF_8_BITS, nearest)?;
            }
        }
        Samples::U16(samples) => {
            tone::look_up(&*LIGHT_OF_16_BITS, layout, samples);
            change(frame)?;
            if let Samples::U16(light) = &mut frame.samples {
                tone::look_up(&*LEVELS_OF_16_BITS, layout, light);
            }
        }
    }
    Ok(())
}

/// Colours by a table.
fn converted<F: Sample, T: Sample>(
    layout: Layout,
    samples: &[F],
    table: &[T],
    alpha: impl Fn(F) -> T,
) -> Result<Samples, Error>
where
    Samples: From<Vec<T>>,
{
    let colour = |level: F| table[Into::<u32>::into(level) as usize];
    let mut converted = zeroed(samples.len())?;
    match layout {
        Layout::L | Layout::Rgb => {
            converted.iter_mut().zip(samples).for_each(|(to, &from)| *to = colour(from));
        }
        Layout::La => {
            let pixels = samples.as_chunks().0;
            for (to, &[gray, opacity]) in converted.as_chunks_mut().0.iter_mut().zip(pixels) {
                *to = [colour(gray), alpha(opacity)];
            }
        }
        Layout::Rgba => {
            let pixels = samples.as_chunks().0;
            for (to, &[r, g, b, opacity]) in converted.as_chunks_mut().0.iter_mut().zip(pixels) {
                *to = [colour(r), colour(g), colour(b), alpha(opacity)];
            }
        }
    }
    Ok(converted.into())
}

/// The light of each level.
fn light_of_levels<const LEVELS: usize>() -> [u16; LEVELS] {
    let highest = (LEVELS - 1) as f64;
    let mut table = [0; LEVELS];
    for (level, light) in (0u32..).zip(&mut table) {
        *light = (BRIGHTEST * linear(f64::from(level) / highest)).round() as u16;
    }
    table
}

/// The level that is nearest to each light, as the eye sees it: not by the light's own measure.
fn levels_of_light<S: Sample>() -> [S; 1 << 16] {
    let highest: u32 = S::MAX.into();
    // Where a level's share of the scale begins, half-way from the one below.
    let start = |level: u32| BRIGHTEST * linear((f64::from(level) - 0.5) / f64::from(highest));
    let mut table = [S::default(); 1 << 16];
    let (mut level, mut next) = (0, start(1));
    for (light, entry) in (0u32..).zip(&mut table) {
        while level < highest && f64::from(light) >= next {
            level += 1;
            next = start(level + 1);
        }
        *entry = S::truncate(level.into());
    }
    table
}

/// The light of a level, both from 0 to 1.
fn linear(level: f64) -> f64 {
    if level <= 0.040_45 { level / 12.92 } else { libm::pow((level + 0.055) / 1.055, 2.4) }
}

#[cfg(test)]
mod tests;
