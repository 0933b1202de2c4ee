//! Bodies of 1 GiB through the functions that stream: how fast, in how much linear memory.

use std::convert::Infallible;
use std::iter;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use edge_host::{Application, Options, Server, Statistics};
use http::Request;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::runtime::Runtime;

use crate::client::Connection;

/// A body is this many blocks.
const BLOCKS: usize = 1024;
/// Bytes of a block.
const BLOCK_BYTES: usize = 1 << 20;
/// Runs of each stream; the table shows their median.
const RUNS: usize = 3;
/// The most linear memory that a component may have used, in bytes.
const MEMORY_BYTES: usize = 8 << 20;

/// Sends each stream to the application, and reads what it makes of it.
pub fn measure() -> Result<String> {
    let application = Application::load(&Options::new(crate::repository("spin.toml")))?;
    Runtime::new()?.block_on(async {
        let server = Server::bind(application, ([127, 0, 0, 1], 0).into()).await?;
        let mut rows = Vec::new();
        for stream in streams() {
            rows.push(stream.measure(&server).await.context(stream.name)?);
        }
        server.shutdown().await;
        report(&rows)
    })
}

fn report(rows: &[Row]) -> Result<String> {
    let mut report = String::from("| 1 GiB through | MB/s | linear memory, MiB | at most |\n");
    report += "|---|--:|--:|--:|\n";
    for Row { name, rate, memory_bytes } in rows {
        let mebibytes = *memory_bytes as f64 / f64::from(1 << 20);
        report += &format!("| {name} | {rate:.0} | {mebibytes:.2} | {} |\n", MEMORY_BYTES >> 20);
    }
    report += &format!(
        "\nMedians of {RUNS} runs over TCP, every byte of the answers checked. The client runs on the same cores."
    );
    let fits = rows.iter().all(|row| row.memory_bytes <= MEMORY_BYTES);
    ensure!(fits, "a component used too much memory\n{report}");
    Ok(report)
}

/// A line of the table.
struct Row {
    name: &'static str,
    /// Megabytes of the body a second.
    rate: f64,
    memory_bytes: usize,
}

/// A body, and the answer to it.
struct Stream {
    name: &'static str,
    component: &'static str,
    body: Repeated,
    answer: Repeated,
}

fn streams() -> [Stream; 3] {
    let ascii = block("The quick brown fox jumps over the lazy dog.");
    let mixed = block("Straße, ﬁn, Ελληνικά: ΐ, русский язык, ʼn. 漢字 🦀");
    let stream = |name, component, block: &str, answer| {
        let body = Repeated { block: block.to_owned().into(), left: BLOCKS };
        Stream { name, component, body, answer }
    };
    // Upper case depends on no character's neighbours, nor therefore on a block's.
    let upper = |block: &str| Repeated { block: block.to_uppercase().into(), left: BLOCKS };
    let digest = fnv1a(iter::repeat_n(ascii.as_bytes(), BLOCKS));
    let digest = Repeated { block: digest.into(), left: 1 };
    [
        stream("`/hash`", "hash", &ascii, digest),
        stream("`/uppercase`, ASCII", "uppercase", &ascii, upper(&ascii)),
        stream("`/uppercase`, mixed scripts", "uppercase", &mixed, upper(&mixed)),
    ]
}

/// A block of numbered lines: no part of it is like another.
fn block(line: &str) -> String {
    let mut lines = (0..).map(|number| format!("{number}: {line}\n"));
    let mut block = String::with_capacity(BLOCK_BYTES);
    while let Some(line) = lines.next().filter(|line| block.len() + line.len() <= BLOCK_BYTES) {
        block += &line;
    }
    block.extend(iter::repeat_n('.', BLOCK_BYTES - block.len()));
    block
}

/// The FNV-1a 64 digest (RFC 9923) of the pieces as one message.
pub fn fnv1a<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> String {
    let digest = pieces.fold(14_695_981_039_346_656_037_u64, |digest, piece| {
        piece.iter().fold(digest, |digest, byte| {
            (digest ^ u64::from(*byte)).wrapping_mul(1_099_511_628_211)
        })
    });
    format!("{digest:016x}")
}

impl Stream {
    async fn measure(&self, server: &Server) -> Result<Row> {
        let statistics: &Statistics =
            server.application().statistics(self.component).context("no such component")?;
        statistics.reset();
        let mut rates = [0.0; RUNS];
        for rate in &mut rates {
            *rate = self.run(server).await?;
        }
        rates.sort_by(f64::total_cmp);
        let memory_bytes = statistics.peak_memory_bytes();
        Ok(Row { name: self.name, rate: rates[RUNS / 2], memory_bytes })
    }

    /// One run: megabytes a second.
    async fn run(&self, server: &Server) -> Result<f64> {
        let mut connection = Connection::open(server.address()).await?;
        let request = Request::post(format!("/{}", self.component)).body(self.body.clone())?;
        let start = Instant::now();
        let answer = connection.send(request).await?;
        ensure!(answer.status() == 200, "the status is {}", answer.status());
        self.answer.check(answer.into_body()).await?;
        Ok(self.body.bytes() as f64 / 1e6 / start.elapsed().as_secs_f64())
    }
}

/// A block, again and again.
#[derive(Clone)]
struct Repeated {
    block: Bytes,
    left: usize,
}

impl Repeated {
    fn bytes(&self) -> usize {
        self.block.len() * self.left
    }

    /// Reads an answer, which must be the same.
    async fn check(&self, mut answer: Incoming) -> Result<()> {
        let mut position = 0;
        while let Some(frame) = answer.frame().await {
            let bytes = frame?.into_data().unwrap_or_default();
            let mut rest = &bytes[..];
            while !rest.is_empty() {
                let expected = &self.block[position % self.block.len()..];
                let (now, later) = rest.split_at(rest.len().min(expected.len()));
                ensure!(expected.starts_with(now), "the answer differs after byte {position}");
                position += now.len();
                rest = later;
            }
        }
        ensure!(position == self.bytes(), "the answer has {position} bytes, not {}", self.bytes());
        Ok(())
    }
}

impl Body for Repeated {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(left) = self.left.checked_sub(1) else { return Poll::Ready(None) };
        self.left = left;
        Poll::Ready(Some(Ok(Frame::data(self.block.clone()))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes() as u64)
    }
}
