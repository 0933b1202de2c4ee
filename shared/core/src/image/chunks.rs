//! The chunks that PNG and WebP files consist of. Decoders stop reading when they have a picture,
//! and allocate what a chunk announces; whether the file keeps its word is checked here.

/// Whether a walk over the chunks of a PNG file (section 5.3) comes to a whole IEND.
pub(super) fn png_is_complete(file: &[u8]) -> bool {
    const CHECKSUM_BYTES: usize = 4;
    let mut chunks = file.get(8..).unwrap_or_default();
    while let Some((length, kind)) = chunks.split_first_chunk() {
        let after_kind = (u32::from_be_bytes(*length) as usize).saturating_add(CHECKSUM_BYTES);
        let Some((kind, content)) = kind.split_first_chunk::<4>() else { break };
        if kind == b"IEND" {
            return content.len() >= after_kind;
        }
        chunks = content.get(after_kind..).unwrap_or_default();
    }
    false
}

/// The sides that the first chunk of a PNG file, its header, announces (section 11.2.1), in pixels.
pub(super) fn png_sides(file: &[u8]) -> Option<(u32, u32)> {
    let number = |at| Some(u32::from_be_bytes(*file.get(at..)?.first_chunk()?));
    Some((number(16)?, number(20)?))
}

/// Whether a WebP file (RFC 9649, section 2.4) has all the bytes that it and its chunks announce.
pub(super) fn webp_is_complete(file: &[u8]) -> bool {
    let announced = file.get(4..).and_then(<[u8]>::first_chunk);
    let size = announced.map_or(usize::MAX, |size| u32::from_le_bytes(*size) as usize);
    let body = file.get(8..).and_then(|body| body.get(..size));
    body.is_some_and(|body| webp_chunks(body).all(|(_, content)| content.is_some()))
}

/// Whether the picture of a WebP file is coded with loss (RFC 9649, section 2.5).
pub(super) fn webp_is_lossy(file: &[u8]) -> bool {
    let mut kinds = webp_chunks(file.get(8..).unwrap_or_default()).map(|(kind, _)| kind);
    kinds.find(|kind| matches!(*kind, b"VP8 " | b"VP8L")).is_some_and(|kind| kind == b"VP8 ")
}

/// Whether a WebP file is an animation (RFC 9649, section 2.7).
pub(super) fn webp_is_animated(file: &[u8]) -> bool {
    let mut kinds = webp_chunks(file.get(8..).unwrap_or_default()).map(|(kind, _)| kind);
    kinds.any(|kind| matches!(kind, b"ANIM" | b"ANMF"))
}

/// The chunks of a RIFF body after its form type, each with its content where that is all there.
fn webp_chunks(body: &[u8]) -> impl Iterator<Item = (&[u8; 4], Option<&[u8]>)> {
    let mut chunks = body.get(4..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, rest) = chunks.split_first_chunk::<4>()?;
        let (size, rest) = rest.split_first_chunk::<4>()?;
        let size = u32::from_le_bytes(*size) as usize;
        // An odd content is padded by a byte, which some writers forget at the end.
        chunks = rest.get(size.saturating_add(size & 1)..).unwrap_or_default();
        Some((kind, rest.get(..size)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_ends_with_its_end_chunk() {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x08IHDR\0\0\0\x05\0\0\x01\0CRC?".to_vec();
        file.extend(b"\0\0\0\0IENDcrc?");
        assert_eq!(png_sides(&file), Some((5, 256)));
        for length in 0..file.len() {
            assert!(!png_is_complete(&file[..length]), "{length}");
        }
        assert!(png_is_complete(&file));
        file.extend(b"more");
        assert!(png_is_complete(&file));
        file[8..12].copy_from_slice(&[255; 4]);
        assert!(!png_is_complete(&file));
    }

    #[test]
    fn a_webp_has_what_it_announces() {
        let mut file = b"RIFF\x1b\0\0\0WEBPICCP\x03\0\0\0abc\0VP8L\x03\0\0\0xyz".to_vec();
        for length in 0..file.len() {
            assert!(!webp_is_complete(&file[..length]), "{length}");
        }
        assert!(webp_is_complete(&file));
        assert!(!webp_is_lossy(&file) && !webp_is_animated(&file));
        file[27] = b' ';
        assert!(webp_is_lossy(&file));
        file[12..16].copy_from_slice(b"ANIM");
        assert!(webp_is_animated(&file));
        // A chunk that announces more than the file has.
        file[16] = 200;
        assert!(!webp_is_complete(&file));
    }
}
