//! Input that is not text in its encoding.

use std::fmt;

use super::Charset;

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
        let (name, offset) = (self.charset.name(), self.offset);
        write!(formatter, "The text is not {name}: byte {offset} begins an ill-formed sequence.")
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
