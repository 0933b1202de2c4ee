//! The mapping of characters by themselves, made fast for ASCII, for the alphabets of two bytes a
//! letter, for scripts without case, and for text that uses the same characters again and again.

use super::rules::{Ascii, Rules};

/// Bytes of ASCII that go at once: enough for vector instructions.
const BLOCK: usize = 32;

/// Bytes of other text that go at once, before the next look for blocks of ASCII.
const PIECE: usize = 1024;

/// Bytes that are written at once for a character, used or not.
const ROOM: usize = 8;

/// Characters remembered, a power of two: 16 KiB, whatever the text.
const REMEMBERED: usize = 1024;

/// Characters of one byte.
const SINGLES: usize = 0x80;

/// Characters of at most two bytes.
const PAIRS: usize = 0x800;

/// A mapping with a memory of the characters met so far: for each, ICU searches its tables anew.
pub(super) struct Mapping {
    rules: Rules,
    ascii: Option<Ascii>,
    /// What becomes of a character of one byte; 0 where that is not known yet, or not one byte.
    singles: [u8; SINGLES],
    /// Likewise of a character of two bytes, as its bytes in memory.
    pairs: Box<[u16; PAIRS]>,
    remembered: Box<[Mapped; REMEMBERED]>,
    /// Room for a piece: a character becomes at most three times as long.
    mapped: Box<[u8; 3 * PIECE + ROOM]>,
}

/// A character and what becomes of it in UTF-8.
#[derive(Clone, Copy)]
struct Mapped {
    of: char,
    /// 0 for a leader.
    length: u32,
    bytes: [u8; ROOM],
}

impl Mapping {
    pub(super) fn new(rules: Rules) -> Self {
        let nul = Mapped { of: '\0', length: 1, bytes: [0; ROOM] };
        Self {
            rules,
            ascii: rules.ascii(),
            singles: [0; SINGLES],
            pairs: Box::new([0; PAIRS]),
            remembered: Box::new([nul; REMEMBERED]),
            mapped: Box::new([0; 3 * PIECE + ROOM]),
        }
    }

    /// Appends to `out` what becomes of `text` up to the first leader; returns how many bytes that
    /// was.
    pub(super) fn append(&mut self, text: &str, out: &mut Vec<u8>) -> usize {
        let mut at = 0;
        while at < text.len() {
            at += self.append_blocks(&text.as_bytes()[at..], out);
            let piece = &text[at..text.floor_char_boundary(at + PIECE)];
            let mapped = self.append_piece(piece, out);
            at += mapped;
            if mapped < piece.len() {
                break;
            }
        }
        at
    }

    /// Appends what becomes of the leading blocks that are all ASCII.
    fn append_blocks(&self, bytes: &[u8], out: &mut Vec<u8>) -> usize {
        let Some(change) = self.ascii else { return 0 };
        let blocks = bytes.as_chunks::<BLOCK>().0;
        let length = BLOCK * blocks.iter().take_while(|block| is_ascii(block)).count();
        if length > 0 {
            let start = out.len();
            out.extend_from_slice(&bytes[..length]);
            change.apply(&mut out[start..]);
        }
        length
    }

    /// Appends what becomes of `piece`, at most [`PIECE`] bytes.
    fn append_piece(&mut self, piece: &str, out: &mut Vec<u8>) -> usize {
        let mut at = 0;
        let mut length = 0;
        while let Some(rest @ [lead, ..]) = piece.as_bytes().get(at..) {
            let run = self.map_run(rest, *lead, length);
            at += run;
            length += run;
            if run == 0 {
                let Some(character) = piece[at..].chars().next() else { break };
                let mapped = self.remember(character);
                if mapped.length == 0 {
                    break;
                }
                self.mapped[length..][..ROOM].copy_from_slice(&mapped.bytes);
                at += character.len_utf8();
                length += mapped.length as usize;
            }
        }
        out.extend_from_slice(&self.mapped[..length]);
        at
    }

    /// Maps the leading characters of `rest` that are like the first, whose first byte is `lead`,
    /// and known to keep their length. Writes them after `length` bytes; returns how many they are.
    fn map_run(&mut self, rest: &[u8], lead: u8, length: usize) -> usize {
        let room = &mut self.mapped[length..];
        match (lead, self.ascii) {
            (0..0x80, Some(change)) => map_ascii(change, rest, room),
            (0..0x80, None) => map_each(rest, room, |[single]| {
                let mapped = *self.singles.get(usize::from(single))?;
                (mapped != 0).then_some([mapped])
            }),
            (0xc2..=0xdf, _) => map_each(rest, room, |[lead, trail]| {
                let pair = self.pairs[usize::from(lead & 0x1f) << 6 | usize::from(trail & 0x3f)];
                (lead & 0xe0 == 0xc0 && pair != 0).then_some(pair.to_ne_bytes())
            }),
            (lead, _) if is_caseless(lead) => map_each(rest, room, |character: [u8; 3]| {
                is_caseless(character[0]).then_some(character)
            }),
            _ => 0,
        }
    }

    /// What becomes of the character.
    fn remember(&mut self, character: char) -> Mapped {
        let remembered = &mut self.remembered[character as usize % REMEMBERED];
        if remembered.of != character {
            *remembered = Mapped::new(character, self.rules);
            match (character.len_utf8(), remembered.length) {
                (1, 1) => self.singles[character as usize] = remembered.bytes[0],
                (2, 2) => {
                    let pair = [remembered.bytes[0], remembered.bytes[1]];
                    self.pairs[character as usize] = u16::from_ne_bytes(pair);
                }
                _ => {}
            }
        }
        *remembered
    }
}

impl Mapped {
    fn new(of: char, rules: Rules) -> Self {
        let mut mapped = Self { of, length: 0, bytes: [0; ROOM] };
        if !rules.is_leader(of) {
            let text = rules.map(of.encode_utf8(&mut [0; 4])).into_owned();
            mapped.bytes[..text.len()].copy_from_slice(text.as_bytes());
            mapped.length = text.len() as u32;
        }
        mapped
    }
}

/// Whether all characters with this first byte have three bytes and no case: those of India and
/// Tibet, of Chinese, Japanese and Korean, but for a few, and the first private ones.
fn is_caseless(lead: u8) -> bool {
    matches!(lead, 0xe0 | 0xe3..=0xe9 | 0xeb..=0xee)
}

fn is_ascii(block: &[u8; BLOCK]) -> bool {
    // Without an early exit this is a few vector instructions; `<[u8]>::is_ascii` goes by words.
    block.iter().fold(0, |all, byte| all | byte) < 0x80
}

/// Maps the leading ASCII; returns its length.
fn map_ascii(change: Ascii, bytes: &[u8], room: &mut [u8]) -> usize {
    let mut length = 0;
    for (block, room) in bytes.as_chunks::<ROOM>().0.iter().zip(room.as_chunks_mut::<ROOM>().0) {
        *room = change.apply_to_word(*block);
        let rest = u64::from_le_bytes(*block) & 0x8080_8080_8080_8080;
        if rest != 0 {
            return length + rest.trailing_zeros() as usize / 8;
        }
        length += ROOM;
    }
    let tail = bytes[length..].iter().take_while(|byte| byte.is_ascii()).count();
    room[length..][..tail].copy_from_slice(&bytes[length..][..tail]);
    change.apply(&mut room[length..][..tail]);
    length + tail
}

/// Maps the leading characters of `N` bytes, as long as `map` has as many bytes for them; returns
/// their length.
fn map_each<const N: usize>(
    bytes: &[u8],
    room: &mut [u8],
    map: impl Fn([u8; N]) -> Option<[u8; N]>,
) -> usize {
    let mut length = 0;
    for (character, room) in bytes.as_chunks().0.iter().zip(room.as_chunks_mut().0) {
        let Some(mapped) = map(*character) else { break };
        *room = mapped;
        length += N;
    }
    length
}
