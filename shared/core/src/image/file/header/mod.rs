//! What the header of a file says, read by ourselves: before a decoder is let at the file, and for
//! pictures that are only described.

mod avif;
mod bmp;
mod bytes;
mod gif;
pub(in crate::image) mod ico;
mod jpeg;
mod png;
mod pnm;
mod qoi;
mod tiff;
mod webp;

use std::borrow::Cow;

use image::metadata::Orientation;

pub(in crate::image) use tiff::has_jpeg as tiff_has_jpeg;
pub(in crate::image) use webp::{
    AnimationFrame, animation_frames, is_lossy as webp_is_lossy, plays as webp_plays,
};

use crate::image::{ColourType, Error, Format, InputError, Limits, UnsupportedError};

/// The most memory, in bytes, that metadata may take once unpacked.
pub(in crate::image) const METADATA_BYTES: u64 = 4 * 1024 * 1024;

/// What the header of a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::image) struct Header<'a> {
    /// Pixels in a row, as stored.
    pub(in crate::image) width: u32,
    /// Rows, as stored.
    pub(in crate::image) height: u32,
    pub(in crate::image) colour_type: ColourType,
    /// Bits of a sample; of an index where there is a palette.
    pub(in crate::image) bit_depth: u8,
    /// Whether pixels may be transparent.
    pub(in crate::image) alpha: bool,
    /// Pictures of an animation, or of an icon.
    pub(in crate::image) frames: u32,
    /// Sides that no frame of an animation exceeds; nothing where the file is read as one picture.
    pub(in crate::image) animation: Option<(u32, u32)>,
    pub(in crate::image) orientation: Orientation,
    /// An ICC profile.
    pub(in crate::image) profile: Option<Cow<'a, [u8]>>,
    /// What the camera says (Exif 3.0), of JPEG, PNG and WebP.
    pub(in crate::image) exif: Option<Cow<'a, [u8]>>,
}

impl<'a> Header<'a> {
    /// A header of one frame, upright, without a profile.
    const fn new(width: u32, height: u32, colour_type: ColourType, bit_depth: u8) -> Self {
        let alpha = matches!(colour_type, ColourType::GrayAlpha | ColourType::Rgba);
        let orientation = Orientation::NoTransforms;
        let (frames, animation, profile, exif) = (1, None, None, None);
        Self {
            width,
            height,
            colour_type,
            bit_depth,
            alpha,
            frames,
            animation,
            orientation,
            profile,
            exif,
        }
    }

    /// Reads the header of a file of `format`.
    pub(in crate::image) fn read(format: Format, file: &'a [u8]) -> Result<Self, Error> {
        let header = match format {
            Format::Png => png::read(file),
            Format::Jpeg => jpeg::read(file),
            Format::WebP => webp::read(file),
            Format::Gif => gif::read(file),
            Format::Bmp => bmp::read(file),
            Format::Tiff => tiff::read(file),
            Format::Ico => ico::read(file),
            Format::Qoi => qoi::read(file),
            Format::Pnm => pnm::read(file),
            Format::Avif => avif::read(file),
        }?;
        match header.width.min(header.height) {
            0 => Err(malformed(format)),
            _ => Ok(header),
        }
    }
}

/// The header of a file whose decoder may be let at it: sides within the limits, all the bytes that
/// it announces, nothing that the decoder traps on or misreads. JPEG has checks of its own.
pub(in crate::image) fn checked<'a>(
    format: Format,
    file: &'a [u8],
    limits: &Limits,
) -> Result<Header<'a>, Error> {
    match format {
        Format::Png => png::check(file),
        Format::WebP => webp::check(file),
        Format::Tiff => tiff::check(file),
        Format::Ico => ico::check(file),
        Format::Qoi => qoi::check(file),
        Format::Pnm => pnm::check(file),
        Format::Avif => avif::check(file),
        Format::Gif => gif::check(file),
        Format::Bmp | Format::Jpeg => Ok(()),
    }?;
    let header = Header::read(format, file)?;
    limits.check_sides(header.width, header.height)?;
    Ok(header)
}

const fn truncated(format: Format) -> Error {
    Error::Input(InputError::Truncated(format))
}

const fn malformed(format: Format) -> Error {
    Error::Input(InputError::Malformed(format))
}

const fn unsupported(format: Format) -> Error {
    Error::Unsupported(UnsupportedError::Feature(format))
}
