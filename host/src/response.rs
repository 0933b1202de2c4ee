//! Answers: a guest's, and the host's own.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Method, Response, StatusCode};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full};
use serde::Serialize;
use wasmtime_wasi_http::Error;
use wasmtime_wasi_http::p2::body::HyperOutgoingBody;

use crate::invocation::{Failure, Guest, Truncated};

/// The body of any answer.
pub type Body = UnsyncBoxBody<Bytes, Error>;

/// Passes on a guest's answer. `guest` ends with its body, if that does not come to its own end.
pub fn from_guest(
    answer: Response<HyperOutgoingBody>,
    method: &Method,
    truncated: Truncated,
    mut guest: Guest,
) -> Response<Body> {
    let (head, mut body) = answer.into_parts();
    let has_no_content = head.status.is_informational()
        || matches!(head.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    if method == Method::HEAD || has_no_content {
        // Nobody reads such a body, but the guest may write one all the same.
        guest.release();
        tokio::spawn(async move { while let Some(Ok(_)) = body.frame().await {} });
        return Response::from_parts(head, empty());
    }
    let length = head.headers.get(CONTENT_LENGTH);
    let remaining = length.and_then(|length| length.to_str().ok()?.parse().ok());
    let body = GuestBody { body, remaining, truncated, failure: None, guest };
    Response::from_parts(head, body.boxed_unsync())
}

/// A guest's body, which ends in an error if the guest did not finish it.
struct GuestBody {
    body: HyperOutgoingBody,
    /// Bytes to the end, if the guest has said how long its answer is. The server stops to read
    /// there.
    remaining: Option<u64>,
    truncated: Truncated,
    /// Why the body ends before its end.
    failure: Option<Error>,
    guest: Guest,
}

impl GuestBody {
    /// Looks for the end in what the guest's body gave.
    fn check(
        &mut self,
        frame: Option<Result<Frame<Bytes>, Error>>,
    ) -> Option<Result<Frame<Bytes>, Error>> {
        let bytes = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len) as u64,
            Some(Err(_)) | None => 0,
        };
        self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(bytes));
        let is_short =
            self.truncated.get() || self.remaining.is_some_and(|remaining| remaining > 0);
        match frame {
            None if is_short => Some(Err(Error::HttpResponseIncomplete)),
            Some(Ok(frame)) if self.remaining != Some(0) => Some(Ok(frame)),
            // The end, whether the guest reached it or gave up before: it may still have to log.
            end => {
                self.guest.release();
                end
            }
        }
    }
}

impl http_body::Body for GuestBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Some(failure) = self.failure.take() {
            return Poll::Ready(Some(Err(failure)));
        }
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match self.check(frame) {
            // The server drops what it has not sent yet when a body fails. Waiting for one turn lets
            // it send the part that the guest has written.
            Some(Err(failure)) => {
                self.failure = Some(failure);
                context.waker().wake_by_ref();
                Poll::Pending
            }
            frame => Poll::Ready(frame),
        }
    }
}

/// The answer in the place of a guest's that failed.
pub fn from_failure(failure: &Failure) -> Response<Body> {
    match failure {
        Failure::Trap(_) | Failure::NoAnswer(_) => problem(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Internal error",
            "The function failed while it worked on this request.",
        ),
        Failure::Cpu | Failure::Timeout => problem(
            StatusCode::GATEWAY_TIMEOUT,
            "timeout",
            "Timeout",
            "The function did not answer this request in time.",
        ),
    }
}

/// The answer when too many requests are being worked on.
pub fn overloaded() -> Response<Body> {
    let mut answer = problem(
        StatusCode::SERVICE_UNAVAILABLE,
        "overloaded",
        "Overloaded",
        "Too many requests are being worked on; try again in a second.",
    );
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    answer
}

/// The answer to a request that does not say which host it is for.
pub fn without_host() -> Response<Body> {
    problem(
        StatusCode::BAD_REQUEST,
        "host",
        "No host",
        "The request needs one Host header that is a host and, if it has one, its port.",
    )
}

/// The answer for a path that no route has. Empty, as Spin's.
pub fn not_found() -> Response<Body> {
    let mut answer = Response::new(empty());
    *answer.status_mut() = StatusCode::NOT_FOUND;
    answer
}

/// A problem document (RFC 9457).
#[derive(Serialize)]
struct Problem<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
}

/// The last segment of a problem's type, in the extensions of its answer.
#[derive(Clone, Copy)]
pub struct ProblemName(pub &'static str);

fn problem(status: StatusCode, name: &'static str, title: &str, detail: &str) -> Response<Body> {
    let document =
        Problem { r#type: format!("/problems/{name}"), title, status: status.as_u16(), detail };
    let document = serde_json::to_string(&document).expect("strings and a number make JSON");
    let mut answer =
        Response::new(Full::from(document).map_err(|never| match never {}).boxed_unsync());
    *answer.status_mut() = status;
    answer.extensions_mut().insert(ProblemName(name));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}
