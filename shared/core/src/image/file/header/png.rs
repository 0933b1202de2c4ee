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
    let mut chunks = chunks(file).peekable();
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
    let (mut control, mut shown) = (None, false);
    while let Some((kind, content)) = chunks.next_if(|(kind, _)| *kind != b"IDAT") {
        let content = content.ok_or(truncated(Format::Png))?;
        match kind {
            b"tRNS" => header.alpha = true,
            b"acTL" => control = control.or(frames(content)),
            b"fcTL" => shown = true,
            b"eXIf" => {
                header.orientation =
                    Orientation::from_exif_chunk(content).unwrap_or(Orientation::NoTransforms);
                header.exif = Some(content.into());
            }
            b"iCCP" => header.profile = profile(content).map(Into::into),
            _ => {}
        }
    }
    header.frames = control.unwrap_or(1);
    // Of one frame that is also the picture that others see, nothing is left to be told.
    if control.is_some_and(|frames| frames > 1 || !shown) {
        header.animation = Some((header.width, header.height));
        header.alpha |= leaves_bare(file, sides);
    }
    Ok(header)
}

/// The number of frames that an acTL chunk announces. A number outside of what the format allows
/// says nothing, as it does not in decoders.
fn frames(content: &[u8]) -> Option<u32> {
    const MOST: u32 = i32::MAX as u32;
    let (frames, plays) = (be32(content, 0)?, be32(content, 4)?);
    ((1..=MOST).contains(&frames) && plays <= MOST).then_some(frames)
}

/// Whether an animation leaves any of its canvas transparent: its first frame does not cover it, or
/// one is cleared away.
fn leaves_bare(file: &[u8], sides: [u32; 2]) -> bool {
    const KEEP: u8 = 0;
    const CLEAR: u8 = 1;
    let mut controls = frame_controls(file);
    // Before the first frame there was nothing that could come back.
    let stays = |control: &[u8]| control.get(24) == Some(&KEEP);
    let covers = |control: &[u8]| [4, 8].map(|at| be32(control, at)) == sides.map(Some);
    let first = controls.next();
    !first.is_some_and(|first| covers(first) && stays(first))
        || controls.any(|control| control.get(24) == Some(&CLEAR))
}

/// The contents of the fcTL chunks, as far as they are there.
fn frame_controls(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    chunks(file).filter(|(kind, _)| *kind == b"fcTL").filter_map(|(_, content)| content)
}

/// The profile of an iCCP chunk: a name that ends with a zero, a method, and zlib's data. One that
/// cannot be unpacked says nothing of the picture.
fn profile(content: &[u8]) -> Option<Vec<u8>> {
    let name_bytes = content.iter().position(|byte| *byte == 0)?;
    let packed = content.get(name_bytes + 2..)?;
    fdeflate::decompress_to_vec_bounded(packed, METADATA_BYTES as usize).ok()
}

/// Checks that the file goes on to a whole IEND chunk, that a palette has whole colours (the decoder
/// would trap), and that an animation has as many frames as it announces.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let (mut announced, mut data) = (None, false);
    for (kind, content) in chunks(file) {
        let content = content.ok_or(truncated(Format::Png))?;
        match kind {
            b"PLTE" if !content.len().is_multiple_of(3) => return Err(malformed(Format::Png)),
            b"acTL" if !data => announced = announced.or(frames(content)),
            b"IDAT" => data = true,
            b"IEND" => {
                let found = || frame_controls(file).count();
                let lies = announced.is_some_and(|frames| found() as u64 != u64::from(frames));
                return if lies { Err(malformed(Format::Png)) } else { Ok(()) };
            }
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
            animation: Some((5, 256)),
            orientation: Orientation::Rotate90,
            profile: Some(b"profile".to_vec().into()),
            exif: Some(turned[..].into()),
            ..Header::new(5, 256, ColourType::Palette, 4)
        };
        assert_eq!(read(&file), Ok(expected));
    }

    /// The control of a frame of such a width, that is left in its way of disposal.
    fn control(width: u32, disposal: u8) -> Vec<u8> {
        let sides = [0, width, 256, 0, 0].map(u32::to_be_bytes).concat();
        chunk(b"fcTL", &[&sides[..], &[0, 1, 0, 1, disposal, 0]].concat())
    }

    #[test]
    fn an_animation_has_as_many_frames_as_it_announces() {
        let announced = |frames: u32, plays: u32| {
            chunk(b"acTL", &[frames, plays].map(u32::to_be_bytes).concat())
        };
        let most = i32::MAX as u32;
        let broken = Err(malformed(Format::Png));
        for (frames, plays, controls, expected) in [
            (2, 0, 2, Ok(())),
            (2, most, 2, Ok(())),
            (2, 0, 1, broken),
            (2, 0, 3, broken),
            (most, 0, 1, broken),
            (1, 0, 0, broken),
            // What is outside of the format's numbers is no animation.
            (0, 0, 1, Ok(())),
            (most + 1, 0, 1, Ok(())),
            (2, most + 1, 1, Ok(())),
        ] {
            let chunks = [announced(frames, plays), control(5, 0).repeat(controls)];
            assert_eq!(check(&file(0, &chunks)), expected, "{frames} {plays} {controls}");
        }
        let of = |chunks: &[Vec<u8>]| {
            let file = file(0, chunks);
            let header = read(&file).unwrap();
            (header.frames, header.animation.is_some(), header.alpha)
        };
        let two = announced(2, 0);
        assert_eq!(of(&[two.clone(), control(5, 0), control(4, 0)]), (2, true, false));
        assert_eq!(of(&[two.clone(), control(5, 0), control(4, 1)]), (2, true, true));
        assert_eq!(of(&[two.clone(), control(4, 0), control(5, 0)]), (2, true, true));
        assert_eq!(of(&[two.clone(), control(5, 0), control(5, 2)]), (2, true, false));
        assert_eq!(of(&[two, control(5, 2), control(5, 0)]), (2, true, true));
        assert_eq!(of(&[announced(1, 0), control(5, 0)]), (1, false, false));
        // The picture is not part of its animation.
        assert_eq!(of(&[announced(1, 0)]), (1, true, true));
        assert_eq!(of(&[control(5, 0)]), (1, false, false));
    }

    #[test]
    fn a_profile_that_unpacks_without_end_says_nothing() {
        let bomb = fdeflate::compress_to_vec(&vec![0; METADATA_BYTES as usize + 1]);
        assert_eq!(profile(&[b"name\0\0", &bomb[..]].concat()), None);
        assert_eq!(profile(b"name"), None);
        assert_eq!(profile(b"name\0\0broken"), None);
    }
}
