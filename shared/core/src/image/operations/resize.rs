//! Another size.

use std::fmt;

use super::pad::Pad;
use super::resample::{Axis, Resampling};
use crate::image::{Colour, Error, Frame, Shape};

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
    /// At most so many pixels in the longer side.
    pub(in crate::image) const fn within(side: u32) -> Self {
        Self { sides: Sides::Both(side, side), fit: Fit::Inside, enlarge: false }
    }

    /// The shape afterwards.
    pub(in crate::image) fn shape(self, shape: Shape) -> Shape {
        let (width, height) = self.cut(self.scaled(shape));
        self.pad().map_or(Shape { width, height, ..shape }, |pad| {
            pad.shape(Shape { width, height, ..shape })
        })
    }

    /// The most memory, in bytes, beside a frame of `shape`: the frames that are made, and the
    /// weights of the filter.
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        let (width, height) = self.cut(self.scaled(shape));
        let canvas = self
            .pad()
            .map_or(0, |pad| pad.scratch_bytes(Shape { width, height, ..shape }, bytes_per_sample));
        let resampling = self.resampling(shape);
        resampling.scratch_bytes(shape.layout, bytes_per_sample).saturating_add(canvas)
    }

    /// Resamples with a Lanczos filter of three lobes, colour weighted by alpha. A picture that
    /// has its size already stays as it is.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        self.resample(frame)?;
        self.extend(frame)
    }

    /// Whether a picture of this shape gets other samples, not only fewer or more.
    pub(in crate::image) fn resamples(self, shape: Shape) -> bool {
        self.resampling(shape).is_needed()
    }

    /// The first part of [`apply`](Self::apply): another size.
    pub(in crate::image) fn resample(self, frame: &mut Frame) -> Result<(), Error> {
        self.resampling(frame.shape).apply(frame)
    }

    /// The second part: the canvas of [`Fit::Contain`].
    pub(in crate::image) fn extend(self, frame: &mut Frame) -> Result<(), Error> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{Defaults, Layout, Operation};

    fn resize(text: &str) -> Operation {
        let defaults = Defaults::default();
        Operation::parse(0, &format!("resize:{text}"), &defaults).unwrap()
    }

    fn gray(width: u32, height: u32) -> Frame {
        let shape = Shape { width, height, layout: Layout::L };
        Frame::new(shape, (0..shape.samples()).map(|at| at as u8).collect::<Vec<_>>())
    }

    /// The sides that `apply` makes, which are those that were announced.
    fn sides(width: u32, height: u32, text: &str) -> (u32, u32) {
        let mut frame = gray(width, height);
        let operation = resize(text);
        let announced = operation.shape(frame.shape).unwrap();
        operation.apply(&mut frame).unwrap();
        assert_eq!(frame.shape, announced, "{width}x{height} {text}");
        (announced.width, announced.height)
    }

    #[test]
    fn sides_are_rounded_half_up_and_at_least_one() {
        assert_eq!(sides(40, 30, "20x"), (20, 15));
        assert_eq!(sides(40, 30, "x20"), (27, 20));
        assert_eq!(sides(4, 3, "2x"), (2, 2));
        assert_eq!(sides(5, 3, "4x"), (4, 2));
        assert_eq!(sides(100, 1, "10x"), (10, 1));
        assert_eq!(sides(1, 300, "x2"), (1, 2));
    }

    #[test]
    fn each_fit_has_its_sides() {
        assert_eq!(sides(40, 30, "20x20"), (20, 15));
        assert_eq!(sides(30, 40, "20x20"), (15, 20));
        assert_eq!(sides(40, 30, "20x20,outside"), (27, 20));
        assert_eq!(sides(40, 30, "20x20,cover"), (20, 20));
        assert_eq!(sides(40, 30, "20x20,contain"), (20, 20));
        assert_eq!(sides(40, 30, "20x25,fill"), (20, 25));
        assert_eq!(sides(40, 30, "20x15,outside"), (20, 15));
    }

    #[test]
    fn nothing_grows_unless_asked() {
        assert_eq!(sides(40, 30, "80x80"), (40, 30));
        assert_eq!(sides(40, 30, "80x80!"), (80, 60));
        assert_eq!(sides(40, 30, "41x"), (40, 30));
        assert_eq!(sides(40, 30, "35x35,outside"), (40, 30));
        assert_eq!(sides(40, 30, "35x35,outside!"), (47, 35));
        assert_eq!(sides(40, 30, "35x35,cover"), (35, 30));
        assert_eq!(sides(40, 30, "35x35,cover!"), (35, 35));
        assert_eq!(sides(40, 30, "80x15,fill"), (40, 15));
        assert_eq!(sides(40, 30, "80x15,fill!"), (80, 15));
        assert_eq!(sides(40, 30, "80x50,contain"), (80, 50));
        assert_eq!(sides(40, 30, "80x50,contain!"), (80, 50));
    }

    #[test]
    fn a_picture_of_its_size_is_untouched() {
        for text in ["40x30", "40x", "x30,outside", "40x30,cover!", "40x30,contain", "90x,fill"] {
            let mut frame = gray(40, 30);
            resize(text).apply(&mut frame).unwrap();
            assert_eq!(frame, gray(40, 30), "{text}");
            assert_eq!(resize(text).scratch_bytes(frame.shape, 1), 0, "{text}");
        }
    }

    #[test]
    fn a_cover_that_fits_already_is_the_middle() {
        let mut frame = gray(5, 4);
        resize("2x9,cover").apply(&mut frame).unwrap();
        let shape = Shape { width: 2, height: 4, layout: Layout::L };
        assert_eq!(frame, Frame::new(shape, vec![1u8, 2, 6, 7, 11, 12, 16, 17]));
    }

    #[test]
    fn a_canvas_surrounds_what_is_contained() {
        let mut frame = gray(2, 1);
        resize("4x1,contain,ff0000").apply(&mut frame).unwrap();
        let shape = Shape { width: 4, height: 1, layout: Layout::Rgb };
        let expected = vec![255u8, 0, 0, 0, 0, 0, 1, 1, 1, 255, 0, 0];
        assert_eq!(frame, Frame::new(shape, expected));
        assert_eq!(resize("4x1,contain,ff0000").scratch_bytes(gray(2, 1).shape, 2), 48);
    }

    #[test]
    fn the_longest_sides_do_not_overflow() {
        let shape = Shape { width: 1, height: u32::MAX, layout: Layout::Rgba };
        for (text, height) in [
            ("32767x32767,outside!", u32::MAX),
            ("32767x!", u32::MAX),
            ("32767x32767,cover!", 32_767),
        ] {
            let made = Shape { width: 32_767, height, ..shape };
            assert_eq!(resize(text).shape(shape), Ok(made), "{text}");
        }
        assert!(resize("32767x!").scratch_bytes(shape, 2) > 2 * 32_767 * u64::from(u32::MAX));
    }
}
