//! What Spin adds to a request before a component sees it.

use std::net::SocketAddr;

use http::header::HOST;
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::route::Match;

/// Starts the names of the headers that hold a route's `:name` segments.
const PATH_MATCH: &str = "spin-path-match-";

/// Puts Spin's headers into the request, in the place of any that the client sent.
pub fn add_spin_headers<B>(request: &mut Request<B>, found: &Match<'_>, client: SocketAddr) {
    let url = full_url(request);
    let headers = request.headers_mut();
    remove_path_matches(headers);
    let route = found.route;
    let values = [
        ("spin-path-info", found.path_info.as_str()),
        ("spin-full-url", &url),
        ("spin-matched-route", route.matched()),
        ("spin-base-path", "/"),
        ("spin-raw-component-route", &route.pattern),
        ("spin-component-route", route.prefix()),
        ("spin-client-addr", &client.to_string()),
    ];
    for (name, value) in values {
        set(headers, HeaderName::from_static(name), value);
    }
    for (name, value) in &found.parameters {
        let name = HeaderName::try_from(format!("{PATH_MATCH}{}", name.replace('_', "-")));
        set(headers, name.expect("the router checks the names of parameters"), value);
    }
}

fn full_url<B>(request: &Request<B>) -> String {
    let uri = request.uri();
    let scheme = uri.scheme_str().unwrap_or("http");
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    // A target that is a whole URL overrides the header (RFC 9112, section 3.2.2).
    let authority = uri.authority().map(|authority| authority.as_str()).or(host);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    format!("{scheme}://{}{path}", authority.unwrap_or("localhost"))
}

fn remove_path_matches(headers: &mut HeaderMap) {
    let sent: Vec<HeaderName> =
        headers.keys().filter(|name| name.as_str().starts_with(PATH_MATCH)).cloned().collect();
    for name in sent {
        headers.remove(name);
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // All parts come from a parsed request or manifest; a control character in one is left out.
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        headers.insert(name, value);
    }
}
