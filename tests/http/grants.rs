//! What each component may reach, and what it may not. The runtime enforces it: these tests put a
//! component that would read files and call hosts, `image`, in the place of each of the others.

use std::path::PathBuf;

use edge_tests::{App, Origin, application, deploy, root};
use http::Method;
use serde_json::json;
use toml::{Table, Value};

/// A copy of the manifest, changed, with paths that hold from anywhere.
fn variant(name: &str, change: impl Fn(&mut Table)) -> PathBuf {
    let text = std::fs::read_to_string(root().join("spin.toml")).unwrap();
    let mut manifest: Table = text.parse().unwrap();
    for (_, component) in manifest["component"].as_table_mut().unwrap() {
        let component = component.as_table_mut().unwrap();
        // The shared application has built them.
        component.remove("build");
        absolute(&mut component["source"]);
        for mount in component.get_mut("files").and_then(Value::as_array_mut).into_iter().flatten()
        {
            absolute(&mut mount["source"]);
        }
    }
    change(&mut manifest);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("manifests");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.toml"));
    std::fs::write(&path, manifest.to_string()).unwrap();
    path
}

fn absolute(path: &mut Value) {
    *path = root().join(path.as_str().unwrap()).to_str().unwrap().into();
}

/// The application with `image`'s code under the grants of `component`.
fn image_in_place_of(component: &str, origin: &Origin) -> Option<App> {
    application();
    let manifest = variant(&format!("image-as-{component}"), |manifest| {
        let source = manifest["component"]["image"]["source"].clone();
        manifest["component"][component]["source"] = source;
        for trigger in manifest["trigger"]["http"].as_array_mut().unwrap() {
            if trigger["component"].as_str() == Some("image") {
                trigger["component"] = component.into();
            }
        }
    });
    deploy(&manifest, &[("source_origin", &origin.url(""))])
}

#[tokio::test]
async fn image_reads_its_samples() {
    let answer = application().get("/image/grayscale?file=landscape.jpg").await;
    assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, "image/jpeg"));
    assert_eq!(answer.field("cache-control"), "public, max-age=3600");
    let tag = answer.field("etag");
    let head =
        application().send(Method::HEAD, "/image/grayscale?file=landscape.jpg", &[], "").await;
    assert_eq!((head.field("etag"), head.body.len()), (tag, 0));
    assert_eq!(head.field("content-length"), answer.body.len().to_string());
    let fields = [("if-none-match", tag)];
    let again =
        application().send(Method::GET, "/image/grayscale?file=landscape.jpg", &fields, "").await;
    assert_eq!((again.status.as_u16(), again.body.len(), again.field("etag")), (304, 0, tag));
    assert_eq!(
        (again.field("vary"), again.field("cache-control")),
        ("Accept", "public, max-age=3600")
    );
    for other in
        ["/image/blur?file=landscape.jpg", "/image/grayscale?file=landscape.jpg&format=png"]
    {
        assert_ne!(application().get(other).await.field("etag"), tag, "{other}");
    }
}

#[tokio::test]
async fn image_reads_nothing_beside_its_samples() {
    application().get("/image/grayscale?file=nothing.png").await.assert_problem(
        404,
        "file-not-found",
        "File not found",
        "There is no file 'nothing.png'.",
        json!({ "file": "nothing.png" }),
    );
    for (query, name) in [
        ("/etc/passwd", "/etc/passwd"),
        ("../spin.toml", "../spin.toml"),
        ("%2e%2e%2fspin.toml", "../spin.toml"),
        ("a/../../x", "a/../../x"),
        ("..%5Cspin.toml", "..\\spin.toml"),
        ("landscape.jpg%00", "landscape.jpg\0"),
        ("", ""),
    ] {
        application().get(&format!("/image/blur?file={query}")).await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!(
                "The parameter 'file' is '{name}'; it must be the name of a file, without '..', a backslash or a leading slash."
            ),
            json!({ "parameter": "file", "actual": name }),
        );
    }
}

#[tokio::test]
async fn a_link_out_of_the_mount_leads_nowhere() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("samples-with-links");
    let outside = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("outside.jpg");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(root().join("assets/samples/landscape.jpg"), &outside).unwrap();
    std::fs::copy(&outside, folder.join("inside.jpg")).unwrap();
    for (link, target) in [("link.jpg", outside.as_path()), ("passwd", "/etc/passwd".as_ref())] {
        let link = folder.join(link);
        if link.symlink_metadata().is_err() {
            std::os::unix::fs::symlink(target, link).unwrap();
        }
    }
    application();
    let manifest = variant("links", |manifest| {
        manifest["component"]["image"]["files"][0]["source"] = folder.to_str().unwrap().into();
    });
    let Some(app) = deploy(&manifest, &[]) else { return };
    assert_eq!(app.get("/image/grayscale?file=inside.jpg").await.status, 200);
    for name in ["link.jpg", "passwd"] {
        let answer = app.get(&format!("/image/grayscale?file={name}")).await;
        assert_eq!(answer.json()["type"], "/problems/file-not-found", "{name}");
    }
}

#[tokio::test]
async fn other_components_have_no_files_of_image() {
    let origin = Origin::new();
    for component in ["health", "hash", "uppercase", "site"] {
        let Some(app) = image_in_place_of(component, &origin) else { return };
        let answer = app.get("/image/grayscale?file=landscape.jpg").await;
        assert_eq!(answer.json()["type"], "/problems/file-not-found", "{component}");
    }
}

#[tokio::test]
async fn only_image_and_hash_reach_the_origin() {
    let origin = Origin::new();
    let sample = std::fs::read(root().join("assets/samples/landscape.jpg")).unwrap();
    let url = origin.serve("/landscape.jpg", "image/jpeg", &sample);
    for (component, granted) in
        [("image", true), ("hash", true), ("health", false), ("uppercase", false), ("site", false)]
    {
        let Some(app) = image_in_place_of(component, &origin) else { return };
        let before = origin.request_count();
        let answer = app.get(&format!("/image/grayscale?url={url}")).await;
        assert_eq!(answer.status, if granted { 200 } else { 403 }, "{component}");
        assert_eq!(origin.request_count() - before, usize::from(granted), "{component}");
    }
}
