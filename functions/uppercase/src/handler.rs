//! Text in another case: from a body or from the query.

use edge_web::{
    Body, BodyError, Handler, Kind, Parameters, Platform, Problem, Source, Timing, cached,
    check_declared, collect, json, limit, require_identity, text,
};
use http::{HeaderValue, Method, Request, Response};

use crate::document::{self, Document};
use crate::stream;
use crate::task::{Form, Task};

/// How long a cache may keep the answer to a GET, which nothing but another version changes.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// The longest body, in bytes, that is read or answered as JSON and so held whole.
const MOST_JSON_BYTES: u64 = 1024 * 1024;

/// The functions `/uppercase`, `/lowercase`, `/titlecase` and `/casefold`.
pub struct Casing;

impl Handler for Casing {
    fn methods(&self, path: &str) -> Result<&'static [Method], Problem> {
        Task::check_path(path)?;
        Ok(&[Method::GET, Method::HEAD, Method::POST, Method::PUT])
    }

    async fn answer(
        &self,
        request: Request<Body>,
        platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        let (head, body) = request.into_parts();
        let parameters = Parameters::parse(head.uri.query(), &["text", "locale", "invalid"])?;
        let source = Source::of(&head.method, &parameters, &["text"])?;
        let task = Task::of(&head, &parameters, source == Source::Body)?;
        let mut response = match source {
            Source::Parameter(_, text) => {
                let options = task.options();
                let parts = [text.as_bytes(), options.as_bytes()];
                let make = || Ok(whole(&task, Timing::start(), task.mapping.map(text)));
                cached(&head.headers, &CACHE_CONTROL, &parts, make)?
            }
            Source::Body => {
                require_identity(&head.headers)?;
                let limit = limit(platform, "stream_max_body_bytes", 0)?;
                check_declared(&body, limit)?;
                match (task.input, task.output) {
                    (Form::Plain, Form::Plain) => stream::answer(&task, body, limit).await?,
                    _ => held(&task, body, limit).await?,
                }
            }
        };
        task.describe(&mut response);
        Ok(response)
    }
}

/// The answer to a body that is held whole, since it is JSON or becomes it.
async fn held(task: &Task, body: Body, limit: u64) -> Result<Response<Body>, Problem> {
    let mut timing = Timing::start();
    let body = collect(body, limit.min(MOST_JSON_BYTES)).await.map_err(too_large)?.bytes;
    timing.lap("read");
    let mapped = match task.input {
        Form::Plain => task.mapping.convert(&body)?,
        Form::Json => task.mapping.map(&document::read(&body, task.mapping.ill_formed)?),
    };
    Ok(whole(task, timing, mapped))
}

/// The answer of a mapping that has just been done.
fn whole(task: &Task, mut timing: Timing, mapped: String) -> Response<Body> {
    timing.lap(task.name);
    let mut response = match task.output {
        Form::Plain => text(mapped),
        Form::Json => json(&Document { text: &mapped }),
    };
    response.extensions_mut().insert(timing);
    response
}

/// Tells the way around the limit on JSON.
fn too_large(error: BodyError) -> Problem {
    let BodyError::TooLarge { limit: MOST_JSON_BYTES, declared } = error else {
        return error.into();
    };
    let detail = format!(
        "A body that is read or answered as JSON has at most {MOST_JSON_BYTES} bytes; text/plain, in and out, is streamed."
    );
    let problem = Problem::new(Kind::BodyTooLarge, detail).with("limit", MOST_JSON_BYTES);
    declared.into_iter().fold(problem, |problem, actual| problem.with("actual", actual))
}
