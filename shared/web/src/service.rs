//! What every route does alike, around the one thing that each function does.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::Body as _;

use crate::body::{Body, Metered, full};
use crate::cors;
use crate::digest::{Wanted, verified};
use crate::log::Record;
use crate::platform::Platform;
use crate::problem::{Kind, Problem};
use crate::timing::Timing;

/// One function: the paths it answers and how.
pub trait Handler {
    /// The methods that `path` takes, without `OPTIONS`, which every path takes; a problem where
    /// nothing is there.
    fn methods(&self, path: &str) -> Result<&'static [Method], Problem>;

    /// The answer to a request whose path and method are known to be taken. `HEAD` is answered as
    /// `GET`.
    fn answer(
        &self,
        request: Request<Body>,
        platform: &impl Platform,
    ) -> impl Future<Output = Result<Response<Body>, Problem>>;
}

/// Answers one request: its head and body, and the record to log once the body is sent.
///
/// The body of an answer to `HEAD` is empty, whatever its `Content-Length`.
pub async fn respond(
    handler: &impl Handler,
    request: Request<Body>,
    platform: &impl Platform,
) -> (Response<Body>, Record) {
    let bytes_in = Rc::new(Cell::new(0));
    let path = canonical_path(request.uri().path()).to_owned();
    let mut record = Record::begin(request.method().clone(), &path, bytes_in.clone());
    let request = request.map(|body| Box::pin(Metered::new(body, bytes_in)) as Body);
    let (method, headers) = (request.method().clone(), request.headers().clone());

    let answer = match handler.methods(&path) {
        Err(problem) => Err(problem),
        Ok(taken) if method == Method::OPTIONS => Ok(options(taken)),
        Ok(taken) if !taken.contains(&method) => Err(method_not_allowed(&method, &path, taken)),
        Ok(_) => match verified(request).await {
            Err(problem) => Err(problem),
            Ok(request) => handler.answer(request, platform).await,
        },
    };
    let response = answer.unwrap_or_else(Problem::into_response);
    let mut response = Wanted::of(&method, &headers).describe(response).await;
    cors::allow_origin(&headers, response.headers_mut(), platform);
    if method == Method::OPTIONS
        && let Some(allow) = response.headers().get(header::ALLOW).cloned()
    {
        cors::allow_methods(&headers, response.headers_mut(), &allow);
    }
    complete(&mut response);
    if method == Method::HEAD {
        *response.body_mut() = full("");
    }
    record.answered(&response);
    (response, record)
}

/// The path without a trailing slash: as in Spin, `/hash/` is `/hash`.
pub fn canonical_path(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    }
}

/// The fields that follow from the answer itself.
fn complete(response: &mut Response<Body>) {
    let length = response.body().size_hint().exact();
    let timing = response.extensions_mut().remove::<Timing>();
    let bodyless = matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(length) = length.filter(|_| !bodyless) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if let Some(timing) = timing {
        let field = HeaderValue::try_from(timing.field()).expect("lap names are tokens");
        headers.insert("server-timing", field);
    }
}

fn options(taken: &[Method]) -> Response<Body> {
    let mut response = Response::new(full(""));
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, allow(taken));
    response
}

fn method_not_allowed(method: &Method, path: &str, taken: &[Method]) -> Problem {
    let allow = allow(taken);
    let list = allow.to_str().expect("method names are tokens").to_owned();
    Problem::new(
        Kind::MethodNotAllowed,
        format!("'{path}' does not take {method}; it takes {list}."),
    )
    .with("allowed", list.split(", ").collect::<Vec<_>>())
    .field(header::ALLOW, allow)
}

fn allow(taken: &[Method]) -> HeaderValue {
    let names: Vec<_> = taken.iter().chain([&Method::OPTIONS]).map(Method::as_str).collect();
    HeaderValue::try_from(names.join(", ")).expect("method names are tokens")
}
