//! This project's contender in `cargo measure throughput`: digests and letter cases of a long
//! input, by the core. It runs as wasm and natively.

mod task;

use anyhow::Result;
use serde::Deserialize;

use task::Task;

/// What is to be done.
#[derive(Deserialize)]
struct Job {
    /// An algorithm's name, or a letter case.
    task: String,
    /// How many times a round does it.
    times: u32,
}

fn main() -> Result<()> {
    edge_contender::serve(|job: Job, input| {
        let task = Task::named(&job.task)?;
        Ok(move |answer: &mut Vec<u8>| task.run(&input, job.times, answer))
    })
}
