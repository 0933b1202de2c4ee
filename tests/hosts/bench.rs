//! What the page's bench compares wasm with.

use edge_tests::node;
use serde_json::json;

use crate::golden::reported;

#[test]
fn contenders_in_javascript_make_the_same_and_the_referee_tells_who_does_not() {
    let Some(mut program) = node("bench.mjs") else { return };
    crate::browser::build();
    let checks =
        json!(["digests", "pictures", "spectra", "bodies", "catalogues", "verdicts", "words"]);
    assert_eq!(reported(&mut program), checks);
}
