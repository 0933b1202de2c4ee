//! `/image/info`: what a picture is, and what its camera noted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use edge_tests::application;
use http::Method;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::pictures::{Picture, crc32, jpeg};

#[tokio::test]
async fn a_photograph_is_described_as_it_is_seen() {
    let file = jpeg(48, 32, true, Some(6));
    let bytes = file.len();
    let answer = application().post("/image/info?thumbhash=0", file).await;
    assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, "application/json"));
    assert_eq!((answer.field("vary"), answer.field("etag")), ("Accept", ""));
    let info = json!({
        "format": "JPEG", "width": 32, "height": 48, "orientation": 6, "alpha": false,
        "colour_type": "ycbcr", "bit_depth": 8, "frames": 1, "bytes": bytes, "icc_profile": null,
        "camera": null,
    });
    assert_eq!(answer.json(), info);
}

#[tokio::test]
async fn every_kind_of_png() {
    for (channels, most, colour, depth) in [
        (1, 255, "gray", 8),
        (2, 255, "gray-alpha", 8),
        (3, 65_535, "rgb", 16),
        (4, 65_535, "rgba", 16),
    ] {
        let file = Picture::new(7, 5, channels, most).file(ImageFormat::Png);
        let bytes = file.len();
        let info = application().post("/image/info?thumbhash=0", file).await.json();
        let expected = json!({
            "format": "PNG", "width": 7, "height": 5, "orientation": 1,
            "alpha": channels % 2 == 0, "colour_type": colour, "bit_depth": depth, "frames": 1,
            "bytes": bytes, "icc_profile": null, "camera": null,
        });
        assert_eq!(info, expected);
    }
}

#[tokio::test]
async fn samples_are_described_by_get() {
    for (file, format) in [
        ("landscape.jpg", "JPEG"),
        ("badge.png", "PNG"),
        ("chart.webp", "WebP"),
        ("globe.gif", "GIF"),
    ] {
        let path = format!("/image/info?file={file}");
        let answer = application().get(&path).await;
        assert_eq!(answer.json()["format"], format, "{file}");
        assert!(!answer.field("etag").is_empty());
        let head = application().send(Method::HEAD, &path, &[], "").await;
        assert_eq!(head.field("content-length"), answer.body.len().to_string());
    }
}

#[tokio::test]
async fn what_cannot_be_described() {
    let accept = [("accept", "image/png")];
    application().send(Method::POST, "/image/info", &accept, "").await.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept field takes none of what can be made here: application/json.",
        json!({ "allowed": ["application/json"] }),
    );
    application().post("/image/info", "").await.assert_problem(
        422,
        "empty-body",
        "Empty body",
        "The picture has no bytes.",
        json!({}),
    );
    application().post("/image/info?format=png", "").await.assert_problem(
        400,
        "unknown-parameter",
        "Unknown parameter",
        "The parameter 'format' is not known; this route takes 'thumbhash', 'file', 'url', 'v', 'sig' and 'expires'.",
        json!({ "parameter": "format", "allowed": ["thumbhash", "file", "url", "v", "sig", "expires"] }),
    );
}

/// An Exif block, little-endian: a directory with the camera's make and model, the artist, and where
/// the directories of Exif and of GPS are, which follow it.
fn exif() -> Vec<u8> {
    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    let directories: [&[(u16, u16, Vec<u8>)]; 3] = [
        &[
            (0x010f, ASCII, b"Acme\0".to_vec()),
            (0x0110, ASCII, b"One\0".to_vec()),
            (0x013b, ASCII, b"Somebody\0".to_vec()),
            (0x8769, LONG, vec![]),
            (0x8825, LONG, vec![]),
        ],
        &[
            (0x829a, RATIONAL, [1u32, 250].map(u32::to_le_bytes).concat()),
            (0x829d, RATIONAL, [28u32, 10].map(u32::to_le_bytes).concat()),
            (0x8827, SHORT, 400u16.to_le_bytes().to_vec()),
            (0x9003, ASCII, b"2024:05:06 07:08:09\0".to_vec()),
            (0x9209, SHORT, 0u16.to_le_bytes().to_vec()),
            (0xa431, ASCII, b"Serial-1234\0".to_vec()),
        ],
        &[(0x0001, ASCII, b"N\0".to_vec()), (0x001d, ASCII, b"2024:05:06\0".to_vec())],
    ];
    let length = |directory: &[(u16, u16, Vec<u8>)]| 2 + 12 * directory.len() + 4;
    let starts =
        [8, 8 + length(directories[0]), 8 + length(directories[0]) + length(directories[1])];
    let mut block = b"II*\0\x08\0\0\0".to_vec();
    let mut values = Vec::new();
    let values_start = starts[2] + length(directories[2]);
    for directory in directories {
        block.extend((directory.len() as u16).to_le_bytes());
        for (tag, kind, value) in directory {
            let value = match tag {
                0x8769 => (starts[1] as u32).to_le_bytes().to_vec(),
                0x8825 => (starts[2] as u32).to_le_bytes().to_vec(),
                _ => value.clone(),
            };
            let size = [1, 1, 1, 2, 4, 8][usize::from(*kind)];
            block.extend(tag.to_le_bytes());
            block.extend(kind.to_le_bytes());
            block.extend((value.len() as u32 / size).to_le_bytes());
            let mut field = value.clone();
            if value.len() > 4 {
                field = ((values_start + values.len()) as u32).to_le_bytes().to_vec();
                values.extend(value);
            }
            field.resize(4, 0);
            block.extend(field);
        }
        block.extend([0; 4]);
    }
    [block, values].concat()
}

/// A JPEG with an Exif block.
fn photograph(exif: &[u8]) -> Vec<u8> {
    let mut file = jpeg(24, 16, false, None);
    let segment = [&b"Exif\0\0"[..], exif].concat();
    let length = (segment.len() as u16 + 2).to_be_bytes();
    file.splice(2..2, [&b"\xff\xe1"[..], &length, &segment].concat());
    file
}

/// The same block in each format that has one.
fn photographs() -> [Vec<u8>; 3] {
    let picture = Picture::new(7, 5, 3, 255);
    let mut png = picture.file(ImageFormat::Png);
    let chunk = [b"eXIf".to_vec(), exif()].concat();
    let length = (exif().len() as u32).to_be_bytes();
    let chunk = [&length[..], &chunk, &crc32(&chunk).to_be_bytes()].concat();
    png.splice(33..33, chunk);

    let simple = picture.file(ImageFormat::WebP);
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = (content.len() as u32).to_le_bytes();
        [&kind[..], &length, content, &[0][..content.len() % 2]].concat()
    };
    let extended = chunk(b"VP8X", &[8, 0, 0, 0, 6, 0, 0, 4, 0, 0]);
    let body = [b"WEBP", &extended[..], &simple[12..], &chunk(b"EXIF", &exif())].concat();
    let webp = [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat();
    [png, photograph(&exif()), webp]
}

#[tokio::test]
async fn the_camera_is_described_but_not_who_held_it_nor_where() {
    let camera = json!({
        "make": "Acme", "model": "One", "lens": null, "software": null,
        "taken": "2024-05-06T07:08:09", "exposure_seconds": 0.004, "f_number": 2.8, "iso": 400,
        "exposure_bias_ev": null, "focal_length_mm": null, "focal_length_35mm": null,
        "flash": false,
    });
    for file in photographs() {
        let answer = application().post("/image/info", file.clone()).await;
        assert_eq!(answer.json()["camera"], camera, "{}", answer.text());
        for private in ["Somebody", "Serial", "GPS", "gps", "latitude"] {
            assert!(!answer.text().contains(private), "{}", answer.text());
        }
        // Nor does it go out with the picture.
        let made = application().post("/image/blur", file).await;
        assert!(!made.body.windows(4).any(|bytes| bytes == b"Acme"));
    }
}

/// A directory that points to 2 600 overlapping ones, with some seven million entries in all.
#[tokio::test]
async fn directories_in_directories_take_no_memory() {
    let mut exif = b"II*\0\x08\0\0\0".to_vec();
    exif.extend(2_600u16.to_le_bytes());
    for at in 0..2_600u32 {
        exif.extend([0x69, 0x87, 4, 0, 1, 0, 0, 0]);
        exif.extend((32_000 + at).to_le_bytes());
    }
    exif.resize(65_000, 0x0a);
    let answer = application().post("/image/info", photograph(&exif)).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["camera"]), (200, &Value::Null));
}

#[tokio::test]
async fn a_picture_has_a_thumbhash() {
    for (width, height, channels) in [(1, 1, 3), (40, 30, 3), (30, 40, 4), (100, 100, 4)] {
        let picture = Picture::new(width, height, channels, 255);
        let rgba = picture.dynamic().to_rgba8();
        let expected = STANDARD.encode(thumbhash::rgba_to_thumb_hash(width, height, &rgba));
        let info = application().post("/image/info", picture.file(ImageFormat::Png)).await.json();
        assert_eq!(info["thumbhash"], expected, "{width} x {height}");
    }
    // Of a large one it is that of a smaller one.
    let hash = async |path| application().get(path).await.json()["thumbhash"].clone();
    let large = hash("/image/info?file=landscape.jpg").await;
    let small = application().get("/image/resize:100x100?file=landscape.jpg&format=png").await;
    let small = application().post("/image/info", small.body).await.json()["thumbhash"].clone();
    assert_eq!(large, small);
    assert_ne!(hash("/image/info?file=globe.gif").await, Value::Null);
}

#[tokio::test]
async fn without_its_samples_a_picture_is_still_described() {
    let picture = Picture::new(40, 30, 3, 255).file(ImageFormat::Png);
    let mut broken = picture.clone();
    let data = broken.windows(4).position(|kind| kind == b"IDAT").unwrap() + 4;
    broken[data..data + 20].fill(0xff);
    let mut large = picture.clone();
    large[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let checksum = crc32(&large[12..29]).to_be_bytes();
    large[29..33].copy_from_slice(&checksum);
    for (file, width) in [(broken, 40), (large, 65_535)] {
        let info = application().post("/image/info", file).await;
        assert_eq!((info.status.as_u16(), &info.json()["width"]), (200, &json!(width)));
        assert_eq!(info.json()["thumbhash"], Value::Null);
    }
    let info = application().post("/image/info?thumbhash=0", picture).await;
    assert_eq!(info.json().get("thumbhash"), None);
    let steps = info.field("server-timing");
    assert!(steps.contains("info;dur=") && !steps.contains("thumbhash"), "{steps}");
    application().post("/image/info?thumbhash=2", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'thumbhash' is '2'; it must be a whole number from 0 to 1.",
        json!({ "parameter": "thumbhash", "actual": "2", "minimum": 0, "maximum": 1 }),
    );
}
