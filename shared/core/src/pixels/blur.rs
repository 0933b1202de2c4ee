//! Box blur in one pass over the rows, at a cost that does not depend on the radius.
//!
//! For every column the sum over the window's rows is kept. One row down, each column takes in
//! the row that enters the window and gives up the row that leaves it; then a sum slides along
//! the columns and is divided by the window's area. The picture is overwritten from the top, so
//! the source of the last `radius + 1` rows is kept aside until it leaves.

use std::collections::TryReserveError;

use super::buffer::zeroed;
use super::frame::{Frame, Layout, Sample, Samples, Shape};
use super::kernels::kernel::{Fast, Kernel, Kernels};
use super::kernels::portable::Portable;

/// How far a box blur reaches, in pixels, to each side: 0 to [`Radius::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Radius(u8);

impl Radius {
    /// The largest radius: its window of 255 x 255 pixels keeps sums of 8-bit samples, even
    /// weighted by alpha, within 32 bits (255^4 < 2^32).
    pub const MAX: u8 = 127;

    /// The radius of a blur that names none, 5 pixels.
    pub const DEFAULT: Self = Self(5);

    /// A radius, unless it exceeds [`Radius::MAX`].
    pub const fn new(pixels: u8) -> Option<Self> {
        if pixels <= Self::MAX { Some(Self(pixels)) } else { None }
    }

    /// The radius in pixels.
    pub const fn pixels(self) -> u8 {
        self.0
    }
}

impl Frame {
    /// Averages every channel over the window of `2 radius + 1` pixels squared, cut at the
    /// picture's edge: `floor(sum / count)`. With alpha, colour is weighted by it, so that
    /// transparent pixels bleed no colour: alpha is `floor(sum a / count)`, colour
    /// `floor(sum c a / sum a)`, 0 where `sum a` is 0. Radius 0 changes nothing.
    ///
    /// # Errors
    /// If the [scratch memory](Shape::blur_scratch_bytes) cannot be had; the picture is then
    /// unchanged.
    pub fn blur(&mut self, radius: Radius) -> Result<(), TryReserveError> {
        match &mut self.samples {
            Samples::U8(samples) => blur::<u8, Fast>(self.shape, samples, radius),
            Samples::U16(samples) => blur::<u16, Portable>(self.shape, samples, radius),
        }
    }
}

impl Shape {
    /// The most memory, in bytes, that a blur takes beside a frame of this shape.
    pub fn blur_scratch_bytes(self, bytes_per_sample: u64, radius: Radius) -> u64 {
        const COLUMN: u64 = size_of::<u64>() as u64;
        const AREA: u64 = size_of::<u32>() as u64;
        let (width, channels) = (u64::from(self.width), self.layout.channels() as u64);
        let radius = u64::from(radius.0);
        let rows = (radius + 1).min(u64::from(self.height)) + 1;
        rows * width * channels * bytes_per_sample
            + (width + 2 * (radius + 1)) * channels * COLUMN
            + width * AREA
    }
}

/// Blurs with the given kernels, the cheaper ones where all alpha is at its maximum. Inlined, so that
/// where the layout is known a program has no kernels of others.
#[inline(always)]
pub(crate) fn blur<S: Sample, K: Kernels<S>>(
    shape: Shape,
    samples: &mut [S],
    radius: Radius,
) -> Result<(), TryReserveError> {
    if radius == Radius(0) || samples.is_empty() {
        return Ok(());
    }
    match (shape.layout, is_opaque(shape.layout, samples)) {
        (Layout::L, _) => run::<S, K::L>(shape, samples, radius),
        (Layout::La, true) => run::<S, K::OpaqueLa>(shape, samples, radius),
        (Layout::La, false) => run::<S, K::La>(shape, samples, radius),
        (Layout::Rgb, _) => run::<S, K::Rgb>(shape, samples, radius),
        (Layout::Rgba, true) => run::<S, K::OpaqueRgba>(shape, samples, radius),
        (Layout::Rgba, false) => run::<S, K::Rgba>(shape, samples, radius),
    }
}

/// Whether there is no alpha, or all of it is at its maximum.
pub(crate) fn is_opaque<S: Sample>(layout: Layout, samples: &[S]) -> bool {
    match layout {
        Layout::L | Layout::Rgb => true,
        Layout::La => alpha_is_max::<S, 2>(samples),
        Layout::Rgba => alpha_is_max::<S, 4>(samples),
    }
}

fn alpha_is_max<S: Sample, const CHANNELS: usize>(samples: &[S]) -> bool {
    let is_max = |pixels: &[S]| {
        pixels.iter().skip(CHANNELS - 1).step_by(CHANNELS).all(|&alpha| alpha == S::MAX)
    };
    // Every channel takes part in the conjunction, so that the compiler can vectorise it.
    let and = |all: [S; 16], some: &[S; 16]| std::array::from_fn(|at| all[at] & some[at]);
    let (blocks, rest) = samples.as_chunks::<16>();
    blocks.chunks(256).all(|blocks| is_max(&blocks.iter().fold([S::MAX; 16], and))) && is_max(rest)
}

fn run<S: Sample, K: Kernel<S>>(
    shape: Shape,
    samples: &mut [S],
    radius: Radius,
) -> Result<(), TryReserveError> {
    let radius = usize::from(radius.0);
    let (width, height) = (shape.width as usize, shape.height as usize);
    let (row, channels) = (shape.row(), shape.layout.channels());

    let kept_rows = (radius + 1).min(height);
    let mut kept = zeroed::<S>(kept_rows * row)?;
    let blank = zeroed::<S>(row)?;
    let mut columns = zeroed::<K::Column>(row + 2 * (radius + 1) * channels)?;
    let mut areas = zeroed::<u32>(width)?;

    let inside = (radius + 1) * channels..(radius + 1) * channels + row;
    for entering in samples.chunks_exact(row).take(radius) {
        K::descend(&mut columns[inside.clone()], entering, &blank);
    }
    let mut rows_before = 0;
    for y in 0..height {
        let entering = samples.chunks_exact(row).nth(y + radius).unwrap_or(&blank);
        // What this slot holds leaves the window as its row is written: zeros near the top.
        let slot = &mut kept[y % kept_rows * row..][..row];
        K::descend(&mut columns[inside.clone()], entering, slot);
        let current = &mut samples[y * row..][..row];
        slot.copy_from_slice(current);

        let rows = extent(y, radius, height);
        if rows != rows_before {
            for (x, area) in areas.iter_mut().enumerate() {
                *area = rows * extent(x, radius, width);
            }
            rows_before = rows;
        }
        K::average(&columns, radius, &areas, current);
    }
    Ok(())
}

/// How many of the places `at - radius ..= at + radius` lie within `0 .. length`.
fn extent(at: usize, radius: usize, length: usize) -> u32 {
    ((at + radius + 1).min(length) - at.saturating_sub(radius)) as u32
}
