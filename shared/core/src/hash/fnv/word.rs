//! The widths of the hashes and their constants (RFC 9923, sections 5 and 6).

use std::ops::BitXor;

use super::{fnv1a_64, portable};

/// An unsigned integer that holds a hash.
pub trait Word: Copy + BitXor<Output = Self> + From<u8> {
    /// The hash of no bytes.
    const OFFSET_BASIS: Self;
    /// What each byte multiplies the hash by.
    const PRIME: Self;

    /// The product with [`Word::PRIME`], modulo the word's range.
    fn times_prime(self) -> Self;

    /// The bytes, most significant first.
    fn to_bytes(self) -> Vec<u8>;

    /// The hash with the bytes taken in by FNV-1a, on the fastest kernel.
    fn fnv1a(self, bytes: &[u8]) -> Self {
        portable::fnv1a(self, bytes)
    }
}

impl Word for u32 {
    const OFFSET_BASIS: Self = 2_166_136_261;
    const PRIME: Self = 16_777_619;

    fn times_prime(self) -> Self {
        self.wrapping_mul(Self::PRIME)
    }

    fn to_bytes(self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }
}

impl Word for u64 {
    const OFFSET_BASIS: Self = 14_695_981_039_346_656_037;
    const PRIME: Self = 1_099_511_628_211;

    fn times_prime(self) -> Self {
        self.wrapping_mul(Self::PRIME)
    }

    fn to_bytes(self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }

    fn fnv1a(self, bytes: &[u8]) -> Self {
        fnv1a_64(self, bytes)
    }
}

impl Word for u128 {
    const OFFSET_BASIS: Self = 144_066_263_297_769_815_596_495_629_667_062_367_629;
    const PRIME: Self = 309_485_009_821_345_068_724_781_371;

    fn times_prime(self) -> Self {
        // WebAssembly has no product of 128 bits, and a general one takes long. The prime is
        // 2^88 + 315, and 315 times 32 bits fits 64.
        const ADDEND: u64 = u128::PRIME as u64;
        let (low, high) = (self as u64, (self >> 64) as u64);
        let middle = (low >> 32) * ADDEND + (((low & 0xffff_ffff) * ADDEND) >> 32);
        let high = high.wrapping_mul(ADDEND).wrapping_add(middle >> 32).wrapping_add(low << 24);
        Self::from(high) << 64 | Self::from(low.wrapping_mul(ADDEND))
    }

    fn to_bytes(self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_split_product_is_the_product(hash: u128) {
            for hash in [hash, hash | u128::from(u64::MAX), !0] {
                prop_assert_eq!(hash.times_prime(), hash.wrapping_mul(u128::PRIME));
            }
        }
    }
}
