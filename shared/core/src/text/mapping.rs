//! The mapping of well-formed text, made fast for text that is mostly ASCII and for text that uses
//! the same few hundred characters again and again.

/// Bytes of ASCII that go at once: enough for vector instructions.
const BLOCK: usize = 32;

/// Bytes of other text that go at once, before the next look for blocks of ASCII.
pub(super) const PIECE: usize = 128;

/// Bytes that are written at once for a character, used or not.
const ROOM: usize = 8;

/// Characters remembered, a power of two: 16 KiB, whatever the text.
const REMEMBERED: usize = 1024;

/// Upper case with a memory of the characters met so far: for each, the standard library searches
/// its tables anew.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    remembered: Box<[Upper; REMEMBERED]>,
}

/// A character and its upper case in UTF-8.
#[derive(Clone, Copy, Debug)]
struct Upper {
    of: char,
    length: u32,
    bytes: [u8; ROOM],
}

impl Default for Mapping {
    fn default() -> Self {
        Self { remembered: Box::new([Upper::new('\0'); REMEMBERED]) }
    }
}

impl Mapping {
    /// Appends the upper case of `text`, at most [`PIECE`] bytes, to `out`.
    pub(super) fn append(&mut self, text: &str, out: &mut Vec<u8>) {
        // Never too small: a character becomes at most three times as long.
        let mut upper = [0; 3 * PIECE + ROOM];
        let mut length = 0;
        let mut rest = text.chars();
        while let Some(room) = upper[length..].first_chunk_mut::<ROOM>() {
            match rest.as_str().as_bytes().first_chunk::<ROOM>() {
                Some(bytes) if bytes[0].is_ascii() => {
                    *room = *bytes;
                    room.make_ascii_uppercase();
                    let ascii = leading_ascii(bytes);
                    rest = rest.as_str()[ascii..].chars();
                    length += ascii;
                }
                _ => {
                    let Some(character) = rest.next() else { break };
                    let upper = self.upper(character);
                    *room = upper.bytes;
                    length += upper.length as usize;
                }
            };
        }
        out.extend_from_slice(&upper[..length]);
    }

    fn upper(&mut self, character: char) -> &Upper {
        let upper = &mut self.remembered[character as usize % REMEMBERED];
        if upper.of != character {
            *upper = Upper::new(character);
        }
        upper
    }
}

impl Upper {
    fn new(of: char) -> Self {
        let mut upper = Self { of, length: 0, bytes: [0; ROOM] };
        for character in of.to_uppercase() {
            let rest = &mut upper.bytes[upper.length as usize..];
            upper.length += character.encode_utf8(rest).len() as u32;
        }
        upper
    }
}

/// Appends the upper case of the leading blocks that are all ASCII; returns the rest.
pub(super) fn append_ascii<'a>(bytes: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    let blocks = bytes.as_chunks::<BLOCK>().0;
    let ascii = blocks.iter().take_while(|block| is_ascii(block)).count();
    let (ascii, rest) = bytes.split_at(ascii * BLOCK);
    let start = out.len();
    out.extend_from_slice(ascii);
    out[start..].make_ascii_uppercase();
    rest
}

fn is_ascii(block: &[u8; BLOCK]) -> bool {
    // Without an early exit this is a few vector instructions; `<[u8]>::is_ascii` goes by words.
    block.iter().fold(0, |all, byte| all | byte) < 0x80
}

/// How many of the bytes come before the first that is not ASCII.
fn leading_ascii(bytes: &[u8; ROOM]) -> usize {
    (u64::from_le_bytes(*bytes) & 0x8080_8080_8080_8080).trailing_zeros() as usize / 8
}
