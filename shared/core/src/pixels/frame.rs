//! One decoded picture.

use std::ops::BitAnd;

/// The channels of a pixel, in the order they are stored. Alpha is straight, not premultiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Luma.
    L,
    /// Luma and alpha.
    La,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, alpha.
    Rgba,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 4] = [Self::L, Self::La, Self::Rgb, Self::Rgba];

    /// Samples in a pixel.
    pub const fn channels(self) -> usize {
        match self {
            Self::L => 1,
            Self::La => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    /// The layout of the same picture without its alpha.
    pub const fn without_alpha(self) -> Self {
        match self {
            Self::L | Self::La => Self::L,
            Self::Rgb | Self::Rgba => Self::Rgb,
        }
    }

    /// The layout of the same picture with alpha.
    pub const fn with_alpha(self) -> Self {
        match self {
            Self::L | Self::La => Self::La,
            Self::Rgb | Self::Rgba => Self::Rgba,
        }
    }

    /// Whether the last sample of a pixel is alpha.
    pub const fn has_alpha(self) -> bool {
        matches!(self, Self::La | Self::Rgba)
    }

    /// The layout of the same picture in gray.
    pub const fn gray(self) -> Self {
        if self.has_alpha() { Self::La } else { Self::L }
    }

    /// The layout of the same picture in colour.
    pub const fn colour(self) -> Self {
        if self.has_alpha() { Self::Rgba } else { Self::Rgb }
    }

    /// Whether there is luma only.
    pub const fn is_gray(self) -> bool {
        matches!(self, Self::L | Self::La)
    }
}

/// A picture's dimensions, known before its samples are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Channels of a pixel.
    pub layout: Layout,
}

impl Shape {
    /// Pixels in the whole picture.
    pub const fn pixels(self) -> u64 {
        self.width as u64 * self.height as u64
    }

    /// Samples in the whole picture.
    pub const fn samples(self) -> u64 {
        // Below 2^66 in theory; no picture that big can exist, so saturating keeps checks honest.
        self.pixels().saturating_mul(self.layout.channels() as u64)
    }

    /// Samples in a row.
    pub(crate) const fn row(self) -> usize {
        self.width as usize * self.layout.channels()
    }
}

/// A frame's samples: rows from the top, pixels from the left, channels interleaved, no padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Samples {
    /// 8 bits a sample.
    U8(Vec<u8>),
    /// 16 bits a sample.
    U16(Vec<u16>),
}

impl Samples {
    fn len(&self) -> usize {
        match self {
            Self::U8(samples) => samples.len(),
            Self::U16(samples) => samples.len(),
        }
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::U8(samples) => size_of_val(samples.as_slice()) as u64,
            Self::U16(samples) => size_of_val(samples.as_slice()) as u64,
        }
    }
}

impl From<Vec<u8>> for Samples {
    fn from(samples: Vec<u8>) -> Self {
        Self::U8(samples)
    }
}

impl From<Vec<u16>> for Samples {
    fn from(samples: Vec<u16>) -> Self {
        Self::U16(samples)
    }
}

/// One decoded picture. Operations change it in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub(crate) shape: Shape,
    pub(crate) samples: Samples,
}

impl Frame {
    /// A picture of this shape.
    ///
    /// # Panics
    /// If there are more or fewer samples than the shape has: a decoder's mistake, never its input's.
    pub fn new(shape: Shape, samples: impl Into<Samples>) -> Self {
        let samples = samples.into();
        assert_eq!(samples.len() as u64, shape.samples(), "samples of a {shape:?}");
        Self { shape, samples }
    }

    /// Width, height and layout.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The samples.
    pub fn samples(&self) -> &Samples {
        &self.samples
    }

    /// The samples, moved out.
    pub fn into_samples(self) -> Samples {
        self.samples
    }
}

/// The sample types: `u8` and `u16`.
pub(crate) trait Sample:
    BitAnd<Output = Self> + Copy + Default + Into<u64> + Into<u32> + PartialEq
{
    /// Full intensity, and an opaque alpha.
    const MAX: Self;

    /// The low bits of `value`, which never exceeds [`Self::MAX`].
    fn truncate(value: u64) -> Self;
}

impl Sample for u8 {
    const MAX: Self = Self::MAX;

    fn truncate(value: u64) -> Self {
        value as Self
    }
}

impl Sample for u16 {
    const MAX: Self = Self::MAX;

    fn truncate(value: u64) -> Self {
        value as Self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_gives_back_what_it_was_made_from() {
        let shape = Shape { width: 2, height: 1, layout: Layout::Rgb };
        let frame = Frame::new(shape, vec![1u16, 2, 3, 4, 5, 6]);
        assert_eq!(frame.shape(), shape);
        assert_eq!(frame.samples(), &Samples::U16(vec![1, 2, 3, 4, 5, 6]));
        assert_eq!(frame.into_samples(), Samples::U16(vec![1, 2, 3, 4, 5, 6]));
    }

    #[cfg(panic = "unwind")]
    #[test]
    #[should_panic(expected = "samples of a Shape { width: 2, height: 2, layout: La }")]
    fn a_frame_holds_as_many_samples_as_its_shape() {
        Frame::new(Shape { width: 2, height: 2, layout: Layout::La }, vec![0u8; 7]);
    }

    #[test]
    fn the_largest_shape_does_not_overflow() {
        let shape = |layout| Shape { width: u32::MAX, height: u32::MAX, layout };
        assert_eq!(shape(Layout::L).samples(), 18_446_744_065_119_617_025);
        assert_eq!(shape(Layout::Rgba).samples(), u64::MAX);
    }
}
