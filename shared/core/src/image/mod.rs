//! Pictures: files, one decoded frame, and the operations on it.

mod blur;
mod chunks;
mod codec;
mod colour;
mod convert;
mod encode;
mod error;
mod format;
mod frame;
mod input;
mod jpeg;
mod kernels;
mod limits;
mod luma;
mod markers;
#[cfg(feature = "measure")]
pub mod measure;
mod operation;
mod orientation;
mod picture;
mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
mod tiff;

pub use blur::Radius;
pub use encode::encode;
pub use error::{Error, InputError, LimitError, UnsupportedError};
pub use format::{Format, Output};
pub use frame::{Frame, Layout, Samples, Shape};
pub use limits::Limits;
pub use operation::Operation;
pub use picture::Picture;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
