//! An answer's bytes, gathered piece by piece.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::body::BodyError;

/// Bytes in a segment.
const SEGMENT_BYTES: usize = 512 * 1024;

/// A writer whose segments become a body. Unlike a vector it never moves what it holds, so that it
/// takes no more memory than the answer has bytes; and a segment that cannot be had is an error.
#[derive(Debug, Default)]
pub struct Segments {
    full: VecDeque<Bytes>,
    last: Vec<u8>,
    length: u64,
}

impl Segments {
    /// Adds a segment at the end, which stays where it is.
    pub fn push(&mut self, segment: Bytes) {
        self.close();
        self.length += segment.len() as u64;
        self.full.push_back(segment);
    }

    /// The bytes from first to last.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.full.iter().map(|segment| &segment[..]).chain([&self.last[..]])
    }

    fn close(&mut self) {
        if !self.last.is_empty() {
            self.full.push_back(std::mem::take(&mut self.last).into());
        }
    }
}

impl io::Write for Segments {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.last.len() == self.last.capacity() {
            self.close();
            self.last.try_reserve_exact(SEGMENT_BYTES).map_err(|_| io::ErrorKind::OutOfMemory)?;
        }
        let free = self.last.capacity() - self.last.len();
        let written = &bytes[..free.min(bytes.len())];
        self.last.extend_from_slice(written);
        self.length += written.len() as u64;
        Ok(written.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl http_body::Body for Segments {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.close();
        let segment = self.full.pop_front();
        self.length -= segment.as_ref().map_or(0, Bytes::len) as u64;
        Poll::Ready(segment.map(|segment| Ok(Frame::data(segment))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use http_body::Body as _;
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn what_is_written_is_what_is_sent() {
        for length in
            [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES + 7]
        {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut segments = Segments::default();
            bytes.chunks(10_007).for_each(|piece| segments.write_all(piece).unwrap());
            assert_eq!(segments.size_hint().exact(), Some(length as u64));
            let sent = segments.collect().await.unwrap().to_bytes();
            assert!(sent == bytes, "{length}");
        }
    }
}
