//! Problem details (RFC 9457): the one form that every error takes on the wire, and the one mapping
//! from the core's errors to it.

mod document;
mod hash;
mod kind;
#[cfg(feature = "image")]
mod picture;
mod text;

pub use document::Problem;
pub use edge_core::excerpt;
pub use kind::Kind;
