//! The kernels on 8-bit RGBA with straight alpha, in place: the pixels of a canvas.

use std::collections::TryReserveError;
use std::fmt;

use super::blur::blur;
use super::kernels::kernel::{Fast, Kernels};
use super::kernels::portable::Portable;
use super::{Frame, Layout, Radius, Shape};

/// Bytes in a pixel.
const PIXEL_BYTES: usize = Layout::Rgba.channels();

/// Why pixels cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The last pixel is incomplete.
    Incomplete {
        /// How many bytes there are.
        actual: usize,
    },
    /// Not as many bytes as the picture's sides ask for.
    Length {
        /// How many bytes there are.
        actual: usize,
        /// The width in pixels.
        width: u32,
        /// The height in pixels.
        height: u32,
    },
    /// A picture without pixels.
    Empty,
    /// A radius past [`Radius::MAX`].
    Radius {
        /// The radius in pixels.
        actual: u32,
    },
    /// An allocation that the instance could not have.
    Exhausted,
}

/// Replaces red, green and blue by [luma](Frame::grayscale). Alpha stays. Nothing is
/// allocated.
///
/// # Errors
/// If there is no pixel, or the last one is incomplete.
pub fn grayscale(rgba: &mut [u8]) -> Result<(), Error> {
    gray::<Fast>(rgba)
}

/// As [`grayscale`], by the kernel in plain Rust.
///
/// # Errors
/// As [`grayscale`].
pub fn grayscale_portable(rgba: &mut [u8]) -> Result<(), Error> {
    gray::<Portable>(rgba)
}

fn gray<K: Kernels<u8>>(rgba: &mut [u8]) -> Result<(), Error> {
    if rgba.is_empty() {
        return Err(Error::Empty);
    }
    if !rgba.len().is_multiple_of(PIXEL_BYTES) {
        return Err(Error::Incomplete { actual: rgba.len() });
    }
    K::gray_rgba(rgba);
    Ok(())
}

/// The [box blur](Frame::blur) of a picture of `width` times `height` pixels; `radius` is in
/// pixels, 0 to 127.
///
/// # Errors
/// If there are more or fewer bytes than the picture has, or none; if the radius is too large; or if
/// the memory for some rows cannot be had. The picture is then unchanged.
pub fn box_blur(rgba: &mut [u8], width: u32, height: u32, radius: u32) -> Result<(), Error> {
    let shape = shape(rgba.len(), width, height)?;
    let pixels = u8::try_from(radius).ok().and_then(Radius::new);
    let radius = pixels.ok_or(Error::Radius { actual: radius })?;
    Ok(blur::<u8, Fast>(shape, rgba, radius)?)
}

/// The shape of so many bytes.
fn shape(bytes: usize, width: u32, height: u32) -> Result<Shape, Error> {
    let shape = Shape { width, height, layout: Layout::Rgba };
    if shape.samples() == 0 {
        return Err(Error::Empty);
    }
    if shape.samples() != bytes as u64 {
        return Err(Error::Length { actual: bytes, width, height });
    }
    Ok(shape)
}

impl Frame {
    /// A picture of these pixels.
    ///
    /// # Errors
    /// If there are more or fewer bytes than the picture has, or none.
    pub fn from_rgba(width: u32, height: u32, rgba: Vec<u8>) -> Result<Self, Error> {
        Ok(Self::new(shape(rgba.len(), width, height)?, rgba))
    }
}

impl From<TryReserveError> for Error {
    fn from(_: TryReserveError) -> Self {
        Self::Exhausted
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Incomplete { actual } => {
                write!(out, "The picture has {actual} bytes; a pixel of RGBA has {PIXEL_BYTES}.")
            }
            Self::Length { actual, width, height } => write!(
                out,
                "The picture has {actual} bytes; {width} x {height} pixels of RGBA have {PIXEL_BYTES} each."
            ),
            Self::Empty => write!(out, "The picture has no pixels."),
            Self::Radius { actual } => {
                let most = Radius::MAX;
                write!(out, "The radius is {actual}; it must be a whole number from 0 to {most}.")
            }
            Self::Exhausted => write!(out, "The picture needs more memory than is free."),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixels::oracle;
    use crate::pixels::tests::{pattern, shape as picture, widen};

    /// Compares one set of kernels with the oracle on a row of pixels.
    fn check_gray<K: Kernels<u8>>(pixels: usize) {
        let before = pattern::<u8>(picture(pixels, 1, Layout::Rgba));
        let mut after = before.clone();
        gray::<K>(&mut after).unwrap();
        let gray = oracle::grayscale(Layout::Rgba, &widen(&before));
        let expected = gray.chunks(2).flat_map(|la| [la[0], la[0], la[0], la[1]]);
        assert_eq!(widen(&after), expected.collect::<Vec<_>>(), "{pixels} pixels");
    }

    #[test]
    fn gray_of_every_length_about_a_block() {
        for pixels in (1..=17).chain([63, 64, 65]) {
            check_gray::<Portable>(pixels);
            check_gray::<Fast>(pixels);
        }
    }

    #[test]
    fn a_blur_in_place_is_that_of_a_frame() {
        let shape = picture(7, 5, Layout::Rgba);
        let mut pixels = pattern::<u8>(shape);
        let expected = oracle::blur(shape, &widen(&pixels), 3);
        box_blur(&mut pixels, 7, 5, 3).unwrap();
        assert_eq!(widen(&pixels), expected);
    }

    #[test]
    fn what_is_no_picture_is_told_and_left_alone() {
        let message = |result: Result<(), Error>| result.unwrap_err().to_string();
        for length in [1, 3, 5] {
            assert_eq!(
                message(grayscale(&mut vec![9; length])),
                format!("The picture has {length} bytes; a pixel of RGBA has 4.")
            );
        }
        assert_eq!(message(grayscale(&mut [])), "The picture has no pixels.");
        assert_eq!(message(box_blur(&mut [], 0, 5, 1)), "The picture has no pixels.");
        for length in [0, 15, 17] {
            assert_eq!(
                message(box_blur(&mut vec![9; length], 2, 2, 1)),
                format!("The picture has {length} bytes; 2 x 2 pixels of RGBA have 4 each.")
            );
        }
        assert_eq!(
            message(box_blur(&mut [0; 4], u32::MAX, u32::MAX, 1)),
            "The picture has 4 bytes; 4294967295 x 4294967295 pixels of RGBA have 4 each."
        );
        let mut pixel = [1, 2, 3, 4];
        assert_eq!(
            message(box_blur(&mut pixel, 1, 1, 128)),
            "The radius is 128; it must be a whole number from 0 to 127."
        );
        assert_eq!(pixel, [1, 2, 3, 4]);
        assert!(box_blur(&mut pixel, 1, 1, 127).is_ok());
    }
}
