//! Values repeated to whoever sent them.

use std::borrow::Cow;

/// A value as an error repeats it: a long one only by its first 200 characters.
pub fn excerpt(value: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    match value.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(value),
        Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
    }
}
