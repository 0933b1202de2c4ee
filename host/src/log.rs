//! What components and the host itself have to say, line by line.

use std::fmt;
use std::io::{self, Write as _};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::io::AsyncWrite;
use wasmtime_wasi::async_trait;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamResult};

/// Gets each complete line, without its end, and the id of the component it belongs to.
pub type LogSink = Arc<dyn Fn(&str, &str) + Send + Sync>;

/// The longest line in bytes; what is longer is cut into several.
const LONGEST_LINE: usize = 64 * 1024;

/// Writes each line to the process's stderr, after the component's id in brackets.
pub fn to_stderr() -> LogSink {
    Arc::new(|component, line| {
        // Nobody is left to tell if nobody reads stderr.
        let _ = writeln!(io::stderr().lock(), "[{component}] {line}");
    })
}

/// The log of one component.
#[derive(Clone)]
pub struct ComponentLog {
    component: Arc<str>,
    sink: LogSink,
}

impl ComponentLog {
    /// The log of the component with this id.
    pub fn new(component: &str, sink: LogSink) -> Self {
        Self { component: component.into(), sink }
    }

    /// Reports one line.
    pub fn line(&self, line: &str) {
        (self.sink)(&self.component, line);
    }

    /// An output stream for one instance.
    pub fn stream(&self) -> LineStream {
        let buffer = LineBuffer { log: self.clone(), pending: Vec::new() };
        LineStream(Arc::new(Mutex::new(buffer)))
    }
}

impl fmt::Debug for ComponentLog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("ComponentLog").field(&self.component).finish()
    }
}

/// Collects bytes until they make a line. What is left at the end counts as one.
struct LineBuffer {
    log: ComponentLog,
    pending: Vec<u8>,
}

impl LineBuffer {
    fn write(&mut self, bytes: &[u8]) {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let mut rest = line;
            while !rest.is_empty() {
                let room = LONGEST_LINE - self.pending.len();
                let (piece, after) = rest.split_at(room.min(rest.len()));
                self.pending.extend_from_slice(piece);
                if piece.ends_with(b"\n") || self.pending.len() == LONGEST_LINE {
                    self.flush();
                }
                rest = after;
            }
        }
    }

    fn flush(&mut self) {
        let line = String::from_utf8_lossy(&self.pending);
        self.log.line(line.trim_end_matches(['\r', '\n']));
        self.pending.clear();
    }
}

impl Drop for LineBuffer {
    fn drop(&mut self) {
        if !self.pending.is_empty() {
            self.flush();
        }
    }
}

/// Standard output or standard error of one instance. It never blocks.
#[derive(Clone)]
pub struct LineStream(Arc<Mutex<LineBuffer>>);

impl LineStream {
    fn take(&self, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes);
    }
}

impl StdoutStream for LineStream {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

impl IsTerminal for LineStream {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl OutputStream for LineStream {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.take(&bytes);
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(LONGEST_LINE)
    }
}

#[async_trait]
impl Pollable for LineStream {
    async fn ready(&mut self) {}
}

impl AsyncWrite for LineStream {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.take(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that these pieces make.
    fn lines(pieces: &[&[u8]]) -> Vec<String> {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = lines.clone();
        let sink: LogSink = Arc::new(move |component, line| {
            sink.lock().expect("one thread").push(format!("{component}: {line}"));
        });
        let stream = ComponentLog::new("c", sink).stream();
        for piece in pieces {
            stream.take(piece);
        }
        drop(stream);
        let lines = lines.lock().expect("one thread");
        lines.clone()
    }

    #[test]
    fn pieces_become_lines() {
        let cases: [(&[&[u8]], &[&str]); 6] = [
            (&[], &[]),
            (&[b"", b""], &[]),
            (&[b"one\ntwo\r\n"], &["c: one", "c: two"]),
            (&[b"o", b"ne\ntw", b"o"], &["c: one", "c: two"]),
            (&[b"\n\n"], &["c: ", "c: "]),
            (&[b"\xff\n"], &["c: \u{fffd}"]),
        ];
        for (pieces, expected) in cases {
            assert_eq!(lines(pieces), expected);
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_cut() {
        let lengths = |length: usize| -> Vec<usize> {
            let line = vec![b'x'; length];
            lines(&[&line]).iter().map(|line| line.len() - "c: ".len()).collect()
        };
        assert_eq!(lengths(LONGEST_LINE - 1), [LONGEST_LINE - 1]);
        assert_eq!(lengths(LONGEST_LINE), [LONGEST_LINE]);
        assert_eq!(lengths(LONGEST_LINE + 1), [LONGEST_LINE, 1]);
    }
}
