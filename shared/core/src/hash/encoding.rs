//! Digests as text.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::Algorithm;

/// The longest digest that is written as a number, in bytes.
const DECIMAL_BYTES: usize = size_of::<u128>();

/// How a digest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Lower-case hexadecimal, two digits a byte.
    Hex,
    /// Base64 with padding (RFC 4648, section 4).
    Base64,
    /// Base64 for URLs and file names, without padding (RFC 4648, section 5).
    Base64Url,
    /// Integrity metadata, as `sha256-` and Base64 (W3C Subresource Integrity); SHA-2 only.
    Sri,
    /// An unsigned decimal number, of at most 128 bits.
    Decimal,
}

/// An encoding was asked of an algorithm whose digests it cannot write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsuitedEncoding {
    /// The encoding.
    pub encoding: Encoding,
    /// The algorithm.
    pub algorithm: Algorithm,
}

impl Encoding {
    /// Every encoding, the default first.
    pub const ALL: &'static [Self] =
        &[Self::Hex, Self::Base64, Self::Base64Url, Self::Sri, Self::Decimal];

    /// The encoding of this name, whatever its ASCII case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|encoding| encoding.name().eq_ignore_ascii_case(name))
    }

    /// The name that callers use, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Sri => "sri",
            Self::Decimal => "decimal",
        }
    }

    /// Whether the digests of `algorithm` can be written so: for telling before a body is read.
    pub fn check(self, algorithm: Algorithm) -> Result<(), UnsuitedEncoding> {
        let suited = match self {
            Self::Hex | Self::Base64 | Self::Base64Url => true,
            Self::Sri => sri_name(algorithm).is_some(),
            Self::Decimal => algorithm.bits() <= u128::BITS,
        };
        suited.then_some(()).ok_or(UnsuitedEncoding { encoding: self, algorithm })
    }

    /// The text of a `digest` that `algorithm` made.
    pub fn encode(self, algorithm: Algorithm, digest: &[u8]) -> Result<String, UnsuitedEncoding> {
        let unsuited = UnsuitedEncoding { encoding: self, algorithm };
        Ok(match self {
            Self::Hex => hex(digest),
            Self::Base64 => STANDARD.encode(digest),
            Self::Base64Url => URL_SAFE_NO_PAD.encode(digest),
            Self::Sri => {
                let name = sri_name(algorithm).ok_or(unsuited)?;
                format!("{name}-{}", STANDARD.encode(digest))
            }
            Self::Decimal => decimal(digest).ok_or(unsuited)?,
        })
    }
}

impl fmt::Display for UnsuitedEncoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let taken = match self.encoding {
            Encoding::Sri => "sha-256, sha-384 and sha-512",
            Encoding::Decimal => "digests of up to 128 bits",
            Encoding::Hex | Encoding::Base64 | Encoding::Base64Url => "every digest",
        };
        let (encoding, algorithm) = (self.encoding.name(), self.algorithm.name());
        write!(out, "{encoding} cannot write {algorithm}; it writes {taken}")
    }
}

impl std::error::Error for UnsuitedEncoding {}

/// A digest in lower-case hexadecimal, two digits a byte.
pub fn hex(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

/// The algorithm's name in integrity metadata, which knows three.
fn sri_name(algorithm: Algorithm) -> Option<&'static str> {
    const NAMES: [(Algorithm, &str); 3] = [
        (Algorithm::SHA_256, "sha256"),
        (Algorithm::SHA_384, "sha384"),
        (Algorithm::SHA_512, "sha512"),
    ];
    NAMES.iter().find(|(known, _)| *known == algorithm).map(|(_, name)| *name)
}

/// The number whose bytes these are, the most significant first, where it has at most 128 bits.
fn decimal(digest: &[u8]) -> Option<String> {
    let mut bytes = [0; DECIMAL_BYTES];
    let start = DECIMAL_BYTES.checked_sub(digest.len())?;
    bytes[start..].copy_from_slice(digest);
    Some(u128::from_be_bytes(bytes).to_string())
}
