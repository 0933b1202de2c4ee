//! The colours that a picture is mostly of.

use super::file::convert::narrow;
use super::file::palette::{Indexed, colour, exact};
use super::{Error, Frame, Layout, Limits, Picture, Pipeline, Resize, Shape};

/// The longest side, in pixels, of what many colours are gathered from: more would say the same, and
/// take longer.
const LONGEST_SIDE: u32 = 256;

/// A colour, and how much of the picture it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dominant {
    /// Red, green and blue in sRGB.
    pub colour: [u8; 3],
    /// The share of the pixels that are nearest to it, 0 to 1.
    pub share: f64,
}

impl Picture<'_> {
    /// The [dominant colours](Frame::dominant_colours) of what `pipeline` makes of the picture. After
    /// each step `done` is told its name, as by [`Plan::transform`](super::Plan::transform).
    ///
    /// # Errors
    /// Where the file is broken or holds several frames, or a limit would be exceeded.
    pub fn dominant_colours(
        self,
        pipeline: &Pipeline,
        most: u8,
        limits: &Limits,
        overhead_bytes: u64,
        mut done: impl FnMut(&str),
    ) -> Result<Vec<Dominant>, Error> {
        let frame = self.result(pipeline, limits, overhead_bytes, &mut done)?;
        let colours = frame.dominant_colours(most)?;
        done("palette");
        Ok(colours)
    }
}

impl Frame {
    /// The colours, at most `most` of them, that the picture is of: its own where there are no more,
    /// else of at most 256 x 256 pixels of it, by Wu's method (Graphics Gems II, 1991); the one with
    /// the largest share first. Pixels whose alpha is below half do not count.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn dominant_colours(self, most: u8) -> Result<Vec<Dominant>, Error> {
        let most = usize::from(most.max(1));
        let (shape, samples) = narrow(self)?;
        let pixels = samples.chunks_exact(shape.layout.channels());
        let mut indices = Vec::new();
        indices.try_reserve_exact(pixels.len())?;
        if let Some(palette) = exact(pixels.filter_map(colour).map(Some), most, &mut indices) {
            return Ok(shares(&palette, &indices));
        }
        drop(indices);
        let mut small = Self::new(shape, samples);
        Resize::within(LONGEST_SIDE).apply(&mut small)?;
        let (Shape { layout, .. }, samples) = narrow(small)?;
        let Indexed { palette, indices, .. } =
            Indexed::of(Layout::Rgb, &opaque(layout, &samples)?, most)?;
        Ok(shares(&palette, &indices))
    }
}

/// Each colour with its share of the pixels, whose places in the palette these are.
fn shares(palette: &[[u8; 3]], indices: &[u8]) -> Vec<Dominant> {
    let mut counts = vec![0u32; palette.len()];
    indices.iter().for_each(|index| counts[usize::from(*index)] += 1);
    let pixels: u32 = counts.iter().sum();
    let share = |count: u32| f64::from(count) / f64::from(pixels);
    let counted = palette.iter().zip(counts).filter(|(_, count)| *count > 0);
    let mut shares: Vec<_> =
        counted.map(|(&colour, count)| Dominant { colour, share: share(count) }).collect();
    shares.sort_by(|one, other| {
        other.share.total_cmp(&one.share).then(one.colour.cmp(&other.colour))
    });
    shares
}

/// The colours, in RGB, of the pixels that are seen.
fn opaque(layout: Layout, samples: &[u8]) -> Result<Vec<u8>, Error> {
    let mut opaque = Vec::new();
    opaque.try_reserve_exact(samples.len() / layout.channels() * 3)?;
    for colour in samples.chunks_exact(layout.channels()).filter_map(colour) {
        opaque.extend(colour);
    }
    Ok(opaque)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Samples;

    fn dominant(layout: Layout, samples: impl Into<Samples>, most: u8) -> Vec<Dominant> {
        let samples = samples.into();
        let bytes =
            samples.bytes() as usize / if matches!(samples, Samples::U8(_)) { 1 } else { 2 };
        let width = (bytes / layout.channels()) as u32;
        let frame = Frame::new(Shape { width, height: 1, layout }, samples);
        frame.dominant_colours(most).unwrap()
    }

    fn colour(colour: [u8; 3], share: f64) -> Dominant {
        Dominant { colour, share }
    }

    /// Ten pixels of red, six of green, four of blue.
    fn flag() -> Vec<u8> {
        [[200, 0, 0].repeat(10), [0, 200, 0].repeat(6), [0, 0, 200].repeat(4)].concat()
    }

    #[test]
    fn few_colours_are_themselves() {
        let expected =
            [colour([200, 0, 0], 0.5), colour([0, 200, 0], 0.3), colour([0, 0, 200], 0.2)];
        for most in [3, 4, 255] {
            assert_eq!(dominant(Layout::Rgb, flag(), most), expected);
        }
        // The red that is alone keeps its own; of one, everything is one.
        let two = dominant(Layout::Rgb, flag(), 2);
        assert_eq!((two.len(), two[0].share), (2, 0.5));
        let [one] = dominant(Layout::Rgb, flag(), 1)[..] else { panic!("one colour") };
        assert_eq!((one.colour, one.share), ([100, 60, 40], 1.0));
        assert_eq!(dominant(Layout::Rgb, flag(), 0).len(), 1);
    }

    #[test]
    fn what_is_not_seen_does_not_count() {
        let rgba = vec![1u8, 2, 3, 255, 1, 2, 3, 128, 9, 9, 9, 127, 9, 9, 9, 0];
        assert_eq!(dominant(Layout::Rgba, rgba, 8), [colour([1, 2, 3], 1.0)]);
        assert_eq!(dominant(Layout::La, vec![7u8, 0, 8, 127], 8), []);
        assert_eq!(dominant(Layout::La, vec![7u8, 0, 8, 200], 8), [colour([8; 3], 1.0)]);
    }

    #[test]
    fn gray_and_16_bits_are_colours_too() {
        let shares = [colour([9; 3], 0.75), colour([200; 3], 0.25)];
        assert_eq!(dominant(Layout::L, vec![9u8, 9, 200, 9], 5), shares);
        assert_eq!(dominant(Layout::L, vec![9u16 * 257, 9 * 257, 200 * 257, 9 * 257], 5), shares);
    }

    #[test]
    fn equal_shares_are_in_the_order_of_their_colours() {
        let shares = [colour([1, 0, 0], 0.5), colour([2, 0, 0], 0.5)];
        assert_eq!(dominant(Layout::Rgb, vec![2u8, 0, 0, 1, 0, 0], 2), shares);
    }

    #[test]
    fn a_large_picture_of_few_colours_has_these() {
        let shape = Shape { width: 999, height: 777, layout: Layout::Rgb };
        let pixel = |at: u32| if at % 999 < 333 { [1, 2, 3] } else { [250, 240, 0] };
        let samples: Vec<u8> = (0..999 * 777).flat_map(pixel).collect();
        let dominant = Frame::new(shape, samples).dominant_colours(2).unwrap();
        let expected = [colour([250, 240, 0], 2.0 / 3.0), colour([1, 2, 3], 1.0 / 3.0)];
        assert_eq!(dominant, expected);
    }

    /// The same everywhere, to the last bit.
    #[test]
    fn many_colours_are_gathered_alike() {
        let pixel = |at: u32| [(at * 7) as u8, (at / 9) as u8, (at * at / 64) as u8];
        let samples: Vec<u8> = (0..4_096).flat_map(pixel).collect();
        let shape = Shape { width: 64, height: 64, layout: Layout::Rgb };
        let dominant = Frame::new(shape, samples).dominant_colours(5).unwrap();
        let shares: f64 = dominant.iter().map(|one| one.share).sum();
        assert!((shares - 1.0).abs() < 1e-9 && dominant.is_sorted_by(|a, b| a.share >= b.share));
        let colours: Vec<_> = dominant.iter().map(|one| one.colour).collect();
        assert_eq!(
            colours,
            [[192, 116, 190], [190, 116, 61], [65, 117, 190], [61, 52, 61], [62, 172, 61]]
        );
    }
}
