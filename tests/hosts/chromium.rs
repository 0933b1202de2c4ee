//! The package for browsers, in one.

use edge_tests::{chromium, node};

use crate::golden::{counts, reported};

#[test]
fn a_browser_gives_the_golden_digests() {
    let (Some(mut program), Some(browser)) = (node("chromium.mjs"), chromium()) else { return };
    crate::browser::build();
    assert_eq!(reported(program.arg(browser)), counts());
}
