//! BLAKE3, with and without a key.

use super::{Hasher, KeyError};

/// BLAKE3 with 256 bits.
#[derive(Default)]
pub struct Blake3(::blake3::Hasher);

impl Blake3 {
    /// The keyed mode: a code that only holders of the key can make.
    pub fn keyed(key: &[u8]) -> Result<Box<dyn Hasher>, KeyError> {
        let key = key.try_into().map_err(|_| match key.len() {
            0 => KeyError::Empty,
            actual => KeyError::Length { required: ::blake3::KEY_LEN, actual },
        })?;
        Ok(Box::new(Self(::blake3::Hasher::new_keyed(key))))
    }
}

impl Hasher for Blake3 {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.finalize().as_bytes().to_vec()
    }
}
