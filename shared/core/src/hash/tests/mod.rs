//! Every algorithm through the table, as callers use it.

mod encoding;
mod keys;
mod splits;
mod table;
mod vector;
mod vectors;

use super::{Algorithm, KeyUse};

/// A key of a length that every algorithm with keys takes.
const KEY: &[u8; 32] = b"whats the Elvish word for friend";

/// Each algorithm in each of its modes: without a key, with one, or both.
fn modes() -> impl Iterator<Item = (Algorithm, Option<&'static [u8]>)> {
    Algorithm::ALL.iter().flat_map(|&algorithm| {
        let keys: &[Option<&'static [u8]>] = match algorithm.key_use() {
            KeyUse::None => &[None],
            KeyUse::Optional => &[None, Some(KEY)],
            KeyUse::Required => &[Some(KEY)],
        };
        keys.iter().map(move |&key| (algorithm, key))
    })
}

/// The digest of `pieces`, one after the other.
fn digest<'a>(
    algorithm: Algorithm,
    key: Option<&[u8]>,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Vec<u8> {
    let mut hasher = algorithm.start(key).unwrap();
    pieces.into_iter().for_each(|piece| hasher.update(piece));
    hasher.digest()
}

/// A message that reveals position: 0, 1, …, 250, 0, …
fn ramp(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}
