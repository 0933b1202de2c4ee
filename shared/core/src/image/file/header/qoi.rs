//! QOI (specification 1.0, 2022-01-05).

use super::bytes::be32;
use super::{Header, malformed, truncated, unsupported};
use crate::image::{ColourType, Error, Format};

const HEADER_BYTES: usize = 14;
const END_BYTES: usize = 8;

/// Reads the header.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let fields = || Some((be32(file, 4)?, be32(file, 8)?, *file.get(12)?, *file.get(13)?));
    let (width, height, channels, _) = fields().ok_or(truncated(Format::Qoi))?;
    let colour = match channels {
        3 => ColourType::Rgb,
        4 => ColourType::Rgba,
        _ => return Err(malformed(Format::Qoi)),
    };
    Ok(Header::new(width, height, colour, 8))
}

/// Checks that the file has chunks for every pixel and its end marker. A pixel with alpha in a
/// picture of three channels is allowed by the format but misread by the decoder.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let header = read(file)?;
    let mut missing = u64::from(header.width) * u64::from(header.height);
    let mut rest = file.get(HEADER_BYTES..).unwrap_or_default();
    while missing > 0 {
        let (pixels, bytes) = match *rest.first().ok_or(truncated(Format::Qoi))? {
            0xfe => (1, 4),
            0xff if header.colour_type == ColourType::Rgb => return Err(unsupported(Format::Qoi)),
            0xff => (1, 5),
            run @ 0xc0.. => (u64::from(run & 0x3f) + 1, 1),
            0x80..0xc0 => (1, 2),
            _ => (1, 1),
        };
        missing = missing.saturating_sub(pixels);
        rest = rest.get(bytes..).ok_or(truncated(Format::Qoi))?;
    }
    if rest.len() < END_BYTES { Err(truncated(Format::Qoi)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chunk_is_counted() {
        let mut file = b"qoif\0\0\0\x03\0\0\0\x03\x04\0".to_vec();
        // RGB, RGBA, an index, a difference, luma, a run of 4.
        file.extend(b"\xfeabc\xffabcd\x05\x6a\xa0\x88\xc3");
        file.extend(b"\0\0\0\0\0\0\0\x01");
        let header = read(&file).unwrap();
        assert_eq!(header, Header::new(3, 3, ColourType::Rgba, 8));
        assert_eq!(check(&file), Ok(()));
        for length in 14..file.len() {
            let cut = check(&file[..length]);
            assert_eq!(cut, Err(truncated(Format::Qoi)), "{length}");
        }
        for length in 0..14 {
            assert_eq!(read(&file[..length]), Err(truncated(Format::Qoi)), "{length}");
        }
        file[12] = 3;
        assert_eq!(check(&file), Err(unsupported(Format::Qoi)));
        file[12] = 5;
        assert_eq!(read(&file), Err(malformed(Format::Qoi)));
    }
}
