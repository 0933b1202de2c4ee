//! What the page's bench compares wasm with.

use edge_tests::{node, output, root};
use serde_json::{Value, json};

use crate::golden::reported;

#[test]
fn contenders_in_javascript_make_the_same_and_the_referee_tells_who_does_not() {
    let Some(mut program) = node("bench.mjs") else { return };
    crate::browser::build();
    let checks =
        json!(["digests", "pictures", "spectra", "bodies", "catalogues", "verdicts", "words"]);
    assert_eq!(reported(&mut program), checks);
}

#[test]
fn a_case_of_each_module_is_measured_under_node() {
    // The path is absolute: the program runs where it stands.
    let program = root().join("benches/browser/page.mjs");
    let page = || node(program.to_str().unwrap());
    if page().is_none() {
        return;
    }
    output(edge_host::outside_cargo("cargo").args(["xtask", "site"]).current_dir(root()));
    for (case, title) in [("grayscale", "4K grayscale"), ("sort", "Sort of 1 M numbers")] {
        let report = output(page().unwrap().arg(root().join("target/site")).arg(case));
        let report: Value = serde_json::from_str(&report).unwrap();
        let text = |field: &str| report[field].as_str().unwrap();
        let rows = text("table").lines().skip(2).take_while(|line| !line.is_empty());
        let [row] = *rows.collect::<Vec<_>>() else { panic!("{report}") };
        let cells: Vec<_> = row.trim_matches(['|', ' ']).split(" | ").collect();
        assert_eq!((cells[0], cells.len()), (title, 6), "{row}");
        for number in &cells[1..5] {
            assert!(number.trim_matches('*').parse::<f64>().unwrap() > 0.0, "{row}");
        }
        let [sources] = report["sources"].as_array().unwrap().as_slice() else {
            panic!("{report}")
        };
        assert_eq!(sources[0], title);
        assert_eq!(sources.as_array().unwrap().len(), 3);
        assert!(text("machine").contains(" processors, "), "{report}");
        assert!(text("engine").starts_with("Node "), "{report}");
    }
}
