//! Quarter turns and mirror images.

use std::fmt;

use super::{Error, Frame, Shape};

/// A way to turn or mirror a picture. In text: `rotate:90`, `flip`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A quarter, clockwise.
    Rotate90,
    /// Upside down.
    Rotate180,
    /// Three quarters, clockwise.
    Rotate270,
    /// The bottom row first.
    Flip,
    /// The right column first.
    Flop,
}

impl Turn {
    /// The operation's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Rotate90 | Self::Rotate180 | Self::Rotate270 => "rotate",
            Self::Flip => "flip",
            Self::Flop => "flop",
        }
    }

    /// The shape afterwards.
    pub(super) fn shape(self, shape: Shape) -> Shape {
        shape
    }

    /// The most memory, in bytes, beside the frame: another frame where the sides change places.
    pub(super) fn scratch_bytes(self, _shape: Shape, _bytes_per_sample: u64) -> u64 {
        0
    }

    /// Moves the pixels.
    pub(super) fn apply(self, _frame: &mut Frame) -> Result<(), Error> {
        Ok(())
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let degrees = match self {
            Self::Rotate90 => ":90",
            Self::Rotate180 => ":180",
            Self::Rotate270 => ":270",
            Self::Flip | Self::Flop => "",
        };
        write!(out, "{}{degrees}", self.name())
    }
}
