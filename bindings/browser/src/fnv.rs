//! The default digest.

use edge_core::hash::Fnv1a64;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bytes::Bytes;
use crate::error::Result;

/// The FNV-1a hash of `data`, 64 bits.
#[wasm_bindgen]
pub fn fnv1a_hash(data: &Bytes) -> Result<u64> {
    let mut hasher = Fnv1a64::new();
    data.for_each(|bytes| hasher.update(bytes))?;
    Ok(hasher.finish())
}
