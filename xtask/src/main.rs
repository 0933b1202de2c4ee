//! `cargo xtask NAME`: what people run now and then.

use std::path::Path;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

mod site;

/// Makes the packages for other hosts, and the page.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Clone, Copy, Subcommand)]
enum Task {
    /// Make the page: target/site of site/ and the modules that it loads
    Site,
}

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the repository")?;
    match Arguments::parse().task {
        Task::Site => site::build(root),
    }
}
