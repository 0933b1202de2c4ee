//! Operations on a picture: from a body, a remote resource or a granted file.

use edge_core::image::{Info, Limits, Picture};
use edge_web::{
    Body, Collected, Handler, Media, Platform, Problem, Segments, Source, Timing, cached, collect,
    fetch, json, media, number, read_file, require_identity, upstream_problem,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use serde_json::json;

use crate::task::{Change, Task};

/// How long a cache may keep the answer to a GET.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The canonical form of the operations that made an answer.
const IMAGE_PIPELINE: HeaderName = HeaderName::from_static("image-pipeline");

/// The folder that the manifest mounts.
const SAMPLES: &str = "/samples";

/// The `/image` function.
pub struct Image;

impl Handler for Image {
    fn methods(&self, path: &str) -> Result<&'static [Method], Problem> {
        Task::check_path(path)?;
        Ok(&[Method::GET, Method::HEAD, Method::POST, Method::PUT])
    }

    async fn answer(
        &self,
        request: Request<Body>,
        platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        let (head, body) = request.into_parts();
        let (task, parameters) = Task::of(head.uri.path(), head.uri.query(), &head.headers)?;
        let source = Source::of(&head.method, &parameters, &["file", "url"])?;
        let limits = limits(platform)?;
        let mut timing = Timing::start();
        let input = read(source, body, &head.headers, platform).await?;
        timing.lap("read");
        let conditions = (source != Source::Body).then_some(&head.headers);
        match task {
            Task::Info => describe(&input.bytes, conditions, timing),
            Task::Change(change) => make(&change, &input, &limits, conditions, timing),
        }
    }
}

/// A description of the picture.
fn describe(
    file: &[u8],
    conditions: Option<&HeaderMap>,
    mut timing: Timing,
) -> Result<Response<Body>, Problem> {
    let mut response = conditionally(conditions, &[file, b"info"], || {
        let info = Info::read(file)?;
        let mut response = json(&json!({
            "format": info.format.name(),
            "width": info.width,
            "height": info.height,
            "orientation": info.orientation,
            "alpha": info.alpha,
            "colour_type": info.colour_type.name(),
            "bit_depth": info.bit_depth,
            "frames": info.frames,
            "bytes": info.bytes,
            "icc_profile": info.icc_profile,
        }));
        timing.lap("info");
        response.extensions_mut().insert(timing);
        Ok(response)
    })?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// The changed picture.
fn make(
    change: &Change,
    input: &Collected,
    limits: &Limits,
    conditions: Option<&HeaderMap>,
    mut timing: Timing,
) -> Result<Response<Body>, Problem> {
    let picture = Picture::open(&input.bytes, limits)?;
    let encoding = change.encoding(picture.format(), picture.is_lossy());
    let options = format!("{}?{encoding}", change.pipeline);
    let mut response = conditionally(conditions, &[&input.bytes, options.as_bytes()], || {
        let mut file = Segments::default();
        let overhead_bytes = input.overhead_bytes;
        let done = |step: &str| timing.lap(step.to_owned());
        picture.transform(&change.pipeline, &encoding, limits, overhead_bytes, &mut file, done)?;
        let mut response = media(encoding.output.format().media_type(), Box::pin(file));
        response.extensions_mut().insert(timing);
        let pipeline = HeaderValue::try_from(change.pipeline.to_string());
        response.headers_mut().insert(IMAGE_PIPELINE, pipeline.expect("ASCII without controls"));
        Ok(response)
    })?;
    change.vary(response.headers_mut());
    Ok(response)
}

/// The answer by `make`, or to a GET or HEAD whose `conditions` it meets, that nothing changed.
/// `parts` decide every byte of the answer.
fn conditionally(
    conditions: Option<&HeaderMap>,
    parts: &[&[u8]],
    make: impl FnOnce() -> Result<Response<Body>, Problem>,
) -> Result<Response<Body>, Problem> {
    match conditions {
        Some(headers) => cached(headers, &CACHE_CONTROL, parts, make),
        None => make(),
    }
}

async fn read(
    source: Source<'_>,
    body: Body,
    headers: &HeaderMap,
    platform: &impl Platform,
) -> Result<Collected, Problem> {
    let most = number(platform, "image_max_body_bytes", 32 * 1024 * 1024)?;
    match source {
        Source::Body => {
            require_picture(headers)?;
            require_identity(headers)?;
            Ok(collect(body, most).await?)
        }
        Source::Parameter("url", url) => {
            let remote = fetch(platform, url, "image/*").await?;
            require_identity(remote.headers())?;
            collect(remote.into_body(), most).await.map_err(upstream_problem)
        }
        Source::Parameter(_, name) => {
            let bytes = read_file(SAMPLES, name, most)?;
            Ok(Collected { bytes, overhead_bytes: 0 })
        }
    }
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

fn limits(platform: &impl Platform) -> Result<Limits, Problem> {
    let side = number(platform, "max_side", 32_767)?;
    Ok(Limits {
        side: u32::try_from(side).unwrap_or(u32::MAX),
        pixels: number(platform, "max_pixels", 50_000_000)?,
        memory_bytes: number(platform, "memory_budget_bytes", 128 * 1024 * 1024)?,
    })
}
