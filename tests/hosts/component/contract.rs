//! What holds for the component as a whole.

use super::instance::bindings::exports::edge::functions::image::{
    Encoding, Error as ImageError, Format, LimitError, LimitReason,
};
use super::instance::bindings::exports::edge::functions::text::{Error as TextError, LetterCase};
use super::instance::{COMPONENT, Instance, KEPT};
use super::text::upper;
use crate::golden::{self, golden_file};

/// Pipelines that ask for much.
const EXTREMES: [&str; 10] = [
    "",
    "blur:127",
    "gaussian:50",
    "sharpen:10",
    "pixelate:1024",
    "trim:255",
    "rotate:90/flip/flop",
    "resize:32767x32767!,fill",
    "pad:32767x32767",
    "resize:1x1,fill/crop:1x1+32767+32767",
];

impl golden::Host for Instance {
    fn hash(&mut self, algorithm: &str, bytes: Vec<u8>) -> String {
        let hasher = self.hasher(algorithm, None).unwrap();
        let (head, tail) = bytes.split_at(bytes.len() / 3);
        self.update(hasher, head);
        self.update(hasher, tail);
        let hex = self.hex(hasher);
        self.drop(hasher);
        hex
    }

    fn text(&mut self, case: &str, locale: &str, text: &str) -> String {
        let to = match case {
            "upper" => LetterCase::Uppercase,
            "lower" => LetterCase::Lowercase,
            "title" => LetterCase::Titlecase,
            "fold" => LetterCase::Casefold,
            _ => panic!("no case: {case}"),
        };
        self.convert(text, to, Some(locale)).unwrap()
    }

    fn pixels(&mut self, operation: &str, width: u32, height: u32, rgba: Vec<u8>) -> Vec<u8> {
        let image = self.image_of(&rgba, width, height).unwrap();
        self.apply(image, operation).unwrap();
        assert_eq!(self.size(image), (width, height));
        let rgba = self.rgba(image).unwrap();
        self.drop(image);
        rgba
    }

    fn image(&mut self, pipeline: &str, format: &str, file: Vec<u8>) -> Vec<u8> {
        let format = match format {
            "png" => Format::Png,
            "webp" => Format::Webp,
            "gif" => Format::Gif,
            "qoi" => Format::Qoi,
            _ => panic!("no format: {format}"),
        };
        let encoding = Encoding { format: Some(format), ..KEPT };
        let made = self.transform(&file, pipeline, &encoding).unwrap();
        // In steps it is the same; of an animation that is its first frame.
        let image = self.decode(&file).unwrap();
        self.apply(image, pipeline).unwrap();
        let stepwise = self.encode(image, &encoding).unwrap();
        assert_eq!(stepwise, self.transform_frame(&file, pipeline, 0, &encoding).unwrap());
        self.drop(image);
        made
    }
}

#[test]
fn it_gives_the_golden_digests() {
    golden::check(&mut Instance::new());
}

#[test]
fn it_imports_nothing_and_exports_three_interfaces() {
    let ty = COMPONENT.component_type();
    let engine = COMPONENT.engine();
    assert_eq!(ty.imports(engine).count(), 0);
    let exports: Vec<_> = ty.exports(engine).map(|(name, _)| name.to_owned()).collect();
    assert_eq!(
        exports,
        ["edge:functions/hash@0.1.0", "edge:functions/text@0.1.0", "edge:functions/image@0.1.0"]
    );
}

/// Whatever does not trap is an answer or an error.
#[test]
fn no_argument_makes_it_trap() {
    let mut instance = Instance::with_memory(64 << 20);
    let row = vec![7; 4 * 65_535];
    for (width, height) in [(65_535, 1), (1, 65_535), (255, 257), (65_535, 65_535), (0, 0)] {
        let Ok(image) = instance.image_of(&row, width, height) else { continue };
        for pipeline in EXTREMES {
            let _ = instance.apply(image, pipeline);
            let (width, height) = instance.size(image);
            if let Ok(rgba) = instance.rgba(image) {
                assert_eq!(rgba.len() as u32, 4 * width * height, "{pipeline}");
            }
            for format in [Format::Png, Format::Jpeg, Format::Webp, Format::Qoi] {
                let _ = instance.encode(image, &Encoding { format: Some(format), ..KEPT });
            }
        }
        instance.drop(image);
    }
    let png = golden_file("rgba.png");
    for length in 0..png.len() {
        let _ = instance.transform(&png[..length], "rotate:90", &KEPT);
    }
    let long = "/:".repeat(1 << 20);
    assert!(instance.transform(&png, &long, &KEPT).is_err());
    assert!(instance.hasher(&long, Some(long.as_bytes())).is_err());
    assert!(instance.convert(&long, LetterCase::Titlecase, Some(&long)).is_err());
}

#[test]
fn memory_that_the_host_denies_is_an_error() {
    let mut instance = Instance::with_memory(32 << 20);
    let exhausted = ImageError::Limit(LimitError {
        reason: LimitReason::Memory,
        excess: None,
        message: "The picture needs more memory than is free.".to_owned(),
    });
    let image = instance.image_of(&vec![0; 4 << 20], 1024, 1024).unwrap();
    let file = instance.encode(image, &KEPT).unwrap();
    assert_eq!(instance.apply(image, "resize:4096x!"), Err(exhausted.clone()));
    instance.drop(image);
    assert_eq!(instance.transform(&file, "resize:4096x!", &KEPT), Err(exhausted));
    let image = instance.decode(&file).unwrap();
    assert_eq!(instance.size(image), (1024, 1024));
    instance.drop(image);
}

#[test]
fn text_that_there_is_no_memory_for_is_an_error() {
    let mut instance = Instance::with_memory(32 << 20);
    let mut upper = |length| {
        let converted = instance.convert(&"a".repeat(length), LetterCase::Uppercase, None);
        converted.map(|text| text.len())
    };
    let exhausted = TextError::Limit("The text needs more memory than is free.".to_owned());
    assert_eq!(upper(14 << 20), Err(exhausted));
    assert_eq!(upper(1 << 20), Ok(1 << 20));
}

#[test]
fn many_calls_leave_the_memory_where_it_was() {
    let mut instance = Instance::new();
    let png = golden_file("rgba.png");
    let mut round = || {
        let hasher = instance.hasher("blake3", None).unwrap();
        instance.update(hasher, &png);
        instance.hex(hasher);
        instance.drop(hasher);
        let converter = instance.converter(&upper()).unwrap();
        instance.push(converter, "straße".as_bytes()).unwrap();
        instance.finish(converter).unwrap();
        let converter = instance.converter(&upper()).unwrap();
        instance.push(converter, b"a\xff").unwrap_err();
        instance.drop(converter);
        let image = instance.decode(&png).unwrap();
        instance.apply(image, "resize:9x9,cover/blur:2").unwrap();
        instance.encode(image, &KEPT).unwrap();
        instance.drop(image);
        instance.decode(&png[..40]).unwrap_err();
        instance.memory_bytes()
    };
    let before = round();
    let after = (0..10_000).map(|_| round()).last();
    assert_eq!(after, Some(before));
}
