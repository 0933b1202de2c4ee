//! The algorithms there are.

use edge_core::hash::{Algorithm, KeyUse};
use edge_web::{Body, Problem, TEXT, cached, full};
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
pub fn list(headers: &HeaderMap, media: &str) -> Result<Response<Body>, Problem> {
    let every = Algorithm::ALL.iter().copied();
    let (media_type, list) = match media {
        "application/json" => {
            let entries: Vec<_> = every.map(Entry::from).collect();
            let list = serde_json::to_vec(&entries).expect("texts and numbers always serialize");
            ("application/json", list)
        }
        _ => (TEXT, every.map(Algorithm::name).collect::<Vec<_>>().join("\n").into_bytes()),
    };
    let make = || Ok(edge_web::media(media_type, full(list.clone())));
    let mut response = cached(headers, &CACHE_CONTROL, &[&list], make)?;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}
