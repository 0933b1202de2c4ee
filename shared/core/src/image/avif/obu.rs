//! AV1's headers (AV1 Bitstream & Decoding Process Specification, sections 5.3 to 5.9), as far as the
//! memory depends on them that the decoder takes: it allocates whatever they announce, and traps
//! where it does not get it.

use crate::image::{Error, Format, InputError, UnsupportedError};

const MALFORMED: Error = Error::Input(InputError::Malformed(Format::Avif));
const UNSUPPORTED: Error = Error::Unsupported(UnsupportedError::Feature(Format::Avif));

/// As many as the highest level has (annex A.3).
const MOST_TILES: u64 = 128;
/// What the decoder holds for each tile, most of it probabilities.
const TILE_BYTES: u64 = 24 * 1024;
/// What it holds whatever the picture's size.
const TABLES_BYTES: u64 = 1024 * 1024;
/// Planes are as large as whole blocks of this side.
const BLOCK: u64 = 128;
/// A choice that is left to each frame.
const SELECT: u32 = 2;

/// What the headers say of the one picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stream {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bit_depth: u8,
    /// There is luma only.
    pub(super) monochrome: bool,
    /// Whether chroma has half the columns, and half the rows.
    pub(super) halves: [bool; 2],
    /// Code points of ITU-T H.273 for the matrix; whether samples use their full range.
    pub(super) matrix: u8,
    pub(super) full_range: bool,
    film_grain: bool,
    tiles: u64,
}

impl Stream {
    /// Reads the headers of an item's data: one sequence header, and one frame that stands alone.
    pub(super) fn read(data: &[u8]) -> Result<Self, Error> {
        let mut stream = None;
        let mut sequence = None;
        let mut rest = data;
        while !rest.is_empty() {
            let (kind, content, after) = unit(rest).ok_or(MALFORMED)?;
            rest = after;
            match kind {
                1 if sequence.is_none() => {
                    sequence = Some(Sequence::read(&mut Bits::new(content)).ok_or(MALFORMED)??);
                }
                3 | 6 if stream.is_none() => {
                    let sequence = sequence.as_ref().ok_or(MALFORMED)?;
                    let tiles = sequence.tiles(&mut Bits::new(content)).ok_or(MALFORMED)??;
                    stream = Some(Self { tiles, ..sequence.stream.clone() });
                }
                // Tiles, delimiters, metadata and padding.
                2 | 4 | 5 | 15 => {}
                _ => return Err(UNSUPPORTED),
            }
        }
        stream.ok_or(MALFORMED)
    }

    /// The most memory, in bytes, that the decoder takes beside the data.
    pub(super) fn memory_bytes(&self) -> u64 {
        let whole = |side: u32| u64::from(side).next_multiple_of(BLOCK);
        let samples = (whole(self.width) + BLOCK) * whole(self.height);
        let bytes = samples.saturating_mul(if self.bit_depth > 8 { 2 } else { 1 });
        let planes = match (self.monochrome, self.halves) {
            (true, _) => bytes,
            (_, [true, true]) => bytes.saturating_mul(3) / 2,
            (_, [true, false]) => bytes.saturating_mul(2),
            _ => bytes.saturating_mul(3),
        };
        let pictures = if self.film_grain { 2 } else { 1 };
        planes
            .saturating_mul(pictures)
            // Filters of blocks, and rows around them.
            .saturating_add(bytes)
            .saturating_add(self.tiles * TILE_BYTES + TABLES_BYTES)
    }
}

/// The first unit of `data`: its type, its content, and what follows.
fn unit(data: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (header, mut rest) = data.split_first()?;
    if header & 4 != 0 {
        rest = rest.get(1..)?;
    }
    let mut length = rest.len();
    if header & 2 != 0 {
        let digits = rest.iter().take(8).position(|byte| byte & 0x80 == 0)? + 1;
        let (size, after) = rest.split_at(digits);
        let number = size.iter().rev().fold(0, |size, byte| size << 7 | u64::from(byte & 0x7f));
        (length, rest) = (usize::try_from(number).ok()?, after);
    }
    let (content, after) = rest.split_at_checked(length)?;
    Some((header >> 3 & 15, content, after))
}

/// A sequence header (section 5.5).
struct Sequence {
    stream: Stream,
    reduced: bool,
    large_blocks: bool,
    screen_content_tools: u32,
    integer_vectors: u32,
    frame_id_bits: u32,
    order_hint_bits: u32,
    superres: bool,
}

impl Sequence {
    fn read(bits: &mut Bits) -> Option<Result<Self, Error>> {
        let profile = bits.number(3)?;
        let _still = bits.flag()?;
        let reduced = bits.flag()?;
        if reduced {
            bits.number(5)?;
        } else if !operating_points(bits)? {
            return Some(Err(UNSUPPORTED));
        }
        let [width_bits, height_bits] = [bits.number(4)? + 1, bits.number(4)? + 1];
        let [width, height] = [bits.number(width_bits)? + 1, bits.number(height_bits)? + 1];
        let mut frame_id_bits = 0;
        if !reduced && bits.flag()? {
            frame_id_bits = bits.number(4)? + bits.number(3)? + 3;
        }
        let large_blocks = bits.flag()?;
        // Intra filters, and edges.
        bits.number(2)?;
        let (mut screen_content_tools, mut integer_vectors, mut order_hint_bits) =
            (SELECT, SELECT, 0);
        if !reduced {
            // Compound predictions, warps and filters.
            bits.number(4)?;
            let order_hint = bits.flag()?;
            if order_hint {
                bits.number(2)?;
            }
            screen_content_tools = bits.choice()?;
            if screen_content_tools > 0 {
                integer_vectors = bits.choice()?;
            }
            if order_hint {
                order_hint_bits = bits.number(3)? + 1;
            }
        }
        let superres = bits.flag()?;
        // Filters of the whole frame.
        bits.number(2)?;
        let mut stream = Stream { width, height, ..Stream::default() };
        stream.read_colours(profile, bits)?;
        stream.film_grain = bits.flag()?;
        Some(Ok(Self {
            stream,
            reduced,
            large_blocks,
            screen_content_tools,
            integer_vectors,
            frame_id_bits,
            order_hint_bits,
            superres,
        }))
    }

    /// Reads a frame's header (section 5.9.2) as far as its tiles, and counts them. It must be a key
    /// frame that is shown, of the sequence's size.
    fn tiles(&self, bits: &mut Bits) -> Option<Result<u64, Error>> {
        // Not one shown before, of type 0, and shown.
        if !self.reduced && bits.number(4)? != 1 {
            return Some(Err(UNSUPPORTED));
        }
        let no_updates = bits.flag()?;
        let tools = match self.screen_content_tools {
            SELECT => bits.flag()?,
            tools => tools == 1,
        };
        if tools && self.integer_vectors == SELECT {
            bits.flag()?;
        }
        bits.number(self.frame_id_bits)?;
        if !self.reduced && bits.flag()? {
            return Some(Err(UNSUPPORTED));
        }
        bits.number(self.order_hint_bits)?;
        if self.superres && bits.flag()? {
            // Fewer columns are coded than are shown.
            return Some(Err(UNSUPPORTED));
        }
        // A size to render at is of no account.
        if bits.flag()? {
            bits.number(32)?;
        }
        if tools {
            bits.flag()?;
        }
        if !self.reduced && !no_updates {
            bits.flag()?;
        }
        if !bits.flag()? {
            // Tiles of different sizes.
            return Some(Err(UNSUPPORTED));
        }
        let tiles = self.uniform_tiles(bits)?;
        Some(if tiles > MOST_TILES { Err(UNSUPPORTED) } else { Ok(tiles) })
    }

    /// Tiles of one size (section 5.9.15).
    fn uniform_tiles(&self, bits: &mut Bits) -> Option<u64> {
        let shift = if self.large_blocks { 7 } else { 6 };
        let blocks = |side: u32| (side.next_multiple_of(8) + (1 << shift) - 1) >> shift;
        let (columns, rows) = (blocks(self.stream.width), blocks(self.stream.height));
        let least_columns = log2(4096 >> shift, columns);
        let least = least_columns.max(log2((4096 * 2304) >> (2 * shift), columns * rows));
        let mut count = |blocks: u32, least: u32| {
            let most = log2(1, blocks.min(64));
            let mut log2 = least;
            while log2 < most && bits.flag()? {
                log2 += 1;
            }
            let side = blocks.div_ceil(1 << log2);
            Some((log2, u64::from(blocks.div_ceil(side))))
        };
        let (columns_log2, tile_columns) = count(columns, least_columns)?;
        let (_, tile_rows) = count(rows, least.saturating_sub(columns_log2))?;
        Some(tile_columns * tile_rows)
    }
}

/// Skips what a sequence that is no still picture says of its times and layers; whether it says
/// nothing of a decoder's model, which would make frame headers longer.
fn operating_points(bits: &mut Bits) -> Option<bool> {
    // Times, and a model, which only follows them.
    if bits.flag()? {
        return Some(false);
    }
    let delays = bits.flag()?;
    for _ in 0..=bits.number(5)? {
        bits.number(12)?;
        if bits.number(5)? > 7 {
            bits.flag()?;
        }
        if delays && bits.flag()? {
            bits.number(4)?;
        }
    }
    Some(true)
}

/// The least power of two by which `block` is to be multiplied to reach `target`.
fn log2(block: u32, target: u32) -> u32 {
    let mut power = 0;
    while block << power < target {
        power += 1;
    }
    power
}

impl Stream {
    /// Section 5.5.2.
    fn read_colours(&mut self, profile: u32, bits: &mut Bits) -> Option<()> {
        const SRGB: [u32; 3] = [1, 13, 0];
        let high = bits.flag()?;
        let twelve = profile == 2 && high && bits.flag()?;
        self.bit_depth = if twelve {
            12
        } else if high {
            10
        } else {
            8
        };
        self.monochrome = profile != 1 && bits.flag()?;
        let points = match bits.flag()? {
            true => [bits.number(8)?, bits.number(8)?, bits.number(8)?],
            false => [2; 3],
        };
        self.matrix = points[2] as u8;
        self.halves = [true; 2];
        if self.monochrome {
            self.full_range = bits.flag()?;
            return Some(());
        }
        if points == SRGB {
            (self.full_range, self.halves) = (true, [false; 2]);
        } else {
            self.full_range = bits.flag()?;
            self.halves = match profile {
                0 => [true; 2],
                1 => [false; 2],
                _ if twelve => {
                    let columns = bits.flag()?;
                    [columns, columns && bits.flag()?]
                }
                _ => [true, false],
            };
            if self.halves == [true; 2] {
                bits.number(2)?;
            }
        }
        bits.flag()?;
        Some(())
    }
}

/// Bits, from the high end of each byte.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bits<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// A number of so many bits; 0 of none.
    fn number(&mut self, bits: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..bits {
            number = number << 1 | u32::from(self.flag()?);
        }
        Some(number)
    }

    fn flag(&mut self) -> Option<bool> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(bit == 1)
    }

    /// A choice for the whole sequence, unless it is left to each frame.
    fn choice(&mut self) -> Option<u32> {
        if self.flag()? { Some(SELECT) } else { self.number(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sequence header of a still picture: profile 0, 4:2:0 of 8 bits, 33 x 21 pixels.
    const SEQUENCE: &str = "000 1 1 00000 0101 0100 100000 10100 0 00 0 00 0 0 0 0 00 0 0";
    /// A frame's header up to its tiles, which are as few as can be.
    const FRAME: &str = "0 0 0 1";

    fn unit(kind: u8, bits: &str) -> Vec<u8> {
        let bits: Vec<u8> = bits.bytes().filter(|bit| *bit != b' ').map(|bit| bit - b'0').collect();
        let byte = |bits: &[u8]| (0..8).fold(0, |byte, at| byte << 1 | bits.get(at).unwrap_or(&0));
        let content: Vec<u8> = bits.chunks(8).map(byte).collect();
        [&[kind << 3 | 2, content.len() as u8][..], &content].concat()
    }

    #[test]
    fn a_still_picture_is_described() {
        let data = [unit(2, ""), unit(1, SEQUENCE), unit(6, FRAME)].concat();
        let expected = Stream {
            width: 33,
            height: 21,
            bit_depth: 8,
            halves: [true; 2],
            matrix: 2,
            tiles: 1,
            ..Stream::default()
        };
        assert_eq!(Stream::read(&data), Ok(expected));
    }

    #[test]
    fn one_frame_follows_one_sequence_header() {
        let (sequence, frame) = (unit(1, SEQUENCE), unit(6, FRAME));
        for (units, error) in [
            (vec![], MALFORMED),
            (vec![&sequence], MALFORMED),
            (vec![&frame], MALFORMED),
            (vec![&sequence, &frame, &frame], UNSUPPORTED),
            (vec![&sequence, &sequence, &frame], UNSUPPORTED),
        ] {
            let data: Vec<u8> = units.into_iter().flatten().copied().collect();
            assert_eq!(Stream::read(&data), Err(error), "{data:?}");
        }
        let data = [sequence, frame].concat();
        for length in 0..data.len() {
            assert_eq!(Stream::read(&data[..length]), Err(MALFORMED), "{length}");
        }
    }

    #[test]
    fn what_a_frame_alone_does_not_need_is_refused() {
        // A size of its own columns, and tiles of different sizes.
        let superres = SEQUENCE.replacen("00 0 00 0 0 0", "00 1 00 0 0 0", 1);
        for (sequence, frame) in [(&superres[..], "0 0 1 000 0 1"), (SEQUENCE, "0 0 0 0")] {
            let data = [unit(1, sequence), unit(6, frame)].concat();
            assert_eq!(Stream::read(&data), Err(UNSUPPORTED), "{frame}");
        }
    }

    #[test]
    fn twelve_megapixels_are_read_within_128_mib() {
        let stream = Stream {
            width: 4_000,
            height: 3_000,
            bit_depth: 8,
            halves: [true; 2],
            tiles: MOST_TILES,
            ..Stream::default()
        };
        let frame = 4_000 * 3_000 * 3;
        assert!(frame + stream.memory_bytes() < 80 << 20, "{}", stream.memory_bytes());
    }
}
