//! One operation on a picture: from a body, a remote resource or a granted file.

use edge_core::image::{Limits, Operation, Output, Picture, Radius, encode};
use edge_web::{
    Body, Collected, Handler, Kind, Media, OutputChoice, Parameters, Platform, Problem, Segments,
    Source, Timing, collect, entity_tag, excerpt, fetch, media, not_modified, number, read_file,
    require_identity, suggest, upstream_problem,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, header};

/// The operations, as they are named in paths.
const OPERATIONS: [&str; 2] = ["grayscale", "blur"];

/// How long a cache may keep the answer to a GET.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The folder that the manifest mounts.
const SAMPLES: &str = "/samples";

/// The `/image` function.
pub struct Image;

impl Handler for Image {
    fn methods(&self, path: &str) -> Result<&'static [Method], Problem> {
        operation_name(path)?;
        Ok(&[Method::GET, Method::HEAD, Method::POST, Method::PUT])
    }

    async fn answer(
        &self,
        request: Request<Body>,
        platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        let (head, body) = request.into_parts();
        let (operation, parameters) = operation(head.uri.path(), head.uri.query())?;
        let source = Source::of(&head.method, &parameters, &["file", "url"])?;
        let choice = OutputChoice::of(&parameters, &head.headers)?;
        let limits = limits(platform)?;
        let mut timing = Timing::start();
        let input = read(source, body, &head.headers, platform).await?;
        timing.lap("read");

        let picture = Picture::open(&input.bytes, &limits)?;
        let output = choice.output(picture.format(), picture.is_lossy());
        let tag = (source != Source::Body).then(|| {
            let options = format!("{operation:?}");
            entity_tag(&[&input.bytes, options.as_bytes(), output.name().as_bytes()])
        });
        let unchanged =
            tag.as_ref().and_then(|tag| not_modified(&head.headers, tag, &CACHE_CONTROL));
        let mut response = match unchanged {
            Some(response) => response,
            None => {
                let estimate = picture.memory_estimate(operation, output);
                limits.check_memory(estimate.saturating_add(input.overhead_bytes))?;
                transform(picture, operation, output, timing)?
            }
        };
        if let Some(tag) = tag {
            response.headers_mut().insert(header::ETAG, tag);
            response.headers_mut().insert(header::CACHE_CONTROL, CACHE_CONTROL);
        }
        choice.vary(response.headers_mut());
        Ok(response)
    }
}

fn transform(
    picture: Picture<'_>,
    operation: Operation,
    output: Output,
    mut timing: Timing,
) -> Result<Response<Body>, Problem> {
    let mut frame = picture.decode()?;
    timing.lap("decode");
    operation.apply(&mut frame)?;
    timing.lap(operation.name());
    let mut file = Segments::default();
    encode(frame, output, &mut file)?;
    timing.lap("encode");
    let mut response = media(output.format().media_type(), Box::pin(file));
    response.extensions_mut().insert(timing);
    Ok(response)
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
        Source::Url(url) => {
            let remote = fetch(platform, url, "image/*").await?;
            require_identity(remote.headers())?;
            collect(remote.into_body(), most).await.map_err(upstream_problem)
        }
        Source::File(name) => {
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

/// The operation that path and query ask for, and the query's parameters.
fn operation(path: &str, query: Option<&str>) -> Result<(Operation, Parameters), Problem> {
    match operation_name(path)? {
        "blur" => {
            let parameters = Parameters::parse(query, &["radius", "format", "file", "url"])?;
            let pixels = parameters.integer("radius", 0..=u32::from(Radius::MAX), 5)?;
            let radius = u8::try_from(pixels).ok().and_then(Radius::new);
            Ok((Operation::Blur(radius.expect("checked to be in range")), parameters))
        }
        _ => Ok((Operation::Grayscale, Parameters::parse(query, &["format", "file", "url"])?)),
    }
}

fn operation_name(path: &str) -> Result<&'static str, Problem> {
    let asked = path.trim_end_matches('/').strip_prefix("/image").unwrap_or(path);
    let asked = asked.strip_prefix('/').unwrap_or(asked);
    OPERATIONS.into_iter().find(|name| *name == asked).ok_or_else(|| {
        let names = OPERATIONS.join("' and '");
        let shown = excerpt(asked);
        let detail = format!("There is no operation '{shown}'; there are '{names}'.");
        let problem = Problem::new(Kind::NotFound, detail).with("allowed", OPERATIONS.as_slice());
        suggest(problem, asked, &OPERATIONS)
    })
}
