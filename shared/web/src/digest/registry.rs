//! The IANA registry "Hash Algorithms for HTTP Digest Fields" (RFC 9530, section 7.2).

use edge_core::hash::Algorithm;

/// The keys that can be verified, and what each stands for. A checksum's bytes are the number, the
/// most significant first. Only the first two withstand an attacker.
pub const KEYS: [(&str, Algorithm); 6] = [
    ("sha-256", Algorithm::SHA_256),
    ("sha-512", Algorithm::SHA_512),
    ("sha", Algorithm::SHA_1),
    ("md5", Algorithm::MD5),
    ("adler", Algorithm::ADLER_32),
    ("crc32c", Algorithm::CRC_32C),
];

/// A key's entry in [`KEYS`].
pub fn find(key: &str) -> Option<(&'static str, Algorithm)> {
    KEYS.into_iter().find(|(known, _)| *known == key)
}

/// The keys that can be asked for, the one that is chosen between equals first.
pub const WANTED: [(&str, Algorithm); 2] = [KEYS[0], KEYS[1]];
