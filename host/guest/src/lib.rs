//! A component that misbehaves on demand: the first part of the path is what to do.

#[cfg(target_arch = "wasm32")]
mod deeds;
