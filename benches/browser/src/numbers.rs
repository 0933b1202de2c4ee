//! Sorting.

use js_sys::Float64Array;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::memory;

/// Numbers to sort.
#[wasm_bindgen]
pub struct Numbers(Vec<f64>);

#[wasm_bindgen]
impl Numbers {
    /// So many zeros.
    #[wasm_bindgen(constructor)]
    pub fn new(count: usize) -> Self {
        Self(vec![0.0; count])
    }

    /// The numbers, where they are in this module's memory.
    pub fn view(&mut self) -> Float64Array {
        memory::view(&mut self.0)
    }

    /// Sorts them as `Float64Array.prototype.sort` does: the lowest first, and -0 before 0.
    pub fn sort(&mut self) {
        self.0.sort_unstable_by(f64::total_cmp);
    }
}
