//! Component variables as numbers, flags and texts.

use crate::platform::Platform;
use crate::problem::{Kind, Problem};

/// A variable's text; unset and empty are the same.
pub fn text_variable(platform: &impl Platform, name: &str) -> Option<String> {
    platform.variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// A variable that holds a whole number; `default` where it is unset.
pub fn number(platform: &impl Platform, name: &str, default: u64) -> Result<u64, Problem> {
    let Some(value) = text_variable(platform, name) else { return Ok(default) };
    value.parse().map_err(|_| {
        let detail = format!("The variable '{name}' of this deployment is not a whole number.");
        Problem::new(Kind::Misconfigured, detail).with("variable", name)
    })
}

/// A variable that is `true` or `false`; `false` where it is unset.
pub fn flag(platform: &impl Platform, name: &str) -> Result<bool, Problem> {
    match text_variable(platform, name).as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => {
            let detail =
                format!("The variable '{name}' of this deployment is neither 'true' nor 'false'.");
            Err(Problem::new(Kind::Misconfigured, detail).with("variable", name))
        }
    }
}

/// As [`number`], for limits that 0 switches off.
pub fn limit(platform: &impl Platform, name: &str, default: u64) -> Result<u64, Problem> {
    number(platform, name, default).map(|limit| if limit == 0 { u64::MAX } else { limit })
}
