//! Requests, answers, and how many at once.

use std::net::TcpStream;

use edge_host::Limits;

use crate::fixture::{Client, Host, limits};

#[test]
fn components_see_spins_headers_and_no_forged_ones() {
    let host = Host::start();
    let mut client = host.connect();
    client.send(
        "GET /named/Bob/a/headers/?q=1 HTTP/1.1\r\nhost: example.org:81\r\naccept: text/plain\r\n\
         spin-path-info: /forged\r\nspin-client-addr: forged\r\nspin-path-match-other: forged\r\n\r\n",
    );
    let text = client.answer().text();
    let (before, after) = text.split_once("spin-client-addr: 127.0.0.1:").expect("an address");
    assert_eq!(before, "accept: text/plain\nspin-base-path: /\n");
    let (port, after) = after.split_once('\n').expect("more lines");
    port.parse::<u16>().expect("a port");
    assert_eq!(
        after,
        "spin-component-route: /named/:name\n\
         spin-full-url: http://example.org:81/named/Bob/a/headers/?q=1\n\
         spin-matched-route: /named/:name/...\n\
         spin-path-info: /a/headers/\n\
         spin-path-match-name: Bob\n\
         spin-raw-component-route: /named/:name/...\n"
    );
}

#[test]
fn a_path_without_a_route_is_an_empty_404() {
    let answer = Host::start().get("/nowhere");
    assert_eq!((answer.status, answer.header("content-length")), (404, Some("0")));
}

#[test]
fn a_request_without_one_host_is_a_400() {
    let host = Host::start();
    for head in [
        "HTTP/1.1\r\n",
        "HTTP/1.1\r\nhost: a\r\nhost: b\r\n",
        "HTTP/1.1\r\nhost: a b\r\n",
        "HTTP/1.1\r\nhost: a@b\r\n",
        "HTTP/1.0\r\nhost: a\r\nhost: b\r\n",
        "HTTP/1.0\r\nhost: a@b\r\n",
    ] {
        let mut client = host.connect();
        client.send(&format!("GET /guest/hello {head}\r\n"));
        let answer = client.answer();
        assert_eq!(answer.status, 400, "{head}");
        assert_eq!(
            answer.text(),
            r#"{"type":"/problems/host","title":"No host","status":400,"detail":"The request needs one Host header that is a host and, if it has one, its port."}"#
        );
    }
}

#[test]
fn the_host_of_an_old_request_is_the_address_it_came_to() {
    let host = Host::start();
    let local = host.address().to_string();
    for (field, name) in [("", local.as_str()), ("host: example.org\r\n", "example.org")] {
        let mut client = host.connect();
        client.send(&format!("GET /guest/headers HTTP/1.0\r\n{field}\r\n"));
        let text = client.answer().text();
        let url = format!("spin-full-url: http://{name}/guest/headers\n");
        assert!(text.contains(&url), "{text}");
    }
}

#[test]
fn an_answer_streams_while_its_request_arrives() {
    let host = Host::start();
    let mut client = host.connect();
    client.send("POST /guest/echo HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n");
    assert_eq!(client.head().header("transfer-encoding"), Some("chunked"));
    client.send("5\r\nfirst\r\n");
    assert_eq!(client.chunk().as_deref(), Some(&b"first"[..]));
    client.send("6\r\nsecond\r\n0\r\n\r\n");
    assert_eq!(client.chunk().as_deref(), Some(&b"second"[..]));
    assert_eq!(client.chunk().as_deref(), Some(&b""[..]));
}

#[test]
fn a_client_that_sends_everything_first_still_gets_its_answer() {
    let host = Host::start();
    let mut client = host.connect();
    let body = "x".repeat(8_000_000);
    for (target, status) in [("/nowhere", 404), ("/guest/hello", 200), ("/guest/trap", 500)] {
        client
            .send(&format!("POST {target} HTTP/1.1\r\nhost: h\r\ncontent-length: 8000000\r\n\r\n"));
        client.send(&body);
        assert_eq!(client.answer().status, status, "{target}");
    }
    host.wait_for_instances(0);
}

#[test]
fn a_client_that_waits_is_asked_for_its_body_only_if_it_is_read() {
    let host = Host::start();
    let mut client = host.connect();
    let expecting = "host: h\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n";
    client.send(&format!("POST /guest/collect HTTP/1.1\r\n{expecting}"));
    assert_eq!(client.answer_to("HEAD").status, 100);
    client.send("abc");
    assert_eq!(client.answer().text(), "3");
    client.send(&format!("POST /guest/hello HTTP/1.1\r\n{expecting}"));
    assert_eq!(client.answer().text(), "hello");
    assert!(client.is_closed());
}

#[test]
fn one_connection_carries_many_requests() {
    let host = Host::start();
    let mut client = host.connect();
    for round in 0..20 {
        client.send("GET /guest/hello HTTP/1.1\r\nhost: h\r\n\r\n");
        assert_eq!(client.answer().text(), "hello", "{round}");
    }
    assert_eq!(host.statistics().requests(), 20);
    host.statistics().reset();
    assert_eq!((host.statistics().requests(), host.statistics().peak_memory_bytes()), (0, 0));
    host.wait_for_instances(0);
}

/// A request that keeps its instance until `finish`.
fn occupy(host: &Host) -> Client {
    let mut client = host.connect();
    client.send("POST /guest/collect HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nab");
    host.wait_for_instances(1);
    client
}

fn finish(mut client: Client) {
    client.send("c");
    assert_eq!(client.answer().text(), "3");
}

#[test]
fn past_the_concurrency_limit_a_request_waits_and_then_gets_a_503() {
    let host = Host::with(Limits { concurrency: 1, ..limits() }, &[]);
    let occupant = occupy(&host);
    let answer = host.get("/guest/hello");
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
    assert_eq!(
        answer.text(),
        r#"{"type":"/problems/overloaded","title":"Overloaded","status":503,"detail":"Too many requests are being worked on; try again in a second."}"#
    );
    finish(occupant);
    assert_eq!(host.text("/guest/hello"), "hello");
}

#[test]
fn a_request_that_waits_gets_the_next_instance() {
    let host = Host::with(Limits { concurrency: 1, ..limits() }, &[]);
    let occupant = occupy(&host);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| host.text("/guest/hello"));
        finish(occupant);
        assert_eq!(waiting.join().expect("an answer"), "hello");
    });
}

#[test]
fn shutdown_finishes_requests_in_flight_and_accepts_no_more() {
    let host = Host::start();
    let address = host.address();
    let occupant = occupy(&host);
    let shutdown = host.runtime.spawn(host.server.shutdown());
    crate::fixture::wait_until(|| TcpStream::connect(address).is_err());
    finish(occupant);
    host.runtime.block_on(shutdown).expect("the server ends");
}

#[test]
fn output_is_logged_line_by_line() {
    let host = Host::start();
    assert_eq!(host.text("/guest/log"), "logged");
    assert_eq!(
        host.finish()[..4],
        ["guest: to stdout", "guest: to stderr", "guest: second line", "guest: unfinished"]
    );
}

#[test]
fn a_guest_goes_on_after_its_answer() {
    let host = Host::start();
    assert_eq!(host.text("/guest/afterwards"), "answered");
    host.wait_for_line("guest: afterwards");
}
