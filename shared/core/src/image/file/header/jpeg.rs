//! The header of a JPEG file, as its decoder reads it.

use std::io::Cursor;

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Header, malformed};
use crate::image::jpeg::decode::classify;
use crate::image::jpeg::markers::Markers;
use crate::image::{ColourType, Error, Format};

/// Reads what comes before the first scan.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let any = usize::from(u16::MAX);
    let options = DecoderOptions::default().set_max_width(any).set_max_height(any);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(file), options);
    // The decoder tells a cut header from a malformed one only now and then.
    let broken = |error| Markers::read(file).check().err().unwrap_or_else(|| classify(&error));
    decoder.decode_headers().map_err(broken)?;
    let fields = decoder.dimensions().zip(decoder.input_colorspace());
    let ((width, height), colour) = fields.ok_or(malformed(Format::Jpeg))?;
    let colour = match colour {
        ColorSpace::Luma => ColourType::Gray,
        ColorSpace::RGB => ColourType::Rgb,
        ColorSpace::CMYK => ColourType::Cmyk,
        ColorSpace::YCCK => ColourType::Ycck,
        _ => ColourType::Ycbcr,
    };
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    Ok(Header {
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        profile: decoder.icc_profile().map(Into::into),
        exif: decoder.exif().map(|exif| exif.clone().into()),
        ..Header::new(width as u32, height as u32, colour, 8)
    })
}
