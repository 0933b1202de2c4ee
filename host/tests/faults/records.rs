//! Each request leaves one line of JSON, whoever has to write it.

use std::time::Duration;

use edge_host::Limits;
use serde_json::{Value, json};

use crate::fixture::{Host, limits};

const TRAPPED: &str = "trapped: wasm trap: wasm `unreachable` instruction executed";

/// What the log has of a `GET` request that the component was to answer.
fn guest(mut record: Value) -> (String, Value) {
    record["method"] = "GET".into();
    ("guest".into(), record)
}

#[test]
fn the_component_or_else_the_host_leaves_a_line() {
    let host = Host::with(Limits { cpu: Duration::from_millis(50), ..limits() }, &[]);
    for deed in ["exhaust", "hello", "loop", "loop-midway", "nothing", "record", "trap-midway"] {
        host.get(&format!("/guest/{deed}/?key=secret"));
    }
    let expected = [
        json!({ "route": "/guest/exhaust", "status": 500, "problem": "internal", "reason": TRAPPED }),
        json!({ "route": "/guest/hello", "status": 200 }),
        json!({ "route": "/guest/loop", "status": 504, "problem": "timeout", "reason": "stopped: out of CPU time" }),
        json!({ "route": "/guest/loop-midway", "status": 200, "reason": "stopped: out of CPU time" }),
        json!({ "route": "/guest/nothing", "status": 500, "problem": "internal", "reason": "gave no answer: the handler returned" }),
        json!({ "route": "/guest/trap-midway", "status": 200, "reason": TRAPPED }),
        json!({ "route": "/its/own", "status": 200 }),
    ];
    assert_eq!(host.records(), expected.map(guest));
}

#[test]
fn a_request_that_took_too_long_leaves_a_line() {
    let host = Host::with(Limits { request: Duration::from_millis(50), ..limits() }, &[]);
    assert_eq!(host.get("/guest/loop").status, 504);
    let reason = "stopped: the request took too long";
    let record =
        json!({ "route": "/guest/loop", "status": 504, "problem": "timeout", "reason": reason });
    assert_eq!(host.records(), [guest(record)]);
}

#[test]
fn a_client_that_vanishes_leaves_a_line() {
    let host = Host::start();
    let mut waiting = host.connect();
    waiting.send("GET /guest/loop HTTP/1.1\r\nhost: h\r\n\r\n");
    let mut streaming = host.connect();
    streaming.send("GET /guest/loop-midway HTTP/1.1\r\nhost: h\r\n\r\n");
    assert_eq!(streaming.head().header("transfer-encoding"), Some("chunked"));
    host.wait_for_instances(2);
    drop((waiting, streaming));
    host.wait_for_instances(0);
    let reason = "the client went away";
    let expected = [
        json!({ "route": "/guest/loop", "reason": reason }),
        json!({ "route": "/guest/loop-midway", "status": 200, "reason": reason }),
    ];
    assert_eq!(host.records(), expected.map(guest));
}

#[test]
fn a_request_that_reaches_no_component_leaves_a_line() {
    let host = Host::with(Limits { concurrency: 1, ..limits() }, &[]);
    let mut client = host.connect();
    client.send("PUT /nowhere/?key=secret HTTP/1.1\r\nhost: h\r\n\r\n");
    assert_eq!(client.answer().status, 404);
    client.send("GET /guest/hello HTTP/1.1\r\n\r\n");
    assert_eq!(client.answer().status, 400);
    client.send("GET /guest/loop HTTP/1.1\r\nhost: h\r\n\r\n");
    host.wait_for_instances(1);
    assert_eq!(host.get("/guest/trap").status, 503);
    drop(client);
    let expected = [
        guest(
            json!({ "route": "/guest/hello", "status": 400, "problem": "host", "reason": "no valid Host header" }),
        ),
        guest(json!({ "route": "/guest/loop", "reason": "the client went away" })),
        guest(
            json!({ "route": "/guest/trap", "status": 503, "problem": "overloaded", "reason": "all instances stayed at work" }),
        ),
        (
            "".into(),
            json!({ "method": "PUT", "route": "/nowhere", "status": 404, "reason": "no component has this route" }),
        ),
    ];
    assert_eq!(host.records(), expected);
}
