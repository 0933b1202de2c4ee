//! Validators and conditional requests (RFC 9110, sections 8.8 and 13).

use edge_core::hash::{Algorithm, hex};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::body::{Body, full};
use crate::problem::Problem;

/// Bytes of a digest in an `ETag`.
const TAG_BYTES: usize = 16;

/// A strong `ETag` over everything that decides an answer's bytes: its inputs, its options, its
/// format, and the application's version, each length-prefixed so that no two lists of parts read
/// alike. 128 bits of SHA-256, so that no two can be made to have the same.
pub fn entity_tag(parts: &[&[u8]]) -> HeaderValue {
    let mut hasher = Algorithm::SHA_256.start(None).expect("SHA-256 takes no key");
    for part in [env!("CARGO_PKG_VERSION").as_bytes()].iter().chain(parts) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let tag = format!("\"{}\"", hex(&hasher.digest()[..TAG_BYTES]));
    HeaderValue::try_from(tag).expect("a quoted hex number is a field value")
}

/// The strong validator that a message brings with it, where it does: a weak one stays when bytes
/// change.
pub fn strong_tag(headers: &HeaderMap) -> Option<&HeaderValue> {
    let tag = headers.get(header::ETAG)?;
    let quoted = tag.as_bytes().strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    (!quoted.is_empty()).then_some(tag)
}

/// The 304 answer, where `If-None-Match` names `tag`; it repeats the fields that a 200 would carry.
pub fn not_modified(
    request: &HeaderMap,
    tag: &HeaderValue,
    cache_control: &HeaderValue,
) -> Option<Response<Body>> {
    let candidates = request.get_all(header::IF_NONE_MATCH).iter();
    let opaque = |tag: &[u8]| tag.strip_prefix(b"W/").unwrap_or(tag).to_vec();
    let current = opaque(tag.as_bytes());
    let matched = candidates
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        .any(|candidate| candidate == b"*" || opaque(candidate) == current);
    matched.then(|| {
        let mut response = Response::new(full(""));
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().insert(header::ETAG, tag.clone());
        response.headers_mut().insert(header::CACHE_CONTROL, cache_control.clone());
        response
    })
}

/// The answer by `make`, with its validator; or where the request's conditions are met, that
/// nothing changed. `parts` decide every byte of the answer.
pub fn cached(
    request: &HeaderMap,
    cache_control: &HeaderValue,
    parts: &[&[u8]],
    make: impl FnOnce() -> Result<Response<Body>, Problem>,
) -> Result<Response<Body>, Problem> {
    let tag = entity_tag(parts);
    if let Some(response) = not_modified(request, &tag, cache_control) {
        return Ok(response);
    }
    let mut response = make()?;
    response.headers_mut().insert(header::ETAG, tag);
    response.headers_mut().insert(header::CACHE_CONTROL, cache_control.clone());
    Ok(response)
}
