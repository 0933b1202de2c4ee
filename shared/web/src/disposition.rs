//! `Content-Disposition` (RFC 6266): the name that a browser saves an answer under.

use http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The most characters of a name, without its extension.
const MOST_CHARACTERS: usize = 100;

/// What is encoded in an extended value: all but the `attr-char`s of RFC 8187, section 3.2.1.
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// A field for an answer that is shown in place, and saved as `stem.extension`. What no file system
/// takes in a name becomes `_`; a stem without a letter or digit becomes `fallback`.
pub fn inline(stem: &str, fallback: &str, extension: &str) -> HeaderValue {
    let stem: String = stem.chars().take(MOST_CHARACTERS).map(portable).collect();
    let stem = stem.trim_matches(['.', ' ', '_']);
    let stem = if stem.contains(char::is_alphanumeric) { stem } else { fallback };
    let plain: String = stem.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let mut field = format!("inline; filename=\"{plain}.{extension}\"");
    if plain != stem {
        let encoded = utf8_percent_encode(stem, EXTENDED);
        field += &format!("; filename*=UTF-8''{encoded}.{extension}");
    }
    HeaderValue::try_from(field).expect("ASCII without controls")
}

/// The last segment of a path or URL, decoded, without its query and its extension.
pub fn stem(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = percent_decode_str(name).decode_utf8_lossy();
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => &name,
    };
    stem.to_owned()
}

fn portable(character: char) -> char {
    match character {
        '"' | '\\' | '/' | ':' | '*' | '?' | '<' | '>' | '|' | '%' => '_',
        // Marks that turn the direction of text make a name look like another.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '_',
        control if control.is_control() => '_',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_that_of_the_source() {
        for (path, expected) in [
            ("landscape.jpg", "landscape"),
            ("a/b/tar.gz.png", "tar.gz"),
            ("https://example.org/a/Caf%C3%A9.jpeg?x=1.png#y", "Café"),
            ("https://example.org/folder/", "folder"),
            (".hidden", ".hidden"),
            ("", ""),
            ("%ff.png", "\u{fffd}"),
        ] {
            assert_eq!(stem(path), expected, "{path}");
        }
    }

    #[test]
    fn every_name_is_one_that_can_be_saved() {
        for (stem, expected) in [
            ("landscape", "inline; filename=\"landscape.png\""),
            ("a b+c", "inline; filename=\"a b+c.png\""),
            ("Café", "inline; filename=\"Caf_.png\"; filename*=UTF-8''Caf%C3%A9.png"),
            ("a\r\nSet-Cookie: x", "inline; filename=\"a__Set-Cookie_ x.png\""),
            ("\"; filename=\"x", "inline; filename=\"; filename=_x.png\""),
            ("..", "inline; filename=\"picture.png\""),
            ("../../etc", "inline; filename=\"etc.png\""),
            ("\u{202e}", "inline; filename=\"picture.png\""),
            ("", "inline; filename=\"picture.png\""),
        ] {
            assert_eq!(inline(stem, "picture", "png"), expected, "{stem}");
        }
        let long = inline(&"ä".repeat(1_000), "picture", "png");
        assert_eq!(long.len(), "inline; filename=\".png\"; filename*=UTF-8''.png".len() + 700);
    }
}
