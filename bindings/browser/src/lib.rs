//! The core for browsers and Node, as wasm modules with JavaScript bindings.
//!
//! Every export reads its arguments, calls the core and answers. Whatever JavaScript passes is an
//! `Error` at worst: arguments arrive as JavaScript values, which are looked at before they are
//! copied, and memory for them is reserved in a way that can fail.

mod bytes;
mod error;
#[cfg(any(feature = "hash", feature = "kernels"))]
mod fnv;
#[cfg(feature = "hash")]
mod hash;
#[cfg(feature = "image")]
mod image;
#[cfg(any(feature = "image", feature = "kernels"))]
mod number;
#[cfg(feature = "kernels")]
mod pixels;
#[cfg(any(feature = "hash", feature = "image", feature = "text"))]
mod string;
#[cfg(feature = "text")]
mod text;

/// Rust's own allocator would be a fifth of the module that has the kernels alone.
#[cfg(all(
    target_arch = "wasm32",
    not(any(feature = "hash", feature = "image", feature = "text"))
))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
