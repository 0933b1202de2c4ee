//! Digests and authentication codes of the RustCrypto crates.

use hmac::digest::block_api::EagerHash;
use hmac::digest::{FixedOutput, Update};
use hmac::{Hmac, KeyInit};

use super::{Hasher, KeyError};

pub type Md5 = Digest<md5::Md5>;
pub type Sha1 = Digest<sha1::Sha1>;
pub type Sha256 = Digest<sha2::Sha256>;
pub type Sha384 = Digest<sha2::Sha384>;
pub type Sha512 = Digest<sha2::Sha512>;
pub type Sha512_256 = Digest<sha2::Sha512_256>;
pub type Sha3_256 = Digest<sha3::Sha3_256>;
pub type Sha3_512 = Digest<sha3::Sha3_512>;
pub type Blake2b = Digest<blake2::Blake2b512>;
pub type Blake2s = Digest<blake2::Blake2s256>;

/// Any digest or authentication code of a fixed length.
#[derive(Default)]
pub struct Digest<D>(D);

impl<D: Update + FixedOutput + Clone> Hasher for Digest<D> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.clone().finalize_fixed().to_vec()
    }
}

/// HMAC of SHA-256.
pub fn hmac_sha_256(key: &[u8]) -> Result<Box<dyn Hasher>, KeyError> {
    hmac::<sha2::Sha256>(key)
}

/// HMAC of SHA-512.
pub fn hmac_sha_512(key: &[u8]) -> Result<Box<dyn Hasher>, KeyError> {
    hmac::<sha2::Sha512>(key)
}

fn hmac<D>(key: &[u8]) -> Result<Box<dyn Hasher>, KeyError>
where
    D: EagerHash,
    Hmac<D>: KeyInit + Update + FixedOutput + Clone + 'static,
{
    if key.is_empty() {
        return Err(KeyError::Empty);
    }
    let code = Hmac::<D>::new_from_slice(key).expect("a key of any length is taken");
    Ok(Box::new(Digest(code)))
}
