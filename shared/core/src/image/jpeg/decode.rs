//! JPEG (ITU-T T.81): `zune-jpeg` reads it, and what it is lenient about is checked here first.

use std::io::Cursor;

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::markers::Markers;
use crate::image::file::profile::{moves_colours, to_srgb};
use crate::image::limits::zeroed_samples;
use crate::image::{Error, Format, Frame, InputError, Layout, Shape, UnsupportedError};

const TRUNCATED: Error = Error::Input(InputError::Truncated(Format::Jpeg));
const MALFORMED: Error = Error::Input(InputError::Malformed(Format::Jpeg));

/// A JPEG whose header has been read.
pub(in crate::image) struct Jpeg<'a> {
    decoder: JpegDecoder<Cursor<&'a [u8]>>,
    pub(in crate::image) shape: Shape,
    pub(in crate::image) orientation: Orientation,
    /// What decoding takes beside the frame, in bytes.
    pub(in crate::image) scratch_bytes: u64,
    luma_stands_alone: bool,
}

impl<'a> Jpeg<'a> {
    pub(in crate::image) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let markers = Markers::read(bytes);
        markers.check()?;
        let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options());
        decoder.decode_headers().map_err(|error| classify(&error))?;
        let (Some((width, height)), Some(colour)) =
            (decoder.dimensions(), decoder.input_colorspace())
        else {
            return Err(MALFORMED);
        };
        let (layout, out) = match colour {
            ColorSpace::Luma => (Layout::L, ColorSpace::Luma),
            _ => (Layout::Rgb, ColorSpace::RGB),
        };
        decoder.set_options(options().jpeg_set_out_colorspace(out));
        let (width, height) = (width as u32, height as u32);
        let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
        Ok(Self {
            decoder,
            shape: Shape { width, height, layout },
            orientation: orientation.unwrap_or(Orientation::NoTransforms),
            scratch_bytes: u64::from(width) * ROW_SCRATCH_BYTES
                + markers.coefficient_bytes
                + markers.metadata_bytes,
            luma_stands_alone: markers.luma_stands_alone,
        })
    }

    /// Has only Y decoded, where that is what luma comes to but for rounding: from YCbCr, without
    /// a profile that moves colours, in the usual samplings. The shape tells whether it is.
    pub(in crate::image) fn keep_luma(&mut self) {
        let moved = |profile: Vec<u8>| moves_colours(&profile, Layout::Rgb);
        if self.luma_stands_alone
            && self.decoder.input_colorspace() == Some(ColorSpace::YCbCr)
            && !self.decoder.icc_profile().is_some_and(moved)
        {
            self.decoder.set_options(options().jpeg_set_out_colorspace(ColorSpace::Luma));
            self.shape.layout = Layout::L;
        }
    }

    pub(in crate::image) fn decode(mut self) -> Result<Frame, Error> {
        let mut pixels = zeroed_samples::<u8>(self.shape)?;
        self.decoder.decode_into(&mut pixels).map_err(|error| classify(&error))?;
        let mut frame = Frame::new(self.shape, pixels);
        if let Some(profile) = self.decoder.icc_profile() {
            to_srgb(&mut frame, &profile)?;
        }
        Ok(frame)
    }
}

/// What a row of blocks takes in the decoder for each pixel of width: samples, coefficients and
/// upsampling buffers of at most four components, 32 rows high.
const ROW_SCRATCH_BYTES: u64 = 512;

fn options() -> DecoderOptions {
    // The sides were limited by us, to less.
    DecoderOptions::default().set_strict_mode(true).set_max_width(65_535).set_max_height(65_535)
}

pub(in crate::image) fn classify(error: &DecodeErrors) -> Error {
    match error {
        DecodeErrors::Unsupported(_) => UnsupportedError::Feature(Format::Jpeg).into(),
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => TRUNCATED,
        _ => MALFORMED,
    }
}

#[cfg(test)]
mod tests {
    use libjpeg_turbo_rs::{Encoder, PixelFormat, Subsampling};
    use moxcms::ColorProfile;

    use super::*;
    use crate::image::{Encoding, Output, Samples, encode};

    const SUBSAMPLINGS: [(Subsampling, Layout); 6] = [
        (Subsampling::S444, Layout::L),
        (Subsampling::S422, Layout::L),
        (Subsampling::S420, Layout::L),
        (Subsampling::S440, Layout::Rgb),
        (Subsampling::S411, Layout::Rgb),
        (Subsampling::S24, Layout::Rgb),
    ];

    /// Soft colours, and a texture that tells where it is.
    fn picture(width: usize, height: usize) -> Vec<u8> {
        let texture = |x: usize, y: usize| (x * 7 + y * 13) % 31;
        let pixel = |at: usize| {
            let (x, y) = (at % width, at / width);
            [60 + x % 97 + texture(x, y), 90 + y % 61 + texture(x, y), 150 - x % 53 + texture(x, y)]
        };
        (0..width * height).flat_map(pixel).map(|level| level as u8).collect()
    }

    fn luma_of(file: &[u8]) -> Frame {
        let mut jpeg = Jpeg::open(file).expect("a JPEG");
        jpeg.keep_luma();
        jpeg.decode().expect("a JPEG")
    }

    fn mean_difference(one: &Frame, other: &Frame) -> f64 {
        let (Samples::U8(one), Samples::U8(other)) = (one.samples(), other.samples()) else {
            panic!("a JPEG has 8 bits")
        };
        let differences = one.iter().zip(other).map(|(a, b)| u64::from(a.abs_diff(*b)));
        differences.sum::<u64>() as f64 / one.len() as f64
    }

    /// Compares Y alone with luma by the formula.
    fn check_luma(file: &[u8], what: &str) {
        let mut exact = Jpeg::open(file).and_then(Jpeg::decode).expect("a JPEG");
        exact.grayscale();
        let mut luma = luma_of(file);
        luma.grayscale();
        assert_eq!(luma.shape(), exact.shape(), "{what}");
        let mean = mean_difference(&luma, &exact);
        assert!(mean < 0.1, "{what}: {mean}");
    }

    #[test]
    fn y_alone_is_the_formula_but_for_rounding() {
        for (width, height) in [(1, 1), (8, 8), (17, 9), (16, 17), (33, 50), (160, 121)] {
            let rgb = picture(width, height);
            for (subsampling, layout) in SUBSAMPLINGS {
                for progressive in [false, true] {
                    let file = Encoder::new(&rgb, width, height, PixelFormat::Rgb)
                        .quality(92)
                        .subsampling(subsampling)
                        .progressive(progressive)
                        .encode()
                        .expect("a file");
                    assert_eq!(luma_of(&file).shape().layout, layout);
                    check_luma(
                        &file,
                        &format!("{width} x {height}, {subsampling:?}, {progressive}"),
                    );
                }
            }
            let shape = Shape { width: width as u32, height: height as u32, layout: Layout::Rgb };
            let mut restarted = Vec::new();
            encode(Frame::new(shape, rgb), &Encoding::new(Output::Jpeg), &mut restarted)
                .expect("memory");
            check_luma(&restarted, &format!("{width} x {height}, with restarts"));
        }
    }

    #[test]
    fn only_a_profile_that_moves_colours_keeps_them() {
        let rgb = picture(16, 16);
        let layout = |profile: ColorProfile| {
            let profile = profile.encode().expect("a profile");
            let encoder = Encoder::new(&rgb, 16, 16, PixelFormat::Rgb).icc_profile(&profile);
            luma_of(&encoder.encode().expect("a file")).shape().layout
        };
        assert_eq!(layout(ColorProfile::new_display_p3()), Layout::Rgb);
        assert_eq!(layout(ColorProfile::new_srgb()), Layout::L);
    }

    #[test]
    fn other_colours_than_ycbcr_are_decoded_whole() {
        let rgb = picture(16, 16);
        let encoder = Encoder::new(&rgb, 16, 16, PixelFormat::Rgb);
        let file = encoder.colorspace(libjpeg_turbo_rs::ColorSpace::Rgb).encode().expect("a file");
        assert_eq!(luma_of(&file).shape().layout, Layout::Rgb);
        let gray = Encoder::new(&rgb[..256], 16, 16, PixelFormat::Grayscale);
        assert_eq!(luma_of(&gray.encode().expect("a file")).shape().layout, Layout::L);
    }
}
