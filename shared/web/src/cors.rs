//! Cross-origin requests (the Fetch standard's CORS protocol), for the origins in `cors_origins`.

use http::header::{self, HeaderMap, HeaderValue};

use crate::config::text_variable;
use crate::platform::Platform;

/// Our own response fields, which a page may read only when they are exposed.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "Content-Digest, Content-Disposition, ETag, Image-Pipeline, Repr-Digest, Server-Timing",
);

/// Says which origins may read the answer: none unless the variable lists them, separated by spaces
/// or commas. `*` lists every origin.
pub fn allow_origin(request: &HeaderMap, response: &mut HeaderMap, platform: &impl Platform) {
    let Some(origins) = text_variable(platform, "cors_origins") else { return };
    let listed = |origin: &str| origins.split([' ', ',']).any(|listed| listed == origin);
    let allowed = if listed("*") {
        Some(HeaderValue::from_static("*"))
    } else {
        response.append(header::VARY, HeaderValue::from_static("Origin"));
        let origin = request.get(header::ORIGIN);
        origin.filter(|origin| origin.to_str().is_ok_and(listed)).cloned()
    };
    if let Some(origin) = allowed {
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}

/// Completes the answer to a preflight whose origin [`allow_origin`] allowed.
pub fn allow_methods(request: &HeaderMap, response: &mut HeaderMap, methods: &HeaderValue) {
    let preflight = request.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if preflight && response.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        response.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods.clone());
        response.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
        response.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
}
