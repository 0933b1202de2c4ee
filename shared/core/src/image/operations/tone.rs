//! Changes of each pixel by itself.

use std::fmt;

use super::number::Hundredths;
use super::planes::{BLOCK, Mix, Planes};
use super::stage::{self, Stage};
use crate::image::{Colour, Error};
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::{Frame, Layout, Sample, Samples, Shape};

/// A change of tone or colour. In text: `grayscale`, `brightness:-20`. The percentages and angles
/// are those of the W3C's Filter Effects Module Level 1, on the samples as they are (sRGB). Every
/// result is rounded to the nearest level, half up, and held within the range; matrices are rounded
/// to 16 fractional bits. Alpha is unchanged, but for [`Tone::Flatten`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Colour to luma: [`Frame::grayscale`].
    Grayscale,
    /// Slope 1 + n/100, n from -100 to 100.
    Brightness(i8),
    /// Slope 1 + n/100 about the middle of the range, n from -100 to 100.
    Contrast(i8),
    /// The matrix of `saturate(1 + n/100)`, n from -100 to 100. Gray stays as it is.
    Saturation(i8),
    /// The matrix of `hue-rotate()`, 0 to 359 degrees. Gray stays as it is.
    Hue(u16),
    /// `MAX (v / MAX)^(1 / g)`, g from 0.1 to 10; above 1 brightens.
    Gamma(Hundredths),
    /// The complement of each colour.
    Invert,
    /// The matrix of `sepia(1)`. Gray pictures become colour.
    Sepia,
    /// White where luma is this level (of 8 bits) or more, else black; gray afterwards.
    Threshold(u8),
    /// Luma times this colour, mixed with the picture by the colour's alpha: white becomes the
    /// colour, black stays black. Gray pictures become colour, unless the tint is gray too.
    Tint(Colour),
    /// The picture laid on this opaque colour, `(c a + colour (MAX - a)) / MAX`, without alpha.
    /// Gray pictures with alpha become colour, unless this is gray too.
    Flatten([u8; 3]),
}

impl Tone {
    /// The operation's name.
    pub(in crate::image) const fn name(self) -> &'static str {
        match self {
            Self::Grayscale => "grayscale",
            Self::Brightness(_) => "brightness",
            Self::Contrast(_) => "contrast",
            Self::Saturation(_) => "saturation",
            Self::Hue(_) => "hue",
            Self::Gamma(_) => "gamma",
            Self::Invert => "invert",
            Self::Sepia => "sepia",
            Self::Threshold(_) => "threshold",
            Self::Tint(_) => "tint",
            Self::Flatten(_) => "flatten",
        }
    }

    /// The shape afterwards.
    pub(in crate::image) fn shape(self, shape: Shape) -> Shape {
        Shape { layout: self.layout(shape.layout), ..shape }
    }

    /// The layout afterwards.
    pub(in crate::image) fn layout(self, layout: Layout) -> Layout {
        match self {
            Self::Grayscale | Self::Threshold(_) => layout.gray(),
            Self::Sepia => layout.colour(),
            Self::Tint(colour) if !colour.is_gray() => layout.colour(),
            Self::Flatten(_) if !layout.has_alpha() => layout,
            Self::Flatten([red, green, blue]) if red == green && green == blue => {
                layout.without_alpha()
            }
            Self::Flatten(_) => Layout::Rgb,
            _ => layout,
        }
    }
}

/// The most memory, in bytes, that a pass of `tones` takes beside a frame of `shape`: a table each,
/// and a frame where gray has become colour at the end.
pub(in crate::image) fn scratch_bytes(tones: &[Tone], shape: Shape, bytes_per_sample: u64) -> u64 {
    let tables = tones.len() as u64 * (bytes_per_sample << (8 * bytes_per_sample));
    let after = tones.iter().fold(shape, |shape, tone| tone.shape(shape));
    let wider = after.layout.channels() > shape.layout.channels();
    let frame = if wider { after.samples().saturating_mul(bytes_per_sample) } else { 0 };
    frame.saturating_add(tables)
}

/// Changes the frame by several tones in one pass over blocks of pixels. Each rounds as it would by
/// itself.
pub(in crate::image) fn apply(tones: &[Tone], frame: &mut Frame) -> Result<(), Error> {
    if let [Tone::Grayscale] = tones {
        frame.grayscale();
        match &mut frame.samples {
            Samples::U8(samples) => samples.shrink_to_fit(),
            Samples::U16(samples) => samples.shrink_to_fit(),
        }
        return Ok(());
    }
    let from = frame.shape.layout;
    let to = tones.iter().fold(from, |layout, tone| tone.layout(layout));
    match &mut frame.samples {
        Samples::U8(samples) => run(&stage::compile(tones, from)?, from, to, samples)?,
        Samples::U16(samples) => run(&stage::compile(tones, from)?, from, to, samples)?,
    }
    frame.shape.layout = to;
    Ok(())
}

fn run<S: Mix>(
    stages: &[Stage<S>],
    from: Layout,
    to: Layout,
    samples: &mut Vec<S>,
) -> Result<(), Error> {
    match stages {
        [] => return Ok(()),
        [Stage::Table(table)] => {
            look_up(table, from, samples);
            return Ok(());
        }
        _ => {}
    }
    let (before, after) = (from.channels(), to.channels());
    let pixels = samples.len() / before;
    let mut planes = Planes::new();
    if after > before {
        let mut wider = zeroed(pixels * after)?;
        let blocks = samples.chunks(BLOCK * before).zip(wider.chunks_mut(BLOCK * after));
        for (block, out) in blocks {
            planes.load(from, block);
            stages.iter().for_each(|stage| planes.apply(stage));
            planes.store(to, out);
        }
        *samples = wider;
    } else {
        for start in (0..pixels).step_by(BLOCK) {
            let end = pixels.min(start + BLOCK);
            planes.load(from, &samples[start * before..end * before]);
            stages.iter().for_each(|stage| planes.apply(stage));
            planes.store(to, &mut samples[start * after..end * after]);
        }
        samples.truncate(pixels * after);
        samples.shrink_to_fit();
    }
    Ok(())
}

/// Every colour to the level at its place in the table.
pub(in crate::image) fn look_up<S: Sample>(table: &[S], layout: Layout, samples: &mut [S]) {
    let channels = layout.channels();
    if layout.has_alpha() {
        for pixel in samples.chunks_exact_mut(channels) {
            stage::look_up(table, &mut pixel[..channels - 1]);
        }
    } else {
        stage::look_up(table, samples);
    }
}

impl fmt::Display for Tone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())?;
        match self {
            Self::Grayscale | Self::Invert | Self::Sepia => Ok(()),
            Self::Brightness(percent) | Self::Contrast(percent) | Self::Saturation(percent) => {
                write!(out, ":{percent}")
            }
            Self::Hue(degrees) => write!(out, ":{degrees}"),
            Self::Gamma(gamma) => write!(out, ":{gamma}"),
            Self::Threshold(level) => write!(out, ":{level}"),
            Self::Tint(colour) => write!(out, ":{colour}"),
            Self::Flatten(rgb) => write!(out, ":{}", Colour { rgb: *rgb, alpha: 255 }),
        }
    }
}

#[cfg(test)]
mod tests;
