//! Requests as components see them.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{EXPECT, HOST};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Version};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep, timeout};
use wasmtime_wasi_http::Error;

use crate::route::Match;

/// How long the rest of a request is read after its answer.
const LINGER_TIME: Duration = Duration::from_secs(10);

/// Starts the names of the headers that hold a route's `:name` segments.
const PATH_MATCH: &str = "spin-path-match-";

/// Whether the request says for which host it is, as HTTP/1.1 demands (RFC 9112, section 3.2). HTTP/1.0
/// does not: there `local`, the address that the client has connected to, is the host.
pub fn ensure_host<B>(request: &mut Request<B>, local: SocketAddr) -> bool {
    let is_old = request.version() < Version::HTTP_11;
    let headers = request.headers_mut();
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host),
        (None, _) if is_old => {
            set(headers, HOST, &local.to_string());
            true
        }
        _ => false,
    }
}

fn is_host(host: &HeaderValue) -> bool {
    // A user's name may stand before the host in a URL, but not here.
    Authority::try_from(host.as_bytes()).is_ok_and(|host| !host.as_str().contains('@'))
}

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

/// A request's body. It ends in an error when the client pauses for too long.
///
/// What nobody reads of it is read and forgotten: a client that sends everything before it reads an
/// answer would otherwise find its connection closed, and never see the answer.
pub struct RequestBody {
    /// Nothing only once it is dropped.
    body: Option<Incoming>,
    /// Whether the client sends the body in any case.
    is_sent: bool,
    /// How long the client may pause.
    idle: Duration,
    /// The end of the pause, while there is one.
    pause: Option<Pin<Box<Sleep>>>,
    read: BytesRead,
}

/// How many bytes have been read of a body. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// The count so far.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl RequestBody {
    /// Takes the place of the request's body. The client may pause in it for as long as `idle`.
    pub fn wrap(request: Request<Incoming>, idle: Duration) -> Request<Self> {
        let is_sent = !request.headers().contains_key(EXPECT);
        let read = BytesRead::default();
        request.map(|body| Self { body: Some(body), is_sent, idle, pause: None, read })
    }

    /// What has been read of it, to be asked while others read it.
    pub fn bytes_read(&self) -> BytesRead {
        self.read.clone()
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        // The server asks a client that waits for it (`Expect: 100-continue`) at the first poll.
        self.is_sent = true;
        let idle = self.idle;
        let Self { body: Some(body), pause, read, .. } = &mut *self else {
            return Poll::Ready(None);
        };
        if let Poll::Ready(frame) = Pin::new(body).poll_frame(context) {
            *pause = None;
            if let Some(Ok(frame)) = &frame {
                read.add(frame.data_ref().map_or(0, Bytes::len));
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Error::from)));
        }
        let pause = pause.get_or_insert_with(|| Box::pin(sleep(idle)));
        ready!(pause.as_mut().poll(context));
        Poll::Ready(Some(Err(Error::ConnectionReadTimeout)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Incoming::size_hint)
    }
}

impl Drop for RequestBody {
    fn drop(&mut self) {
        let (Some(mut body), Ok(runtime)) = (self.body.take(), Handle::try_current()) else {
            return;
        };
        if self.is_sent && !body.is_end_stream() {
            let rest = async move { while let Some(Ok(_)) = body.frame().await {} };
            runtime.spawn(timeout(LINGER_TIME, rest));
        }
    }
}
