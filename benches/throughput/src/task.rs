//! One task, over the whole input.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use edge_core::hash::Algorithm;
use edge_core::text::{Case, Charset, Converter, IllFormed, Locale};
use serde::Serialize;

/// Bytes taken in at a time: about as many as arrive from a client at once.
const PIECE_BYTES: usize = 64 * 1024;

/// What is made of the input.
pub enum Task {
    /// Its digest.
    Digest(Algorithm),
    /// Its text in another case.
    Text(Case),
}

/// What a round took.
#[derive(Serialize)]
pub struct Times {
    ms: f64,
}

impl Task {
    /// The task of this name: an algorithm's, or a letter case's.
    pub fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "uppercase" => Self::Text(Case::Upper),
            "lowercase" => Self::Text(Case::Lower),
            _ => {
                let algorithm = Algorithm::named(name);
                Self::Digest(algorithm.with_context(|| format!("`{name}` is no task"))?)
            }
        })
    }

    /// Does it so many times, and puts what it makes into `answer`.
    pub fn run(&self, input: &[u8], times: u32, answer: &mut Vec<u8>) -> Result<Times> {
        let mut time = Duration::ZERO;
        for _ in 0..times {
            answer.clear();
            time += match *self {
                Self::Digest(algorithm) => digest(algorithm, input, answer)?,
                Self::Text(case) => convert(case, input, answer)?,
            };
        }
        Ok(Times { ms: time.as_secs_f64() * 1e3 })
    }
}

fn digest(algorithm: Algorithm, input: &[u8], answer: &mut Vec<u8>) -> Result<Duration> {
    let start = Instant::now();
    let mut hasher = algorithm.start(None)?;
    input.chunks(PIECE_BYTES).for_each(|piece| hasher.update(piece));
    answer.extend(hasher.digest());
    Ok(start.elapsed())
}

/// In constant memory, as text is sent on while it arrives. That each piece is then kept for the
/// answer is not part of it.
fn convert(case: Case, input: &[u8], answer: &mut Vec<u8>) -> Result<Duration> {
    let mut converter = Converter::new(case, &Locale::ROOT, Charset::UTF_8, IllFormed::Refuse);
    let (mut time, mut out) = (Duration::ZERO, Vec::new());
    for piece in input.chunks(PIECE_BYTES) {
        out.clear();
        let start = Instant::now();
        converter.push(piece, &mut out)?;
        time += start.elapsed();
        answer.extend_from_slice(&out);
    }
    converter.finish(answer)?;
    Ok(time)
}
