//! Text over a stream of bytes.

mod case;
mod charset;
mod converter;
mod locale;
mod mapping;
mod uppercase;

pub use case::Case;
pub use charset::Charset;
pub use converter::{Converter, Error, IllFormed};
pub use locale::{Locale, Tailoring};
pub use uppercase::{Uppercase, Utf8Error};
