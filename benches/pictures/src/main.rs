//! This project's contender in `cargo measure pictures`: a wasm program that tells how long each
//! stage of a job took.

mod job;

use anyhow::Result;

use job::Job;

fn main() -> Result<()> {
    edge_contender::serve(|job: Job, file| {
        Ok(move |answer: &mut Vec<u8>| {
            // What the last round made must not stand in this one's way.
            *answer = Vec::new();
            let times;
            (times, *answer) = job.run(&file)?;
            Ok(times)
        })
    })
}
