//! Bytes on JavaScript's side of the boundary.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{Result, error};

/// How many bytes are copied at a time where they are not needed all at once: they stay in the
/// processor's cache. A multiple of a pixel's.
const PIECE_BYTES: usize = 64 * 1024;

#[wasm_bindgen]
extern "C" {
    /// An array of bytes; the bytes of a canvas are clamped.
    #[wasm_bindgen(js_name = Uint8Array, typescript_type = "Uint8Array | Uint8ClampedArray")]
    pub type Bytes;

    /// An array with a copy of `bytes`.
    #[wasm_bindgen(constructor, catch, js_class = Uint8Array)]
    pub fn new(bytes: &[u8]) -> Result<Bytes>;

    #[wasm_bindgen(method, getter, catch, js_name = BYTES_PER_ELEMENT)]
    fn bytes_per_element(this: &Bytes) -> Result<Option<f64>>;

    #[wasm_bindgen(method, getter)]
    fn length(this: &Bytes) -> f64;

    #[wasm_bindgen(method, catch)]
    fn subarray(this: &Bytes, begin: f64, end: f64) -> Result<Bytes>;

    /// Copies all of `bytes` to the array.
    #[wasm_bindgen(method, catch, js_name = set)]
    fn write(this: &Bytes, bytes: &[u8]) -> Result<()>;

    /// Copies all of `array` to `bytes`.
    #[wasm_bindgen(catch, js_namespace = ["Uint8Array", "prototype", "set"], js_name = call)]
    fn read(bytes: &mut [u8], array: &Bytes) -> Result<()>;
}

impl Bytes {
    /// How many there are.
    pub fn count(&self) -> Result<u64> {
        if self.bytes_per_element() != Ok(Some(1.0)) {
            return Err(error("The bytes are not in a Uint8Array."));
        }
        Ok(self.length() as u64)
    }

    /// Shows all bytes to `take`, a piece at a time.
    pub fn for_each(&self, mut take: impl FnMut(&[u8])) -> Result<()> {
        self.pieces(|_, bytes| {
            take(bytes);
            Ok(())
        })
    }

    /// Lets `change` change all bytes, a piece at a time: at least one, which may be empty.
    pub fn change(&self, mut change: impl FnMut(&mut [u8]) -> Result<()>) -> Result<()> {
        self.pieces(|array, bytes| {
            change(bytes)?;
            array.write(bytes)
        })
    }

    /// Calls `take` with each piece of the array, and a copy of it.
    fn pieces(&self, mut take: impl FnMut(&Self, &mut [u8]) -> Result<()>) -> Result<()> {
        let count = self.count()?;
        let mut buffer = [0; PIECE_BYTES];
        for begin in (0..count.max(1)).step_by(PIECE_BYTES) {
            let piece = &mut buffer[..(count - begin).min(PIECE_BYTES as u64) as usize];
            let end = begin as f64 + piece.len() as f64;
            let array = self.subarray(begin as f64, end).map_err(|_| gone())?;
            array.copy_to(piece)?;
            take(&array, piece)?;
        }
        Ok(())
    }

    /// A copy of them all. `None` if there is no memory for it.
    pub fn to_vec(&self) -> Result<Option<Vec<u8>>> {
        let count = self.count()?;
        let mut bytes = Vec::new();
        let reserved = usize::try_from(count).map(|count| bytes.try_reserve_exact(count));
        if !matches!(reserved, Ok(Ok(()))) {
            return Ok(None);
        }
        bytes.resize(count as usize, 0);
        self.copy_to(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Replaces them all.
    pub fn replace(&self, bytes: &[u8]) -> Result<()> {
        self.check_length(bytes)?;
        self.write(bytes)
    }

    /// Copies them all to a slice as long.
    fn copy_to(&self, bytes: &mut [u8]) -> Result<()> {
        self.check_length(bytes)?;
        read(bytes, self)
    }

    fn check_length(&self, bytes: &[u8]) -> Result<()> {
        if self.count()? == bytes.len() as u64 {
            return Ok(());
        }
        Err(gone())
    }
}

/// Views of the module's memory lose it as it grows, and arrays that are transferred to a worker.
fn gone() -> JsValue {
    error("The bytes are gone: their array has lost its memory.")
}
