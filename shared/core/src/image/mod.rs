//! Pictures: files, one decoded frame, and the operations on it.

mod animation;
mod avif;
mod dominant;
mod error;
mod file;
mod jpeg;
mod limits;
mod memory;
mod message;
mod operation;
mod operations;
mod picture;
mod pipeline;
mod syntax;
mod thumbhash;

pub use crate::pixels::{Frame, Layout, Radius, Samples, Shape};
pub use dominant::Dominant;
pub use error::{Error, InputError, LimitError, UnsupportedError};
pub use file::{
    Camera, ColourType, Encoding, EncodingError, Format, Info, Output, Quality, encode,
};
pub use limits::Limits;
pub use memory::File;
pub use operation::Operation;
pub use operations::{
    Colour, Crop, Fit, Gaussian, Gravity, Hundredths, Light, Linear, Pad, Pixelate, Place, Resize,
    Sharpen, Sides, Tone, Trim, Turn,
};
pub use picture::{Picture, Plan};
pub use pipeline::Pipeline;
pub use syntax::{Defaults, SyntaxError};

#[cfg(test)]
mod files;
#[cfg(test)]
mod reading;
