//! Answers `OK`, or a JSON document for those who prefer one.

use edge_web::{Accept, Body, Handler, Parameters, Platform, Problem, json, text};
use http::{HeaderValue, Method, Request, Response, header};
use serde_json::json;

/// The `/health` function.
pub struct Health;

impl Handler for Health {
    fn methods(&self, _path: &str) -> Result<&'static [Method], Problem> {
        Ok(&[Method::GET, Method::HEAD])
    }

    async fn answer(
        &self,
        request: Request<Body>,
        _platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        Parameters::parse(request.uri().query(), &[])?;
        let accept = Accept::of(request.headers());
        let mut response = match accept.choose(&["text/plain", "application/json"])? {
            "application/json" => json(&json!({
                "status": "ok",
                "name": "edge-functions",
                "version": env!("CARGO_PKG_VERSION"),
            })),
            _ => text("OK"),
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        Ok(response)
    }
}
