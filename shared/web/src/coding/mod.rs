//! Content codings (RFC 9110, section 8.4): which a message has, and its content without them.

mod error;
mod field;

#[cfg(feature = "coding")]
mod brotli;
#[cfg(feature = "coding")]
mod decoded;
#[cfg(feature = "coding")]
mod decoder;
#[cfg(feature = "coding")]
mod feed;
#[cfg(feature = "coding")]
mod zstd;

#[cfg(feature = "coding")]
pub use decoded::decoded;
pub use error::CodingError;
pub use field::content_codings;
