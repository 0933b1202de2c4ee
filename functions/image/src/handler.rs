//! Operations on a picture: from a body, a remote resource or a granted file.

use edge_core::image::{Limits, Picture};
use edge_web::{
    Access, Body, Collected, Handler, Parameters, Platform, Problem, Segments, Source, Timing,
    cache_control, entity_tag, inline, media, not_modified, number, repr_digest,
};
use http::{HeaderName, HeaderValue, Method, Request, Response, header};

use crate::description;
use crate::original::Original;
use crate::preset::Presets;
use crate::task::{Change, Task, VERSION};

/// The canonical form of the operations that made an answer.
const IMAGE_PIPELINE: HeaderName = HeaderName::from_static("image-pipeline");

/// What a picture is called that comes without a name.
const NAMELESS: &str = "picture";

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
        let (task, parameters) = Task::of(&head, &Presets::of(platform)?)?;
        let source = Source::of(&head.method, &parameters, &["file", "url"])?;
        let is_remote = matches!(source, Source::Parameter("url", _));
        let access = Access::of(platform, &head.uri, &parameters, is_remote)?;
        let freshness = freshness(platform, source, &parameters, access)?;
        let limits = limits(platform)?;
        let most = number(platform, "image_max_body_bytes", 32 * 1024 * 1024)?;

        let mut timing = Timing::start();
        let original = Original::open(source, body, &head.headers, platform, most).await?;
        let validity = freshness.map(|cache_control| {
            let [kind, name, tag] = original.identity();
            (entity_tag(&[kind, name, tag, task.key().as_bytes()]), cache_control)
        });
        let known = validity
            .as_ref()
            .and_then(|(tag, cache_control)| not_modified(&head.headers, tag, cache_control));
        if let Some(mut response) = known {
            task.vary(response.headers_mut());
            return Ok(response);
        }
        let name = original.name.clone();
        let input = original.read(most).await?;
        timing.lap("read");
        let mut response = match &task {
            Task::Info { thumbhash } => description::info(&input, *thumbhash, &limits, timing)?,
            Task::Palette(colours) => description::palette(colours, &input, &limits, timing)?,
            Task::Change(change) => make(change, &input, &name, &limits, timing)?,
        };
        if let Some((tag, cache_control)) = validity {
            response.headers_mut().insert(header::ETAG, tag);
            response.headers_mut().insert(header::CACHE_CONTROL, cache_control);
        }
        task.vary(response.headers_mut());
        Ok(response)
    }
}

/// How long caches may keep the answer; `None` to a body, which they do not keep.
fn freshness(
    platform: &impl Platform,
    source: Source<'_>,
    parameters: &Parameters,
    access: Access,
) -> Result<Option<HeaderValue>, Problem> {
    let version = parameters.get(VERSION);
    match (source, version) {
        (Source::Body, Some(version)) => {
            let allowed = "left out with a body, whose answer no cache keeps";
            Err(Problem::invalid_parameter(VERSION, version, allowed))
        }
        (Source::Body, None) => Ok(None),
        (Source::Parameter(..), version) => {
            let lasting = access.signed || version.is_some();
            cache_control(platform, lasting, access.seconds_left).map(Some)
        }
    }
}

/// The changed picture, called after `name`.
fn make(
    change: &Change,
    input: &Collected,
    name: &str,
    limits: &Limits,
    mut timing: Timing,
) -> Result<Response<Body>, Problem> {
    let picture = change.work.part(Picture::open(&input.bytes, limits)?)?;
    let encoding = change.encoding(&picture)?;
    let format = encoding.output.format();
    let mut file = Segments::default();
    let plan = picture.plan(&change.work.pipeline, &encoding, limits, input.overhead_bytes)?;
    plan.transform(&mut file, |step| timing.lap(step.to_owned()))?;
    let (repr_digest, digest) = repr_digest(&file);
    timing.lap("encode");

    let mut response = media(format.media_type(), Box::pin(file));
    response.extensions_mut().insert(timing);
    let headers = response.headers_mut();
    let pipeline = HeaderValue::try_from(change.work.pipeline.to_string());
    headers.insert(IMAGE_PIPELINE, pipeline.expect("ASCII without controls"));
    headers.insert(header::CONTENT_DISPOSITION, inline(name, NAMELESS, format.extension()));
    headers.insert(repr_digest, digest);
    Ok(response)
}

fn limits(platform: &impl Platform) -> Result<Limits, Problem> {
    let side = number(platform, "max_side", 32_767)?;
    Ok(Limits {
        side: u32::try_from(side).unwrap_or(u32::MAX),
        pixels: number(platform, "max_pixels", 50_000_000)?,
        memory_bytes: number(platform, "memory_budget_bytes", 128 * 1024 * 1024)?,
    })
}
