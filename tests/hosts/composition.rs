//! The component as what a Spin component depends on: `examples/spin`, composed as Spin does it for
//! `[component.digest.dependencies]`, on our own host.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use edge_host::{Application, Options};
use edge_tests::{deploy, output, root};
use toml::{Table, Value};
use wac_graph::types::Package;
use wac_graph::{CompositionGraph, EncodeOptions};

use crate::component;

/// The example's folder, built.
static EXAMPLE: LazyLock<PathBuf> = LazyLock::new(|| {
    component::file();
    let arguments =
        ["build", "--package", "edge-example-spin", "--target", "wasm32-wasip2", "--release"];
    output(edge_host::outside_cargo("cargo").args(arguments).current_dir(root()));
    root().join("examples/spin")
});

fn read_manifest() -> Table {
    fs::read_to_string(EXAMPLE.join("spin.toml")).unwrap().parse().unwrap()
}

/// The component's table in the manifest.
fn digest(manifest: &mut Table) -> &mut Table {
    manifest["component"]["digest"].as_table_mut().unwrap()
}

/// The component's file with each import that a dependency is named for instantiated from the
/// dependency's file, which exports the same.
fn compose(component: &Path, dependencies: &[(String, PathBuf)]) -> Vec<u8> {
    let mut graph = CompositionGraph::new();
    let instantiate = |graph: &mut CompositionGraph, name: &str, file: &Path| {
        let package = Package::from_file(name, None, file, graph.types_mut()).unwrap();
        let exports: Vec<_> = graph.types()[package.ty()].exports.keys().cloned().collect();
        let package = graph.register_package(package).unwrap();
        (graph.instantiate(package), exports)
    };
    let (main, exports) = instantiate(&mut graph, "example:digest", component);
    for (import, file) in dependencies {
        let (dependency, _) = instantiate(&mut graph, "edge:functions", file);
        let export = graph.alias_instance_export(dependency, import).unwrap();
        graph.set_instantiation_argument(main, import, export).unwrap();
    }
    for name in exports {
        let export = graph.alias_instance_export(main, &name).unwrap();
        graph.export(export, name).unwrap();
    }
    graph.encode(EncodeOptions::default()).unwrap()
}

/// The example's manifest after composition: the file in place of source, dependencies and build.
fn composed_manifest() -> PathBuf {
    let mut manifest = read_manifest();
    let component = digest(&mut manifest);
    let Some(Value::Table(dependencies)) = component.remove("dependencies") else { panic!() };
    let path = |dependency: &Value| EXAMPLE.join(dependency["path"].as_str().unwrap());
    let dependencies: Vec<_> =
        dependencies.iter().map(|(name, table)| (name.clone(), path(table))).collect();
    assert_eq!(dependencies.len(), 1);
    let file = compose(&EXAMPLE.join(component["source"].as_str().unwrap()), &dependencies);

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("composition");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("digest.wasm"), file).unwrap();
    component.remove("build");
    component.insert("source".to_owned(), "digest.wasm".into());
    let path = folder.join("spin.toml");
    fs::write(&path, manifest.to_string()).unwrap();
    path
}

#[tokio::test]
async fn a_spin_component_answers_with_what_its_dependency_computes() {
    let Some(app) = deploy(&composed_manifest(), &[]) else { return };
    // FIPS 180-4, and a body of several chunks.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    for (body, expected) in [("abc".to_owned(), abc), ("a".repeat(1_000_000), million)] {
        let answer = app.post("/digest", body).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, expected));
    }
}

#[test]
fn a_manifest_with_dependencies_is_left_to_spin() {
    let error = Application::load(&Options::new(EXAMPLE.join("spin.toml"))).err().unwrap();
    assert_eq!(
        format!("{error:#}").split(": ").skip(1).collect::<Vec<_>>().join(": "),
        "component `digest`: `dependencies` is not supported by this host; run the application with `spin up`"
    );
}
