//! Animations to files, frame by frame.

use std::io::Write;

use super::encode::{no_room, png_encoder};
use super::gif_encode;
use crate::image::animation::Delay;
use crate::image::limits::grown_bytes;
use crate::image::{Error, Frame, InputError, Output, Samples, Shape};

/// An animation in the making. Each frame is a whole picture in place of the one before.
pub(in crate::image) enum Sequence<W: Write> {
    Png(Box<png::Writer<W>>),
    Gif(gif::Encoder<W>),
}

impl<W: Write> Sequence<W> {
    /// Begins a file of so many frames that are played so often; 0 is for ever.
    pub(in crate::image) fn begin(
        out: W,
        output: Output,
        (shape, bytes_per_sample): (Shape, u64),
        frames: u32,
        plays: u32,
    ) -> Result<Self, Error> {
        match output {
            Output::Png => {
                let mut encoder = png_encoder(out, shape, bytes_per_sample);
                encoder.set_animated(frames, plays).map_err(no_room)?;
                Ok(Self::Png(Box::new(encoder.write_header().map_err(no_room)?)))
            }
            Output::Gif => {
                let mut encoder = gif_encode::begin(out, shape)?;
                encoder.set_repeat(repeat(plays)).map_err(no_room)?;
                Ok(Self::Gif(encoder))
            }
            Output::Jpeg | Output::WebP | Output::Qoi => {
                Err(InputError::AnimationNotHeld { format: output, frames }.into())
            }
        }
    }

    /// Writes a frame of the shape that was announced.
    pub(in crate::image) fn write(&mut self, frame: Frame, delay: Delay) -> Result<(), Error> {
        match self {
            Self::Png(writer) => {
                let (numerator, denominator) = delay.fraction();
                writer.set_frame_delay(numerator, denominator).map_err(no_room)?;
                let written = match frame.into_samples() {
                    Samples::U8(samples) => writer.write_image_data(&samples),
                    Samples::U16(mut samples) => {
                        // PNG is big-endian.
                        samples.iter_mut().for_each(|sample| *sample = sample.to_be());
                        writer.write_image_data(bytemuck::cast_slice(&samples))
                    }
                };
                written.map_err(no_room)
            }
            Self::Gif(encoder) => gif_encode::write(encoder, frame, delay.hundredths()),
        }
    }

    /// Ends the file.
    pub(in crate::image) fn finish(self) -> Result<(), Error> {
        match self {
            Self::Png(writer) => writer.finish().map_err(no_room),
            Self::Gif(encoder) => gif_encode::finish(encoder),
        }
    }
}

/// How often a GIF is to be repeated once it has been played.
fn repeat(plays: u32) -> gif::Repeat {
    match plays {
        0 => gif::Repeat::Infinite,
        _ => gif::Repeat::Finite(u16::try_from(plays - 1).unwrap_or(u16::MAX)),
    }
}

/// The most memory, in bytes, that a file of so many frames and its encoder take beside the frame.
pub(in crate::image) fn memory_estimate(
    output: Output,
    shape: Shape,
    bytes_per_sample: u64,
    frames: u32,
) -> u64 {
    let (frame, scratch) = match output {
        Output::Gif => {
            (gif_encode::frame_bytes(shape), gif_encode::scratch_bytes(shape, bytes_per_sample))
        }
        // A frame's data are gathered, at most a third more than its samples, and copied.
        _ => {
            let samples = shape.samples().saturating_mul(bytes_per_sample);
            let data = samples.saturating_add(samples / 3);
            (samples, grown_bytes(data).saturating_add(data))
        }
    };
    frame.saturating_mul(frames.into()).saturating_add(scratch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gif_counts_what_comes_after_the_first_time() {
        for (plays, expected) in [
            (0, gif::Repeat::Infinite),
            (1, gif::Repeat::Finite(0)),
            (2, gif::Repeat::Finite(1)),
            (65_536, gif::Repeat::Finite(65_535)),
            (65_537, gif::Repeat::Finite(65_535)),
        ] {
            assert_eq!(repeat(plays), expected, "{plays}");
        }
    }
}
