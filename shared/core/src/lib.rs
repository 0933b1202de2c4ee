//! The pure core of the edge functions: hashing, text casing and picture operations.
//!
//! No HTTP, no I/O, no clock. Every result is the same on every host to the last bit, with SIMD
//! or without.

mod excerpt;
#[cfg(all(test, feature = "image"))]
mod golden;
pub mod hash;
#[cfg(feature = "image")]
pub mod image;
mod memory;
pub mod pixels;
pub mod text;

pub use excerpt::excerpt;
pub use memory::reserve;
