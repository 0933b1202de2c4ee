//! The tables for those who come from elsewhere: what stands there as ours is taken.

use std::fs;

use edge_tests::{deploy, manifest, root};

/// What the tables call `thumb`.
const PRESETS: &str = "thumb=resize:200x200,cover/sharpen";

/// Every span of code, and line of an example, that is a path of ours, each once.
fn paths(page: &str) -> Vec<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("here"));
    let mut paths: Vec<_> =
        page.split('`').chain(lines).map(|path| path.trim().to_owned()).collect();
    paths.retain(|path| path.starts_with("/image/"));
    paths.sort();
    paths.dedup();
    paths
}

/// A request for a path, of a picture that is there: hosts and signatures have tests of their own.
fn request(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_kept = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        !["", "file", "url", "sig", "expires"].contains(&name)
    };
    let mut pairs: Vec<_> = query.split('&').filter(is_kept).collect();
    pairs.push("file=landscape.jpg");
    format!("{path}?{}", pairs.join("&"))
}

#[tokio::test]
async fn every_url_of_ours_is_taken() {
    let page = fs::read_to_string(root().join("functions/image/COMING-FROM.md")).unwrap();
    let paths = paths(&page);
    assert!(paths.len() > 60, "{} paths", paths.len());
    assert_eq!(page.lines().filter(|line| line.starts_with("here")).count(), 3);
    let Some(app) = deploy(&manifest(), &[("presets", PRESETS)]) else { return };
    for path in paths {
        let answer = app.get(&request(&path)).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    }
}

#[test]
fn every_row_says_how_or_that_it_is_not_there() {
    let page = fs::read_to_string(root().join("functions/image/COMING-FROM.md")).unwrap();
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 5, "{line}");
        let is_head = ["imgproxy", "ipx", "imagor"].contains(&cells[1]);
        let says = ["here", "–", "always"].contains(&cells[2]) || cells[2].starts_with("`/image/");
        assert!(says && (is_head == (cells[2] == "here")), "{line}");
    }
}
