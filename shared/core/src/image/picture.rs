//! A picture from its file: the header first, the samples only when they are affordable.

use std::io::Write;

use image::metadata::Orientation;

use super::animation::Animation;
#[cfg(feature = "avif")]
use super::avif::decode::Avif;
use super::file::codec::Codec;
use super::file::encode::{self, encode};
use super::file::header::{self, Header, webp_is_lossy};
use super::file::orientation;
use super::file::sequence::{self, Sequence};
use super::jpeg::decode::Jpeg;
use super::{
    Encoding, Error, Format, Frame, InputError, Limits, Operation, Output, Pipeline, Shape,
};
use crate::reserve;

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
    /// What decoding takes beside a frame, and what is held from the first frame to the last.
    decoder_bytes: u64,
    held_bytes: u64,
    lossy: bool,
    decoder: Decoder<'a>,
}

enum Decoder<'a> {
    Jpeg(Box<Jpeg<'a>>),
    Animation(Box<Animation<'a>>),
    #[cfg(feature = "avif")]
    Avif(Box<Avif<'a>>),
    Other(Codec<'a>),
}

impl Decoder<'_> {
    /// The picture; of an animation the first of its frames.
    fn decode(self) -> Result<Frame, Error> {
        match self {
            Self::Jpeg(jpeg) => jpeg.decode(),
            Self::Animation(mut animation) => Ok(animation.next()?.0),
            #[cfg(feature = "avif")]
            Self::Avif(avif) => avif.decode(),
            Self::Other(codec) => codec.decode(),
        }
    }
}

impl<'a> Picture<'a> {
    /// Reads the header of a file in one of the formats [`Format::READ`]. Nothing of the picture's
    /// size is allocated.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let format = Format::of(bytes)?;
        let picture = match format {
            Format::Jpeg => Self::open_jpeg(bytes)?,
            _ => {
                let header = header::checked(format, bytes, limits)?;
                match header.animation {
                    #[cfg(feature = "avif")]
                    _ if format == Format::Avif => Self::open_avif(bytes)?,
                    Some(largest) => Self::open_animation(format, bytes, header, largest, limits)?,
                    None => Self::open_other(format, bytes, limits)?,
                }
            }
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
            held_bytes: 0,
            lossy: true,
            decoder: Decoder::Jpeg(Box::new(jpeg)),
        })
    }

    fn open_animation(
        format: Format,
        bytes: &'a [u8],
        header: Header<'a>,
        largest: (u32, u32),
        limits: &Limits,
    ) -> Result<Self, Error> {
        let animation = Animation::open(format, bytes, header, largest, limits)?;
        Ok(Self {
            format,
            input_bytes: bytes.len() as u64,
            shape: animation.shape,
            bytes_per_sample: animation.bytes_per_sample,
            orientation: animation.orientation,
            decoder_bytes: animation.scratch_bytes,
            held_bytes: animation.held_bytes,
            lossy: format == Format::WebP && webp_is_lossy(bytes),
            decoder: Decoder::Animation(Box::new(animation)),
        })
    }

    #[cfg(feature = "avif")]
    fn open_avif(bytes: &'a [u8]) -> Result<Self, Error> {
        let avif = Avif::open(bytes)?;
        Ok(Self {
            format: Format::Avif,
            input_bytes: bytes.len() as u64,
            shape: avif.shape,
            bytes_per_sample: avif.bytes_per_sample,
            orientation: avif.orientation,
            decoder_bytes: avif.scratch_bytes,
            held_bytes: 0,
            lossy: true,
            decoder: Decoder::Avif(Box::new(avif)),
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
            held_bytes: 0,
            lossy: format == Format::WebP && webp_is_lossy(bytes),
            decoder: Decoder::Other(codec),
        })
    }

    /// The file's format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether the file's coding has lost detail: JPEG, AVIF, and WebP with a `VP8 ` chunk.
    pub fn is_lossy(&self) -> bool {
        self.lossy
    }

    /// How many frames there are: more than one of an animation in GIF, PNG or WebP.
    pub fn frames(&self) -> u32 {
        match &self.decoder {
            Decoder::Animation(animation) => animation.frames,
            _ => 1,
        }
    }

    /// The format that the picture goes out in, where nobody says otherwise.
    pub fn kept(&self) -> Output {
        self.format.kept(self.frames())
    }

    /// One of the frames by itself, the first of which is 0, as it is seen when those before it have
    /// been shown.
    ///
    /// # Errors
    /// Where there is no such frame.
    pub fn frame(mut self, frame: u32) -> Result<Self, Error> {
        let frames = self.frames();
        if frame >= frames {
            return Err(InputError::NoFrame { frame, frames }.into());
        }
        if let Decoder::Animation(animation) = &mut self.decoder {
            animation.pick(frame);
        }
        Ok(self)
    }

    /// Finds out what it takes to read the picture, apply `pipeline` to each of its frames and write
    /// them as `encoding`, before any sample is read. `overhead_bytes` is what holding the file takes
    /// beside the file.
    ///
    /// # Errors
    /// Where an operation cannot be done, the format does not hold the frames, or the work would
    /// exceed a limit.
    pub fn plan(
        mut self,
        pipeline: &'a Pipeline,
        encoding: &'a Encoding,
        limits: &Limits,
        overhead_bytes: u64,
    ) -> Result<Plan<'a>, Error> {
        let (format, frames) = (encoding.output, self.frames());
        if frames > 1 && !format.holds_animations() {
            return Err(InputError::AnimationNotHeld { format, frames }.into());
        }
        if let Decoder::Animation(animation) = &self.decoder {
            Limits::check_frame_count(animation.composed())?;
            limits.check_pixels(animation.frame_pixels, animation.composed())?;
        }
        if format == Output::Jpeg && pipeline.needs_only_luma() {
            self.keep_luma();
        }
        let upright = orientation::upright(self.orientation);
        let bytes = |shape: Shape| shape.samples().saturating_mul(self.bytes_per_sample);
        let (last, peak_bytes) =
            pipeline.plan(upright.shape(self.shape), self.bytes_per_sample, frames, limits)?;
        format.check_sides(last)?;
        let turned = upright.scratch_bytes(self.shape, self.bytes_per_sample);
        let (sequence, file) = match frames {
            1 => (0, encode::memory_estimate(encoding, last, self.bytes_per_sample)),
            _ => (sequence::memory_estimate(format, last, self.bytes_per_sample, frames), 0),
        };
        let memory_bytes = bytes(self.shape)
            .saturating_add(self.decoder_bytes.max(turned))
            .max(peak_bytes)
            .max(bytes(last).saturating_add(file))
            .saturating_add(self.held_bytes)
            .saturating_add(sequence)
            .saturating_add(BASE_BYTES)
            .saturating_add(self.input_bytes)
            .saturating_add(overhead_bytes);
        limits.check_memory(memory_bytes)?;
        Ok(Plan { picture: self, pipeline, encoding, last, memory_bytes })
    }

    /// What a pipeline makes of the picture, not written as a file.
    pub(super) fn result(
        self,
        pipeline: &Pipeline,
        limits: &Limits,
        overhead_bytes: u64,
        mut done: impl FnMut(&str),
    ) -> Result<Frame, Error> {
        // It is planned for the format that holds any picture.
        let encoding = Encoding::new(Output::Qoi);
        let mut frame = self.plan(pipeline, &encoding, limits, overhead_bytes)?.decode()?;
        done("decode");
        pipeline.apply(&mut frame, |pass| done(&names(pass)))?;
        Ok(frame)
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
    pipeline: &'a Pipeline,
    encoding: &'a Encoding,
    /// What comes of each frame.
    last: Shape,
    memory_bytes: u64,
}

impl Plan<'_> {
    /// The most linear memory that the work takes, in bytes. A file that turns out larger than is
    /// usual may need more: its writer is the first to know.
    pub fn memory_bytes(&self) -> u64 {
        self.memory_bytes
    }

    /// The same plan, once all the memory is there that it may take, for hosts without a budget: not
    /// all who allocate can tell that there is none.
    ///
    /// # Errors
    /// If the memory cannot be had.
    pub fn reserved(self) -> Result<Self, Error> {
        reserve(self.memory_bytes)?;
        Ok(self)
    }

    /// Reads the picture, applies the pipeline and writes the result to `out`; of an animation, frame
    /// by frame. After each step `done` is told its name: `decode`, those of the operations that were
    /// done in one pass, joined by `+`, and `encode`.
    ///
    /// # Errors
    /// Where the file is broken, or memory cannot be had.
    pub fn transform(self, out: &mut impl Write, mut done: impl FnMut(&str)) -> Result<(), Error> {
        let Self { picture, pipeline, encoding, last, .. } = self;
        let upright = orientation::upright(picture.orientation);
        let change = |frame: &mut Frame, done: &mut dyn FnMut(&str)| {
            upright.apply(frame)?;
            done("decode");
            pipeline.apply(frame, |pass| done(&names(pass)))
        };
        match picture.decoder {
            // One frame is in memory at a time: the canvas aside, which the next is drawn on.
            Decoder::Animation(mut animation) if animation.frames > 1 => {
                let samples = (last, picture.bytes_per_sample);
                let (frames, plays) = (animation.frames, animation.plays());
                let mut sequence = Sequence::begin(out, encoding.output, samples, frames, plays)?;
                for _ in 0..frames {
                    let (mut frame, delay) = animation.next()?;
                    change(&mut frame, &mut done)?;
                    sequence.write(frame, delay)?;
                    done("encode");
                }
                sequence.finish()
            }
            decoder => {
                let mut frame = decoder.decode()?;
                change(&mut frame, &mut done)?;
                encode(frame, encoding, out)?;
                done("encode");
                Ok(())
            }
        }
    }

    /// Decodes the samples, of an animation those of the first frame, and turns them upright.
    pub fn decode(self) -> Result<Frame, Error> {
        let mut frame = self.picture.decoder.decode()?;
        orientation::upright(self.picture.orientation).apply(&mut frame)?;
        Ok(frame)
    }
}

impl Frame {
    /// Decodes a file in any format that is read, once all the memory is there that it may take; of
    /// an animation the first frame.
    ///
    /// # Errors
    /// Where the file is none, a limit is exceeded, or the memory cannot be had.
    pub fn decode(file: &[u8], limits: &Limits) -> Result<Self, Error> {
        // It is planned for the format that holds any picture.
        let (pipeline, encoding) = (Pipeline::default(), Encoding::new(Output::Qoi));
        let first = Picture::open(file, limits)?.frame(0)?;
        first.plan(&pipeline, &encoding, limits, 0)?.reserved()?.decode()
    }
}

/// The names of operations that were done in one pass.
fn names(pass: &[Operation]) -> String {
    let names: Vec<_> = pass.iter().map(|operation| operation.name()).collect();
    names.join("+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Layout;
    use crate::image::files::{self, Png};

    /// What a PNG of RGB takes beside its file.
    fn needed(width: u32, height: u32, pipeline: &str) -> u64 {
        let mut file = Png::new(1, 1, 2, 8).file();
        file[16..24].copy_from_slice(&[width, height].map(u32::to_be_bytes).concat());
        let checksum = files::crc32(&file[12..29]);
        file[29..33].copy_from_slice(&checksum.to_be_bytes());
        let limits = Limits { side: 32_767, pixels: 50_000_000, memory_bytes: u64::MAX };
        let pipeline: Pipeline = pipeline.parse().unwrap();
        let picture = Picture::open(&file, &limits).unwrap();
        assert_eq!(picture.shape, Shape { width, height, layout: Layout::Rgb });
        let encoding = Encoding::new(Output::Jpeg);
        let plan = picture.plan(&pipeline, &encoding, &limits, 0).unwrap();
        plan.memory_bytes() - file.len() as u64
    }

    #[test]
    fn a_png_of_24_megapixels_in_the_largest_body_is_blurred_within_128_mib() {
        let needed = needed(6_000, 4_000, "blur") + (32 << 20);
        assert!(needed <= 128 << 20, "{needed} bytes");
    }

    #[test]
    fn the_light_of_12_megapixels_is_averaged_within_128_mib() {
        for pipeline in ["resize:800x,linear", "blur:5,linear"] {
            let needed = needed(4_000, 3_000, pipeline) + (8 << 20);
            assert!(needed <= 128 << 20, "{pipeline}: {needed} bytes");
        }
    }
}
