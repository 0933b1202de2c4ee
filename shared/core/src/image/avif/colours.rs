//! Luma and two differences of colour made into red, green and blue (ITU-T H.273, section 8.3), in
//! fixed point: the same samples on every host.

use super::meta::CodePoints;
use crate::image::{Error, Format, UnsupportedError};

/// Fractional bits of a factor. The sums of 12-bit samples made into 16-bit ones just fit.
const FRACTION: u32 = 13;
const HALF: i32 = 1 << (FRACTION - 1);

/// Code points that leave the matrix, or the colours, to whoever shows the picture.
const UNSPECIFIED: u8 = 2;

/// The shares of red and of blue in luma, in ten-thousandths, by matrix coefficients.
const fn shares(matrix: u8) -> Option<(i64, i64)> {
    Some(match matrix {
        1 => (2126, 722),
        4 => (3000, 1100),
        // BT.601, which is also what is meant where nothing is said.
        UNSPECIFIED | 5 | 6 => (2990, 1140),
        7 => (2120, 870),
        9 => (2627, 593),
        _ => return None,
    })
}

/// How samples of a depth become levels up to `most`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    /// The sample of the level 0.
    least: i32,
    factor: i32,
    most: i32,
}

impl Range {
    /// Of luma, of alpha, and of colours that were not transformed.
    pub(super) fn luma(bit_depth: u8, full: bool, most: u16) -> Self {
        let (least, steps) = match full {
            true => (0, (1 << bit_depth) - 1),
            false => (16 << (bit_depth - 8), 219 << (bit_depth - 8)),
        };
        let most = i32::from(most);
        Self { least, factor: quotient(i64::from(most) << FRACTION, steps), most }
    }

    /// The level of a sample.
    pub(super) fn level(self, sample: u16) -> i32 {
        self.clamped(self.scaled(sample))
    }

    fn scaled(self, sample: u16) -> i32 {
        (i32::from(sample) - self.least) * self.factor
    }

    fn clamped(self, scaled: i32) -> i32 {
        ((scaled + HALF) >> FRACTION).clamp(0, self.most)
    }
}

/// How the samples of three planes become colours.
#[derive(Clone, Copy, Debug)]
pub(super) enum Matrix {
    /// They are green, blue and red.
    Identity(Range),
    /// Luma, a difference of blue, and one of red.
    Differences(Differences),
}

/// Factors of the differences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differences {
    luma: Range,
    middle: i32,
    red: i32,
    green: [i32; 2],
    blue: i32,
}

impl Matrix {
    /// The one that the code points name, for levels up to `most`.
    pub(super) fn new(points: CodePoints, bit_depth: u8, most: u16) -> Result<Self, Error> {
        let luma = Range::luma(bit_depth, points.full_range, most);
        if points.matrix == 0 {
            return Ok(Self::Identity(luma));
        }
        let unsupported = UnsupportedError::Feature(Format::Avif);
        let (red, blue) = shares(points.matrix).ok_or(unsupported)?;
        let green = 10_000 - red - blue;
        let steps: i64 = match points.full_range {
            true => (1 << bit_depth) - 1,
            false => 224 << (bit_depth - 8),
        };
        // Twice the most, in ten-thousandths of a share.
        let scale = (i64::from(most) << FRACTION) * 2;
        let factor = |share: i64| quotient(scale * share, steps * 10_000);
        let of_green =
            |share: i64| quotient(scale * share * (10_000 - share), steps * 10_000 * green);
        Ok(Self::Differences(Differences {
            luma,
            middle: 1 << (bit_depth - 1),
            red: factor(10_000 - red),
            green: [of_green(blue), of_green(red)],
            blue: factor(10_000 - blue),
        }))
    }

    /// Red, green and blue of one sample of each plane.
    pub(super) fn rgb(&self, [first, second, third]: [u16; 3]) -> [i32; 3] {
        match self {
            Self::Identity(range) => [third, first, second].map(|sample| range.level(sample)),
            Self::Differences(factors) => factors.rgb(first, second, third),
        }
    }
}

impl Differences {
    fn rgb(&self, luma: u16, blue: u16, red: u16) -> [i32; 3] {
        let light = self.luma.scaled(luma);
        let (blue, red) = (i32::from(blue) - self.middle, i32::from(red) - self.middle);
        [
            light + self.red * red,
            light - self.green[0] * blue - self.green[1] * red,
            light + self.blue * blue,
        ]
        .map(|scaled| self.luma.clamped(scaled))
    }
}

/// The nearest whole number.
const fn quotient(number: i64, divisor: i64) -> i32 {
    ((number + divisor / 2) / divisor) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula in floating point.
    fn oracle(shares: (f64, f64), full: bool, depth: u8, most: f64, samples: [u16; 3]) -> [f64; 3] {
        let (kr, kb) = shares;
        let unit = f64::from(1 << (depth - 8));
        let all = f64::from((1u32 << depth) - 1);
        let [y, u, v] = samples.map(f64::from);
        let middle = 128.0 * unit;
        let (y, u, v) = if full {
            (y / all, (u - middle) / all, (v - middle) / all)
        } else {
            let chroma = 224.0 * unit;
            ((y - 16.0 * unit) / (219.0 * unit), (u - middle) / chroma, (v - middle) / chroma)
        };
        let red = y + 2.0 * (1.0 - kr) * v;
        let blue = y + 2.0 * (1.0 - kb) * u;
        let green = (y - kr * red - kb * blue) / (1.0 - kr - kb);
        [red, green, blue].map(|level| (level * most).clamp(0.0, most))
    }

    #[test]
    fn every_matrix_is_within_a_level_of_the_formula() {
        for (matrix, shares) in
            [(1, (0.2126, 0.0722)), (2, (0.299, 0.114)), (6, (0.299, 0.114)), (9, (0.2627, 0.0593))]
        {
            for (depth, most, off) in [(8, 255, 0.6), (10, 65_535, 2.0), (12, 65_535, 2.0)] {
                for full_range in [false, true] {
                    let points = CodePoints { primaries: 1, transfer: 13, matrix, full_range };
                    let made = Matrix::new(points, depth, most).unwrap();
                    let steps = (0..9).map(|step| (step * ((1u32 << depth) - 1) / 8) as u16);
                    for samples in steps.clone().flat_map(|y| {
                        let steps = steps.clone();
                        steps.clone().flat_map(move |u| steps.clone().map(move |v| [y, u, v]))
                    }) {
                        let expected = oracle(shares, full_range, depth, f64::from(most), samples);
                        let rgb = made.rgb(samples);
                        for (level, expected) in rgb.into_iter().zip(expected) {
                            let near = (f64::from(level) - expected).abs() <= off;
                            assert!(
                                near,
                                "{matrix} {depth} {full_range} {samples:?} {rgb:?} {expected}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn planes_that_are_no_differences_stay_as_they_are() {
        let points = CodePoints { primaries: 1, transfer: 13, matrix: 0, full_range: true };
        let made = Matrix::new(points, 8, 255).unwrap();
        assert_eq!(made.rgb([10, 20, 30]), [30, 10, 20]);
        let made = Matrix::new(points, 10, 65_535).unwrap();
        assert_eq!(made.rgb([0, 1023, 512]), [32_800, 0, 65_535]);
    }

    #[test]
    fn a_matrix_that_is_not_known_is_refused() {
        for matrix in [3, 8, 10, 11, 12, 13, 14, 255] {
            let points = CodePoints { primaries: 1, transfer: 13, matrix, full_range: true };
            let error = Matrix::new(points, 8, 255).unwrap_err();
            assert_eq!(error, UnsupportedError::Feature(Format::Avif).into(), "{matrix}");
        }
    }
}
