//! Gaussian blur.

use super::convolution::{convolve, round, scratch_bytes};
use super::number::Hundredths;
use crate::image::{Error, Frame, Samples, Shape};
use crate::pixels::frame::Sample;

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
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        scratch_bytes(shape, bytes_per_sample, self.reach() as u64 + 1)
    }

    /// Blurs in place.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let (shape, weights) = (frame.shape, self.weights());
        match &mut frame.samples {
            Samples::U8(samples) => convolve(shape, samples, &weights, write),
            Samples::U16(samples) => convolve(shape, samples, &weights, write),
        }
    }

    /// The weight at each distance in pixels, from 0; they are yet to be divided by their sum.
    pub(in crate::image) fn weights(self) -> Vec<f32> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pixels::frame::{Layout, Sample};
    use crate::pixels::oracle;
    use crate::pixels::tests::{digest, pattern, shape, widen, with_alpha};

    fn blurred<S: Sample>(shape: Shape, samples: &[S], sigma: u16) -> Vec<u64>
    where
        Samples: From<Vec<S>>,
    {
        let mut frame = Frame::new(shape, samples.to_vec());
        Gaussian { sigma: Hundredths(sigma) }.apply(&mut frame).expect("memory");
        match frame.into_samples() {
            Samples::U8(samples) => widen(&samples),
            Samples::U16(samples) => widen(&samples),
        }
    }

    fn check<S: Sample>(shape: Shape, samples: &[S], sigma: u16)
    where
        Samples: From<Vec<S>>,
    {
        let blurred = blurred(shape, samples, sigma);
        let expected = oracle::gaussian(shape, &widen(samples), f64::from(sigma) / 100.0);
        assert_eq!(blurred.len(), expected.len());
        // Sums of 24 bits: about 2^-20 of the level is lost in them.
        let max: u64 = S::MAX.into();
        let slack = max as f64 / (1 << 18) as f64;
        for (at, (level, expected)) in blurred.into_iter().zip(expected).enumerate() {
            let difference = (level as f64 - expected).abs();
            assert!(
                difference <= 0.5 + slack,
                "{level} for {expected} at {at}, sigma {sigma} of {shape:?}"
            );
        }
    }

    fn check_all(shape: Shape, sigma: u16) {
        check::<u8>(shape, &pattern(shape), sigma);
        check::<u16>(shape, &pattern(shape), sigma);
        for alpha in [0, 1, u8::MAX] {
            check::<u8>(shape, &with_alpha(shape, alpha), sigma);
        }
        check::<u16>(shape, &with_alpha(shape, u16::MAX), sigma);
    }

    #[test]
    fn every_small_shape() {
        for layout in Layout::ALL {
            for (width, height) in
                [(1, 1), (1, 9), (9, 1), (2, 2), (5, 3), (8, 4), (11, 7), (31, 2), (32, 2), (33, 2)]
            {
                for sigma in [10, 34, 67, 100, 133, 134, 250, 5_000] {
                    check_all(shape(width, height, layout), sigma);
                }
            }
        }
    }

    /// More rows and columns than the widest window of this blur, so that the ring goes round.
    #[test]
    fn windows_narrower_than_the_picture() {
        for layout in Layout::ALL {
            check_all(shape(19, 21, layout), 233);
        }
    }

    #[test]
    fn one_colour_stays_as_it_is() {
        for layout in Layout::ALL {
            let shape = shape(40, 37, layout);
            for sigma in [10, 100, 777, 5_000] {
                for level in [0, 1, 127, 254, 255u8] {
                    let samples = vec![level; shape.samples() as usize];
                    assert_eq!(blurred(shape, &samples, sigma), widen(&samples));
                }
                for level in [0, 1, 257, 32_768, 65_534, 65_535u16] {
                    let samples = vec![level; shape.samples() as usize];
                    assert_eq!(blurred(shape, &samples, sigma), widen(&samples));
                }
            }
        }
    }

    #[test]
    fn transparent_pixels_bleed_no_colour() {
        let row = shape(3, 1, Layout::Rgba);
        let samples: Vec<u8> = [[255, 0, 0, 0], [10, 20, 30, 255], [0, 255, 0, 0]].concat();
        let blurred = blurred(row, &samples, 100);
        for pixel in blurred.chunks(4) {
            assert_eq!(pixel[..3], [10, 20, 30]);
        }
        // exp(-1/2) of the three weights' sum, and 1 of it, times 255.
        assert_eq!([blurred[3], blurred[7], blurred[11]], [89, 115, 89]);
    }

    #[test]
    fn it_reaches_three_sigma() {
        let reach = |sigma| Gaussian { sigma: Hundredths(sigma) }.weights().len() - 1;
        assert_eq!([10, 33, 34, 100, 101, 5_000].map(reach), [1, 1, 2, 3, 4, 150]);
        let weights = Gaussian { sigma: Hundredths(200) }.weights();
        let expected = [1.0, 0.882_496_9, 0.606_530_66, 0.324_652_47, 0.135_335_28];
        assert_eq!(weights[..5], expected);
    }

    #[test]
    fn memory_is_the_rows_of_a_window() {
        let bytes = |shape, bytes_per_sample| {
            Gaussian { sigma: Hundredths(100) }.scratch_bytes(shape, bytes_per_sample)
        };
        // Seven rows and a blank one; three rows of sums, of which one has three pixels more at
        // either end.
        assert_eq!(bytes(shape(10, 50, Layout::Rgb), 1), 8 * 30 + (3 * 30 + 18) * 4);
        assert_eq!(bytes(shape(10, 50, Layout::Rgb), 2), 8 * 60 + (3 * 30 + 18) * 4);
        assert_eq!(bytes(shape(10, 50, Layout::Rgba), 1), 8 * 160 + (3 * 40 + 24) * 4);
        assert_eq!(bytes(shape(10, 2, Layout::L), 1), 3 * 10 + (3 * 10 + 6) * 4);
    }

    /// The same everywhere, to the last bit.
    #[test]
    fn the_bits_are_these() {
        let of = |layout| {
            let shape = shape(37, 29, layout);
            digest(&blurred::<u16>(shape, &pattern(shape), 271))
        };
        let expected = [
            8_628_805_886_336_648_483,
            4_233_872_122_749_062_608,
            17_967_153_623_421_225_168,
            6_637_679_630_787_006_315,
        ];
        assert_eq!(Layout::ALL.map(of), expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            cases: 64,
            ..ProptestConfig::default()
        })]

        #[test]
        fn any_picture(
            width in 1..24usize,
            height in 1..12usize,
            layout in prop::sample::select(&Layout::ALL),
            sigma in prop_oneof![10..=300u16, 10..=5_000u16],
            seed in any::<u64>(),
        ) {
            let shape = shape(width, height, layout);
            // A quarter of the samples each at the ends of the range.
            let sample = |at: u64| match (at ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54 {
                mixed @ 0..=255 => mixed as u8,
                256..=511 => 0,
                512..=767 => 255,
                mixed => mixed as u8,
            };
            let samples: Vec<u8> = (0..shape.samples()).map(sample).collect();
            check::<u8>(shape, &samples, sigma);
            let wide: Vec<u16> = samples.iter().map(|&sample| u16::from(sample) * 257).collect();
            check::<u16>(shape, &wide, sigma);
        }
    }
}
