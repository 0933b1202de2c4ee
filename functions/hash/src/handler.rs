//! Digests of a body, or of a remote resource, in one pass and constant memory.

use std::cell::RefCell;
use std::rc::Rc;

use edge_core::hash::{Algorithm, hex};
use edge_web::{
    Access, Body, BodyError, Handler, Kind, Metered, Platform, Problem, Source, Timed, Timing,
    check_declared, decoded, fetch, json, limit, same_digest, text, upstream_problem,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use http_body_util::BodyExt;
use serde::Serialize;

use crate::list::list;
use crate::task::{Order, Task};

/// The `/hash` function.
pub struct Hash;

impl Handler for Hash {
    fn methods(&self, _path: &str) -> Result<&'static [Method], Problem> {
        Ok(&[Method::GET, Method::HEAD, Method::POST, Method::PUT])
    }

    async fn answer(
        &self,
        request: Request<Body>,
        platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        let (head, body) = request.into_parts();
        let (task, parameters) = Task::of(&head)?;
        let order = match task {
            Task::List { media } => return list(&head.headers, media),
            Task::Digest(order) => order,
        };
        let source = Source::of(&head.method, &parameters, &["url"])?;
        Access::of(platform, &head.uri, &parameters, source != Source::Body)?;
        let limit = limit(platform, "stream_max_body_bytes", 0)?;
        let is_keyed = order.is_keyed;
        let mut response = match source {
            Source::Parameter(_, url) => {
                let (remote, body) = fetch(platform, url, "*/*").await?.into_parts();
                let mut response =
                    answer(order, body, &remote.headers, limit, upstream_problem).await?;
                let cache_control = HeaderValue::from_static(match is_keyed {
                    // Caches would keep the key too, to tell whom the answer is for.
                    true => "no-store",
                    // The remote resource may change at any time, and tells no validator of ours.
                    false => "no-cache",
                });
                response.headers_mut().insert(header::CACHE_CONTROL, cache_control);
                response
            }
            Source::Body => answer(order, body, &head.headers, limit, Problem::from).await?,
        };
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept, Hash-Key"));
        Ok(response)
    }
}

/// The digests of a message of at most `limit` bytes, with its content codings and without;
/// `problem` says whose fault a body is that fails.
async fn answer(
    mut order: Order,
    body: Body,
    headers: &HeaderMap,
    limit: u64,
    problem: fn(BodyError) -> Problem,
) -> Result<Response<Body>, Problem> {
    check_declared(&body, limit).map_err(problem)?;
    let timing = Rc::new(RefCell::new(Timing::start()));
    let mut body: Body = Box::pin(Metered::limited(body, limit));
    if order.decodes {
        let coded = Timed::new(body, timing.clone(), "read", "decode");
        body = Box::pin(Metered::limited(decoded(Box::pin(coded), headers)?, limit));
    }
    let arrived = if order.decodes { "decode" } else { "read" };
    let mut bytes = 0;
    timing.borrow_mut().lap("read");
    while let Some(frame) = body.frame().await {
        let chunk = frame.map_err(problem)?.into_data().unwrap_or_default();
        timing.borrow_mut().lap(arrived);
        order.hashers.iter_mut().for_each(|(_, hasher)| hasher.update(&chunk));
        timing.borrow_mut().lap("hash");
        bytes += chunk.len() as u64;
    }
    timing.borrow_mut().lap(arrived);
    let mut response = conclude(&order, bytes)?;
    timing.borrow_mut().lap("hash");
    response.extensions_mut().insert(timing.borrow().clone());
    Ok(response)
}

/// The digests of the `bytes` bytes that the hashers have seen, if they are as expected.
fn conclude(order: &Order, bytes: u64) -> Result<Response<Body>, Problem> {
    let mut digests = Vec::new();
    for (algorithm, hasher) in &order.hashers {
        let digest = hasher.digest();
        if let Some(expected) = &order.expected {
            check(*algorithm, expected, &digest)?;
        }
        digests.push(Digest {
            algorithm: algorithm.name(),
            digest: order.encoding.encode(*algorithm, &digest)?,
            bytes,
            legacy: algorithm.is_legacy(),
        });
    }
    Ok(match (digests.as_slice(), order.media) {
        ([only], "application/json") => json(only),
        (several, "application/json") => json(&several),
        ([only], _) => text(only.digest.clone()),
        (several, _) => text(several.iter().map(Digest::line).collect::<Vec<_>>().join("\n")),
    })
}

fn check(algorithm: Algorithm, expected: &[u8], actual: &[u8]) -> Result<(), Problem> {
    if same_digest(expected, actual) {
        return Ok(());
    }
    let (name, expected, actual) = (algorithm.name(), hex(expected), hex(actual));
    let detail = format!("The {name} digest is '{actual}'; '{expected}' was expected.");
    let problem = Problem::new(Kind::DigestMismatch, detail).with("algorithm", name);
    Err(problem.with("expected", expected).with("actual", actual))
}

#[derive(Serialize)]
struct Digest {
    algorithm: &'static str,
    digest: String,
    bytes: u64,
    legacy: bool,
}

impl Digest {
    /// A line in the form of `cksum`.
    fn line(&self) -> String {
        format!("{} (-) = {}", self.algorithm, self.digest)
    }
}
