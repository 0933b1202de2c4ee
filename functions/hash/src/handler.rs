//! Digests of a body, or of a remote resource, in one pass and constant memory.

use edge_core::hash::{Algorithm, Hasher, hex};
use edge_web::{
    Accept, Body, BodyError, Handler, Metered, Parameters, Platform, Problem, Source, Timing,
    check_declared, fetch, json, limit, suggest, text, upstream_problem,
};
use http::{HeaderValue, Method, Request, Response, header};
use http_body_util::BodyExt;
use serde::Serialize;

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
        let parameters = Parameters::parse(head.uri.query(), &["algorithm", "url"])?;
        let algorithms = algorithms(parameters.get("algorithm"))?;
        let accept = Accept::of(&head.headers);
        let media = accept.choose(&["text/plain", "application/json"])?;
        let limit = limit(platform, "stream_max_body_bytes", 0)?;

        let digests = match Source::of(&head.method, &parameters, &["url"])? {
            Source::Parameter(_, url) => {
                let remote = fetch(platform, url, "*/*").await?;
                digest(remote.into_body(), &algorithms, limit).await.map_err(upstream_problem)?
            }
            Source::Body => digest(body, &algorithms, limit).await?,
        };
        let mut response =
            if media == "application/json" { digests.json() } else { digests.text() };
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
        if head.method == Method::GET || head.method == Method::HEAD {
            // The remote resource may change at any time, and tells no validator of ours.
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        }
        response.extensions_mut().insert(digests.timing);
        Ok(response)
    }
}

/// The algorithms of a comma-separated list, each once; the default where there is none.
fn algorithms(list: Option<&str>) -> Result<Vec<Algorithm>, Problem> {
    let Some(list) = list else { return Ok(vec![Algorithm::ALL[0]]) };
    let keyless = |algorithm: &Algorithm| algorithm.start(None).is_ok();
    let known: Vec<_> =
        Algorithm::ALL.iter().filter(|one| keyless(one)).map(|one| one.name()).collect();
    let mut chosen: Vec<Algorithm> = Vec::new();
    for name in list.split(',') {
        let algorithm = Algorithm::named(name).filter(keyless).ok_or_else(|| {
            let allowed = format!("one of {}", known.join(", "));
            suggest(Problem::invalid_parameter("algorithm", name, allowed), name, &known)
        })?;
        if chosen.contains(&algorithm) {
            return Err(Problem::invalid_parameter(
                "algorithm",
                list,
                "a list that names each algorithm once",
            ));
        }
        chosen.push(algorithm);
    }
    Ok(chosen)
}

/// One pass over at most `limit` bytes of `body` for all algorithms.
async fn digest(body: Body, algorithms: &[Algorithm], limit: u64) -> Result<Digests, BodyError> {
    check_declared(&body, limit)?;
    let mut body = Metered::limited(body, limit);
    let mut hashers: Vec<Box<dyn Hasher>> =
        algorithms.iter().map(|algorithm| algorithm.start(None).expect("no key needed")).collect();
    let mut timing = Timing::start();
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame?.into_data() else { continue };
        timing.lap("read");
        hashers.iter_mut().for_each(|hasher| hasher.update(&chunk));
        timing.lap("hash");
        bytes += chunk.len() as u64;
    }
    timing.lap("read");
    let digests = algorithms.iter().zip(hashers).map(|(algorithm, hasher)| Digest {
        algorithm: algorithm.name(),
        digest: hex(&hasher.digest()),
        bytes,
    });
    let digests = digests.collect();
    timing.lap("hash");
    Ok(Digests { digests, timing })
}

struct Digests {
    digests: Vec<Digest>,
    timing: Timing,
}

#[derive(Serialize)]
struct Digest {
    algorithm: &'static str,
    digest: String,
    bytes: u64,
}

impl Digests {
    /// The bare digest, or for several a line each in the form of `cksum`.
    fn text(&self) -> Response<Body> {
        match self.digests.as_slice() {
            [only] => text(only.digest.clone()),
            several => {
                let line = |one: &Digest| format!("{} (-) = {}", one.algorithm, one.digest);
                text(several.iter().map(line).collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// An object, or for several a list of them.
    fn json(&self) -> Response<Body> {
        match self.digests.as_slice() {
            [only] => json(only),
            several => json(&several),
        }
    }
}
