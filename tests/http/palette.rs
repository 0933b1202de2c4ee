//! `/image/palette:N`: the colours that a picture is mostly of.

use edge_tests::application;
use http::Method;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::pictures::Picture;

/// 40 x 10 pixels: twenty columns of red, twelve of green, eight of blue.
fn flag(alpha: u64) -> Picture {
    let colours = [[200, 0, 0, 255], [0, 200, 0, 255], [0, 0, 200, alpha]];
    let column = |at: usize| colours[usize::from(at >= 20) + usize::from(at >= 32)];
    let mut picture = Picture::new(40, 10, 4, 255);
    picture.samples = (0..10).flat_map(|_| (0..40).flat_map(column)).collect();
    picture
}

fn colours(shares: &[(&str, f64)]) -> Value {
    let colour = |(colour, share): &(&str, f64)| json!({ "colour": colour, "share": share });
    json!({ "colours": shares.iter().map(colour).collect::<Vec<_>>() })
}

#[tokio::test]
async fn few_colours_are_told_with_their_shares() {
    let file = flag(255).file(ImageFormat::Png);
    let all = colours(&[("c80000", 0.5), ("00c800", 0.3), ("0000c8", 0.2)]);
    for path in ["/image/palette", "/image/palette:3", "/image/palette:64", "/image/palette:/"] {
        let answer = application().post(path, file.clone()).await;
        assert_eq!(
            (answer.json(), answer.field("content-type")),
            (all.clone(), "application/json")
        );
        assert_eq!((answer.field("vary"), answer.field("etag")), ("Accept", ""));
    }
    let one = application().post("/image/palette:1", file.clone()).await.json();
    assert_eq!(one, colours(&[("643c28", 1.0)]));
    // Operations come first.
    let cut = colours(&[("00c800", 0.6), ("0000c8", 0.4)]);
    let path = "/image/crop:20x10+20+0/palette:5";
    assert_eq!(application().post(path, file.clone()).await.json(), cut);
    let gray = application().post("/image/grayscale/palette:5", file).await.json();
    assert_eq!(gray, colours(&[("3c3c3c", 0.5), ("757575", 0.3), ("171717", 0.2)]));
}

#[tokio::test]
async fn what_is_transparent_does_not_count() {
    let seen = colours(&[("c80000", 0.625), ("00c800", 0.375)]);
    let file = flag(0).file(ImageFormat::Png);
    assert_eq!(application().post("/image/palette:3", file.clone()).await.json(), seen);
    let all = colours(&[("c80000", 0.5), ("00c800", 0.3), ("ffffff", 0.2)]);
    assert_eq!(application().post("/image/flatten/palette:3", file).await.json(), all);
    let nothing = Picture { samples: vec![0; 16], ..Picture::new(2, 2, 4, 255) };
    let answer = application().post("/image/palette", nothing.file(ImageFormat::Png)).await;
    assert_eq!(answer.json(), colours(&[]));
}

#[tokio::test]
async fn a_photograph_has_as_many_as_are_asked_for() {
    let path = "/image/palette:5?file=landscape.jpg";
    let answer = application().get(path).await;
    let document = answer.json();
    let colours = document["colours"].as_array().unwrap();
    let shares: Vec<_> = colours.iter().map(|one| one["share"].as_f64().unwrap()).collect();
    assert_eq!(colours.len(), 5);
    assert!(shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 0.001, "{shares:?}");
    assert_eq!(answer.field("cache-control"), "public, max-age=3600");
    let timing = answer.field("server-timing");
    let names: Vec<_> = timing.split(", ").map(|lap| lap.split(";dur=").next().unwrap()).collect();
    assert_eq!(names, ["read", "decode", "palette"]);

    let tag = answer.field("etag");
    let known = [("if-none-match", tag)];
    let again = application().send(Method::GET, path, &known, "").await;
    assert_eq!((again.status.as_u16(), again.field("vary")), (304, "Accept"));
    for other in ["/image/palette:6?file=landscape.jpg", "/image/flip/palette:5?file=landscape.jpg"]
    {
        assert_ne!(application().get(other).await.field("etag"), tag, "{other}");
    }
}

#[tokio::test]
async fn only_so_many_colours_at_the_end_and_in_json() {
    for text in ["palette:0", "palette:65", "palette:x", "palette:-1", "palette:3,4", "palette:256"]
    {
        application().get(&format!("/image/flip/{text}?file=badge.png")).await.assert_problem(
            400,
            "invalid-operation",
            "Invalid operation",
            &format!("The segment '{text}' can't be read; it must be 'palette' or 'palette:N' with N from 1 to 64."),
            json!({ "segment": 1, "operation": "palette", "actual": text }),
        );
    }
    application().get("/image/palette:5/flip?file=badge.png").await.assert_problem(
        400,
        "invalid-operation",
        "Invalid operation",
        "The segment 'palette:5' must be the last one: it tells colours and makes no picture.",
        json!({ "segment": 0, "operation": "palette", "actual": "palette:5" }),
    );
    application().get("/image/palette:5?file=badge.png&format=png").await.assert_problem(
        400,
        "unknown-parameter",
        "Unknown parameter",
        "The parameter 'format' is not known; this route takes 'background', 'light', 'frame', 'file', 'url', 'v', 'sig' and 'expires'.",
        json!({
            "parameter": "format",
            "allowed": ["background", "light", "frame", "file", "url", "v", "sig", "expires"],
            "suggestion": "frame",
        }),
    );
    let accept = [("accept", "image/png")];
    let answer =
        application().send(Method::GET, "/image/palette?file=badge.png", &accept, "").await;
    assert_eq!((answer.status.as_u16(), answer.field("vary")), (406, "Accept"));
}
