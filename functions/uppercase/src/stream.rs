//! A body mapped as it arrives: the answer begins before the input has ended.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use edge_core::text::Converter;
use edge_web::{Body, BodyError, Metered, Problem, TEXT, Timing, media, text};
use http::Response;
use http_body::Frame;
use http_body_util::BodyExt;

use crate::task::Task;

/// Bytes that are read before the answer begins: an error in them is still a problem document.
const LOOKAHEAD_BYTES: usize = 64 * 1024;

/// A body of at most `limit` bytes that ends within the first ones is answered whole, a longer one
/// as a stream.
pub async fn answer(task: &Task, body: Body, limit: u64) -> Result<Response<Body>, Problem> {
    let mut input = Metered::limited(body, limit);
    let mut timing = Timing::start();
    let mut converter = task.mapping.converter();
    let mut ready = Vec::new();
    let mut rest = Bytes::new();
    let mut seen = 0;
    // A character that begins within the lookahead is read to its end.
    while seen < LOOKAHEAD_BYTES || !converter.is_between_characters() {
        if rest.is_empty() {
            let frame = input.frame().await;
            timing.lap("read");
            let Some(frame) = frame else {
                converter.finish(&mut ready)?;
                timing.lap(task.name);
                let mut response = text(ready);
                response.extensions_mut().insert(timing);
                return Ok(response);
            };
            rest = frame?.into_data().unwrap_or_default();
            continue;
        }
        let wanted = LOOKAHEAD_BYTES.saturating_sub(seen).max(1);
        let chunk = rest.split_to(wanted.min(rest.len()));
        converter.push(&chunk, &mut ready)?;
        timing.lap(task.name);
        seen += chunk.len();
    }
    Ok(media(TEXT, Box::pin(Mapped { input, converter: Some(converter), ready, rest })))
}

/// The answer to a long body.
struct Mapped {
    input: Metered,
    /// Gone once the text has ended.
    converter: Option<Converter>,
    /// Mapped, not yet sent.
    ready: Vec<u8>,
    /// Arrived, not yet mapped.
    rest: Bytes,
}

impl http_body::Body for Mapped {
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
            let Some(converter) = &mut this.converter else { return Poll::Ready(None) };
            let chunk = std::mem::take(&mut this.rest);
            let mapped = if !chunk.is_empty() {
                converter.push(&chunk, &mut this.ready)
            } else {
                match ready!(Pin::new(&mut this.input).poll_frame(context)) {
                    Some(Ok(frame)) => {
                        this.rest = frame.into_data().unwrap_or_default();
                        Ok(())
                    }
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => match this.converter.take() {
                        Some(converter) => converter.finish(&mut this.ready),
                        None => Ok(()),
                    },
                }
            };
            if let Err(error) = mapped {
                return Poll::Ready(Some(Err(BodyError::IllFormed(error))));
            }
        }
    }
}
