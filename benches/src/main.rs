//! `cargo measure NAME` measures and prints Markdown; with `--write` it goes into the README, or
//! where else its marks are.

mod bar;
mod browser;
mod client;
mod contender;
mod formats;
mod host;
mod kernels;
mod load;
mod median;
mod memory;
mod packages;
mod pictures;
mod player;
mod processor;
mod program;
mod readme;
mod requests;
mod sizes;
mod streams;
mod text;
mod throughput;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};

/// Measures what the README states.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    measurement: Measurement,
    /// Put the result between this measurement's marks in README.md, missed bars included; that of
    /// `formats` in functions/image/FORMATS.md.
    #[arg(long, global = true)]
    write: bool,
}

#[derive(Clone, Copy, Subcommand)]
enum Measurement {
    /// JavaScript beside wasm: the page's bench, under Node. With `--write` also benches/RESULTS.md.
    Browser,
    /// Codecs that were tried, a picture of 12 megapixels each.
    Formats,
    /// The picture kernels beside a plain copy.
    Kernels,
    /// Pictures from file to file, beside other libraries from npm.
    Pictures,
    /// Digests and letter cases of 100 MB, beside other libraries from npm.
    Throughput,
    /// Bodies of 1 GiB through the functions that stream.
    Streams,
    /// The modules for browsers, compressed.
    Sizes,
    /// Many clients at once, and the host's memory meanwhile.
    Load {
        /// How long the clients ask, in stretches of 10 s.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(20..))]
        seconds: u32,
    },
}

impl Measurement {
    /// The name in the README's marks.
    fn name(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Formats => "formats",
            Self::Kernels => "kernels",
            Self::Pictures => "pictures",
            Self::Throughput => "throughput",
            Self::Streams => "streams",
            Self::Sizes => "sizes",
            Self::Load { .. } => "load",
        }
    }

    /// The file with the marks.
    fn document(self) -> &'static str {
        match self {
            Self::Formats => "functions/image/FORMATS.md",
            _ => "README.md",
        }
    }

    /// Measures; the result is Markdown. It is an error if anything answers wrongly.
    fn run(self, write: bool) -> Result<String> {
        match self {
            Self::Browser => browser::measure(write),
            Self::Formats => formats::measure(),
            Self::Kernels => kernels::measure(),
            Self::Pictures => pictures::measure(),
            Self::Throughput => throughput::measure(),
            Self::Streams => streams::measure(),
            Self::Sizes => sizes::measure(),
            Self::Load { seconds } => load::measure(seconds / 10),
        }
    }
}

fn main() -> Result<()> {
    let Arguments { measurement, write } = Arguments::parse();
    let report = measurement.run(write)?;
    println!("{report}");
    if write {
        readme::write(measurement.document(), measurement.name(), &report)?;
    }
    ensure!(!bar::is_missed(&report), "a bar was missed");
    Ok(())
}

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name(path)
}

/// Where cargo has put this program, in `debug`, and puts what is built for it.
fn target_folder() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).context("a program in a target folder")?.to_owned())
}

/// A `cargo build` into the same target folder.
fn cargo_build() -> Result<Command> {
    let mut cargo = edge_host::outside_cargo("cargo");
    cargo.args(["build", "--quiet", "--target-dir"]).arg(target_folder()?);
    Ok(cargo)
}
