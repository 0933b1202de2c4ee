//! The xxHash family, with seed 0 and the default secret.

pub use xxhash_rust::xxh3::Xxh3Default as Xxh3_64;
pub use xxhash_rust::xxh32::Xxh32;
pub use xxhash_rust::xxh64::Xxh64;

use super::Hasher;

/// XXH3 with 128 bits, which differs from that with 64 in the end alone.
#[derive(Default)]
pub struct Xxh3_128(Xxh3_64);

impl Hasher for Xxh32 {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.digest().to_be_bytes().to_vec()
    }
}

impl Hasher for Xxh64 {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.digest().to_be_bytes().to_vec()
    }
}

impl Hasher for Xxh3_64 {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.digest().to_be_bytes().to_vec()
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
