//! The manifest grants what the design lists, and nothing more.

use std::collections::BTreeMap;

use edge_tests::root;
use toml::{Table, Value};

fn manifest() -> Table {
    std::fs::read_to_string(root().join("spin.toml")).unwrap().parse().unwrap()
}

fn names(table: Option<&Value>) -> Vec<&str> {
    table.and_then(Value::as_table).into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn each_component_has_its_own_grants() {
    let image = vec![
        "cache_control",
        "cors_origins",
        "image_max_body_bytes",
        "max_pixels",
        "max_side",
        "memory_budget_bytes",
        "only_presets",
        "presets",
        "signing_key",
    ];
    let hash = vec!["cors_origins", "signing_key", "stream_max_body_bytes"];
    let stream = vec!["cors_origins", "stream_max_body_bytes"];
    let origin = vec!["{{ source_origin }}"];
    let expected = BTreeMap::from([
        ("health", (vec![], vec![], vec!["cors_origins"])),
        ("hash", (origin.clone(), vec![], hash)),
        ("uppercase", (vec![], vec![], stream)),
        ("image", (origin, vec![("assets/samples", "/samples")], image)),
        ("site", (vec![], vec![("target/site", "/")], vec![])),
    ]);
    let manifest = manifest();
    let components = manifest["component"].as_table().unwrap();
    let granted: BTreeMap<_, _> = components
        .iter()
        .map(|(name, component)| {
            let list = |key| component.get(key).and_then(Value::as_array).into_iter().flatten();
            let hosts = list("allowed_outbound_hosts").map(|host| host.as_str().unwrap()).collect();
            let side = |mount: &'_ Value, key| mount[key].as_str().unwrap().to_owned();
            let files: Vec<_> = list("files")
                .map(|mount| (side(mount, "source"), side(mount, "destination")))
                .collect();
            (name.as_str(), (hosts, files, names(component.get("variables"))))
        })
        .collect();
    let expected: BTreeMap<_, _> = expected
        .into_iter()
        .map(|(name, (hosts, files, variables))| {
            let files = files
                .into_iter()
                .map(|(source, destination)| (source.to_owned(), destination.to_owned()));
            (name, (hosts, files.collect::<Vec<_>>(), variables))
        })
        .collect();
    assert_eq!(granted, expected);
}

#[test]
fn every_component_has_its_routes_and_a_way_to_be_built() {
    let manifest = manifest();
    let triggers = manifest["trigger"]["http"].as_array().unwrap();
    let routes: Vec<_> = triggers
        .iter()
        .map(|trigger| (trigger["route"].as_str().unwrap(), trigger["component"].as_str().unwrap()))
        .collect();
    let expected = [
        ("/health", "health"),
        ("/hash", "hash"),
        ("/uppercase", "uppercase"),
        ("/lowercase", "uppercase"),
        ("/titlecase", "uppercase"),
        ("/casefold", "uppercase"),
        ("/image/...", "image"),
        ("/...", "site"),
    ];
    assert_eq!(routes, expected);
    for (name, component) in manifest["component"].as_table().unwrap() {
        let build = format!("cargo build --package edge-{name} --target wasm32-wasip2 --release");
        let expected = match name.as_str() {
            "site" => Value::from(vec![build, "cargo xtask site".to_owned()]),
            _ => Value::from(build),
        };
        assert_eq!(component["build"]["command"], expected);
        assert_ne!(component["description"].as_str(), Some(""));
    }
}

#[test]
fn versions_agree() {
    assert_eq!(manifest()["application"]["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
}
