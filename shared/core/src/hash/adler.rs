//! The checksum of zlib (RFC 1950).

pub use simd_adler32::Adler32;

use super::Hasher;

impl Hasher for Adler32 {
    fn update(&mut self, bytes: &[u8]) {
        self.write(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.finish().to_be_bytes().to_vec()
    }
}
