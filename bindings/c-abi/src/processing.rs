//! Text to upper case, in memory that may be scarce.

use edge_core::text::{Case, Locale};

use crate::Status;

/// What comes before the text.
const PREFIX: &str = "Processed: ";

/// `Processed: ` and the upper case of `text`, in UTF-8.
///
/// # Errors
/// If the text is not UTF-8, or there is not enough memory.
pub fn process(text: &[u8]) -> Result<Box<[u8]>, Status> {
    let text = str::from_utf8(text)?;
    let upper = Case::Upper.convert(&Locale::ROOT, text)?;
    let mut processed = Vec::new();
    processed.try_reserve_exact(PREFIX.len() + upper.len())?;
    processed.extend_from_slice(PREFIX.as_bytes());
    processed.extend_from_slice(upper.as_bytes());
    Ok(processed.into_boxed_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_put_into_upper_case() {
        for (text, expected) in [
            ("", "Processed: "),
            ("s", "Processed: S"),
            ("straße", "Processed: STRASSE"),
            ("\u{390}", "Processed: \u{399}\u{308}\u{301}"),
            ("\u{feff}i", "Processed: \u{feff}I"),
        ] {
            assert_eq!(process(text.as_bytes()).as_deref(), Ok(expected.as_bytes()), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_utf_8_is_refused() {
        for bytes in [&b"\xff\xfe"[..], b"a\xc3", b"\xed\xa0\x80", b"\xc0\x80"] {
            assert_eq!(process(bytes), Err(Status::NotUtf8), "{bytes:?}");
        }
    }
}
