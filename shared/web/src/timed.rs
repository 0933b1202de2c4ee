//! A body whose arrival is timed apart from what is made of it.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::body::{Body, BodyError};
use crate::timing::Timing;

/// Waiting for the body is one lap of a shared stopwatch, and what its reader does before it asks
/// for more another.
pub struct Timed {
    inner: Body,
    timing: Rc<RefCell<Timing>>,
    waiting: &'static str,
    working: &'static str,
}

impl Timed {
    /// Names the laps.
    pub fn new(
        inner: Body,
        timing: Rc<RefCell<Timing>>,
        waiting: &'static str,
        working: &'static str,
    ) -> Self {
        Self { inner, timing, waiting, working }
    }
}

impl http_body::Body for Timed {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.timing.borrow_mut().lap(self.working);
        let frame = self.inner.as_mut().poll_frame(context);
        self.timing.borrow_mut().lap(self.waiting);
        frame
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
