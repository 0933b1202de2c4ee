//! Answers to the last bit, the same on every host: `tests/data/golden.txt` has a line for each, and
//! `tests/data/golden/` what they are made of. Every host that the core is made for reads both.

use sha2::{Digest, Sha256};

use crate::hash::{Algorithm, hex};
use crate::image::{Encoding, Limits, Output, Picture, Pipeline};
use crate::pixels::rgba;
use crate::text::{Case, Locale};

const GOLDEN: &str = include_str!("../../../tests/data/golden.txt");

/// What the lines are made of.
macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_bytes!(concat!("../../../tests/data/golden/", $name)).as_slice())),*]
    };
}

const FILES: [(&str, &[u8]); 18] = files! {
    "bytes.bin" "letters.txt" "pixels.rgba" "opaque.rgba"
    "l.png" "la.png" "rgb.png" "rgba.png" "palette.png" "palette-alpha.png"
    "l16.png" "la16.png" "rgb16.png" "rgba16.png" "cmyk.jpg" "rgb.jpg"
    "animation.png" "animation.gif"
};

/// The digest at the beginning of a line whose other words are these.
fn answer(words: &[&str]) -> String {
    let (name, question) = words.split_last().expect("a line ends with a file");
    let file = FILES.iter().find(|(known, _)| known == name).expect("a file of the list").1;
    let answer = match *question {
        ["hash", algorithm] => return digest(algorithm, file),
        ["text", case, locale] => convert(case, locale, file),
        ["pixels", operation, sides] => change(operation, sides, file),
        ["image", pipeline, format] => transform(pipeline, format, file),
        _ => panic!("a line of another kind: {words:?}"),
    };
    hex(&Sha256::digest(answer))
}

fn digest(algorithm: &str, file: &[u8]) -> String {
    let mut hasher = Algorithm::named(algorithm).unwrap().start(None).unwrap();
    hasher.update(file);
    hex(&hasher.digest())
}

fn convert(case: &str, locale: &str, file: &[u8]) -> Vec<u8> {
    let case = match case {
        "upper" => Case::Upper,
        "lower" => Case::Lower,
        "title" => Case::Title,
        "fold" => Case::Fold,
        other => panic!("no case {other}"),
    };
    let text = str::from_utf8(file).unwrap();
    case.convert(&Locale::parse(locale).unwrap(), text).unwrap().into()
}

fn change(operation: &str, sides: &str, file: &[u8]) -> Vec<u8> {
    let mut pixels = file.to_vec();
    match operation.strip_prefix("blur:") {
        Some(radius) => {
            let (width, height) = sides.split_once('x').unwrap();
            let number = |text: &str| text.parse().unwrap();
            rgba::box_blur(&mut pixels, number(width), number(height), number(radius)).unwrap();
        }
        None => rgba::grayscale(&mut pixels).unwrap(),
    }
    pixels
}

fn transform(pipeline: &str, format: &str, file: &[u8]) -> Vec<u8> {
    let limits = Limits { side: 1_000, pixels: 100_000, memory_bytes: 1 << 30 };
    let pipeline: Pipeline = pipeline.parse().unwrap();
    let encoding = Encoding::read(Some(format), Output::Png, None, None).unwrap();
    let mut answer = Vec::new();
    let picture = Picture::open(file, &limits).unwrap();
    let plan = picture.plan(&pipeline, &encoding, &limits, 0).unwrap();
    plan.transform(&mut answer, |_| {}).unwrap();
    answer
}

#[test]
fn answers_are_the_same_everywhere() {
    let answered = |line: &str| {
        if line.starts_with('#') {
            return format!("{line}\n");
        }
        let words: Vec<_> = line.split(' ').skip(1).collect();
        format!("{} {}\n", answer(&words), words.join(" "))
    };
    let lines: String = GOLDEN.lines().map(answered).collect();
    assert_eq!(lines, GOLDEN, "the answers are:\n{lines}");
}
