//! `cargo xtask NAME`: what people run now and then.

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Makes the packages for other hosts, and the page.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Clone, Copy, Subcommand)]
enum Task {}

fn main() -> Result<()> {
    match Arguments::parse().task {}
}
