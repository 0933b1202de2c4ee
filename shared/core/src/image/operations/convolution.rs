//! Symmetric windows of weights, applied down and across, row by row from the top.
//!
//! The sums run over what of the window lies within the picture, and are divided by the sum of
//! those weights. With alpha, colour is weighted by it. The picture is overwritten as the window
//! goes down, so the source rows within the window are kept in a ring. Sums are added in one order
//! everywhere, so that they round alike.

use std::array::from_fn;

use crate::image::{Error, Layout};
use crate::pixels::blur::is_opaque;
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::{Sample, Shape};

/// Sums that are computed at once: as many as the registers hold.
const LANES: usize = 32;

/// Convolves the picture with `weights`, of which the first belongs to the middle and each further
/// one to both places at its distance, in either direction. `finish` gets each row of the source,
/// to be overwritten, and of the result: straight alpha, colour 0 where the sum of alpha is 0.
pub(in crate::image) fn convolve<S: Sample + Term>(
    shape: Shape,
    samples: &mut [S],
    weights: &[f32],
    finish: impl Fn(&mut [S], &[f32]),
) -> Result<(), Error> {
    if samples.is_empty() {
        return Ok(());
    }
    match shape.layout {
        layout if is_opaque(layout, samples) => {
            run(shape, samples, weights, <[S]>::copy_from_slice, divide, finish)
        }
        Layout::La => run(shape, samples, weights, weigh::<S, 2>, divide_weighted::<2>, finish),
        _ => run(shape, samples, weights, weigh::<S, 4>, divide_weighted::<4>, finish),
    }
}

/// The most memory, in bytes, that a convolution takes beside a frame of `shape`: the rows of a
/// window, held as numbers of four bytes where there is alpha, and a few rows of sums.
pub(in crate::image) fn scratch_bytes(shape: Shape, bytes_per_sample: u64, weights: u64) -> u64 {
    const SUM: u64 = size_of::<f32>() as u64;
    let channels = shape.layout.channels() as u64;
    let row = u64::from(shape.width) * channels;
    let rows = u64::from(shape.height).min(2 * weights - 1) + 1;
    let term = if shape.layout.has_alpha() { SUM } else { bytes_per_sample };
    let margins = 2 * (weights - 1).min(u64::from(shape.width)) * channels;
    rows * row * term + (3 * row + margins) * SUM
}

/// `enter` makes terms of a row's samples; `divide` makes levels of its sums, given the sums of
/// the weights that are within the picture, across for each sample and down for the row.
fn run<S: Sample, T: Term>(
    shape: Shape,
    samples: &mut [S],
    weights: &[f32],
    enter: impl Fn(&mut [T], &[S]),
    divide: impl Fn(&mut [f32], &[f32], f32),
    finish: impl Fn(&mut [S], &[f32]),
) -> Result<(), Error> {
    let (width, height) = (shape.width as usize, shape.height as usize);
    let (row, channels) = (shape.row(), shape.layout.channels());
    // Nothing is as far from any pixel as the picture is wide, or high.
    let across = &weights[..weights.len().min(width)];
    let down = &weights[..weights.len().min(height)];
    let margin = (across.len() - 1) * channels;
    let reach = down.len() - 1;

    let kept_rows = (2 * reach + 1).min(height);
    let mut kept = zeroed::<T>(kept_rows * row)?;
    let blank = zeroed::<T>(row)?;
    let mut sums_down = zeroed::<f32>(row + 2 * margin)?;
    let mut sums = zeroed::<f32>(row)?;
    let mut totals = zeroed::<f32>(row)?;
    for (x, totals) in totals.chunks_exact_mut(channels).enumerate() {
        totals.fill(total(across, x, width));
    }

    let slot = |y: usize| y % kept_rows * row..(y % kept_rows + 1) * row;
    for (y, entering) in samples.chunks_exact(row).take(reach).enumerate() {
        enter(&mut kept[slot(y)], entering);
    }
    for y in 0..height {
        if let Some(entering) = samples.chunks_exact(row).nth(y + reach) {
            enter(&mut kept[slot(y + reach)], entering);
        }
        let source = |y: Option<usize>| match y {
            Some(y) if y < height => &kept[slot(y)],
            _ => &blank,
        };
        let rows: Vec<_> = (1..=reach)
            .map(|distance| (source(y.checked_sub(distance)), source(Some(y + distance))))
            .collect();
        add_up(down, source(Some(y)), &rows, &mut sums_down[margin..margin + row]);

        let shifted = |by: usize| &sums_down[by..by + row];
        let columns: Vec<_> = (1..across.len())
            .map(|distance| distance * channels)
            .map(|distance| (shifted(margin - distance), shifted(margin + distance)))
            .collect();
        add_up(across, shifted(margin), &columns, &mut sums);
        divide(&mut sums, &totals, total(down, y, height));
        finish(&mut samples[y * row..][..row], &sums);
    }
    Ok(())
}

/// The sum of the weights that fall within `0 .. length` about one place.
fn total(weights: &[f32], at: usize, length: usize) -> f32 {
    let before = &weights[1..=at.min(weights.len() - 1)];
    let after = &weights[1..(length - at).min(weights.len())];
    let sum = |weights: &[f32]| weights.iter().copied().map(f64::from).sum::<f64>();
    (f64::from(weights[0]) + sum(before) + sum(after)) as f32
}

/// Fills `out` with the weighted sums of the middle and of the pairs about it, nearest first.
fn add_up<T: Term>(weights: &[f32], middle: &[T], pairs: &[(&[T], &[T])], out: &mut [f32]) {
    let (blocks, rest) = out.as_chunks_mut::<LANES>();
    let done = blocks.len() * LANES;
    for (block, out) in blocks.iter_mut().enumerate() {
        *out = sums(weights, middle, pairs, block * LANES);
    }
    for (at, out) in rest.iter_mut().enumerate() {
        [*out] = sums(weights, middle, pairs, done + at);
    }
}

fn sums<T: Term, const N: usize>(
    weights: &[f32],
    middle: &[T],
    pairs: &[(&[T], &[T])],
    at: usize,
) -> [f32; N] {
    let middle = &middle[at..at + N];
    let mut sums = from_fn(|lane| weights[0] * middle[lane].value());
    for (&weight, (before, after)) in weights[1..].iter().zip(pairs) {
        let (before, after) = (&before[at..at + N], &after[at..at + N]);
        for lane in 0..N {
            sums[lane] += weight * before[lane].plus(after[lane]);
        }
    }
    sums
}

/// Colour times alpha, and alpha itself, the last channel.
fn weigh<S: Term, const CHANNELS: usize>(terms: &mut [f32], samples: &[S]) {
    let pixels = samples.as_chunks::<CHANNELS>().0;
    for (terms, pixel) in terms.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(pixels) {
        let alpha = pixel[CHANNELS - 1].value();
        *terms = pixel.map(|sample| sample.value() * alpha);
        terms[CHANNELS - 1] = alpha;
    }
}

fn divide(sums: &mut [f32], across: &[f32], down: f32) {
    for (sum, &across) in sums.iter_mut().zip(across) {
        *sum /= across * down;
    }
}

fn divide_weighted<const CHANNELS: usize>(sums: &mut [f32], across: &[f32], down: f32) {
    let across = across.iter().step_by(CHANNELS);
    for (pixel, &across) in sums.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(across) {
        let alpha = pixel[CHANNELS - 1];
        // Where the sum of alpha is 0, so are those of colour.
        let divisor = if alpha == 0.0 { 1.0 } else { alpha };
        *pixel = pixel.map(|sum| sum / divisor);
        pixel[CHANNELS - 1] = alpha / (across * down);
    }
}

/// The nearest level, half up.
pub(in crate::image) fn round<S: Sample>(value: f32) -> S {
    // Going to an integer cuts off the fraction, and makes 0 of what is negative.
    let level = (value + 0.5) as u32;
    S::truncate(level.min(S::MAX.into()).into())
}

/// What is weighted: samples, or their products with alpha.
pub(in crate::image) trait Term: Copy + Default {
    /// The number itself.
    fn value(self) -> f32;

    /// The sum of two; of samples it is exact.
    fn plus(self, other: Self) -> f32;
}

impl Term for u8 {
    fn value(self) -> f32 {
        self.into()
    }

    fn plus(self, other: Self) -> f32 {
        (u16::from(self) + u16::from(other)).into()
    }
}

impl Term for u16 {
    fn value(self) -> f32 {
        self.into()
    }

    fn plus(self, other: Self) -> f32 {
        (i32::from(self) + i32::from(other)) as f32
    }
}

impl Term for f32 {
    fn value(self) -> f32 {
        self
    }

    fn plus(self, other: Self) -> f32 {
        self + other
    }
}
