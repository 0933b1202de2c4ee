//! Pictures: files, and operations on them.

use std::cell::RefCell;

use edge_core::image::{
    self, Colour, Defaults, File, Format, Frame, Limits, Output, Picture, Pipeline,
};
use edge_core::reserve;

use super::component::Functions;
use super::component::bindings::exports::edge::functions::image::{
    Encoding, Error, Guest, GuestImage, Image,
};

/// What memory there is, is the host's to grant.
const LIMITS: Limits = Limits::ADDRESSABLE;

impl Guest for Functions {
    type Image = Decoded;

    fn transform(
        file: Vec<u8>,
        pipeline: String,
        encoding: Encoding,
        frame: Option<u32>,
    ) -> Result<Vec<u8>, Error> {
        let mut picture = Picture::open(&file, &LIMITS)?;
        if let Some(frame) = frame {
            picture = picture.frame(frame)?;
        }
        let (encoding, background) = chosen(encoding, picture.kept())?;
        let defaults = Defaults { background, ..Defaults::default() };
        let pipeline = Pipeline::parse(pipeline.split('/'), &defaults)?;
        let plan = picture.plan(&pipeline, &encoding, &LIMITS, 0)?.reserved()?;
        let mut made = File::default();
        plan.transform(&mut made, |_| {})?;
        Ok(made.into_bytes())
    }
}

/// A decoded picture, and the format that it is written in where nobody says otherwise.
pub struct Decoded {
    frame: RefCell<Frame>,
    kept: Output,
}

impl GuestImage for Decoded {
    fn decode(file: Vec<u8>) -> Result<Image, Error> {
        let kept = Format::of(&file)?.kept(1);
        Ok(resource(Frame::decode(&file, &LIMITS)?, kept))
    }

    fn from_rgba(samples: Vec<u8>, width: u32, height: u32) -> Result<Image, Error> {
        let frame = Frame::from_rgba(width, height, samples)?;
        LIMITS.check_shape(frame.shape()).map_err(image::Error::from)?;
        Ok(resource(frame, Output::Png))
    }

    fn width(&self) -> u32 {
        self.frame.borrow().shape().width
    }

    fn height(&self) -> u32 {
        self.frame.borrow().shape().height
    }

    fn apply(&self, pipeline: String) -> Result<(), Error> {
        let pipeline: Pipeline = pipeline.parse()?;
        Ok(pipeline.apply(&mut self.frame.borrow_mut(), |_| {})?)
    }

    fn rgba(&self) -> Result<Vec<u8>, Error> {
        Ok(self.frame.borrow().to_rgba()?)
    }

    fn encode(&self, encoding: Encoding) -> Result<Vec<u8>, Error> {
        let (encoding, _) = chosen(encoding, self.kept)?;
        let frame = self.frame.borrow();
        reserve(frame.samples().bytes()).map_err(image::Error::from)?;
        encode(frame.clone(), &encoding)
    }
}

fn resource(frame: Frame, kept: Output) -> Image {
    Image::new(Decoded { frame: RefCell::new(frame), kept })
}

/// How to write a picture, and the background if one is asked for.
fn chosen(
    encoding: Encoding,
    kept: Output,
) -> Result<(image::Encoding, Option<Colour>), image::EncodingError> {
    let Encoding { format, quality, background } = encoding;
    let format = format.map(|format| Output::from(format).name());
    let background = background.as_deref();
    let encoding = image::Encoding::read(format, kept, quality.map(u32::from), background)?;
    Ok((encoding, background.map(|_| encoding.background)))
}

fn encode(frame: Frame, encoding: &image::Encoding) -> Result<Vec<u8>, Error> {
    let mut file = File::default();
    image::encode(frame, encoding, &mut file)?;
    Ok(file.into_bytes())
}
