//! The shapes of a successful answer.

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use serde::Serialize;

use crate::body::{Body, full};

/// The media type of every text answer.
pub const TEXT: &str = "text/plain; charset=utf-8";

/// The bare text, no newline added.
pub fn text(text: impl Into<Bytes>) -> Response<Body> {
    media(TEXT, full(text))
}

/// A JSON document.
pub fn json(document: &impl Serialize) -> Response<Body> {
    let document =
        serde_json::to_vec(document).expect("documents of strings and numbers always serialize");
    media("application/json", full(document))
}

/// A body of a given media type.
pub fn media(media: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
}
