//! RGB to the Y, Cb and Cr of JFIF (ITU-T T.871, clause 7), a row at a time.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(in crate::image) use self::Portable as Fast;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(in crate::image) use super::ycbcr_simd128::Simd128 as Fast;

/// The weights of R, G and B in Y, in 16 fractional bits: those of grayscale.
pub(in crate::image) const Y: [u16; 3] = [19_595, 38_470, 7_471];
/// The weights of R, G and B in Cb, in [`CHROMA_BITS`].
pub(in crate::image) const CB: [i16; 3] = [-5_529, -10_855, 16_384];
/// The weights of R, G and B in Cr, in [`CHROMA_BITS`].
pub(in crate::image) const CR: [i16; 3] = [16_384, -13_720, -2_664];
/// Fractional bits of the weights of chroma.
pub(in crate::image) const CHROMA_BITS: u32 = 15;

/// What is added to a weighted sum, of that many fractional bits, before they are dropped: the 128
/// of no colour, and a half. The half is short of one in the last bit, so that 255.5 stays 255.
pub(in crate::image) const fn chroma_offset(bits: u32) -> i32 {
    (128 << bits) + (1 << (bits - 1)) - 1
}

/// One set of kernels. Rows of `rgb` are three bytes a pixel.
pub(in crate::image) trait Conversion {
    /// Y, Cb and Cr of each pixel.
    fn full(rgb: &[u8], y: &mut [u8], cb: &mut [u8], cr: &mut [u8]);

    /// Y of each pixel of two rows of equal length, and Cb and Cr of the average of two by two.
    /// Where the length is odd, the last column stands for the one beyond it.
    fn halved(rows: [&[u8]; 2], y: [&mut [u8]; 2], cb: &mut [u8], cr: &mut [u8]);
}

/// The kernels in plain Rust.
pub(in crate::image) struct Portable;

impl Conversion for Portable {
    fn full(rgb: &[u8], y: &mut [u8], cb: &mut [u8], cr: &mut [u8]) {
        luma(rgb, y);
        for ((&rgb, cb), cr) in rgb.as_chunks::<3>().0.iter().zip(cb).zip(cr) {
            let rgb = rgb.map(i32::from);
            (*cb, *cr) = (code(CB, rgb, CHROMA_BITS), code(CR, rgb, CHROMA_BITS));
        }
    }

    fn halved(rows: [&[u8]; 2], y: [&mut [u8]; 2], cb: &mut [u8], cr: &mut [u8]) {
        for (row, y) in rows.into_iter().zip(y) {
            luma(row, y);
        }
        let [upper, lower] = rows;
        for (((upper, lower), cb), cr) in upper.chunks(6).zip(lower.chunks(6)).zip(cb).zip(cr) {
            let second = upper.len() - 3;
            let sum = [0, 1, 2].map(|channel| {
                let pixels = [
                    upper[channel],
                    upper[second + channel],
                    lower[channel],
                    lower[second + channel],
                ];
                pixels.map(i32::from).iter().sum()
            });
            (*cb, *cr) = (code(CB, sum, CHROMA_BITS + 2), code(CR, sum, CHROMA_BITS + 2));
        }
    }
}

fn luma(rgb: &[u8], y: &mut [u8]) {
    for (&rgb, y) in rgb.as_chunks::<3>().0.iter().zip(y) {
        let [r, g, b] = rgb.map(u32::from);
        let [red, green, blue] = Y.map(u32::from);
        *y = ((red * r + green * g + blue * b + 32_768) >> 16) as u8;
    }
}

fn code(weights: [i16; 3], rgb: [i32; 3], bits: u32) -> u8 {
    let sum: i32 = weights.iter().zip(rgb).map(|(&weight, level)| i32::from(weight) * level).sum();
    ((sum + chroma_offset(bits)) >> bits) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row whose levels tell where they stand.
    fn row(pixels: usize, seed: u64) -> Vec<u8> {
        let level =
            |at: u64| ((at + 1 + (seed << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u8;
        (0..3 * pixels as u64).map(level).collect()
    }

    /// Y, Cb and Cr by the real numbers of T.871.
    fn exact(rgb: [f64; 3]) -> [f64; 3] {
        let [r, g, b] = rgb;
        let y = 0.299 * r + 0.587 * g + 0.114 * b;
        [y, (b - y) / 1.772 + 128.0, (r - y) / 1.402 + 128.0]
    }

    fn planes<K: Conversion>(rgb: &[u8]) -> [Vec<u8>; 3] {
        let mut planes = [0; 3].map(|_: u8| vec![0; rgb.len() / 3]);
        let [y, cb, cr] = &mut planes;
        K::full(rgb, y, cb, cr);
        planes
    }

    /// Y of both rows, Cb and Cr.
    fn halves<K: Conversion>(rows: [&[u8]; 2]) -> [Vec<u8>; 4] {
        let pixels = rows[0].len() / 3;
        let half = pixels.div_ceil(2);
        let mut planes = [pixels, pixels, half, half].map(|length| vec![0; length]);
        let [upper, lower, cb, cr] = &mut planes;
        K::halved(rows, [upper, lower], cb, cr);
        planes
    }

    #[test]
    fn every_corner_and_many_colours_are_within_rounding() {
        let corners = (0..8).flat_map(|bits| [0, 1, 2].map(|at| 255 * (bits >> at & 1)));
        let rgb: Vec<u8> = corners.chain(row(20_000, 0)).collect();
        let [y, cb, cr] = planes::<Portable>(&rgb);
        for (at, pixel) in rgb.as_chunks::<3>().0.iter().enumerate() {
            let expected = exact(pixel.map(f64::from));
            for (code, expected) in [y[at], cb[at], cr[at]].into_iter().zip(expected) {
                let error = (f64::from(code) - expected).abs();
                assert!(error <= 0.51, "{pixel:?} gave {code} for {expected}");
            }
        }
    }

    #[test]
    fn averages_are_of_two_by_two_pixels() {
        let (upper, lower) = (row(5, 1), row(5, 2));
        let [upper_y, lower_y, cb, cr] = halves::<Portable>([&upper, &lower]);
        assert_eq!(
            [upper_y, lower_y],
            [&upper, &lower].map(|row| planes::<Portable>(row)[0].clone())
        );
        for (at, columns) in [[0, 1], [2, 3], [4, 4]].into_iter().enumerate() {
            let mean = [0, 1, 2].map(|channel| {
                let both = columns
                    .map(|x| f64::from(upper[3 * x + channel]) + f64::from(lower[3 * x + channel]));
                (both[0] + both[1]) / 4.0
            });
            let [_, expected_cb, expected_cr] = exact(mean);
            assert!((f64::from(cb[at]) - expected_cb).abs() <= 0.51, "{at}");
            assert!((f64::from(cr[at]) - expected_cr).abs() <= 0.51, "{at}");
        }
    }

    #[test]
    fn the_kernels_agree_on_every_length_about_a_block() {
        for pixels in (0..=70).chain([127, 128, 129]) {
            let (upper, lower) = (row(pixels, 3), row(pixels, 4));
            assert_eq!(planes::<Fast>(&upper), planes::<Portable>(&upper), "{pixels}");
            let rows = [&upper[..], &lower];
            assert_eq!(halves::<Fast>(rows), halves::<Portable>(rows), "{pixels}");
        }
    }

    #[test]
    fn the_kernels_agree_at_the_ends_of_the_range() {
        for bits in 0..8 {
            let rgb = [0, 1, 2].map(|at| 255 * (bits >> at & 1)).repeat(33);
            assert_eq!(planes::<Fast>(&rgb), planes::<Portable>(&rgb), "{bits:b}");
            let rows = [&rgb[..], &rgb];
            assert_eq!(halves::<Fast>(rows), halves::<Portable>(rows), "{bits:b}");
        }
    }
}
