//! The kernels for 8-bit samples in WebAssembly's 128-bit SIMD, without its relaxed instructions.

use std::arch::wasm32::*;

use super::kernel::{Kernel, Kernels};
use super::portable::{self, Portable};

/// The kernels for 8-bit samples.
pub(crate) struct Simd128;

impl Kernels<u8> for Simd128 {
    type L = Plain<1>;
    type OpaqueLa = Plain<2>;
    type La = <Portable as Kernels<u8>>::La;
    type Rgb = Plain<3>;
    type OpaqueRgba = Plain<4>;
    type Rgba = Weighted;

    fn luma_rgb(samples: &mut Vec<u8>) {
        let pixels = samples.len() / 3;
        let blocks = pixels / 16;
        for block in 0..blocks {
            let rgb = &samples[48 * block..][..48];
            let four = |at: usize| load(&rgb[at..]);
            // Three bytes a pixel become four; what the fourth holds makes no difference.
            let spread = |bytes| {
                i8x16_shuffle::<0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11>(bytes, bytes)
            };
            let spread_last = |bytes| {
                i8x16_shuffle::<4, 5, 6, 6, 7, 8, 9, 9, 10, 11, 12, 12, 13, 14, 15, 15>(
                    bytes, bytes,
                )
            };
            let low = i16x8_narrow_i32x4(luma(spread(four(0))), luma(spread(four(12))));
            let high = i16x8_narrow_i32x4(luma(spread(four(24))), luma(spread_last(four(32))));
            store(&mut samples[16 * block..], u8x16_narrow_i16x8(low, high));
        }
        portable::luma_rgb(samples, 16 * blocks..pixels);
        samples.truncate(pixels);
    }

    fn luma_rgba(samples: &mut Vec<u8>) {
        let pixels = samples.len() / 4;
        let blocks = pixels / 8;
        for block in 0..blocks {
            let rgba = &samples[32 * block..][..32];
            let four = |at: usize| {
                let rgba = load(&rgba[at..]);
                v128_or(luma(rgba), v128_and(u32x4_shr(rgba, 16), u32x4_splat(0xff00)))
            };
            let la = u16x8_narrow_i32x4(four(0), four(16));
            store(&mut samples[16 * block..], la);
        }
        portable::luma_rgba(samples, 8 * blocks..pixels);
        samples.truncate(2 * pixels);
    }

    fn gray_rgba(samples: &mut [u8]) {
        let (blocks, rest) = samples.as_chunks_mut::<16>();
        for block in blocks {
            let rgba = load(block);
            let gray = luma(rgba);
            let gray =
                i8x16_shuffle::<0, 0, 0, 19, 4, 4, 4, 23, 8, 8, 8, 27, 12, 12, 12, 31>(gray, rgba);
            store(block, gray);
        }
        Portable::gray_rgba(rest);
    }
}

/// Luma of four pixels, each in a 32-bit lane as R, G, B and a byte that is ignored.
fn luma(pixels: v128) -> v128 {
    let red_and_blue = v128_and(pixels, u32x4_splat(0x00ff_00ff));
    // The weight of green does not fit a signed 16-bit lane: half of it goes on twice the green.
    let twice_green = v128_and(u32x4_shr(pixels, 7), u32x4_splat(0x0000_01fe));
    let sum = i32x4_add(
        i32x4_dot_i16x8(red_and_blue, u32x4_splat(7_471 << 16 | 19_595)),
        i32x4_dot_i16x8(twice_green, u32x4_splat(19_235)),
    );
    u32x4_shr(i32x4_add(sum, i32x4_splat(32_768)), 16)
}

/// The first 16 bytes.
pub(crate) fn load(bytes: &[u8]) -> v128 {
    let bytes = &bytes[..16];
    // SAFETY: the slice is 16 bytes long, and the load needs no alignment.
    unsafe { v128_load(bytes.as_ptr().cast()) }
}

/// Writes the first 16 bytes.
pub(crate) fn store(bytes: &mut [u8], vector: v128) {
    let bytes = &mut bytes[..16];
    // SAFETY: the slice is 16 bytes long, and the store needs no alignment.
    unsafe { v128_store(bytes.as_mut_ptr().cast(), vector) }
}

/// The largest area, in pixels, by whose reciprocal sums are divided exactly: half of one in so many
/// is more than 5 * 2^-17.
const LARGEST_RECIPROCAL_AREA: f32 = 13_106.0;

/// The integers nearest to numbers from -1/2 to 255, in the lowest bits of each lane.
fn integers(numbers: v128) -> v128 {
    // With 3 * 2^22 added, the integer stands there, also where it comes from below zero.
    v128_and(f32x4_add(numbers, f32x4_splat(12_582_912.0)), u32x4_splat(0xff))
}

/// Every channel by itself. A column's largest sum, 255 * 255, fits 16 bits, and a window's 24.
pub(crate) struct Plain<const CHANNELS: usize>;

impl<const CHANNELS: usize> Kernel<u8> for Plain<CHANNELS> {
    type Column = u16;

    fn descend(columns: &mut [u16], entering: &[u8], leaving: &[u8]) {
        let (column_blocks, column_rest) = columns.as_chunks_mut::<16>();
        let (entering_blocks, entering_rest) = entering.as_chunks::<16>();
        let (leaving_blocks, leaving_rest) = leaving.as_chunks::<16>();
        for ((columns, entering), leaving) in
            column_blocks.iter_mut().zip(entering_blocks).zip(leaving_blocks)
        {
            let (entering, leaving) = (load(entering), load(leaving));
            let low = i16x8_sub(u16x8_extend_low_u8x16(entering), u16x8_extend_low_u8x16(leaving));
            let high =
                i16x8_sub(u16x8_extend_high_u8x16(entering), u16x8_extend_high_u8x16(leaving));
            let columns = columns.as_mut_ptr().cast::<v128>();
            // SAFETY: 16 columns are two vectors; neither loads nor stores need alignment.
            unsafe {
                v128_store(columns, i16x8_add(v128_load(columns), low));
                v128_store(columns.add(1), i16x8_add(v128_load(columns.add(1)), high));
            }
        }
        for ((column, &entering), &leaving) in
            column_rest.iter_mut().zip(entering_rest).zip(leaving_rest)
        {
            *column = *column + u16::from(entering) - u16::from(leaving);
        }
    }

    fn average(columns: &[u16], radius: usize, areas: &[u32], out: &mut [u8]) {
        // Rounding keeps the quotient's floor: sums and areas are below 2^24, therefore exact. A
        // quotient that is no integer is below the next one by 1 / area or more, which is more
        // than 2^-16; a number as near below every integer up to 256 can be represented, and the
        // quotient, not above it, is not rounded above it.
        let divide = |sums, areas| {
            let quotients = f32x4_div(f32x4_convert_i32x4(sums), f32x4_convert_i32x4(areas));
            integers(f32x4_floor(quotients))
        };
        // Where all windows are whole, their area's reciprocal is enough. A quotient below 256 is
        // off by at most 2^-16 for it, as much for the product, and 2^-17 for the sum: by less than
        // half of 1 / area, which is as far as the quotient plus that half is from any integer.
        let whole = ((2 * radius + 1) * (2 * radius + 1)) as f32;
        let half = 0.5 / whole;
        let (reciprocal, shift) = (f32x4_splat(1.0 / whole), f32x4_splat(half - 0.5));
        let multiply = |sums| {
            let quotients = f32x4_mul(f32x4_convert_i32x4(sums), reciprocal);
            // Less a half, the nearest integer is the floor.
            integers(f32x4_add(quotients, shift))
        };
        let whole = (whole <= LARGEST_RECIPROCAL_AREA).then_some((whole as u32, multiply));
        // SAFETY: `slide` asks only for indices from which on there are four columns.
        let load = |at: usize| unsafe { u32x4_load_extend_u16x4(columns.as_ptr().add(at)) };
        let done = slide::<CHANNELS>(columns.len(), load, radius, areas, out, divide, whole);
        let (columns, out) = (&columns[done * CHANNELS..], &mut out[done * CHANNELS..]);
        portable::average::<_, _, CHANNELS>(columns, radius, &areas[done..], out);
    }
}

/// RGBA with colour weighted by alpha.
pub(crate) struct Weighted;

impl Kernel<u8> for Weighted {
    type Column = u32;

    fn descend(columns: &mut [u32], entering: &[u8], leaving: &[u8]) {
        let (column_blocks, column_rest) = columns.as_chunks_mut::<16>();
        let (entering_blocks, entering_rest) = entering.as_chunks::<16>();
        let (leaving_blocks, leaving_rest) = leaving.as_chunks::<16>();
        for ((columns, entering), leaving) in
            column_blocks.iter_mut().zip(entering_blocks).zip(leaving_blocks)
        {
            add_weighted(columns, load(entering), load(leaving));
        }
        // The last one to three pixels, or none, go the same way with zeros beside them.
        let mut rest = [[0; 16]; 2];
        rest[0][..entering_rest.len()].copy_from_slice(entering_rest);
        rest[1][..leaving_rest.len()].copy_from_slice(leaving_rest);
        let mut column = [0; 16];
        column[..column_rest.len()].copy_from_slice(column_rest);
        add_weighted(&mut column, load(&rest[0]), load(&rest[1]));
        column_rest.copy_from_slice(&column[..column_rest.len()]);
    }

    fn average(columns: &[u32], radius: usize, areas: &[u32], out: &mut [u8]) {
        // Rounding the sum and the quotient moves the latter by less than 255 * 2^-23. The
        // integer nearest to it is therefore the floor or one more. Sum and product may need 32
        // bits, but their difference is not larger than the divisor, and its sign tells which.
        let divide = |sums, areas| {
            let alpha = i32x4_shuffle::<3, 3, 3, 3>(sums, sums);
            let divisors = i32x4_max(i32x4_shuffle::<0, 1, 2, 7>(alpha, areas), i32x4_splat(1));
            let quotients = f32x4_div(f32x4_convert_u32x4(sums), f32x4_convert_i32x4(divisors));
            // With 2^23 added, the nearest integer stands in the lowest bits.
            let magic = f32x4_splat(8_388_608.0);
            let integers = i32x4_sub(f32x4_add(quotients, magic), magic);
            let remainders = i32x4_sub(sums, i32x4_mul(integers, divisors));
            i32x4_add(integers, i32x4_shr(remainders, 31))
        };
        // SAFETY: `slide` asks only for indices from which on there are four columns.
        let load = |at: usize| unsafe { v128_load(columns.as_ptr().add(at).cast()) };
        let whole = None::<(u32, fn(v128) -> v128)>;
        let done = slide::<4>(columns.len(), load, radius, areas, out, divide, whole);
        let (columns, out) = (&columns[done * 4..], &mut out[done * 4..]);
        portable::average_weighted::<_, _, 4>(columns, radius, &areas[done..], out);
    }
}

/// Adds four pixels, weighted, to their columns and takes four others away.
fn add_weighted(columns: &mut [u32; 16], entering: v128, leaving: v128) {
    let low =
        i8x16_shuffle::<0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23>(entering, leaving);
    let high = i8x16_shuffle::<8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31>(
        entering, leaving,
    );
    let pixels = [
        u16x8_extend_low_u8x16(low),
        u16x8_extend_high_u8x16(low),
        u16x8_extend_low_u8x16(high),
        u16x8_extend_high_u8x16(high),
    ];
    let columns = columns.as_mut_ptr().cast::<v128>();
    for (at, pixel) in pixels.into_iter().enumerate() {
        // Channels in pairs of entering and leaving; so are the weights, but the last pair is 1, -1.
        let signs = i32x4_splat(-0xffff);
        let weights = i32x4_shuffle::<3, 3, 3, 7>(i16x8_mul(pixel, signs), signs);
        let change = i32x4_dot_i16x8(pixel, weights);
        // SAFETY: 16 columns are four vectors; neither loads nor stores need alignment.
        unsafe { v128_store(columns.add(at), i32x4_add(v128_load(columns.add(at)), change)) };
    }
}

/// Slides a sum along the columns, over all pixels but the last few; returns over how many.
/// A vector holds as many whole pixels as its four lanes can.
///
/// `load` gives four of the `length` columns from an index on, `divide` the averages in the lanes.
/// `whole` does so quicker where all windows have one area, given with it.
#[inline(always)]
fn slide<const CHANNELS: usize>(
    length: usize,
    load: impl Fn(usize) -> v128,
    radius: usize,
    areas: &[u32],
    out: &mut [u8],
    divide: impl Fn(v128, v128) -> v128,
    whole: Option<(u32, impl Fn(v128) -> v128)>,
) -> usize {
    let window = 2 * radius + 1;
    let pixels = 4 / CHANNELS;
    if areas.len() < 4 * pixels {
        return 0;
    }
    // Holds the last load, of the pixels that enter the last window, and so all before it.
    assert!(length + pixels * CHANNELS >= (areas.len() + window) * CHANNELS + 4);
    let column = |x: usize| load(x * CHANNELS);

    let first = (0..window).map(column).reduce(|sums, column| i32x4_add(sums, column));
    let mut before = repeat_first::<CHANNELS>(first.unwrap_or(i32x4_splat(0)));
    let mut sums = |x: usize| {
        let change = i32x4_sub(column(x + window), column(x));
        let sums = i32x4_add(before, accumulate::<CHANNELS>(change));
        before = repeat_last::<CHANNELS>(sums);
        sums
    };
    let areas = areas.chunks_exact(4 * pixels);
    let done = areas.len() * 4 * pixels;
    for (block, (areas, out)) in areas.zip(out.chunks_exact_mut(4 * pixels * CHANNELS)).enumerate()
    {
        let x = block * 4 * pixels;
        let sums = [sums(x), sums(x + pixels), sums(x + 2 * pixels), sums(x + 3 * pixels)];
        let averages = match &whole {
            // Areas grow, stay and shrink along a row: between two of the largest are no others.
            Some((area, divide)) if [areas[0], areas[4 * pixels - 1]] == [*area; 2] => {
                sums.map(divide)
            }
            _ => {
                let areas = repeat_areas::<CHANNELS>(areas);
                std::array::from_fn(|vector| divide(sums[vector], areas[vector]))
            }
        };
        store_bytes::<CHANNELS>(out, averages);
    }
    done
}

/// Adds to each pixel of the vector those before it.
fn accumulate<const CHANNELS: usize>(pixels: v128) -> v128 {
    let zero = i32x4_splat(0);
    let by_two = |pixels| i32x4_add(pixels, i32x4_shuffle::<0, 0, 4, 5>(zero, pixels));
    match CHANNELS {
        1 => by_two(i32x4_add(pixels, i32x4_shuffle::<0, 4, 5, 6>(zero, pixels))),
        2 => by_two(pixels),
        _ => pixels,
    }
}

fn repeat_first<const CHANNELS: usize>(pixels: v128) -> v128 {
    match CHANNELS {
        1 => i32x4_shuffle::<0, 0, 0, 0>(pixels, pixels),
        2 => i32x4_shuffle::<0, 1, 0, 1>(pixels, pixels),
        _ => pixels,
    }
}

fn repeat_last<const CHANNELS: usize>(pixels: v128) -> v128 {
    match CHANNELS {
        1 => i32x4_shuffle::<3, 3, 3, 3>(pixels, pixels),
        2 => i32x4_shuffle::<2, 3, 2, 3>(pixels, pixels),
        _ => pixels,
    }
}

/// The area of each lane's pixel, for four vectors.
fn repeat_areas<const CHANNELS: usize>(areas: &[u32]) -> [v128; 4] {
    let four = |at: usize| {
        let areas = &areas[at..at + 4];
        // SAFETY: the slice is four areas long, and the load needs no alignment.
        unsafe { v128_load(areas.as_ptr().cast()) }
    };
    let pair = |areas| {
        (i32x4_shuffle::<0, 0, 1, 1>(areas, areas), i32x4_shuffle::<2, 2, 3, 3>(areas, areas))
    };
    match CHANNELS {
        1 => [four(0), four(4), four(8), four(12)],
        2 => {
            let ((a, b), (c, d)) = (pair(four(0)), pair(four(4)));
            [a, b, c, d]
        }
        _ => {
            let areas = four(0);
            [
                i32x4_shuffle::<0, 0, 0, 0>(areas, areas),
                i32x4_shuffle::<1, 1, 1, 1>(areas, areas),
                i32x4_shuffle::<2, 2, 2, 2>(areas, areas),
                i32x4_shuffle::<3, 3, 3, 3>(areas, areas),
            ]
        }
    }
}

/// Stores four vectors of lanes below 256 as bytes; with three channels the fourth is left out.
fn store_bytes<const CHANNELS: usize>(out: &mut [u8], [a, b, c, d]: [v128; 4]) {
    let bytes = u8x16_narrow_i16x8(i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d));
    if CHANNELS != 3 {
        return store(out, bytes);
    }
    let bytes =
        i8x16_shuffle::<0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15>(bytes, bytes);
    let out = &mut out[..12];
    // SAFETY: the slice is 8 and 4 bytes long, and the stores need no alignment.
    unsafe {
        v128_store64_lane::<0>(bytes, out.as_mut_ptr().cast());
        v128_store32_lane::<2>(bytes, out.as_mut_ptr().add(8).cast());
    }
}
