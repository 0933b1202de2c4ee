//! Bodies: one boxed type for requests and answers, and how to read one within a limit.

use std::cell::Cell;
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use edge_core::text;
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::{BodyExt, Full};

use crate::coding::CodingError;
use crate::digest::{Claim, mismatched};
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
    /// The peer went on sending, but too little.
    TooSlow,
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
    /// Text that is ill-formed in its encoding, found after the answer had begun.
    IllFormed(text::Error),
    /// Another digest than those that were sent with it.
    Mismatched(Vec<Claim>),
    /// A content coding that cannot be undone.
    Coding(CodingError),
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => f.write_str("the body broke off"),
            Self::TimedOut => f.write_str("the body took too long"),
            Self::TooSlow => f.write_str("the body came too slowly"),
            Self::TooLarge { limit, .. } => write!(f, "the body has more than {limit} bytes"),
            Self::OutOfMemory { needed } => write!(f, "the body needs {needed} bytes of memory"),
            Self::IllFormed(text::Error { offset, charset }) => {
                write!(f, "the text is not {} at byte {offset}", charset.name())
            }
            Self::Mismatched(_) => f.write_str("the body does not have its digest"),
            Self::Coding(error) => error.fmt(f),
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
            BodyError::TimedOut | BodyError::TooSlow => {
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
            BodyError::Mismatched(claims) => mismatched(&claims),
            BodyError::Coding(error) => error.into(),
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

/// A body read into one buffer.
#[derive(Debug)]
pub struct Collected {
    /// The body.
    pub bytes: Vec<u8>,
    /// Linear memory that reading it took beside the buffer, in bytes: free again, but in pieces.
    pub overhead_bytes: u64,
}

/// Reads a whole body of at most `limit` bytes. Memory that the instance cannot have is an error,
/// not a trap: the buffer is reserved once, from the declared length, or where there is none when
/// all pieces are there.
pub async fn collect(mut body: Body, limit: u64) -> Result<Collected, BodyError> {
    check_declared(&body, limit)?;
    let declared = body.size_hint().exact();
    let mut bytes = reserved(declared.unwrap_or(0))?;
    let mut pieces = VecDeque::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(piece) = frame?.into_data() else { continue };
        length += piece.len() as u64;
        if length > limit {
            return Err(BodyError::TooLarge { limit, declared: None });
        }
        match declared {
            Some(_) => bytes.extend_from_slice(&piece),
            None => pieces.push_back(piece),
        }
    }
    let overhead_bytes = if declared.is_some() { 0 } else { length };
    if !pieces.is_empty() {
        bytes = reserved(length)?;
    }
    while let Some(piece) = pieces.pop_front() {
        bytes.extend_from_slice(&piece);
    }
    Ok(Collected { bytes, overhead_bytes })
}

fn reserved(length: u64) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    let reserved = usize::try_from(length).ok().and_then(|n| bytes.try_reserve_exact(n).ok());
    reserved.map(|()| bytes).ok_or(BodyError::OutOfMemory { needed: length })
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
