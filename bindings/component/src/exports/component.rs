//! The component: its world's types and traits, and what implements them.

/// What the world's interfaces are in Rust.
#[allow(missing_docs, reason = "their documentation is in wit/")]
pub mod bindings {
    wit_bindgen::generate!({ world: "functions", path: "wit" });
}

/// All functions that belong to no resource.
pub struct Functions;

bindings::export!(Functions with_types_in bindings);
