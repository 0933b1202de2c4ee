//! The Fourier transform.

use std::sync::Arc;

use js_sys::Float64Array;
use num_complex::Complex64;
use rustfft::{Fft, FftPlanner};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::memory;

/// Complex samples, and the plan by which they are transformed.
#[wasm_bindgen]
pub struct Spectrum {
    plan: Arc<dyn Fft<f64>>,
    samples: Vec<Complex64>,
    scratch: Vec<Complex64>,
}

#[wasm_bindgen]
impl Spectrum {
    /// So many samples, all zero.
    #[wasm_bindgen(constructor)]
    pub fn new(size: usize) -> Self {
        let plan = FftPlanner::new().plan_fft_forward(size);
        let scratch = vec![Complex64::ZERO; plan.get_inplace_scratch_len()];
        Self { plan, samples: vec![Complex64::ZERO; size], scratch }
    }

    /// The samples, where they are in this module's memory: the real part of each, then its
    /// imaginary part.
    pub fn view(&mut self) -> Float64Array {
        memory::view(bytemuck::cast_slice_mut(&mut self.samples))
    }

    /// Transforms them in place, forward and unscaled.
    pub fn transform(&mut self) {
        self.plan.process_with_scratch(&mut self.samples, &mut self.scratch);
    }
}
