//! Averages in linear light.
//!
//! The samples of a picture are sRGB's (IEC 61966-2-1): twice the level is far more than twice the
//! light, so that an average of levels is darker than what the eye would blend. Here an operation is
//! done to the light itself, in 16 bits: exactly what it does to 16-bit samples, between two tables.

use std::fmt;
use std::mem::replace;

use super::gaussian::Gaussian;
use super::pixelate::Pixelate;
use super::resize::Resize;
use crate::image::{Error, Frame, Operation, Samples, Shape};
use crate::pixels::Radius;
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::{Layout, Sample};

/// Levels of 16 bits.
const LEVELS: usize = 1 << 16;
/// The highest of them.
const BRIGHTEST: f64 = 65_535.0;

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

    /// The most memory, in bytes, beside a frame of `shape`: before and afterwards both the samples
    /// and their light, in between the light and what averaging it takes.
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        let operation = self.encoded();
        if !self.averages(shape) {
            return operation.scratch_bytes(shape, bytes_per_sample);
        }
        let (before, after) = (shape.samples(), operation.shape(shape).unwrap_or(shape).samples());
        let (own, both) = (bytes_per_sample, bytes_per_sample + 2);
        before
            .saturating_mul(both)
            .max(before.saturating_mul(2).saturating_add(operation.scratch_bytes(shape, 2)))
            .max(after.saturating_mul(both))
            .saturating_sub(before.saturating_mul(own))
            .saturating_add(2 * 2 * LEVELS as u64)
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

/// Does something to the light that a frame's samples stand for. Alpha is no light.
fn in_linear_light(
    frame: &mut Frame,
    change: impl FnOnce(&mut Frame) -> Result<(), Error>,
) -> Result<(), Error> {
    match replace(&mut frame.samples, Samples::U8(Vec::new())) {
        Samples::U8(samples) => run(frame, samples, change),
        Samples::U16(samples) => run(frame, samples, change),
    }
}

fn run<S: Sample>(
    frame: &mut Frame,
    samples: Vec<S>,
    change: impl FnOnce(&mut Frame) -> Result<(), Error>,
) -> Result<(), Error>
where
    Samples: From<Vec<S>>,
{
    frame.samples = converted(frame.shape.layout, &samples, &light_of_levels::<S>()?)?.into();
    drop(samples);
    change(frame)?;
    if let Samples::U16(light) = &frame.samples {
        frame.samples = converted(frame.shape.layout, light, &levels_of_light::<S>()?)?.into();
    }
    Ok(())
}

/// Colours by a table, alpha in proportion.
fn converted<F: Sample, T: Sample>(
    layout: Layout,
    samples: &[F],
    table: &[T],
) -> Result<Vec<T>, Error> {
    let mut converted = zeroed(samples.len())?;
    match layout {
        Layout::L | Layout::Rgb => convert::<F, T, 1, 1>(samples, &mut converted, table),
        Layout::La => convert::<F, T, 2, 1>(samples, &mut converted, table),
        Layout::Rgba => convert::<F, T, 4, 3>(samples, &mut converted, table),
    }
    Ok(converted)
}

/// Pixels of so many channels, of which so many are colours.
fn convert<F: Sample, T: Sample, const CHANNELS: usize, const COLOURS: usize>(
    samples: &[F],
    converted: &mut [T],
    table: &[T],
) {
    let [most, full]: [u32; 2] = [F::MAX.into(), T::MAX.into()];
    let alpha = |alpha: u32| T::truncate(u64::from((alpha * full + most / 2) / most));
    let pixels = converted.as_chunks_mut::<CHANNELS>().0.iter_mut();
    for (converted, pixel) in pixels.zip(samples.as_chunks::<CHANNELS>().0) {
        for channel in 0..CHANNELS {
            let sample: u32 = pixel[channel].into();
            converted[channel] =
                if channel < COLOURS { table[sample as usize] } else { alpha(sample) };
        }
    }
}

/// The light of each level, of 65535 parts.
fn light_of_levels<S: Sample>() -> Result<Vec<u16>, Error> {
    let most: u32 = S::MAX.into();
    let mut table = zeroed(most as usize + 1)?;
    for (level, light) in (0u32..).zip(&mut table) {
        *light = (linear(f64::from(level) / f64::from(most)) * BRIGHTEST).round() as u16;
    }
    Ok(table)
}

/// The level that is nearest to each light, as the eye sees it: not by the light's own measure.
fn levels_of_light<S: Sample>() -> Result<Vec<S>, Error> {
    let most: u32 = S::MAX.into();
    // Where a level's share of the scale begins, half-way from the one below.
    let start = |level: u32| BRIGHTEST * linear((f64::from(level) - 0.5) / f64::from(most));
    let mut table = zeroed(LEVELS)?;
    let (mut level, mut next) = (0, start(1));
    for (light, entry) in (0u32..).zip(&mut table) {
        while level < most && f64::from(light) >= next {
            level += 1;
            next = start(level + 1);
        }
        *entry = S::truncate(level.into());
    }
    Ok(table)
}

/// The light of a level, both from 0 to 1.
fn linear(level: f64) -> f64 {
    if level <= 0.040_45 { level / 12.92 } else { libm::pow((level + 0.055) / 1.055, 2.4) }
}

#[cfg(test)]
mod tests;
