//! RGB to Y, Cb and Cr in WebAssembly's 128-bit SIMD, 16 pixels at a time.

use std::arch::wasm32::*;

use super::ycbcr::{CB, CHROMA_BITS, CR, Conversion, Portable, Y, chroma_offset};
use crate::pixels::kernels::simd128::{load, store};

/// The kernels in SIMD.
pub(in crate::image) struct Simd128;

impl Conversion for Simd128 {
    fn full(rgb: &[u8], y: &mut [u8], cb: &mut [u8], cr: &mut [u8]) {
        let done = y.len() / 16 * 16;
        let codes = cb.chunks_exact_mut(16).zip(cr.chunks_exact_mut(16));
        for ((rgb, y), (cb, cr)) in rgb.chunks_exact(48).zip(y.chunks_exact_mut(16)).zip(codes) {
            let rgb = split(rgb);
            store(y, luma(rgb));
            store(cb, chroma::<CHROMA_BITS>(CB, low(rgb), high(rgb)));
            store(cr, chroma::<CHROMA_BITS>(CR, low(rgb), high(rgb)));
        }
        Portable::full(&rgb[3 * done..], &mut y[done..], &mut cb[done..], &mut cr[done..]);
    }

    fn halved(rows: [&[u8]; 2], y: [&mut [u8]; 2], cb: &mut [u8], cr: &mut [u8]) {
        const BITS: u32 = CHROMA_BITS + 2;
        let ([upper, lower], [upper_y, lower_y]) = (rows, y);
        let blocks = upper.chunks_exact(96).zip(lower.chunks_exact(96));
        let done = 32 * blocks.len();
        let lumas = upper_y.chunks_exact_mut(32).zip(lower_y.chunks_exact_mut(32));
        let codes = cb.chunks_exact_mut(16).zip(cr.chunks_exact_mut(16));
        for (((upper, lower), (upper_y, lower_y)), (cb, cr)) in blocks.zip(lumas).zip(codes) {
            let mut sums = |at: usize| {
                let (upper, lower) = (split(&upper[3 * at..]), split(&lower[3 * at..]));
                store(&mut upper_y[at..], luma(upper));
                store(&mut lower_y[at..], luma(lower));
                add_pairs(upper, lower)
            };
            let (first, second) = (sums(0), sums(16));
            store(cb, chroma::<BITS>(CB, first, second));
            store(cr, chroma::<BITS>(CR, first, second));
        }
        Portable::halved(
            [&upper[3 * done..], &lower[3 * done..]],
            [&mut upper_y[done..], &mut lower_y[done..]],
            &mut cb[done / 2..],
            &mut cr[done / 2..],
        );
    }
}

/// Red, green and blue of 16 pixels.
#[inline(always)]
fn split(rgb: &[u8]) -> [v128; 3] {
    let (a, b, c) = (load(rgb), load(&rgb[16..]), load(&rgb[32..]));
    let red = i8x16_shuffle::<0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0>(a, b);
    let green = i8x16_shuffle::<1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0>(a, b);
    let blue = i8x16_shuffle::<2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0>(a, b);
    [
        i8x16_shuffle::<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29>(red, c),
        i8x16_shuffle::<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30>(green, c),
        i8x16_shuffle::<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31>(blue, c),
    ]
}

/// Red, green and blue of two by two pixels added up, eight times.
#[inline(always)]
fn add_pairs(upper: [v128; 3], lower: [v128; 3]) -> [v128; 3] {
    [0, 1, 2].map(|channel| {
        i16x8_add(
            u16x8_extadd_pairwise_u8x16(upper[channel]),
            u16x8_extadd_pairwise_u8x16(lower[channel]),
        )
    })
}

/// Y of 16 pixels. The weight of green does not fit a signed 16-bit lane: half of it goes with red,
/// half with blue.
#[inline(always)]
fn luma(rgb: [v128; 3]) -> v128 {
    const HALF_GREEN: i32 = Y[1] as i32 / 2;
    let with_red = i32x4_splat(HALF_GREEN << 16 | Y[0] as i32);
    let with_blue = i32x4_splat(HALF_GREEN << 16 | Y[2] as i32);
    let four = |red_green, blue_green| {
        let sum =
            i32x4_add(i32x4_dot_i16x8(red_green, with_red), i32x4_dot_i16x8(blue_green, with_blue));
        u32x4_shr(i32x4_add(sum, i32x4_splat(32_768)), 16)
    };
    let eight = |[red, green, blue]: [v128; 3]| {
        i16x8_narrow_i32x4(
            four(interleave_low(red, green), interleave_low(blue, green)),
            four(interleave_high(red, green), interleave_high(blue, green)),
        )
    };
    u8x16_narrow_i16x8(eight(low(rgb)), eight(high(rgb)))
}

/// Cb or Cr of twice eight pixels, or of as many sums of pixels, with so many fractional bits.
#[inline(always)]
fn chroma<const BITS: u32>(weights: [i16; 3], first: [v128; 3], second: [v128; 3]) -> v128 {
    let [red_weight, green_weight, blue_weight] = weights.map(|weight| u32::from(weight as u16));
    let of_red_green = u32x4_splat(green_weight << 16 | red_weight);
    let of_blue = u32x4_splat(blue_weight);
    let four = |red_green, blue| {
        let sum =
            i32x4_add(i32x4_dot_i16x8(red_green, of_red_green), i32x4_dot_i16x8(blue, of_blue));
        i32x4_shr(i32x4_add(sum, i32x4_splat(const { chroma_offset(BITS) })), BITS)
    };
    // What stands beside blue has no weight.
    let eight = |[red, green, blue]: [v128; 3]| {
        i16x8_narrow_i32x4(
            four(interleave_low(red, green), interleave_low(blue, blue)),
            four(interleave_high(red, green), interleave_high(blue, blue)),
        )
    };
    u8x16_narrow_i16x8(eight(first), eight(second))
}

/// The first eight of 16 pixels, in 16 bits.
#[inline(always)]
fn low(rgb: [v128; 3]) -> [v128; 3] {
    rgb.map(|channel| u16x8_extend_low_u8x16(channel))
}

/// The last eight of 16 pixels, in 16 bits.
#[inline(always)]
fn high(rgb: [v128; 3]) -> [v128; 3] {
    rgb.map(|channel| u16x8_extend_high_u8x16(channel))
}

#[inline(always)]
fn interleave_low(a: v128, b: v128) -> v128 {
    i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(a, b)
}

#[inline(always)]
fn interleave_high(a: v128, b: v128) -> v128 {
    i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(a, b)
}
