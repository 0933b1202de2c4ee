//! All that touches Spin: requests in, answers out, variables and outbound requests over WASI 0.2.
//!
//! Bodies go through the raw WASI streams. The SDK's own sink ends a body cleanly when it is
//! dropped, so that an answer that failed half-way would look whole; here the `OutgoingBody` of a
//! failed answer is dropped unfinished, which the host turns into an aborted connection.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri, header};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use spin_sdk::http::{Fields, IncomingRequest, OutgoingResponse, ResponseOutparam};
use spin_sdk::wit::wasi::http0_2_0::types as incoming;
use wasi::http::{outgoing_handler, types as outgoing};
use wasi::io::streams::{InputStream, OutputStream, StreamError};

use crate::body::{Body, BodyError, full};
use crate::platform::{Platform, SendError};
use crate::problem::{Kind, Problem};
use crate::service::{Handler, respond};

/// Bytes asked of a body at a time: large enough to keep the crossing of the component's border
/// cheap.
const READ_BYTES: u64 = 256 * 1024;
/// How long a remote host may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a remote host may take to begin its answer, and each time to go on with it.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a remote host may send its answer, however little of it.
const ANSWER_GRACE: Duration = Duration::from_secs(20);
/// What it has to send in each second after that, in bytes.
const LEAST_BYTES_A_SECOND: u64 = 64 * 1024;

/// Answers one request with `handler`, and logs it.
pub async fn serve(handler: &impl Handler, request: IncomingRequest, out: ResponseOutparam) {
    let head_only = matches!(request.method(), incoming::Method::Head);
    let (response, record) = match receive(request) {
        Ok(request) => respond(handler, request, &Spin).await,
        Err(problem) => respond(&Refusal(problem), Request::new(full("")), &Spin).await,
    };
    let mut sent = 0;
    let outcome = send(response, head_only, out, &mut sent).await;
    let aborted = outcome.err().map(|error| error.to_string());
    eprintln!("{}", record.line(sent, aborted.as_deref()));
}

/// A request that cannot even be put into `http`'s types.
struct Refusal(Problem);

impl Handler for Refusal {
    fn methods(&self, _path: &str) -> Result<&'static [Method], Problem> {
        Err(self.0.clone())
    }

    async fn answer(
        &self,
        _request: Request<Body>,
        _platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        Err(self.0.clone())
    }
}

fn receive(incoming: IncomingRequest) -> Result<Request<Body>, Problem> {
    let malformed =
        |what: &str| Problem::new(Kind::MalformedRequest, format!("The {what} is malformed."));
    let method = method(&incoming.method()).ok_or_else(|| malformed("method"))?;
    let target = incoming.path_with_query().unwrap_or_else(|| "/".to_owned());
    let uri: Uri = target.parse().map_err(|_| malformed("request target"))?;
    let headers = headers(incoming.headers().entries());
    let body = incoming.consume().map_err(|()| malformed("body"))?;
    let stream = body.stream().map_err(|()| malformed("body"))?;
    let body = ReceivedBody::new(stream, body, &headers, None);
    let mut request = Request::new(Box::pin(body) as Body);
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

fn method(method: &incoming::Method) -> Option<Method> {
    Some(match method {
        incoming::Method::Get => Method::GET,
        incoming::Method::Head => Method::HEAD,
        incoming::Method::Post => Method::POST,
        incoming::Method::Put => Method::PUT,
        incoming::Method::Delete => Method::DELETE,
        incoming::Method::Connect => Method::CONNECT,
        incoming::Method::Options => Method::OPTIONS,
        incoming::Method::Trace => Method::TRACE,
        incoming::Method::Patch => Method::PATCH,
        incoming::Method::Other(name) => Method::from_bytes(name.as_bytes()).ok()?,
    })
}

/// Fields that `http` cannot hold do not occur: the runtime has parsed them from HTTP.
fn headers(entries: Vec<(String, Vec<u8>)>) -> HeaderMap {
    let field = |(name, value): (String, Vec<u8>)| {
        Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
    };
    entries.into_iter().filter_map(field).collect()
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A body that arrives through a WASI stream: a request's or a remote answer's.
struct ReceivedBody<Owner> {
    // Dropped first: a WASI stream must go before the body it belongs to.
    stream: InputStream,
    _owner: Owner,
    remaining: Option<u64>,
    /// What a peer has to keep up that no client waits for.
    pace: Option<Pace>,
    ended: bool,
}

impl<Owner> ReceivedBody<Owner> {
    fn new(stream: InputStream, owner: Owner, headers: &HeaderMap, pace: Option<Pace>) -> Self {
        Self { stream, _owner: owner, remaining: content_length(headers), pace, ended: false }
    }
}

/// How fast a body arrives: the runtime's timeouts bound each pause, but not how many there are.
struct Pace {
    start: Instant,
    received_bytes: u64,
}

impl Pace {
    fn start() -> Self {
        Self { start: Instant::now(), received_bytes: 0 }
    }

    /// Whether, with so many more bytes, the body is behind the least pace.
    fn is_behind(&mut self, bytes: u64) -> bool {
        self.received_bytes += bytes;
        let earned = Duration::from_secs(self.received_bytes / LEAST_BYTES_A_SECOND);
        self.start.elapsed() > ANSWER_GRACE + earned
    }
}

impl<Owner: Unpin> http_body::Body for ReceivedBody<Owner> {
    type Data = Bytes;
    type Error = BodyError;

    // The instance serves this request alone, so it may as well block.
    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let started = Instant::now();
        let read = self.stream.blocking_read(READ_BYTES);
        self.ended = read.is_err();
        Poll::Ready(match read {
            Ok(chunk)
                if self.pace.as_mut().is_some_and(|pace| pace.is_behind(chunk.len() as u64)) =>
            {
                self.ended = true;
                Some(Err(BodyError::TooSlow))
            }
            Ok(chunk) => {
                self.remaining = self.remaining.map(|left| left.saturating_sub(chunk.len() as u64));
                Some(Ok(Frame::data(chunk.into())))
            }
            Err(StreamError::Closed) if self.remaining.is_some_and(|left| left > 0) => {
                Some(Err(BodyError::Incomplete))
            }
            Err(StreamError::Closed) => None,
            // The runtime gives no reason that could be told apart, but it waited for as long as
            // it was asked to.
            Err(StreamError::LastOperationFailed(_)) if started.elapsed() >= ANSWER_TIMEOUT => {
                Some(Err(BodyError::TimedOut))
            }
            Err(StreamError::LastOperationFailed(_)) => Some(Err(BodyError::Incomplete)),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Sends head and body, counting the body's bytes in `sent`. On an error the body is left
/// unfinished.
async fn send(
    response: Response<Body>,
    head_only: bool,
    out: ResponseOutparam,
    sent: &mut u64,
) -> anyhow::Result<()> {
    let (head, body) = response.into_parts();
    let announced = content_length(&head.headers);
    let fields = Fields::new();
    for (name, value) in &head.headers {
        fields
            .append(name.as_str(), value.as_bytes())
            .map_err(|error| anyhow!("field {name}: {error}"))?;
    }
    let response = OutgoingResponse::new(fields);
    response
        .set_status_code(head.status.as_u16())
        .map_err(|()| anyhow!("status {}", head.status))?;
    let outgoing = response.body().map_err(|()| anyhow!("the answer's body is already taken"))?;
    out.set(response);
    if head_only {
        // Finishing would be refused: nothing is written, though `Content-Length` tells what GET
        // would send.
        return Ok(());
    }
    let outcome = send_body(body, outgoing, sent).await;
    // Once all that was announced is there, the connection may close before the end is said.
    if announced == Some(*sent) { Ok(()) } else { outcome }
}

async fn send_body(
    mut body: Body,
    outgoing: incoming::OutgoingBody,
    sent: &mut u64,
) -> anyhow::Result<()> {
    let stream = outgoing.write().map_err(|()| anyhow!("the answer's stream is already taken"))?;
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame?.into_data() else { continue };
        write_all(&stream, &chunk, sent).context("the client went away")?;
    }
    stream.blocking_flush().context("the client went away")?;
    drop(stream);
    incoming::OutgoingBody::finish(outgoing, None)
        .map_err(|error| anyhow!("the end of the answer: {error}"))
}

fn write_all(stream: &OutputStream, mut bytes: &[u8], sent: &mut u64) -> Result<(), StreamError> {
    while !bytes.is_empty() {
        let permitted = usize::try_from(stream.check_write()?).unwrap_or(usize::MAX);
        if permitted == 0 {
            stream.subscribe().block();
            continue;
        }
        let (now, later) = bytes.split_at(permitted.min(bytes.len()));
        stream.write(now)?;
        *sent += now.len() as u64;
        bytes = later;
    }
    stream.flush()
}

/// The runtime that a component stands in.
struct Spin;

impl Platform for Spin {
    fn variable(&self, name: &str) -> Option<String> {
        spin_sdk::variables::get(name).ok()
    }

    async fn send(&self, request: Request<()>) -> Result<Response<Body>, SendError> {
        let request = outgoing_request(&request).map_err(|()| SendError::Failed)?;
        let options = outgoing::RequestOptions::new();
        for set in [
            options.set_connect_timeout(Some(nanoseconds(CONNECT_TIMEOUT))),
            options.set_first_byte_timeout(Some(nanoseconds(ANSWER_TIMEOUT))),
            options.set_between_bytes_timeout(Some(nanoseconds(ANSWER_TIMEOUT))),
        ] {
            set.map_err(|()| SendError::Failed)?;
        }
        let pending = outgoing_handler::handle(request, Some(options)).map_err(send_error)?;
        pending.subscribe().block();
        let answered = pending.get().and_then(Result::ok).ok_or(SendError::Failed)?;
        let incoming = answered.map_err(send_error)?;
        let headers = headers(incoming.headers().entries());
        let status = incoming.status();
        let body = incoming.consume().map_err(|()| SendError::Failed)?;
        let stream = body.stream().map_err(|()| SendError::Failed)?;
        let pace = Some(Pace::start());
        let body = ReceivedBody::new(stream, (body, incoming), &headers, pace);
        let mut response = Response::new(Box::pin(body) as Body);
        *response.status_mut() = status.try_into().map_err(|_| SendError::Failed)?;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn outgoing_request(request: &Request<()>) -> Result<outgoing::OutgoingRequest, ()> {
    let fields = outgoing::Fields::new();
    for (name, value) in request.headers() {
        fields.append(&name.to_string(), &value.as_bytes().to_vec()).map_err(drop)?;
    }
    let scheme = match request.uri().scheme_str() {
        Some("https") => outgoing::Scheme::Https,
        _ => outgoing::Scheme::Http,
    };
    let outgoing = outgoing::OutgoingRequest::new(fields);
    outgoing.set_scheme(Some(&scheme))?;
    outgoing.set_authority(request.uri().authority().map(|authority| authority.as_str()))?;
    outgoing.set_path_with_query(request.uri().path_and_query().map(|path| path.as_str()))?;
    Ok(outgoing)
}

fn send_error(code: outgoing::ErrorCode) -> SendError {
    match code {
        outgoing::ErrorCode::HttpRequestDenied => SendError::Denied,
        code if is_timeout(&code) => SendError::TimedOut,
        _ => SendError::Failed,
    }
}

fn is_timeout(code: &outgoing::ErrorCode) -> bool {
    use outgoing::ErrorCode as E;
    matches!(
        code,
        E::DnsTimeout
            | E::ConnectionTimeout
            | E::ConnectionReadTimeout
            | E::ConnectionWriteTimeout
            | E::HttpResponseTimeout
    )
}
