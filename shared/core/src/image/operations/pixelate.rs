//! Squares of one colour each.

use crate::image::{Error, Frame, Layout, Samples, Shape};
use crate::pixels::blur::is_opaque;
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::Sample;

/// The average of each square, from the top left; squares are cut at the picture's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pixelate {
    /// Pixels in a square's side, 2 to 1024.
    pub side: u16,
}

impl Pixelate {
    /// The most memory, in bytes, beside a frame of `shape`: a row of sums.
    pub(in crate::image) fn scratch_bytes(self, shape: Shape) -> u64 {
        u64::from(shape.width) * shape.layout.channels() as u64 * size_of::<u64>() as u64
    }

    /// Averages in place, colour weighted by alpha, rounded down as in [`Frame::blur`].
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let (shape, side) = (frame.shape, self.side.into());
        match &mut frame.samples {
            Samples::U8(samples) => pixelate(shape, samples, side),
            Samples::U16(samples) => pixelate(shape, samples, side),
        }
    }
}

fn pixelate<S: Sample>(shape: Shape, samples: &mut [S], side: usize) -> Result<(), Error> {
    if samples.is_empty() {
        return Ok(());
    }
    match shape.layout {
        layout if is_opaque(layout, samples) => run(shape, samples, side, add, divide),
        Layout::La => run(shape, samples, side, add_weighted::<S, 2>, divide_weighted),
        _ => run(shape, samples, side, add_weighted::<S, 4>, divide_weighted),
    }
}

/// `add` adds a row to the sums of the columns, `divide` makes levels of a square's sums, given
/// its number of pixels.
fn run<S: Sample, C: Copy + Default + Into<u64>>(
    shape: Shape,
    samples: &mut [S],
    side: usize,
    add: impl Fn(&mut [C], &[S]),
    divide: impl Fn(&mut [u64], u64),
) -> Result<(), Error> {
    let (row, channels) = (shape.row(), shape.layout.channels());
    let mut columns = zeroed::<C>(row)?;
    for band in samples.chunks_mut(side * row) {
        columns.fill(C::default());
        band.chunks_exact(row).for_each(|row| add(&mut columns, row));
        let rows = band.len() / row;
        let squares = columns.chunks(side * channels).zip(band.chunks_mut(side * channels));
        for (columns, square) in squares {
            let mut sums = [0u64; 4];
            let sums = &mut sums[..channels];
            for pixel in columns.chunks_exact(channels) {
                sums.iter_mut().zip(pixel).for_each(|(sum, &column)| *sum += column.into());
            }
            divide(sums, (columns.len() / channels * rows) as u64);
            for pixel in square.chunks_exact_mut(channels) {
                pixel.iter_mut().zip(&*sums).for_each(|(sample, &sum)| *sample = S::truncate(sum));
            }
        }
        for y in 1..rows {
            band.copy_within(..row, y * row);
        }
    }
    Ok(())
}

/// A column's largest sum, 1024 * 65535, is below 2^32.
fn add<S: Sample>(columns: &mut [u32], row: &[S]) {
    for (column, &sample) in columns.iter_mut().zip(row) {
        *column += Into::<u32>::into(sample);
    }
}

/// Colour times alpha, and alpha itself, the last channel.
fn add_weighted<S: Sample, const CHANNELS: usize>(columns: &mut [u64], row: &[S]) {
    let columns = columns.as_chunks_mut::<CHANNELS>().0;
    for (column, pixel) in columns.iter_mut().zip(row.as_chunks::<CHANNELS>().0) {
        let alpha: u64 = pixel[CHANNELS - 1].into();
        for channel in 0..CHANNELS - 1 {
            column[channel] += Into::<u64>::into(pixel[channel]) * alpha;
        }
        column[CHANNELS - 1] += alpha;
    }
}

fn divide(sums: &mut [u64], pixels: u64) {
    sums.iter_mut().for_each(|sum| *sum /= pixels);
}

fn divide_weighted(sums: &mut [u64], pixels: u64) {
    let (alpha, colours) = sums.split_last_mut().expect("two channels or four");
    // Where the sum of alpha is 0, so are those of colour.
    colours.iter_mut().for_each(|sum| *sum /= (*alpha).max(1));
    *alpha /= pixels;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixels::oracle;
    use crate::pixels::tests::{pattern, shape, widen, with_alpha};

    fn check<S: Sample>(shape: Shape, samples: &[S], side: u16)
    where
        Samples: From<Vec<S>>,
    {
        let mut frame = Frame::new(shape, samples.to_vec());
        Pixelate { side }.apply(&mut frame).expect("memory");
        let pixelated = match frame.into_samples() {
            Samples::U8(samples) => widen(&samples),
            Samples::U16(samples) => widen(&samples),
        };
        let expected = oracle::pixelate(shape, &widen(samples), side.into());
        assert!(pixelated == expected, "squares of {side} in {shape:?}");
    }

    #[test]
    fn squares_are_averaged_from_the_top_left() {
        for layout in Layout::ALL {
            for (width, height) in [(1, 1), (1, 9), (9, 1), (4, 4), (5, 7), (13, 6)] {
                let shape = shape(width, height, layout);
                for side in [2, 3, 4, 5, 8, 1_024] {
                    check::<u8>(shape, &pattern(shape), side);
                    check::<u16>(shape, &pattern(shape), side);
                    for alpha in [0, 1, u8::MAX] {
                        check::<u8>(shape, &with_alpha(shape, alpha), side);
                    }
                    check::<u16>(shape, &with_alpha(shape, u16::MAX), side);
                }
            }
        }
    }

    #[test]
    fn the_largest_square_of_the_largest_levels() {
        for layout in Layout::ALL {
            let shape = shape(1_025, 1_025, layout);
            for mut white in [
                Frame::new(shape, vec![u8::MAX; shape.samples() as usize]),
                Frame::new(shape, vec![u16::MAX; shape.samples() as usize]),
            ] {
                if layout.has_alpha() {
                    // One pixel is not opaque, in a square of its own.
                    match &mut white.samples {
                        Samples::U8(samples) => *samples.last_mut().expect("a pixel") = 254,
                        Samples::U16(samples) => *samples.last_mut().expect("a pixel") = 254,
                    }
                }
                let before = white.clone();
                Pixelate { side: 1_024 }.apply(&mut white).expect("memory");
                assert!(white == before, "{shape:?}");
            }
        }
    }

    #[test]
    fn memory_is_a_row_of_sums() {
        assert_eq!(Pixelate { side: 9 }.scratch_bytes(shape(10, 50, Layout::Rgba)), 10 * 4 * 8);
    }
}
