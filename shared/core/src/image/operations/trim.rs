//! The picture without its plain border.

use crate::image::{Error, Frame, Layout, Samples};
use crate::pixels::frame::Sample;

/// Cuts rows and columns at the edges that are of one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trim {
    /// The most by which a channel of a pixel of the border may differ from the top left pixel's,
    /// in levels of 8 bits.
    pub tolerance: u8,
}

/// What is not border: columns and rows, the first and the one after the last.
#[derive(Clone, Copy)]
struct Content {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Trim {
    /// Cuts the border, in place. Alpha counts as a channel, but transparent pixels are alike
    /// whatever their colour. A picture that is border all over stays as it is. Levels of 16 bits
    /// may differ by 257 times the tolerance.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let content = match &frame.samples {
            Samples::U8(samples) => self.content(frame.shape.layout, samples, frame.shape.width),
            Samples::U16(samples) => self.content(frame.shape.layout, samples, frame.shape.width),
        };
        if let Some(Content { left, right, top, bottom }) = content {
            let [left, top, width, height] =
                [left, top, right - left, bottom - top].map(|pixels| pixels as u32);
            frame.cut(left, top, width, height);
        }
        Ok(())
    }

    fn content<S: Sample>(self, layout: Layout, samples: &[S], width: u32) -> Option<Content> {
        let width = width as usize;
        match layout {
            Layout::L => {
                content(samples.as_chunks::<1>().0, width, |one, other| self.is_alike(one, other))
            }
            Layout::Rgb => {
                content(samples.as_chunks::<3>().0, width, |one, other| self.is_alike(one, other))
            }
            Layout::La => content(samples.as_chunks::<2>().0, width, |one, other| {
                self.is_alike(one, other) || are_transparent(one, other)
            }),
            Layout::Rgba => content(samples.as_chunks::<4>().0, width, |one, other| {
                self.is_alike(one, other) || are_transparent(one, other)
            }),
        }
    }

    fn is_alike<S: Sample, const CHANNELS: usize>(
        self,
        one: &[S; CHANNELS],
        other: &[S; CHANNELS],
    ) -> bool {
        let max: u32 = S::MAX.into();
        let tolerance = u32::from(self.tolerance) * (max / 255);
        let levels = |pixel: &[S; CHANNELS]| pixel.map(Into::<u32>::into);
        levels(one).iter().zip(levels(other)).all(|(one, other)| one.abs_diff(other) <= tolerance)
    }
}

fn are_transparent<S: Sample, const CHANNELS: usize>(
    one: &[S; CHANNELS],
    other: &[S; CHANNELS],
) -> bool {
    one[CHANNELS - 1] == S::default() && other[CHANNELS - 1] == S::default()
}

/// The smallest rectangle with every pixel that is unlike the first one, if there is any.
fn content<P>(pixels: &[P], width: usize, is_alike: impl Fn(&P, &P) -> bool) -> Option<Content> {
    let background = pixels.first()?;
    let is_content = |pixel: &P| !is_alike(pixel, background);
    let top = pixels.iter().position(is_content)? / width;
    let bottom = pixels.iter().rposition(is_content)? / width + 1;
    let (mut left, mut right) = (width, 0);
    for row in pixels[top * width..bottom * width].chunks_exact(width) {
        // Only where the row might add something.
        left = row[..left].iter().position(is_content).unwrap_or(left);
        right += row[right..].iter().rposition(is_content).map_or(0, |last| last + 1);
    }
    Some(Content { left, right, top, bottom })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::image::Shape;

    /// The rectangle by asking of every row and column whether a pixel in it is unlike the first.
    fn oracle(pixels: &[Vec<u32>], width: usize, tolerance: u32, has_alpha: bool) -> [usize; 4] {
        let is_content = |pixel: &Vec<u32>| {
            let both = pixel.iter().zip(&pixels[0]);
            let transparent = has_alpha && pixel.last() == Some(&0) && pixels[0].last() == Some(&0);
            !transparent && both.clone().any(|(&one, &other)| one.abs_diff(other) > tolerance)
        };
        let height = pixels.len() / width;
        let column = |x: &usize| (0..height).any(|y| is_content(&pixels[y * width + x]));
        let row = |y: &usize| (0..width).any(|x| is_content(&pixels[y * width + x]));
        match ((0..width).find(column), (0..height).find(row)) {
            (Some(left), Some(top)) => {
                let right = (0..width).rfind(column).unwrap();
                let bottom = (0..height).rfind(row).unwrap();
                [left, top, right + 1 - left, bottom + 1 - top]
            }
            _ => [0, 0, width, height],
        }
    }

    fn check<S: Sample>(shape: Shape, samples: Vec<S>, tolerance: u8)
    where
        Samples: From<Vec<S>>,
    {
        let max: u32 = S::MAX.into();
        let pixels: Vec<Vec<u32>> = samples
            .chunks(shape.layout.channels())
            .map(|pixel| pixel.iter().map(|&sample| sample.into()).collect())
            .collect();
        let allowed = u32::from(tolerance) * max / 255;
        let [left, top, width, height] =
            oracle(&pixels, shape.width as usize, allowed, shape.layout.has_alpha())
                .map(|pixels| pixels as u32);
        let mut expected = Frame::new(shape, samples);
        let mut frame = expected.clone();
        expected.cut(left, top, width, height);
        Trim { tolerance }.apply(&mut frame).unwrap();
        assert_eq!(frame, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_picture_loses_its_border(
            (width, height) in (1..9u32, 1..9u32),
            layout in prop::sample::select(&Layout::ALL),
            odd in prop::collection::vec((0..64usize, 0..4usize, 0..=255u8), 0..6),
            background in prop_oneof![Just(0u8), Just(100), Just(255)],
            tolerance in prop_oneof![Just(0u8), Just(10), Just(255)],
        ) {
            let shape = Shape { width, height, layout };
            let mut samples = vec![background; shape.samples() as usize];
            for (pixel, channel, level) in odd {
                let at = pixel % (width * height) as usize * layout.channels();
                samples[at + channel % layout.channels()] = level;
            }
            let wide = samples.iter().map(|&sample| u16::from(sample) * 257).collect();
            check::<u16>(shape, wide, tolerance);
            check(shape, samples, tolerance);
        }
    }

    fn trimmed(shape: Shape, samples: Vec<u8>, tolerance: u8) -> Frame {
        let mut frame = Frame::new(shape, samples);
        Trim { tolerance }.apply(&mut frame).unwrap();
        frame
    }

    #[test]
    fn the_tolerance_is_the_last_difference_allowed() {
        let shape = Shape { width: 3, height: 1, layout: Layout::L };
        let kept = |width| Shape { width, ..shape };
        let samples = vec![100, 110, 111];
        assert_eq!(trimmed(shape, samples.clone(), 10), Frame::new(kept(1), vec![111u8]));
        assert_eq!(trimmed(shape, samples.clone(), 9), Frame::new(kept(2), vec![110u8, 111]));
        assert_eq!(trimmed(shape, samples.clone(), 11), Frame::new(shape, samples));
    }

    #[test]
    fn sixteen_bits_are_compared_in_their_own_levels() {
        let shape = Shape { width: 3, height: 1, layout: Layout::L };
        let mut frame = Frame::new(shape, vec![0u16, 2570, 2571]);
        Trim { tolerance: 10 }.apply(&mut frame).unwrap();
        assert_eq!(frame, Frame::new(Shape { width: 1, ..shape }, vec![2571u16]));
    }

    #[test]
    fn transparent_pixels_are_alike_and_alpha_is_a_channel() {
        let shape = Shape { width: 4, height: 1, layout: Layout::La };
        let frame = trimmed(shape, vec![9, 0, 200, 0, 9, 1, 9, 0], 0);
        assert_eq!(frame, Frame::new(Shape { width: 1, ..shape }, vec![9u8, 1]));
    }
}
