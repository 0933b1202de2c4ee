//! What `Want-Content-Digest` and `Want-Repr-Digest` ask of an answer.

use edge_core::hash::Algorithm;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use http_body::Body as _;
use http_body_util::BodyExt;
use sfv::{BareItem, DictSerializer, Dictionary, KeyRef};

use super::registry::WANTED;
use crate::body::{Body, BodyError};
use crate::problem::Problem;
use crate::segments::Segments;
use crate::structured;

/// The algorithms that a request prefers, by their keys.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    content: Option<(&'static str, Algorithm)>,
    repr: Option<(&'static str, Algorithm)>,
    head: bool,
}

impl Wanted {
    /// Reads the preferences of a request. They only add to an answer, so that what is malformed is
    /// ignored.
    pub fn of(method: &Method, headers: &HeaderMap) -> Self {
        let preferred =
            |name| preferred(&structured::dictionary(headers, name).unwrap_or_default());
        Self {
            content: preferred("want-content-digest"),
            repr: preferred("want-repr-digest"),
            head: method == Method::HEAD,
        }
    }

    /// Adds the digests that are wanted. `Content-Digest` is that of what is sent, which for `HEAD`
    /// is nothing; `Repr-Digest` is that of what `GET` would send. An answer that is streamed has
    /// none, since its fields are sent before its bytes are known; neither has one without content.
    pub async fn describe(self, response: Response<Body>) -> Response<Body> {
        let bodyless =
            matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        let streamed = response.body().size_hint().exact().is_none();
        if bodyless || streamed || (self.content.is_none() && self.repr.is_none()) {
            return response;
        }
        let (mut head, body) = response.into_parts();
        let body = match collect(body).await {
            Ok(body) => body,
            Err(error) => return Problem::from(error).into_response(),
        };
        let nothing = Segments::default();
        let content = if self.head { &nothing } else { &body };
        for (name, wanted, body) in
            [("content-digest", self.content, content), ("repr-digest", self.repr, &body)]
        {
            if let Some((key, algorithm)) = wanted {
                head.headers.insert(HeaderName::from_static(name), field(key, algorithm, body));
            }
        }
        Response::from_parts(head, Box::pin(body))
    }
}

/// The algorithm of the highest preference, from 1 to 10; 0 is "not wanted".
fn preferred(dictionary: &Dictionary) -> Option<(&'static str, Algorithm)> {
    let weight = |key: &str| match structured::item(dictionary.get(key)?)? {
        BareItem::Integer(weight) => Some(i64::from(*weight)).filter(|weight| *weight <= 10),
        _ => None,
    };
    let mut best = None;
    for (key, algorithm) in WANTED {
        let weight = weight(key).unwrap_or(0);
        if weight > best.map_or(0, |(_, weight)| weight) {
            best = Some(((key, algorithm), weight));
        }
    }
    best.map(|(entry, _)| entry)
}

/// The bytes of a body that is whole in memory, without moving them.
async fn collect(mut body: Body) -> Result<Segments, BodyError> {
    let mut segments = Segments::default();
    while let Some(frame) = body.frame().await {
        segments.push(frame?.into_data().unwrap_or_default());
    }
    Ok(segments)
}

/// The `Repr-Digest` of an answer with this body, by the algorithm that is preferred where the request
/// prefers none.
pub fn repr_digest(body: &Segments) -> (HeaderName, HeaderValue) {
    let (key, algorithm) = WANTED[0];
    (HeaderName::from_static("repr-digest"), field(key, algorithm, body))
}

fn field(key: &str, algorithm: Algorithm, body: &Segments) -> HeaderValue {
    let mut hasher = algorithm.start(None).expect("no digest field has a key");
    body.pieces().for_each(|piece| hasher.update(piece));
    let mut field = DictSerializer::new();
    field.bare_item(KeyRef::from_str(key).expect("a registered key"), &hasher.digest()[..]);
    let field = field.finish().expect("one member");
    HeaderValue::try_from(field).expect("a structured field is ASCII")
}
