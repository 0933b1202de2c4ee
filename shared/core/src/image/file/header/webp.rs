//! The chunks of a WebP file (RFC 9649). The decoder allocates what a chunk announces; whether the
//! file keeps its word is checked here.

use image::metadata::Orientation;

use super::bytes::{le16, le24, le32};
use super::{Header, malformed, truncated, unsupported};
use crate::image::{ColourType, Error, Format};

/// Reads the first picture's header, and what the extended format adds to it.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let mut header = None;
    let mut canvas = None;
    let mut frames = 0;
    let (mut orientation, mut profile) = (Orientation::NoTransforms, None);
    for (kind, content) in file_chunks(file) {
        let content = content.ok_or(truncated(Format::WebP))?;
        match kind {
            b"VP8X" => canvas = canvas.or_else(|| extended(content)),
            b"VP8 " => header = header.or_else(|| lossy(content)),
            b"VP8L" => header = header.or_else(|| lossless(content)),
            b"ANMF" => {
                frames += 1;
                header = header.or_else(|| frame(content));
            }
            b"ICCP" => profile = Some(content.into()),
            b"EXIF" => {
                // Some writers begin it as JPEG does.
                let exif = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                orientation = Orientation::from_exif_chunk(exif).unwrap_or(orientation);
            }
            _ => {}
        }
    }
    let end = file.len() < 8 || le32(file, 4).is_some_and(|size| size as usize > file.len() - 8);
    let missing = if end { truncated(Format::WebP) } else { malformed(Format::WebP) };
    let mut header = header.ok_or(missing)?;
    if let Some((alpha, width, height)) = canvas {
        // A still picture covers its canvas.
        if frames == 0 && (header.width, header.height) != (width, height) {
            return Err(malformed(Format::WebP));
        }
        header = Header { width, height, alpha, ..header };
    }
    Ok(Header { frames: frames.max(1), orientation, profile, ..header })
}

/// Checks that the file has all the bytes that it and its chunks announce, and that it is no
/// animation.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let size = le32(file, 4).map_or(usize::MAX, |size| size as usize);
    let complete = file.get(8..).is_some_and(|body| body.len() >= size);
    if !complete || file_chunks(file).any(|(_, content)| content.is_none()) {
        return Err(truncated(Format::WebP));
    }
    match file_chunks(file).any(|(kind, _)| matches!(kind, b"ANIM" | b"ANMF")) {
        true => Err(unsupported(Format::WebP)),
        false => Ok(()),
    }
}

/// Whether the picture is coded with loss (section 2.5).
pub(in crate::image) fn is_lossy(file: &[u8]) -> bool {
    let mut kinds = file_chunks(file).map(|(kind, _)| kind);
    kinds.find(|kind| matches!(*kind, b"VP8 " | b"VP8L")).is_some_and(|kind| kind == b"VP8 ")
}

/// The extended header (section 2.7): whether there is alpha, and the canvas.
fn extended(content: &[u8]) -> Option<(bool, u32, u32)> {
    let alpha = content.first()? & 0x10 != 0;
    Some((alpha, 1 + le24(content, 4)?, 1 + le24(content, 7)?))
}

/// The header of a key frame (RFC 6386, section 9.1).
fn lossy(content: &[u8]) -> Option<Header<'_>> {
    let side = |at| Some(u32::from(le16(content, at)? & 0x3fff));
    Some(Header::new(side(6)?, side(8)?, ColourType::Ycbcr, 8))
}

/// The header of a lossless bitstream (section 3.4).
fn lossless(content: &[u8]) -> Option<Header<'_>> {
    let bits = le32(content, 1)?;
    let colour = if bits >> 28 & 1 == 1 { ColourType::Rgba } else { ColourType::Rgb };
    Some(Header::new(1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff), colour, 8))
}

/// The header of the picture within an animation's frame (section 2.7.1.1).
fn frame(content: &[u8]) -> Option<Header<'_>> {
    chunks(content.get(16..)?).find_map(|(kind, content)| match kind {
        b"VP8 " => lossy(content?),
        b"VP8L" => lossless(content?),
        _ => None,
    })
}

/// The chunks after the file header (section 2.4), as many bytes as it announces.
fn file_chunks(file: &[u8]) -> impl Iterator<Item = (&[u8; 4], Option<&[u8]>)> {
    let body = file.get(8..).unwrap_or_default();
    let size = le32(file, 4).map_or(0, |size| size as usize);
    chunks(body.get(..size).unwrap_or(body).get(4..).unwrap_or_default())
}

/// The chunks of a RIFF body, each with its content where that is all there.
fn chunks(body: &[u8]) -> impl Iterator<Item = (&[u8; 4], Option<&[u8]>)> {
    let mut rest = body;
    std::iter::from_fn(move || {
        let (kind, after) = rest.split_first_chunk::<4>()?;
        let (size, after) = after.split_first_chunk::<4>()?;
        let size = u32::from_le_bytes(*size) as usize;
        // An odd content is padded by a byte, which some writers forget at the end.
        rest = after.get(size.saturating_add(size & 1)..).unwrap_or_default();
        Some((kind, after.get(..size)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let padding = &[0][..content.len() & 1];
        [&kind[..], &(content.len() as u32).to_le_bytes(), content, padding].concat()
    }

    fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
        let body = [b"WEBP".to_vec(), chunks.concat()].concat();
        [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
    }

    /// 300 x 2 pixels, with alpha.
    const LOSSLESS: [u8; 5] = [0x2f, 0x2b, 0x41, 0x00, 0x10];
    /// 300 x 2 pixels.
    const LOSSY: [u8; 10] = [0x50, 1, 0, 0x9d, 1, 0x2a, 0x2c, 0x41, 2, 0];

    #[test]
    fn a_file_has_what_it_announces() {
        let mut file = file(&[chunk(b"ICCP", b"abc"), chunk(b"VP8L", &LOSSLESS)]);
        for length in 0..file.len() - 1 {
            assert_eq!(check(&file[..length]), Err(truncated(Format::WebP)), "{length}");
        }
        assert_eq!(check(&file), Ok(()));
        assert!(!is_lossy(&file));
        file[27] = b' ';
        assert!(is_lossy(&file));
        file[12..16].copy_from_slice(b"ANIM");
        assert_eq!(check(&file), Err(unsupported(Format::WebP)));
        // A chunk that announces more than the file has.
        file[16] = 200;
        assert_eq!(check(&file), Err(truncated(Format::WebP)));
    }

    #[test]
    fn headers_of_all_three_kinds() {
        let simple = file(&[chunk(b"VP8L", &LOSSLESS)]);
        assert_eq!(read(&simple), Ok(Header::new(300, 2, ColourType::Rgba, 8)));
        let simple = file(&[chunk(b"VP8 ", &LOSSY)]);
        assert_eq!(read(&simple), Ok(Header::new(300, 2, ColourType::Ycbcr, 8)));

        let canvas = chunk(b"VP8X", &[0x12, 0, 0, 0, 0xff, 0xff, 0, 1, 0, 0]);
        let frame = chunk(b"ANMF", &[&[0; 16], &chunk(b"VP8 ", &LOSSY)[..]].concat());
        let turned = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0\0\0\0\0";
        let animated = file(&[
            canvas,
            chunk(b"ICCP", b"icc"),
            frame.clone(),
            frame,
            chunk(b"EXIF", &[b"Exif\0\0", &turned[..]].concat()),
        ]);
        let expected = Header {
            alpha: true,
            frames: 2,
            orientation: Orientation::Rotate270,
            profile: Some(b"icc"[..].into()),
            ..Header::new(65_536, 2, ColourType::Ycbcr, 8)
        };
        assert_eq!(read(&animated), Ok(expected));
        assert_eq!(read(&file(&[chunk(b"XMP ", b"")])), Err(malformed(Format::WebP)));
        let still = file(&[chunk(b"VP8X", &[0; 10]), chunk(b"VP8L", &LOSSLESS)]);
        assert_eq!(read(&still), Err(malformed(Format::WebP)));
    }
}
