//! A contender at work on one job, in a process of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The first line of its input, as `benches/contender/contender.mjs` describes it.
#[derive(Serialize)]
struct Head<'a, Job> {
    #[serde(flatten)]
    job: &'a Job,
    bytes: usize,
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
    /// Starts it, and hands it the job and the job's input.
    pub fn start(mut command: Command, job: &impl Serialize, input: &[u8]) -> Result<Self> {
        let program = command.get_program().to_owned();
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {program:?}"))?;
        let stdin = process.stdin.take().context("its input")?;
        let stdout = BufReader::new(process.stdout.take().context("its output")?);
        let mut contender = Self { process, input: stdin, output: stdout };
        let head = Head { job, bytes: input.len() };
        writeln!(contender.input, "{}", serde_json::to_string(&head)?)?;
        contender.input.write_all(input)?;
        Ok(contender)
    }

    /// Does the job once; what that took.
    pub fn round<Times: DeserializeOwned>(&mut self) -> Result<Times> {
        Ok(serde_json::from_str(&self.ask("round")?)?)
    }

    /// What the last round made.
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
