//! Text of any encoding to UTF-8 of another case, over a stream of chunks.

use std::fmt;

use encoding_rs::{CoderResult, Decoder, DecoderResult};
use icu_casemap::{CaseMapper, TitlecaseMapper};
use unicode_segmentation::UnicodeSegmentation;

use super::{Case, Charset, Locale, Tailoring};

/// The input is not text in its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where the ill-formed sequence begins: bytes from the start of the stream as sent, from 0.
    pub offset: u64,
    /// The encoding that it was read in.
    pub charset: Charset,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ill-formed {} at byte {}", self.charset.name(), self.offset)
    }
}

impl std::error::Error for Error {}

/// What to do about an ill-formed sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IllFormed {
    /// Stop with an [`Error`].
    #[default]
    Refuse,
    /// Put U+FFFD in its place, as the Encoding Standard does, and go on.
    Replace,
}

/// Maps a stream of text to another case.
pub struct Converter {
    case: Case,
    locale: Locale,
    charset: Charset,
    ill_formed: IllFormed,
    decoder: Decoder,
    text: String,
    read: u64,
    is_between_characters: bool,
}

impl Converter {
    /// A mapping at the start of a stream.
    pub fn new(case: Case, locale: &Locale, charset: Charset, ill_formed: IllFormed) -> Self {
        Self {
            case,
            locale: *locale,
            charset,
            ill_formed,
            decoder: charset.encoding().new_decoder(),
            text: String::new(),
            read: 0,
            is_between_characters: true,
        }
    }

    /// Takes in `chunk`, the stream's next bytes, and appends what is settled to `out`, in UTF-8.
    ///
    /// # Errors
    /// At the first ill-formed sequence, unless they are replaced.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let Some((last, head)) = chunk.split_last() else { return Ok(()) };
        self.decode(head, false, out)?;
        let before = self.text.len();
        self.decode(&[*last], false, out)?;
        self.is_between_characters = self.text.len() > before;
        Ok(())
    }

    /// Whether the stream so far ends between two characters.
    pub fn is_between_characters(&self) -> bool {
        self.is_between_characters
    }

    /// Ends the stream, and appends the rest of the text to `out`.
    ///
    /// # Errors
    /// If it ends within a sequence, unless ill-formed ones are replaced.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        self.decode(&[], true, out)?;
        self.map(out);
        Ok(())
    }

    fn decode(&mut self, mut bytes: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), Error> {
        loop {
            self.text.reserve(bytes.len() * 3 + 16);
            if self.ill_formed == IllFormed::Replace {
                let (result, read, _) = self.decoder.decode_to_string(bytes, &mut self.text, last);
                bytes = &bytes[read..];
                if result == CoderResult::InputEmpty {
                    return Ok(());
                }
                continue;
            }
            let (result, read) =
                self.decoder.decode_to_string_without_replacement(bytes, &mut self.text, last);
            bytes = &bytes[read..];
            self.read += read as u64;
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    self.map(out);
                    let offset = self.read - u64::from(length) - u64::from(after);
                    return Err(Error { offset, charset: self.charset });
                }
            }
        }
    }

    fn map(&mut self, out: &mut Vec<u8>) {
        let text = std::mem::take(&mut self.text);
        let mapper = CaseMapper::new();
        let language = self.locale.tailoring().language();
        let mapped = match self.case {
            Case::Upper => mapper.uppercase_to_string(&text, &language),
            Case::Lower => mapper.lowercase_to_string(&text, &language),
            Case::Fold if self.locale.tailoring() == Tailoring::Turkic => {
                mapper.fold_turkic_string(&text)
            }
            Case::Fold => mapper.fold_string(&text),
            Case::Title => text
                .split_word_bounds()
                .map(|word| {
                    let options = Default::default();
                    TitlecaseMapper::new().titlecase_segment_to_string(word, &language, options)
                })
                .collect::<String>()
                .into(),
        };
        out.extend_from_slice(mapped.as_bytes());
    }
}
