//! Remote sources: one resource of a granted host, redirects followed, every failure a problem.

use http::{HeaderValue, Request, Response, StatusCode, header};
use iri_string::types::{UriReferenceStr, UriStr, UriString};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::body::{Body, BodyError};
use crate::platform::{Platform, SendError};
use crate::problem::{Kind, Problem};

/// Redirects that are followed before the answer is 502.
const MAX_REDIRECTS: usize = 3;

/// The statuses whose `Location` says where the resource is (RFC 9110, section 15.4).
const REDIRECTS: [StatusCode; 5] = [
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::FOUND,
    StatusCode::SEE_OTHER,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::PERMANENT_REDIRECT,
];

/// Characters that RFC 3986 keeps out of a URI but people paste into one; non-ASCII is always
/// encoded.
const OUTSIDE_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Gets `url`, following redirects. The runtime checks each host against the manifest's grant; the
/// answer is 200, its body not yet read.
pub async fn fetch(
    platform: &impl Platform,
    url: &str,
    accept: &'static str,
) -> Result<Response<Body>, Problem> {
    let mut url = parse(url)?;
    for _ in 0..=MAX_REDIRECTS {
        let request = Request::get(url.as_str())
            .header(header::ACCEPT, HeaderValue::from_static(accept))
            .header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"))
            .body(())
            .map_err(|_| not_a_url(url.as_str()))?;
        let response = platform.send(request).await.map_err(|error| send_problem(error, &url))?;
        match response.status() {
            StatusCode::OK => return Ok(response),
            status
                if REDIRECTS.contains(&status)
                    && response.headers().contains_key(header::LOCATION) =>
            {
                url = redirect_target(&url, &response.headers()[header::LOCATION])?;
            }
            status => {
                let detail =
                    format!("The host '{}' answered with status {}.", host(&url), status.as_u16());
                return Err(Problem::new(Kind::UpstreamStatus, detail)
                    .with("upstream_status", status.as_u16()));
            }
        }
    }
    let detail = format!("The URL redirects more than {MAX_REDIRECTS} times.");
    Err(Problem::new(Kind::UpstreamRedirects, detail).with("limit", MAX_REDIRECTS))
}

/// What a remote body that failed on the way means to our caller: a limit stays the caller's
/// affair, the rest is the peer's.
pub fn upstream_problem(error: BodyError) -> Problem {
    match error {
        BodyError::Incomplete => Problem::new(
            Kind::UpstreamFailed,
            "The remote host broke off before the end of its answer.",
        ),
        BodyError::TimedOut => Problem::new(
            Kind::UpstreamTimeout,
            "The remote host stalled in the middle of its answer.",
        ),
        BodyError::TooSlow => {
            Problem::new(Kind::UpstreamTimeout, "The remote host sends its answer too slowly.")
        }
        error => error.into(),
    }
}

fn parse(url: &str) -> Result<UriString, Problem> {
    let encoded: String = utf8_percent_encode(url, OUTSIDE_URI).collect();
    let parsed = UriStr::new(&encoded).map_err(|_| not_a_url(url))?;
    fetchable(parsed).then(|| without_fragment(parsed)).ok_or_else(|| not_a_url(url))
}

/// http or https, with a host and without user information.
fn fetchable(url: &UriStr) -> bool {
    let web = ["http", "https"].iter().any(|scheme| url.scheme_str().eq_ignore_ascii_case(scheme));
    let authority = url.authority_components();
    web && authority
        .is_some_and(|authority| !authority.host().is_empty() && authority.userinfo().is_none())
}

fn without_fragment(url: &UriStr) -> UriString {
    UriString::from(url.to_absolute().to_owned())
}

fn redirect_target(base: &UriStr, location: &HeaderValue) -> Result<UriString, Problem> {
    let resolved = location
        .to_str()
        .ok()
        .and_then(|location| UriReferenceStr::new(location).ok())
        .map(|reference| reference.resolve_against(base.to_absolute()).to_string())
        .and_then(|target| UriString::try_from(target).ok());
    match resolved {
        Some(target) if fetchable(&target) => Ok(without_fragment(&target)),
        _ => {
            let detail = format!(
                "The host '{}' redirects to something that is not an http or https URL.",
                host(base)
            );
            Err(Problem::new(Kind::UpstreamFailed, detail))
        }
    }
}

fn host(url: &UriStr) -> &str {
    url.authority_str().unwrap_or_default()
}

fn send_problem(error: SendError, url: &UriStr) -> Problem {
    let host = host(url);
    match error {
        SendError::Denied => Problem::new(
            Kind::HostNotGranted,
            format!("This deployment does not grant access to '{}://{host}'.", url.scheme_str()),
        ),
        SendError::TimedOut => Problem::new(
            Kind::UpstreamTimeout,
            format!("The host '{host}' did not answer in time."),
        ),
        SendError::Failed => Problem::new(
            Kind::UpstreamFailed,
            format!("The host '{host}' could not be reached or did not answer."),
        ),
    }
    .with("host", host)
}

fn not_a_url(url: &str) -> Problem {
    Problem::invalid_parameter("url", url, "an absolute http or https URL without user information")
}
