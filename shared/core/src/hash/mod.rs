//! Digests of byte streams.

mod adler;
mod algorithm;
mod blake3;
mod crc;
mod encoding;
mod fnv;
mod hasher;
mod key;
mod rustcrypto;
#[cfg(test)]
mod tests;
mod xxh;

pub use algorithm::Algorithm;
pub use encoding::{Encoding, UnsuitedEncoding, hex};
pub use fnv::{Fnv1_64, Fnv1a32, Fnv1a64, Fnv1a128};
pub use hasher::Hasher;
pub use key::{KeyError, KeyUse};
