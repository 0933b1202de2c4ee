use edge_tests::{application, root};
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

/// The paths of the page's files as they are served, relative to the folder that is mounted.
fn served() -> Vec<String> {
    // On our own host, what it serves is built when it starts.
    application();
    let mut folders = vec![root().join("target/site")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension != "br") {
                let below = path.strip_prefix(root().join("target/site")).unwrap();
                paths.push(below.to_str().unwrap().to_owned());
            }
        }
    }
    paths
}

/// The path of the one file with this name before its hash, and this extension.
fn hashed(stem: &str, extension: &str) -> String {
    let prefix = format!("{stem}.");
    let is_it = |path: &&String| path.starts_with(&prefix) && path.ends_with(extension);
    format!("/{}", served().iter().find(is_it).unwrap())
}

#[tokio::test]
async fn every_file_is_served_as_what_it_is() {
    let paths = served().into_iter().map(|name| (format!("/{name}"), name));
    for (path, name) in paths.chain([("/".to_owned(), "index.html".to_owned())]) {
        let parts: Vec<_> = name.split('.').collect();
        let (media, is_hashed) = match parts[..] {
            ["index", "html"] => ("text/html; charset=utf-8", false),
            [_, hash, extension] => {
                assert!(hash.len() == 8 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()));
                let media = match extension {
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
                (media, true)
            }
            _ => panic!("a file of the site with the name {name}"),
        };
        let answer = application().get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, media), "{path}");
        assert!(
            answer.body == std::fs::read(root().join("target/site").join(name)).unwrap(),
            "{path}"
        );
        assert_eq!(answer.field("content-length"), answer.body.len().to_string());
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(
            answer.field("cache-control"),
            if is_hashed { kept } else { "no-cache" },
            "{path}"
        );
        assert_eq!(answer.field("vary"), "Accept-Encoding");
    }
}

#[tokio::test]
async fn whoever_undoes_brotli_is_sent_less() {
    let path = hashed("studio", "js");
    let plain = application().get(&path).await;
    assert_eq!(plain.field("content-encoding"), "");
    for accept in
        ["br", "gzip, deflate, br, zstd", "*", "identity;q=0.5, br;q=0.5", "br, identity;q=0"]
    {
        let fields = [("accept-encoding", accept)];
        let small = application().send(Method::GET, &path, &fields, "").await;
        assert_eq!(small.field("content-encoding"), "br", "{accept}");
        let stored = std::fs::read(root().join(format!("target/site{path}.br"))).unwrap();
        assert!(small.body == stored && 2 * small.body.len() < plain.body.len(), "{accept}");
        assert_eq!(small.field("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(small.field("content-length"), stored.len().to_string());
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
    let script = application().get(&hashed("playground", "js")).await;
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
        (hashed("studio", "css"), "public, max-age=31536000, immutable"),
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
