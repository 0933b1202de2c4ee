//! A picture from its file: the header first, the samples only when they are affordable.

use image::metadata::Orientation;

use super::chunks::webp_is_lossy;
use super::codec::Codec;
use super::jpeg::Jpeg;
use super::{
    Error, Format, Frame, InputError, Limits, Operation, Output, Shape, encode, orientation,
};

/// Linear memory that is spent beside any picture: program data, stacks, a body's chunks in flight,
/// and metadata.
const BASE_BYTES: u64 = 8 * 1024 * 1024;

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
    Other(Codec<'a>),
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
        let codec = Codec::open(format, bytes, limits)?;
        Ok(Self {
            format,
            input_bytes: bytes.len() as u64,
            shape: codec.shape,
            bytes_per_sample: codec.bytes_per_sample,
            orientation: codec.orientation,
            decoder_bytes: codec.scratch_bytes(),
            lossy: format == Format::WebP && webp_is_lossy(bytes),
            decoder: Decoder::Other(codec),
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
            Decoder::Other(codec) => codec.decode()?,
        };
        Ok(orientation::upright(frame, self.orientation))
    }
}
