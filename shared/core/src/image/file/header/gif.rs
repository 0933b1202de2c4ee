//! The blocks of a GIF file (CompuServe, 87a and 89a).

use super::bytes::le16;
use super::{Header, malformed, truncated};
use crate::image::{ColourType, Error, Format};

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3b;
const GRAPHIC_CONTROL: u8 = 0xf9;
/// The ways of disposal that restore the background, and what was there before.
const TO_BACKGROUND: u8 = 2;
const TO_PREVIOUS: u8 = 3;

/// A block after the screen's colour table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    /// A frame: left, top, width, height.
    Image([u16; 4]),
    /// A graphic control extension's flags.
    Control(u8),
    /// The extension that says how often an animation is repeated.
    Loop,
    /// Any other extension.
    Extension,
    Trailer,
    /// No block at all.
    Unknown,
}

/// Reads the screen's header and counts the frames. Blocks are followed as far as they go: many
/// files lack their end.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let screen = || Some((le16(file, 6)?, le16(file, 8)?, *file.get(10)?));
    let (width, height, flags) = screen().ok_or(truncated(Format::Gif))?;
    let mut header =
        Header::new(u32::from(width), u32::from(height), ColourType::Palette, colour_bits(flags));
    let (mut frames, mut largest, mut bare) = (0, (0, 0), false);
    for block in blocks(file) {
        match block {
            Block::Control(flags) => {
                header.alpha |= flags & 1 == 1;
                let disposal = flags >> 2 & 7;
                // Before the first frame there was nothing.
                let to_nothing = disposal == TO_PREVIOUS && frames == 0;
                bare |= disposal == TO_BACKGROUND || to_nothing;
            }
            Block::Image([left, top, across, down]) => {
                // Where nothing is drawn the screen is transparent.
                let covers = (left, top) == (0, 0) && across >= width && down >= height;
                bare |= frames == 0 && !covers;
                frames += 1;
                largest = (across.max(largest.0), down.max(largest.1));
            }
            Block::Trailer | Block::Unknown => break,
            Block::Loop | Block::Extension => {}
        }
    }
    if frames > 1 {
        header.animation = Some((u32::from(largest.0), u32::from(largest.1)));
        header.alpha |= bare;
    }
    Ok(Header { frames: frames.max(1), ..header })
}

/// Checks that an animation goes on to its trailer. A still picture, or one whose decoder comes to
/// nothing, needs none.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let (mut frames, mut goes_on) = (0, false);
    for block in blocks(file) {
        match block {
            Block::Trailer => return Ok(()),
            Block::Unknown if goes_on => return Err(malformed(Format::Gif)),
            Block::Unknown => return Ok(()),
            Block::Image(_) => {
                goes_on |= frames > 0;
                frames += 1;
            }
            Block::Loop => goes_on = true,
            Block::Control(_) | Block::Extension => goes_on |= frames > 0,
        }
    }
    if goes_on { Err(truncated(Format::Gif)) } else { Ok(()) }
}

/// The blocks after the screen's header, as far as there are bytes.
fn blocks(file: &[u8]) -> impl Iterator<Item = Block> {
    let table = file.get(10).map_or(0, |flags| table_bytes(*flags));
    let mut rest = file.get(13 + table..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, after) = rest.split_first()?;
        let (block, content) = match *kind {
            EXTENSION => (extension(after), after.get(1..)),
            IMAGE => {
                let table = after.get(8).map_or(0, |flags| table_bytes(*flags));
                let place = [0, 2, 4, 6].map(|at| le16(after, at).unwrap_or(0));
                // The descriptor's 9 bytes, the table, and the size of the codes.
                (Block::Image(place), after.get(9 + table + 1..))
            }
            TRAILER => (Block::Trailer, None),
            _ => (Block::Unknown, None),
        };
        rest = after_blocks(content.unwrap_or_default());
        Some(block)
    })
}

fn extension(content: &[u8]) -> Block {
    match content {
        [GRAPHIC_CONTROL, 4, flags, ..] => Block::Control(*flags),
        [0xff, 11, name @ ..] if name.starts_with(b"NETSCAPE2.0") => Block::Loop,
        _ => Block::Extension,
    }
}

/// Bits of an index into a colour table.
const fn colour_bits(flags: u8) -> u8 {
    (flags & 7) + 1
}

/// The length of the colour table that these flags announce.
const fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << colour_bits(flags) }
}

/// What follows a row of data blocks and its terminator.
fn after_blocks(mut rest: &[u8]) -> &[u8] {
    while let Some((length, after)) = rest.split_first() {
        rest = after.get(usize::from(*length)..).unwrap_or_default();
        if *length == 0 {
            break;
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_counted_across_tables_and_extensions() {
        let mut file = b"GIF89a\x05\0\x00\x01\x81\0\0".to_vec();
        file.extend([0; 12]);
        file.extend(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
        // An image with a table of 2 colours, then one without.
        file.extend(b"\x2c\0\0\0\0\x05\0\x05\0\x80abcdef\x02\x03\x2c\x2c\x2c\x01\x2c\0");
        file.extend(b"\x21\xf9\x04\x01\0\0\0\0");
        file.extend(b"\x2c\0\0\0\0\x05\0\x05\0\0\x02\0\x3b\x2c");
        let header = Header::new(5, 256, ColourType::Palette, 2);
        let expected = Header { frames: 2, alpha: true, animation: Some((5, 5)), ..header };
        assert_eq!(read(&file), Ok(expected));
        for length in 11..file.len() {
            let read = read(&file[..length]).unwrap();
            assert!((1..=2).contains(&read.frames), "{length}");
        }
        assert_eq!(read(&file[..10]), Err(truncated(Format::Gif)));
    }

    /// A file of 2 x 2 pixels with these blocks.
    fn file(blocks: &[&[u8]]) -> Vec<u8> {
        [b"GIF89a\x02\0\x02\0\0\0\0", &blocks.concat()[..]].concat()
    }

    const WHOLE: &[u8] = b"\x2c\0\0\0\0\x02\0\x02\0\0\x02\x01\x2c\0";
    const CORNER: &[u8] = b"\x2c\x01\0\0\0\x09\0\x01\0\0\x02\0";
    const COMMENT: &[u8] = b"\x21\xfe\x01c\0";
    const LOOP: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";

    #[test]
    fn an_animation_is_opaque_where_nothing_is_left_bare() {
        let alpha = |blocks: &[&[u8]]| read(&file(blocks)).unwrap().alpha;
        let control = |flags| [0x21, 0xf9, 4, flags, 0, 0, 0, 0];
        assert!(!alpha(&[CORNER]) && !alpha(&[WHOLE, CORNER]) && alpha(&[CORNER, WHOLE]));
        assert!(!alpha(&[WHOLE, &control(3 << 2), WHOLE]));
        assert!(alpha(&[&control(3 << 2), WHOLE, WHOLE]));
        assert!(alpha(&[&control(2 << 2), WHOLE, WHOLE]) && alpha(&[&control(1), WHOLE, WHOLE]));
        assert_eq!(read(&file(&[WHOLE, CORNER])).unwrap().animation, Some((9, 2)));
        assert_eq!(read(&file(&[CORNER])).unwrap().animation, None);
    }

    #[test]
    fn what_comes_after_the_first_frame_comes_to_its_end() {
        let (cut, broken) = (Err(truncated(Format::Gif)), Err(malformed(Format::Gif)));
        for (blocks, expected) in [
            (&[WHOLE][..], Ok(())),
            (&[COMMENT, WHOLE, b"\0\0"], Ok(())),
            (&[WHOLE, WHOLE], cut),
            (&[WHOLE, WHOLE, b"\x3b"], Ok(())),
            (&[WHOLE, WHOLE, b"\0\x3b"], broken),
            (&[WHOLE, COMMENT], cut),
            (&[WHOLE, COMMENT, b"\x3b"], Ok(())),
            (&[WHOLE, b"\x21"], cut),
            (&[LOOP, WHOLE], cut),
            (&[LOOP, WHOLE, b"\x3b more"], Ok(())),
            (&[LOOP, WHOLE, b"more"], broken),
        ] {
            assert_eq!(check(&file(blocks)), expected, "{blocks:?}");
        }
    }
}
