//! The algorithms there are.

use edge_core::hash::{Algorithm, KeyUse};
use edge_web::{Body, entity_tag, json, not_modified, text};
use http::{HeaderMap, HeaderValue, Response, header};
use serde::Serialize;

/// How long a cache may keep the list.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=3600");

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    aliases: &'static [&'static str],
    bits: u32,
    legacy: bool,
    /// `none`, `optional` or `required`.
    keyed: &'static str,
}

impl From<Algorithm> for Entry {
    fn from(algorithm: Algorithm) -> Self {
        Self {
            name: algorithm.name(),
            aliases: algorithm.aliases(),
            bits: algorithm.bits(),
            legacy: algorithm.is_legacy(),
            keyed: match algorithm.key_use() {
                KeyUse::None => "none",
                KeyUse::Optional => "optional",
                KeyUse::Required => "required",
            },
        }
    }
}

/// The list as JSON, or as names in a line each; or that it is the one that the caller has.
pub fn list(headers: &HeaderMap, media: &str) -> Response<Body> {
    let every = Algorithm::ALL.iter().copied();
    let names: Vec<_> = every.clone().map(Algorithm::name).collect();
    let tag = entity_tag(&[names.join("\n").as_bytes(), media.as_bytes()]);
    let mut response = not_modified(headers, &tag, &CACHE_CONTROL).unwrap_or_else(|| match media {
        "application/json" => json(&every.map(Entry::from).collect::<Vec<_>>()),
        _ => text(names.join("\n")),
    });
    response.headers_mut().insert(header::ETAG, tag);
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE_CONTROL);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}
