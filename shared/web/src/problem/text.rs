//! What the core says of text.

use edge_core::text;

use super::{Kind, Problem};

impl From<text::Utf8Error> for Problem {
    fn from(error: text::Utf8Error) -> Self {
        let offset = error.offset;
        Self::new(
            Kind::IllFormedUtf8,
            format!("The text is not UTF-8: byte {offset} begins an ill-formed sequence."),
        )
        .with("offset", offset)
    }
}
