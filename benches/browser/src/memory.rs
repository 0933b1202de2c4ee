//! What JavaScript reads and writes in this module's memory.

use js_sys::Float64Array;

/// A view of the numbers, to be used at once: it ends when the memory grows.
pub fn view(numbers: &mut [f64]) -> Float64Array {
    // SAFETY: what writes through the view does so while none of this module's code runs, to
    // numbers that are borrowed exclusively here and hold any bits.
    unsafe { Float64Array::view_mut_raw(numbers.as_mut_ptr(), numbers.len()) }
}
