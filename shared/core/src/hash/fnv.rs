//! The Fowler-Noll-Vo hashes with 64 bits (RFC 9923).

use super::Hasher;

const OFFSET_BASIS: u64 = 14_695_981_039_346_656_037;
const PRIME: u64 = 1_099_511_628_211;

/// FNV-1a, 64 bits: for each byte, xor, then multiply.
#[derive(Clone, Debug)]
pub struct Fnv1a64(u64);

/// FNV-1, 64 bits: for each byte, multiply, then xor.
#[derive(Clone, Debug)]
pub struct Fnv1_64(u64);

impl Fnv1a64 {
    /// A hasher that has seen no bytes.
    pub const fn new() -> Self {
        Self(OFFSET_BASIS)
    }

    /// Takes in the next bytes of the message.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0 =
            bytes.iter().fold(self.0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    }

    /// The hash of the bytes so far.
    pub const fn finish(&self) -> u64 {
        self.0
    }
}

impl Fnv1_64 {
    /// A hasher that has seen no bytes.
    pub const fn new() -> Self {
        Self(OFFSET_BASIS)
    }

    /// Takes in the next bytes of the message.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0 =
            bytes.iter().fold(self.0, |hash, &byte| hash.wrapping_mul(PRIME) ^ u64::from(byte));
    }

    /// The hash of the bytes so far.
    pub const fn finish(&self) -> u64 {
        self.0
    }
}

impl Default for Fnv1a64 {
    fn default() -> Self {
        Self::new()
    }
}

impl Default for Fnv1_64 {
    fn default() -> Self {
        Self::new()
    }
}

impl Hasher for Fnv1a64 {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.finish().to_be_bytes().to_vec()
    }
}

impl Hasher for Fnv1_64 {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.finish().to_be_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fnv1a(bytes: &[u8]) -> u64 {
        let mut hasher = Fnv1a64::new();
        hasher.update(bytes);
        hasher.finish()
    }

    fn fnv1(bytes: &[u8]) -> u64 {
        let mut hasher = Fnv1_64::new();
        hasher.update(bytes);
        hasher.finish()
    }

    /// Landon Curt Noll's test vectors: message, FNV-1, FNV-1a.
    const VECTORS: [(&[u8], u64, u64); 9] = [
        (b"", 0xcbf2_9ce4_8422_2325, 0xcbf2_9ce4_8422_2325),
        (b"a", 0xaf63_bd4c_8601_b7be, 0xaf63_dc4c_8601_ec8c),
        (b"b", 0xaf63_bd4c_8601_b7bd, 0xaf63_df4c_8601_f1a5),
        (b"c", 0xaf63_bd4c_8601_b7bc, 0xaf63_de4c_8601_eff2),
        (b"fo", 0x0832_6207_b4eb_2f34, 0x0898_5907_b541_d342),
        (b"foo", 0xd8cb_c718_6ba1_3533, 0xdcb2_7518_fed9_d577),
        (b"foobar", 0x340d_8765_a4dd_a9c2, 0x8594_4171_f739_67e8),
        (b"\0", 0xaf63_bd4c_8601_b7df, 0xaf63_bd4c_8601_b7df),
        (b"foobar\0", 0x50a6_d3b7_24a7_74a6, 0x3453_1ca7_168b_8f38),
    ];

    #[test]
    fn noll_vectors() {
        for (message, expected_fnv1, expected_fnv1a) in VECTORS {
            assert_eq!(fnv1(message), expected_fnv1, "FNV-1 of {message:?}");
            assert_eq!(fnv1a(message), expected_fnv1a, "FNV-1a of {message:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_split_changes_nothing(message in prop::collection::vec(any::<u8>(), 0..100), at in any::<prop::sample::Index>()) {
            let (head, tail) = message.split_at(at.index(message.len() + 1));
            let (mut fnv1a_parts, mut fnv1_parts) = (Fnv1a64::new(), Fnv1_64::new());
            for part in [head, &[], tail] {
                fnv1a_parts.update(part);
                fnv1_parts.update(part);
            }
            prop_assert_eq!(fnv1a_parts.finish(), fnv1a(&message));
            prop_assert_eq!(fnv1_parts.finish(), fnv1(&message));
        }
    }
}
