//! The xxHash family, with seed 0 and the default secret.

use xxhash_rust::{xxh3, xxh32, xxh64};

use super::Hasher;

/// XXH32.
#[derive(Default)]
pub struct Xxh32(xxh32::Xxh32);

/// XXH64.
#[derive(Default)]
pub struct Xxh64(xxh64::Xxh64);

/// XXH3 with 64 bits.
#[derive(Default)]
pub struct Xxh3_64(xxh3::Xxh3Default);

/// XXH3 with 128 bits.
#[derive(Default)]
pub struct Xxh3_128(xxh3::Xxh3Default);

impl Hasher for Xxh32 {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.digest().to_be_bytes().to_vec()
    }
}

impl Hasher for Xxh64 {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.digest().to_be_bytes().to_vec()
    }
}

impl Hasher for Xxh3_64 {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.digest().to_be_bytes().to_vec()
    }
}

impl Hasher for Xxh3_128 {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.digest128().to_be_bytes().to_vec()
    }
}
