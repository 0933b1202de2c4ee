//! Operations in order, and how they are asked for.

use edge_tests::{application, root};
use http::Method;
use image::{DynamicImage, ImageFormat};
use serde_json::json;

use crate::pictures::{Picture, jpeg};

async fn post(path: &str, file: Vec<u8>) -> Picture {
    let answer = application().post(path, file).await;
    assert_eq!(answer.status, 200, "{path} {}", String::from_utf8_lossy(&answer.body));
    Picture::read(&answer.body)
}

type Change = fn(DynamicImage) -> DynamicImage;

/// What `image` makes of a picture.
fn by_library(picture: &Picture, change: impl Fn(DynamicImage) -> DynamicImage) -> Picture {
    let mut file = std::io::Cursor::new(Vec::new());
    change(picture.dynamic()).write_to(&mut file, ImageFormat::Png).unwrap();
    Picture::read(file.get_ref())
}

#[tokio::test]
async fn pixels_move_as_in_the_library() {
    let opaque = |image: DynamicImage| image;
    for (channels, most) in [(1, 255), (2, 255), (3, 255), (4, 255), (3, 65_535), (4, 65_535)] {
        let picture = Picture::new(19, 11, channels, most);
        let file = picture.file(ImageFormat::Png);
        let changes: [(&str, Change); 7] = [
            ("rotate:90", |image| image.rotate90()),
            ("rotate:180", |image| image.rotate180()),
            ("rotate:270", |image| image.rotate270()),
            ("flip", |image| image.flipv()),
            ("flop", |image| image.fliph()),
            ("crop:7x5+3+2", |image| image.crop_imm(3, 2, 7, 5)),
            ("crop:7x5,southeast", |image| image.crop_imm(12, 6, 7, 5)),
        ];
        for (operation, change) in changes {
            let changed = post(&format!("/image/{operation}"), file.clone()).await;
            assert_eq!(changed, by_library(&picture, change), "{operation} {channels} {most}");
        }
        assert_eq!(post("/image/rotate:90/rotate:270", file).await, by_library(&picture, opaque));
    }
}

#[tokio::test]
async fn a_pipeline_is_its_steps_one_after_another() {
    let file = Picture::new(40, 30, 4, 255).file(ImageFormat::Png);
    for pipeline in [
        "resize:20x/grayscale/blur:3",
        "brightness:20/contrast:-30/saturation:50/hue:90/gamma:2.2/invert/sepia",
        "crop:30x20/pad:50x50,ff000080/rotate:90/trim:0/flop",
        "gaussian:1.5/sharpen/pixelate:4/threshold:100",
        "tint:3366cc/resize:64x64,contain!/flatten:00ff00/resize:16x16,cover",
        "resize:16x16,fill/resize:40x40,outside!/blur/flip/flop/invert/invert/sharpen:0.5",
    ] {
        let whole = post(&format!("/image/{pipeline}"), file.clone()).await;
        let mut step = file.clone();
        for operation in pipeline.split('/') {
            let answer = application().post(&format!("/image/{operation}"), step).await;
            assert_eq!(answer.status, 200, "{operation}");
            step = answer.body;
        }
        assert_eq!(whole, Picture::read(&step), "{pipeline}");
    }
}

#[tokio::test]
async fn the_answer_names_the_canonical_pipeline_and_times_its_passes() {
    let file = Picture::new(9, 9, 3, 255).file(ImageFormat::Png);
    let path = "/image/resize:8x/grayscale/invert/blur/sharpen:1.50?radius=2&background=FFFFFF";
    let answer = application().post(path, file.clone()).await;
    let canonical = "resize:8x,inside/grayscale/invert/blur:2/sharpen:1.5";
    assert_eq!(answer.field("image-pipeline"), canonical);
    let laps = answer.field("server-timing").split(", ");
    let names: Vec<_> = laps.map(|lap| lap.split(";dur=").next().unwrap().to_owned()).collect();
    let expected = ["read", "decode", "resize", "grayscale+invert", "blur", "sharpen", "encode"];
    assert_eq!(names, expected);
    let again = application().post(&format!("/image/{canonical}"), file.clone()).await;
    assert!(again.body == answer.body);
    let encoded = application().post("/image/crop:4x4%2B1%2B2/pad:8x8%2C0000ff/", file).await;
    assert_eq!(encoded.field("image-pipeline"), "crop:4x4+1+2/pad:8x8,0000ff");
}

#[tokio::test]
async fn an_unknown_operation() {
    let answer = application().post("/image/flip/sharpn:2", "").await;
    let names = answer.json()["allowed"].clone();
    let list: Vec<_> =
        names.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(list.len(), 22);
    answer.assert_problem(
        404,
        "not-found",
        "Not found",
        &format!("There is no operation 'sharpn'; there are {}.", list.join(", ")),
        json!({ "segment": 1, "allowed": names, "suggestion": "sharpen" }),
    );
    let page = std::fs::read_to_string(root().join("site/operations.js")).unwrap();
    for name in list {
        assert!(page.contains(&format!("name: \"{name}\"")), "the page offers {name}");
    }
    for path in ["/image", "/image/", "/image//blur", "/image/info/blur", "/image/blur/info"] {
        assert_eq!(application().post(path, "").await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn arguments_that_an_operation_does_not_take() {
    application().post("/image/flip/rotate:45", "").await.assert_problem(
        400,
        "invalid-operation",
        "Invalid operation",
        "The segment 'rotate:45' can't be read; it must be 'rotate:90', 'rotate:180' or 'rotate:270'.",
        json!({ "segment": 1, "operation": "rotate", "actual": "rotate:45" }),
    );
    application().post("/image/blur:128", "").await.assert_problem(
        400,
        "invalid-operation",
        "Invalid operation",
        "The segment 'blur:128' can't be read; it must be 'blur' or 'blur:RADIUS' with a radius from 0 to 127.",
        json!({ "segment": 0, "operation": "blur", "actual": "blur:128" }),
    );
    application().post(&format!("/image/{}", vec!["flip"; 17].join("/")), "").await.assert_problem(
        400,
        "too-many-operations",
        "Too many operations",
        "The pipeline has 17 operations; at most 16 are allowed.",
        json!({ "limit": 16, "actual": 17 }),
    );
    application().post("/image/fl%ffp", "").await.assert_problem(
        400,
        "malformed-request",
        "Malformed request",
        "The path contains 'fl%ffp', whose percent-encoded bytes are not UTF-8.",
        json!({}),
    );
}

#[tokio::test]
async fn a_rectangle_beyond_the_picture() {
    let file = Picture::new(40, 30, 3, 255).file(ImageFormat::Png);
    application().post("/image/resize:20x/crop:10x10+11+0", file).await.assert_problem(
        422,
        "outside-picture",
        "Outside the picture",
        "The segment 'crop:10x10+11+0' reaches beyond the picture, which has 20 x 15 pixels there.",
        json!({ "segment": 1, "operation": "crop", "width": 20, "height": 15 }),
    );
}

#[tokio::test]
async fn a_result_past_the_limits_is_refused_before_it_is_made() {
    let file = Picture::new(4, 3, 3, 255).file(ImageFormat::Png);
    application().post("/image/resize:32767x!", file.clone()).await.assert_problem(
        413,
        "picture-too-large",
        "Picture too large",
        "The picture has 805249025 pixels; at most 50000000 are allowed.",
        json!({ "limit": 50_000_000, "actual": 805_249_025 }),
    );
    let answer = application().post("/image/pad:7000x7000", file).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["budget"].as_u64()),
        (413, Some(134_217_728))
    );
}

#[tokio::test]
async fn quality_decides_the_size_of_a_jpeg() {
    let file = jpeg(120, 90, false, None);
    let mut sizes = Vec::new();
    for query in ["quality=1", "quality=30", "", "quality=100"] {
        let answer = application().post(&format!("/image/flip?{query}"), file.clone()).await;
        assert_eq!(answer.field("content-type"), "image/jpeg");
        sizes.push(answer.body.len());
    }
    assert!(sizes.is_sorted_by(|smaller, larger| smaller < larger), "{sizes:?}");
    let default = application().post("/image/flip?quality=80", file).await;
    assert_eq!(default.body.len(), sizes[2]);
    application().post("/image/flip?quality=0", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'quality' is '0'; it must be a whole number from 1 to 100.",
        json!({ "parameter": "quality", "actual": "0", "minimum": 1, "maximum": 100 }),
    );
    application().post("/image/flip?quality=80&format=png", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'quality' is '80'; it must be left out with the format png, which has none.",
        json!({ "parameter": "quality", "actual": "80" }),
    );
}

#[tokio::test]
async fn the_background_is_beneath_and_around() {
    let mut clear = Picture::new(16, 16, 4, 255);
    clear.samples.fill(0);
    let file = clear.file(ImageFormat::Png);
    let beneath = post("/image/flip?format=jpeg&background=0000ff", file.clone()).await;
    assert_eq!(beneath.channels, 3);
    let near = |pixel: &[u64]| pixel[0] <= 2 && pixel[1] <= 2 && pixel[2] >= 253;
    assert!(beneath.samples.chunks(3).all(near), "{:?}", &beneath.samples[..3]);
    let around = post("/image/resize:32x16,contain?background=00ff0080", file).await;
    assert_eq!((around.width, around.height), (32, 16));
    assert_eq!(around.samples[..4], [0, 255, 0, 128]);
    assert_eq!(around.samples[8 * 4..9 * 4], [0, 0, 0, 0]);
    application().post("/image/flip?background=blue", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'background' is 'blue'; it must be a colour RRGGBB or RRGGBBAA.",
        json!({ "parameter": "background", "actual": "blue" }),
    );
}

#[tokio::test]
async fn a_radius_is_only_taken_where_a_blur_lacks_one() {
    let answer = application().post("/image/blur:3/flip?radius=2", "").await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["parameter"].as_str()),
        (400, Some("radius"))
    );
    let picture = Picture::new(20, 10, 3, 255);
    let both = post("/image/blur:1/blur?radius=2", picture.file(ImageFormat::Png)).await;
    assert_eq!(both, picture.blur(1).blur(2));
}

#[tokio::test]
async fn each_answer_has_a_tag_of_its_own() {
    let mut tags = std::collections::BTreeSet::new();
    let paths = [
        "/image/flip?file=badge.png",
        "/image/flop?file=badge.png",
        "/image/flip?file=chart.webp",
        "/image/flip?file=badge.png&format=jpeg",
        "/image/flip?file=badge.png&format=jpeg&quality=70",
        "/image/flip?file=badge.png&format=jpeg&background=000000",
        "/image/info?file=badge.png",
    ];
    for path in paths {
        let answer = application().get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        let tag = answer.field("etag").to_owned();
        let fields = [("if-none-match", tag.as_str())];
        let again = application().send(Method::GET, path, &fields, "").await;
        assert_eq!((again.status.as_u16(), again.field("etag")), (304, &*tag), "{path}");
        tags.insert(tag);
    }
    assert_eq!(tags.len(), paths.len());
}
