//! Pipelines that the deployment has named.

use edge_tests::{App, application, deploy, manifest};
use http::Method;
use image::ImageFormat;
use serde_json::json;

use crate::pictures::Picture;

const PRESETS: &str =
    "thumb=resize:20x20,cover/sharpen; soft=blur?radius=3&format=png;bad=flip/flap";

fn with(presets: &str, only: &str) -> Option<App> {
    application();
    deploy(&manifest(), &[("presets", presets), ("only_presets", only)])
}

#[tokio::test]
async fn a_preset_stands_for_its_operations_and_parameters() {
    let Some(app) = with(PRESETS, "false") else { return };
    let picture = Picture::new(60, 40, 3, 255);
    let file = picture.file(ImageFormat::Bmp);
    for (preset, pipeline) in [
        ("/image/preset:thumb", "/image/resize:20x20,cover/sharpen"),
        ("/image/preset%3Athumb/", "/image/resize:20x20,cover/sharpen"),
        ("/image/flip/preset:thumb/grayscale", "/image/flip/resize:20x20,cover/sharpen/grayscale"),
        ("/image/preset:soft", "/image/blur?radius=3&format=png"),
        (
            "/image/preset:thumb?format=jpeg&quality=50",
            "/image/resize:20x20,cover/sharpen?format=jpeg&quality=50",
        ),
    ] {
        let named = app.post(preset, file.clone()).await;
        let spelt = app.post(pipeline, file.clone()).await;
        assert_eq!(named.status, 200, "{preset} {}", String::from_utf8_lossy(&named.body));
        assert_eq!(named.body, spelt.body, "{preset}");
        assert_eq!(named.field("image-pipeline"), spelt.field("image-pipeline"), "{preset}");
        assert_eq!(named.field("content-type"), spelt.field("content-type"), "{preset}");
    }
    let named = app.get("/image/preset:soft?file=badge.png").await;
    let spelt = app.get("/image/blur:3?file=badge.png&format=png").await;
    assert_eq!((named.field("etag"), &named.body), (spelt.field("etag"), &spelt.body));
}

#[tokio::test]
async fn what_a_preset_says_is_not_said_again() {
    let Some(app) = with(PRESETS, "false") else { return };
    app.get("/image/preset:soft?file=badge.png&format=jpeg").await.assert_problem(
        400,
        "repeated-parameter",
        "Repeated parameter",
        "The parameter 'format' is given more than once.",
        json!({ "parameter": "format" }),
    );
}

#[tokio::test]
async fn there_is_no_preset_of_another_name() {
    let Some(app) = with(PRESETS, "false") else { return };
    app.get("/image/preset:thump?file=badge.png").await.assert_problem(
        404,
        "not-found",
        "Not found",
        "There is no such preset; there are thumb, soft, bad.",
        json!({ "allowed": ["thumb", "soft", "bad"], "suggestion": "thumb" }),
    );
    application().get("/image/preset:thumb?file=badge.png").await.assert_problem(
        404,
        "not-found",
        "Not found",
        "This deployment has no presets.",
        json!({ "allowed": [] }),
    );
}

#[tokio::test]
async fn a_deployment_can_serve_nothing_else() {
    let Some(app) = with(PRESETS, "true") else { return };
    let answer = app.get("/image/preset:thumb?file=badge.png").await;
    assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, "image/png"));
    let jpeg = app.get("/image/preset:thumb?file=badge.png&format=jpeg&v=1").await;
    assert_eq!((jpeg.status.as_u16(), jpeg.field("content-type")), (200, "image/jpeg"));
    let paths = ["/image/preset:thumb", "/image/preset:soft", "/image/preset:bad"];
    for path in [
        "/image/grayscale",
        "/image/info",
        "/image/preset:thumb/grayscale",
        "/image/flip/preset:thumb",
    ] {
        app.get(&format!("{path}?file=badge.png")).await.assert_problem(
            403,
            "not-a-preset",
            "Not a preset",
            &format!("This deployment serves only {}.", paths.join(", ")),
            json!({ "allowed": paths }),
        );
        assert_eq!(app.post(path, "").await.status, 403, "{path}");
    }
    let answer = app.get("/image/preset:thumb?file=badge.png&background=ff0000").await;
    answer.assert_problem(
        400,
        "unknown-parameter",
        "Unknown parameter",
        "The parameter 'background' is not known; this route takes 'format', 'file', 'url', 'v', 'sig' and 'expires'.",
        json!({
            "parameter": "background",
            "allowed": ["format", "file", "url", "v", "sig", "expires"],
        }),
    );
}

#[tokio::test]
async fn a_mistake_in_a_preset_is_the_deployments() {
    let misconfigured = async |app: &App, path: &str, detail: &str| {
        let detail = format!("The variable 'presets' of this deployment {detail}.");
        let members = json!({ "variable": "presets" });
        let answer = app.send(Method::GET, path, &[], "").await;
        answer.assert_problem(500, "misconfigured", "Misconfigured", &detail, members);
    };
    let Some(app) = with(PRESETS, "false") else { return };
    let unknown = "There is no operation 'flap'; there are ";
    let answer = app.get("/image/preset:bad?file=badge.png").await;
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    let start =
        format!("The variable 'presets' of this deployment has a mistake in 'bad': {unknown}");
    assert!(answer.status == 500 && detail.starts_with(&start), "{detail}");

    let Some(app) = with("a=flip?qualty=3;b=blur?format=png&quality=3", "false") else { return };
    let detail = "has a mistake in 'a': The parameter 'qualty' is not known; this route takes 'format', 'quality', 'background', 'light' and 'frame'";
    misconfigured(&app, "/image/preset:a?file=badge.png", detail).await;
    let detail = "has a mistake in 'b': The parameter 'quality' is '3'; it must be left out with the format png, which has none";
    misconfigured(&app, "/image/preset:b?file=badge.png", detail).await;

    let Some(app) = with("a=flip;a=flop", "false") else { return };
    misconfigured(&app, "/image/flip?file=badge.png", "names 'a' twice").await;
    let Some(app) = with("", "yes") else { return };
    app.get("/image/flip?file=badge.png").await.assert_problem(
        500,
        "misconfigured",
        "Misconfigured",
        "The variable 'only_presets' of this deployment is neither 'true' nor 'false'.",
        json!({ "variable": "only_presets" }),
    );
}
