//! Text over a stream of bytes.

mod mapping;
mod uppercase;

pub use uppercase::{Uppercase, Utf8Error};
