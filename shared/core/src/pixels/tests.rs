//! Every kernel against the oracle, and the frame's operations through their public face.

use proptest::prelude::*;

use super::blur;
use super::frame::{Frame, Layout, Sample, Samples, Shape};
use super::kernels::kernel::{Fast, Kernel, Kernels};
use super::kernels::portable::Portable;
use super::luma::luma;
use super::{Radius, oracle};

pub(crate) fn widen<S: Sample>(samples: &[S]) -> Vec<u64> {
    samples.iter().map(|&sample| sample.into()).collect()
}

pub(crate) fn shape(width: usize, height: usize, layout: Layout) -> Shape {
    Shape { width: width as u32, height: height as u32, layout }
}

/// Samples that differ from their neighbours in every direction, so that a slip in position shows.
pub(crate) fn pattern<S: Sample>(shape: Shape) -> Vec<S> {
    (0..shape.samples()).map(|i| S::truncate(i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40)).collect()
}

/// The same with all alpha at `alpha`.
pub(crate) fn with_alpha<S: Sample>(shape: Shape, alpha: S) -> Vec<S> {
    let mut samples = pattern(shape);
    let channels = shape.layout.channels();
    for pixel in samples.chunks_exact_mut(channels).filter(|_| shape.layout.has_alpha()) {
        pixel[channels - 1] = alpha;
    }
    samples
}

/// Tells results apart that should be the same everywhere, to the last bit.
pub(crate) fn digest(levels: &[u64]) -> u64 {
    levels.iter().fold(0, |digest, level| (digest ^ level).wrapping_mul(1_099_511_628_211))
}

/// Compares one set of blur kernels with the oracle on one picture.
fn check_blur<S: Sample + std::fmt::Debug, K: Kernels<S>>(shape: Shape, samples: &[S], radius: u8) {
    let mut blurred = samples.to_vec();
    let pixels = Radius::new(radius).expect("a radius in range");
    blur::blur::<S, K>(shape, &mut blurred, pixels).expect("memory for a small picture");
    let expected = oracle::blur(shape, &widen(samples), radius);
    assert_eq!(widen(&blurred), expected, "{shape:?}, radius {radius}");
}

/// Compares the luma of one set of kernels with the oracle on one picture.
fn check_luma<S: Sample, K: Kernels<S>>(layout: Layout, samples: &[S]) {
    let mut gray = samples.to_vec();
    luma::<S, K>(layout, &mut gray);
    let expected = oracle::grayscale(layout, &widen(samples));
    assert_eq!(widen(&gray), expected, "{} samples of {layout:?}", samples.len());
}

fn check_all_blurs(shape: Shape, samples: &[u8], radius: u8) {
    check_blur::<u8, Portable>(shape, samples, radius);
    check_blur::<u8, Fast>(shape, samples, radius);
}

#[test]
fn luma_of_every_length_about_a_block() {
    for pixels in (0..=70).chain([127, 128, 129]) {
        for layout in Layout::ALL {
            let shape = shape(pixels, 1, layout);
            check_luma::<u8, Portable>(layout, &pattern(shape));
            check_luma::<u8, Fast>(layout, &pattern(shape));
            check_luma::<u16, Portable>(layout, &pattern(shape));
        }
    }
}

#[test]
fn luma_at_the_ends_of_the_range() {
    for rgb in [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [1, 1, 1]] {
        let samples: Vec<u8> = rgb.repeat(17);
        check_luma::<u8, Portable>(Layout::Rgb, &samples);
        check_luma::<u8, Fast>(Layout::Rgb, &samples);
    }
    check_luma::<u16, Portable>(Layout::Rgb, &[u16::MAX; 3]);
}

#[test]
fn grayscale_keeps_alpha_and_changes_the_layout() {
    let mut frame = Frame::new(shape(2, 1, Layout::Rgba), vec![255u8, 0, 0, 7, 0, 0, 255, 9]);
    frame.grayscale();
    assert_eq!(frame, Frame::new(shape(2, 1, Layout::La), vec![76u8, 7, 29, 9]));
    frame.grayscale();
    assert_eq!(frame, Frame::new(shape(2, 1, Layout::La), vec![76u8, 7, 29, 9]));

    let mut frame = Frame::new(shape(1, 1, Layout::Rgb), vec![0u16, 65_535, 0]);
    frame.grayscale();
    assert_eq!(frame, Frame::new(shape(1, 1, Layout::L), vec![38_469u16]));
}

#[test]
fn blur_of_every_small_shape() {
    for layout in Layout::ALL {
        for (width, height) in
            [(1, 1), (1, 9), (9, 1), (2, 2), (3, 5), (4, 4), (5, 3), (7, 8), (17, 6), (33, 3)]
        {
            let shape = shape(width, height, layout);
            for radius in [0, 1, 2, 3, 4, 8, 127] {
                for alpha in [0, 1, 254, 255] {
                    check_all_blurs(shape, &with_alpha(shape, alpha), radius);
                }
                check_all_blurs(shape, &pattern(shape), radius);
                check_blur::<u16, Portable>(shape, &pattern(shape), radius);
                check_blur::<u16, Portable>(shape, &with_alpha(shape, u16::MAX), radius);
            }
        }
    }
}

/// The largest window whose every sum is at its maximum: white stays white.
#[test]
fn blur_of_the_largest_sums() {
    let radius = Radius::new(Radius::MAX).expect("in range");
    for layout in Layout::ALL {
        let shape = shape(255, 255, layout);
        for mut white in [
            Frame::new(shape, vec![u8::MAX; shape.samples() as usize]),
            Frame::new(shape, vec![u16::MAX; shape.samples() as usize]),
        ] {
            let before = white.clone();
            white.blur(radius).expect("memory");
            assert!(white == before, "{shape:?}");
        }
    }
}

/// Averages along one row by a kernel, and by adding up and dividing each window.
fn check_average<S: Sample, K: Kernel<S>>(
    channels: usize,
    columns: &[u64],
    radius: usize,
    areas: &[u32],
) where
    K::Column: TryFrom<u64>,
{
    let narrow = |&column: &u64| {
        K::Column::try_from(column).unwrap_or_else(|_| panic!("{column} in a column"))
    };
    let mut out = vec![S::default(); areas.len() * channels];
    K::average(&columns.iter().map(narrow).collect::<Vec<_>>(), radius, areas, &mut out);
    for (x, &area) in areas.iter().enumerate() {
        let window = &columns[(x + 1) * channels..(x + 2 * radius + 2) * channels];
        for channel in 0..channels {
            let sum: u64 = window.iter().skip(channel).step_by(channels).sum();
            let average: u64 = out[x * channels + channel].into();
            assert_eq!(average, sum / u64::from(area), "{sum} / {area} at pixel {x}");
        }
    }
}

/// Division of sums at and just below a multiple of the window's area, for every full window.
#[test]
fn averages_about_every_multiple() {
    for radius in 1..=usize::from(Radius::MAX) {
        let side = 2 * radius + 1;
        let area = (side * side) as u64;
        for quotient in (1..=255).step_by(3) {
            let sums = [quotient * area - 1, quotient * area, (quotient + 1).min(255) * area - 1];
            // A window's sum spread over its columns, between the zeros beyond a row of 5 pixels.
            let spread = |sum: u64, at: u64| sum / side as u64 + u64::from(at < sum % side as u64);
            let mut columns = vec![0; 3 * (5 + 2 * (radius + 1))];
            for (at, column) in columns[3..].chunks_exact_mut(3).take(side).enumerate() {
                column.copy_from_slice(&sums.map(|sum| spread(sum, at as u64)));
            }
            check_average::<u8, <Portable as Kernels<u8>>::Rgb>(
                3,
                &columns,
                radius,
                &[area as u32; 5],
            );
            check_average::<u8, <Fast as Kernels<u8>>::Rgb>(3, &columns, radius, &[area as u32; 5]);
        }
    }
}

/// Colour weighted by alpha at and about the multiples of the sum of alpha.
#[test]
fn weighted_averages_about_every_multiple() {
    const MOST: u64 = 255 * 255 * 255;
    let powers = (0..24).map(|bits| 1 << bits).flat_map(|power| [power - 1, power, power + 1]);
    for alpha in powers.chain([MOST - 1, MOST]).filter(|alpha| (1..=MOST).contains(alpha)) {
        let area = alpha.div_ceil(255) as u32;
        let pixels: Vec<[u64; 4]> = (0..=255)
            .map(|quotient| {
                let sum = quotient * alpha;
                [sum.saturating_sub(1), sum, (sum + alpha / 2).min(255 * alpha), alpha]
            })
            .collect();
        check_weighted::<<Portable as Kernels<u8>>::Rgba>(&pixels, area);
        check_weighted::<<Fast as Kernels<u8>>::Rgba>(&pixels, area);
    }
}

/// Averages of windows of one pixel, whose columns are given.
fn check_weighted<K: Kernel<u8>>(pixels: &[[u64; 4]], area: u32)
where
    K::Column: TryFrom<u64>,
{
    let narrow =
        |&sum: &u64| K::Column::try_from(sum).unwrap_or_else(|_| panic!("{sum} in a column"));
    let beyond = [[0; 4]];
    let columns: Vec<_> =
        [&beyond, pixels, &beyond].concat().as_flattened().iter().map(narrow).collect();
    let mut out = vec![0; 4 * pixels.len()];
    K::average(&columns, 0, &vec![area; pixels.len()], &mut out);
    for (&[r, g, b, alpha], averages) in pixels.iter().zip(out.as_chunks::<4>().0) {
        let expected = [r / alpha, g / alpha, b / alpha, alpha / u64::from(area)];
        assert_eq!(averages.map(u64::from), expected, "{r} {g} {b} / {alpha}, area {area}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blur_of_any_picture(
        (shape, samples) in picture(),
        radius in prop_oneof![0..=5u8, 0..=Radius::MAX],
    ) {
        check_all_blurs(shape, &samples, radius);
        let wide: Vec<u16> = samples.iter().map(|&sample| u16::from(sample) * 257).collect();
        check_blur::<u16, Portable>(shape, &wide, radius);
    }
}

/// Pictures of odd sizes whose alpha is mostly at or next to the ends of its range.
fn picture() -> impl Strategy<Value = (Shape, Vec<u8>)> {
    (1..24usize, 1..12usize, prop::sample::select(&Layout::ALL)).prop_flat_map(
        |(width, height, layout)| {
            let shape = shape(width, height, layout);
            let sample = prop_oneof![any::<u8>(), prop::sample::select(&[0, 1, 254, 255])];
            (Just(shape), prop::collection::vec(sample, shape.samples() as usize))
        },
    )
}

#[test]
fn radius_zero_keeps_the_colour_of_transparent_pixels() {
    let mut frame = Frame::new(shape(1, 1, Layout::Rgba), vec![1u8, 2, 3, 0]);
    frame.blur(Radius::new(0).expect("in range")).expect("no memory needed");
    assert_eq!(frame.samples(), &Samples::U8(vec![1, 2, 3, 0]));
}

#[test]
fn scratch_memory_is_a_few_rows() {
    // Three rows kept and a blank one, 20 columns with two sums each, 10 areas.
    let radius = Radius::new(4).expect("in range");
    assert_eq!(
        shape(10, 3, Layout::La).blur_scratch_bytes(1, radius),
        4 * 20 + 20 * 2 * 8 + 10 * 4
    );
}

/// Told apart by its name in the report of a run with SIMD.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[test]
fn the_simd128_kernels_are_in_use() {
    assert!(std::any::type_name::<Fast>().ends_with("::simd128::Simd128"));
}
