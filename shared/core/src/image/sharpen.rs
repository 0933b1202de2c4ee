//! Unsharp mask.

use super::convolution::{Term, convolve, round};
use super::frame::Sample;
use super::gaussian::Gaussian;
use super::number::Hundredths;
use super::{Error, Frame, Samples, Shape};

/// The blur whose difference is added.
const MASK: Gaussian = Gaussian { sigma: Hundredths(100) };

/// An unsharp mask: colour goes away from that of the Gaussian blur of one pixel,
/// `c + amount (c - blurred)`, rounded to the nearest level, half up, and held within the range.
/// Alpha is unchanged, and so is the colour of transparent pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharpen {
    /// How much of the difference from the blurred picture is added, 0.1 to 10.
    pub amount: Hundredths,
}

impl Sharpen {
    /// The most memory, in bytes, beside a frame of `shape`.
    pub(super) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        MASK.scratch_bytes(shape, bytes_per_sample)
    }

    /// Sharpens in place.
    pub(super) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let (shape, amount) = (frame.shape, self.amount.value() as f32);
        match &mut frame.samples {
            Samples::U8(samples) => sharpen(shape, samples, amount),
            Samples::U16(samples) => sharpen(shape, samples, amount),
        }
    }
}

fn sharpen<S: Sample + Term>(shape: Shape, samples: &mut [S], amount: f32) -> Result<(), Error> {
    let (layout, weights) = (shape.layout, MASK.weights());
    if !layout.has_alpha() {
        return convolve(shape, samples, &weights, |row, blurred| exaggerate(row, blurred, amount));
    }
    let channels = layout.channels();
    convolve(shape, samples, &weights, |row, blurred| {
        for (pixel, blurred) in row.chunks_exact_mut(channels).zip(blurred.chunks_exact(channels)) {
            let (alpha, colours) = pixel.split_last_mut().expect("two channels or four");
            if *alpha != S::default() {
                exaggerate(colours, blurred, amount);
            }
        }
    })
}

fn exaggerate<S: Sample + Term>(samples: &mut [S], blurred: &[f32], amount: f32) {
    for (sample, &blurred) in samples.iter_mut().zip(blurred) {
        let value = sample.value();
        *sample = round(value + amount * (value - blurred));
    }
}
