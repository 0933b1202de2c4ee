//! What a browser lets the page do.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Only what this application serves, WebAssembly compiled from it, and pictures that the page itself
/// made. A worker goes by the policy of its own script's answer, so every file carries it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The fields by which the page is a world of its own: no other page can reach into it, or read its
/// files (WHATWG HTML, section 7.1; Fetch, section 3.7), and nowhere is told that it was visited.
const FIELDS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// Adds the policy's fields.
pub fn confine(headers: &mut HeaderMap) {
    for (name, value) in FIELDS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
