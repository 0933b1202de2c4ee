//! What can go wrong: a name, a title and a status each.

use http::StatusCode;

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
    /// An algorithm that needs a key, and none.
    MissingKey,
    /// A key that nothing asked for.
    UnexpectedKey,
    /// A key that is malformed, or has a length that the algorithm does not take.
    InvalidKey,
    /// A body whose transfer broke off.
    IncompleteBody,
    /// Digests of a body, none of whose algorithms is known here.
    DigestUnsupportedAlgorithms,
    /// A digest of a body that its algorithm cannot have made.
    DigestInvalidValues,
    /// A digest of a body that is that of another.
    DigestMismatchedValues,
    /// A remote host outside the component's grant.
    HostNotGranted,
    /// A URL that has to be signed, and is not.
    MissingSignature,
    /// A signature that is not that of its URL.
    BadSignature,
    /// A signed URL whose time is over.
    ExpiredUrl,
    /// A pipeline that is none of those that the deployment serves.
    NotAPreset,
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
    /// More pixels or frames, or a longer side, than the limit.
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
    /// An operation on pixels, or a frame, that the picture does not have.
    OutsidePicture,
    /// An animation that is to be written in a format of one frame.
    AnimationNotHeld,
    /// An operation that would give each frame of an animation another size.
    NotForAnimations,
    /// A picture that the output format cannot hold.
    OutputTooLarge,
    /// Text that is not UTF-8.
    IllFormedUtf8,
    /// Text that is ill-formed in another encoding.
    IllFormedText,
    /// A document that is not JSON.
    MalformedJson,
    /// JSON that is not of the shape asked for.
    UnexpectedJson,
    /// Content in a coding whose data contradicts it.
    MalformedCoding,
    /// Content in a coding that ends early.
    TruncatedCoding,
    /// A digest that is not the one that was expected.
    DigestMismatch,
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

/// Where the problem types are registered that are not this application's own (RFC 9457, section
/// 4.2). Those of digest fields are of draft-ietf-httpapi-digest-fields-problem-types-06.
const REGISTRY: &str = "https://iana.org/assignments/http-problem-types#";

impl Kind {
    pub(super) const fn entry(self) -> (&'static str, &'static str, StatusCode) {
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
            Self::MissingKey => ("missing-key", "Missing key", S::BAD_REQUEST),
            Self::UnexpectedKey => ("unexpected-key", "Unexpected key", S::BAD_REQUEST),
            Self::InvalidKey => ("invalid-key", "Invalid key", S::BAD_REQUEST),
            Self::DigestUnsupportedAlgorithms => {
                ("digest-unsupported-algorithms", "Unsupported hashing algorithms", S::BAD_REQUEST)
            }
            Self::DigestInvalidValues => {
                ("digest-invalid-values", "Invalid digest values", S::BAD_REQUEST)
            }
            Self::DigestMismatchedValues => {
                ("digest-mismatched-values", "Mismatched digest values", S::BAD_REQUEST)
            }
            Self::IncompleteBody => ("incomplete-body", "Incomplete body", S::BAD_REQUEST),
            Self::HostNotGranted => ("host-not-granted", "Host not granted", S::FORBIDDEN),
            Self::MissingSignature => ("missing-signature", "Missing signature", S::FORBIDDEN),
            Self::BadSignature => ("bad-signature", "Bad signature", S::FORBIDDEN),
            Self::ExpiredUrl => ("expired-url", "Expired URL", S::FORBIDDEN),
            Self::NotAPreset => ("not-a-preset", "Not a preset", S::FORBIDDEN),
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
            Self::AnimationNotHeld => {
                ("animation-not-held", "Animation not held", S::UNPROCESSABLE_ENTITY)
            }
            Self::NotForAnimations => {
                ("not-for-animations", "Not for animations", S::UNPROCESSABLE_ENTITY)
            }
            Self::OutputTooLarge => {
                ("output-too-large", "Output too large", S::UNPROCESSABLE_ENTITY)
            }
            Self::IllFormedUtf8 => {
                ("ill-formed-utf-8", "Ill-formed UTF-8", S::UNPROCESSABLE_ENTITY)
            }
            Self::IllFormedText => ("ill-formed-text", "Ill-formed text", S::UNPROCESSABLE_ENTITY),
            Self::MalformedJson => ("malformed-json", "Malformed JSON", S::UNPROCESSABLE_ENTITY),
            Self::UnexpectedJson => ("unexpected-json", "Unexpected JSON", S::UNPROCESSABLE_ENTITY),
            Self::MalformedCoding => {
                ("malformed-coding", "Malformed content coding", S::UNPROCESSABLE_ENTITY)
            }
            Self::TruncatedCoding => {
                ("truncated-coding", "Truncated content coding", S::UNPROCESSABLE_ENTITY)
            }
            Self::DigestMismatch => ("digest-mismatch", "Digest mismatch", S::UNPROCESSABLE_ENTITY),
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

    /// The problem's `type`: a registered URI, or a path of this application.
    pub fn uri(self) -> String {
        let place = match self {
            Self::DigestUnsupportedAlgorithms
            | Self::DigestInvalidValues
            | Self::DigestMismatchedValues => REGISTRY,
            _ => "/problems/",
        };
        format!("{place}{}", self.name())
    }

    /// The HTTP status that the problem is sent with.
    pub const fn status(self) -> StatusCode {
        self.entry().2
    }
}
