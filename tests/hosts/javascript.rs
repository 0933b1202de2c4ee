//! The operations in plain JavaScript, which the page runs beside the core.

use edge_tests::node;
use serde_json::json;

use crate::golden::reported;

#[test]
fn plain_javascript_does_what_the_core_does() {
    let Some(mut program) = node("javascript.mjs") else { return };
    crate::browser::build();
    let expected = json!({ "pixels": 8, "exact": 97, "close": 10, "wrong": 85 });
    assert_eq!(reported(&mut program), expected);
}
