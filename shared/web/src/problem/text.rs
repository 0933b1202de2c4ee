//! What the core says of text.

use edge_core::text::{Charset, Error};

use super::{Kind, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let Error { offset, charset } = error;
        let detail = error.to_string();
        let problem = if charset == Charset::UTF_8 {
            Self::new(Kind::IllFormedUtf8, detail)
        } else {
            Self::new(Kind::IllFormedText, detail).with("charset", charset.name())
        };
        problem.with("offset", offset)
    }
}
