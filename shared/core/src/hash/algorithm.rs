//! The table of algorithms: a new digest is one constant here and one line in [`Algorithm::ALL`].

use super::{Fnv1_64, Fnv1a64};

/// A digest in the making.
pub trait Hasher {
    /// Takes in the next bytes of the message; where a message is split makes no difference.
    fn update(&mut self, bytes: &[u8]);

    /// The digest of the bytes so far, most significant byte first.
    fn digest(&self) -> Vec<u8>;
}

/// A digest algorithm as callers choose it.
#[derive(Clone, Copy, Debug)]
pub struct Algorithm {
    name: &'static str,
    bits: u32,
    start: fn() -> Box<dyn Hasher>,
}

impl Algorithm {
    /// FNV-1a with 64 bits, the default.
    pub const FNV1A_64: Self =
        Self { name: "fnv1a-64", bits: 64, start: || Box::new(Fnv1a64::new()) };

    /// FNV-1 with 64 bits.
    pub const FNV1_64: Self =
        Self { name: "fnv1-64", bits: 64, start: || Box::new(Fnv1_64::new()) };

    /// Every algorithm, the default first.
    pub const ALL: &'static [Self] = &[Self::FNV1A_64, Self::FNV1_64];

    /// The algorithm of this name, compared exactly.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.name == name)
    }

    /// The name that callers use, in lower case.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The digest's length in bits, a multiple of 8.
    pub fn bits(self) -> u32 {
        self.bits
    }

    /// A hasher that has seen no bytes.
    pub fn start(self) -> Box<dyn Hasher> {
        (self.start)()
    }
}

/// A digest in lower-case hexadecimal, two digits a byte.
pub fn hex(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_finds_its_own_algorithm() {
        for algorithm in Algorithm::ALL {
            assert_eq!(
                Algorithm::named(algorithm.name()).map(Algorithm::name),
                Some(algorithm.name())
            );
        }
        assert!(Algorithm::named("FNV1A-64").is_none());
        assert!(Algorithm::named("").is_none());
    }

    #[test]
    fn each_digest_has_the_announced_length() {
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm.start().digest().len() * 8, algorithm.bits() as usize);
        }
    }

    #[test]
    fn the_first_is_the_default_of_the_service() {
        let mut hasher = Algorithm::ALL[0].start();
        hasher.update(b"hello");
        assert_eq!(hex(&hasher.digest()), "a430d84680aabd0b");
    }

    #[test]
    fn hex_keeps_leading_zeros_and_order() {
        assert_eq!(hex(&[]), "");
        assert_eq!(hex(&[0x00, 0x0f, 0xf0, 0x9a]), "000ff09a");
    }
}
