//! Bodies: one boxed type for requests and answers, and how to read one within a limit.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use edge_core::text::Utf8Error;
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::{BodyExt, Full};

use crate::problem::{Kind, Problem};

/// A body of either direction, whole or streamed.
pub type Body = Pin<Box<dyn http_body::Body<Data = Bytes, Error = BodyError>>>;

/// Why a body ended before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// The peer broke off, or sent less than it had announced.
    Incomplete,
    /// The peer took too long.
    TimedOut,
    /// More bytes than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
        /// The length that was declared, in bytes; without one the limit was hit on the way.
        declared: Option<u64>,
    },
    /// More bytes than the instance has memory for.
    OutOfMemory {
        /// What the body would have needed, in bytes.
        needed: u64,
    },
    /// Text that is not UTF-8, found after the answer had begun.
    IllFormed(Utf8Error),
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => f.write_str("the body broke off"),
            Self::TimedOut => f.write_str("the body took too long"),
            Self::TooLarge { limit, .. } => write!(f, "the body has more than {limit} bytes"),
            Self::OutOfMemory { needed } => write!(f, "the body needs {needed} bytes of memory"),
            Self::IllFormed(Utf8Error { offset }) => {
                write!(f, "the text is not UTF-8 at byte {offset}")
            }
        }
    }
}

impl Error for BodyError {}

/// What a body that failed before the answer began means to the caller who sent it.
impl From<BodyError> for Problem {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::Incomplete => {
                Self::new(Kind::IncompleteBody, "The body broke off before its end.")
            }
            BodyError::TimedOut => {
                Self::new(Kind::IncompleteBody, "The body did not arrive in time.")
            }
            BodyError::TooLarge { limit, declared: Some(actual) } => {
                let detail = format!("The body has {actual} bytes; at most {limit} are allowed.");
                Self::new(Kind::BodyTooLarge, detail).with("limit", limit).with("actual", actual)
            }
            BodyError::TooLarge { limit, declared: None } => {
                let detail = format!("The body has more than the {limit} bytes that are allowed.");
                Self::new(Kind::BodyTooLarge, detail).with("limit", limit)
            }
            BodyError::OutOfMemory { needed } => {
                let detail = format!("The body needs {needed} bytes of memory; less is free.");
                Self::new(Kind::MemoryBudget, detail).with("estimate", needed)
            }
            BodyError::IllFormed(error) => error.into(),
        }
    }
}

/// A body whose bytes are all here.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Box::pin(Full::new(bytes.into()).map_err(|never| match never {}))
}

/// Refuses a body whose declared length is past `limit` bytes, before any of it is read.
pub fn check_declared(body: &Body, limit: u64) -> Result<(), BodyError> {
    match body.size_hint().exact() {
        Some(length) if length > limit => {
            Err(BodyError::TooLarge { limit, declared: Some(length) })
        }
        _ => Ok(()),
    }
}

/// Reads a whole body of at most `limit` bytes into one buffer, reserved from the declared length
/// where there is one. Memory that the instance cannot have is an error, not a trap.
pub async fn collect(mut body: Body, limit: u64) -> Result<Vec<u8>, BodyError> {
    check_declared(&body, limit)?;
    let mut bytes = Vec::new();
    reserve(&mut bytes, body.size_hint().exact().unwrap_or(0))?;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        if (bytes.len() + data.len()) as u64 > limit {
            return Err(BodyError::TooLarge { limit, declared: None });
        }
        reserve(&mut bytes, data.len() as u64)?;
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn reserve(bytes: &mut Vec<u8>, additional: u64) -> Result<(), BodyError> {
    let reserved = usize::try_from(additional).ok().and_then(|n| bytes.try_reserve(n).ok());
    reserved.ok_or(BodyError::OutOfMemory { needed: bytes.len() as u64 + additional })
}

/// Counts the bytes that pass, and ends the body with an error past a limit.
pub struct Metered {
    inner: Body,
    seen: Rc<Cell<u64>>,
    limit: u64,
}

impl Metered {
    /// Counts into `seen`.
    pub fn new(inner: Body, seen: Rc<Cell<u64>>) -> Self {
        Self { inner, seen, limit: u64::MAX }
    }

    /// Lets at most `limit` bytes pass.
    pub fn limited(inner: Body, limit: u64) -> Self {
        Self { inner, seen: Rc::default(), limit }
    }
}

impl http_body::Body for Metered {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(context));
        if let Some(Ok(frame)) = &frame {
            let length = frame.data_ref().map_or(0, Bytes::len) as u64;
            self.seen.set(self.seen.get() + length);
            if self.seen.get() > self.limit {
                return Poll::Ready(Some(Err(BodyError::TooLarge {
                    limit: self.limit,
                    declared: None,
                })));
            }
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
