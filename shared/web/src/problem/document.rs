//! One problem, and the answer that tells it.

use std::fmt::Display;

use edge_core::excerpt;
use http::{HeaderName, HeaderValue, Response, header};
use serde::Serialize;
use serde_json::{Map, Value};

use super::kind::Kind;
use crate::body::{Body, full};

/// One occurrence of a [`Kind`]: a plain sentence, numbers for programs, and header fields that go
/// with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    kind: Kind,
    detail: String,
    members: Map<String, Value>,
    fields: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem whose `detail` is a plain sentence that names the offending value and what is
    /// allowed.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), members: Map::new(), fields: Vec::new() }
    }

    /// Adds an extension member (RFC 9457, section 3.2), such as `limit` and `actual`.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.members.insert(member.to_owned(), value.into());
        self
    }

    /// Adds a header field that the status asks for, such as `Allow` with 405.
    #[must_use]
    pub fn field(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.fields.push((name, value));
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The sentence for people.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The answer: `application/problem+json`, never stored by a cache. The [`Kind`] rides along as
    /// an extension.
    pub fn into_response(self) -> Response<Body> {
        #[derive(Serialize)]
        struct Document<'a> {
            r#type: String,
            title: &'a str,
            status: u16,
            detail: &'a str,
            #[serde(flatten)]
            members: &'a Map<String, Value>,
        }
        let (_, title, status) = self.kind.entry();
        let document = Document {
            r#type: self.kind.uri(),
            title,
            status: status.as_u16(),
            detail: &self.detail,
            members: &self.members,
        };
        let document =
            serde_json::to_vec(&document).expect("strings, numbers and lists always serialize");
        let mut response = Response::new(full(document));
        *response.status_mut() = status;
        response.extensions_mut().insert(self.kind);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.extend(self.fields);
        response
    }

    /// A parameter whose value can't be used; `allowed` completes "`name` must be …".
    pub fn invalid_parameter(name: &str, value: &str, allowed: impl Display) -> Self {
        let value = excerpt(value);
        let detail = format!("The parameter '{name}' is '{value}'; it must be {allowed}.");
        Self::new(Kind::InvalidParameter, detail).with("parameter", name).with("actual", value)
    }
}
