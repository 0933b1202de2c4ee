//! Digests and authentication codes of the RustCrypto crates.

use hmac::digest::crypto_common::BlockSizeUser;
use hmac::digest::{self, FixedOutput, Update};
use hmac::{Mac, SimpleHmac};

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

/// HMAC (RFC 2104) of any digest, with any key but an empty one.
pub fn hmac<D>(key: &[u8]) -> Result<Box<dyn Hasher>, KeyError>
where
    D: digest::Digest + BlockSizeUser + Clone + 'static,
{
    if key.is_empty() {
        return Err(KeyError::Empty);
    }
    let code = SimpleHmac::<D>::new_from_slice(key).expect("a key of any length is taken");
    Ok(Box::new(Digest(code)))
}
