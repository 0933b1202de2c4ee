//! The streaming hashers.

use super::word::Word;
use crate::hash::Hasher;

/// FNV-1a: for each byte, xor, then multiply.
#[derive(Clone, Debug)]
pub struct Fnv1a<W>(W);

/// FNV-1: for each byte, multiply, then xor.
#[derive(Clone, Debug)]
pub struct Fnv1<W>(W);

/// FNV-1a, 32 bits.
pub type Fnv1a32 = Fnv1a<u32>;
/// FNV-1a, 64 bits.
pub type Fnv1a64 = Fnv1a<u64>;
/// FNV-1a, 128 bits.
pub type Fnv1a128 = Fnv1a<u128>;
/// FNV-1, 64 bits.
pub type Fnv1_64 = Fnv1<u64>;

impl<W: Word> Fnv1a<W> {
    /// A hasher that has seen no bytes.
    pub const fn new() -> Self {
        Self(W::OFFSET_BASIS)
    }

    /// Takes in the next bytes of the message.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0 = self.0.fnv1a(bytes);
    }

    /// The hash of the bytes so far.
    pub const fn finish(&self) -> W {
        self.0
    }
}

impl<W: Word> Fnv1<W> {
    /// A hasher that has seen no bytes.
    pub const fn new() -> Self {
        Self(W::OFFSET_BASIS)
    }

    /// Takes in the next bytes of the message.
    pub fn update(&mut self, bytes: &[u8]) {
        // The product for a byte is taken early, right after the byte before it is xored: so FNV-1a
        // takes in all bytes but the last.
        if let Some((&last, rest)) = bytes.split_last() {
            self.0 = self.0.times_prime().fnv1a(rest) ^ W::from(last);
        }
    }

    /// The hash of the bytes so far.
    pub const fn finish(&self) -> W {
        self.0
    }
}

impl<W: Word> Default for Fnv1a<W> {
    fn default() -> Self {
        Self::new()
    }
}

impl<W: Word> Default for Fnv1<W> {
    fn default() -> Self {
        Self::new()
    }
}

impl<W: Word> Hasher for Fnv1a<W> {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.finish().to_bytes()
    }
}

impl<W: Word> Hasher for Fnv1<W> {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.finish().to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digest<H: Hasher + Default>(message: &[u8]) -> Vec<u8> {
        let mut hasher = H::default();
        hasher.update(message);
        hasher.digest()
    }

    /// The test vectors of RFC 9923: message, FNV-1a 32, 64 and 128.
    #[rustfmt::skip]
    const RFC_9923: [(&[u8], u32, u64, u128); 8] = [
        (b"", 0x811c_9dc5, 0xcbf2_9ce4_8422_2325, 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d),
        (b"\0", 0x050c_5d1f, 0xaf63_bd4c_8601_b7df, 0xd228_cb69_101a_8caf_7891_2b70_4e4a_147f),
        (b"a", 0xe40c_292c, 0xaf63_dc4c_8601_ec8c, 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964),
        (b"a\0", 0x2b24_d044, 0x089b_e207_b544_f1e4, 0x0880_9545_19ab_1be9_5aa0_7330_55b7_0e0c),
        (b"foobar", 0xbf9c_f968, 0x8594_4171_f739_67e8, 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18),
        (b"foobar\0", 0x0c1c_9eb8, 0x3453_1ca7_168b_8f38, 0xe01f_cf9a_454f_f78d_a540_f1b2_3234_b288),
        (b"Hello!\x01\xff\xed", 0xfd9d_3881, 0xbd51_ea70_94ee_6fa1, 0x7420_2c60_0b05_1c16_5b1a_cafe_d10d_1419),
        (b"Hello!\x01\xff\xed\0", 0xbf7f_f313, 0xa0a0_fe4d_1127_ae93, 0xe267_a741_a849_8f82_19f7_c78b_3b17_bac3),
    ];

    #[test]
    fn rfc_9923_vectors() {
        for (message, bits_32, bits_64, bits_128) in RFC_9923 {
            assert_eq!(digest::<Fnv1a32>(message), bits_32.to_be_bytes(), "32 of {message:?}");
            assert_eq!(digest::<Fnv1a64>(message), bits_64.to_be_bytes(), "64 of {message:?}");
            assert_eq!(digest::<Fnv1a128>(message), bits_128.to_be_bytes(), "128 of {message:?}");
        }
    }

    /// Landon Curt Noll's test vectors: message, FNV-1 64, FNV-1a 64.
    const NOLL: [(&[u8], u64, u64); 9] = [
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
        for (message, fnv1, fnv1a) in NOLL {
            assert_eq!(digest::<Fnv1_64>(message), fnv1.to_be_bytes(), "FNV-1 of {message:?}");
            assert_eq!(digest::<Fnv1a64>(message), fnv1a.to_be_bytes(), "FNV-1a of {message:?}");
        }
    }

    fn split_changes_nothing<H: Hasher + Default>(message: &[u8], at: usize) {
        let (head, tail) = message.split_at(at);
        let mut hasher = H::default();
        for part in [head, &[], tail] {
            hasher.update(part);
        }
        assert_eq!(hasher.digest(), digest::<H>(message), "{message:?} split at {at}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_split_changes_nothing(message in prop::collection::vec(any::<u8>(), 0..100), at in any::<prop::sample::Index>()) {
            let at = at.index(message.len() + 1);
            split_changes_nothing::<Fnv1a32>(&message, at);
            split_changes_nothing::<Fnv1a64>(&message, at);
            split_changes_nothing::<Fnv1a128>(&message, at);
            split_changes_nothing::<Fnv1_64>(&message, at);
        }

        #[test]
        fn fnv1_multiplies_then_xors(message in prop::collection::vec(any::<u8>(), 0..100)) {
            let expected = message
                .iter()
                .fold(u64::OFFSET_BASIS, |hash, &byte| hash.times_prime() ^ u64::from(byte));
            prop_assert_eq!(digest::<Fnv1_64>(&message), expected.to_be_bytes());
        }
    }
}
