//! JSON.

use serde::Deserialize;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// One entry of a catalogue.
#[derive(Deserialize)]
struct Entry {
    id: u32,
    name: String,
    price: f64,
    available: bool,
    tags: Vec<String>,
    size: Size,
}

#[derive(Deserialize)]
struct Size {
    width: f64,
    height: f64,
}

/// Parses a catalogue and walks through it: the sums of the prices of what is available, of the
/// areas, of the identifiers, and of the lengths of all names and tags in bytes.
///
/// # Errors
/// If it is no catalogue in JSON.
#[wasm_bindgen]
pub fn summarize(json: &[u8]) -> Result<Vec<f64>, JsError> {
    let entries: Vec<Entry> = serde_json::from_slice(json)?;
    let mut sums = [0.0; 4];
    for entry in &entries {
        let tags: usize = entry.tags.iter().map(String::len).sum();
        sums[0] += if entry.available { entry.price } else { 0.0 };
        sums[1] += entry.size.width * entry.size.height;
        sums[2] += f64::from(entry.id);
        sums[3] += (entry.name.len() + tags) as f64;
    }
    Ok(sums.to_vec())
}

#[cfg(test)]
mod tests {
    use super::summarize;

    #[test]
    fn every_sum_is_of_its_own_fields() {
        let json = br#"[
            {"id": 4, "name": "lamp", "price": 2.5, "available": true, "tags": ["a", "bc"], "size": {"width": 2, "height": 3}},
            {"id": 6, "name": "\"", "price": 9, "available": false, "tags": [], "size": {"width": 0.5, "height": 1}}
        ]"#;
        assert_eq!(summarize(json).ok(), Some(vec![2.5, 6.5, 10.0, 8.0]));
        assert_eq!(summarize(b"[]").ok(), Some(vec![0.0; 4]));
    }
}
