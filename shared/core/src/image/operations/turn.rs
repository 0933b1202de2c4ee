//! Quarter turns and mirror images.

use std::fmt;

use super::symmetry::Symmetry;
use crate::image::{Error, Frame, Shape};

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
    pub(in crate::image) const fn name(self) -> &'static str {
        match self {
            Self::Rotate90 | Self::Rotate180 | Self::Rotate270 => "rotate",
            Self::Flip => "flip",
            Self::Flop => "flop",
        }
    }

    /// The shape afterwards.
    pub(in crate::image) fn shape(self, shape: Shape) -> Shape {
        self.symmetry().shape(shape)
    }

    /// The most memory, in bytes, beside the frame: another frame where the sides change places.
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        self.symmetry().scratch_bytes(shape, bytes_per_sample)
    }

    /// Moves the pixels.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        self.symmetry().apply(frame)
    }

    const fn symmetry(self) -> Symmetry {
        match self {
            Self::Rotate90 => Symmetry::ROTATE_90,
            Self::Rotate180 => Symmetry::ROTATE_180,
            Self::Rotate270 => Symmetry::ROTATE_270,
            Self::Flip => Symmetry::FLIP,
            Self::Flop => Symmetry::FLOP,
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Layout;

    /// What becomes of a picture of 3 x 2 pixels, `0 1 2 / 3 4 5`.
    fn check(turn: Turn, width: u32, height: u32, expected: [u8; 6]) {
        let shape = Shape { width: 3, height: 2, layout: Layout::L };
        let mut frame = Frame::new(shape, vec![0u8, 1, 2, 3, 4, 5]);
        turn.apply(&mut frame).unwrap();
        let turned = Shape { width, height, layout: Layout::L };
        assert_eq!(frame, Frame::new(turned, expected.to_vec()), "{turn}");
        assert_eq!(turn.shape(shape), turned, "{turn}");
    }

    #[test]
    fn turns_are_clockwise_and_mirrors_are_named_for_what_they_exchange() {
        check(Turn::Rotate90, 2, 3, [3, 0, 4, 1, 5, 2]);
        check(Turn::Rotate180, 3, 2, [5, 4, 3, 2, 1, 0]);
        check(Turn::Rotate270, 2, 3, [2, 5, 1, 4, 0, 3]);
        check(Turn::Flip, 3, 2, [3, 4, 5, 0, 1, 2]);
        check(Turn::Flop, 3, 2, [2, 1, 0, 5, 4, 3]);
    }
}
