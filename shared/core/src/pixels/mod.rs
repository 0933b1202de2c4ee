//! Decoded pictures, and the kernels on them that need no codec: luma and box blur.

pub(crate) mod blur;
pub(crate) mod buffer;
pub(crate) mod frame;
pub(crate) mod kernels;
mod luma;
#[cfg(feature = "measure")]
pub mod measure;
pub mod rgba;

pub use blur::Radius;
pub use frame::{Frame, Layout, Samples, Shape};

#[cfg(test)]
pub(crate) mod oracle;
#[cfg(test)]
pub(crate) mod tests;
