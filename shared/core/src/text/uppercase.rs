//! Upper case over a stream of chunks.

use std::fmt;

use super::{Case, Charset, Converter, Error, IllFormed, Locale};

/// The input is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utf8Error {
    /// Where the ill-formed sequence begins: bytes from the start of the stream, from 0.
    pub offset: u64,
}

impl fmt::Display for Utf8Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ill-formed UTF-8 at byte {}", self.offset)
    }
}

impl std::error::Error for Utf8Error {}

/// Maps a stream of UTF-8 to upper case, without regard to language.
pub struct Uppercase(Converter);

impl Default for Uppercase {
    fn default() -> Self {
        Self::new()
    }
}

impl Uppercase {
    /// A mapping at the start of a stream.
    pub fn new() -> Self {
        Self(Converter::new(Case::Upper, &Locale::ROOT, Charset::UTF_8, IllFormed::Refuse))
    }

    /// Appends the upper case of `chunk`, the stream's next bytes, to `out`.
    ///
    /// # Errors
    /// At the first ill-formed sequence.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), Utf8Error> {
        self.0.push(chunk, out).map_err(|Error { offset, .. }| Utf8Error { offset })
    }

    /// Whether the stream so far ends between two characters.
    pub fn is_between_characters(&self) -> bool {
        self.0.is_between_characters()
    }

    /// Ends the stream.
    ///
    /// # Errors
    /// If it ends within a sequence.
    pub fn finish(self) -> Result<(), Utf8Error> {
        let mut nothing = Vec::new();
        self.0.finish(&mut nothing).map_err(|Error { offset, .. }| Utf8Error { offset })
    }
}
