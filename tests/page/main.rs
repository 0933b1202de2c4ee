//! The page in Chromium: the real components, driven as a visitor would. What is looked at stands in
//! `tests/node/page-*.mjs`.

use edge_tests::{Cache, application, chromium, node, output, root};

/// Runs one look at the page, if there is a browser.
#[track_caller]
fn check(name: &str) {
    look(name, application().authority());
}

/// The same of the page in `examples/gallery`, if there is a cache, too.
#[track_caller]
fn check_gallery(name: &str) {
    let Some(cache) = Cache::of_gallery(application()) else { return };
    look(name, &cache.address().to_string());
}

#[track_caller]
fn look(name: &str, authority: &str) {
    let (Some(mut program), Some(browser)) = (node("page.mjs"), chromium()) else { return };
    let url = format!("http://{authority}");
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

#[test]
fn the_gallery_is_cold_then_warm() {
    check_gallery("theGalleryIsColdThenWarm");
}

#[test]
fn the_gallery_is_for_everybody() {
    check_gallery("theGalleryIsForEverybody");
}
