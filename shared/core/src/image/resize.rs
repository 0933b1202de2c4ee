//! Another size.

use std::fmt;

use super::pad::Pad;
use super::resample::{Axis, Resampling};
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
        let (width, height) = self.cut(self.scaled(shape));
        self.pad().map_or(Shape { width, height, ..shape }, |pad| {
            pad.shape(Shape { width, height, ..shape })
        })
    }

    /// The most memory, in bytes, beside a frame of `shape`: the frames that are made, and the
    /// weights of the filter.
    pub(super) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        let (width, height) = self.cut(self.scaled(shape));
        let canvas = self
            .pad()
            .map_or(0, |pad| pad.scratch_bytes(Shape { width, height, ..shape }, bytes_per_sample));
        let resampling = self.resampling(shape);
        resampling.scratch_bytes(shape.layout, bytes_per_sample).saturating_add(canvas)
    }

    /// Resamples with a Lanczos filter of three lobes, colour weighted by alpha. A picture that
    /// has its size already stays as it is.
    pub(super) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        self.resampling(frame.shape).apply(frame)?;
        self.pad().map_or(Ok(()), |pad| pad.apply(frame))
    }

    fn resampling(self, shape: Shape) -> Resampling {
        let scaled @ (columns, rows) = self.scaled(shape);
        let (width, height) = self.cut(scaled);
        Resampling {
            x: Axis::new(shape.width, columns, width),
            y: Axis::new(shape.height, rows, height),
        }
    }

    /// The sides of the whole picture at its new size, each rounded half up.
    fn scaled(self, shape: Shape) -> (u64, u64) {
        let (width, height) = (u64::from(shape.width), u64::from(shape.height));
        let to_width = |side: u64| (side, proportional(height, side, width));
        let to_height = |side: u64| (proportional(width, side, height), side);
        let scaled = match (self.sides.at_least_one(), self.fit) {
            (Sides::Width(side), _) => to_width(side.into()),
            (Sides::Height(side), _) => to_height(side.into()),
            (Sides::Both(one, other), Fit::Fill) => (one.into(), other.into()),
            (Sides::Both(one, other), fit) => {
                let (one, other) = (u64::from(one), u64::from(other));
                let width_binds = one * height <= other * width;
                let covers = matches!(fit, Fit::Cover | Fit::Outside);
                if width_binds != covers { to_width(one) } else { to_height(other) }
            }
        };
        match (scaled, self.fit) {
            _ if self.enlarge => scaled,
            ((columns, rows), Fit::Fill) => (columns.min(width), rows.min(height)),
            ((columns, rows), _) if columns > width || rows > height => (width, height),
            _ => scaled,
        }
    }

    /// What remains of the scaled sides: of [`Fit::Cover`] no more than the box.
    fn cut(self, (columns, rows): (u64, u64)) -> (u32, u32) {
        let (width, height) = match (self.sides.at_least_one(), self.fit) {
            (Sides::Both(width, height), Fit::Cover) => (width, height),
            _ => (u32::MAX, u32::MAX),
        };
        // More than 32 bits are beyond every limit.
        (columns.min(width.into()) as u32, rows.min(height.into()) as u32)
    }

    /// The canvas of [`Fit::Contain`].
    fn pad(self) -> Option<Pad> {
        match (self.sides, self.fit) {
            (Sides::Both(width, height), Fit::Contain(colour)) => {
                Some(Pad { width, height, colour })
            }
            _ => None,
        }
    }
}

impl Sides {
    fn at_least_one(self) -> Self {
        match self {
            Self::Both(width, height) => Self::Both(width.max(1), height.max(1)),
            Self::Width(width) => Self::Width(width.max(1)),
            Self::Height(height) => Self::Height(height.max(1)),
        }
    }
}

/// `side * to / from`, rounded half up, at least 1. The sides have 32 bits.
fn proportional(side: u64, to: u64, from: u64) -> u64 {
    ((side * to + from / 2) / from).max(1)
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
