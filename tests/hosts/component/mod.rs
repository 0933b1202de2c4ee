//! The component, called from Rust, JavaScript and Python.

mod contract;
mod hash;
mod image;
mod instance;
mod programs;
mod text;

pub use instance::file;
