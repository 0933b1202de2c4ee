//! `cargo measure NAME` measures and prints Markdown; with `--write` it goes into the README.

mod kernels;
mod readme;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// Measures what the README states.
#[derive(Parser)]
struct Arguments {
    /// What to measure.
    measurement: Measurement,
    /// Put the result between this measurement's marks in README.md.
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Measurement {
    /// The picture kernels beside a plain copy.
    Kernels,
}

impl Measurement {
    /// The name in the README's marks.
    fn name(self) -> &'static str {
        match self {
            Self::Kernels => "kernels",
        }
    }

    /// Measures; the result is Markdown.
    fn run(self) -> Result<String> {
        match self {
            Self::Kernels => kernels::measure(),
        }
    }
}

fn main() -> Result<()> {
    let Arguments { measurement, write } = Arguments::parse();
    let report = measurement.run()?;
    println!("{report}");
    if write {
        readme::write(measurement.name(), &report)?;
    }
    Ok(())
}
