//! UTF-8 over a stream of chunks.

use simdutf8::compat::from_utf8;

/// Bytes that are checked at once: they are still at hand when they are mapped.
const PIECE: usize = 4096;

/// Finds the text in a stream of UTF-8. At most three bytes of an unfinished sequence wait for the
/// next chunk.
#[derive(Clone, Debug, Default)]
pub(super) struct Utf8 {
    /// Bytes of the stream before the unfinished sequence.
    offset: u64,
    unfinished: Unfinished,
}

/// The beginning of a sequence whose end has not arrived.
#[derive(Clone, Debug, Default)]
struct Unfinished {
    bytes: [u8; 4],
    length: usize,
}

impl Unfinished {
    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }
}

impl Utf8 {
    /// A stream whose text begins after `offset` bytes.
    pub(super) fn new(offset: u64) -> Self {
        Self { offset, unfinished: Unfinished::default() }
    }

    /// Hands on the text in `chunk`, the stream's next bytes.
    ///
    /// # Errors
    /// The offset of the first ill-formed sequence.
    pub(super) fn push(&mut self, chunk: &[u8], mut text: impl FnMut(&str)) -> Result<(), u64> {
        let mut rest = self.finish_sequence(chunk, &mut text)?;
        while !rest.is_empty() {
            rest = self.push_piece(rest, &mut text)?;
        }
        Ok(())
    }

    /// Whether the stream so far ends between two characters.
    pub(super) fn is_between_characters(&self) -> bool {
        self.unfinished.length == 0
    }

    /// Ends the stream.
    ///
    /// # Errors
    /// The offset of a sequence that it ends within.
    pub(super) fn finish(&self) -> Result<(), u64> {
        if self.is_between_characters() { Ok(()) } else { Err(self.offset) }
    }

    /// Hands on the well-formed text that `bytes` begin with, or takes in an unfinished sequence.
    /// Returns the rest.
    fn push_piece<'a>(
        &mut self,
        bytes: &'a [u8],
        text: &mut impl FnMut(&str),
    ) -> Result<&'a [u8], u64> {
        let piece = &bytes[..piece_length(bytes)];
        let (well_formed, error) = match from_utf8(piece) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = &piece[..error.valid_up_to()];
                (str::from_utf8(valid).unwrap_or_default(), Some(error.error_len()))
            }
        };
        text(well_formed);
        self.offset += well_formed.len() as u64;
        let rest = &bytes[well_formed.len()..];
        match error {
            None => Ok(rest),
            // The piece was cut within a sequence; the next one begins with it.
            Some(None) if piece.len() < bytes.len() => Ok(rest),
            Some(None) => {
                rest.iter().for_each(|&byte| self.unfinished.push(byte));
                Ok(&[])
            }
            Some(Some(_)) => Err(self.offset),
        }
    }

    /// Completes the unfinished sequence, if there is one; returns the rest of the chunk.
    fn finish_sequence<'a>(
        &mut self,
        mut chunk: &'a [u8],
        text: &mut impl FnMut(&str),
    ) -> Result<&'a [u8], u64> {
        while !self.is_between_characters()
            && let Some((&byte, rest)) = chunk.split_first()
        {
            self.unfinished.push(byte);
            chunk = rest;
            match str::from_utf8(self.unfinished.bytes()) {
                Ok(character) => {
                    text(character);
                    self.offset += character.len() as u64;
                    self.unfinished.length = 0;
                }
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return Err(self.offset),
            }
        }
        Ok(chunk)
    }
}

/// At most [`PIECE`], and where the text is well-formed not within a sequence.
fn piece_length(bytes: &[u8]) -> usize {
    let is_boundary = |&at: &usize| bytes.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let most = bytes.len().min(PIECE);
    (most.saturating_sub(3)..=most).rev().find(is_boundary).unwrap_or(most)
}
