//! JPEG (ITU-T T.81): `zune-jpeg` reads it, and what it is lenient about is checked here first.

use std::io::Cursor;

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::colour::to_srgb;
use super::limits::zeroed;
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
        let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options());
        decoder.decode_headers().map_err(|error| classify(&error, bytes))?;
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
        let markers = Markers::read(bytes);
        if !markers.complete {
            return Err(TRUNCATED);
        }
        if markers.finer_than_first {
            return Err(UnsupportedError::Feature(Format::Jpeg).into());
        }
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
        self.decoder.decode_into(&mut pixels).map_err(|error| classify(&error, &[]))?;
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

fn classify(error: &DecodeErrors, header: &[u8]) -> Error {
    match error {
        DecodeErrors::Unsupported(_) => UnsupportedError::Feature(Format::Jpeg).into(),
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => TRUNCATED,
        _ if !header.is_empty() && !Markers::read(header).complete => TRUNCATED,
        _ => MALFORMED,
    }
}

/// What a walk over the markers tells: a decoder fills missing data with gray, a caller wants to
/// know.
#[derive(Debug, Default, PartialEq, Eq)]
struct Markers {
    /// The end-of-image marker was reached.
    complete: bool,
    /// Coefficients that are held until the last scan, in bytes: none for a single baseline scan.
    coefficient_bytes: u64,
    /// What the decoder keeps of metadata, and a profile put together from its segments, in bytes.
    metadata_bytes: u64,
    /// A component is sampled more finely than the first, which some decoders, ours among them,
    /// take for the finest.
    finer_than_first: bool,
}

impl Markers {
    fn read(bytes: &[u8]) -> Self {
        let mut markers = Self::default();
        let mut frame = FrameHeader::default();
        let mut rest = bytes.get(2..).unwrap_or_default();
        while let Some((marker, after)) = next_marker(rest) {
            rest = after;
            match marker {
                0xd9 => {
                    markers.complete = true;
                    break;
                }
                // Restarts, a second start of image and TEM stand alone.
                0x01 | 0xd0..=0xd8 => continue,
                _ => {}
            }
            let Some((segment, after)) = split_segment(rest) else { break };
            rest = after;
            match marker {
                0xe0..=0xef => markers.metadata_bytes += 2 * segment.len() as u64,
                0xc4 | 0xc8 | 0xcc => {}
                0xc0..=0xcf => {
                    frame = FrameHeader::parse(marker, segment);
                    markers.finer_than_first |= frame.finer_than_first;
                }
                0xda if segment.first().is_some_and(|count| *count < frame.components)
                    || frame.progressive =>
                {
                    markers.coefficient_bytes = frame.coefficient_bytes;
                }
                _ => {}
            }
        }
        markers
    }
}

/// The next marker and what follows it; entropy-coded data and fill bytes are passed over.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes;
    loop {
        let at = rest.iter().position(|byte| *byte == 0xff)?;
        rest = &rest[at + 1..];
        match *rest.first()? {
            0x00 | 0xff => {}
            marker => return Some((marker, &rest[1..])),
        }
    }
}

/// A segment's content and what follows it.
fn split_segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = usize::from(u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]));
    Some((bytes.get(2..length)?, &bytes[length..]))
}

/// What a start-of-frame segment (T.81, B.2.2) says of memory, and of a decoder's limits.
#[derive(Default)]
struct FrameHeader {
    components: u8,
    progressive: bool,
    finer_than_first: bool,
    coefficient_bytes: u64,
}

impl FrameHeader {
    fn parse(marker: u8, segment: &[u8]) -> Self {
        let [_, h1, h0, w1, w0, components, specifications @ ..] = segment else {
            return Self::default();
        };
        let (height, width) = (u16::from_be_bytes([*h1, *h0]), u16::from_be_bytes([*w1, *w0]));
        let mut sampling =
            specifications.chunks_exact(3).map(|component| (component[1] >> 4, component[1] & 15));
        let first = sampling.clone().next().unwrap_or_default();
        let largest = |factor: fn((u8, u8)) -> u8| {
            u64::from(sampling.clone().map(factor).max().unwrap_or(1).max(1))
        };
        let (across, down) = (largest(|(h, _)| h), largest(|(_, v)| v));
        let units = u64::from(width).div_ceil(8 * across) * u64::from(height).div_ceil(8 * down);
        let blocks: u64 = sampling.clone().map(|(h, v)| u64::from(h) * u64::from(v)).sum();
        const BLOCK_BYTES: u64 = 64 * size_of::<i16>() as u64;
        Self {
            components: *components,
            progressive: matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce),
            finer_than_first: sampling.any(|(h, v)| h > first.0 || v > first.1),
            coefficient_bytes: units * blocks * BLOCK_BYTES,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SOI, a frame header of 33x17 pixels with 4:2:0 sampling, a scan of `scanned` components, and
    /// EOI.
    fn file(frame_marker: u8, scanned: u8) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8, 0xff, frame_marker, 0, 17, 8, 0, 17, 0, 33, 3];
        file.extend([1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
        file.extend([0xff, 0xda, 0, 4, scanned, 0]);
        file.extend([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xff, 0xd9, 0x77]);
        file
    }

    #[test]
    fn a_file_is_complete_from_its_end_marker_on() {
        let file = file(0xc0, 3);
        let end = file.len() - 1;
        for length in 0..file.len() {
            assert_eq!(Markers::read(&file[..length]).complete, length >= end, "{length}");
        }
    }

    #[test]
    fn coefficients_are_held_for_progressive_and_separate_scans() {
        // 3 x 2 units of 16 x 16 pixels, 6 blocks of 64 coefficients of 2 bytes each.
        assert_eq!(Markers::read(&file(0xc2, 3)).coefficient_bytes, 3 * 2 * 6 * 128);
        assert_eq!(Markers::read(&file(0xc0, 1)).coefficient_bytes, 3 * 2 * 6 * 128);
        assert_eq!(Markers::read(&file(0xc0, 3)).coefficient_bytes, 0);
    }

    #[test]
    fn the_first_component_is_to_be_the_finest() {
        assert!(!Markers::read(&file(0xc0, 3)).finer_than_first);
        let mut file = file(0xc0, 3);
        file[16] = 0x41;
        assert!(Markers::read(&file).finer_than_first);
        assert!(Jpeg::open(&file).is_err());
    }

    #[test]
    fn an_end_marker_inside_a_segment_ends_nothing() {
        let file = [0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd9, 0xff, 0xd9, 0xff];
        assert!(!Markers::read(&file).complete);
    }
}
