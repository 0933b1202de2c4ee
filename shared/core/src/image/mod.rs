//! Pictures: one decoded frame and the operations on it.

mod blur;
mod frame;
mod luma;
mod portable;

pub use blur::Radius;
pub use frame::{Frame, Layout, Samples, Shape};

/// The kernels in use for 8-bit samples.
mod fast {
    pub(super) use super::portable::{Portable as Fast, luma_rgb, luma_rgba};
}

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
