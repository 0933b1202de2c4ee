//! What is done to a frame.

pub(super) mod colour;
pub(super) mod convolution;
pub(super) mod crop;
pub(super) mod gaussian;
pub(super) mod light;
pub(super) mod number;
pub(super) mod pad;
pub(super) mod pixelate;
pub(super) mod planes;
pub(super) mod premultiply;
pub(super) mod resample;
pub(super) mod resize;
pub(super) mod sharpen;
pub(super) mod stage;
pub(super) mod symmetry;
pub(super) mod tone;
pub(super) mod trim;
pub(super) mod turn;

pub use colour::Colour;
pub use crop::{Crop, Gravity, Place};
pub use gaussian::Gaussian;
pub use light::{Light, Linear};
pub use number::Hundredths;
pub use pad::Pad;
pub use pixelate::Pixelate;
pub use resize::{Fit, Resize, Sides};
pub use sharpen::Sharpen;
pub use tone::Tone;
pub use trim::Trim;
pub use turn::Turn;
