//! Times the picture kernels on a 4K frame beside a plain copy of the same bytes, and checks
//! every result against the textbook loop. A wasm program: `cargo measure kernels` builds and
//! runs it. It prints Markdown, and fails if a result is wrong.

mod case;
mod operation;
mod picture;
mod textbook;

use std::process::ExitCode;

use case::Case;

/// Runs per measurement; the tables show their median.
const RUNS: usize = 15;
/// How much longer the larger radius may take.
const RADIUS_PERCENT: f64 = 15.0;

fn main() -> ExitCode {
    let mut cases = Case::all();
    for _ in 0..RUNS {
        // One after the other, so that a slow moment of the machine falls on all of them alike.
        cases.iter_mut().for_each(Case::run);
    }
    println!(
        "| 3840 x 2160 | operation | copy, ms | portable, ms | SIMD, ms | SIMD in copies | at most | textbook loop |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|--:|");
    let mut all_right = true;
    for case in &cases {
        // Checked one at a time: the textbook loop takes its time, and its memory.
        let check = case.check();
        println!("{}", case.row(&check));
        all_right &= check.is_right;
    }
    println!("\nMedians of {RUNS} runs. {}", radii(&cases));
    if all_right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The word for a bar, by which `cargo measure` knows a missed one.
fn verdict(is_kept: bool) -> &'static str {
    if is_kept { "kept" } else { "MISSED" }
}

/// How much longer r = 50 takes than r = 5.
fn radii(cases: &[Case]) -> String {
    let excess = |small: &Case| {
        let large =
            cases.iter().find(|case| case.picture == small.picture && case.radius() == Some(50))?;
        let percent = 100.0 * (large.simd_ms() / small.simd_ms() - 1.0);
        let verdict = verdict(percent <= RADIUS_PERCENT);
        Some(format!("{percent:+.0} % ({}) {verdict}", small.picture.name()))
    };
    let excesses: Vec<String> =
        cases.iter().filter(|case| case.radius() == Some(5)).filter_map(excess).collect();
    format!("r = 50 against r = 5, at most +{RADIUS_PERCENT} %: {}.", excesses.join(", "))
}
