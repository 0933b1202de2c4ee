//! The files of the playground.

use edge_web::{
    Body, Handler, Kind, Parameters, Platform, Problem, entity_tag, excerpt, full, is_plain, media,
    not_modified,
};
use http::{HeaderValue, Method, Request, Response, header};
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

/// Pages change with a deployment: a cache asks again each time, and is mostly told 304.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("no-cache");

/// The playground, below the folder that the manifest mounts.
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
        let bytes = std::fs::read(&file).map_err(|_| not_found(request.uri().path()))?;
        let tag = entity_tag(&[&bytes]);
        let mut response = match not_modified(request.headers(), &tag, &CACHE_CONTROL) {
            Some(response) => response,
            None => media(media_type(&file), full(bytes)),
        };
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().insert(header::CACHE_CONTROL, CACHE_CONTROL);
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

/// The media types of what a site consists of.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
