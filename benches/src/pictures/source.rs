//! The pictures that everybody works on.

use anyhow::Result;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::photograph;

/// The quality of the photograph.
const QUALITY: u8 = 80;

/// A file, or bare samples.
pub struct Source {
    /// `jpeg`, `png` or `raw`.
    pub format: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What the contenders get.
    pub bytes: Vec<u8>,
}

impl Source {
    /// A photograph of 12 megapixels, JPEG with 4:2:0.
    pub fn photograph() -> Result<Self> {
        let (width, height) = (4000, 3000);
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        let samples = photograph::landscape(width, height);
        encoder.encode(&samples, width as u16, height as u16, ColorType::Rgb)?;
        Ok(Self { format: "jpeg", width, height, bytes })
    }

    /// An RGBA PNG of a 4K screen's size, with every alpha in it.
    pub fn framed() -> Result<Self> {
        let (width, height) = (3840, 2160);
        let mut bytes = Vec::new();
        let samples = photograph::framed(width, height);
        let encoder = PngEncoder::new(&mut bytes);
        encoder.write_image(&samples, width, height, ExtendedColorType::Rgba8)?;
        Ok(Self { format: "png", width, height, bytes })
    }

    /// The samples of an opaque RGBA frame of the same size.
    pub fn opaque() -> Self {
        let (width, height) = (3840, 2160);
        let opaque = std::iter::repeat(u8::MAX);
        let bytes = photograph::with_alpha(&photograph::landscape(width, height), opaque);
        Self { format: "raw", width, height, bytes }
    }
}
