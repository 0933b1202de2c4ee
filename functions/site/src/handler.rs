//! The files of the playground.

use edge_web::{
    AcceptEncoding, Body, Handler, Kind, Parameters, Platform, Problem, entity_tag, excerpt, full,
    is_plain, media, not_modified,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

use crate::policy::confine;

/// Whoever holds a name with its content's hash has the content: for a year, the longest there is.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Other files change with a deployment: a cache asks again each time, and is mostly told 304.
const ASKED: HeaderValue = HeaderValue::from_static("no-cache");
/// Hex digits of the hash in a name.
const HASH_DIGITS: usize = 8;

/// The playground, below the folder that the manifest mounts. `NAME.br` is `NAME` compressed.
pub struct Site {
    /// Where the files are.
    pub root: &'static str,
}

impl Handler for Site {
    fn methods(&self, path: &str) -> Result<&'static [Method], Problem> {
        self.file(path)?;
        Ok(&[Method::GET, Method::HEAD])
    }

    async fn answer(
        &self,
        request: Request<Body>,
        _platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        Parameters::parse(request.uri().query(), &[])?;
        let file = self.file(request.uri().path())?;
        let is_brotli = is_brotli(request.headers(), &file)?;
        let stored = if is_brotli { compressed(&file) } else { file.clone() };
        let bytes = std::fs::read(stored).map_err(|_| not_found(request.uri().path()))?;
        let tag = entity_tag(&[&bytes]);
        let cache_control = if is_hashed(&file) { KEPT } else { ASKED };
        let mut response = match not_modified(request.headers(), &tag, &cache_control) {
            Some(response) => response,
            None => content(&file, bytes, is_brotli),
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, tag);
        headers.insert(header::CACHE_CONTROL, cache_control);
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        confine(headers);
        Ok(response)
    }
}

impl Site {
    /// The file that answers `path`: a folder's is its `index.html`.
    fn file(&self, path: &str) -> Result<PathBuf, Problem> {
        let decoded = percent_decode_str(path).decode_utf8().map_err(|_| not_found(path))?;
        let name = decoded.trim_matches('/');
        let file = match name {
            "" => Path::new(self.root).join("index.html"),
            name if is_plain(name) => Path::new(self.root).join(name),
            _ => return Err(not_found(path)),
        };
        if file.is_file() { Ok(file) } else { Err(not_found(path)) }
    }
}

fn not_found(path: &str) -> Problem {
    Problem::new(Kind::NotFound, format!("Nothing is at '{}'.", excerpt(path)))
}

/// Whether to send the compressed copy; a problem where neither that nor the file itself may go out.
fn is_brotli(headers: &HeaderMap, file: &Path) -> Result<bool, Problem> {
    let accept = AcceptEncoding::of(headers);
    let has_copy = compressed(file).is_file();
    let is_brotli = has_copy && accept.prefers("br");
    if is_brotli || accept.takes_identity() {
        return Ok(is_brotli);
    }
    let codings: &[&str] = if has_copy { &["br", "identity"] } else { &["identity"] };
    let list = codings.join(", ");
    let detail = format!("The Accept-Encoding field takes none of what there is here: {list}.");
    Err(Problem::new(Kind::NotAcceptable, detail)
        .with("allowed", codings)
        .field(header::VARY, HeaderValue::from_static("Accept-Encoding")))
}

/// Where the compressed copy of a file is, if it has one.
fn compressed(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".br");
    path.into()
}

/// Whether a file's name has the hash of its content before its extension: `studio.3f9a1c20.js`.
fn is_hashed(file: &Path) -> bool {
    let hash = file.file_stem().map(Path::new).and_then(Path::extension);
    let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    hash.is_some_and(|hash| {
        hash.len() == HASH_DIGITS && hash.as_encoded_bytes().iter().all(is_digit)
    })
}

fn content(file: &Path, bytes: Vec<u8>, is_brotli: bool) -> Response<Body> {
    let mut response = media(media_type(file), full(bytes));
    if is_brotli {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

/// The media types of what a site consists of.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("gif") => "image/gif",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
