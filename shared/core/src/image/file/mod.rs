//! Files: their headers, decoders and encoders.

pub(super) mod camera;
pub(super) mod codec;
pub(super) mod coding;
pub(super) mod convert;
mod directory;
pub(super) mod encode;
pub(super) mod encoding;
pub(super) mod format;
pub(super) mod gif_encode;
pub(super) mod header;
pub(super) mod info;
pub(super) mod input;
pub(super) mod orientation;
pub(super) mod palette;
pub(super) mod profile;
pub(super) mod qoi_encode;
pub(super) mod sequence;

pub use camera::Camera;
pub use encode::encode;
pub use encoding::{Encoding, EncodingError, Quality};
pub use format::{Format, Output};
pub use info::{ColourType, Info};
