//! JPEG (ITU-T T.81): `zune-jpeg` reads it, and what it is lenient about is checked here first.

use std::io::Cursor;

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::limits::zeroed;
use super::markers::Markers;
use super::profile::to_srgb;
use super::{Error, Format, Frame, InputError, Layout, LimitError, Shape, UnsupportedError};

const TRUNCATED: Error = Error::Input(InputError::Truncated(Format::Jpeg));
const MALFORMED: Error = Error::Input(InputError::Malformed(Format::Jpeg));

/// A JPEG whose header has been read.
pub(super) struct Jpeg<'a> {
    decoder: JpegDecoder<Cursor<&'a [u8]>>,
    pub(super) shape: Shape,
    pub(super) orientation: Orientation,
    /// What decoding takes beside the frame, in bytes.
    pub(super) scratch_bytes: u64,
}

impl<'a> Jpeg<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
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
        })
    }

    pub(super) fn decode(mut self) -> Result<Frame, Error> {
        let samples = usize::try_from(self.shape.samples()).map_err(|_| LimitError::Exhausted)?;
        let mut pixels = zeroed::<u8>(samples)?;
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

pub(super) fn classify(error: &DecodeErrors) -> Error {
    match error {
        DecodeErrors::Unsupported(_) => UnsupportedError::Feature(Format::Jpeg).into(),
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => TRUNCATED,
        _ => MALFORMED,
    }
}
