//! What the operations are made of, and which set of kernels is in use.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) use super::portable::Portable as Fast;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use super::simd128::Simd128 as Fast;

/// One set of kernels for samples of type `S`.
pub(crate) trait Kernels<S> {
    /// The box blur of each kind of pixel.
    type L: Kernel<S>;
    type OpaqueLa: Kernel<S>;
    type La: Kernel<S>;
    type Rgb: Kernel<S>;
    type OpaqueRgba: Kernel<S>;
    type Rgba: Kernel<S>;

    /// RGB to L, compacted in place.
    fn luma_rgb(samples: &mut Vec<S>);

    /// RGBA to LA, compacted in place.
    fn luma_rgba(samples: &mut Vec<S>);

    /// RGBA to gray RGBA: luma in each of red, green and blue.
    fn gray_rgba(samples: &mut [S]);
}

/// The box blur's arithmetic on one row.
pub(crate) trait Kernel<S> {
    /// One sum over the window's rows.
    type Column: Copy + Default;

    /// Moves the window one row down: adds `entering` to the columns, takes `leaving` away.
    /// There are as many columns as samples in a row.
    fn descend(columns: &mut [Self::Column], entering: &[S], leaving: &[S]);

    /// Averages along a row: pixel x of `out` covers the pixels `x + 1 ..= x + 2 radius + 1` of
    /// `columns`, which go on `radius + 1` pixels, all zero, beyond either end of the row. `areas` is each window's number of pixels within the picture.
    fn average(columns: &[Self::Column], radius: usize, areas: &[u32], out: &mut [S]);
}
