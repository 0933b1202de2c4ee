//! Letter case of text in any encoding, over a stream of bytes.

mod case;
mod charset;
mod context;
mod converter;
mod decoding;
mod error;
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
pub use converter::Converter;
pub use error::{Error, IllFormed};
pub use locale::{Locale, Tailoring};
