//! What components and the host itself have to say, line by line.

use std::borrow::Cow;
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

use crate::record::Record;

/// Gets the id of a component, empty for a request that reaches none, and a line without its end.
pub type LogSink = Arc<dyn Fn(&str, &str) + Send + Sync>;

/// The longest line in bytes. The rest of a longer one is left out.
const LONGEST_LINE: usize = 64 * 1024;

/// Writes each line to the process's stderr.
pub fn to_stderr() -> LogSink {
    Arc::new(|component, line| {
        // Nobody is left to tell if nobody reads stderr.
        let _ = writeln!(io::stderr().lock(), "{}", shown(component, line));
    })
}

/// A line after its component's id in brackets, but for JSON, which is to stay readable as such.
fn shown<'a>(component: &str, line: &'a str) -> Cow<'a, str> {
    if line.starts_with('{') { line.into() } else { format!("[{component}] {line}").into() }
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
}

impl fmt::Debug for ComponentLog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("ComponentLog").field(&self.component).finish()
    }
}

/// Collects bytes until they make a line. What is left at the end counts as one.
struct LineBuffer {
    record: Arc<Record>,
    pending: Vec<u8>,
}

impl LineBuffer {
    fn write(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            let room = LONGEST_LINE - self.pending.len();
            self.pending.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.ends_with(b"\n") {
                self.flush();
            }
        }
    }

    fn flush(&mut self) {
        let line = String::from_utf8_lossy(&self.pending);
        self.record.line(line.trim_end_matches(['\r', '\n']));
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
    /// A stream of the instance that works on this request.
    pub fn new(record: Arc<Record>) -> Self {
        Self(Arc::new(Mutex::new(LineBuffer { record, pending: Vec::new() })))
    }

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

/// The lines that `work` logs for the component `c`.
#[cfg(test)]
pub fn recorded(work: impl FnOnce(&ComponentLog)) -> Vec<String> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = lines.clone();
    let sink: LogSink = Arc::new(move |component, line| {
        sink.lock().expect("one thread").push(format!("{component}: {line}"));
    });
    work(&ComponentLog::new("c", sink));
    let lines = lines.lock().expect("one thread");
    lines.clone()
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    /// The lines that these pieces make.
    fn lines(pieces: &[&[u8]]) -> Vec<String> {
        let mut lines = recorded(|log| {
            let record = Record::begin(log, &Request::new(()));
            let stream = LineStream::new(record);
            for piece in pieces {
                stream.take(piece);
            }
        });
        // The request's own.
        lines.pop().expect("a line");
        lines
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
    fn the_rest_of_a_line_that_is_too_long_is_left_out() {
        for length in [LONGEST_LINE - 1, LONGEST_LINE, LONGEST_LINE + 1, 3 * LONGEST_LINE] {
            let long = "x".repeat(length);
            let (first, rest) = long.as_bytes().split_at(length / 2);
            let expected = format!("c: {}", &long[..length.min(LONGEST_LINE)]);
            assert_eq!(lines(&[first, rest]), [expected.as_str()], "{length}");
            assert_eq!(lines(&[first, rest, b"\nnext"]), [&expected, "c: next"], "{length}");
        }
    }

    #[test]
    fn json_is_shown_as_it_is() {
        assert_eq!(shown("hash", r#"{"status":200}"#), r#"{"status":200}"#);
        assert_eq!(shown("hash", "text"), "[hash] text");
        assert_eq!(shown("hash", ""), "[hash] ");
    }
}
