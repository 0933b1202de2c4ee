//! What a decoder reads from: the pieces of a body, as they arrive.

use std::io::{self, BufRead, ErrorKind, Read};

use bytes::{Buf, Bytes};

/// A piece of a body. At its end a reader is told to come again
/// ([`WouldBlock`](ErrorKind::WouldBlock)) until the body has ended as well.
#[derive(Default)]
pub struct Feed {
    piece: Bytes,
    ended: bool,
}

impl Feed {
    /// Goes on with the next piece, once the last is used up.
    pub fn push(&mut self, piece: Bytes) {
        debug_assert!(self.piece.is_empty(), "a piece would be lost");
        self.piece = piece;
    }

    /// Ends the body.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// Whether the body has ended.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// The bytes that have arrived and are not used up.
    pub fn rest(&self) -> &[u8] {
        &self.piece
    }

    /// The same where there must be some: the body's end is an error.
    pub fn need(&mut self) -> io::Result<&[u8]> {
        let rest = self.fill_buf()?;
        if rest.is_empty() { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(rest) }
    }
}

impl BufRead for Feed {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece.is_empty() && !self.ended {
            return Err(ErrorKind::WouldBlock.into());
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, bytes: usize) {
        self.piece.advance(bytes);
    }
}

impl Read for Feed {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(out)?;
        self.consume(length);
        Ok(length)
    }
}
