//! What computations of other kinds than this project's gain from wasm: a Fourier transform, a step
//! of gravity, JSON and sorting. Only the benchmark loads this module; its contenders in JavaScript
//! are in `site/bench/javascript`.

mod bodies;
mod json;
mod memory;
mod numbers;
mod spectrum;
