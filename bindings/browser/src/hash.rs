//! Digests.

use edge_core::excerpt;
use edge_core::hash::{self, Algorithm, hex};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bytes::Bytes;
use crate::error::{Result, error};
use crate::string::Text;

/// The names of all algorithms, the default first. Those that begin with `hmac` need a key.
#[wasm_bindgen]
pub fn algorithms() -> Vec<String> {
    Algorithm::ALL.iter().map(|algorithm| algorithm.name().to_owned()).collect()
}

/// A digest in the making. Any number of bytes takes the same memory.
#[wasm_bindgen]
pub struct Hasher(Box<dyn hash::Hasher>);

#[wasm_bindgen]
impl Hasher {
    /// Starts a digest. `algorithm` is a name, such as "blake3"; `key` is for algorithms that
    /// take one. An `Error` if there is no such algorithm, or the key does not suit it.
    #[wasm_bindgen(constructor)]
    pub fn new(algorithm: &Text, key: Option<Bytes>) -> Result<Self> {
        let name = algorithm.read("algorithm")?;
        let algorithm = Algorithm::named(&name).ok_or_else(|| unknown(&name))?;
        let key = match key {
            Some(key) => Some(key.to_vec()?.ok_or_else(|| error("The key is too long."))?),
            None => None,
        };
        let start = algorithm.start(key.as_deref());
        let name = algorithm.name();
        Ok(Self(start.map_err(|why| error(format_args!("The algorithm '{name}': {why}.")))?))
    }

    /// Takes in the next bytes. Where they are split makes no difference.
    pub fn update(&mut self, data: &Bytes) -> Result<()> {
        data.for_each(|bytes| self.0.update(bytes))
    }

    /// The digest of the bytes so far; that of a number is most significant byte first.
    #[wasm_bindgen(unchecked_return_type = "Uint8Array<ArrayBuffer>")]
    pub fn digest(&self) -> Vec<u8> {
        self.0.digest()
    }

    /// The digest of the bytes so far, in lower-case hexadecimal.
    pub fn hex(&self) -> String {
        hex(&self.0.digest())
    }
}

fn unknown(name: &str) -> wasm_bindgen::JsValue {
    let shown = excerpt(name);
    let known = algorithms().join(", ");
    error(format_args!("There is no algorithm '{shown}'; there are {known}."))
}
