//! The frames of a GIF (CompuServe, 89a).

use std::cell::Cell;
use std::rc::Rc;

use gif::{
    ColorOutput, DecodeOptions, Decoder, DecodingError, DisposalMethod, MemoryLimit, Repeat,
};

use super::Delay;
use super::patch::{Disposal, Patch, Patches};
use crate::image::file::input::Input;
use crate::image::limits::zeroed_samples;
use crate::image::{Error, Format, Frame, InputError, Layout, LimitError, Shape};

pub(super) struct Gif<'a> {
    decoder: Decoder<Input<'a>>,
    overrun: Rc<Cell<bool>>,
}

impl<'a> Gif<'a> {
    pub(super) fn open(file: &'a [u8]) -> Result<Self, Error> {
        let overrun = Rc::default();
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        // Metadata is at most as long as the file.
        options.set_memory_limit(MemoryLimit::Unlimited);
        let decoder = options.read_info(Input::new(file, Rc::clone(&overrun)));
        let decoder = decoder.map_err(|error| classify(&error, &overrun))?;
        Ok(Self { decoder, overrun })
    }
}

impl Patches for Gif<'_> {
    /// The file says how often the animation is repeated once it has been played.
    fn plays(&self) -> u32 {
        match self.decoder.repeat() {
            Repeat::Infinite => 0,
            Repeat::Finite(repeats) => u32::from(repeats) + 1,
        }
    }

    fn next(&mut self) -> Result<Patch, Error> {
        let broken = |error| classify(&error, &self.overrun);
        let info = self.decoder.next_frame_info().map_err(broken)?;
        let info = info.ok_or(InputError::Truncated(Format::Gif))?;
        let (width, height) = (u32::from(info.width), u32::from(info.height));
        let (left, top) = (u32::from(info.left), u32::from(info.top));
        let delay = Delay { numerator: u32::from(info.delay), denominator: 100 };
        let disposal = match info.dispose {
            DisposalMethod::Any | DisposalMethod::Keep => Disposal::Keep,
            DisposalMethod::Background => Disposal::Clear,
            DisposalMethod::Previous => Disposal::Restore,
        };
        let shape = Shape { width, height, layout: Layout::Rgba };
        let mut samples = zeroed_samples::<u8>(shape)?;
        self.decoder.read_into_buffer(&mut samples).map_err(broken)?;
        let picture = Frame::new(shape, samples);
        Ok(Patch { left, top, picture, blends: true, disposal, delay })
    }
}

fn classify(error: &DecodingError, overrun: &Cell<bool>) -> Error {
    match error {
        DecodingError::OutOfMemory | DecodingError::MemoryLimit => LimitError::Exhausted.into(),
        _ if overrun.get() => InputError::Truncated(Format::Gif).into(),
        _ => InputError::Malformed(Format::Gif).into(),
    }
}
