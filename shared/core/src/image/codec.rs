//! The formats that the `image` crate reads: all but JPEG.

use std::cell::Cell;
use std::rc::Rc;

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder};

use super::chunks;
use super::input::Input;
use super::limits::zeroed;
use super::profile::to_srgb;
use super::tiff;
use super::{
    Error, Format, Frame, InputError, Layout, LimitError, Limits, Shape, UnsupportedError,
};

/// A picture of such a format whose header has been read.
pub(super) struct Codec<'a> {
    decoder: Box<dyn ImageDecoder + 'a>,
    format: Format,
    pub(super) shape: Shape,
    pub(super) bytes_per_sample: u64,
    pub(super) orientation: Orientation,
    profile: Option<Vec<u8>>,
    overrun: Rc<Cell<bool>>,
}

impl<'a> Codec<'a> {
    pub(super) fn open(format: Format, bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        check(format, bytes, limits)?;
        let overrun = Rc::default();
        let mut decoder = decoder(format, Input::new(bytes, Rc::clone(&overrun)))
            .map_err(|error| classify(&error, format, &overrun))?;
        let (width, height) = decoder.dimensions();
        let (layout, bytes_per_sample) =
            samples(decoder.color_type()).ok_or(UnsupportedError::Feature(format))?;
        let shape = Shape { width, height, layout };
        limits.check_shape(shape)?;
        let frame = shape.samples().saturating_mul(bytes_per_sample);
        let hold = |decoder: &mut Box<dyn ImageDecoder + 'a>, bytes| {
            let held = decoder.set_limits(allowance(frame.saturating_add(bytes)));
            held.map_err(|error| classify(&error, format, &overrun))
        };
        hold(&mut decoder, METADATA_BYTES)?;
        // Metadata that cannot be read says nothing of the picture.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let profile = decoder.icc_profile().unwrap_or(None);
        overrun.set(false);
        hold(&mut decoder, scratch_bytes(format, shape, bytes_per_sample))?;
        Ok(Self { decoder, format, shape, bytes_per_sample, orientation, profile, overrun })
    }

    /// What decoding takes beside the frame, in bytes.
    pub(super) fn scratch_bytes(&self) -> u64 {
        scratch_bytes(self.format, self.shape, self.bytes_per_sample)
    }

    pub(super) fn decode(self) -> Result<Frame, Error> {
        let samples = usize::try_from(self.shape.samples()).map_err(|_| LimitError::Exhausted)?;
        let broken = |error| classify(&error, self.format, &self.overrun);
        let mut frame = if self.bytes_per_sample == 1 {
            let mut pixels = zeroed::<u8>(samples)?;
            self.decoder.read_image_boxed(&mut pixels).map_err(broken)?;
            Frame::new(self.shape, pixels)
        } else {
            let mut pixels = zeroed::<u16>(samples)?;
            let bytes = bytemuck::cast_slice_mut(&mut pixels);
            self.decoder.read_image_boxed(bytes).map_err(broken)?;
            Frame::new(self.shape, pixels)
        };
        if let Some(profile) = self.profile {
            to_srgb(&mut frame, &profile)?;
        }
        Ok(frame)
    }
}

fn decoder<'a>(format: Format, input: Input<'a>) -> Result<Box<dyn ImageDecoder + 'a>, ImageError> {
    Ok(match format {
        Format::Png => Box::new(PngDecoder::with_limits(input, allowance(METADATA_BYTES))?),
        Format::WebP => Box::new(WebPDecoder::new(input)?),
        Format::Gif => Box::new(GifDecoder::new(input)?),
        Format::Bmp => Box::new(BmpDecoder::new(input)?),
        Format::Tiff => Box::new(TiffDecoder::new(input)?),
        Format::Jpeg => unreachable!("JPEG has a decoder of its own"),
    })
}

/// The most memory, in bytes, that a decoder may spend on metadata: a PNG's texts and profile are
/// unpacked, however large they become.
const METADATA_BYTES: u64 = 4 * 1024 * 1024;

/// The most memory, in bytes, that a decoder takes beside the frame: rows, a second frame, or planes.
fn scratch_bytes(format: Format, shape: Shape, bytes_per_sample: u64) -> u64 {
    let pixels = u64::from(shape.width) * u64::from(shape.height);
    match format {
        Format::Png | Format::Bmp | Format::Jpeg => 32 * u64::from(shape.width),
        // Lossless: pixels of four bytes. Lossy: planes of one and a half, a byte of alpha, and the
        // four of alpha's own decoder.
        Format::WebP => pixels.saturating_mul(6),
        // The first frame, where it does not cover the picture, and its indices.
        Format::Gif => pixels.saturating_mul(5),
        // The whole picture, and a strip that may be the whole of it again.
        Format::Tiff => shape.samples().saturating_mul(bytes_per_sample).saturating_mul(2),
    }
}

/// What a decoder may allocate. Not all of them heed it; those that size buffers by what a file
/// announces do.
fn allowance(bytes: u64) -> image::Limits {
    let mut allowance = image::Limits::no_limits();
    allowance.max_alloc = Some(bytes);
    allowance
}

/// What has to be known of a file before its decoder is let at it.
fn check(format: Format, bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let complete = match format {
        Format::Png => {
            // The decoder refuses what 32 bits cannot address, before it tells how much it is.
            let sides = chunks::png_sides(bytes);
            let (width, height) = sides.ok_or(InputError::Truncated(format))?;
            limits.check_shape(Shape { width, height, layout: Layout::L })?;
            chunks::png_is_complete(bytes)
        }
        Format::WebP if chunks::webp_is_animated(bytes) => {
            return Err(UnsupportedError::Feature(format).into());
        }
        Format::WebP => chunks::webp_is_complete(bytes),
        Format::Tiff => return tiff::check(bytes),
        Format::Gif | Format::Bmp | Format::Jpeg => true,
    };
    if complete { Ok(()) } else { Err(InputError::Truncated(format).into()) }
}

fn samples(colour: ColorType) -> Option<(Layout, u64)> {
    Some(match colour {
        ColorType::L8 => (Layout::L, 1),
        ColorType::La8 => (Layout::La, 1),
        ColorType::Rgb8 => (Layout::Rgb, 1),
        ColorType::Rgba8 => (Layout::Rgba, 1),
        ColorType::L16 => (Layout::L, 2),
        ColorType::La16 => (Layout::La, 2),
        ColorType::Rgb16 => (Layout::Rgb, 2),
        ColorType::Rgba16 => (Layout::Rgba, 2),
        _ => return None,
    })
}

/// A codec's error by whose affair it is. Its text stays inside: it is not ours to promise.
fn classify(error: &ImageError, format: Format, overrun: &Cell<bool>) -> Error {
    match error {
        ImageError::Unsupported(_) => UnsupportedError::Feature(format).into(),
        ImageError::Limits(_) => LimitError::Exhausted.into(),
        _ if overrun.get() => InputError::Truncated(format).into(),
        _ => InputError::Malformed(format).into(),
    }
}
