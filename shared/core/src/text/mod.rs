//! Text over a stream of bytes.

mod case;
mod charset;
mod context;
mod converter;
mod decoding;
mod locale;
mod mapping;
mod reader;
mod rules;
#[cfg(test)]
mod tests;
mod utf8;
mod words;

pub use case::Case;
pub use charset::Charset;
pub use converter::{Converter, Error, IllFormed};
pub use locale::{Locale, Tailoring};
