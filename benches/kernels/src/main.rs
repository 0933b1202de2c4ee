//! Times the picture kernels on a 4K frame beside a plain copy of the same bytes, and checks
//! every result against the textbook loop. A wasm program: `cargo measure kernels` builds and
//! runs it. It prints a Markdown table and fails if a result is wrong.

mod case;
mod picture;
mod textbook;

use std::process::ExitCode;

use case::Case;

/// Runs per measurement; the tables show their median.
const RUNS: usize = 15;

fn main() -> ExitCode {
    let mut cases = Case::all();
    for _ in 0..RUNS {
        // One after the other, so that a slow moment of the machine falls on all of them alike.
        cases.iter_mut().for_each(Case::run);
    }
    println!("| 4K frame | kernel | copy, ms | portable, ms | SIMD, ms | copies | at most | textbook loop |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|");
    cases.iter().for_each(|case| println!("{}", case.row()));
    let wrong: Vec<String> = cases.iter().filter_map(Case::wrong).collect();
    wrong.iter().for_each(|message| eprintln!("{message}"));
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
