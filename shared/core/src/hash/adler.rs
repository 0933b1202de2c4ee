//! The checksum of zlib.

use simd_adler32::Adler32 as State;

use super::Hasher;

/// Adler-32 (RFC 1950).
#[derive(Default)]
pub struct Adler32(State);

impl Hasher for Adler32 {
    fn update(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.finish().to_be_bytes().to_vec()
    }
}
