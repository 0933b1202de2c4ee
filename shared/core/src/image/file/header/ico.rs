//! The directory of a Windows icon, of which the largest picture is read.

use super::bytes::{le16, le32};
use super::{Header, bmp, malformed, png, truncated, unsupported};
use crate::image::{ColourType, Error, Format, InputError};

const DIRECTORY_BYTES: usize = 6;
const ENTRY_BYTES: usize = 16;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A picture in an icon.
pub(in crate::image) enum Entry<'a> {
    /// A whole PNG file.
    Png(&'a [u8]),
    /// A bitmap without its file header, twice as high as the picture: a mask follows it. With it
    /// goes its entry in the directory.
    Bitmap { entry: &'a [u8; ENTRY_BYTES], content: &'a [u8] },
}

impl<'a> Entry<'a> {
    /// The largest picture; of equally large ones that of most colours.
    pub(in crate::image) fn largest(file: &'a [u8]) -> Result<Self, Error> {
        let entries = entries(file)?;
        let sides = |entry: &[u8; ENTRY_BYTES]| {
            let [width, height] = [entry[0], entry[1]].map(|side| u32::from(side.wrapping_sub(1)));
            ((width + 1) * (height + 1), le16(entry, 6))
        };
        // The first of equals, where `max_by_key` would take the last.
        let entry = entries.iter().rev().max_by_key(|entry| sides(entry));
        let entry = entry.ok_or(malformed(Format::Ico))?;
        let content = content(file, entry).ok_or(truncated(Format::Ico))?;
        Ok(match content.starts_with(PNG_SIGNATURE) {
            true => Self::Png(content),
            false => Self::Bitmap { entry, content },
        })
    }

    /// An icon of this picture alone, where it is a bitmap: the decoder chooses by other rules.
    pub(in crate::image) fn alone(
        entry: &[u8; ENTRY_BYTES],
        content: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let mut file = Vec::new();
        file.try_reserve_exact(DIRECTORY_BYTES + ENTRY_BYTES + content.len())?;
        file.extend_from_slice(&[0, 0, 1, 0, 1, 0]);
        file.extend_from_slice(&entry[..ENTRY_BYTES - 4]);
        file.extend_from_slice(&((DIRECTORY_BYTES + ENTRY_BYTES) as u32).to_le_bytes());
        file.extend_from_slice(content);
        Ok(file)
    }
}

/// Reads the header of the largest picture, and counts them all.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let frames = entries(file)?.len() as u32;
    let header = match Entry::largest(file)? {
        Entry::Png(file) => png::read(file).map_err(of_icon)?,
        Entry::Bitmap { content, .. } => {
            let fields = bmp::fields(content).ok_or(truncated(Format::Ico))?;
            let (width, height, bits, _) = fields;
            let (colour, bit_depth) = bmp::colours(bits).ok_or(malformed(Format::Ico))?;
            let colour = if bits == 32 { ColourType::Rgba } else { colour };
            Header { alpha: true, ..Header::new(width, height / 2, colour, bit_depth) }
        }
    };
    Ok(Header { frames, ..header })
}

/// Checks the directory, and that the largest bitmap is not compressed: the decoder would leave its
/// pixels transparent. A PNG is checked as such.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    match Entry::largest(file)? {
        Entry::Bitmap { content, .. } if matches!(le32(content, 16), Some(1 | 2)) => {
            Err(unsupported(Format::Ico))
        }
        _ => Ok(()),
    }
}

/// An error in a picture within an icon, as one of the icon.
pub(in crate::image) fn of_icon(error: Error) -> Error {
    match error {
        Error::Input(InputError::Truncated(_)) => truncated(Format::Ico),
        Error::Input(InputError::Malformed(_)) => malformed(Format::Ico),
        Error::Unsupported(_) => unsupported(Format::Ico),
        error => error,
    }
}

/// The directory's entries; every picture is within the file.
fn entries(file: &[u8]) -> Result<&[[u8; ENTRY_BYTES]], Error> {
    let count = usize::from(le16(file, 4).ok_or(truncated(Format::Ico))?);
    let entries = file.get(DIRECTORY_BYTES..DIRECTORY_BYTES + count * ENTRY_BYTES);
    let entries = entries.ok_or(truncated(Format::Ico))?.as_chunks().0;
    match entries.iter().all(|entry| content(file, entry).is_some()) {
        true => Ok(entries),
        false => Err(truncated(Format::Ico)),
    }
}

fn content<'a>(file: &'a [u8], entry: &[u8; ENTRY_BYTES]) -> Option<&'a [u8]> {
    let (length, offset) = (le32(entry, 8)? as usize, le32(entry, 12)? as usize);
    file.get(offset..)?.get(..length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An icon of pictures with these sides, bits and content.
    fn file(pictures: &[(u8, u8, u8, &[u8])]) -> Vec<u8> {
        let mut file = vec![0, 0, 1, 0, pictures.len() as u8, 0];
        let mut offset = (DIRECTORY_BYTES + ENTRY_BYTES * pictures.len()) as u32;
        for (width, height, bits, content) in pictures {
            file.extend([*width, *height, 0, 0, 1, 0, *bits, 0]);
            file.extend([(content.len() as u32).to_le_bytes(), offset.to_le_bytes()].concat());
            offset += content.len() as u32;
        }
        pictures.iter().for_each(|(.., content)| file.extend(*content));
        file
    }

    fn largest(pictures: &[(u8, u8, u8, &[u8])]) -> Vec<u8> {
        match Entry::largest(&file(pictures)).unwrap() {
            Entry::Png(content) | Entry::Bitmap { content, .. } => content.to_vec(),
        }
    }

    #[test]
    fn the_largest_picture_is_chosen() {
        assert_eq!(largest(&[(16, 16, 32, b"a"), (0, 0, 8, b"b"), (255, 255, 32, b"c")]), b"b");
        assert_eq!(largest(&[(16, 16, 4, b"a"), (16, 16, 32, b"b"), (16, 16, 32, b"c")]), b"b");
        assert_eq!(largest(&[(9, 1, 32, b"a"), (4, 4, 1, b"b")]), b"b");
        assert_eq!(read(&file(&[])), Err(malformed(Format::Ico)));
    }

    #[test]
    fn a_bitmap_is_half_as_high_as_it_says() {
        let mut bitmap = [40, 16, 32].map(u32::to_le_bytes).concat();
        bitmap.extend([1, 0, 4, 0]);
        bitmap.extend([0; 24]);
        let icon = file(&[(8, 8, 1, b"smaller"), (16, 16, 4, &bitmap)]);
        let header = Header::new(16, 16, ColourType::Palette, 4);
        assert_eq!(read(&icon), Ok(Header { alpha: true, frames: 2, ..header }));
        let Ok(Entry::Bitmap { entry, content }) = Entry::largest(&icon) else {
            panic!("a bitmap")
        };
        assert_eq!(Entry::alone(entry, content), Ok(file(&[(16, 16, 4, &bitmap)])));
        for length in 4..icon.len() {
            assert_eq!(read(&icon[..length]), Err(truncated(Format::Ico)), "{length}");
        }
    }
}
