//! The frames of an animated PNG (W3C, third edition, section 4.10).

use std::cell::Cell;
use std::rc::Rc;

use png::{
    BlendOp, ColorType, Decoder, DecodingError, DisposeOp, FrameControl, Limits, Reader,
    Transformations,
};

use super::Delay;
use super::patch::{Disposal, Patch, Patches};
use crate::image::file::header::METADATA_BYTES;
use crate::image::file::input::Input;
use crate::image::{Error, Format, Frame, InputError, Layout, LimitError, Samples, Shape};
use crate::pixels::buffer::zeroed;

/// What the denominator of a delay means that is 0.
const HUNDREDTHS: u16 = 100;

pub(super) struct Png<'a> {
    reader: Reader<Input<'a>>,
    begun: bool,
    overrun: Rc<Cell<bool>>,
}

impl<'a> Png<'a> {
    pub(super) fn open(file: &'a [u8], frames: u32, width: u32) -> Result<Self, Error> {
        let overrun = Rc::default();
        // For each frame the decoder counts a row, of which it holds but one.
        let rows = u64::from(frames).saturating_mul(8 * u64::from(width));
        let bytes = usize::try_from(METADATA_BYTES.saturating_add(rows)).unwrap_or(usize::MAX);
        let input = Input::new(file, Rc::clone(&overrun));
        let mut decoder = Decoder::new_with_limits(input, Limits { bytes });
        decoder.set_transformations(Transformations::EXPAND);
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        let reader = decoder.read_info().map_err(|error| classify(&error, &overrun))?;
        Ok(Self { reader, begun: false, overrun })
    }

    /// The layout of a patch, and the bytes of its samples.
    pub(super) fn samples(&self) -> (Layout, u64) {
        let (colour, depth) = self.reader.output_color_type();
        let layout = match colour {
            ColorType::Grayscale => Layout::L,
            ColorType::GrayscaleAlpha => Layout::La,
            ColorType::Rgb | ColorType::Indexed => Layout::Rgb,
            ColorType::Rgba => Layout::Rgba,
        };
        (layout, if depth == png::BitDepth::Sixteen { 2 } else { 1 })
    }

    /// Goes to the data of the next frame.
    fn control(&mut self) -> Result<FrameControl, Error> {
        let broken = |error| classify(&error, &self.overrun);
        // The reader has come to the first data. They are no frame where no control comes before.
        if self.begun || self.reader.info().frame_control.is_none() {
            self.reader.next_frame_info().map_err(broken)?;
        }
        self.begun = true;
        Ok(self.reader.info().frame_control.ok_or(InputError::Malformed(Format::Png))?)
    }

    fn picture(&mut self, shape: Shape, bytes_per_sample: u64) -> Result<Frame, Error> {
        let length = self.reader.output_buffer_size().ok_or(LimitError::Exhausted)?;
        let samples = if bytes_per_sample == 1 {
            let mut samples = zeroed::<u8>(length)?;
            self.decode(&mut samples)?;
            samples.truncate(shape.samples() as usize);
            Samples::U8(samples)
        } else {
            let mut samples = zeroed::<u16>(length / 2)?;
            self.decode(bytemuck::cast_slice_mut(&mut samples))?;
            samples.truncate(shape.samples() as usize);
            samples.iter_mut().for_each(|sample| *sample = u16::from_be(*sample));
            Samples::U16(samples)
        };
        Ok(Frame::new(shape, samples))
    }

    /// Decodes a frame to the begin of a buffer that is as long as the canvas.
    fn decode(&mut self, buffer: &mut [u8]) -> Result<(), Error> {
        let whole_row = buffer.len() / self.reader.info().height as usize;
        let info = self.reader.next_frame(buffer);
        let info = info.map_err(|error| classify(&error, &self.overrun))?;
        // Rows that were interlaced lie as far apart as those of the canvas.
        if self.reader.info().interlaced {
            for y in 1..info.height as usize {
                let row = y * whole_row..y * whole_row + info.line_size;
                buffer.copy_within(row, y * info.line_size);
            }
        }
        Ok(())
    }
}

impl Patches for Png<'_> {
    fn plays(&self) -> u32 {
        self.reader.info().animation_control.map_or(0, |control| control.num_plays)
    }

    fn next(&mut self) -> Result<Patch, Error> {
        let control = self.control()?;
        let (layout, bytes_per_sample) = self.samples();
        let shape = Shape { width: control.width, height: control.height, layout };
        let denominator = if control.delay_den == 0 { HUNDREDTHS } else { control.delay_den };
        Ok(Patch {
            left: control.x_offset,
            top: control.y_offset,
            picture: self.picture(shape, bytes_per_sample)?,
            blends: control.blend_op == BlendOp::Over,
            disposal: match control.dispose_op {
                DisposeOp::None => Disposal::Keep,
                DisposeOp::Background => Disposal::Clear,
                DisposeOp::Previous => Disposal::Restore,
            },
            delay: Delay { numerator: control.delay_num.into(), denominator: denominator.into() },
        })
    }
}

fn classify(error: &DecodingError, overrun: &Cell<bool>) -> Error {
    match error {
        DecodingError::LimitsExceeded => LimitError::Exhausted.into(),
        _ if overrun.get() => InputError::Truncated(Format::Png).into(),
        _ => InputError::Malformed(Format::Png).into(),
    }
}
