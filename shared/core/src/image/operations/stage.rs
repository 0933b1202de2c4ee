//! What tones are made of: steps on the colours of a pixel.

use std::f64::consts::PI;

use super::tone::Tone;
use crate::image::{Colour, Error};
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::{Layout, Sample};

/// The one of a matrix's entries, which have 16 fractional bits.
pub(in crate::image) const ONE: i32 = 1 << 16;

/// One step, on every pixel by itself.
pub(in crate::image) enum Stage<S> {
    /// Each colour to the level at its place.
    Table(Vec<S>),
    /// Red, green and blue to luma.
    Luma,
    /// Luma to red, green and blue.
    Spread,
    /// Each colour to a weighted sum of red, green and blue, by rows.
    Matrix(Matrix),
    /// Laid on a colour.
    Flatten([S; 3]),
}

/// Weights with 16 fractional bits.
pub(in crate::image) type Matrix = [[i32; 3]; 3];

/// The steps of several tones on a picture of `layout`. Neighbouring tables become one: a table
/// of a table's levels is a table.
pub(in crate::image) fn compile<S: Sample>(
    tones: &[Tone],
    mut layout: Layout,
) -> Result<Vec<Stage<S>>, Error> {
    let mut stages = Vec::new();
    for &tone in tones {
        let next = tone.layout(layout);
        match (layout.is_gray(), next.is_gray()) {
            (false, true) => stages.push(Stage::Luma),
            (true, false) => stages.push(Stage::Spread),
            _ => {}
        }
        let step = match matrix(tone) {
            Some(matrix) if next.is_gray() => of_gray(matrix)?,
            Some(matrix) => Some(Stage::Matrix(matrix)),
            None => step(tone, layout)?,
        };
        match (stages.last_mut(), step) {
            (Some(Stage::Table(first)), Some(Stage::Table(second))) => look_up(&second, first),
            (_, Some(step)) => stages.push(step),
            (_, None) => {}
        }
        layout = next;
    }
    Ok(stages)
}

/// Replaces each level by the one at its place in the table.
pub(in crate::image) fn look_up<S: Sample>(table: &[S], levels: &mut [S]) {
    for level in levels {
        *level = table[Into::<u32>::into(*level) as usize];
    }
}

/// The step of a tone that is no matrix, beside a change between gray and colour.
fn step<S: Sample>(tone: Tone, layout: Layout) -> Result<Option<Stage<S>>, Error> {
    let max = i64::from(Into::<u32>::into(S::MAX));
    Ok(match tone {
        Tone::Brightness(percent) => {
            let slope = 100 + i64::from(percent);
            Some(table(|level| (2 * slope * level + 100).div_euclid(200))?)
        }
        Tone::Contrast(percent) => {
            let percent = i64::from(percent);
            Some(table(|level| {
                (2 * (100 + percent) * level - percent * max + 100).div_euclid(200)
            })?)
        }
        Tone::Gamma(gamma) => {
            let (power, max) = (1.0 / gamma.value(), max as f64);
            Some(table(|level| (max * libm::pow(level as f64 / max, power) + 0.5) as i64)?)
        }
        Tone::Invert => Some(table(|level| max - level)?),
        Tone::Threshold(least) => {
            let least = i64::from(least) * (max / 255);
            Some(table(|level| if level >= least { max } else { 0 })?)
        }
        Tone::Flatten(rgb) if layout.has_alpha() => {
            let level = |level| S::truncate(u64::from(level) * (max as u64 / 255));
            Some(Stage::Flatten(rgb.map(level)))
        }
        _ => None,
    })
}

/// The table of a function, its values held within the range.
fn table<S: Sample>(value: impl Fn(i64) -> i64) -> Result<Stage<S>, Error> {
    let max: u32 = S::MAX.into();
    let mut table = zeroed(max as usize + 1)?;
    for (level, entry) in (0..).zip(&mut table) {
        *entry = S::truncate(value(level).clamp(0, max.into()) as u64);
    }
    Ok(Stage::Table(table))
}

/// What a matrix whose rows have equal sums does to gray: nothing where that sum is one.
fn of_gray<S: Sample>(matrix: Matrix) -> Result<Option<Stage<S>>, Error> {
    let sum: i32 = matrix[0].iter().sum();
    if sum == ONE {
        return Ok(None);
    }
    let half = i64::from(ONE / 2);
    Ok(Some(table(|level| (level * i64::from(sum) + half) >> 16)?))
}

/// The matrix of a tone that is one.
fn matrix(tone: Tone) -> Option<Matrix> {
    match tone {
        Tone::Saturation(percent) => Some(saturate(1.0 + f64::from(percent) / 100.0)),
        Tone::Hue(degrees) => Some(hue_rotate(f64::from(degrees) * PI / 180.0)),
        Tone::Sepia => {
            Some(fixed([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]))
        }
        Tone::Tint(colour) => Some(tint(colour)),
        _ => None,
    }
}

/// `saturate()` of the Filter Effects Module.
fn saturate(amount: f64) -> Matrix {
    let luma = [0.213, 0.715, 0.072];
    fixed([0, 1, 2].map(|row| {
        [0, 1, 2].map(|column| {
            let own = if row == column { amount } else { 0.0 };
            luma[column] * (1.0 - amount) + own
        })
    }))
}

/// `hue-rotate()` of the Filter Effects Module.
fn hue_rotate(radians: f64) -> Matrix {
    let (sin, cos) = libm::sincos(radians);
    fixed([
        [
            0.213 + cos * 0.787 - sin * 0.213,
            0.715 - cos * 0.715 - sin * 0.715,
            0.072 - cos * 0.072 + sin * 0.928,
        ],
        [
            0.213 - cos * 0.213 + sin * 0.143,
            0.715 + cos * 0.285 + sin * 0.140,
            0.072 - cos * 0.072 - sin * 0.283,
        ],
        [
            0.213 - cos * 0.213 - sin * 0.787,
            0.715 - cos * 0.715 + sin * 0.715,
            0.072 + cos * 0.928 + sin * 0.072,
        ],
    ])
}

/// Luma times a colour, mixed with the pixel by the colour's alpha.
fn tint(colour: Colour) -> Matrix {
    let luma = [19_595.0, 38_470.0, 7_471.0].map(|weight| weight / f64::from(ONE));
    let strength = f64::from(colour.alpha) / 255.0;
    fixed([0, 1, 2].map(|row| {
        let level = f64::from(colour.rgb[row]) / 255.0;
        [0, 1, 2].map(|column| {
            let own = if row == column { 1.0 - strength } else { 0.0 };
            strength * level * luma[column] + own
        })
    }))
}

/// Weights rounded to 16 fractional bits. Green's make up for the others', so that a row's sum is
/// rounded as one: what leaves gray unchanged does so to the last bit.
fn fixed(matrix: [[f64; 3]; 3]) -> Matrix {
    let round = |weight: f64| (weight * f64::from(ONE)).round() as i32;
    matrix.map(|[red, green, blue]| {
        let sum = round(red + green + blue);
        let (red, blue) = (round(red), round(blue));
        [red, sum - red - blue, blue]
    })
}
