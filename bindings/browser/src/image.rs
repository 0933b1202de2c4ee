//! Pictures from file to file.

use edge_core::image::{Defaults, Encoding, Frame, Limits, Output, Picture, Pipeline, Plan};
use edge_core::image::{Error, File, Layout, LimitError, Samples, encode};
use edge_core::pixels::rgba;
use edge_core::reserve;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bytes::Bytes;
use crate::error::{Result, error};
use crate::number::whole;
use crate::string::Text;

/// What memory there is, is the browser's to grant.
const LIMITS: Limits = Limits::ADDRESSABLE;

#[wasm_bindgen(typescript_custom_section)]
const OPTIONS: &str = r#"
/** How `transform` writes its answer. */
export interface TransformOptions {
    /**
     * "png", "jpeg", "webp", "gif" or "qoi"; else the file's own where that is one of the first three,
     * or GIF of several frames, and PNG. Only PNG and GIF hold animations.
     */
    format?: string;
    /** Of a JPEG, 1 to 100; else 80. */
    quality?: number;
    /**
     * A colour, RRGGBB or RRGGBBAA, of what is added around the picture or must lie beneath it; else
     * transparent or white.
     */
    background?: string;
    /** The one frame of an animation that is asked for, the first of which is 0; else all. */
    frame?: number;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// How [`transform`] writes its answer.
    #[wasm_bindgen(typescript_type = "TransformOptions")]
    pub type Options;

    #[wasm_bindgen(method, getter, catch)]
    fn format(this: &Options) -> Result<Option<Text>>;

    #[wasm_bindgen(method, getter, catch)]
    fn quality(this: &Options) -> Result<Option<f64>>;

    #[wasm_bindgen(method, getter, catch)]
    fn background(this: &Options) -> Result<Option<Text>>;

    #[wasm_bindgen(method, getter, catch)]
    fn frame(this: &Options) -> Result<Option<f64>>;
}

/// What the edge function answers to `POST /image/PIPELINE`, byte for byte. `file` is a picture in
/// any format that is read; `pipeline` are operations between slashes, such as
/// "resize:800x600/grayscale".
#[wasm_bindgen(unchecked_return_type = "Uint8Array<ArrayBuffer>")]
pub fn transform(file: &Bytes, pipeline: &Text, options: Option<Options>) -> Result<Vec<u8>> {
    let file = copy(file)?;
    let mut picture = Picture::open(&file, &LIMITS).map_err(error)?;
    if let Some(frame) = options.as_ref().map(Options::frame).transpose()?.flatten() {
        picture = picture.frame(whole("frame", frame)?).map_err(error)?;
    }
    let mut encoding = Encoding::new(picture.kept());
    let mut defaults = Defaults::default();
    if let Some(options) = options {
        let background = options.background()?;
        let format = options.format()?;
        encoding = read_encoding(format, options.quality()?, background.as_ref(), encoding.output)?;
        defaults.background = background.map(|_| encoding.background);
    }
    let pipeline = pipeline.read("pipeline")?;
    let pipeline = Pipeline::parse(pipeline.split('/'), &defaults).map_err(error)?;
    let mut made = File::default();
    let plan = picture.plan(&pipeline, &encoding, &LIMITS, 0).and_then(Plan::reserved);
    plan.and_then(|plan| plan.transform(&mut made, |_| {})).map_err(error)?;
    Ok(made.into_bytes())
}

/// A decoded picture.
#[wasm_bindgen]
pub struct Image(Frame);

#[wasm_bindgen]
impl Image {
    /// Decodes a file in any format that is read: colours in sRGB, turned upright; of an animation the
    /// first frame.
    pub fn decode(file: &Bytes) -> Result<Self> {
        let file = copy(file)?;
        Frame::decode(&file, &LIMITS).map(Self).map_err(error)
    }

    /// A picture of `width` times `height` pixels, RGBA with 8 bits a sample and straight alpha: what
    /// a canvas has.
    pub fn from_rgba(data: &Bytes, width: f64, height: f64) -> Result<Self> {
        let (width, height) = (whole("width", width)?, whole("height", height)?);
        let samples = data.to_vec()?.ok_or_else(|| error(rgba::Error::Exhausted))?;
        let frame = Frame::from_rgba(width, height, samples).map_err(error)?;
        LIMITS.check_shape(frame.shape()).map_err(error)?;
        Ok(Self(frame))
    }

    /// Pixels in a row.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> u32 {
        self.0.shape().width
    }

    /// Rows.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> u32 {
        self.0.shape().height
    }

    /// Applies operations between slashes, such as "resize:800x600/grayscale", in place.
    pub fn apply(&mut self, pipeline: &Text) -> Result<()> {
        let pipeline: Pipeline = pipeline.read("pipeline")?.parse().map_err(error)?;
        pipeline.apply(&mut self.0, |_| {}).map_err(error)
    }

    /// The pixels in RGBA with 8 bits a sample and straight alpha: what a canvas takes.
    #[wasm_bindgen(unchecked_return_type = "Uint8Array<ArrayBuffer>")]
    pub fn rgba(&self) -> Result<Bytes> {
        let array = match (self.0.shape().layout, self.0.samples()) {
            (Layout::Rgba, Samples::U8(samples)) => Bytes::new(samples),
            _ => Bytes::new(&self.0.to_rgba().map_err(error)?),
        };
        array.map_err(|_| exhausted())
    }

    /// The picture as a file: "png", "jpeg", "webp", "gif" or "qoi". `quality`, of a JPEG, is 1 to 100, by
    /// default 80; `background`, a colour RRGGBB or RRGGBBAA, by default white, is what a transparent
    /// picture is laid on where the format has no alpha.
    #[wasm_bindgen(unchecked_return_type = "Uint8Array<ArrayBuffer>")]
    pub fn encode(
        &self,
        format: Text,
        quality: Option<f64>,
        background: Option<Text>,
    ) -> Result<Vec<u8>> {
        let encoding = read_encoding(Some(format), quality, background.as_ref(), Output::Png)?;
        reserve(self.0.samples().bytes()).map_err(|_| exhausted())?;
        write(self.0.clone(), &encoding)
    }
}

fn copy(file: &Bytes) -> Result<Vec<u8>> {
    file.to_vec()?.ok_or_else(exhausted)
}

/// The encoding that these words ask for, `kept` where they name no format.
fn read_encoding(
    format: Option<Text>,
    quality: Option<f64>,
    background: Option<&Text>,
    kept: Output,
) -> Result<Encoding> {
    let format = format.map(|format| format.read("format")).transpose()?;
    let quality = quality.map(|quality| whole("quality", quality)).transpose()?;
    let background = background.map(|background| background.read("background")).transpose()?;
    Encoding::read(format.as_deref(), kept, quality, background.as_deref()).map_err(error)
}

fn write(frame: Frame, encoding: &Encoding) -> Result<Vec<u8>> {
    let mut file = File::default();
    encode(frame, encoding, &mut file).map_err(error)?;
    Ok(file.into_bytes())
}

fn exhausted() -> wasm_bindgen::JsValue {
    error(Error::from(LimitError::Exhausted))
}
