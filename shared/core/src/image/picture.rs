//! A picture from its file: the header first, the samples only when they are affordable.

use std::io::{Cursor, ErrorKind};

use image::codecs::{
    bmp::BmpDecoder, gif::GifDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder,
};
use image::error::ImageError;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder};

use super::jpeg::Jpeg;
use super::limits::zeroed;
use super::{
    Error, Format, Frame, InputError, Layout, LimitError, Limits, Operation, Output, Shape,
    UnsupportedError, encode, orientation,
};

/// Linear memory that is spent before any picture: program data, stacks, and a body's chunks in
/// flight.
const BASE_BYTES: u64 = 4 * 1024 * 1024;

/// A picture whose header has been read and found within the limits.
pub struct Picture<'a> {
    format: Format,
    input_bytes: u64,
    shape: Shape,
    bytes_per_sample: u64,
    orientation: Orientation,
    decoder_bytes: u64,
    lossy: bool,
    decoder: Decoder<'a>,
}

enum Decoder<'a> {
    Jpeg(Box<Jpeg<'a>>),
    Other(Box<dyn ImageDecoder + 'a>),
}

impl<'a> Picture<'a> {
    /// Reads the header of a file in one of the formats [`Format::READ`]. Nothing of the picture's
    /// size is allocated.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let format = Format::of(bytes)?;
        let picture = match format {
            Format::Jpeg => Self::open_jpeg(bytes)?,
            _ => Self::open_other(format, bytes, limits)?,
        };
        if picture.shape.samples() == 0 {
            return Err(InputError::Malformed(format).into());
        }
        limits.check_shape(picture.shape)?;
        Ok(picture)
    }

    fn open_jpeg(bytes: &'a [u8]) -> Result<Self, Error> {
        let jpeg = Jpeg::open(bytes)?;
        Ok(Self {
            format: Format::Jpeg,
            input_bytes: bytes.len() as u64,
            shape: jpeg.shape,
            bytes_per_sample: 1,
            orientation: jpeg.orientation,
            decoder_bytes: jpeg.scratch_bytes,
            lossy: true,
            decoder: Decoder::Jpeg(Box::new(jpeg)),
        })
    }

    fn open_other(format: Format, bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let broken = |error: ImageError| classify(&error, format);
        let mut decoder = decoder(format, bytes, limits).map_err(broken)?;
        let (width, height) = decoder.dimensions();
        let (layout, bytes_per_sample) =
            samples(decoder.color_type()).ok_or(UnsupportedError::Feature(format))?;
        let shape = Shape { width, height, layout };
        // Metadata that cannot be read says nothing of the picture.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        Ok(Self {
            format,
            input_bytes: bytes.len() as u64,
            shape,
            bytes_per_sample,
            orientation,
            decoder_bytes: decoder_bytes(format, shape, bytes_per_sample),
            lossy: format == Format::WebP && is_lossy_webp(bytes),
            decoder: Decoder::Other(decoder),
        })
    }

    /// The file's format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether the file's coding has lost detail: JPEG, and WebP with a `VP8 ` chunk.
    pub fn is_lossy(&self) -> bool {
        self.lossy
    }

    /// The most linear memory, in bytes, that it takes to read the picture, apply `operation` and
    /// write it as `output`.
    pub fn memory_estimate(&self, operation: Operation, output: Output) -> u64 {
        let frame = self.shape.samples().saturating_mul(self.bytes_per_sample);
        let turned = if orientation::swaps_sides(self.orientation) { frame } else { 0 };
        let changed = Shape { layout: operation.layout(self.shape.layout), ..self.shape };
        let beside_frame = self
            .decoder_bytes
            .max(turned)
            .max(operation.scratch_bytes(self.shape, self.bytes_per_sample))
            .max(encode::memory_estimate(output, changed, self.bytes_per_sample));
        BASE_BYTES
            .saturating_add(self.input_bytes)
            .saturating_add(frame)
            .saturating_add(beside_frame)
    }

    /// Decodes the samples and turns them upright.
    pub fn decode(self) -> Result<Frame, Error> {
        let frame = match self.decoder {
            Decoder::Jpeg(jpeg) => jpeg.decode()?,
            Decoder::Other(decoder) => {
                read(decoder, self.format, self.shape, self.bytes_per_sample)?
            }
        };
        Ok(orientation::upright(frame, self.orientation))
    }
}

fn decoder<'a>(
    format: Format,
    bytes: &'a [u8],
    limits: &Limits,
) -> Result<Box<dyn ImageDecoder + 'a>, ImageError> {
    let input = Cursor::new(bytes);
    let mut codec_limits = image::Limits::no_limits();
    codec_limits.max_alloc = Some(limits.memory_bytes);
    let mut decoder: Box<dyn ImageDecoder + 'a> = match format {
        Format::Png => Box::new(PngDecoder::with_limits(input, codec_limits.clone())?),
        Format::WebP => Box::new(WebPDecoder::new(input)?),
        Format::Gif => Box::new(GifDecoder::new(input)?),
        Format::Bmp => Box::new(BmpDecoder::new(input)?),
        Format::Tiff => Box::new(TiffDecoder::new(input)?),
        Format::Jpeg => unreachable!("JPEG has a decoder of its own"),
    };
    decoder.set_limits(codec_limits)?;
    Ok(decoder)
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

/// What a codec holds beside the frame it fills, in bytes: rows, a second frame, or planes.
fn decoder_bytes(format: Format, shape: Shape, bytes_per_sample: u64) -> u64 {
    let pixels = u64::from(shape.width) * u64::from(shape.height);
    let row = u64::from(shape.width) * 8;
    match format {
        Format::Png | Format::Bmp | Format::Jpeg => 4 * row,
        // Lossless: pixels of four bytes. Lossy: planes of one and a half, a byte of alpha, its own
        // decoder's four.
        Format::WebP => pixels.saturating_mul(6),
        // Indices, and a canvas where the first frame does not cover the picture.
        Format::Gif => pixels.saturating_mul(5),
        // The whole picture, and a strip that may be the whole of it again.
        Format::Tiff => shape.samples().saturating_mul(bytes_per_sample).saturating_mul(2),
    }
}

/// Whether a WebP file's first picture chunk (RFC 9649, section 2.5) is lossy.
fn is_lossy_webp(bytes: &[u8]) -> bool {
    let mut chunks = bytes.get(12..).unwrap_or_default();
    while let [a, b, c, d, s0, s1, s2, s3, rest @ ..] = chunks {
        match &[*a, *b, *c, *d] {
            b"VP8 " => return true,
            b"VP8L" => return false,
            _ => {}
        }
        let size = u32::from_le_bytes([*s0, *s1, *s2, *s3]) as usize;
        chunks = rest.get(size.saturating_add(size & 1)..).unwrap_or_default();
    }
    false
}

fn read(
    decoder: Box<dyn ImageDecoder + '_>,
    format: Format,
    shape: Shape,
    bytes_per_sample: u64,
) -> Result<Frame, Error> {
    let broken = |error: ImageError| classify(&error, format);
    let samples = usize::try_from(shape.samples()).map_err(|_| LimitError::Exhausted)?;
    if bytes_per_sample == 1 {
        let mut pixels = zeroed::<u8>(samples)?;
        decoder.read_image_boxed(&mut pixels).map_err(broken)?;
        Ok(Frame::new(shape, pixels))
    } else {
        let mut pixels = zeroed::<u16>(samples)?;
        decoder.read_image_boxed(bytemuck::cast_slice_mut(&mut pixels)).map_err(broken)?;
        Ok(Frame::new(shape, pixels))
    }
}

/// A codec's error by whose affair it is. Its text stays inside: it is not ours to promise.
fn classify(error: &ImageError, format: Format) -> Error {
    match error {
        ImageError::Unsupported(_) => UnsupportedError::Feature(format).into(),
        ImageError::Limits(_) => LimitError::Exhausted.into(),
        error if ends_early(error) => InputError::Truncated(format).into(),
        _ => InputError::Malformed(format).into(),
    }
}

/// Whether the input's end lies at the bottom of an error.
fn ends_early(error: &(dyn std::error::Error + 'static)) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|io| io.kind() == ErrorKind::UnexpectedEof)
        || error.source().is_some_and(ends_early)
}
