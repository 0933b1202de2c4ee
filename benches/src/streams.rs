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

use crate::bar::verdict;
use crate::client::Connection;
use crate::median::median;
use crate::text::{ASCII, MIXED, numbered};

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
            rows.push(stream.measure(&server).await.with_context(|| stream.name.clone())?);
        }
        server.shutdown().await;
        Ok(report(&rows))
    })
}

fn report(rows: &[Row]) -> String {
    let head = "| 1 GiB through | MB/s | at least | linear memory, MiB | at most |\n\
                |---|--:|--:|--:|--:|\n";
    let line = |&Row { ref name, rate, least, memory_bytes }: &Row| {
        let speed = least.map(|least| format!("{least} {}", verdict(rate >= least)));
        let mebibytes = memory_bytes as f64 / f64::from(1 << 20);
        let memory = format!("{} {}", MEMORY_BYTES >> 20, verdict(memory_bytes <= MEMORY_BYTES));
        let speed = speed.unwrap_or_default();
        format!("| {name} | {rate:.0} | {speed} | {mebibytes:.2} | {memory} |\n")
    };
    let lines: String = rows.iter().map(line).collect();
    format!(
        "{head}{lines}\n\
         Medians of {RUNS} runs over TCP, every byte of the answers checked. The client runs on the same cores."
    )
}

/// A line of the table.
struct Row {
    name: String,
    /// Megabytes of the body a second.
    rate: f64,
    /// The least rate.
    least: Option<f64>,
    memory_bytes: usize,
}

/// A body, and the answer to it.
struct Stream {
    name: String,
    component: &'static str,
    target: &'static str,
    body: Repeated,
    answer: Repeated,
    /// The least rate, in megabytes of the body a second.
    least: Option<f64>,
}

/// The digest of all blocks in ASCII, by hash-wasm 4.13.0.
const XXH3_64: &str = "8a4d8e8f321cfd5f";
/// The same by `sha256sum`.
const SHA_256: &str = "88f606c09114d26f2b6de676ffd94c1302da76d4907f03ceadc531da8d3742ed";

fn streams() -> [Stream; 5] {
    let [ascii, mixed] = [ASCII, MIXED].map(|line| numbered(line, BLOCK_BYTES));
    let blocks = |text: &str| Repeated { block: text.to_owned().into(), left: BLOCKS };
    let hash = |target, digest: &str, least| {
        let answer = Repeated { block: digest.to_owned().into(), left: 1 };
        let name = format!("`{target}`");
        Stream { name, component: "hash", target, body: blocks(&ascii), answer, least }
    };
    let uppercase = |scripts, text: &str| {
        let name = format!("`/uppercase`, {scripts}");
        // Upper case depends on no character's neighbours, nor therefore on a block's.
        let (body, answer) = (blocks(text), blocks(&text.to_uppercase()));
        Stream { name, component: "uppercase", target: "/uppercase", body, answer, least: None }
    };
    let fnv1a = fnv1a(iter::repeat_n(ascii.as_bytes(), BLOCKS));
    [
        hash("/hash", &fnv1a, None),
        hash("/hash?algorithm=xxh3-64", XXH3_64, Some(500.0)),
        hash("/hash?algorithm=sha-256", SHA_256, None),
        uppercase("ASCII", &ascii),
        uppercase("mixed scripts", &mixed),
    ]
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
        let rate = median(rates.into_iter());
        let memory_bytes = statistics.peak_memory_bytes();
        Ok(Row { name: self.name.clone(), rate, least: self.least, memory_bytes })
    }

    /// One run: megabytes a second.
    async fn run(&self, server: &Server) -> Result<f64> {
        let mut connection = Connection::open(server.address()).await?;
        let request = Request::post(self.target).body(self.body.clone())?;
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

#[cfg(test)]
mod tests {
    use super::{MEMORY_BYTES, Row, report};

    #[test]
    fn a_bar_is_kept_up_to_its_value() {
        let row = |name: &str, rate, least, memory_bytes| {
            report(&[Row { name: name.to_owned(), rate, least, memory_bytes }])
        };
        let line = |report: String| report.lines().nth(2).map(str::to_owned);
        let kept = row("a", 500.0, Some(500.0), MEMORY_BYTES);
        assert_eq!(line(kept).as_deref(), Some("| a | 500 | 500 kept | 8.00 | 8 kept |"));
        let slow = row("b", 499.9, Some(500.0), MEMORY_BYTES / 2);
        assert_eq!(line(slow).as_deref(), Some("| b | 500 | 500 MISSED | 4.00 | 8 kept |"));
        let large = row("c", 1.2, None, MEMORY_BYTES + 1);
        assert_eq!(line(large).as_deref(), Some("| c | 1 |  | 8.00 | 8 MISSED |"));
    }
}
