//! Pictures: files, one decoded frame, and the operations on it.

mod blur;
mod convert;
mod encode;
mod error;
mod format;
mod frame;
mod jpeg;
mod limits;
mod luma;
#[cfg(feature = "measure")]
pub mod measure;
mod operation;
mod orientation;
mod picture;
mod portable;

pub use blur::Radius;
pub use encode::encode;
pub use error::{Error, InputError, LimitError, UnsupportedError};
pub use format::{Format, Output};
pub use frame::{Frame, Layout, Samples, Shape};
pub use limits::Limits;
pub use operation::Operation;
pub use picture::Picture;

/// The kernels in use for 8-bit samples.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod fast {
    pub(super) use super::portable::{Portable as Fast, luma_rgb, luma_rgba};
}
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[path = "simd128.rs"]
mod fast;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
