//! The directory of a TIFF file (TIFF 6.0, section 2). The decoder allocates what an entry
//! announces, and misreads some of what the format allows; both are found out here first.

use image::metadata::Orientation;

use super::{Header, malformed, truncated, unsupported};
use crate::image::{ColourType, Error, Format};

/// Values that an entry may have which the decoder reads: 24 bytes of memory each.
const MOST_VALUES: u32 = 256 * 1024;
/// The first tag (XMP) beyond those that tell how the samples are stored.
const FIRST_PRIVATE: u16 = 700;

const IMAGE_WIDTH: u16 = 256;
const IMAGE_LENGTH: u16 = 257;
const BITS_PER_SAMPLE: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC_INTERPRETATION: u16 = 262;
const ORIENTATION: u16 = 274;
const PLANAR_CONFIGURATION: u16 = 284;
const TILE_WIDTH: u16 = 322;
const EXTRA_SAMPLES: u16 = 338;
const ICC_PROFILE: u16 = 34_675;

const TRUNCATED: Error = truncated(Format::Tiff);
const UNSUPPORTED: Error = unsupported(Format::Tiff);

/// Reads the first picture's directory.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let reader = Reader::new(file);
    let (mut width, mut height, mut bit_depth, mut alpha) = (0, 0, 1, false);
    let mut colour_type = None;
    let (mut orientation, mut profile) = (Orientation::NoTransforms, None);
    for entry in reader.entries()? {
        let entry = entry?;
        let number = reader.first(&entry).unwrap_or(0);
        match entry.tag {
            IMAGE_WIDTH => width = number,
            IMAGE_LENGTH => height = number,
            BITS_PER_SAMPLE => bit_depth = u8::try_from(number).unwrap_or(u8::MAX),
            PHOTOMETRIC_INTERPRETATION => colour_type = colours(number),
            EXTRA_SAMPLES => alpha = matches!(number, 1 | 2),
            ORIENTATION => {
                let turned = u8::try_from(number).ok().and_then(Orientation::from_exif);
                orientation = turned.unwrap_or(orientation);
            }
            ICC_PROFILE => profile = reader.content(&entry).map(Into::into),
            _ => {}
        }
    }
    let colour_type = match colour_type.ok_or(malformed(Format::Tiff))? {
        ColourType::Gray if alpha => ColourType::GrayAlpha,
        ColourType::Rgb if alpha => ColourType::Rgba,
        other => other,
    };
    let header = Header::new(width, height, colour_type, bit_depth);
    Ok(Header { alpha, orientation, profile, ..header })
}

/// Checks the first picture's directory: every value lies within the file, and the samples are
/// neither planes of tiles nor premultiplied by alpha.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let reader = Reader::new(file);
    let (mut planar, mut tiled) = (false, false);
    for entry in reader.entries()? {
        let entry = entry?;
        let is_read = entry.tag < FIRST_PRIVATE && entry.kind != Entry::ASCII;
        if is_read && entry.count > MOST_VALUES {
            return Err(UNSUPPORTED);
        }
        let first = reader.first(&entry);
        planar |= entry.tag == PLANAR_CONFIGURATION && first == Some(2);
        tiled |= entry.tag == TILE_WIDTH;
        let premultiplied = entry.tag == EXTRA_SAMPLES && first == Some(1);
        if planar && tiled || premultiplied {
            return Err(UNSUPPORTED);
        }
    }
    Ok(())
}

/// Whether the first picture's strips or tiles are JPEG (TIFF Technical Note 2).
pub(in crate::image) fn has_jpeg(file: &[u8]) -> bool {
    let reader = Reader::new(file);
    let is_jpeg = |entry: &Entry| entry.tag == COMPRESSION && reader.first(entry) == Some(7);
    reader.entries().is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|e| is_jpeg(&e))))
}

/// The colours of a photometric interpretation.
fn colours(interpretation: u32) -> Option<ColourType> {
    Some(match interpretation {
        0 | 1 => ColourType::Gray,
        2 => ColourType::Rgb,
        3 => ColourType::Palette,
        5 => ColourType::Cmyk,
        6 => ColourType::Ycbcr,
        8 => ColourType::Lab,
        _ => return None,
    })
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    /// Where the values begin: within the entry, or where its offset says.
    at: usize,
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

    fn bytes(&self) -> u64 {
        Self::value_bytes(self.kind) * u64::from(self.count)
    }
}

struct Reader<'a> {
    file: &'a [u8],
    little_endian: bool,
}

impl<'a> Reader<'a> {
    fn new(file: &'a [u8]) -> Self {
        Self { file, little_endian: file.starts_with(b"II") }
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = *self.file.get(at..)?.first_chunk()?;
        Some(if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = *self.file.get(at..)?.first_chunk()?;
        Some(if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The entries of the first directory.
    fn entries(&self) -> Result<impl Iterator<Item = Result<Entry, Error>>, Error> {
        let directory = self.long(4).ok_or(TRUNCATED)? as usize;
        let count = usize::from(self.short(directory).ok_or(TRUNCATED)?);
        let place = move |index| directory.saturating_add(2 + 12 * index);
        Ok((0..count).map(move |index| self.entry(place(index)).ok_or(TRUNCATED)))
    }

    /// The entry at `at`, unless it or its values are not all there.
    fn entry(&self, at: usize) -> Option<Entry> {
        let (tag, kind, count) = (self.short(at)?, self.short(at + 2)?, self.long(at + 4)?);
        let offset = self.long(at + 8)? as usize;
        let mut entry = Entry { tag, kind, count, at: at + 8 };
        if entry.bytes() > 4 {
            entry.at = offset;
        }
        let inside = entry.bytes() <= 4 || offset as u64 + entry.bytes() <= self.file.len() as u64;
        inside.then_some(entry)
    }

    /// The first value, where it is a whole number.
    fn first(&self, entry: &Entry) -> Option<u32> {
        match (entry.kind, entry.count) {
            (_, 0) => None,
            (1, _) => self.file.get(entry.at).map(|byte| u32::from(*byte)),
            (3, _) => self.short(entry.at).map(u32::from),
            (4, _) => self.long(entry.at),
            _ => None,
        }
    }

    fn content(&self, entry: &Entry) -> Option<&'a [u8]> {
        self.file.get(entry.at..)?.get(..usize::try_from(entry.bytes()).ok()?)
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

    #[test]
    fn the_directory_tells_how_samples_are_stored() {
        let entries = [(256, 4, 1, 0), (257, 3, 1, 256), (258, 3, 1, 16), (262, 3, 1, 1)];
        let mut gray = file(&entries);
        // A LONG takes the place of two SHORTs.
        gray[18..22].copy_from_slice(&5u32.to_be_bytes());
        assert_eq!(read(&gray), Ok(Header::new(5, 256, ColourType::Gray, 16)));

        let more = [(258, 3, 3, 0), (262, 3, 1, 2), (274, 3, 1, 8), (338, 3, 1, 2)];
        let mut rgba = file(&[&entries[1..2], &more[..], &[(34_675, 7, 3, 0)]].concat());
        // Three SHORTs lie elsewhere; three bytes of a profile do not.
        let end = rgba.len() as u32;
        rgba[30..34].copy_from_slice(&end.to_be_bytes());
        rgba[78..82].copy_from_slice(b"icc\0");
        rgba.extend([0, 8, 0, 8, 0, 8]);
        let expected = Header {
            orientation: Orientation::Rotate270,
            profile: Some(b"icc"[..].into()),
            ..Header::new(0, 256, ColourType::Rgba, 8)
        };
        assert_eq!(read(&rgba), Ok(expected));
        assert_eq!(read(&file(&entries[..3])), Err(malformed(Format::Tiff)));
    }
}
