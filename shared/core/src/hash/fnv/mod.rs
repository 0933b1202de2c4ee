//! The Fowler-Noll-Vo hashes (RFC 9923), and the kernel that is in use for FNV-1a 64.

#[cfg(test)]
mod differential;
mod hasher;
mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
mod word;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use portable::fnv1a as fnv1a_64;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd128::fnv1a as fnv1a_64;

pub use hasher::{Fnv1_64, Fnv1a32, Fnv1a64, Fnv1a128};
