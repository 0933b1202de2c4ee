use edge_tests::{application, root};
use http::Method;
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
    for file in std::fs::read_dir(root().join("site")).unwrap() {
        let file = file.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        let is_word_part = |letter: char| letter.is_alphanumeric() || letter == '-';
        for word in text.split(|letter| !is_word_part(letter)) {
            assert!(!names.contains(&word), "{}: {word}", file.display());
        }
    }
}

#[tokio::test]
async fn the_playground_is_served_as_it_lies_in_the_repository() {
    let files = std::fs::read_dir(root().join("site")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let paths = names.map(|name| (format!("/{name}"), name));
    for (path, name) in paths.chain([("/".to_owned(), "index.html".to_owned())]) {
        let media = match name.rsplit_once('.').unwrap().1 {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("a file of the site that ends in {other}"),
        };
        let answer = application().get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, media), "{path}");
        assert!(answer.body == std::fs::read(root().join("site").join(name)).unwrap(), "{path}");
        assert_eq!(answer.field("content-length"), answer.body.len().to_string());
        assert_eq!(answer.field("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let first = application().get("/").await;
    let tag = first.field("etag");
    assert!(tag.len() == 34 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    for condition in [tag, "*", &format!("\"other\", W/{tag}")] {
        let fields = [("if-none-match", condition)];
        let again = application().send(Method::GET, "/", &fields, "").await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{condition}");
        assert_eq!(again.field("etag"), tag);
        assert_eq!(again.field("cache-control"), "no-cache");
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
