//! Traps, endless loops and unfinished answers concern their own request only.

use std::time::{Duration, Instant};

use edge_host::Limits;

use crate::fixture::{Answer, Host, limits};

const INTERNAL: &str = r#"{"type":"/problems/internal","title":"Internal error","status":500,"detail":"The function failed while it worked on this request."}"#;
const TIMEOUT: &str = r#"{"type":"/problems/timeout","title":"Timeout","status":504,"detail":"The function did not answer this request in time."}"#;

fn assert_problem(answer: &Answer, status: u16, document: &str) {
    assert_eq!((answer.status, answer.text().as_str()), (status, document));
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(answer.is_whole);
}

#[test]
fn a_trap_is_a_500_for_its_request_alone() {
    let host = Host::start();
    assert_problem(&host.get("/guest/trap"), 500, INTERNAL);
    host.wait_for_line("guest: as asked");
    assert_eq!(host.text("/guest/hello"), "hello");
    host.wait_for_instances(0);
}

#[test]
fn no_answer_is_a_500() {
    let host = Host::start();
    assert_problem(&host.get("/guest/nothing"), 500, INTERNAL);
}

#[test]
fn an_endless_loop_is_a_504_once_its_cpu_time_is_used_up() {
    let host = Host::with(Limits { cpu: Duration::from_millis(50), ..limits() }, &[]);
    assert_problem(&host.get("/guest/loop"), 504, TIMEOUT);
    host.wait_for_instances(0);
}

#[test]
fn waiting_for_the_client_uses_no_cpu_time() {
    let host = Host::with(Limits { cpu: Duration::from_millis(50), ..limits() }, &[]);
    let mut client = host.connect();
    client.send("POST /guest/collect HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nab");
    // Six times its CPU time, which passes on another connection while this one waits.
    for _ in 0..6 {
        assert_eq!(host.get("/guest/loop").status, 504);
    }
    client.send("c");
    assert_eq!(client.answer().text(), "3");
}

#[test]
fn each_mebibyte_of_the_body_adds_cpu_time() {
    let host = Host::with(Limits { cpu: Duration::from_millis(50), ..limits() }, &[]);
    let mut client = host.connect();
    let start = Instant::now();
    client.send(
        "POST /guest/collect-and-loop HTTP/1.1\r\nhost: h\r\ncontent-length: 3145728\r\n\r\n",
    );
    client.send(&"x".repeat(3 << 20));
    assert_problem(&client.answer(), 504, TIMEOUT);
    assert!(start.elapsed() >= Duration::from_millis(350), "{:?}", start.elapsed());
    host.wait_for_instances(0);
}

#[test]
fn a_request_that_takes_too_long_is_a_504() {
    let host = Host::with(Limits { request: Duration::from_millis(50), ..limits() }, &[]);
    let mut client = host.connect();
    client.send("POST /guest/collect HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nab");
    assert_problem(&client.answer(), 504, TIMEOUT);
    host.wait_for_instances(0);
}

#[test]
fn a_client_that_pauses_for_too_long_loses_the_rest_of_its_body() {
    let cpu = Duration::from_millis(50);
    let host = Host::with(Limits { cpu, idle: cpu * 10, ..limits() }, &[]);
    let mut client = host.connect();
    client.send("POST /guest/collect HTTP/1.1\r\nhost: h\r\ncontent-length: 100\r\n\r\n");
    // Together they are too long, but none is by itself: each lasts for one other request.
    for _ in 0..12 {
        client.send("x");
        assert_eq!(host.get("/guest/loop").status, 504);
    }
    assert_eq!(client.answer().text(), "12, then an error");
    host.wait_for_instances(0);
}

#[test]
fn an_answer_that_breaks_off_aborts_the_connection() {
    let host = Host::with(Limits { cpu: Duration::from_millis(50), ..limits() }, &[]);
    for deed in ["trap-midway", "loop-midway", "drop-midway", "short"] {
        let answer = host.get(&format!("/guest/{deed}"));
        assert_eq!(answer.status, 200, "{deed}");
        assert_eq!(answer.text(), "the beginning", "{deed}");
        assert!(!answer.is_whole, "{deed}");
    }
    host.wait_for_instances(0);
}

#[test]
fn memory_past_the_limit_is_denied_and_not_fatal() {
    let host = Host::with(Limits { memory_bytes: 4 << 20, ..limits() }, &[]);
    assert_eq!(host.text("/guest/memory?2000000"), "granted");
    let peak = host.statistics().peak_memory_bytes();
    assert!((2_000_000..=4 << 20).contains(&peak), "{peak}");
    assert_eq!(host.text("/guest/memory?4194304"), "denied");
    assert_problem(&host.get("/guest/exhaust"), 500, INTERNAL);
    assert_eq!(host.statistics().peak_memory_bytes(), peak);
}

#[test]
fn a_head_answer_may_leave_its_body_unwritten() {
    let host = Host::start();
    let mut client = host.connect();
    for _ in 0..2 {
        client.send("HEAD /guest/length-only HTTP/1.1\r\nhost: h\r\n\r\n");
        let answer = client.answer_to("HEAD");
        assert_eq!((answer.status, answer.header("content-length")), (200, Some("5")));
    }
    // The guest that writes one all the same goes on to its end.
    client.send("HEAD /guest/afterwards HTTP/1.1\r\nhost: h\r\n\r\n");
    assert_eq!(client.answer_to("HEAD").status, 200);
    host.wait_for_line("guest: afterwards");
    client.send("GET /guest/hello HTTP/1.1\r\nhost: h\r\n\r\n");
    assert_eq!(client.answer().text(), "hello");
}

#[test]
fn a_client_that_vanishes_takes_its_instance_along() {
    let host = Host::start();
    let mut looping = host.connect();
    looping.send("GET /guest/loop HTTP/1.1\r\nhost: h\r\n\r\n");
    let mut waiting = host.connect();
    waiting.send("POST /guest/collect HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nab");
    let mut streaming = host.connect();
    streaming.send("POST /guest/echo HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nab");
    assert_eq!(streaming.head().header("transfer-encoding"), Some("chunked"));
    host.wait_for_instances(3);
    drop((looping, waiting, streaming));
    host.wait_for_instances(0);
}
