//! The npm package for browsers, in Node.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use edge_tests::{node, output, root};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};

use crate::golden::{counts, reported};

/// The most bytes of the kernels' module, by gzip.
const KERNELS_GZIP_BYTES: usize = 15_000;

/// Makes the package; its folder.
pub fn build() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        output(edge_host::outside_cargo("cargo").args(["xtask", "browser"]).current_dir(root()));
        root().join("target/browser")
    });
    &FOLDER
}

#[test]
fn each_entry_gives_the_golden_answers_with_simd_and_without() {
    let Some(mut program) = node("browser.mjs") else { return };
    build();
    let all = counts();
    let some = |kinds: &[&str]| {
        let lines = kinds.iter().map(|&kind| (kind.to_owned(), all[kind].clone()));
        Value::from(lines.collect::<Map<_, _>>())
    };
    let expected: Map<_, _> = [
        ("", all.clone()),
        ("/kernels", some(&["pixels"])),
        ("/text", some(&["text"])),
        ("/hash", some(&["hash"])),
    ]
    .into_iter()
    .flat_map(|(entry, lines)| {
        ["simd", "portable"].map(|build| (format!("edge-functions{entry} {build}"), lines.clone()))
    })
    .collect();
    assert_eq!(reported(&mut program), json!(expected));
}

#[test]
fn typescript_and_a_bundler_take_the_package() {
    let Some(mut program) = node("browser-package.mjs") else { return };
    build();
    let mut expected = counts();
    expected.as_object_mut().unwrap().remove("text");
    assert_eq!(reported(&mut program), expected);
}

#[test]
fn the_kernels_are_small() {
    for build in [build().join("simd"), build().join("portable")] {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        io::copy(&mut File::open(build.join("kernels_bg.wasm")).unwrap(), &mut gzip).unwrap();
        let bytes = gzip.finish().unwrap().len();
        assert!(bytes <= KERNELS_GZIP_BYTES, "{}: {bytes} bytes", build.display());
    }
}
