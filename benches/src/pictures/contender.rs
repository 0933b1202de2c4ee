//! A library at work on one job, in a process of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// What is to be done, as `benches/pictures/contender.js` describes it.
#[derive(Serialize)]
pub struct Job {
    /// `grayscale`, `blur`, `resize`, or `copy`.
    pub operation: &'static str,
    /// The file's format.
    pub input: &'static str,
    /// The answer's format.
    pub output: &'static str,
    /// Of the picture, in pixels.
    pub width: u32,
    /// Of the picture, in pixels.
    pub height: u32,
    /// The file's length.
    pub bytes: usize,
}

/// What a round took, in milliseconds.
#[derive(Clone, Copy, Deserialize)]
pub struct Times {
    /// From the file to samples.
    pub decode: f64,
    /// From samples to samples.
    pub operation: f64,
    /// From samples to a file.
    pub encode: f64,
    /// From file to file, in the way the library prefers.
    pub total: f64,
}

#[derive(Deserialize)]
struct Answer {
    bytes: usize,
}

/// The process. It ends with this.
pub struct Contender {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Contender {
    /// Starts it, and hands it the job and the file.
    pub fn start(mut command: Command, job: &Job, file: &[u8]) -> Result<Self> {
        let program = command.get_program().to_owned();
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {program:?}"))?;
        let input = process.stdin.take().context("its input")?;
        let output = BufReader::new(process.stdout.take().context("its output")?);
        let mut contender = Self { process, input, output };
        writeln!(contender.input, "{}", serde_json::to_string(job)?)?;
        contender.input.write_all(file)?;
        Ok(contender)
    }

    /// Does the job once.
    pub fn round(&mut self) -> Result<Times> {
        Ok(serde_json::from_str(&self.ask("round")?)?)
    }

    /// The last round's file.
    pub fn answer(&mut self) -> Result<Vec<u8>> {
        let Answer { bytes } = serde_json::from_str(&self.ask("answer")?)?;
        let mut answer = vec![0; bytes];
        self.output.read_exact(&mut answer)?;
        Ok(answer)
    }

    fn ask(&mut self, request: &str) -> Result<String> {
        writeln!(self.input, "{request}").context("it has ended")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        ensure!(!line.is_empty(), "it has ended");
        Ok(line)
    }
}

impl Drop for Contender {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
