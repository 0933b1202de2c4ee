//! `cargo xtask NAME`: what people run now and then.

use anyhow::Result;
use clap::{Parser, Subcommand};

mod browser;
mod component;
mod site;
mod workspace;

/// Makes the packages for other hosts, and the page.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Clone, Copy, Subcommand)]
enum Task {
    /// Make the npm package for browsers and Node: target/browser
    Browser,
    /// Make the component for hosts of the component model: target/component/edge_functions.wasm
    Component,
    /// Make the page: target/site of site/ and the modules that it loads
    Site,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Browser => browser::build(),
        Task::Component => component::build(),
        Task::Site => site::build(),
    }
}
