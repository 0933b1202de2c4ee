//! Digests of byte streams.

use std::cell::RefCell;

use edge_core::hash::{self, hex};

use super::component::Functions;
use super::component::bindings::exports::edge::functions::hash::{
    Algorithm, Error, Guest, GuestHasher, Hasher, KeyError, KeyLength, KeyUse, UnsuitedKey,
};

impl Guest for Functions {
    type Hasher = Digesting;

    fn algorithms() -> Vec<Algorithm> {
        hash::Algorithm::ALL.iter().copied().map(Algorithm::from).collect()
    }
}

/// A digest in the making.
pub struct Digesting(RefCell<Box<dyn hash::Hasher>>);

impl GuestHasher for Digesting {
    fn open(algorithm: String, key: Option<Vec<u8>>) -> Result<Hasher, Error> {
        let algorithm = hash::Algorithm::named(&algorithm).ok_or_else(|| unknown(&algorithm))?;
        let hasher = algorithm.start(key.as_deref()).map_err(|error| unsuited(algorithm, error))?;
        Ok(Hasher::new(Self(RefCell::new(hasher))))
    }

    fn update(&self, bytes: Vec<u8>) {
        self.0.borrow_mut().update(&bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.borrow().digest()
    }

    fn hex(&self) -> String {
        hex(&self.digest())
    }
}

fn unknown(name: &str) -> Error {
    let known: Vec<_> = hash::Algorithm::ALL.iter().map(|algorithm| algorithm.name()).collect();
    let shown = edge_core::excerpt(name);
    Error::Unsupported(format!("There is no algorithm '{shown}'; there are {}.", known.join(", ")))
}

fn unsuited(algorithm: hash::Algorithm, error: hash::KeyError) -> Error {
    use hash::KeyError as E;
    let reason = match error {
        E::Missing => KeyError::Missing,
        E::Unexpected => KeyError::Unexpected,
        E::Empty => KeyError::Empty,
        E::Length { required, actual } => {
            KeyError::Length(KeyLength { required: required as u32, actual: actual as u32 })
        }
    };
    let message = format!("The algorithm '{}': {error}.", algorithm.name());
    Error::Input(UnsuitedKey { reason, message })
}

impl From<hash::Algorithm> for Algorithm {
    fn from(algorithm: hash::Algorithm) -> Self {
        Self {
            name: algorithm.name().to_owned(),
            aliases: algorithm.aliases().iter().map(|&alias| alias.to_owned()).collect(),
            bits: algorithm.bits(),
            legacy: algorithm.is_legacy(),
            key: match algorithm.key_use() {
                hash::KeyUse::None => KeyUse::None,
                hash::KeyUse::Optional => KeyUse::Optional,
                hash::KeyUse::Required => KeyUse::Required,
            },
        }
    }
}
