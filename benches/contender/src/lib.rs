//! A contender's side of a comparison: a program that does one job again and again, and tells what
//! that took. `contender.mjs` is the same for those in Node, and describes what is read and written.

use std::io::{self, BufRead, Read, Write};

use anyhow::{Result, bail};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The first line of the input.
#[derive(Deserialize)]
struct Head<Job> {
    #[serde(flatten)]
    job: Job,
    /// The length of the job's input.
    bytes: usize,
}

#[derive(Serialize)]
struct Answer {
    bytes: usize,
}

/// Serves until standard input ends. `prepare` gets the job and its input; what it returns does the
/// job once, into a buffer that still holds the last round's answer, and tells what that took.
///
/// # Errors
/// If the job fails, or the input is not as `contender.mjs` describes it.
pub fn serve<Job, Times, Round>(prepare: impl FnOnce(Job, Vec<u8>) -> Result<Round>) -> Result<()>
where
    Job: DeserializeOwned,
    Times: Serialize,
    Round: FnMut(&mut Vec<u8>) -> Result<Times>,
{
    let (mut requests, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut line = String::new();
    requests.read_line(&mut line)?;
    let Head { job, bytes } = serde_json::from_str(&line)?;
    let mut input = vec![0; bytes];
    requests.read_exact(&mut input)?;

    let mut round = prepare(job, input)?;
    let mut answer = Vec::new();
    for request in requests.lines() {
        match request?.as_str() {
            "round" => {
                let times = round(&mut answer)?;
                writeln!(output, "{}", serde_json::to_string(&times)?)?;
            }
            "answer" => {
                let head = Answer { bytes: answer.len() };
                writeln!(output, "{}", serde_json::to_string(&head)?)?;
                output.write_all(&answer)?;
            }
            other => bail!("`{other}` is no request"),
        }
        output.flush()?;
    }
    Ok(())
}
