//! JPEG (ITU-T T.81): read by `zune-jpeg`, coded by `libjpeg-turbo-rs`.

pub(super) mod decode;
pub(super) mod encode;
pub(super) mod markers;
pub(super) mod mcu_row;
pub(super) mod opaque;
pub(super) mod ycbcr;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) mod ycbcr_simd128;
