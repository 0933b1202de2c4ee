//! The eight ways a rectangle can lie on itself: the turns and mirror images.

use crate::image::limits::zeroed_samples;
use crate::image::{Error, Frame, Layout, Samples, Shape};

/// The side, in pixels, of the squares that a transposition moves one after the other, so that
/// the rows on both sides stay in the processor's cache.
const BLOCK: usize = 64;

/// One of the eight symmetries of the rectangle, as up to three steps in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::image) struct Symmetry {
    /// Rows become columns, along the diagonal from the top left.
    pub transpose: bool,
    /// Left and right change places.
    pub flop: bool,
    /// Top and bottom change places.
    pub flip: bool,
}

impl Symmetry {
    /// Nothing moves.
    pub const IDENTITY: Self = Self { transpose: false, flop: false, flip: false };
    /// Left and right change places.
    pub const FLOP: Self = Self { flop: true, ..Self::IDENTITY };
    /// Top and bottom change places.
    pub const FLIP: Self = Self { flip: true, ..Self::IDENTITY };
    /// Along the diagonal from the top left.
    pub const TRANSPOSE: Self = Self { transpose: true, ..Self::IDENTITY };
    /// A quarter turn, clockwise.
    pub const ROTATE_90: Self = Self { flop: true, ..Self::TRANSPOSE };
    /// Half a turn.
    pub const ROTATE_180: Self = Self { flop: true, ..Self::FLIP };
    /// Three quarters, clockwise.
    pub const ROTATE_270: Self = Self { flip: true, ..Self::TRANSPOSE };
    /// Along the diagonal from the top right.
    pub const TRANSVERSE: Self = Self { flop: true, ..Self::ROTATE_270 };

    /// The shape afterwards.
    pub fn shape(self, shape: Shape) -> Shape {
        if self.transpose {
            return Shape { width: shape.height, height: shape.width, ..shape };
        }
        shape
    }

    /// The memory, in bytes, beside the frame: another frame where sides change places.
    pub fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        if self.transpose { shape.samples().saturating_mul(bytes_per_sample) } else { 0 }
    }

    /// Moves the pixels.
    pub fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        match &mut frame.samples {
            Samples::U8(samples) => self.apply_to(frame.shape, samples)?,
            Samples::U16(samples) => self.apply_to(frame.shape, samples)?,
        }
        frame.shape = self.shape(frame.shape);
        Ok(())
    }

    fn apply_to<S: Copy + Default>(self, shape: Shape, samples: &mut Vec<S>) -> Result<(), Error> {
        if self.transpose {
            let mut turned = zeroed_samples(self.shape(shape))?;
            match shape.layout {
                Layout::L => self.transpose::<S, 1>(shape, samples, &mut turned),
                Layout::La => self.transpose::<S, 2>(shape, samples, &mut turned),
                Layout::Rgb => self.transpose::<S, 3>(shape, samples, &mut turned),
                Layout::Rgba => self.transpose::<S, 4>(shape, samples, &mut turned),
            }
            *samples = turned;
            return Ok(());
        }
        let width = shape.width as usize;
        match shape.layout {
            Layout::L => self.mirror(samples.as_chunks_mut::<1>().0, width),
            Layout::La => self.mirror(samples.as_chunks_mut::<2>().0, width),
            Layout::Rgb => self.mirror(samples.as_chunks_mut::<3>().0, width),
            Layout::Rgba => self.mirror(samples.as_chunks_mut::<4>().0, width),
        }
        Ok(())
    }

    fn mirror<P>(self, pixels: &mut [P], width: usize) {
        match (self.flop, self.flip) {
            (false, false) => {}
            (true, true) => pixels.reverse(),
            (true, false) => pixels.chunks_exact_mut(width).for_each(<[P]>::reverse),
            (false, true) => {
                let (upper, lower) = pixels.split_at_mut(pixels.len() / width / 2 * width);
                let below = lower.chunks_exact_mut(width).rev();
                upper.chunks_exact_mut(width).zip(below).for_each(|(one, two)| {
                    one.swap_with_slice(two);
                });
            }
        }
    }

    /// The pixel at column x and row y comes from row x and column y, each counted from the other
    /// end where the picture is mirrored as well.
    fn transpose<S: Copy, const CHANNELS: usize>(self, shape: Shape, from: &[S], to: &mut [S]) {
        let (from, to) = (from.as_chunks::<CHANNELS>().0, to.as_chunks_mut::<CHANNELS>().0);
        let (width, height) = (shape.width as usize, shape.height as usize);
        for (band, rows) in to.chunks_mut(BLOCK * height).enumerate() {
            for left in (0..height).step_by(BLOCK) {
                let right = (left + BLOCK).min(height);
                for (y, row) in rows.chunks_exact_mut(height).enumerate() {
                    let y = band * BLOCK + y;
                    let column = if self.flip { width - 1 - y } else { y };
                    let (first, step) = match self.flop {
                        true => (height - 1 - left, width.wrapping_neg()),
                        false => (left, width),
                    };
                    let mut source = first * width + column;
                    for pixel in &mut row[left..right] {
                        *pixel = from[source];
                        source = source.wrapping_add(step);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Symmetry; 8] = {
        const fn symmetry(transpose: bool, flop: bool, flip: bool) -> Symmetry {
            Symmetry { transpose, flop, flip }
        }
        [
            symmetry(false, false, false),
            symmetry(false, true, false),
            symmetry(false, false, true),
            symmetry(false, true, true),
            symmetry(true, false, false),
            symmetry(true, true, false),
            symmetry(true, false, true),
            symmetry(true, true, true),
        ]
    };

    /// A frame whose every sample tells its place, and where each goes by coordinates.
    fn check(symmetry: Symmetry, shape: Shape) {
        let channels = shape.layout.channels();
        let (width, height) = (shape.width as usize, shape.height as usize);
        let sample = |x: usize, y: usize, channel: usize| {
            ((y * width + x) * channels + channel).wrapping_mul(40_503) as u16
        };
        let mut original = Vec::new();
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            original.extend((0..channels).map(|channel| sample(x, y, channel)));
        }
        let expected = symmetry.shape(shape);
        let (columns, rows) = (expected.width as usize, expected.height as usize);
        let mut moved = Vec::new();
        for (y, x) in (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))) {
            let x = if symmetry.flop { columns - 1 - x } else { x };
            let y = if symmetry.flip { rows - 1 - y } else { y };
            let (x, y) = if symmetry.transpose { (y, x) } else { (x, y) };
            moved.extend((0..channels).map(|channel| sample(x, y, channel)));
        }
        let bytes = |words: &[u16]| words.iter().map(|word| (word >> 8) as u8).collect::<Vec<_>>();
        let mut narrow = Frame::new(shape, bytes(&original));
        let mut wide = Frame::new(shape, original);
        symmetry.apply(&mut narrow).unwrap();
        symmetry.apply(&mut wide).unwrap();
        assert_eq!(narrow, Frame::new(expected, bytes(&moved)), "{symmetry:?} {shape:?}");
        assert_eq!(wide, Frame::new(expected, moved), "{symmetry:?} {shape:?}");
    }

    #[test]
    fn every_pixel_goes_to_its_place() {
        let sides = [1, 2, 3, 63, 64, 65, 129];
        for (symmetry, layout) in
            ALL.iter().flat_map(|one| Layout::ALL.map(|layout| (*one, layout)))
        {
            for (width, height) in sides.into_iter().flat_map(|w| sides.map(|h| (w, h))) {
                check(symmetry, Shape { width, height, layout });
            }
        }
    }

    #[test]
    fn only_a_transposition_takes_memory() {
        let shape = Shape { width: 3, height: 5, layout: Layout::Rgb };
        for symmetry in ALL {
            let expected = if symmetry.transpose { 90 } else { 0 };
            assert_eq!(symmetry.scratch_bytes(shape, 2), expected);
        }
    }
}
