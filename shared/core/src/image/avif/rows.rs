//! The rows of a decoded picture's planes, chroma as wide and as high as luma.

use crate::image::Error;
use crate::pixels::buffer::zeroed;

/// A plane as it was decoded.
#[derive(Clone, Copy)]
pub(super) struct Plane<'a> {
    pub(super) samples: &'a [u8],
    /// Bytes from a row to the next.
    pub(super) stride: usize,
    /// Two bytes a sample, as the host orders them, instead of one.
    pub(super) wide: bool,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Plane<'_> {
    /// Reads a row into as many samples as it has.
    pub(super) fn read(&self, y: usize, row: &mut [u16]) {
        let bytes = &self.samples[y * self.stride..];
        if self.wide {
            for (sample, bytes) in row.iter_mut().zip(bytes.as_chunks().0) {
                *sample = u16::from_ne_bytes(*bytes);
            }
        } else {
            row.iter_mut().zip(bytes).for_each(|(sample, byte)| *sample = u16::from(*byte));
        }
    }
}

/// Rows of chroma, made as many and as long as those of luma. A sample that stands for two has its
/// place between theirs: each of them is three quarters of the near one and a quarter of the other
/// neighbour's, in both directions (a triangle filter), rounded once.
pub(super) struct Chroma<'a> {
    plane: Plane<'a>,
    halves: [bool; 2],
    near: Vec<u16>,
    far: Vec<u16>,
}

impl<'a> Chroma<'a> {
    pub(super) fn new(plane: Plane<'a>, halves: [bool; 2]) -> Result<Self, Error> {
        let (near, far) = (zeroed(plane.width)?, zeroed(plane.width)?);
        Ok(Self { plane, halves, near, far })
    }

    /// Makes the row that belongs to row `y` of luma.
    pub(super) fn read(&mut self, y: usize, row: &mut [u16]) {
        if self.halves == [false; 2] {
            return self.plane.read(y, row);
        }
        let (near, far) = if self.halves[1] { neighbours(y, self.plane.height) } else { (y, y) };
        self.plane.read(near, &mut self.near);
        self.plane.read(far, &mut self.far);
        let column = |x: usize| 3 * u32::from(self.near[x]) + u32::from(self.far[x]);
        for (x, sample) in row.iter_mut().enumerate() {
            let (near, far) = if self.halves[0] { neighbours(x, self.plane.width) } else { (x, x) };
            *sample = ((3 * column(near) + column(far) + 8) >> 4) as u16;
        }
    }
}

/// The sample of a plane of half the size that is nearest to `at`, and the one on its other side; at
/// an edge the same.
const fn neighbours(at: usize, length: usize) -> (usize, usize) {
    let near = at / 2;
    let far = if at % 2 == 1 { near + 1 } else { near.saturating_sub(1) };
    (near, if far < length { far } else { near })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(samples: &[u8], width: usize, height: usize) -> Plane<'_> {
        Plane { samples, stride: width + 1, wide: false, width, height }
    }

    fn rows(plane: Plane, halves: [bool; 2], width: usize, height: usize) -> Vec<Vec<u16>> {
        let mut chroma = Chroma::new(plane, halves).unwrap();
        let read = |y| {
            let mut row = vec![0; width];
            chroma.read(y, &mut row);
            row
        };
        (0..height).map(read).collect()
    }

    #[test]
    fn chroma_of_half_the_columns_lies_between_them() {
        let samples = [0, 160, 9, 80, 16, 9];
        let plane = plane(&samples, 2, 2);
        assert_eq!(rows(plane, [true, false], 3, 2), [[0, 40, 120], [80, 64, 32]]);
        assert_eq!(rows(plane, [true, false], 4, 1), [[0, 40, 120, 160]]);
        assert_eq!(rows(plane, [false; 2], 2, 2), [[0, 160], [80, 16]]);
    }

    #[test]
    fn chroma_of_half_the_rows_too_lies_between_four() {
        let samples = [0, 160, 9, 80, 16, 9];
        let expected = [[0, 40, 120, 160], [20, 46, 98, 124], [60, 58, 54, 52], [80, 64, 32, 16]];
        assert_eq!(rows(plane(&samples, 2, 2), [true; 2], 4, 4), expected);
        assert_eq!(rows(plane(&[7, 9], 1, 1), [true; 2], 1, 1), [[7]]);
    }

    #[test]
    fn wide_samples_are_two_bytes() {
        let samples = [1000u16, 2000, 0, 3000, 4000, 0].map(u16::to_ne_bytes).concat();
        let plane = Plane { samples: &samples, stride: 6, wide: true, width: 2, height: 2 };
        assert_eq!(rows(plane, [false; 2], 2, 2), [[1000, 2000], [3000, 4000]]);
    }
}
