//! A body without its content codings.

use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use http_body::Frame;

use super::decoder::{Coding, Decoder};
use super::error::CodingError;
use super::field::content_codings;
use crate::body::{Body, BodyError, Metered};
use crate::problem::{Kind, Problem, excerpt};

/// The most codings that are undone.
const MAX_CODINGS: usize = 2;
/// Bytes that are decoded at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// Bytes that any body may decode to.
const FREE_BYTES: u64 = 64 << 20;
/// Bytes that each byte of a body may decode to beyond that.
const RATIO: u64 = 256;

/// The content of a message without the codings that its `Content-Encoding` tells. A body that
/// decodes to more than 64 MiB plus 256 times what was sent is an error; so is one that is broken, or
/// has anything after its coding's end.
pub fn decoded(body: Body, headers: &HeaderMap) -> Result<Body, Problem> {
    let names = content_codings(headers);
    if names.len() > MAX_CODINGS {
        let actual = names.len();
        let detail = format!(
            "The Content-Encoding names {actual} codings; at most {MAX_CODINGS} are decoded here."
        );
        return Err(unsupported(detail).with("limit", MAX_CODINGS).with("actual", actual));
    }
    let received = Rc::new(Cell::new(0));
    let mut body: Body = Box::pin(Metered::new(body, received.clone()));
    for name in names.iter().rev() {
        let coding = Coding::named(name).ok_or_else(|| unknown(name))?;
        body = Box::pin(Decoded::new(body, coding, received.clone()));
    }
    Ok(body)
}

fn unknown(name: &str) -> Problem {
    let name = excerpt(name);
    let known = Coding::ALL.map(Coding::name).join(", ");
    let detail = format!("The Content-Encoding '{name}' is not decoded here; known are {known}.");
    unsupported(detail).with("actual", name)
}

fn unsupported(detail: String) -> Problem {
    let known = Coding::ALL.map(Coding::name).join(", ");
    let known = HeaderValue::try_from(known).expect("names of codings are tokens");
    Problem::new(Kind::UnsupportedContentCoding, detail).field(header::ACCEPT_ENCODING, known)
}

/// One coding undone.
struct Decoded {
    inner: Body,
    coding: &'static str,
    decoder: Box<dyn Decoder>,
    /// Bytes of the message so far, with all its codings.
    received: Rc<Cell<u64>>,
    /// Bytes decoded so far.
    made: u64,
    piece: Vec<u8>,
}

impl Decoded {
    fn new(inner: Body, coding: Coding, received: Rc<Cell<u64>>) -> Self {
        let piece = vec![0; PIECE_BYTES];
        Self { inner, coding: coding.name(), decoder: coding.decoder(), received, made: 0, piece }
    }

    /// Decodes the next piece: empty at the end, `None` where more has to arrive first.
    fn decode(&mut self) -> Result<Option<Bytes>, CodingError> {
        let length = match self.decoder.read(&mut self.piece) {
            Ok(0) if !self.decoder.feed().rest().is_empty() => {
                return Err(CodingError::Trailing { coding: self.coding });
            }
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(fault(error, self.coding)),
        };
        self.made += length as u64;
        let limit = FREE_BYTES + RATIO * self.received.get();
        if self.made > limit {
            return Err(CodingError::Bomb { limit });
        }
        Ok(Some(Bytes::copy_from_slice(&self.piece[..length])))
    }
}

impl http_body::Body for Decoded {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        loop {
            let piece = self.decode().map_err(BodyError::Coding)?;
            if let Some(piece) = piece.filter(|piece| !piece.is_empty()) {
                return Poll::Ready(Some(Ok(Frame::data(piece))));
            }
            if self.decoder.feed().has_ended() {
                return Poll::Ready(None);
            }
            match ready!(self.inner.as_mut().poll_frame(context)) {
                Some(frame) => {
                    let piece = frame?.into_data().unwrap_or_default();
                    self.decoder.feed().push(piece);
                }
                None => self.decoder.feed().end(),
            }
        }
    }
}

fn fault(error: io::Error, coding: &'static str) -> CodingError {
    match error.kind() {
        ErrorKind::UnexpectedEof => CodingError::Truncated { coding },
        _ => error.downcast().unwrap_or(CodingError::Malformed { coding }),
    }
}
