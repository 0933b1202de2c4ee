//! A picture from its file: the header first, the samples only when they are affordable.

use std::io::Write;

use image::metadata::Orientation;

use super::file::codec::Codec;
use super::file::encode::{self, encode};
use super::file::header::webp_is_lossy;
use super::file::orientation;
use super::jpeg::decode::Jpeg;
use super::{Encoding, Error, Format, Frame, InputError, Limits, Output, Pipeline, Shape};

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
            decoder_bytes: codec.scratch_bytes,
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

    /// Finds out what it takes to read the picture, apply `pipeline` and write it as `encoding`,
    /// before any sample is read. `overhead_bytes` is what holding the file takes beside the file.
    ///
    /// # Errors
    /// Where an operation cannot be done, or the work would exceed a limit.
    pub fn plan(
        mut self,
        pipeline: &Pipeline,
        encoding: &Encoding,
        limits: &Limits,
        overhead_bytes: u64,
    ) -> Result<Plan<'a>, Error> {
        if encoding.output == Output::Jpeg && pipeline.needs_only_luma() {
            self.keep_luma();
        }
        let upright = orientation::upright(self.orientation);
        let bytes = |shape: Shape| shape.samples().saturating_mul(self.bytes_per_sample);
        let (last, peak_bytes) =
            pipeline.plan(upright.shape(self.shape), self.bytes_per_sample, limits)?;
        encoding.output.check_sides(last)?;
        let turned = upright.scratch_bytes(self.shape, self.bytes_per_sample);
        let file = encode::memory_estimate(encoding, last, self.bytes_per_sample);
        let memory_bytes = bytes(self.shape)
            .saturating_add(self.decoder_bytes.max(turned))
            .max(peak_bytes)
            .max(bytes(last).saturating_add(file))
            .saturating_add(BASE_BYTES)
            .saturating_add(self.input_bytes)
            .saturating_add(overhead_bytes);
        limits.check_memory(memory_bytes)?;
        Ok(Plan { picture: self, memory_bytes })
    }

    /// Reads the picture, applies `pipeline` and writes the result to `out`, all of it
    /// [planned](Self::plan) before. After each step `done` is told its name: `decode`, those of the
    /// operations that were done in one pass, joined by `+`, and `encode`.
    ///
    /// # Errors
    /// Where the plan fails, the file is broken, or memory cannot be had.
    pub fn transform(
        self,
        pipeline: &Pipeline,
        encoding: &Encoding,
        limits: &Limits,
        overhead_bytes: u64,
        out: &mut impl Write,
        mut done: impl FnMut(&str),
    ) -> Result<(), Error> {
        let mut frame = self.plan(pipeline, encoding, limits, overhead_bytes)?.decode()?;
        done("decode");
        pipeline.apply(&mut frame, |operations| {
            let names: Vec<_> = operations.iter().map(|operation| operation.name()).collect();
            done(&names.join("+"));
        })?;
        encode(frame, encoding, out)?;
        done("encode");
        Ok(())
    }

    /// The one way that leaves the formula of luma: a JPEG's own, from which colours were never
    /// made. It differs by rounding.
    fn keep_luma(&mut self) {
        if let Decoder::Jpeg(jpeg) = &mut self.decoder {
            jpeg.keep_luma();
            self.shape = jpeg.shape;
        }
    }
}

/// A picture that may be decoded: the work on it is within the limits.
pub struct Plan<'a> {
    picture: Picture<'a>,
    memory_bytes: u64,
}

impl Plan<'_> {
    /// The most linear memory that the work takes, in bytes. A file that turns out larger than is
    /// usual may need more: its writer is the first to know.
    pub fn memory_bytes(&self) -> u64 {
        self.memory_bytes
    }

    /// Decodes the samples and turns them upright.
    pub fn decode(self) -> Result<Frame, Error> {
        let mut frame = match self.picture.decoder {
            Decoder::Jpeg(jpeg) => jpeg.decode()?,
            Decoder::Other(codec) => codec.decode()?,
        };
        orientation::upright(self.picture.orientation).apply(&mut frame)?;
        Ok(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::files::{self, Png};
    use crate::image::{Defaults, Layout};

    #[test]
    fn a_png_of_24_megapixels_in_the_largest_body_is_blurred_within_128_mib() {
        let (body, budget) = (32 << 20, 128 << 20);
        let mut file = Png::new(1, 1, 2, 8).file();
        file[16..24].copy_from_slice(&[6_000u32, 4_000].map(u32::to_be_bytes).concat());
        let checksum = files::crc32(&file[12..29]);
        file[29..33].copy_from_slice(&checksum.to_be_bytes());
        let limits = Limits { side: 32_767, pixels: 50_000_000, memory_bytes: u64::MAX };
        let defaults = Defaults::default();
        let pipeline = Pipeline::parse(["blur"], &defaults).unwrap();
        let picture = Picture::open(&file, &limits).unwrap();
        assert_eq!(picture.shape, Shape { width: 6_000, height: 4_000, layout: Layout::Rgb });
        let plan = picture.plan(&pipeline, &Encoding::new(Output::Jpeg), &limits, 0).unwrap();
        let needed = plan.memory_bytes() - file.len() as u64 + body;
        assert!(needed <= budget, "{needed} bytes");
    }
}
