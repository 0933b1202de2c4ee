//! What the operations are made of, and which set of kernels is in use.

pub(crate) mod kernel;
pub(crate) mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) mod simd128;
