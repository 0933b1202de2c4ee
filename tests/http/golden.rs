//! The golden answers, of the real components: `tests/data/golden.txt`.

use std::fs;

use edge_tests::{application, root};
use sha2::{Digest, Sha256};

/// The path that answers a line of this kind, and whether the answer is the digest itself.
fn path(question: &[&str]) -> Option<(String, bool)> {
    Some(match *question {
        ["hash", algorithm] => (format!("/hash?algorithm={algorithm}"), true),
        ["text", case, locale] => (format!("/{}?locale={locale}", route(case)), false),
        ["image", pipeline, format] => (format!("/image/{pipeline}?format={format}"), false),
        // No route takes bare pixels.
        ["pixels", ..] => return None,
        _ => panic!("a line of another kind: {question:?}"),
    })
}

fn route(case: &str) -> &'static str {
    match case {
        "upper" => "uppercase",
        "lower" => "lowercase",
        "title" => "titlecase",
        "fold" => "casefold",
        other => panic!("no case {other}"),
    }
}

#[tokio::test]
async fn every_route_gives_the_golden_answers() {
    let data = root().join("tests/data");
    let golden = fs::read_to_string(data.join("golden.txt")).unwrap();
    let mut answered = 0;
    for line in golden.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<_> = line.split(' ').collect();
        let [expected, question @ .., name] = &words[..] else { panic!("a short line: {line}") };
        let Some((path, is_digest)) = path(question) else { continue };
        let body = fs::read(data.join("golden").join(name)).unwrap();
        let answer = application().post(&path, body).await;
        assert_eq!(answer.status, 200, "{line}");
        let actual = match is_digest {
            true => answer.text().to_owned(),
            false => Sha256::digest(&answer.body).iter().map(|b| format!("{b:02x}")).collect(),
        };
        assert_eq!(actual, *expected, "{line}");
        answered += 1;
    }
    assert_eq!(answered, golden.lines().count() - 2 - 8, "all but comments and pixels");
}
