//! Numbers from JavaScript.

use crate::error::{Result, error};

/// A whole number. `name` is what it is called in the sentence that refuses others.
pub fn whole(name: &str, number: f64) -> Result<u32> {
    let whole = number as u32;
    if f64::from(whole) == number {
        return Ok(whole);
    }
    let most = u32::MAX;
    Err(error(format_args!("The {name} must be a whole number from 0 to {most}.")))
}
