//! What a request's body is declared to be.

use http::{HeaderMap, HeaderValue, header};

use crate::coding::content_codings;
use crate::problem::{Kind, Problem};

/// The declared media type of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// No type, `application/octet-stream`, or what curl sends unasked: the bytes speak for
    /// themselves.
    Raw,
    /// `type/subtype` in lower case, with the `charset` parameter where one was given.
    Declared {
        /// `type/subtype`.
        essence: String,
        /// `charset`, lower case.
        charset: Option<String>,
    },
}

impl Media {
    /// Reads `Content-Type` (RFC 9110, section 8.3).
    pub fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(header::CONTENT_TYPE) else { return Self::Raw };
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        let mut parts = value.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default();
        if matches!(essence, "" | "application/octet-stream" | "application/x-www-form-urlencoded")
        {
            return Self::Raw;
        }
        let charset = parts
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(name, _)| name.trim() == "charset")
            .map(|(_, charset)| charset.trim().trim_matches('"').to_owned());
        Self::Declared { essence: essence.to_owned(), charset }
    }

    /// The 415 problem for a type that a route does not read; `read` completes "this route reads
    /// …".
    pub fn unsupported(essence: &str, read: &str) -> Problem {
        let detail =
            format!("The media type '{essence}' is not read here; this route reads {read}.");
        Problem::new(Kind::UnsupportedMediaType, detail).with("actual", essence)
    }
}

/// Refuses a body in a content coding, for routes that read the bytes themselves (RFC 9110, section
/// 15.5.16).
pub fn require_identity(headers: &HeaderMap) -> Result<(), Problem> {
    match content_codings(headers).into_iter().next() {
        None => Ok(()),
        Some(coding) => Err(Problem::new(
            Kind::UnsupportedContentCoding,
            format!("The Content-Encoding '{coding}' is not read here; send the body as it is."),
        )
        .with("actual", coding)
        .field(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"))),
    }
}
