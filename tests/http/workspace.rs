//! What the repository promises of itself.

use std::collections::BTreeSet;
use std::process::Command;

use edge_tests::{application, root, skipped};

/// The packages of a build, each with its version and features.
fn packages(arguments: &[&str]) -> BTreeSet<String> {
    let output = edge_host::outside_cargo("cargo")
        .current_dir(root())
        .args(["tree", "--prefix", "none", "--format", "{p} [{f}]"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    tree.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

/// A shared dependency with other features would make Cargo build wasmtime a second time.
#[test]
fn cargo_up_and_cargo_test_share_one_wasmtime() {
    let up = packages(&["--package", "edge-host", "--edges", "normal,build"]);
    let test = packages(&["--workspace", "--edges", "normal,build,dev"]);
    assert!(up.iter().any(|package| package.starts_with("wasmtime v")));
    let apart: Vec<_> = up.difference(&test).collect();
    assert!(apart.is_empty(), "built anew for `cargo test`: {apart:#?}");
}

/// The README's first screen, as printed, but for the address.
#[test]
fn the_first_curl_lines_work_as_printed() {
    if Command::new("curl").arg("--version").output().is_err() {
        return skipped("there is no curl");
    }
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let blocks: Vec<_> = readme.split("```sh\n").skip(1).collect();
    let lines = blocks[1].split("```").next().unwrap().lines();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    std::fs::create_dir_all(&folder).unwrap();
    let samples = root().join("assets");
    let run = |line: &str| {
        let line = line.replace("localhost:3000", application().authority());
        let line = line.replace("@assets", &format!("@{}", samples.display()));
        let output = Command::new("sh").arg("-c").arg(&line).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{line}");
        String::from_utf8(output.stdout).unwrap()
    };
    let answers: Vec<_> = lines.map(run).collect();
    assert_eq!(answers[..6], ["OK", "a430d84680aabd0b", "STRASSE", "", "", ""]);
    assert!(answers[6].contains(r#""format":"JPEG""#), "{}", answers[6]);
    let begins = |name: &str| std::fs::read(folder.join(name)).unwrap()[..4].to_vec();
    assert_eq!(begins("gray.jpg")[..3], *b"\xff\xd8\xff");
    assert_eq!(begins("thumb.jpg")[..3], *b"\xff\xd8\xff");
    assert_eq!(begins("blurred.png"), b"\x89PNG");
}
