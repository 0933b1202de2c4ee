//! What a JPEG encoder takes at a time (ITU-T T.81, A.2): blocks of each component, side by side.

use libjpeg_turbo_rs::{Subsampling, compress_raw};

use super::ycbcr::{Conversion, Fast};
use crate::image::{Error, LimitError, Quality};
use crate::pixels::buffer::zeroed;

/// The components and their resolution.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::image) enum Sampling {
    /// Y alone.
    Gray,
    /// 4:4:4.
    Full,
    /// 4:2:0, averaged.
    Halved,
}

impl Sampling {
    /// Pixels in the side of an MCU.
    pub(in crate::image) fn side(self) -> usize {
        match self {
            Self::Gray | Self::Full => 8,
            Self::Halved => 16,
        }
    }
}

/// A row of MCUs as planes. Those at the edge are whole, whatever the picture's size.
pub(in crate::image) struct McuRow {
    sampling: Sampling,
    /// Y, and Cb and Cr where there is colour.
    planes: Vec<Plane>,
}

impl McuRow {
    /// A row that `columns` pixels fit.
    pub(in crate::image) fn new(columns: usize, sampling: Sampling) -> Result<Self, Error> {
        let side = sampling.side();
        let width = columns.next_multiple_of(side);
        let chroma = if sampling == Sampling::Halved { 2 } else { 1 };
        let mut planes = vec![Plane::new(width, side)?];
        if sampling != Sampling::Gray {
            planes.push(Plane::new(width / chroma, side / chroma)?);
            planes.push(Plane::new(width / chroma, side / chroma)?);
        }
        Ok(Self { sampling, planes })
    }

    /// Takes over rows of `columns` pixels. The last ones stand for those that are missing.
    pub(in crate::image) fn fill(&mut self, rows: &[u8], columns: usize) {
        let filled = rows.len() / columns / self.planes.len();
        match &mut self.planes[..] {
            [y, cb, cr] if self.sampling == Sampling::Halved => {
                let half = columns.div_ceil(2);
                for (at, pair) in rows.chunks(2 * 3 * columns).enumerate() {
                    let (upper, lower) = (&pair[..3 * columns], &pair[pair.len() - 3 * columns..]);
                    let luma = y.pair(2 * at, columns);
                    let (cb, cr) = (cb.row(at, half), cr.row(at, half));
                    Fast::halved([upper, lower], luma, cb, cr);
                }
                y.extend(columns, filled);
                cb.extend(half, filled.div_ceil(2));
                cr.extend(half, filled.div_ceil(2));
            }
            [y, cb, cr] => {
                for (at, row) in rows.chunks_exact(3 * columns).enumerate() {
                    let (cb, cr) = (cb.row(at, columns), cr.row(at, columns));
                    Fast::full(row, y.row(at, columns), cb, cr);
                }
                for plane in [y, cb, cr] {
                    plane.extend(columns, filled);
                }
            }
            planes => {
                let y = &mut planes[0];
                for (at, row) in rows.chunks_exact(columns).enumerate() {
                    y.row(at, columns).copy_from_slice(row);
                }
                y.extend(columns, filled);
            }
        }
    }

    /// MCUs in the row.
    pub(in crate::image) fn mcus(&self) -> usize {
        self.planes[0].width / self.sampling.side()
    }

    /// The row as a file of its own.
    pub(in crate::image) fn encode(&self, quality: Quality) -> Result<Vec<u8>, Error> {
        let of = |size: fn(&Plane) -> usize| self.planes.iter().map(size).collect::<Vec<_>>();
        let samples: Vec<&[u8]> = self.planes.iter().map(|plane| &plane.samples[..]).collect();
        let (widths, heights) = (of(|plane| plane.width), of(Plane::height));
        let subsampling = match self.sampling {
            Sampling::Gray | Sampling::Full => Subsampling::S444,
            Sampling::Halved => Subsampling::S420,
        };
        let (width, height) = (widths[0], heights[0]);
        // Of what is never malformed, only memory can be wanting.
        compress_raw(&samples, &widths, &heights, width, height, quality.get(), subsampling)
            .map_err(|_| LimitError::Exhausted.into())
    }
}

/// The samples of one component.
struct Plane {
    width: usize,
    samples: Vec<u8>,
}

impl Plane {
    fn new(width: usize, height: usize) -> Result<Self, Error> {
        Ok(Self { width, samples: zeroed(width * height)? })
    }

    fn height(&self) -> usize {
        self.samples.len() / self.width
    }

    /// The first `columns` samples of a row.
    fn row(&mut self, at: usize, columns: usize) -> &mut [u8] {
        &mut self.samples[at * self.width..][..columns]
    }

    /// The first `columns` samples of a row and of the one below.
    fn pair(&mut self, at: usize, columns: usize) -> [&mut [u8]; 2] {
        let (upper, lower) = self.samples[at * self.width..].split_at_mut(self.width);
        [&mut upper[..columns], &mut lower[..columns]]
    }

    /// Repeats the last of `columns` and the last of `rows` up to the edges.
    fn extend(&mut self, columns: usize, rows: usize) {
        for row in self.samples.chunks_exact_mut(self.width).take(rows) {
            let last = row[columns - 1];
            row[columns..].fill(last);
        }
        let last = (rows - 1) * self.width;
        for row in rows..self.height() {
            self.samples.copy_within(last..last + self.width, row * self.width);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_and_row_stand_for_those_beyond() {
        let mut row = McuRow::new(3, Sampling::Gray).expect("memory");
        row.fill(&[1, 2, 3, 4, 5, 6], 3);
        let expected = [[1, 2, 3, 3, 3, 3, 3, 3], [4, 5, 6, 6, 6, 6, 6, 6]];
        let (first, rest) = row.planes[0].samples.split_at(8);
        assert_eq!(first, expected[0]);
        assert_eq!(rest, expected[1].repeat(7));
    }

    #[test]
    fn a_row_has_whole_mcus() {
        let size = |columns, sampling| {
            let row = McuRow::new(columns, sampling).expect("memory");
            let planes = row.planes.iter().map(|plane| (plane.width, plane.height()));
            (row.mcus(), planes.collect::<Vec<_>>())
        };
        assert_eq!(size(8, Sampling::Gray), (1, vec![(8, 8)]));
        assert_eq!(size(9, Sampling::Full), (2, vec![(16, 8); 3]));
        assert_eq!(size(16, Sampling::Halved), (1, vec![(16, 16), (8, 8), (8, 8)]));
        assert_eq!(size(17, Sampling::Halved), (2, vec![(32, 16), (16, 8), (16, 8)]));
    }

    #[test]
    fn chroma_of_a_single_row_is_its_own() {
        let mut row = McuRow::new(2, Sampling::Halved).expect("memory");
        row.fill(&[255, 0, 0, 255, 0, 0], 2);
        let levels = row.planes.iter().map(|plane| (plane.samples[0], plane.samples.last()));
        let levels: Vec<_> = levels.collect();
        assert_eq!(levels, [(76, Some(&76)), (85, Some(&85)), (255, Some(&255))]);
    }
}
