//! What the operations are made of, and which set of kernels is in use.

pub(super) mod kernel;
pub(super) mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) mod simd128;
