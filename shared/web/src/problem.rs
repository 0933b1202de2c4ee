//! Problem details (RFC 9457): the one form that every error takes on the wire.

use std::borrow::Cow;
use std::fmt::Display;

use edge_core::{image, text};
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::body::{Body, full};
use crate::parameters::suggest;

/// What went wrong: its stable name in `type`, its title and its status.
///
/// The names are part of the contract; details and extension members may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A query parameter that the route does not know.
    UnknownParameter,
    /// A query parameter given more than once.
    RepeatedParameter,
    /// A query parameter whose value is malformed or out of range.
    InvalidParameter,
    /// A parameter or request target that cannot be decoded.
    MalformedRequest,
    /// An operation with arguments that it does not take.
    InvalidOperation,
    /// More operations than a pipeline may have.
    TooManyOperations,
    /// A request that names nothing to work on.
    NoSource,
    /// A request that names more than one thing to work on.
    TwoSources,
    /// A body whose transfer broke off.
    IncompleteBody,
    /// A remote host outside the component's grant.
    HostNotGranted,
    /// A path that nothing answers.
    NotFound,
    /// A `?file=` that does not exist.
    FileNotFound,
    /// A known path, asked with a method that it does not take.
    MethodNotAllowed,
    /// No representation satisfies `Accept`.
    NotAcceptable,
    /// More bytes than the limit.
    BodyTooLarge,
    /// More pixels, or a longer side, than the limit.
    PictureTooLarge,
    /// More memory than the budget.
    MemoryBudget,
    /// A declared media type that the route does not read.
    UnsupportedMediaType,
    /// A content coding that the route does not read.
    UnsupportedContentCoding,
    /// Bytes that carry no known picture signature.
    NotAPicture,
    /// A picture of a known format that uses a feature this function does not read.
    UnsupportedPicture,
    /// A picture without a byte.
    EmptyBody,
    /// A picture that ends early.
    TruncatedPicture,
    /// A picture whose data contradicts its format.
    MalformedPicture,
    /// An operation on pixels that the picture does not have.
    OutsidePicture,
    /// A picture that the output format cannot hold.
    OutputTooLarge,
    /// Text that is not UTF-8.
    IllFormedUtf8,
    /// A variable of the deployment that cannot be used.
    Misconfigured,
    /// A remote peer that could not be reached or broke off.
    UpstreamFailed,
    /// A remote peer that answered with an error status.
    UpstreamStatus,
    /// A remote peer that redirects too often.
    UpstreamRedirects,
    /// A remote peer that took too long.
    UpstreamTimeout,
}

impl Kind {
    const fn entry(self) -> (&'static str, &'static str, StatusCode) {
        use StatusCode as S;
        match self {
            Self::UnknownParameter => ("unknown-parameter", "Unknown parameter", S::BAD_REQUEST),
            Self::RepeatedParameter => ("repeated-parameter", "Repeated parameter", S::BAD_REQUEST),
            Self::InvalidParameter => ("invalid-parameter", "Invalid parameter", S::BAD_REQUEST),
            Self::MalformedRequest => ("malformed-request", "Malformed request", S::BAD_REQUEST),
            Self::InvalidOperation => ("invalid-operation", "Invalid operation", S::BAD_REQUEST),
            Self::TooManyOperations => {
                ("too-many-operations", "Too many operations", S::BAD_REQUEST)
            }
            Self::NoSource => ("no-source", "No source", S::BAD_REQUEST),
            Self::TwoSources => ("two-sources", "Two sources", S::BAD_REQUEST),
            Self::IncompleteBody => ("incomplete-body", "Incomplete body", S::BAD_REQUEST),
            Self::HostNotGranted => ("host-not-granted", "Host not granted", S::FORBIDDEN),
            Self::NotFound => ("not-found", "Not found", S::NOT_FOUND),
            Self::FileNotFound => ("file-not-found", "File not found", S::NOT_FOUND),
            Self::MethodNotAllowed => {
                ("method-not-allowed", "Method not allowed", S::METHOD_NOT_ALLOWED)
            }
            Self::NotAcceptable => ("not-acceptable", "Not acceptable", S::NOT_ACCEPTABLE),
            Self::BodyTooLarge => ("body-too-large", "Body too large", S::PAYLOAD_TOO_LARGE),
            Self::PictureTooLarge => {
                ("picture-too-large", "Picture too large", S::PAYLOAD_TOO_LARGE)
            }
            Self::MemoryBudget => ("memory-budget", "Memory budget exceeded", S::PAYLOAD_TOO_LARGE),
            Self::UnsupportedMediaType => {
                ("unsupported-media-type", "Unsupported media type", S::UNSUPPORTED_MEDIA_TYPE)
            }
            Self::UnsupportedContentCoding => (
                "unsupported-content-coding",
                "Unsupported content coding",
                S::UNSUPPORTED_MEDIA_TYPE,
            ),
            Self::NotAPicture => ("not-a-picture", "Not a picture", S::UNSUPPORTED_MEDIA_TYPE),
            Self::UnsupportedPicture => {
                ("unsupported-picture", "Unsupported picture", S::UNSUPPORTED_MEDIA_TYPE)
            }
            Self::EmptyBody => ("empty-body", "Empty body", S::UNPROCESSABLE_ENTITY),
            Self::TruncatedPicture => {
                ("truncated-picture", "Truncated picture", S::UNPROCESSABLE_ENTITY)
            }
            Self::MalformedPicture => {
                ("malformed-picture", "Malformed picture", S::UNPROCESSABLE_ENTITY)
            }
            Self::OutsidePicture => {
                ("outside-picture", "Outside the picture", S::UNPROCESSABLE_ENTITY)
            }
            Self::OutputTooLarge => {
                ("output-too-large", "Output too large", S::UNPROCESSABLE_ENTITY)
            }
            Self::IllFormedUtf8 => {
                ("ill-formed-utf-8", "Ill-formed UTF-8", S::UNPROCESSABLE_ENTITY)
            }
            Self::Misconfigured => ("misconfigured", "Misconfigured", S::INTERNAL_SERVER_ERROR),
            Self::UpstreamFailed => ("upstream-failed", "Upstream failed", S::BAD_GATEWAY),
            Self::UpstreamStatus => {
                ("upstream-status", "Upstream answered with an error", S::BAD_GATEWAY)
            }
            Self::UpstreamRedirects => ("upstream-redirects", "Too many redirects", S::BAD_GATEWAY),
            Self::UpstreamTimeout => ("upstream-timeout", "Upstream too slow", S::GATEWAY_TIMEOUT),
        }
    }

    /// The last segment of the problem's `type`.
    pub const fn name(self) -> &'static str {
        self.entry().0
    }

    /// The HTTP status that the problem is sent with.
    pub const fn status(self) -> StatusCode {
        self.entry().2
    }
}

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
        let (name, title, status) = self.kind.entry();
        let document = Document {
            r#type: format!("/problems/{name}"),
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

/// A value as it is repeated to the caller or the log: a long one only by its beginning.
pub fn excerpt(value: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    match value.char_indices().nth(LONGEST) {
        None => Cow::Borrowed(value),
        Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
    }
}

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

impl From<image::SyntaxError> for Problem {
    fn from(error: image::SyntaxError) -> Self {
        use image::SyntaxError as E;
        match error {
            E::Unknown { segment, name } => {
                let names: Vec<_> = image::Operation::names().collect();
                let shown = excerpt(&name);
                let detail =
                    format!("There is no operation '{shown}'; there are {}.", names.join(", "));
                let problem = Self::new(Kind::NotFound, detail)
                    .with("segment", segment)
                    .with("allowed", names.as_slice());
                suggest(problem, &name, &names)
            }
            E::Arguments { segment, operation, text, allowed } => {
                let shown = excerpt(&text);
                let detail = format!("The segment '{shown}' can't be read; it must be {allowed}.");
                Self::new(Kind::InvalidOperation, detail)
                    .with("segment", segment)
                    .with("operation", operation)
                    .with("actual", shown)
            }
            E::TooMany { actual } => {
                let limit = image::Pipeline::MOST;
                let detail =
                    format!("The pipeline has {actual} operations; at most {limit} are allowed.");
                Self::new(Kind::TooManyOperations, detail)
                    .with("limit", limit)
                    .with("actual", actual)
            }
        }
    }
}

impl From<image::Error> for Problem {
    fn from(error: image::Error) -> Self {
        match error {
            image::Error::Input(error) => error.into(),
            image::Error::Limit(error) => error.into(),
            image::Error::Unsupported(error) => error.into(),
        }
    }
}

impl From<image::InputError> for Problem {
    fn from(error: image::InputError) -> Self {
        use image::InputError as E;
        match error {
            E::Empty => Self::new(Kind::EmptyBody, "The picture has no bytes."),
            E::Truncated(format) => Self::new(
                Kind::TruncatedPicture,
                format!("The {} picture ends before its data is complete.", format.name()),
            ),
            E::Malformed(format) => Self::new(
                Kind::MalformedPicture,
                format!("The data of the {} picture is malformed.", format.name()),
            ),
            E::Beyond { crop, width, height } => Self::new(
                Kind::OutsidePicture,
                format!("The segment 'crop:{crop}' reaches beyond the picture, which has {width} x {height} pixels there."),
            )
            .with("operation", "crop")
            .with("width", width)
            .with("height", height),
            E::OutputSide { format, actual, limit } => {
                let name = format.format().name();
                let detail = format!(
                    "The picture's longer side has {actual} pixels; {name} holds at most {limit}."
                );
                Self::new(Kind::OutputTooLarge, detail).with("limit", limit).with("actual", actual)
            }
        }
    }
}

impl From<image::LimitError> for Problem {
    fn from(error: image::LimitError) -> Self {
        use image::LimitError as E;
        match error {
            E::Side { actual, limit } => {
                let detail = format!(
                    "The picture's longer side has {actual} pixels; at most {limit} are allowed."
                );
                Self::new(Kind::PictureTooLarge, detail).with("limit", limit).with("actual", actual)
            }
            E::Pixels { actual, limit } => {
                let detail =
                    format!("The picture has {actual} pixels; at most {limit} are allowed.");
                Self::new(Kind::PictureTooLarge, detail).with("limit", limit).with("actual", actual)
            }
            E::Memory { estimate, budget } => {
                let detail = format!(
                    "The picture needs about {estimate} bytes of memory; the budget is {budget}."
                );
                Self::new(Kind::MemoryBudget, detail)
                    .with("estimate", estimate)
                    .with("budget", budget)
            }
            E::Exhausted => {
                Self::new(Kind::MemoryBudget, "The picture needs more memory than is free.")
            }
        }
    }
}

impl From<image::UnsupportedError> for Problem {
    fn from(error: image::UnsupportedError) -> Self {
        use image::UnsupportedError as E;
        match error {
            E::Format => {
                let names = image::Format::READ.map(image::Format::name);
                let detail = format!("The bytes are no picture; {} are read.", names.join(", "));
                Self::new(Kind::NotAPicture, detail).with("allowed", names.as_slice())
            }
            E::Feature(format) => Self::new(
                Kind::UnsupportedPicture,
                format!("The {} picture uses a feature that is not read here.", format.name()),
            ),
        }
    }
}
