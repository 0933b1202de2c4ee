//! The picture that a request names.

use edge_web::{
    Body, Collected, Media, Platform, Problem, Source, collect, fetch, read_file, require_identity,
    stem, strong_tag, upstream_problem,
};
use http::{HeaderMap, HeaderValue, Response};

/// The folder that the manifest mounts.
const SAMPLES: &str = "/samples";

/// A picture's file, as far as it had to be read to know which one it is.
pub struct Original {
    /// The name that it has where it comes from, without an extension; empty where it has none.
    pub name: String,
    content: Content,
}

enum Content {
    /// All of it.
    Read(Collected),
    /// One that its host tells from every other, so that it need not be read to find out whether the
    /// caller has it.
    Remote { url: String, tag: HeaderValue, response: Response<Body> },
}

impl Original {
    /// Finds the picture; at most `limit` bytes of it.
    pub async fn open(
        source: Source<'_>,
        body: Body,
        headers: &HeaderMap,
        platform: &impl Platform,
        limit: u64,
    ) -> Result<Self, Problem> {
        let (name, content) = match source {
            Source::Body => {
                require_picture(headers)?;
                require_identity(headers)?;
                (String::new(), Content::Read(collect(body, limit).await?))
            }
            Source::Parameter("url", url) => {
                let response = fetch(platform, url, "image/*").await?;
                require_identity(response.headers())?;
                let content = match strong_tag(response.headers()).cloned() {
                    Some(tag) => Content::Remote { url: url.to_owned(), tag, response },
                    None => Content::Read(read_remote(response, limit).await?),
                };
                (stem(url), content)
            }
            Source::Parameter(_, name) => {
                let bytes = read_file(SAMPLES, name, limit)?;
                (stem(name), Content::Read(Collected { bytes, overhead_bytes: 0 }))
            }
        };
        Ok(Self { name, content })
    }

    /// What tells the picture from every other: its bytes, or its URL and the validator that its
    /// host gave.
    pub fn identity(&self) -> [&[u8]; 3] {
        match &self.content {
            Content::Read(file) => [b"bytes", &file.bytes, b""],
            Content::Remote { url, tag, .. } => [b"url", url.as_bytes(), tag.as_bytes()],
        }
    }

    /// All of its file.
    pub async fn read(self, limit: u64) -> Result<Collected, Problem> {
        match self.content {
            Content::Read(file) => Ok(file),
            Content::Remote { response, .. } => read_remote(response, limit).await,
        }
    }
}

async fn read_remote(response: Response<Body>, limit: u64) -> Result<Collected, Problem> {
    collect(response.into_body(), limit).await.map_err(upstream_problem)
}

/// Pictures are known by their signature, whichever `image/*` is declared.
fn require_picture(headers: &HeaderMap) -> Result<(), Problem> {
    match Media::of(headers) {
        Media::Declared { essence, .. } if !essence.starts_with("image/") => {
            Err(Media::unsupported(&essence, "image/*"))
        }
        _ => Ok(()),
    }
}
