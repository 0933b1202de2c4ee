//! A rectangle of the picture.

use std::fmt;

use crate::image::{Error, Frame, InputError, Samples, Shape};

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

    /// The third of the picture, from the left and from the top, counted from 0.
    const fn third(self) -> (usize, usize) {
        match self {
            Self::NorthWest => (0, 0),
            Self::North => (1, 0),
            Self::NorthEast => (2, 0),
            Self::West => (0, 1),
            Self::Center => (1, 1),
            Self::East => (2, 1),
            Self::SouthWest => (0, 2),
            Self::South => (1, 2),
            Self::SouthEast => (2, 2),
        }
    }
}

impl Crop {
    /// The shape afterwards, or an error where the rectangle reaches beyond the picture.
    pub(in crate::image) fn shape(self, shape: Shape) -> Result<Shape, Error> {
        self.origin(shape)?;
        Ok(Shape { width: self.width, height: self.height, ..shape })
    }

    /// Keeps the rectangle, in place.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let (left, top) = self.origin(frame.shape)?;
        frame.cut(left, top, self.width, self.height);
        Ok(())
    }

    /// The rectangle's left and top pixel.
    fn origin(self, shape: Shape) -> Result<(u32, u32), InputError> {
        let Shape { width, height, .. } = shape;
        let beyond = InputError::Beyond { segment: 0, crop: self, width, height };
        let right = width.checked_sub(self.width).ok_or(beyond)?;
        let bottom = height.checked_sub(self.height).ok_or(beyond)?;
        match self.place {
            Place::At(left, top) if left > right || top > bottom => Err(beyond),
            Place::At(left, top) => Ok((left, top)),
            Place::Against(gravity) => {
                let (column, row) = gravity.third();
                Ok(([0, right / 2, right][column], [0, bottom / 2, bottom][row]))
            }
        }
    }
}

impl Frame {
    /// Keeps a rectangle that lies within the picture, in place, and gives back the memory of the
    /// rest.
    pub(in crate::image) fn cut(&mut self, left: u32, top: u32, width: u32, height: u32) {
        let kept = Shape { width, height, ..self.shape };
        if kept == self.shape {
            return;
        }
        let row = self.shape.row();
        let start = top as usize * row + left as usize * self.shape.layout.channels();
        match &mut self.samples {
            Samples::U8(samples) => cut(samples, start, row, kept),
            Samples::U16(samples) => cut(samples, start, row, kept),
        }
        self.shape = kept;
    }
}

fn cut<S: Copy>(samples: &mut Vec<S>, start: usize, row: usize, kept: Shape) {
    let (height, kept) = (kept.height as usize, kept.row());
    for y in 0..height {
        let from = start + y * row;
        samples.copy_within(from..from + kept, y * kept);
    }
    samples.truncate(height * kept);
    samples.shrink_to_fit();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Layout;

    const PICTURE: Shape = Shape { width: 5, height: 4, layout: Layout::Rgb };

    /// What is left of a picture whose samples count up from 0: each pixel's first sample.
    fn cut(crop: Crop, layout: Layout) -> (Vec<u8>, Vec<u16>) {
        let shape = Shape { layout, ..PICTURE };
        let samples: Vec<u8> = (0..shape.samples() as u8).collect();
        let wide: Vec<u16> = samples.iter().map(|&sample| u16::from(sample) << 8).collect();
        let mut narrow = Frame::new(shape, samples);
        let mut wide = Frame::new(shape, wide);
        for frame in [&mut narrow, &mut wide] {
            crop.apply(frame).unwrap();
            assert_eq!(Ok(frame.shape), crop.shape(shape));
        }
        match (narrow.samples, wide.samples) {
            (Samples::U8(narrow), Samples::U16(wide)) => (narrow, wide),
            _ => unreachable!("samples keep their type"),
        }
    }

    fn first_pixel(gravity: Gravity, width: u32, height: u32) -> (u8, u8) {
        let crop = Crop { width, height, place: Place::Against(gravity) };
        let first = cut(crop, Layout::L).0[0];
        (first % 5, first / 5)
    }

    #[test]
    fn a_rectangle_is_kept_of_every_layout_and_depth() {
        for layout in Layout::ALL {
            let crop = Crop { width: 2, height: 3, place: Place::At(3, 1) };
            let (narrow, wide) = cut(crop, layout);
            let channels = layout.channels();
            let pixels = [8, 9, 13, 14, 18, 19].map(|pixel| pixel * channels);
            let expected: Vec<u8> =
                pixels.into_iter().flat_map(|at| at as u8..(at + channels) as u8).collect();
            assert_eq!(narrow, expected);
            assert_eq!(wide, expected.iter().map(|&one| u16::from(one) << 8).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_picture_itself_and_single_rows_columns_and_pixels_can_be_kept() {
        let at =
            |width, height, x, y| cut(Crop { width, height, place: Place::At(x, y) }, Layout::L).0;
        assert_eq!(at(5, 4, 0, 0), (0..20).collect::<Vec<u8>>());
        assert_eq!(at(5, 1, 0, 3), [15, 16, 17, 18, 19]);
        assert_eq!(at(1, 4, 4, 0), [4, 9, 14, 19]);
        assert_eq!(at(1, 1, 4, 3), [19]);
    }

    #[test]
    fn gravity_leaves_the_odd_pixel_to_the_right_and_below() {
        let first = |gravity| first_pixel(gravity, 2, 1);
        let all = Gravity::ALL.map(first);
        let expected = [(1, 1), (1, 0), (1, 3), (3, 1), (0, 1), (3, 0), (0, 0), (3, 3), (0, 3)];
        assert_eq!(all, expected);
        for gravity in Gravity::ALL {
            assert_eq!(first_pixel(gravity, 5, 4), (0, 0));
        }
    }

    #[test]
    fn a_rectangle_beyond_the_picture_is_an_error_that_names_it() {
        let at = |width, height, x, y| Crop { width, height, place: Place::At(x, y) };
        let against = |width, height| {
            let place = Place::Against(Gravity::SouthEast);
            Crop { width, height, place }
        };
        for crop in [
            at(5, 4, 1, 0),
            at(5, 4, 0, 1),
            at(1, 1, 5, 0),
            at(1, 1, 0, 4),
            at(1, 1, u32::MAX, u32::MAX),
            at(6, 1, 0, 0),
            against(6, 4),
            against(5, 5),
            against(u32::MAX, u32::MAX),
        ] {
            let beyond = Err(InputError::Beyond { segment: 0, crop, width: 5, height: 4 }.into());
            assert_eq!(crop.shape(PICTURE), beyond);
            let mut frame = Frame::new(PICTURE, vec![0u8; 60]);
            assert_eq!(crop.apply(&mut frame).map(|()| PICTURE), beyond);
            assert_eq!(frame.shape, PICTURE);
        }
    }

    #[test]
    fn memory_is_given_back() {
        let mut frame = Frame::new(PICTURE, vec![0u8; 60]);
        frame.cut(1, 1, 2, 2);
        let Samples::U8(samples) = frame.samples else { panic!("8 bits") };
        assert_eq!((samples.len(), samples.capacity()), (12, 12));
    }
}
