//! What the component does, by the last segment of its path.

use std::io::Write as _;

use wasi::exports::http::incoming_handler::Guest;
use wasi::http::outgoing_handler;
use wasi::http::types::{
    Fields, IncomingRequest, Method, OutgoingBody, OutgoingRequest, OutgoingResponse,
    ResponseOutparam, Scheme,
};
use wasi::io::streams::StreamError;

struct Deeds;

wasi::http::proxy::export!(Deeds);

impl Guest for Deeds {
    fn handle(request: IncomingRequest, outparam: ResponseOutparam) {
        let target = request.path_with_query().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        match path.trim_end_matches('/').rsplit('/').next().unwrap_or_default() {
            "trap" => panic!("as asked"),
            "loop" => endless(),
            "nothing" => drop(outparam),
            "memory" => answer(outparam, reserve(query)),
            "exhaust" => answer(outparam, exhaust()),
            "headers" => answer(outparam, headers(&request)),
            "environment" => answer(outparam, environment()),
            "variable" => answer(outparam, format!("{:?}", spin_sdk::variables::get(query))),
            "read" => answer(outparam, format!("{:?}", std::fs::read_to_string(query))),
            "write" => answer(outparam, format!("{:?}", std::fs::write(query, "x").is_ok())),
            "fetch" => answer(outparam, fetch(query)),
            "log" => log(outparam),
            "record" => record(outparam),
            "afterwards" => afterwards(outparam),
            "echo" => echo(request, outparam),
            "collect" => collect(request, outparam),
            "collect-and-loop" => {
                read_all(request);
                endless()
            }
            "length-only" => length_only(outparam),
            "trap-midway" => partial(outparam, None, || panic!("midway")),
            "loop-midway" => partial(outparam, None, endless),
            "drop-midway" => partial(outparam, None, || {}),
            "short" => partial(outparam, Some("100"), || {}),
            _ => answer(outparam, "hello"),
        }
    }
}

fn endless() {
    loop {
        std::hint::black_box(());
    }
}

fn reserve(bytes: &str) -> String {
    let mut buffer: Vec<u8> = Vec::new();
    let bytes = bytes.parse().unwrap_or(0);
    let reserved = buffer.try_reserve_exact(bytes).is_ok();
    std::hint::black_box(&buffer);
    if reserved { "granted".into() } else { "denied".into() }
}

/// Allocates without a way to fail.
fn exhaust() -> String {
    let buffer = std::hint::black_box(vec![1_u8; 1 << 30]);
    buffer.len().to_string()
}

fn headers(request: &IncomingRequest) -> String {
    let mut lines: Vec<String> = request
        .headers()
        .entries()
        .into_iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(&value)))
        .collect();
    lines.sort();
    lines.concat()
}

fn environment() -> String {
    let variables: Vec<_> = std::env::vars().collect();
    let arguments: Vec<_> = std::env::args().collect();
    format!("{variables:?} {arguments:?}")
}

/// Sends `GET <url>` and tells the status, or the error's name.
fn fetch(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let request = OutgoingRequest::new(Fields::new());
    let scheme = if scheme == "https" { Scheme::Https } else { Scheme::Http };
    let prepared = request
        .set_method(&Method::Get)
        .and_then(|()| request.set_scheme(Some(&scheme)))
        .and_then(|()| request.set_authority(Some(authority)))
        .and_then(|()| request.set_path_with_query(Some(&format!("/{path}"))));
    if prepared.is_err() {
        return "not a URL".into();
    }
    let response = match outgoing_handler::handle(request, None) {
        Ok(response) => response,
        Err(code) => return format!("{code:?}"),
    };
    response.subscribe().block();
    match response.get() {
        Some(Ok(Ok(response))) => response.status().to_string(),
        Some(Ok(Err(code))) => format!("{code:?}"),
        other => format!("{other:?}"),
    }
}

fn log(outparam: ResponseOutparam) {
    println!("to stdout");
    eprint!("to ");
    eprintln!("stderr\nsecond line");
    eprint!("unfinished");
    let _ = std::io::stderr().flush();
    answer(outparam, "logged");
}

/// Writes the line of its request itself.
fn record(outparam: ResponseOutparam) {
    answer(outparam, "recorded");
    eprintln!(r#"{{"method":"GET","route":"/its/own","status":200,"ms":1.5}}"#);
}

/// Goes on when its answer has been read to the end.
fn afterwards(outparam: ResponseOutparam) {
    answer(outparam, "answered");
    eprintln!("afterwards");
}

/// Sends each piece of the request back as it arrives.
fn echo(request: IncomingRequest, outparam: ResponseOutparam) {
    let body = head(outparam, None);
    let output = body.write().expect("the body was not taken");
    let incoming = request.consume().expect("the request was not taken");
    let input = incoming.stream().expect("the stream was not taken");
    loop {
        match input.blocking_read(4096) {
            Ok(piece) => output.blocking_write_and_flush(&piece).expect("the client reads"),
            Err(StreamError::Closed) => break,
            Err(error) => panic!("{error:?}"),
        }
    }
    drop(output);
    let _ = OutgoingBody::finish(body, None);
}

/// Reads the whole request, then tells its length, and whether it came to its end.
fn collect(request: IncomingRequest, outparam: ResponseOutparam) {
    match read_all(request) {
        (bytes, StreamError::Closed) => answer(outparam, bytes.to_string()),
        (bytes, StreamError::LastOperationFailed(_)) => {
            answer(outparam, format!("{bytes}, then an error"))
        }
    }
}

/// The length of the body, and how it ended.
fn read_all(request: IncomingRequest) -> (usize, StreamError) {
    let incoming = request.consume().expect("the request was not taken");
    let input = incoming.stream().expect("the stream was not taken");
    let mut bytes = 0;
    loop {
        match input.blocking_read(4096) {
            Ok(piece) => bytes += piece.len(),
            Err(end) => return (bytes, end),
        }
    }
}

/// Says how long its answer is, and drops it unwritten, as an answer to HEAD may.
fn length_only(outparam: ResponseOutparam) {
    drop(head(outparam, Some("5")));
}

/// Writes a part of an answer, then does `deed`, then drops the answer unfinished.
fn partial(outparam: ResponseOutparam, length: Option<&str>, deed: impl FnOnce()) {
    let body = head(outparam, length);
    let output = body.write().expect("the body was not taken");
    output.blocking_write_and_flush(b"the beginning").expect("the client reads");
    deed();
}

fn answer(outparam: ResponseOutparam, text: impl Into<String>) {
    let text = text.into();
    let body = head(outparam, Some(&text.len().to_string()));
    let output = body.write().expect("the body was not taken");
    for piece in text.as_bytes().chunks(4096) {
        output.blocking_write_and_flush(piece).expect("the client reads");
    }
    drop(output);
    let _ = OutgoingBody::finish(body, None);
}

/// Sends the answer's head and hands over its body.
fn head(outparam: ResponseOutparam, length: Option<&str>) -> OutgoingBody {
    let fields = Fields::new();
    if let Some(length) = length {
        let _ = fields.append(&"content-length".into(), &length.as_bytes().to_vec());
    }
    let response = OutgoingResponse::new(fields);
    let body = response.body().expect("the body was not taken");
    ResponseOutparam::set(outparam, Ok(response));
    body
}
