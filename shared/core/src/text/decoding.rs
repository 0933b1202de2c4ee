//! Any encoding over a stream of chunks.

use encoding_rs::{Decoder, DecoderResult};

use super::{Charset, IllFormed};

/// Bytes of text that are decoded at once.
const PIECE: usize = 4096;

/// Decodes a stream. The beginning of a character waits for its end in the decoder.
pub(super) struct Decoding {
    decoder: Decoder,
    ill_formed: IllFormed,
    /// Bytes of the stream so far.
    read: u64,
    is_between_characters: bool,
    text: String,
}

impl Decoding {
    /// A stream whose text begins after `offset` bytes.
    pub(super) fn new(charset: Charset, ill_formed: IllFormed, offset: u64) -> Self {
        Self {
            decoder: charset.encoding().new_decoder_without_bom_handling(),
            ill_formed,
            read: offset,
            is_between_characters: true,
            text: String::with_capacity(PIECE),
        }
    }

    /// Hands on the text in `chunk`, the stream's next bytes.
    ///
    /// # Errors
    /// The offset of the first ill-formed sequence.
    pub(super) fn push(&mut self, chunk: &[u8], mut text: impl FnMut(&str)) -> Result<(), u64> {
        let Some((head, last)) = chunk.split_last_chunk::<1>() else { return Ok(()) };
        self.decode(head, false, &mut text)?;
        // The decoder does not tell whether a character is unfinished. The last byte does: without
        // one, it brings forth text.
        self.is_between_characters = self.decode(last, false, &mut text)?;
        Ok(())
    }

    /// Whether the stream so far ends between two characters. It does not after a sequence that
    /// stands for none, such as one that switches alphabets.
    pub(super) fn is_between_characters(&self) -> bool {
        self.is_between_characters
    }

    /// Ends the stream.
    ///
    /// # Errors
    /// The offset of a sequence that it ends within.
    pub(super) fn finish(&mut self, mut text: impl FnMut(&str)) -> Result<(), u64> {
        self.decode(&[], true, &mut text).map(|_| ())
    }

    /// Hands on the text in `bytes`; returns whether there was any.
    fn decode(
        &mut self,
        mut bytes: &[u8],
        last: bool,
        text: &mut impl FnMut(&str),
    ) -> Result<bool, u64> {
        let mut any = false;
        loop {
            self.text.clear();
            let (result, read) =
                self.decoder.decode_to_string_without_replacement(bytes, &mut self.text, last);
            bytes = &bytes[read..];
            self.read += read as u64;
            if !self.text.is_empty() {
                any = true;
                text(&self.text);
            }
            match (result, self.ill_formed) {
                (DecoderResult::InputEmpty, _) => return Ok(any),
                (DecoderResult::OutputFull, _) => {}
                (DecoderResult::Malformed(..), IllFormed::Replace) => {
                    any = true;
                    text("\u{fffd}");
                }
                (DecoderResult::Malformed(length, after), IllFormed::Refuse) => {
                    return Err(self.read - u64::from(length) - u64::from(after));
                }
            }
        }
    }
}
