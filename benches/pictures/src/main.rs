//! This project's contender in `cargo measure pictures`: a wasm program that does one job again and
//! again, and tells how long each stage took. `contender.js` describes what is read and written.

mod job;

use std::io::{self, BufRead, Read, Write};

use anyhow::{Result, bail};
use serde_json::json;

use job::Job;

fn main() -> Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut line = String::new();
    input.read_line(&mut line)?;
    let job: Job = serde_json::from_str(&line)?;
    let mut file = vec![0; job.bytes];
    input.read_exact(&mut file)?;

    let mut answer = Vec::new();
    for request in input.lines() {
        match request?.as_str() {
            "round" => {
                // What the last round made must not stand in this one's way.
                drop(answer);
                let times;
                (times, answer) = job.run(&file)?;
                writeln!(output, "{}", serde_json::to_string(&times)?)?;
            }
            "answer" => {
                writeln!(output, "{}", json!({ "bytes": answer.len() }))?;
                output.write_all(&answer)?;
            }
            other => bail!("`{other}` is no request"),
        }
        output.flush()?;
    }
    Ok(())
}
