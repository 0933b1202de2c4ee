//! The headers of a Windows bitmap, from BITMAPCOREHEADER to BITMAPV5HEADER.

use super::bytes::{le16, le32};
use super::{Header, malformed, truncated};
use crate::image::{ColourType, Error, Format};

const FILE_HEADER_BYTES: usize = 14;
const CORE_HEADER_BYTES: u32 = 12;
/// The first header that has a mask of alpha: BITMAPV3INFOHEADER.
const V3_HEADER_BYTES: u32 = 56;
/// The compression that means masks.
const BITFIELDS: u32 = 3;

/// Reads the headers of a file.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let bitmap = file.get(FILE_HEADER_BYTES..).ok_or(truncated(Format::Bmp))?;
    let (width, height, bits, alpha) = fields(bitmap).ok_or(truncated(Format::Bmp))?;
    let (colour, bit_depth) = colours(bits).ok_or(malformed(Format::Bmp))?;
    Ok(Header { alpha, ..Header::new(width, height, colour, bit_depth) })
}

/// The colours of pixels of so many bits.
pub(super) const fn colours(bits: u16) -> Option<(ColourType, u8)> {
    match bits {
        1 | 2 | 4 | 8 => Some((ColourType::Palette, bits as u8)),
        16 => Some((ColourType::Rgb, 5)),
        24 | 32 => Some((ColourType::Rgb, 8)),
        _ => None,
    }
}

/// Width, height (negative for rows from the top), bits of a pixel, and whether there is alpha.
pub(super) fn fields(bitmap: &[u8]) -> Option<(u32, u32, u16, bool)> {
    let header_bytes = le32(bitmap, 0)?;
    if header_bytes == CORE_HEADER_BYTES {
        let (width, height) = (le16(bitmap, 4)?, le16(bitmap, 6)?);
        return Some((width.into(), height.into(), le16(bitmap, 10)?, false));
    }
    let height = le32(bitmap, 8)?.cast_signed().unsigned_abs();
    let masked = header_bytes >= V3_HEADER_BYTES && le32(bitmap, 16)? == BITFIELDS;
    let alpha = masked && le32(bitmap, 52)? != 0;
    Some((le32(bitmap, 4)?, height, le16(bitmap, 14)?, alpha))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_and_later_headers() {
        let core = b"BM............\x0c\0\0\0\x05\0\x00\x01\x01\0\x04\0";
        assert_eq!(read(core), Ok(Header::new(5, 256, ColourType::Palette, 4)));

        let mut info = b"BM............".to_vec();
        info.extend([56, 5, -7].map(i32::to_le_bytes).concat());
        info.extend([1, 0, 32, 0]);
        info.extend([BITFIELDS, 0, 0, 0, 0, 0, 1, 2, 3, 0].map(u32::to_le_bytes).concat());
        assert_eq!(read(&info), Ok(Header::new(5, 7, ColourType::Rgb, 8)));
        info[14 + 52] = 4;
        let expected = Header { alpha: true, ..Header::new(5, 7, ColourType::Rgb, 8) };
        assert_eq!(read(&info), Ok(expected));
        info[28] = 3;
        assert_eq!(read(&info), Err(malformed(Format::Bmp)));
        for length in 0..32 {
            assert_eq!(read(&info[..length]), Err(truncated(Format::Bmp)), "{length}");
        }
    }
}
