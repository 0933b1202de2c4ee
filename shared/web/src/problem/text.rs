//! What the core says of text.

use edge_core::text::{Charset, Error};

use super::{Kind, Problem};

impl From<Error> for Problem {
    fn from(Error { offset, charset }: Error) -> Self {
        let name = charset.name();
        let detail =
            format!("The text is not {name}: byte {offset} begins an ill-formed sequence.");
        let problem = if charset == Charset::UTF_8 {
            Self::new(Kind::IllFormedUtf8, detail)
        } else {
            Self::new(Kind::IllFormedText, detail).with("charset", name)
        };
        problem.with("offset", offset)
    }
}
