//! What the `meta` box of a file says of its primary item (ISO/IEC 23008-12 and the AVIF
//! specification): how the picture is stored, and where.

use std::borrow::Cow;

use image::metadata::Orientation;

use super::boxes::{Bytes, boxes, find};
use crate::image::{ColourType, Error, Format, InputError, UnsupportedError};
use crate::pixels::buffer::zeroed;

const TRUNCATED: Error = Error::Input(InputError::Truncated(Format::Avif));
const MALFORMED: Error = Error::Input(InputError::Malformed(Format::Avif));
const UNSUPPORTED: Error = Error::Unsupported(UnsupportedError::Feature(Format::Avif));

/// What an alpha item's `auxC` says.
const ALPHA: [&[u8]; 2] =
    [b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0", b"urn:mpeg:hevc:2015:auxid:1\0"];

/// The primary item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::image) struct Primary<'a> {
    pub(in crate::image) colour: Item<'a>,
    /// An item whose luma is the alpha of this one.
    pub(in crate::image) alpha: Option<Item<'a>>,
    /// Whether colours were multiplied by alpha.
    pub(in crate::image) premultiplied: bool,
}

/// A coded picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::image) struct Item<'a> {
    id: u64,
    pub(in crate::image) width: u32,
    pub(in crate::image) height: u32,
    pub(in crate::image) bit_depth: u8,
    pub(in crate::image) monochrome: bool,
    /// Code points of ITU-T H.273.
    pub(in crate::image) code_points: Option<CodePoints>,
    pub(in crate::image) profile: Option<&'a [u8]>,
    /// Quarter turns against the clock, and then whether the picture is mirrored: top to bottom by
    /// axis 0, left to right by axis 1.
    turns: u8,
    mirrored: Option<u8>,
    is_alpha: bool,
    /// Whether a property must be understood that is not.
    unread: bool,
}

/// How numbers are to be taken for colours (ITU-T H.273).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::image) struct CodePoints {
    pub(in crate::image) primaries: u8,
    pub(in crate::image) transfer: u8,
    pub(in crate::image) matrix: u8,
    pub(in crate::image) full_range: bool,
}

impl<'a> Primary<'a> {
    pub(in crate::image) fn read(file: &'a [u8]) -> Result<Self, Error> {
        let meta = Meta::of(file)?;
        let id = meta.primary().ok_or(MALFORMED)?;
        let colour = meta.item(id)?;
        let sources = meta.references(b"auxl", |_, to| to == id).map(|(from, _)| from);
        let alpha = sources.map(|id| meta.item(id)).find(|item| match item {
            Ok(item) => item.is_alpha,
            Err(_) => true,
        });
        let alpha = alpha.transpose()?;
        let premultiplied = alpha.as_ref().is_some_and(|alpha| {
            meta.references(b"prem", |from, to| from == id && to == alpha.id).next().is_some()
        });
        Ok(Self { colour, alpha, premultiplied })
    }

    pub(in crate::image) fn colour_type(&self) -> ColourType {
        let identity = self.colour.code_points.is_some_and(|points| points.matrix == 0);
        match (self.colour.monochrome, identity, self.alpha.is_some()) {
            (true, _, false) => ColourType::Gray,
            (true, _, true) => ColourType::GrayAlpha,
            (_, true, false) => ColourType::Rgb,
            (_, true, true) => ColourType::Rgba,
            _ => ColourType::Ycbcr,
        }
    }

    /// Refuses what would be shown otherwise than it is meant.
    pub(in crate::image) fn check(&self) -> Result<(), Error> {
        let (colour, alpha) = (&self.colour, self.alpha.as_ref());
        let fits = |alpha: &Item| (alpha.width, alpha.height) == (colour.width, colour.height);
        if colour.unread || alpha.is_some_and(|alpha| alpha.unread || !fits(alpha)) {
            return Err(UNSUPPORTED);
        }
        Ok(())
    }
}

impl Item<'_> {
    /// What turns the picture upright (ISO/IEC 23008-12, 6.5.10 and 6.5.12): turned, then mirrored.
    pub(in crate::image) fn orientation(&self) -> Orientation {
        // A mirror from top to bottom is one from left to right after half a turn.
        let turns = self.turns + if self.mirrored == Some(0) { 2 } else { 0 };
        match (turns % 4, self.mirrored.is_some()) {
            (0, false) => Orientation::NoTransforms,
            (1, false) => Orientation::Rotate270,
            (2, false) => Orientation::Rotate180,
            (_, false) => Orientation::Rotate90,
            (0, true) => Orientation::FlipHorizontal,
            (1, true) => Orientation::Rotate270FlipH,
            (2, true) => Orientation::FlipVertical,
            (_, true) => Orientation::Rotate90FlipH,
        }
    }

    /// The item's coded data.
    pub(in crate::image) fn data<'a>(&self, file: &'a [u8]) -> Result<Cow<'a, [u8]>, Error> {
        Meta::of(file)?.data(self.id, file)
    }
}

/// How many pictures a sequence's tracks have at most: as many as there are samples in `stsz`.
pub(in crate::image) fn sequence_frames(file: &[u8]) -> u32 {
    let tracks = find(file, b"moov").into_iter().flat_map(boxes);
    let tracks = tracks.filter_map(|(kind, track)| track.filter(|_| kind == b"trak"));
    let samples = |track| {
        let path = [b"mdia", b"minf", b"stbl", b"stsz"];
        let sizes = path.iter().try_fold(track, |within, kind| find(within, kind))?;
        let mut sizes = Bytes(sizes);
        sizes.take(8)?;
        sizes.number(4)
    };
    tracks.filter_map(samples).max().map_or(1, |frames| frames.max(1) as u32)
}

/// Whether a box of the file is not all there.
pub(in crate::image) fn is_cut(file: &[u8]) -> bool {
    boxes(file).any(|(_, content)| content.is_none())
}

struct Meta<'a>(&'a [u8]);

impl<'a> Meta<'a> {
    /// The box of a file that is all there.
    fn of(file: &'a [u8]) -> Result<Self, Error> {
        // A sequence may do without.
        let missing = if find(file, b"moov").is_some() { UNSUPPORTED } else { TRUNCATED };
        let mut meta = Bytes(find(file, b"meta").ok_or(missing)?);
        meta.version().ok_or(MALFORMED)?;
        Ok(Self(meta.0))
    }

    fn find(&self, kind: &[u8; 4]) -> Option<Bytes<'a>> {
        find(self.0, kind).map(Bytes)
    }

    fn primary(&self) -> Option<u64> {
        let mut primary = self.find(b"pitm")?;
        let bytes = id_bytes(primary.version()?);
        primary.number(bytes)
    }

    /// The item, by its properties.
    fn item(&self, id: u64) -> Result<Item<'a>, Error> {
        match self.kind(id) {
            Some(b"av01") => self.described(id).ok_or(MALFORMED),
            Some(_) => Err(UNSUPPORTED),
            None => Err(MALFORMED),
        }
    }

    /// The item's type (`iinf`).
    fn kind(&self, id: u64) -> Option<&'a [u8; 4]> {
        let mut infos = self.find(b"iinf")?;
        let count_bytes = id_bytes(infos.version()?);
        infos.take(count_bytes)?;
        let info = |content: &'a [u8]| {
            let mut info = Bytes(content);
            // The second version has short identifiers, the third long ones.
            let bytes = id_bytes(info.version()?.checked_sub(2)?);
            let found = info.number(bytes)? == id;
            info.take(2)?;
            info.array().filter(|_| found)
        };
        boxes(infos.0)
            .find_map(|(kind, content)| (kind == b"infe").then_some(content?).and_then(info))
    }

    /// The item's properties (`iprp`).
    fn described(&self, id: u64) -> Option<Item<'a>> {
        let properties = self.find(b"iprp")?.0;
        let contents = find(properties, b"ipco")?;
        let mut item = Item { id, ..Item::default() };
        let mut coded = false;
        for (index, essential) in associations(find(properties, b"ipma")?, id)? {
            let Some(index) = index.checked_sub(1) else { continue };
            let (kind, content) = boxes(contents).nth(index)?;
            coded |= kind == b"av1C";
            item.unread |= !item.describe(kind, Bytes(content?))? && essential;
        }
        coded.then_some(item)
    }

    /// References of a kind (`iref`), from an item to another.
    fn references(
        &self,
        kind: &'static [u8; 4],
        wanted: impl Fn(u64, u64) -> bool,
    ) -> impl Iterator<Item = (u64, u64)> {
        let mut references = self.find(b"iref").unwrap_or(Bytes(&[]));
        let bytes = references.version().map_or(2, id_bytes);
        let of_kind = boxes(references.0).filter(move |(other, _)| *other == kind);
        let pairs = of_kind.flat_map(move |(_, content)| {
            let mut content = Bytes(content.unwrap_or_default());
            let from = content.number(bytes);
            let _count = content.number(2);
            std::iter::from_fn(move || Some((from?, content.number(bytes)?)))
        });
        pairs.filter(move |(from, to)| wanted(*from, *to))
    }

    /// The item's extents (`iloc`), joined where there are several.
    fn data(&self, id: u64, file: &'a [u8]) -> Result<Cow<'a, [u8]>, Error> {
        let mut location = self.location(id).ok_or(MALFORMED)?;
        let within = match location.method {
            0 => file,
            1 => self.find(b"idat").ok_or(MALFORMED)?.0,
            _ => return Err(UNSUPPORTED),
        };
        let first = location.next(within)?;
        if location.count == 0 {
            return Ok(first.into());
        }
        // Extents may overlap, but not make more of a file than there is.
        let mut data = zeroed(file.len())?;
        let mut extent = first;
        let mut length = 0;
        loop {
            let end = length + extent.len();
            data.get_mut(length..end).ok_or(MALFORMED)?.copy_from_slice(extent);
            length = end;
            if location.count == 0 {
                data.truncate(length);
                return Ok(data.into());
            }
            extent = location.next(within)?;
        }
    }

    fn location(&self, id: u64) -> Option<Location<'a>> {
        let mut locations = self.find(b"iloc")?;
        let version = locations.version()?;
        let sizes = locations.number(2)?;
        let size = |nibble: u32| (sizes >> (4 * nibble) & 15) as usize;
        let (offset_bytes, length_bytes, base_bytes) = (size(3), size(2), size(1));
        let index_bytes = if version == 0 { 0 } else { size(0) };
        let items = locations.number(id_bytes(version.saturating_sub(1)))?;
        for _ in 0..items {
            let item = locations.number(id_bytes(version.saturating_sub(1)))?;
            let method = if version == 0 { 0 } else { locations.number(2)? & 15 };
            // A file of its own, named elsewhere.
            let elsewhere = locations.number(2)? != 0;
            let base = locations.number(base_bytes.min(8))?;
            let count = locations.number(2)?;
            let extent_bytes = index_bytes + offset_bytes + length_bytes;
            let extents = locations.take(extent_bytes.checked_mul(count as usize)?)?;
            if item == id && count > 0 {
                let method = if elsewhere { u64::MAX } else { method };
                let extents = Bytes(extents);
                return Some(Location {
                    method,
                    base,
                    count,
                    extents,
                    index_bytes,
                    offset_bytes,
                    length_bytes,
                });
            }
        }
        None
    }
}

/// Where an item's data lies.
struct Location<'a> {
    method: u64,
    base: u64,
    /// How many extents are left.
    count: u64,
    extents: Bytes<'a>,
    index_bytes: usize,
    offset_bytes: usize,
    length_bytes: usize,
}

impl Location<'_> {
    /// The next extent.
    fn next<'a>(&mut self, within: &'a [u8]) -> Result<&'a [u8], Error> {
        let mut number = |bytes: usize| match bytes {
            0..=8 => self.extents.number(bytes).ok_or(MALFORMED),
            _ => Err(MALFORMED),
        };
        number(self.index_bytes)?;
        let (offset, length) = (number(self.offset_bytes)?, number(self.length_bytes)?);
        self.count -= 1;
        let start = self.base.checked_add(offset).and_then(|start| usize::try_from(start).ok());
        let rest = start.and_then(|start| within.get(start..)).ok_or(TRUNCATED)?;
        match usize::try_from(length) {
            // All that there is.
            Ok(0) => Ok(rest),
            Ok(length) => rest.get(..length).ok_or(TRUNCATED),
            Err(_) => Err(TRUNCATED),
        }
    }
}

/// Identifiers are short in the first version of a box, long in later ones.
const fn id_bytes(version: u64) -> usize {
    if version == 0 { 2 } else { 4 }
}

/// The properties of an item (`ipma`), counted from 1, each with whether it must be understood.
fn associations(content: &[u8], id: u64) -> Option<impl Iterator<Item = (usize, bool)>> {
    let mut content = Bytes(content);
    let (version, flags) = (content.number(1)?, content.number(3)?);
    let bytes = if flags & 1 == 1 { 2 } else { 1 };
    for _ in 0..content.number(4)? {
        let item = content.number(id_bytes(version))?;
        let count = content.number(1)? as usize;
        let mut associated = Bytes(content.take(count * bytes)?);
        if item == id {
            let essential = 1 << (8 * bytes - 1);
            return Some(std::iter::from_fn(move || {
                let number = associated.number(bytes)?;
                Some(((number & (essential - 1)) as usize, number & essential != 0))
            }));
        }
    }
    None
}

impl<'a> Item<'a> {
    /// Takes a property; whether it is one that is read.
    fn describe(&mut self, kind: &[u8; 4], mut content: Bytes<'a>) -> Option<bool> {
        match kind {
            b"ispe" => {
                content.version()?;
                self.width = content.number(4)? as u32;
                self.height = content.number(4)? as u32;
            }
            b"av1C" => {
                let flags = content.number(4)?;
                let (high, twelve) = (flags >> 14 & 1 == 1, flags >> 13 & 1 == 1);
                self.bit_depth = if high && twelve {
                    12
                } else if high {
                    10
                } else {
                    8
                };
                self.monochrome = flags >> 12 & 1 == 1;
            }
            b"colr" => match content.array()? {
                b"nclx" => {
                    let mut point = || content.number(2).and_then(|point| u8::try_from(point).ok());
                    let [primaries, transfer, matrix] = [point()?, point()?, point()?];
                    let full_range = content.number(1)? >> 7 == 1;
                    self.code_points = Some(CodePoints { primaries, transfer, matrix, full_range });
                }
                b"prof" | b"rICC" => self.profile = Some(content.0),
                _ => {}
            },
            b"irot" => self.turns = content.number(1)? as u8 & 3,
            b"imir" => self.mirrored = Some(content.number(1)? as u8 & 1),
            b"auxC" => {
                content.version()?;
                self.is_alpha = ALPHA.iter().any(|alpha| content.0.starts_with(alpha));
            }
            b"pixi" | b"pasp" => {}
            _ => return Some(false),
        }
        Some(true)
    }
}
