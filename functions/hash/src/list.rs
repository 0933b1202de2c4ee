//! The algorithms there are.

use edge_core::hash::{Algorithm, KeyUse};
use edge_web::{Body, Problem, cached, json, text};
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
    let names = every.clone().map(Algorithm::name).collect::<Vec<_>>().join("\n");
    let parts = [names.as_bytes(), media.as_bytes()];
    let mut response = cached(headers, &CACHE_CONTROL, &parts, || {
        Ok(match media {
            "application/json" => json(&every.map(Entry::from).collect::<Vec<_>>()),
            _ => text(names.clone()),
        })
    })?;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}
