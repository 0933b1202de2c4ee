//! The directories of an Exif block (TIFF 6.0, section 2; Exif 3.0, 4.6). They are read where they are,
//! one tag at a time: a list of all that a hostile block of 64 KiB can name has millions of entries.

/// The tag that tells where the directory of Exif is.
const EXIF_IFD: u16 = 0x8769;
/// The length of an entry: tag, type, count, and the value or where it is.
const ENTRY: usize = 12;

/// A directory of tags in a block.
#[derive(Clone, Copy)]
pub(super) struct Directory<'a> {
    block: &'a [u8],
    big_endian: bool,
    /// As many whole entries as are there.
    entries: &'a [u8],
}

/// What a directory tells under a tag.
pub(super) enum Value<'a> {
    /// A text, up to its first zero.
    Text(&'a [u8]),
    /// A whole number.
    Whole(u32),
    /// A numerator and a denominator.
    Ratio(f64, f64),
}

impl<'a> Directory<'a> {
    /// The first directory of a block: of the picture.
    pub(super) fn first(block: &'a [u8]) -> Option<Self> {
        let big_endian = match block.get(..4)? {
            b"II*\0" => false,
            b"MM\0*" => true,
            _ => return None,
        };
        let start = Self { block, big_endian, entries: &[] };
        start.at(start.long(block.get(4..8)?)?)
    }

    /// The directory of Exif that this one points to.
    pub(super) fn exif(&self) -> Option<Self> {
        match self.value(EXIF_IFD)? {
            Value::Whole(offset) => self.at(offset),
            _ => None,
        }
    }

    /// The first value under a tag.
    pub(super) fn value(&self, tag: u16) -> Option<Value<'a>> {
        let mut entries = self.entries.chunks_exact(ENTRY);
        let entry = entries.find(|entry| self.short(entry) == Some(tag))?;
        let count = self.long(&entry[4..])? as usize;
        let size = match self.short(&entry[2..])? {
            1 | 2 | 129 => 1,
            3 => 2,
            4 => 4,
            5 | 10 => 8,
            _ => return None,
        };
        let length = count.checked_mul(size).filter(|length| *length > 0)?;
        let value = match length {
            ..=4 => &entry[8..8 + length],
            _ => self.block.get(self.long(&entry[8..])? as usize..)?.get(..length)?,
        };
        Some(match self.short(&entry[2..])? {
            1 => Value::Whole(u32::from(value[0])),
            3 => Value::Whole(u32::from(self.short(value)?)),
            4 => Value::Whole(self.long(value)?),
            5 => Value::Ratio(f64::from(self.long(value)?), f64::from(self.long(&value[4..])?)),
            10 => Value::Ratio(self.signed(value)?, self.signed(&value[4..])?),
            _ => Value::Text(value.split(|byte| *byte == 0).next().unwrap_or_default()),
        })
    }

    /// The directory that begins so many bytes after the block does.
    fn at(&self, offset: u32) -> Option<Self> {
        let rest = self.block.get(offset as usize..)?;
        let count = usize::from(self.short(rest)?);
        let entries = &rest[2..];
        Some(Self { entries: &entries[..entries.len().min(count * ENTRY)], ..*self })
    }

    fn short(&self, bytes: &[u8]) -> Option<u16> {
        let bytes = *bytes.first_chunk()?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&self, bytes: &[u8]) -> Option<u32> {
        let bytes = *bytes.first_chunk()?;
        Some(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    fn signed(&self, bytes: &[u8]) -> Option<f64> {
        self.long(bytes).map(|number| f64::from(number.cast_signed()))
    }
}
