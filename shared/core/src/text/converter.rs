//! Text of any encoding to UTF-8 of another case, over a stream of chunks.

use std::collections::TryReserveError;

use super::context::Context;
use super::reader::Reader;
use super::rules::Rules;
use super::words::Words;
use super::{Case, Charset, Error, IllFormed, Locale};
use crate::reserve;

/// Bytes of a text that are mapped at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// The most bytes that one byte becomes: U+0390, of two, has an upper case of six.
const GROWTH: usize = 3;
/// The most bytes that wait for what follows them.
const WAITING_BYTES: usize = 8 * 1024;

impl Case {
    /// Maps a whole text.
    ///
    /// # Errors
    /// If the memory that this takes cannot be had.
    pub fn convert(self, locale: &Locale, text: &str) -> Result<String, TryReserveError> {
        let working_bytes = Mapping::working_bytes(self);
        reserve(working_bytes)?;
        let mut mapping = Mapping::new(self, locale);
        let (mut out, mut rest) = (Vec::new(), text);
        out.try_reserve(text.len())?;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE_BYTES));
            out.try_reserve(GROWTH * (piece.len() + WAITING_BYTES))?;
            reserve(working_bytes)?;
            mapping.push(piece, &mut out);
            rest = after;
        }
        mapping.finish(&mut out);
        Ok(String::from_utf8(out).expect("mappings make text of text"))
    }
}

/// Maps a stream of text to another case and to UTF-8. Chunks may end anywhere. Text is not
/// normalized. Memory is constant: at most some 8 KiB wait for what follows them.
///
/// A byte order mark of UTF-8 or UTF-16 at the beginning says how the stream is encoded, whatever
/// was declared, and is no part of the text
/// ([Encoding Standard](https://encoding.spec.whatwg.org/#decode)).
///
/// What becomes of a character may depend on those about it, past any that are `Case_Ignorable`
/// ([Unicode](https://www.unicode.org/versions/latest/core-spec/chapter-3/), section 3.13). 4096
/// bytes of these after it are looked past; then it is as if the text ended there. In Greek upper
/// case a word has that limit as a whole: where one is longer, an iota or upsilon gets no
/// dialytika for an accent that was lost before the cut.
///
/// In [`Case::Title`] the first letter, number or symbol of each word is in title case and all after
/// it in lower case. Words are those of [UAX #29](https://www.unicode.org/reports/tr29/); one of
/// more than 4096 bytes may count as several.
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
    /// Bytes that it needs at a time beside its answer, and cannot do without: for its tables at
    /// first, then as many for what waits. In title case that is a list of words, at worst of a byte
    /// each.
    const fn working_bytes(case: Case) -> u64 {
        match case {
            Case::Title => 128 * 1024,
            Case::Upper | Case::Lower | Case::Fold => 32 * 1024,
        }
    }

    fn new(case: Case, locale: &Locale) -> Self {
        let rules = Rules::new(case, locale);
        match case {
            Case::Title => Self::Words(Words::new(rules)),
            Case::Upper | Case::Lower | Case::Fold => Self::Context(Context::new(rules)),
        }
    }

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
        Self { reader: Reader::new(charset, ill_formed), mapping: Mapping::new(case, locale) }
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

    /// Whether the stream so far ends between two characters, with nothing half read. Just after a
    /// sequence that stands for no character, such as a switch of alphabets, it does not.
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
