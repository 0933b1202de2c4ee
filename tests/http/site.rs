use std::path::PathBuf;

use edge_tests::{application, root, skipped};
use http::Method;
use serde_json::json;
use toml::Table;

fn page() -> String {
    std::fs::read_to_string(root().join("site/index.html")).unwrap()
}

/// The values between which the page's inputs of this name choose.
fn choices(page: &str, name: &str) -> Vec<String> {
    let start = format!("name=\"{name}\" value=\"");
    let inputs = page.split(&*start).skip(1);
    inputs.map(|input| input.split('"').next().unwrap().to_owned()).collect()
}

/// The routes of the manifest, each with its component.
fn routes() -> Vec<(String, String)> {
    let manifest = std::fs::read_to_string(root().join("spin.toml")).unwrap();
    let manifest: Table = manifest.parse().unwrap();
    let triggers = manifest["trigger"]["http"].as_array().unwrap().iter();
    let member = |trigger: &toml::Value, key| trigger[key].as_str().unwrap().to_owned();
    triggers.map(|trigger| (member(trigger, "route"), member(trigger, "component"))).collect()
}

#[test]
fn the_page_lists_every_route() {
    let page = page();
    for (route, _) in routes() {
        let path = match route.strip_suffix("...") {
            Some("/") => "/".to_owned(),
            Some(prefix) => format!("{prefix}…"),
            None => route,
        };
        assert!(page.contains(&format!("\">{path}</a></th>")), "{path}");
    }
}

#[test]
fn the_page_offers_every_case_mapping() {
    let routes = routes().into_iter().filter(|(_, component)| component == "uppercase");
    let mappings: Vec<_> =
        routes.map(|(route, _)| route.trim_start_matches('/').to_owned()).collect();
    assert_eq!(choices(&page(), "mapping"), mappings);
}

#[tokio::test]
async fn the_page_offers_languages_that_are_taken() {
    let languages = choices(&page(), "language");
    assert_eq!(languages[0], "");
    for language in &languages[1..] {
        let path = format!("/uppercase?locale={language}");
        assert_eq!(application().post(&path, "i").await.status, 200, "{language}");
    }
}

#[tokio::test]
async fn the_page_offers_every_encoding_of_digests() {
    let answer = application().post("/hash?encoding=none", "").await;
    let encodings = choices(&page(), "encoding").join(", ");
    let detail = format!("The parameter 'encoding' is 'none'; it must be one of {encodings}.");
    assert_eq!(answer.json()["detail"], *detail);
}

/// Which algorithms there are is the server's to say: the page names none, so that it lacks none.
#[tokio::test]
async fn the_page_names_no_algorithm() {
    let list = application().get("/hash").await.json();
    let names: Vec<_> =
        list.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"sha-256"), "{names:?}");
    let files = std::fs::read_dir(root().join("site")).unwrap().map(|file| file.unwrap().path());
    for file in files.filter(|file| file.is_file()) {
        let text = std::fs::read_to_string(&file).unwrap();
        let is_word_part = |letter: char| letter.is_alphanumeric() || letter == '-';
        for word in text.split(|letter| !is_word_part(letter)) {
            assert!(!names.contains(&word), "{}: {word}", file.display());
        }
    }
}

/// The paths of the page and of all files that it and they name, as the deployment serves them.
async fn served() -> Vec<String> {
    let mut paths = vec!["/".to_owned()];
    let mut read = 0;
    while let Some(path) = paths.get(read).cloned() {
        read += 1;
        let is_text = ["/", ".css", ".js"].iter().any(|end| path.ends_with(end));
        if !is_text {
            continue;
        }
        let answer = application().get(&path).await;
        let strings = answer.text().split(['"', '\'', '(', ')']);
        for name in strings.filter(|name| is_hashed(name)) {
            let named = resolve(&path, name);
            if !paths.contains(&named) {
                paths.push(named);
            }
        }
    }
    paths
}

/// Whether a path is `NAME.HASH.EXTENSION`, where the hash has eight hexadecimal digits.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap();
    match name.split('.').collect::<Vec<_>>()[..] {
        [_, hash, _] => hash.len() == 8 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()),
        _ => false,
    }
}

/// The path that `name` means in the file `from`.
fn resolve(from: &str, name: &str) -> String {
    let (mut folder, _) = from.rsplit_once('/').unwrap();
    let mut name = name.trim_start_matches("./");
    while let Some(rest) = name.strip_prefix("../") {
        (folder, _) = folder.rsplit_once('/').unwrap();
        name = rest;
    }
    format!("{folder}/{name}")
}

/// The path of the one file with this name before its hash, and this extension.
async fn hashed(stem: &str, extension: &str) -> String {
    let prefix = format!("/{stem}.");
    let is_it = |path: &String| path.starts_with(&prefix) && path.ends_with(extension);
    served().await.into_iter().find(is_it).unwrap()
}

/// The folder of which the page is served; `None`, and a word about it, where that is another
/// deployment's.
#[track_caller]
fn mounted() -> Option<PathBuf> {
    if std::env::var_os("APP_URL").is_some() {
        skipped("the deployment's files cannot be read");
        return None;
    }
    Some(root().join("target/site"))
}

#[tokio::test]
async fn every_file_is_served_as_what_it_is() {
    let (folder, paths) = (mounted(), served().await);
    for extension in ["css", "js", "jpg", "svg", "wasm"] {
        assert!(paths.iter().any(|path| path.ends_with(extension)), "{extension}: {paths:?}");
    }
    for path in paths {
        let media = match path.rsplit('.').next().unwrap() {
            "/" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "gif" => "image/gif",
            "jpg" => "image/jpeg",
            "png" => "image/png",
            "svg" => "image/svg+xml",
            "webp" => "image/webp",
            "wasm" => "application/wasm",
            other => panic!("a file of the site that ends in {other}"),
        };
        let answer = application().get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, media), "{path}");
        if let Some(folder) = &folder {
            let name = if path == "/" { "index.html" } else { &path[1..] };
            assert!(answer.body == std::fs::read(folder.join(name)).unwrap(), "{path}");
        }
        assert_eq!(answer.field("content-length"), answer.body.len().to_string());
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(
            answer.field("cache-control"),
            if is_hashed(&path) { kept } else { "no-cache" },
            "{path}"
        );
        assert_eq!(answer.field("vary"), "Accept-Encoding");
    }
}

#[tokio::test]
async fn whoever_undoes_brotli_is_sent_less() {
    let (folder, path) = (mounted(), hashed("studio", "js").await);
    let plain = application().get(&path).await;
    assert_eq!(plain.field("content-encoding"), "");
    for accept in
        ["br", "gzip, deflate, br, zstd", "*", "identity;q=0.5, br;q=0.5", "br, identity;q=0"]
    {
        let fields = [("accept-encoding", accept)];
        let small = application().send(Method::GET, &path, &fields, "").await;
        assert_eq!(small.field("content-encoding"), "br", "{accept}");
        assert!(2 * small.body.len() < plain.body.len(), "{accept}");
        if let Some(folder) = &folder {
            let stored = std::fs::read(folder.join(format!("{}.br", &path[1..]))).unwrap();
            assert!(small.body == stored, "{accept}");
        }
        assert_eq!(small.field("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(small.field("content-length"), small.body.len().to_string());
        assert_eq!(small.field("vary"), "Accept-Encoding");
        assert_ne!(small.field("etag"), plain.field("etag"));
        let head = application().send(Method::HEAD, &path, &fields, "").await;
        assert_eq!(head.body, b"");
        for name in ["content-encoding", "content-length", "content-type", "etag", "vary"] {
            assert_eq!(head.field(name), small.field(name), "{name}");
        }
    }
    for accept in ["gzip", "br;q=0", "", "br;q=0.5, identity", "*;q=0, identity;q=1", "br;q=9"] {
        let fields = [("accept-encoding", accept)];
        let answer = application().send(Method::GET, &path, &fields, "").await;
        assert_eq!(answer.field("content-encoding"), "", "{accept}");
        assert!(answer.body == plain.body, "{accept}");
        assert_eq!(answer.field("etag"), plain.field("etag"), "{accept}");
    }
}

#[tokio::test]
async fn whoever_takes_no_coding_that_there_is_is_told_which_there_are() {
    let fields = [("accept-encoding", "gzip, identity;q=0")];
    let answer = application().send(Method::GET, "/", &fields, "").await;
    answer.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept-Encoding field takes none of what there is here: br, identity.",
        json!({ "allowed": ["br", "identity"] }),
    );
    assert_eq!(answer.field("vary"), "Accept-Encoding");
}

/// A worker goes by its own script's policy, a module by the page's: every file has both.
#[tokio::test]
async fn every_file_keeps_other_origins_out() {
    let page = application().get("/").await;
    let tag = page.field("etag").to_owned();
    let conditions = [("if-none-match", &*tag)];
    let unchanged = application().send(Method::GET, "/", &conditions, "").await;
    assert_eq!(unchanged.status, 304);
    let script = application().get(&hashed("playground", "js").await).await;
    for answer in [page, unchanged, script] {
        for (name, value) in [
            (
                "content-security-policy",
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                 img-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; \
                 form-action 'none'; frame-ancestors 'none'",
            ),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(answer.field(name), value);
        }
    }
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    for (path, kept) in [
        ("/".to_owned(), "no-cache"),
        (hashed("studio", "css").await, "public, max-age=31536000, immutable"),
    ] {
        for coding in ["identity", "br"] {
            let first =
                application().send(Method::GET, &path, &[("accept-encoding", coding)], "").await;
            let tag = first.field("etag");
            assert!(tag.len() == 34 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
            for condition in [tag, "*", &format!("\"other\", W/{tag}")] {
                let fields = [("if-none-match", condition), ("accept-encoding", coding)];
                let again = application().send(Method::GET, &path, &fields, "").await;
                assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{condition}");
                assert_eq!(again.field("etag"), tag);
                assert_eq!(again.field("cache-control"), kept);
                assert_eq!(again.field("vary"), "Accept-Encoding");
                assert_eq!(again.field("content-encoding"), "");
            }
            // The other coding's tag is another.
            let other = if coding == "br" { "identity" } else { "br" };
            let fields = [("if-none-match", tag), ("accept-encoding", other)];
            assert_eq!(application().send(Method::GET, &path, &fields, "").await.status, 200);
        }
    }
    let fields = [("if-none-match", "\"other\"")];
    assert_eq!(application().send(Method::GET, "/", &fields, "").await.status, 200);
}

#[tokio::test]
async fn nothing_beside_the_site_is_served() {
    for path in [
        "/../spin.toml",
        "/%2e%2e/spin.toml",
        "/..%2fspin.toml",
        "/.",
        "/style.css/x",
        "//etc/passwd",
        "/%00",
    ] {
        let answer = application().get(path).await;
        assert_eq!(answer.json()["type"], "/problems/not-found", "{path}");
    }
}
