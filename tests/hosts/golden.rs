//! The golden digests, for hosts that Rust calls. A line is `DIGEST KIND ARGUMENT… FILE`: see
//! `tests/data/golden.txt`.

use std::fs;
use std::process::Command;

use edge_tests::{output, root};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// What a host offers of the golden lines.
pub trait Host {
    /// A digest in hexadecimal.
    fn hash(&mut self, algorithm: &str, bytes: Vec<u8>) -> String;
    /// Text in another case; the locale `und` is the root.
    fn text(&mut self, case: &str, locale: &str, text: &str) -> String;
    /// Pixels of RGBA after an operation.
    fn pixels(&mut self, operation: &str, width: u32, height: u32, rgba: Vec<u8>) -> Vec<u8>;
    /// A picture's file after a pipeline.
    fn image(&mut self, pipeline: &str, format: &str, file: Vec<u8>) -> Vec<u8>;
}

/// Does every line.
///
/// # Panics
/// With the line that the host does otherwise.
pub fn check(host: &mut impl Host) {
    for line in lines() {
        let (expected, rest) = line.split_once(' ').unwrap();
        let (arguments, name) = rest.rsplit_once(' ').unwrap();
        let file = golden_file(name);
        let actual = match *arguments.split(' ').collect::<Vec<_>>() {
            ["hash", algorithm] => host.hash(algorithm, file),
            ["text", case, locale] => {
                let text = String::from_utf8(file).unwrap();
                sha_256(host.text(case, locale, &text).as_bytes())
            }
            ["pixels", operation, size] => {
                let (width, height) = size.split_once('x').unwrap();
                let (width, height) = (width.parse().unwrap(), height.parse().unwrap());
                sha_256(&host.pixels(operation, width, height, file))
            }
            ["image", pipeline, format] => sha_256(&host.image(pipeline, format, file)),
            _ => panic!("no kind of line: {line}"),
        };
        assert_eq!(actual, expected, "{line}");
    }
}

/// How many lines of each kind a program reports that it did, in the last line it prints.
pub fn reported(program: &mut Command) -> Value {
    let report = output(program.arg(root()));
    serde_json::from_str(report.lines().last().unwrap()).unwrap()
}

/// How many lines there are of each kind.
pub fn counts() -> Value {
    let mut counts = Map::new();
    for line in lines() {
        let kind = line.split(' ').nth(1).unwrap();
        let count = counts.get(kind).and_then(Value::as_u64).unwrap_or_default();
        counts.insert(kind.to_owned(), (count + 1).into());
    }
    counts.into()
}

/// A file that a golden line names.
pub fn golden_file(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/data/golden").join(name)).unwrap()
}

fn lines() -> Vec<String> {
    let golden = fs::read_to_string(root().join("tests/data/golden.txt")).unwrap();
    let is_check = |line: &&str| !line.is_empty() && !line.starts_with('#');
    golden.lines().filter(is_check).map(str::to_owned).collect()
}

fn sha_256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
