//! Pictures to files. Files go to a writer piece by piece, so that only they decide what they cost.

use std::io::Write;

use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::convert::narrow;
use super::{gif_encode, qoi_encode};
use crate::image::jpeg;
use crate::image::limits::grown_bytes;
use crate::image::{Encoding, Error, Frame, Layout, LimitError, Output, Samples, Shape};
use crate::pixels::buffer::zeroed;

/// Bytes of a compressed PNG chunk: a whole IDAT is held until its length is known.
const PNG_CHUNK_BYTES: usize = 64 * 1024;

/// Writes `frame` as `encoding` says.
///
/// PNG keeps 16-bit samples; JPEG, WebP (lossless), GIF and QOI take them rounded to 8. JPEG has no
/// alpha: the picture is laid on the encoding's background. GIF has at most 256 colours, without
/// dither, and alpha that is rounded to on and off.
///
/// # Errors
/// Where a side is longer than the format can express, or `out` has no room.
pub fn encode(frame: Frame, encoding: &Encoding, out: &mut impl Write) -> Result<(), Error> {
    encoding.output.check_sides(frame.shape())?;
    match encoding.output {
        Output::Png => {
            let wide = matches!(frame.samples(), Samples::U16(_));
            let mut wide_row = zeroed(if wide { frame.shape().row() } else { 0 })?;
            png(&frame, &mut wide_row, out).map_err(no_room)
        }
        Output::Jpeg => {
            let background = encoding.background.on_white().rgb;
            jpeg::encode::encode(&frame, encoding.quality, background, out)
        }
        Output::WebP => webp(frame, out),
        Output::Gif => gif_encode::encode(frame, out),
        Output::Qoi => qoi_encode::encode(frame, out),
    }
}

/// The most memory, in bytes, that such a file and its encoder take beside the frame.
pub(in crate::image) fn memory_estimate(
    encoding: &Encoding,
    shape: Shape,
    bytes_per_sample: u64,
) -> u64 {
    let samples = shape.samples();
    let pixels = shape.pixels();
    let narrowed = if bytes_per_sample == 2 { samples } else { 0 };
    match encoding.output {
        // A file of as many bytes as the samples: pictures take fewer, noise a third more. The
        // encoder holds rows and chunks.
        Output::Png => samples
            .saturating_mul(bytes_per_sample)
            .saturating_add(32 * u64::from(shape.width) + 2 * PNG_CHUNK_BYTES as u64),
        Output::Jpeg => jpeg::encode::file_bytes(shape, encoding.quality)
            .saturating_add(jpeg::encode::scratch_bytes(shape)),
        Output::Qoi => qoi_encode::memory_estimate(shape, bytes_per_sample),
        Output::Gif => gif_encode::frame_bytes(shape)
            .saturating_add(gif_encode::scratch_bytes(shape, bytes_per_sample)),
        // Four bytes a pixel in the encoder, in whose place the file is written; before that the
        // encoder grows it, to at most nine bits of green and eight of the others a pixel.
        Output::WebP => {
            let file = samples.saturating_add(pixels / 8);
            narrowed.saturating_add(pixels.saturating_mul(4)).saturating_add(grown_bytes(file))
        }
    }
}

/// The writer is the only thing that can fail, and only for want of memory.
pub(super) fn no_room<E>(_: E) -> Error {
    LimitError::Exhausted.into()
}

/// An encoder of pictures of this shape.
pub(super) fn png_encoder<W: Write>(
    out: W,
    shape: Shape,
    bytes_per_sample: u64,
) -> png::Encoder<'static, W> {
    let mut encoder = png::Encoder::new(out, shape.width, shape.height);
    encoder.set_color(match shape.layout {
        Layout::L => png::ColorType::Grayscale,
        Layout::La => png::ColorType::GrayscaleAlpha,
        Layout::Rgb => png::ColorType::Rgb,
        Layout::Rgba => png::ColorType::Rgba,
    });
    encoder.set_depth(match bytes_per_sample {
        1 => png::BitDepth::Eight,
        _ => png::BitDepth::Sixteen,
    });
    encoder.set_compression(png::Compression::Fast);
    encoder
}

/// `wide_row` has room for a row of 16-bit samples, where they are that.
fn png(
    frame: &Frame,
    wide_row: &mut [[u8; 2]],
    out: &mut impl Write,
) -> Result<(), png::EncodingError> {
    let shape = frame.shape();
    let bytes_per_sample = if wide_row.is_empty() { 1 } else { 2 };
    let mut writer = png_encoder(out, shape, bytes_per_sample).write_header()?;
    let mut stream = writer.stream_writer_with_size(PNG_CHUNK_BYTES)?;
    match frame.samples() {
        Samples::U8(samples) => stream.write_all(samples)?,
        Samples::U16(samples) => {
            // PNG is big-endian; a row at a time keeps the copy small.
            for row in samples.chunks_exact(shape.row()) {
                for (bytes, sample) in wide_row.iter_mut().zip(row) {
                    *bytes = sample.to_be_bytes();
                }
                stream.write_all(wide_row.as_flattened())?;
            }
        }
    }
    stream.finish()?;
    writer.finish()
}

fn webp(frame: Frame, out: &mut impl Write) -> Result<(), Error> {
    let (Shape { width, height, layout }, samples) = narrow(frame)?;
    let colour = match layout {
        Layout::L => ExtendedColorType::L8,
        Layout::La => ExtendedColorType::La8,
        Layout::Rgb => ExtendedColorType::Rgb8,
        Layout::Rgba => ExtendedColorType::Rgba8,
    };
    WebPEncoder::new_lossless(out).write_image(&samples, width, height, colour).map_err(no_room)
}
