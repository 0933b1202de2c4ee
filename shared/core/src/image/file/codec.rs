//! The formats that the `image` crate reads: all but JPEG and AVIF.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::ico::IcoDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::pnm::PnmDecoder;
use image::codecs::qoi::QoiDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder};

use super::coding::Coding;
use super::header::ico::{self, Entry};
use super::header::{self, Header, METADATA_BYTES};
use super::input::Input;
use super::profile::to_srgb;
use crate::image::limits::zeroed_samples;
use crate::image::{
    Error, Format, Frame, InputError, Layout, LimitError, Limits, Shape, UnsupportedError,
};

/// A picture of such a format whose header has been read.
pub(in crate::image) struct Codec<'a> {
    decoder: Box<dyn ImageDecoder + 'a>,
    format: Format,
    pub(in crate::image) shape: Shape,
    pub(in crate::image) bytes_per_sample: u64,
    pub(in crate::image) orientation: Orientation,
    /// What decoding takes beside the frame, in bytes.
    pub(in crate::image) scratch_bytes: u64,
    profile: Option<Cow<'a, [u8]>>,
    overrun: Rc<Cell<bool>>,
}

impl<'a> Codec<'a> {
    pub(in crate::image) fn open(
        format: Format,
        bytes: &'a [u8],
        limits: &Limits,
    ) -> Result<Self, Error> {
        let header = header::checked(format, bytes, limits)?;
        if format != Format::Ico {
            return Self::begin(format, bytes.into(), header, limits);
        }
        match Entry::largest(bytes)? {
            Entry::Png(bytes) => {
                let png = Self::open(Format::Png, bytes, limits).map_err(ico::of_icon)?;
                Ok(Self { format, ..png })
            }
            Entry::Bitmap { entry, content } => {
                let alone = Entry::alone(entry, content)?;
                Self::begin(format, alone.into(), header, limits)
            }
        }
    }

    fn begin(
        format: Format,
        bytes: Cow<'a, [u8]>,
        header: Header<'a>,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let overrun = Rc::default();
        let coding = Coding::of(format, &bytes);
        let copied = if let Cow::Owned(bytes) = &bytes { bytes.len() } else { 0 };
        let mut decoder = decoder(format, Input::new(bytes, Rc::clone(&overrun)))
            .map_err(|error| classify(&error, format, &overrun))?;
        let (width, height) = decoder.dimensions();
        let (layout, bytes_per_sample) =
            samples(decoder.color_type()).ok_or(UnsupportedError::Feature(format))?;
        let shape = Shape { width, height, layout };
        limits.check_shape(shape)?;
        let kept = copied + 2 * header.profile.as_deref().map_or(0, <[u8]>::len);
        let scratch_bytes =
            coding.scratch_bytes(shape, bytes_per_sample).saturating_add(kept as u64);
        let frame = match coding {
            // Its decoder allocates no more than the scratch.
            Coding::Frames => 0,
            // A strip that is coded may be longer than its samples, but is not held.
            Coding::Strips => scratch_bytes.saturating_mul(2),
            _ => shape.samples().saturating_mul(bytes_per_sample),
        };
        // The metadata's share lets the coded data of a few pixels be longer than they are.
        let bytes = frame.saturating_add(scratch_bytes).saturating_add(METADATA_BYTES);
        decoder.set_limits(allowance(bytes)).map_err(|error| classify(&error, format, &overrun))?;
        Ok(Self {
            decoder,
            format,
            shape,
            bytes_per_sample,
            orientation: header.orientation,
            scratch_bytes,
            profile: header.profile,
            overrun,
        })
    }

    pub(in crate::image) fn decode(self) -> Result<Frame, Error> {
        let broken = |error| classify(&error, self.format, &self.overrun);
        let mut frame = if self.bytes_per_sample == 1 {
            let mut pixels = zeroed_samples::<u8>(self.shape)?;
            self.decoder.read_image_boxed(&mut pixels).map_err(broken)?;
            Frame::new(self.shape, pixels)
        } else {
            let mut pixels = zeroed_samples::<u16>(self.shape)?;
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
        Format::Ico => Box::new(IcoDecoder::new(input)?),
        Format::Qoi => Box::new(QoiDecoder::new(input)?),
        Format::Pnm => Box::new(PnmDecoder::new(input)?),
        Format::Jpeg | Format::Avif => unreachable!("they have decoders of their own"),
    })
}

/// What a decoder may allocate. Not all of them heed it; those that size buffers by what a file
/// announces do.
fn allowance(bytes: u64) -> image::Limits {
    let mut allowance = image::Limits::no_limits();
    allowance.max_alloc = Some(bytes);
    allowance
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
