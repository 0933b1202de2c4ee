//! Unsharp mask.

use super::convolution::{Term, convolve, round};
use super::gaussian::Gaussian;
use super::number::Hundredths;
use crate::image::{Error, Frame, Samples, Shape};
use crate::pixels::frame::Sample;

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
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        MASK.scratch_bytes(shape, bytes_per_sample)
    }

    /// Sharpens in place.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixels::frame::Layout;
    use crate::pixels::oracle;
    use crate::pixels::tests::{pattern, shape, widen, with_alpha};

    fn sharpened<S: Sample>(shape: Shape, samples: &[S], amount: u16) -> Vec<u64>
    where
        Samples: From<Vec<S>>,
    {
        let mut frame = Frame::new(shape, samples.to_vec());
        Sharpen { amount: Hundredths(amount) }.apply(&mut frame).expect("memory");
        match frame.into_samples() {
            Samples::U8(samples) => widen(&samples),
            Samples::U16(samples) => widen(&samples),
        }
    }

    fn check<S: Sample>(shape: Shape, samples: &[S], hundredths: u16)
    where
        Samples: From<Vec<S>>,
    {
        let max: u64 = S::MAX.into();
        let (amount, max) = (f64::from(hundredths) / 100.0, max as f64);
        let slack = (1.0 + amount) * max / (1 << 18) as f64;
        let source = widen(samples);
        let blurred = oracle::gaussian(shape, &source, 1.0);
        let sharpened = sharpened(shape, samples, hundredths);
        let channels = shape.layout.channels();
        let has_alpha = shape.layout.has_alpha();
        for (pixel, sharpened) in sharpened.chunks(channels).enumerate() {
            let source = &source[pixel * channels..][..channels];
            if has_alpha && source[channels - 1] == 0 {
                assert_eq!(sharpened, source, "transparent pixel {pixel} of {shape:?}");
                continue;
            }
            for channel in 0..channels {
                let level = source[channel] as f64;
                let exact = level + amount * (level - blurred[pixel * channels + channel]);
                let is_alpha = has_alpha && channel == channels - 1;
                let expected = if is_alpha { level } else { exact.clamp(0.0, max) };
                let difference = (sharpened[channel] as f64 - expected).abs();
                let allowed = if is_alpha { 0.0 } else { 0.5 + slack };
                assert!(
                    difference <= allowed,
                    "{} for {expected} at {pixel}, {channel} of {shape:?}",
                    sharpened[channel]
                );
            }
        }
    }

    #[test]
    fn colour_goes_away_from_the_blur() {
        for layout in Layout::ALL {
            for (width, height) in [(1, 1), (1, 9), (9, 1), (5, 3), (33, 8), (11, 13)] {
                let shape = shape(width, height, layout);
                for amount in [10, 50, 100, 333, 1_000] {
                    check::<u8>(shape, &pattern(shape), amount);
                    check::<u16>(shape, &pattern(shape), amount);
                    for alpha in [0, 1, u8::MAX] {
                        check::<u8>(shape, &with_alpha(shape, alpha), amount);
                    }
                    check::<u16>(shape, &with_alpha(shape, u16::MAX), amount);
                }
            }
        }
    }

    #[test]
    fn an_edge_is_steeper_and_held_within_the_range() {
        let row = shape(4, 1, Layout::L);
        // Weights 1, 0.6065, 0.1353, 0.0111 cut at the ends: the blur is 105, 119, 141 and 155.
        assert_eq!(sharpened(row, &[100u8, 100, 160, 160], 100), [95, 81, 179, 165]);
        assert_eq!(sharpened(row, &[0u8, 0, 255, 255], 1_000), [0, 0, 255, 255]);
    }

    #[test]
    fn memory_is_that_of_the_blur() {
        let shape = shape(10, 50, Layout::Rgb);
        let bytes = Sharpen { amount: Hundredths(10) }.scratch_bytes(shape, 1);
        assert_eq!(bytes, 8 * 30 + (3 * 30 + 18) * 4);
    }
}
