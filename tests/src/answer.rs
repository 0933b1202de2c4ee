//! An answer, read to its end.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

/// Status, fields and the whole body.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The fields.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// A field's value; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts a 200 answer with this text as its body.
    #[track_caller]
    pub fn assert_text(&self, expected: &str) {
        assert_eq!((self.status, self.text()), (StatusCode::OK, expected));
        assert_eq!(self.field("content-type"), "text/plain; charset=utf-8");
        assert_eq!(self.field("content-length"), expected.len().to_string());
    }

    /// Asserts a problem: the whole document, and the fields that every problem carries. `name` is
    /// the last part of the type, or the whole of one that is registered elsewhere; `members` are
    /// the document's extension members.
    #[track_caller]
    pub fn assert_problem(
        &self,
        status: u16,
        name: &str,
        title: &str,
        detail: &str,
        members: Value,
    ) {
        let mut expected = serde_json::json!({
            "type": if name.contains(':') { name.to_owned() } else { format!("/problems/{name}") },
            "title": title,
            "status": status,
            "detail": detail,
        });
        expected.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        assert_eq!(self.json(), expected);
        assert_eq!(self.status.as_u16(), status);
        assert_eq!(self.field("content-type"), "application/problem+json");
        assert_eq!(self.field("cache-control"), "no-store");
        assert_eq!(self.field("x-content-type-options"), "nosniff");
        assert_eq!(self.field("content-length"), self.body.len().to_string());
    }
}
