//! The core for browsers and Node: wasm modules with their bindings, and an npm package of them.

mod engine;
mod module;
mod optimizer;
mod package;
mod size;

pub use engine::Engine;
pub use module::Module;
pub use package::build;
