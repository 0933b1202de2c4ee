//! Pictures: files, one decoded frame, and the operations on it.

mod blur;
mod codec;
mod coding;
mod colour;
mod convert;
mod convolution;
mod crop;
mod encode;
mod encoding;
mod error;
mod format;
mod frame;
mod gaussian;
mod header;
mod info;
mod input;
mod jpeg;
mod jpeg_encode;
mod kernels;
mod limits;
mod luma;
mod markers;
mod mcu_row;
#[cfg(feature = "measure")]
pub mod measure;
mod number;
mod opaque;
mod operation;
mod orientation;
mod pad;
mod picture;
mod pipeline;
mod pixelate;
mod planes;
mod portable;
mod premultiply;
mod profile;
mod qoi_encode;
mod resample;
mod resize;
mod sharpen;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128;
mod stage;
mod symmetry;
mod syntax;
mod tone;
mod trim;
mod turn;
mod ycbcr;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod ycbcr_simd128;

pub use blur::Radius;
pub use colour::Colour;
pub use crop::{Crop, Gravity, Place};
pub use encode::encode;
pub use encoding::{Encoding, Quality};
pub use error::{Error, InputError, LimitError, UnsupportedError};
pub use format::{Format, Output};
pub use frame::{Frame, Layout, Samples, Shape};
pub use gaussian::Gaussian;
pub use info::{ColourType, Info};
pub use limits::Limits;
pub use number::Hundredths;
pub use operation::Operation;
pub use pad::Pad;
pub use picture::{Picture, Plan};
pub use pipeline::Pipeline;
pub use pixelate::Pixelate;
pub use resize::{Fit, Resize, Sides};
pub use sharpen::Sharpen;
pub use syntax::{Defaults, SyntaxError};
pub use tone::Tone;
pub use trim::Trim;
pub use turn::Turn;

#[cfg(test)]
mod files;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod tests;
