//! FNV-1a as it is defined, a byte after the other.

use super::word::Word;

/// Takes in the bytes: for each, xor, then multiply.
pub(super) fn fnv1a<W: Word>(hash: W, bytes: &[u8]) -> W {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ W::from(byte)).times_prime())
}
