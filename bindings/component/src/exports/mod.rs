//! What the component exports, one module for each interface.

mod component;
mod fault;
mod hash;
mod image;
mod text;
