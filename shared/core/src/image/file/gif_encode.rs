//! GIF (CompuServe, 89a) from frames, each in a palette of its own.

use std::borrow::Cow;
use std::io::Write;

use gif::{DisposalMethod, Encoder, EncodingError};

use super::convert::narrow;
use super::palette::{Indexed, MOST};
use crate::image::limits::grown_bytes;
use crate::image::{Error, Frame, LimitError, Output, Shape};

/// The tables of the coder.
const TABLES_BYTES: u64 = 512 * 1024;

/// Begins a file of pictures of this shape.
pub(in crate::image) fn begin<W: Write>(out: W, shape: Shape) -> Result<Encoder<W>, Error> {
    Output::Gif.check_sides(shape)?;
    let (width, height) = (shape.width as u16, shape.height as u16);
    Encoder::new(out, width, height, &[]).map_err(no_room)
}

/// Writes a frame that is shown for `delay` hundredths of a second. Samples are rounded to 8 bits,
/// alpha to on and off. Of a frame that may be transparent nothing is left for the next to show.
pub(in crate::image) fn write<W: Write>(
    encoder: &mut Encoder<W>,
    frame: Frame,
    delay: u16,
) -> Result<(), Error> {
    let (Shape { width, height, layout }, samples) = narrow(frame)?;
    let Indexed { palette, transparent, indices } = Indexed::of(layout, &samples, MOST)?;
    drop(samples);
    let clears = layout.has_alpha();
    let frame = gif::Frame {
        delay,
        dispose: if clears { DisposalMethod::Background } else { DisposalMethod::Keep },
        transparent,
        width: width as u16,
        height: height as u16,
        palette: Some(palette.concat()),
        buffer: Cow::Owned(indices),
        ..gif::Frame::default()
    };
    encoder.write_frame(&frame).map_err(no_room)
}

/// Ends the file.
pub(in crate::image) fn finish<W: Write>(encoder: Encoder<W>) -> Result<(), Error> {
    encoder.into_inner().map(|_| ()).map_err(no_room)
}

/// Writes a file of one picture.
pub(in crate::image) fn encode(frame: Frame, out: &mut impl Write) -> Result<(), Error> {
    let mut encoder = begin(out, frame.shape())?;
    write(&mut encoder, frame, 0)?;
    finish(encoder)
}

/// The most memory, in bytes, that writing takes beside the frame and the file: the coder gathers a
/// frame's codes, of which the longest have 12 bits.
pub(in crate::image) fn scratch_bytes(shape: Shape, bytes_per_sample: u64) -> u64 {
    let narrowed = if bytes_per_sample == 2 { shape.samples() } else { 0 };
    let codes = grown_bytes(shape.pixels() / 2 * 3);
    narrowed
        .saturating_add(Indexed::memory_estimate(shape.pixels()))
        .saturating_add(codes)
        .saturating_add(TABLES_BYTES)
}

/// The bytes that are expected of a frame: one a pixel. Noise takes half as many again.
pub(in crate::image) fn frame_bytes(shape: Shape) -> u64 {
    shape.pixels()
}

/// The writer is the only thing that can fail, and only for want of memory.
fn no_room(_: EncodingError) -> Error {
    LimitError::Exhausted.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Layout;

    #[test]
    fn a_still_picture_is_one_frame() {
        let shape = Shape { width: 3, height: 1, layout: Layout::Rgba };
        let samples = vec![1u8, 2, 3, 255, 4, 5, 6, 127, 7, 8, 9, 128];
        let mut file = Vec::new();
        encode(Frame::new(shape, samples), &mut file).unwrap();
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut decoder = options.read_info(&file[..]).unwrap();
        assert_eq!((decoder.width(), decoder.height()), (3, 1));
        assert_eq!(decoder.repeat(), gif::Repeat::Finite(0));
        let frame = decoder.read_next_frame().unwrap().unwrap();
        assert_eq!(frame.buffer[..4], [1, 2, 3, 255]);
        assert_eq!((frame.buffer[7], &frame.buffer[8..]), (0, &[7, 8, 9, 255][..]));
        assert!(decoder.read_next_frame().unwrap().is_none());
        assert_eq!(file.last(), Some(&b';'));
    }

    #[test]
    fn a_side_of_more_than_16_bits_is_refused() {
        let shape = Shape { width: 65_536, height: 1, layout: Layout::L };
        let error = encode(Frame::new(shape, vec![0u8; 65_536]), &mut Vec::new()).unwrap_err();
        let message = "The picture's longer side has 65536 pixels; GIF holds at most 65535.";
        assert_eq!(error.to_string(), message);
    }
}
