//! What the component exports, one module for each interface.

mod fault;
mod hash;
mod image;
mod memory;
mod text;

/// The world's types and traits.
#[allow(missing_docs, reason = "their documentation is in wit/")]
mod bindings {
    wit_bindgen::generate!({ world: "functions", path: "wit" });
}

/// The component.
struct Functions;

bindings::export!(Functions with_types_in bindings);
