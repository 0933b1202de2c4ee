//! Pictures: files, one decoded frame, and the operations on it.

mod error;
mod file;
mod frame;
mod jpeg;
mod kernels;
mod limits;
#[cfg(feature = "measure")]
pub mod measure;
mod operation;
mod operations;
mod picture;
mod pipeline;
mod syntax;

pub use error::{Error, InputError, LimitError, UnsupportedError};
pub use file::{ColourType, Encoding, Format, Info, Output, Quality, encode};
pub use frame::{Frame, Layout, Samples, Shape};
pub use limits::Limits;
pub use operation::Operation;
pub use operations::{
    Colour, Crop, Fit, Gaussian, Gravity, Hundredths, Pad, Pixelate, Place, Radius, Resize,
    Sharpen, Sides, Tone, Trim, Turn,
};
pub use picture::{Picture, Plan};
pub use pipeline::Pipeline;
pub use syntax::{Defaults, SyntaxError};

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
