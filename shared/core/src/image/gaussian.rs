//! Gaussian blur.

use super::convolution::{convolve, round, scratch_bytes};
use super::frame::Sample;
use super::number::Hundredths;
use super::{Error, Frame, Samples, Shape};

/// A Gaussian blur: every channel is the average over the pixels at most `ceil(3 sigma)` away in
/// each direction, weighted by `exp(-d^2 / (2 sigma^2))` across and down; the window is cut at the
/// picture's edge. With alpha, colour is weighted by it as well, and 0 where there is none. Rounded
/// to the nearest level, half up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaussian {
    /// The standard deviation in pixels, 0.1 to 50.
    pub sigma: Hundredths,
}

impl Gaussian {
    /// The most memory, in bytes, beside a frame of `shape`: some `6 sigma` rows, of four bytes a
    /// sample where there is alpha.
    pub(super) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        scratch_bytes(shape, bytes_per_sample, self.reach() as u64 + 1)
    }

    /// Blurs in place.
    pub(super) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let (shape, weights) = (frame.shape, self.weights());
        match &mut frame.samples {
            Samples::U8(samples) => convolve(shape, samples, &weights, write),
            Samples::U16(samples) => convolve(shape, samples, &weights, write),
        }
    }

    /// The weight at each distance in pixels, from 0; they are yet to be divided by their sum.
    pub(super) fn weights(self) -> Vec<f32> {
        let variance = self.sigma.value() * self.sigma.value();
        let weight = |distance: usize| {
            let distance = distance as f64;
            libm::exp(-distance * distance / (2.0 * variance)) as f32
        };
        (0..=self.reach()).map(weight).collect()
    }

    /// The largest distance in pixels, `ceil(3 sigma)`.
    fn reach(self) -> usize {
        (3 * usize::from(self.sigma.0)).div_ceil(100)
    }
}

fn write<S: Sample>(row: &mut [S], blurred: &[f32]) {
    for (sample, &value) in row.iter_mut().zip(blurred) {
        *sample = round(value);
    }
}
