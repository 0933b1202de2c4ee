//! A real cache in front of the application: whatever it was asked before, nobody gets a picture
//! that the application would not have sent.

use std::collections::BTreeMap;

use edge_tests::{Answer, App, Cache, application, deploy, manifest, together};
use http::{Method, StatusCode};

/// What browsers and programs send.
const ACCEPTS: [&str; 8] = [
    "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "*/*",
    "image/webp",
    "image/png;q=0.5,image/jpeg",
    "image/jpeg;q=0.5, image/png",
    "text/html",
];

/// Paths that lead to pictures, some of them the same, and to problems.
const PATHS: [&str; 14] = [
    "/image/resize:40x/flip?file=badge.png",
    "/image/resize:40x/flip/?file=badge.png",
    "/image/resize:40x/flop?file=badge.png",
    "/image/resize:40x/flip?file=landscape.jpg",
    "/image/resize:40x/flip?file=landscape.jpg&quality=40",
    "/image/resize:40x/flip?quality=40&file=landscape.jpg",
    "/image/resize:40x/flip?format=png&file=landscape.jpg&v=7",
    "/image/resize:40x/flip?v=7&file=landscape.jpg&format=png",
    "/image/resize:40x/flip?file=landscape.jpg&v=7&format=webp",
    "/image/resize:40x/blur?radius=3&background=ff0000&file=chart.webp",
    "/image/resize:40x/blur?file=chart.webp&background=ff0000&radius=3",
    "/image/info?file=landscape.jpg",
    "/image/resize:40x?file=nothing.jpg",
    "/image/resize:40x?file=badge.png&quality=0",
];

/// What decides what a caller gets; other fields are the cache's own or tell of time.
const FIELDS: [&str; 9] = [
    "access-control-allow-origin",
    "cache-control",
    "content-disposition",
    "content-length",
    "content-type",
    "etag",
    "image-pipeline",
    "repr-digest",
    "vary",
];

#[derive(Clone, Debug)]
struct Request {
    method: Method,
    path: &'static str,
    fields: Vec<(&'static str, String)>,
}

impl Request {
    fn fields(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    async fn to_app(&self, app: &App) -> Answer {
        app.send(self.method.clone(), self.path, &self.fields(), "").await
    }

    async fn to_cache(&self, cache: &Cache) -> Answer {
        cache.send(self.method.clone(), self.path, &self.fields()).await
    }
}

/// Every path with every `Accept`, by GET and by HEAD, with what else may come along.
fn requests() -> Vec<Request> {
    let mut requests = Vec::new();
    for path in PATHS {
        for accept in ACCEPTS {
            for method in [Method::GET, Method::HEAD] {
                let fields = vec![("accept", accept.to_owned())];
                requests.push(Request { method, path, fields });
            }
        }
        let fields = vec![("accept", "*/*".to_owned()), ("cookie", "session=1".to_owned())];
        requests.push(Request { method: Method::GET, path, fields });
        requests.push(Request { method: Method::GET, path, fields: vec![] });
    }
    requests
}

/// The same requests in another order, the same for every `seed`.
fn shuffled(mut requests: Vec<Request>, mut seed: u64) -> Vec<Request> {
    for end in (1..requests.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        requests.swap(end, (seed >> 33) as usize % (end + 1));
    }
    requests
}

/// Asserts that the cache's answer is the application's.
#[track_caller]
fn assert_same(request: &Request, cached: &Answer, expected: &Answer) {
    assert_eq!(cached.status, expected.status, "{request:?}");
    assert!(cached.body == expected.body, "{request:?}: {} bytes", cached.body.len());
    for field in FIELDS {
        assert_eq!(cached.field(field), expected.field(field), "{request:?}: {field}");
    }
}

#[tokio::test]
async fn no_order_of_requests_yields_a_wrong_picture() {
    let app = application();
    let Some(cache) = Cache::in_front_of(app) else { return };
    let requests = requests();
    let mut expected = BTreeMap::new();
    for request in &requests {
        expected.insert(format!("{request:?}"), request.to_app(app).await);
    }
    let mut hits = 0;
    for round in 0..4 {
        // One after the other, then eight at a time.
        for group in shuffled(requests.clone(), round).chunks(if round < 2 { 1 } else { 8 }) {
            let answers = together(group.iter().map(|request| request.to_cache(&cache))).await;
            for (request, answer) in group.iter().zip(answers) {
                assert_same(request, &answer, &expected[&format!("{request:?}")]);
                let is_hit = answer.field("x-cache") == "HIT";
                assert!(!is_hit || answer.status.is_success(), "{request:?} is a problem");
                // The first round has asked for all of it.
                assert!(round == 0 || is_hit || !answer.status.is_success(), "{request:?}");
                hits += usize::from(is_hit);
            }
        }
    }
    let pictures = expected.values().filter(|answer| answer.status.is_success()).count();
    assert!(hits >= 3 * pictures && pictures > requests.len() / 2, "{hits} of {pictures}");
}

#[tokio::test]
async fn who_has_the_picture_is_told_so_and_nobody_else() {
    let app = application();
    let Some(cache) = Cache::in_front_of(app) else { return };
    let request = |path, accept: &str, tag: &str| Request {
        method: Method::GET,
        path,
        fields: vec![("accept", accept.to_owned()), ("if-none-match", tag.to_owned())],
    };
    for path in [PATHS[0], PATHS[3], PATHS[6]] {
        let tags = together(ACCEPTS[4..7].iter().map(async |accept| {
            let answer = app.send(Method::GET, path, &[("accept", *accept)], "").await;
            answer.field("etag").to_owned()
        }));
        let tags = tags.await;
        // Cold, then warm; each tag with each `Accept`.
        for _ in 0..2 {
            for (accept, own) in ACCEPTS[4..7].iter().zip(&tags) {
                for tag in tags.iter().map(String::as_str).chain(["\"other\""]) {
                    let answer = request(path, accept, tag).to_cache(&cache).await;
                    let is_known = answer.status == StatusCode::NOT_MODIFIED;
                    assert_eq!(is_known, tag == own, "{path} {accept} {tag}");
                    assert_eq!(answer.field("etag"), own);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_part_is_one_of_the_right_picture() {
    let app = application();
    let Some(cache) = Cache::in_front_of(app) else { return };
    for round in 0..2 {
        for accept in &ACCEPTS[..7] {
            let whole = app.send(Method::GET, PATHS[3], &[("accept", accept)], "").await;
            let fields = [("accept", *accept), ("range", "bytes=100-199")];
            let answer = cache.send(Method::GET, PATHS[3], &fields).await;
            match answer.status {
                StatusCode::PARTIAL_CONTENT => assert_eq!(answer.body, whole.body[100..200]),
                status => assert_eq!((status, &answer.body), (StatusCode::OK, &whole.body)),
            }
            assert_eq!(answer.field("content-type"), whole.field("content-type"));
            assert!(round == 0 || answer.status == StatusCode::PARTIAL_CONTENT, "{accept}");
        }
    }
}

#[tokio::test]
async fn no_page_gets_what_another_may_read() {
    application();
    let origins = ["https://a.example", "https://b.example", "https://c.example"];
    let Some(app) = deploy(&manifest(), &[("cors_origins", &origins[..2].join(" "))]) else {
        return;
    };
    let Some(cache) = Cache::in_front_of(&app) else { return };
    for round in 0..2 {
        for origin in origins {
            let fields = vec![("origin", origin.to_owned()), ("accept", "*/*".to_owned())];
            let request = Request { method: Method::GET, path: PATHS[0], fields };
            let answer = request.to_cache(&cache).await;
            assert_same(&request, &answer, &request.to_app(&app).await);
            let allowed = if origin == origins[2] { "" } else { origin };
            assert_eq!(answer.field("access-control-allow-origin"), allowed);
            assert_eq!(answer.field("x-cache") == "HIT", round == 1, "{origin}");
        }
    }
}
