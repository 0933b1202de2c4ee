//! Strings from JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{Result, error};

/// The longest string that is taken, in UTF-16 code units: in UTF-8, and in any letter case, it fits
/// into memory several times.
const MOST_UNITS: f64 = (64 * 1024 * 1024) as f64;

#[wasm_bindgen]
extern "C" {
    /// A string. Surrogates without their partner are read as U+FFFD.
    #[wasm_bindgen(typescript_type = "string")]
    pub type Text;

    #[wasm_bindgen(method, getter, catch)]
    fn length(this: &Text) -> Result<Option<f64>>;
}

impl Text {
    /// A copy of it. `name` is what it is called in the sentence that refuses other values.
    pub fn read(&self, name: &str) -> Result<String> {
        if self.length().ok().flatten().is_some_and(|units| units > MOST_UNITS) {
            let most = MOST_UNITS as u32;
            return Err(error(format_args!("The {name} is longer than {most} UTF-16 code units.")));
        }
        self.as_string().ok_or_else(|| error(format_args!("The {name} is not a string.")))
    }
}
