//! Text of any encoding to UTF-8 of another case, over a stream of chunks.

use std::fmt;

use super::context::Context;
use super::reader::Reader;
use super::rules::Rules;
use super::words::Words;
use super::{Case, Charset, Locale};

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

/// Maps a stream of text to another case and to UTF-8. Chunks may end anywhere. Text is not
/// normalized. Memory is constant: what waits for its context is at most a few thousand bytes.
///
/// A byte order mark of UTF-8 or UTF-16 at the beginning says how the stream is encoded, whatever
/// was declared, and is no part of the text
/// ([Encoding Standard](https://encoding.spec.whatwg.org/#decode)).
///
/// A mapping looks past characters that are `Case_Ignorable`, in either direction: as far as 4096
/// bytes after, and in Greek as far as that within a word. What is farther is taken for the end of
/// the text.
///
/// Words are those of [UAX #29](https://www.unicode.org/reports/tr29/): in [`Case::Title`] the first
/// letter, number or symbol of each is in title case and what follows it in lower case. Words of
/// more than 4096 bytes may be cut in two.
///
/// After an error the stream is over; what precedes the ill-formed sequence has been written.
pub struct Converter {
    reader: Reader,
    mapping: Mapping,
}

enum Mapping {
    Context(Context),
    Words(Words),
}

impl Mapping {
    fn push(&mut self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Context(context) => context.push(text, out),
            Self::Words(words) => words.push(text, out),
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        match self {
            Self::Context(context) => context.finish(out),
            Self::Words(words) => words.finish(out),
        }
    }
}

impl Converter {
    /// A mapping at the start of a stream that is declared to be in `charset`.
    pub fn new(case: Case, locale: &Locale, charset: Charset, ill_formed: IllFormed) -> Self {
        let rules = Rules::new(case, locale);
        let mapping = match case {
            Case::Title => Mapping::Words(Words::new(rules)),
            Case::Upper | Case::Lower | Case::Fold => Mapping::Context(Context::new(rules)),
        };
        Self { reader: Reader::new(charset, ill_formed), mapping }
    }

    /// Takes in `chunk`, the stream's next bytes, and appends what is settled to `out`.
    ///
    /// # Errors
    /// At the first ill-formed sequence, unless they are replaced.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        out.reserve(chunk.len());
        let mapping = &mut self.mapping;
        let result = self.reader.push(chunk, |text| mapping.push(text, out));
        result.map_err(|offset| self.fail(offset, out))
    }

    /// Whether the stream so far ends between two characters.
    pub fn is_between_characters(&self) -> bool {
        self.reader.is_between_characters()
    }

    /// Ends the stream, and appends the rest of the text to `out`.
    ///
    /// # Errors
    /// If it ends within a sequence, unless ill-formed ones are replaced.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        let mapping = &mut self.mapping;
        let result = self.reader.finish(|text| mapping.push(text, out));
        result.map_err(|offset| self.fail(offset, out))?;
        self.mapping.finish(out);
        Ok(())
    }

    /// What precedes the ill-formed sequence at `offset` is all that there is.
    fn fail(&mut self, offset: u64, out: &mut Vec<u8>) -> Error {
        self.mapping.finish(out);
        Error { offset, charset: self.reader.charset() }
    }
}
