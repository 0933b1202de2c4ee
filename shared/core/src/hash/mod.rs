//! Digests of byte streams.

mod algorithm;
mod fnv;

pub use algorithm::{Algorithm, Hasher, hex};
pub use fnv::{Fnv1_64, Fnv1a64};
