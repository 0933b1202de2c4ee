//! The blocks of a GIF file (CompuServe, 87a and 89a).

use super::bytes::le16;
use super::{Header, truncated};
use crate::image::{ColourType, Error, Format};

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const GRAPHIC_CONTROL: u8 = 0xf9;

/// Reads the screen's header and counts the frames. Blocks are followed as far as they go: many
/// files lack their end.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let screen = || Some((le16(file, 6)?, le16(file, 8)?, *file.get(10)?));
    let (width, height, flags) = screen().ok_or(truncated(Format::Gif))?;
    let mut header =
        Header::new(u32::from(width), u32::from(height), ColourType::Palette, colour_bits(flags));
    let mut rest = file.get(13 + table_bytes(flags)..).unwrap_or_default();
    header.frames = 0;
    while let Some((kind, after)) = rest.split_first() {
        let next = match *kind {
            EXTENSION => {
                let transparent =
                    matches!(after, [GRAPHIC_CONTROL, 4, flags, ..] if flags & 1 == 1);
                header.alpha |= transparent;
                after.get(1..)
            }
            IMAGE => {
                header.frames += 1;
                let table = after.get(8).map_or(0, |flags| table_bytes(*flags));
                // The descriptor's 9 bytes, the table, and the size of the codes.
                after.get(9 + table + 1..)
            }
            _ => break,
        };
        rest = after_blocks(next.unwrap_or_default());
    }
    Ok(Header { frames: header.frames.max(1), ..header })
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
        let expected = Header { frames: 2, alpha: true, ..header.clone() };
        assert_eq!(read(&file), Ok(expected));
        for length in 11..file.len() {
            let read = read(&file[..length]).unwrap();
            assert!((1..=2).contains(&read.frames), "{length}");
        }
        assert_eq!(read(&file[..10]), Err(truncated(Format::Gif)));
    }
}
