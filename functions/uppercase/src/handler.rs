//! Upper case over a stream: the answer begins before the input has ended.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use edge_core::text;
use edge_web::{
    Accept, Body, BodyError, Handler, Media, Metered, Parameters, Platform, Problem, TEXT, Timing,
    check_declared, full, limit, media, require_identity,
};
use http::{HeaderValue, Method, Request, Response, header};
use http_body::Frame;
use http_body_util::BodyExt;

/// Bytes that are read before the answer begins: an error in them is still a problem document.
const LOOKAHEAD_BYTES: usize = 64 * 1024;

/// The `/uppercase` function.
pub struct Uppercase;

impl Handler for Uppercase {
    fn methods(&self, _path: &str) -> Result<&'static [Method], Problem> {
        Ok(&[Method::POST, Method::PUT])
    }

    async fn answer(
        &self,
        request: Request<Body>,
        platform: &impl Platform,
    ) -> Result<Response<Body>, Problem> {
        let (head, body) = request.into_parts();
        Parameters::parse(head.uri.query(), &[])?;
        require_text(&Media::of(&head.headers))?;
        require_identity(&head.headers)?;
        Accept::of(&head.headers).choose(&["text/plain"])?;
        let limit = limit(platform, "stream_max_body_bytes", 0)?;
        check_declared(&body, limit)?;
        let mut response = upper(Metered::limited(body, limit)).await?;
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
        Ok(response)
    }
}

/// Raw bytes are taken for UTF-8; what is declared must be text, and in UTF-8.
fn require_text(media: &Media) -> Result<(), Problem> {
    let Media::Declared { essence, charset } = media else { return Ok(()) };
    if !essence.starts_with("text/") && essence != "application/json" {
        return Err(Media::unsupported(essence, "text/* and application/json"));
    }
    match charset.as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii") => Ok(()),
        Some(charset) => {
            let declared = format!("{essence}; charset={charset}");
            Err(Media::unsupported(&declared, "text in UTF-8"))
        }
    }
}

/// A body that ends within the first bytes is answered whole, a longer one as a stream.
async fn upper(mut input: Metered) -> Result<Response<Body>, Problem> {
    let mut timing = Timing::start();
    let mut upper = text::Uppercase::new();
    let mut ready = Vec::new();
    let mut rest = Bytes::new();
    let mut seen = 0;
    // A character that begins within the lookahead is read to its end.
    while seen < LOOKAHEAD_BYTES || !upper.is_between_characters() {
        if rest.is_empty() {
            let frame = input.frame().await;
            timing.lap("read");
            let Some(frame) = frame else {
                upper.finish()?;
                let mut response = media(TEXT, full(ready));
                response.extensions_mut().insert(timing);
                return Ok(response);
            };
            rest = frame?.into_data().unwrap_or_default();
            continue;
        }
        let wanted = LOOKAHEAD_BYTES.saturating_sub(seen).max(1);
        let chunk = rest.split_to(wanted.min(rest.len()));
        upper.push(&chunk, &mut ready)?;
        timing.lap("uppercase");
        seen += chunk.len();
    }
    Ok(media(TEXT, Box::pin(Upper { input, upper: Some(upper), ready, rest })))
}

/// The rest of a long body, mapped as it arrives.
struct Upper {
    input: Metered,
    /// Gone once the text has ended.
    upper: Option<text::Uppercase>,
    /// Mapped, not yet sent.
    ready: Vec<u8>,
    /// Arrived, not yet mapped.
    rest: Bytes,
}

impl http_body::Body for Upper {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = self.get_mut();
        loop {
            if !this.ready.is_empty() {
                let ready = std::mem::take(&mut this.ready);
                return Poll::Ready(Some(Ok(Frame::data(ready.into()))));
            }
            let Some(upper) = &mut this.upper else { return Poll::Ready(None) };
            let chunk = std::mem::take(&mut this.rest);
            let mapped = if !chunk.is_empty() {
                upper.push(&chunk, &mut this.ready)
            } else {
                match ready!(Pin::new(&mut this.input).poll_frame(context)) {
                    Some(Ok(frame)) => {
                        this.rest = frame.into_data().unwrap_or_default();
                        Ok(())
                    }
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => this.upper.take().map_or(Ok(()), text::Uppercase::finish),
                }
            };
            if let Err(error) = mapped {
                return Poll::Ready(Some(Err(BodyError::IllFormed(error))));
            }
        }
    }
}
