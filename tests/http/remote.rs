//! Pictures and resources of other hosts.

use edge_tests::{Origin, application, deploy, manifest, together};
use image::ImageFormat;
use serde_json::json;

use crate::pictures::Picture;

fn picture() -> Vec<u8> {
    Picture::new(31, 17, 3, 255).file(ImageFormat::Png)
}

#[tokio::test]
async fn a_granted_picture_is_fetched() {
    let Some(origin) = Origin::shared() else { return };
    let url = origin.serve(
        "/remote/granted picture.png".replace(' ', "%20").as_str(),
        "image/png",
        &picture(),
    );
    let answer =
        application().get(&format!("/image/grayscale?url={}", url.replace("%20", "+"))).await;
    assert_eq!(Picture::read(&answer.body), Picture::new(31, 17, 3, 255).grayscale());
    assert_ne!(answer.field("etag"), "");
    let requests = origin.requests("/remote/granted%20picture.png");
    assert_eq!(requests.len(), 1);
    assert!(requests[0].to_lowercase().contains("\r\naccept: image/*\r\n"), "{}", requests[0]);
}

#[tokio::test]
async fn a_host_that_is_not_granted_hears_nothing() {
    let stranger = Origin::new();
    let url = stranger.serve("/picture.png", "image/png", &picture());
    let host = stranger.authority();
    for route in ["/image/grayscale", "/image/blur", "/hash"] {
        application().get(&format!("{route}?url={url}")).await.assert_problem(
            403,
            "host-not-granted",
            "Host not granted",
            &format!("This deployment does not grant access to 'http://{host}'."),
            json!({ "host": host }),
        );
    }
    let spelled_otherwise = url.replace("127.0.0.1", "localhost");
    let answer = application().get(&format!("/image/blur?url={spelled_otherwise}")).await;
    assert_eq!(answer.status, 403);
    assert_eq!(stranger.request_count(), 0);
}

#[tokio::test]
async fn redirects_are_followed_within_the_grant() {
    let Some(origin) = Origin::shared() else { return };
    origin.serve("/redirect/end.png", "image/png", &picture());
    origin.redirect("/redirect/3", "end.png");
    origin.redirect("/redirect/2", "/redirect/3?x=%20#fragment");
    origin.redirect("/redirect/3?x=%20", "end.png");
    let url = origin.redirect("/redirect/1", &origin.url("/redirect/2"));
    let answer = application().get(&format!("/image/grayscale?url={url}")).await;
    assert_eq!(Picture::read(&answer.body), Picture::new(31, 17, 3, 255).grayscale());
}

#[tokio::test]
async fn a_redirect_does_not_lead_out_of_the_grant() {
    let Some(origin) = Origin::shared() else { return };
    let stranger = Origin::new();
    let target = stranger.serve("/picture.png", "image/png", &picture());
    let url = origin.redirect("/redirect/out", &target);
    let answer = application().get(&format!("/image/grayscale?url={url}")).await;
    answer.assert_problem(
        403,
        "host-not-granted",
        "Host not granted",
        &format!("This deployment does not grant access to 'http://{}'.", stranger.authority()),
        json!({ "host": stranger.authority() }),
    );
    assert_eq!(stranger.request_count(), 0);
    let url = origin.redirect("/redirect/file", "file:///etc/passwd");
    application().get(&format!("/image/grayscale?url={url}")).await.assert_problem(
        502,
        "upstream-failed",
        "Upstream failed",
        &format!(
            "The host '{}' redirects to something that is not an http or https URL.",
            origin.authority()
        ),
        json!({}),
    );
}

#[tokio::test]
async fn a_loop_of_redirects_ends() {
    let Some(origin) = Origin::shared() else { return };
    let url = origin.redirect("/redirect/loop", "/redirect/loop");
    application().get(&format!("/image/blur?url={url}")).await.assert_problem(
        502,
        "upstream-redirects",
        "Too many redirects",
        "The URL redirects more than 3 times.",
        json!({ "limit": 3 }),
    );
    assert_eq!(origin.requests("/redirect/loop").len(), 4);
}

#[tokio::test]
async fn an_error_there_is_a_bad_gateway_here() {
    let Some(origin) = Origin::shared() else { return };
    let url = origin.url("/remote/missing");
    application().get(&format!("/image/blur?url={url}")).await.assert_problem(
        502,
        "upstream-status",
        "Upstream answered with an error",
        &format!("The host '{}' answered with status 404.", origin.authority()),
        json!({ "upstream_status": 404 }),
    );
}

#[tokio::test]
async fn half_an_answer_is_a_bad_gateway() {
    let Some(origin) = Origin::shared() else { return };
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
    let url = origin.serve_raw("/remote/half", &[head, &picture()[..100]].concat());
    for route in ["/image/blur", "/hash"] {
        application().get(&format!("{route}?url={url}")).await.assert_problem(
            502,
            "upstream-failed",
            "Upstream failed",
            "The remote host broke off before the end of its answer.",
            json!({}),
        );
    }
    let url = origin.serve_raw("/remote/nonsense", b"not HTTP at all\r\n\r\n");
    application().get(&format!("/image/blur?url={url}")).await.assert_problem(
        502,
        "upstream-failed",
        "Upstream failed",
        &format!("The host '{}' could not be reached or did not answer.", origin.authority()),
        json!({ "host": origin.authority() }),
    );
}

#[tokio::test]
async fn a_page_is_no_picture() {
    let Some(origin) = Origin::shared() else { return };
    let url = origin.serve("/remote/page", "text/html", b"<!doctype html>");
    let answer = application().get(&format!("/image/blur?url={url}")).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["type"]),
        (415, &json!("/problems/not-a-picture"))
    );
}

#[tokio::test]
async fn a_picture_that_is_too_large_is_not_read() {
    let Some(origin) = Origin::shared() else { return };
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 33554433\r\n\r\n";
    let url = origin.serve_raw("/remote/large", head);
    application().get(&format!("/image/blur?url={url}")).await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        "The body has 33554433 bytes; at most 33554432 are allowed.",
        json!({ "limit": 33_554_432, "actual": 33_554_433 }),
    );
}

#[tokio::test]
async fn only_urls_of_the_web_are_urls() {
    for url in [
        "ftp://a.example/x",
        "file:///etc/passwd",
        "//a.example/x",
        "landscape.jpg",
        "",
        "http://",
        "http://user:secret@a.example/",
    ] {
        application().get(&format!("/image/blur?url={url}")).await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!("The parameter 'url' is '{url}'; it must be an absolute http or https URL without user information."),
            json!({ "parameter": "url", "actual": url }),
        );
    }
}

#[tokio::test]
async fn one_source_is_enough() {
    application().get("/image/blur?file=a.png&url=http://a.example/").await.assert_problem(
        400,
        "two-sources",
        "Two sources",
        "The request names two inputs, 'file' and 'url'; give one.",
        json!({}),
    );
    application().get("/image/blur").await.assert_problem(
        400,
        "no-source",
        "No source",
        "GET names no input; give 'file' or 'url', or send it with POST.",
        json!({}),
    );
}

#[tokio::test]
async fn a_host_that_stalls_is_given_up() {
    let Some(origin) = Origin::shared() else { return };
    let silent = origin.stall_after("/remote/silent", b"");
    let half =
        origin.stall_after("/remote/stalled", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf");
    let (never, midway) = (format!("/hash?url={silent}"), format!("/image/blur?url={half}"));
    let (never, midway) = tokio::join!(application().get(&never), application().get(&midway));
    never.assert_problem(
        504,
        "upstream-timeout",
        "Upstream too slow",
        &format!("The host '{}' did not answer in time.", origin.authority()),
        json!({ "host": origin.authority() }),
    );
    midway.assert_problem(
        504,
        "upstream-timeout",
        "Upstream too slow",
        "The remote host stalled in the middle of its answer.",
        json!({}),
    );
}

#[tokio::test]
async fn a_coded_picture_is_refused() {
    let Some(origin) = Origin::shared() else { return };
    let head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\n...";
    let url = origin.serve_raw("/remote/coded", head);
    let answer = application().get(&format!("/image/blur?url={url}")).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["actual"]), (415, &json!("gzip")));
    let requests = origin.requests("/remote/coded");
    assert!(requests[0].to_lowercase().contains("\r\naccept-encoding: identity\r\n"));
}

/// Peers that fail in every way, at once, in a deployment of their own: each is told apart, and no
/// instance is left behind.
#[tokio::test]
async fn whatever_the_origin_does_the_instance_is_freed() {
    application();
    let origin = Origin::new();
    let stranger = Origin::new();
    let Some(app) = deploy(&manifest(), &[("source_origin", &origin.url(""))]) else { return };
    let file = picture();
    let head = |length: usize| format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
    let answer = |length, bytes: &[u8]| [head(length).as_bytes(), bytes].concat();
    let too_large = answer(33_554_433, &file);
    let faults = [
        (origin.stall_after("/silent", b""), 504, "upstream-timeout"),
        (origin.stall_after("/half", &answer(file.len(), &file[..50])), 504, "upstream-timeout"),
        (origin.drip_after("/drip", &answer(1_000_000, b"")), 504, "upstream-timeout"),
        (origin.serve_raw("/cut", &answer(file.len(), &file[..50])), 502, "upstream-failed"),
        (origin.serve_raw("/nothing", b""), 502, "upstream-failed"),
        (origin.serve_raw("/huge", &too_large), 413, "body-too-large"),
        (origin.serve("/page", "text/html", b"<!doctype html>"), 415, "not-a-picture"),
        (origin.serve("/empty", "image/png", b""), 422, "empty-body"),
        (origin.redirect("/loop", "/loop"), 502, "upstream-redirects"),
        (origin.redirect("/out", &stranger.url("/x")), 403, "host-not-granted"),
        (origin.url("/missing"), 502, "upstream-status"),
    ];
    let answers = faults.map(async |(url, status, problem)| {
        let answer = app.get(&format!("/image/blur?url={url}")).await;
        let expected = (status, json!(format!("/problems/{problem}")));
        assert_eq!((answer.status.as_u16(), answer.json()["type"].clone()), expected, "{url}");
        (problem, answer.json()["detail"].as_str().unwrap().to_owned())
    });
    let details = together(answers).await;
    // What is past the announced end belongs to no answer; some runtimes do not even take the rest.
    let more = origin.serve_raw("/more", &answer(50, &file));
    let answer = app.get(&format!("/image/blur?url={more}")).await;
    match answer.status.as_u16() {
        422 => assert_eq!(answer.json()["type"], "/problems/truncated-picture"),
        status => {
            assert_eq!((status, &answer.json()["type"]), (502, &json!("/problems/upstream-failed")))
        }
    }
    let slow = "The remote host sends its answer too slowly.";
    assert!(details.contains(&("upstream-timeout", slow.to_owned())), "{details:?}");
    assert_eq!(stranger.request_count(), 0);
    app.wait_until_idle("image").await;
    assert_eq!(app.get("/image/blur?file=badge.png").await.status, 200);
}

#[tokio::test]
async fn a_host_that_refuses_is_a_bad_gateway() {
    application();
    // A port that was free a moment ago.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let origin = format!("http://{closed}");
    let Some(app) = deploy(&manifest(), &[("source_origin", &origin)]) else { return };
    for route in ["/image/blur", "/hash"] {
        app.get(&format!("{route}?url={origin}/a.png")).await.assert_problem(
            502,
            "upstream-failed",
            "Upstream failed",
            &format!("The host '{closed}' could not be reached or did not answer."),
            json!({ "host": closed.to_string() }),
        );
    }
}
