//! The table of algorithms: one row is all that a new digest takes here.

use std::{fmt, iter};

use super::adler::Adler32;
use super::blake3::Blake3;
use super::crc::{crc_32, crc_32c, crc_64_nvme};
use super::rustcrypto::{Blake2b, Blake2s, Md5, Sha1, hmac};
use super::rustcrypto::{Sha3_256, Sha3_512, Sha256, Sha384, Sha512, Sha512_256};
use super::xxh::{Xxh3_64, Xxh3_128, Xxh32, Xxh64};
use super::{Fnv1_64, Fnv1a32, Fnv1a64, Fnv1a128, Hasher, KeyError, KeyUse};

/// A digest algorithm as callers choose it. Two are equal if their names are.
#[derive(Clone, Copy)]
pub struct Algorithm {
    name: &'static str,
    aliases: &'static [&'static str],
    bits: u32,
    legacy: bool,
    unkeyed: Option<Unkeyed>,
    keyed: Option<Keyed>,
}

/// Starts a hasher without a key.
type Unkeyed = fn() -> Box<dyn Hasher>;
/// Starts a hasher with a key.
type Keyed = fn(&[u8]) -> Result<Box<dyn Hasher>, KeyError>;

/// Declares each row's constant, and [`Algorithm::ALL`] in their order.
macro_rules! table {
    ($($(#[$doc:meta])* $constant:ident = $algorithm:expr;)*) => {
        impl Algorithm {
            $($(#[$doc])* pub const $constant: Self = $algorithm;)*

            /// Every algorithm, the default first.
            pub const ALL: &'static [Self] = &[$(Self::$constant),*];
        }
    };
}

table! {
    /// FNV-1a with 64 bits (RFC 9923), the default.
    FNV1A_64 = Self::new("fnv1a-64", &["fnv1a64", "fnv1a"], 64, start::<Fnv1a64>);
    /// FNV-1 with 64 bits (RFC 9923).
    FNV1_64 = Self::new("fnv1-64", &["fnv164", "fnv1"], 64, start::<Fnv1_64>);
    /// FNV-1a with 32 bits (RFC 9923).
    FNV1A_32 = Self::new("fnv1a-32", &["fnv1a32"], 32, start::<Fnv1a32>);
    /// FNV-1a with 128 bits (RFC 9923).
    FNV1A_128 = Self::new("fnv1a-128", &["fnv1a128"], 128, start::<Fnv1a128>);
    /// CRC-32 of Ethernet, gzip and PNG (ISO/IEC/IEEE 8802-3).
    CRC_32 = Self::new("crc32", &["crc-32"], 32, crc_32);
    /// CRC-32C, Castagnoli's (RFC 3720).
    CRC_32C = Self::new("crc32c", &["crc-32c"], 32, crc_32c);
    /// CRC-64 of NVM Express.
    CRC_64_NVME = Self::new("crc64nvme", &["crc-64-nvme", "crc64-nvme"], 64, crc_64_nvme);
    /// Adler-32 of zlib (RFC 1950).
    ADLER_32 = Self::new("adler32", &["adler-32", "adler"], 32, start::<Adler32>);
    /// xxHash with 32 bits, seed 0.
    XXH32 = Self::new("xxh32", &["xxhash32", "xxh-32"], 32, start::<Xxh32>);
    /// xxHash with 64 bits, seed 0.
    XXH64 = Self::new("xxh64", &["xxhash64", "xxh-64"], 64, start::<Xxh64>);
    /// XXH3 with 64 bits, seed 0.
    XXH3_64 = Self::new("xxh3-64", &["xxh3"], 64, start::<Xxh3_64>);
    /// XXH3 with 128 bits, seed 0.
    XXH3_128 = Self::new("xxh3-128", &["xxh128"], 128, start::<Xxh3_128>);
    /// MD5 (RFC 1321): broken, for checking old digests.
    MD5 = Self::new("md5", &["md-5"], 128, start::<Md5>).legacy();
    /// SHA-1 (RFC 3174): broken, for checking old digests.
    SHA_1 = Self::new("sha-1", &["sha1", "sha"], 160, start::<Sha1>).legacy();
    /// SHA-256 (FIPS 180-4).
    SHA_256 = Self::new("sha-256", &["sha256"], 256, start::<Sha256>);
    /// SHA-384 (FIPS 180-4).
    SHA_384 = Self::new("sha-384", &["sha384"], 384, start::<Sha384>);
    /// SHA-512 (FIPS 180-4).
    SHA_512 = Self::new("sha-512", &["sha512"], 512, start::<Sha512>);
    /// SHA-512/256 (FIPS 180-4).
    SHA_512_256 = Self::new("sha-512-256", &["sha512-256", "sha512/256"], 256, start::<Sha512_256>);
    /// SHA3-256 (FIPS 202).
    SHA3_256 = Self::new("sha3-256", &["sha3256"], 256, start::<Sha3_256>);
    /// SHA3-512 (FIPS 202).
    SHA3_512 = Self::new("sha3-512", &["sha3512"], 512, start::<Sha3_512>);
    /// BLAKE2b with 512 bits, without a key (RFC 7693).
    BLAKE2B = Self::new("blake2b", &["blake2b-512", "blake2b512"], 512, start::<Blake2b>);
    /// BLAKE2s with 256 bits, without a key (RFC 7693).
    BLAKE2S = Self::new("blake2s", &["blake2s-256", "blake2s256"], 256, start::<Blake2s>);
    /// BLAKE3 with 256 bits; a key has 32 bytes.
    BLAKE3 = Self::new("blake3", &["b3"], 256, start::<Blake3>).or_keyed(Blake3::keyed);
    /// HMAC of SHA-256 (RFC 2104); any key but an empty one.
    HMAC_SHA_256 = Self::keyed("hmac-sha-256", &["hmac-sha256"], 256, hmac::<sha2::Sha256>);
    /// HMAC of SHA-512 (RFC 2104); any key but an empty one.
    HMAC_SHA_512 = Self::keyed("hmac-sha-512", &["hmac-sha512"], 512, hmac::<sha2::Sha512>);
}

impl Algorithm {
    /// The algorithm of this name or alias, whatever its ASCII case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|algorithm| algorithm.names().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// The name that callers are told, in lower case.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Other names that callers use, in lower case.
    pub fn aliases(self) -> &'static [&'static str] {
        self.aliases
    }

    /// The name, then the aliases.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// The digest's length in bits, a multiple of 8.
    pub fn bits(self) -> u32 {
        self.bits
    }

    /// Whether collisions are known that can be made on purpose, though it was made to have none.
    pub fn is_legacy(self) -> bool {
        self.legacy
    }

    /// Whether it takes a key.
    pub fn key_use(self) -> KeyUse {
        match (self.unkeyed, self.keyed) {
            (_, None) => KeyUse::None,
            (Some(_), Some(_)) => KeyUse::Optional,
            (None, Some(_)) => KeyUse::Required,
        }
    }

    /// A hasher that has seen no bytes.
    pub fn start(self, key: Option<&[u8]>) -> Result<Box<dyn Hasher>, KeyError> {
        match key {
            Some(key) => self.keyed.ok_or(KeyError::Unexpected)?(key),
            None => Ok(self.unkeyed.ok_or(KeyError::Missing)?()),
        }
    }

    /// A row of an algorithm that takes no key.
    const fn new(
        name: &'static str,
        aliases: &'static [&'static str],
        bits: u32,
        unkeyed: Unkeyed,
    ) -> Self {
        Self { name, aliases, bits, legacy: false, unkeyed: Some(unkeyed), keyed: None }
    }

    /// A row of an algorithm that needs a key.
    const fn keyed(
        name: &'static str,
        aliases: &'static [&'static str],
        bits: u32,
        keyed: Keyed,
    ) -> Self {
        Self { name, aliases, bits, legacy: false, unkeyed: None, keyed: Some(keyed) }
    }

    /// The same row, with a key as well.
    const fn or_keyed(self, keyed: Keyed) -> Self {
        Self { keyed: Some(keyed), ..self }
    }

    /// The same row, marked as legacy.
    const fn legacy(self) -> Self {
        Self { legacy: true, ..self }
    }
}

/// Starts a hasher that needs to be told nothing.
fn start<H: Hasher + Default + 'static>() -> Box<dyn Hasher> {
    Box::new(H::default())
}

impl PartialEq for Algorithm {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Algorithm {}

impl fmt::Debug for Algorithm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Algorithm({})", self.name)
    }
}
