//! The directory of a TIFF file (TIFF 6.0, section 2). The decoder allocates what an entry
//! announces, and misreads some of what the format allows; both are found out here first.

use super::{Error, Format, InputError, UnsupportedError};

/// Values that an entry may have which the decoder reads: 24 bytes of memory each.
const MOST_VALUES: u32 = 256 * 1024;
/// The first tag (XMP) beyond those that tell how the samples are stored.
const FIRST_PRIVATE: u16 = 700;

const PLANAR_CONFIGURATION: u16 = 284;
const TILE_WIDTH: u16 = 322;
const EXTRA_SAMPLES: u16 = 338;

const TRUNCATED: Error = Error::Input(InputError::Truncated(Format::Tiff));
const UNSUPPORTED: Error = Error::Unsupported(UnsupportedError::Feature(Format::Tiff));

/// Checks the first picture's directory: every value lies within the file, and the samples are
/// neither planes of tiles nor premultiplied by alpha.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let reader = Reader { file, little_endian: file.starts_with(b"II") };
    let directory = reader.long(4).ok_or(TRUNCATED)? as usize;
    let entries = usize::from(reader.short(directory).ok_or(TRUNCATED)?);
    let (mut planar, mut tiled) = (false, false);
    for index in 0..entries {
        let at = directory.saturating_add(2 + 12 * index);
        let entry = reader.entry(at).ok_or(TRUNCATED)?;
        let is_read = entry.tag < FIRST_PRIVATE && entry.kind != Entry::ASCII;
        if is_read && entry.count > MOST_VALUES {
            return Err(UNSUPPORTED);
        }
        planar |= entry.tag == PLANAR_CONFIGURATION && entry.first == 2;
        tiled |= entry.tag == TILE_WIDTH;
        let premultiplied = entry.tag == EXTRA_SAMPLES && entry.first == 1;
        if planar && tiled || premultiplied {
            return Err(UNSUPPORTED);
        }
    }
    Ok(())
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    /// The first value, if it is a SHORT within the entry.
    first: u16,
}

impl Entry {
    const ASCII: u16 = 2;

    /// Bytes of a value; 0 for types that no decoder reads.
    fn value_bytes(kind: u16) -> u64 {
        match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 | 16..=18 => 8,
            _ => 0,
        }
    }
}

struct Reader<'a> {
    file: &'a [u8],
    little_endian: bool,
}

impl Reader<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = *self.file.get(at..)?.first_chunk()?;
        Some(if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = *self.file.get(at..)?.first_chunk()?;
        Some(if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The entry at `at`, unless it or its values are not all there.
    fn entry(&self, at: usize) -> Option<Entry> {
        let (tag, kind, count) = (self.short(at)?, self.short(at + 2)?, self.long(at + 4)?);
        let bytes = Entry::value_bytes(kind) * u64::from(count);
        let offset = u64::from(self.long(at + 8)?);
        let inside = bytes <= 4 || offset + bytes <= self.file.len() as u64;
        inside.then_some(Entry { tag, kind, count, first: self.short(at + 8)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one directory with these entries: tag, type, count and a SHORT.
    fn file(entries: &[(u16, u16, u32, u16)]) -> Vec<u8> {
        let mut file = b"MM\0*\0\0\0\x08".to_vec();
        file.extend((entries.len() as u16).to_be_bytes());
        for (tag, kind, count, value) in entries {
            file.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
            file.extend(count.to_be_bytes());
            file.extend([value.to_be_bytes(), [0, 0]].concat());
        }
        file
    }

    #[test]
    fn a_directory_is_all_there() {
        let whole = file(&[(256, 3, 1, 640), (257, 3, 1, 480), (258, 3, 2, 8)]);
        assert_eq!(check(&whole), Ok(()));
        for length in 4..whole.len() {
            assert_eq!(check(&whole[..length]), Err(TRUNCATED), "{length}");
        }
        // Two LONGs do not fit into the entry, and the file does not have them elsewhere.
        assert_eq!(check(&file(&[(273, 4, 2, 0xffff)])), Err(TRUNCATED));
    }

    #[test]
    fn what_would_take_too_much_memory_is_refused() {
        let mut large = file(&[(273, 1, MOST_VALUES + 1, 0)]);
        large.resize(MOST_VALUES as usize + 100, 0);
        assert_eq!(check(&large), Err(UNSUPPORTED));
        large[14..18].copy_from_slice(&MOST_VALUES.to_be_bytes());
        assert_eq!(check(&large), Ok(()));
    }

    #[test]
    fn what_would_be_misread_is_refused() {
        assert_eq!(check(&file(&[(284, 3, 1, 2)])), Ok(()));
        assert_eq!(check(&file(&[(322, 3, 1, 16)])), Ok(()));
        assert_eq!(check(&file(&[(284, 3, 1, 2), (322, 3, 1, 16)])), Err(UNSUPPORTED));
        assert_eq!(check(&file(&[(338, 3, 1, 2)])), Ok(()));
        assert_eq!(check(&file(&[(338, 3, 1, 1)])), Err(UNSUPPORTED));
    }
}
