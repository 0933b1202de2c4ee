//! The component of the WIT package in `wit/`: digests, letter case and pictures for any host.
//!
//! It only translates types. `cargo xtask component` makes it, for a target without WASI, so that
//! it has no imports at all.

#[cfg(target_arch = "wasm32")]
mod exports;
