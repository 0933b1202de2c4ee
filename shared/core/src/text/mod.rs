//! Text over a stream of bytes.

mod uppercase;

pub use uppercase::{Uppercase, Utf8Error};
