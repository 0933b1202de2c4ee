//! The chunks of a PNG file (W3C, third edition). Decoders stop reading when they have a picture;
//! whether the file is all there is found out here.

use image::metadata::Orientation;

use super::bytes::be32;
use super::{Header, METADATA_BYTES, malformed, truncated};
use crate::image::{ColourType, Error, Format};

const SIGNATURE_BYTES: usize = 8;
const CHECKSUM_BYTES: usize = 4;

/// Reads what comes before the picture's data.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let mut chunks = chunks(file);
    let Some((b"IHDR", Some(&[w3, w2, w1, w0, h3, h2, h1, h0, bit_depth, colour, ..]))) =
        chunks.next()
    else {
        let whole = file.len() >= SIGNATURE_BYTES + 12 + 13;
        return Err(if whole { malformed(Format::Png) } else { truncated(Format::Png) });
    };
    let colour = match colour {
        0 => ColourType::Gray,
        2 => ColourType::Rgb,
        3 => ColourType::Palette,
        4 => ColourType::GrayAlpha,
        6 => ColourType::Rgba,
        _ => return Err(malformed(Format::Png)),
    };
    let sides = [[w3, w2, w1, w0], [h3, h2, h1, h0]].map(u32::from_be_bytes);
    let mut header = Header::new(sides[0], sides[1], colour, bit_depth);
    for (kind, content) in chunks.take_while(|(kind, _)| *kind != b"IDAT") {
        let content = content.ok_or(truncated(Format::Png))?;
        match kind {
            b"tRNS" => header.alpha = true,
            b"acTL" => header.frames = be32(content, 0).unwrap_or(0).max(1),
            b"eXIf" => {
                header.orientation =
                    Orientation::from_exif_chunk(content).unwrap_or(Orientation::NoTransforms);
            }
            b"iCCP" => header.profile = profile(content).map(Into::into),
            _ => {}
        }
    }
    Ok(header)
}

/// The profile of an iCCP chunk: a name that ends with a zero, a method, and zlib's data. One that
/// cannot be unpacked says nothing of the picture.
fn profile(content: &[u8]) -> Option<Vec<u8>> {
    let name_bytes = content.iter().position(|byte| *byte == 0)?;
    let packed = content.get(name_bytes + 2..)?;
    fdeflate::decompress_to_vec_bounded(packed, METADATA_BYTES as usize).ok()
}

/// Checks that the file goes on to a whole IEND chunk, and that a palette has whole colours: the
/// decoder would trap.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    for (kind, content) in chunks(file) {
        let content = content.ok_or(truncated(Format::Png))?;
        match kind {
            b"PLTE" if !content.len().is_multiple_of(3) => return Err(malformed(Format::Png)),
            b"IEND" => return Ok(()),
            _ => {}
        }
    }
    Err(truncated(Format::Png))
}

/// The chunks (section 5.3), each with its content where that and its checksum are all there.
fn chunks(file: &[u8]) -> impl Iterator<Item = (&[u8; 4], Option<&[u8]>)> {
    let mut rest = file.get(SIGNATURE_BYTES..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let content = after.get(..length.saturating_add(CHECKSUM_BYTES));
        rest = after.get(length.saturating_add(CHECKSUM_BYTES)..).unwrap_or_default();
        Some((kind, content.map(|content| &content[..length])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        [&(content.len() as u32).to_be_bytes(), &kind[..], content, b"CRC?"].concat()
    }

    /// A file with this header and these chunks.
    fn file(colour: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
        let header = [&[0, 0, 0, 5, 0, 0, 1, 0, 4, colour][..], &[0; 3]].concat();
        let mut file = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header)].concat();
        file.extend(chunks.concat());
        file.extend(chunk(b"IDAT", b"data"));
        file.extend(chunk(b"IEND", b""));
        file
    }

    #[test]
    fn a_file_ends_with_its_end_chunk() {
        let mut file = file(0, &[]);
        for length in 8..file.len() {
            assert_eq!(check(&file[..length]), Err(truncated(Format::Png)), "{length}");
        }
        assert_eq!(check(&file), Ok(()));
        file.extend(b"more");
        assert_eq!(check(&file), Ok(()));
        file[8..12].copy_from_slice(&[255; 4]);
        assert_eq!(check(&file), Err(truncated(Format::Png)));
    }

    #[test]
    fn a_palette_has_whole_colours() {
        for length in 0..10 {
            let file = file(3, &[chunk(b"PLTE", &vec![7; length])]);
            let whole = length % 3 == 0;
            assert_eq!(check(&file), if whole { Ok(()) } else { Err(malformed(Format::Png)) });
        }
    }

    #[test]
    fn the_header_is_read_as_far_as_the_data() {
        assert_eq!(read(&file(0, &[])), Ok(Header::new(5, 256, ColourType::Gray, 4)));
        assert_eq!(read(&file(6, &[])), Ok(Header::new(5, 256, ColourType::Rgba, 4)));
        assert_eq!(read(&file(7, &[])), Err(malformed(Format::Png)));
        let turned = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let profile = [b"name\0\0".to_vec(), fdeflate::compress_to_vec(b"profile")].concat();
        let file = file(
            3,
            &[
                chunk(b"acTL", &[0, 0, 0, 7, 0, 0, 0, 0]),
                chunk(b"eXIf", turned),
                chunk(b"iCCP", &profile),
                chunk(b"tRNS", &[9]),
            ],
        );
        let expected = Header {
            alpha: true,
            frames: 7,
            orientation: Orientation::Rotate90,
            profile: Some(b"profile".to_vec().into()),
            ..Header::new(5, 256, ColourType::Palette, 4)
        };
        assert_eq!(read(&file), Ok(expected));
    }

    #[test]
    fn a_profile_that_unpacks_without_end_says_nothing() {
        let bomb = fdeflate::compress_to_vec(&vec![0; METADATA_BYTES as usize + 1]);
        assert_eq!(profile(&[b"name\0\0", &bomb[..]].concat()), None);
        assert_eq!(profile(b"name"), None);
        assert_eq!(profile(b"name\0\0broken"), None);
    }
}
