//! What can be done to a picture.

use super::{Error, Frame, Layout, Radius, Shape};

/// One operation with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Colour to luma: [`Frame::grayscale`].
    Grayscale,
    /// A box blur: [`Frame::blur`].
    Blur(Radius),
}

impl Operation {
    /// The operation's name, as callers write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grayscale => "grayscale",
            Self::Blur(_) => "blur",
        }
    }

    /// Changes the frame in place.
    pub fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        match self {
            Self::Grayscale => frame.grayscale(),
            Self::Blur(radius) => frame.blur(radius)?,
        }
        Ok(())
    }

    /// The layout that a frame of `layout` has afterwards.
    pub fn layout(self, layout: Layout) -> Layout {
        match self {
            Self::Grayscale => layout.gray(),
            Self::Blur(_) => layout,
        }
    }

    /// The most memory, in bytes, that the operation takes beside the frame.
    pub fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        match self {
            Self::Grayscale => 0,
            Self::Blur(radius) => shape.blur_scratch_bytes(bytes_per_sample, radius),
        }
    }
}
