//! The kernels in plain Rust: they compile everywhere, and the others are compared with them.

use std::array::from_fn;
use std::ops::{Add, Range, Sub};

use super::kernel::{Kernel, Kernels};
use crate::pixels::frame::Sample;

/// RGB to L for some of the pixels; those before them are compacted already.
pub(crate) fn luma_rgb<S: Sample>(samples: &mut [S], pixels: Range<usize>) {
    for pixel in pixels {
        samples[pixel] = luma(&samples[3 * pixel..][..3]);
    }
}

/// RGBA to LA for some of the pixels; those before them are compacted already.
pub(crate) fn luma_rgba<S: Sample>(samples: &mut [S], pixels: Range<usize>) {
    for pixel in pixels {
        let alpha = samples[4 * pixel + 3];
        samples[2 * pixel] = luma(&samples[4 * pixel..][..3]);
        samples[2 * pixel + 1] = alpha;
    }
}

/// At 16 bits the largest sum is 65536 * 65535 + 32768, still below 2^32.
pub(crate) fn luma<S: Sample>(rgb: &[S]) -> S {
    let [r, g, b]: [u32; 3] = [rgb[0].into(), rgb[1].into(), rgb[2].into()];
    S::truncate(u64::from((19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16))
}

/// The kernels for both sample types.
pub(crate) struct Portable;

impl<S: Sample> Kernels<S> for Portable {
    type L = Plain<1>;
    type OpaqueLa = Plain<2>;
    type La = Weighted<2>;
    type Rgb = Plain<3>;
    type OpaqueRgba = Plain<4>;
    type Rgba = Weighted<4>;

    fn luma_rgb(samples: &mut Vec<S>) {
        let pixels = samples.len() / 3;
        luma_rgb(samples, 0..pixels);
        samples.truncate(pixels);
    }

    fn luma_rgba(samples: &mut Vec<S>) {
        let pixels = samples.len() / 4;
        luma_rgba(samples, 0..pixels);
        samples.truncate(2 * pixels);
    }

    fn gray_rgba(samples: &mut [S]) {
        for pixel in samples.as_chunks_mut::<4>().0 {
            let gray = luma(&pixel[..3]);
            *pixel = [gray, gray, gray, pixel[3]];
        }
    }
}

/// Every channel by itself. The largest sum, 255^2 * 65535, is below 2^32.
pub(crate) struct Plain<const CHANNELS: usize>;

impl<S: Sample, const CHANNELS: usize> Kernel<S> for Plain<CHANNELS> {
    type Column = u32;

    fn descend(columns: &mut [u32], entering: &[S], leaving: &[S]) {
        for ((column, &entering), &leaving) in columns.iter_mut().zip(entering).zip(leaving) {
            *column = *column + Into::<u32>::into(entering) - Into::<u32>::into(leaving);
        }
    }

    fn average(columns: &[u32], radius: usize, areas: &[u32], out: &mut [S]) {
        average::<S, u32, CHANNELS>(columns, radius, areas, out);
    }
}

/// [`Kernel::average`] of every channel by itself.
pub(crate) fn average<S: Sample, C: Copy + Into<u32>, const CHANNELS: usize>(
    columns: &[C],
    radius: usize,
    areas: &[u32],
    out: &mut [S],
) {
    let mut divisor = Divisor::new(1);
    slide(columns, radius, areas, out, |sums: [u32; CHANNELS], area| {
        if divisor.value != area {
            divisor = Divisor::new(area);
        }
        sums.map(|sum| S::truncate(divisor.divide(sum).into()))
    });
}

/// A divisor of many sums, so that each takes a multiplication instead of a division.
#[derive(Clone, Copy)]
struct Divisor {
    value: u32,
    reciprocal: u64,
}

impl Divisor {
    fn new(value: u32) -> Self {
        Self { value, reciprocal: (1 << 32) / u64::from(value) }
    }

    /// `floor(sum / value)`. The reciprocal falls short by less than 2^-32, the product therefore
    /// by less than 1: the quotient is right, or too small by 1.
    fn divide(self, sum: u32) -> u32 {
        let quotient = ((u64::from(sum) * self.reciprocal) >> 32) as u32;
        quotient + u32::from(sum - quotient * self.value >= self.value)
    }
}

/// Colour weighted by alpha, the last channel. At 16 bits the largest sum is below 2^48.
pub(crate) struct Weighted<const CHANNELS: usize>;

impl<const CHANNELS: usize> Weighted<CHANNELS> {
    /// Colour times alpha, and alpha itself.
    fn weigh<S: Sample>(pixel: &[S; CHANNELS]) -> [u64; CHANNELS] {
        let alpha: u64 = pixel[CHANNELS - 1].into();
        let mut weighted = pixel.map(|sample| Into::<u64>::into(sample) * alpha);
        weighted[CHANNELS - 1] = alpha;
        weighted
    }
}

impl<S: Sample, const CHANNELS: usize> Kernel<S> for Weighted<CHANNELS> {
    type Column = u64;

    fn descend(columns: &mut [u64], entering: &[S], leaving: &[S]) {
        let columns = columns.as_chunks_mut::<CHANNELS>().0;
        let entering = entering.as_chunks::<CHANNELS>().0.iter().map(Self::weigh);
        let leaving = leaving.as_chunks::<CHANNELS>().0.iter().map(Self::weigh);
        for ((column, entering), leaving) in columns.iter_mut().zip(entering).zip(leaving) {
            *column = from_fn(|channel| column[channel] + entering[channel] - leaving[channel]);
        }
    }

    fn average(columns: &[u64], radius: usize, areas: &[u32], out: &mut [S]) {
        average_weighted::<S, u64, CHANNELS>(columns, radius, areas, out);
    }
}

/// [`Kernel::average`] of colour weighted by alpha.
pub(crate) fn average_weighted<S: Sample, C: Copy + Into<u64>, const CHANNELS: usize>(
    columns: &[C],
    radius: usize,
    areas: &[u32],
    out: &mut [S],
) {
    slide(columns, radius, areas, out, |sums: [u64; CHANNELS], area| {
        let alpha = sums[CHANNELS - 1];
        let mut pixel = sums.map(|sum| S::truncate(sum / alpha.max(1)));
        pixel[CHANNELS - 1] = S::truncate(alpha / u64::from(area));
        pixel
    });
}

/// Slides a sum along the columns, and divides it into each pixel.
fn slide<S, C: Copy + Into<T>, T: Sum, const CHANNELS: usize>(
    columns: &[C],
    radius: usize,
    areas: &[u32],
    out: &mut [S],
    mut divide: impl FnMut([T; CHANNELS], u32) -> [S; CHANNELS],
) {
    if areas.is_empty() {
        return;
    }
    let leaving = columns.as_chunks::<CHANNELS>().0;
    let (first, entering) = leaving.split_at(2 * radius + 1);
    let mut sums = [T::default(); CHANNELS];
    for column in first {
        sums = from_fn(|channel| sums[channel] + column[channel].into());
    }
    let out = out.as_chunks_mut::<CHANNELS>().0;
    for (((pixel, entering), leaving), &area) in
        out.iter_mut().zip(entering).zip(leaving).zip(areas)
    {
        sums =
            from_fn(|channel| sums[channel] + entering[channel].into() - leaving[channel].into());
        *pixel = divide(sums, area);
    }
}

/// What sums are kept in: `u32` and `u64`.
trait Sum: Add<Output = Self> + Sub<Output = Self> + Copy + Default {}

impl Sum for u32 {}
impl Sum for u64 {}
