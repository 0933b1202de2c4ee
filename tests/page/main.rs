//! The page in Chromium: the real components, driven as a visitor would. What is looked at stands in
//! `tests/node/page-*.mjs`.

use edge_tests::{application, chromium, node, output, root};

/// Runs one look at the page, if there is a browser.
#[track_caller]
fn check(name: &str) {
    let (Some(mut program), Some(browser)) = (node("page.mjs"), chromium()) else { return };
    let url = format!("http://{}", application().authority());
    output(program.arg(browser).arg(root()).args([&url, name]));
}

#[test]
fn every_operation_in_every_column() {
    check("everyOperationInEveryColumn");
}

#[test]
fn a_sample_in_every_column() {
    check("aSampleInEveryColumn");
}

#[test]
fn files_are_dropped() {
    check("filesAreDropped");
}

#[test]
fn nothing_serious_is_in_the_way() {
    check("nothingSeriousIsInTheWay");
}

#[test]
fn a_phone_is_wide_enough() {
    check("aPhoneIsWideEnough");
}

#[test]
fn the_tab_key_reaches_everything() {
    check("theTabKeyReachesEverything");
}

#[test]
fn the_bench_measures() {
    check("theBenchMeasures");
}
