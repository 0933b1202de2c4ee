//! Errors as JavaScript sees them.

use std::fmt::Display;

use wasm_bindgen::{JsError, JsValue};

/// What an export answers: the error is thrown.
pub type Result<T> = std::result::Result<T, JsValue>;

/// A JavaScript `Error` that says so.
pub fn error(message: impl Display) -> JsValue {
    JsError::new(&message.to_string()).into()
}
