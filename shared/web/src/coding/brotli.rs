//! Brotli (RFC 7932).

use std::io::{self, BufRead, ErrorKind, Read};

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

use super::decoder::Decoder;
use super::feed::Feed;

/// Decodes one Brotli stream, of a window of at most 16 MiB.
pub struct Brotli {
    feed: Feed,
    state: BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>,
    /// The library counts, and nothing needs it.
    total: usize,
}

impl Default for Brotli {
    fn default() -> Self {
        let [bytes, words, codes] = [(); 3].map(|()| StandardAlloc::default());
        // The library's `new` also takes windows that the coding does not allow.
        let state = BrotliState::new_strict(bytes, words, codes);
        Self { feed: Feed::default(), state, total: 0 }
    }
}

impl Decoder for Brotli {
    fn feed(&mut self) -> &mut Feed {
        &mut self.feed
    }
}

impl Read for Brotli {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let input = self.feed.rest();
            let (mut left, mut taken, mut free, mut made) = (input.len(), 0, out.len(), 0);
            let result = BrotliDecompressStream(
                &mut left,
                &mut taken,
                input,
                &mut free,
                &mut made,
                out,
                &mut self.total,
                &mut self.state,
            );
            self.feed.consume(taken);
            match result {
                BrotliResult::ResultFailure => return Err(ErrorKind::InvalidData.into()),
                BrotliResult::NeedsMoreInput if made == 0 => _ = self.feed.need()?,
                _ => return Ok(made),
            }
        }
    }
}
