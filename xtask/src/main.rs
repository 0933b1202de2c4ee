//! `cargo xtask NAME`: what people run now and then.

use anyhow::Result;
use clap::{Parser, Subcommand};

mod browser;
mod component;
mod sign;
mod site;
mod workspace;

/// Makes the packages for other hosts and the page, and signs URLs.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Make the npm package for browsers and Node: target/browser
    Browser,
    /// Make the component for hosts of the component model: target/component/edge_functions.wasm
    Component,
    /// Make the page: target/site of site/ and the modules that it loads
    Site,
    /// Sign a URL with the deployment's key, as `?url=` needs where there is one
    Sign(sign::Sign),
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Browser => browser::build(),
        Task::Component => component::build(),
        Task::Site => site::build(),
        Task::Sign(order) => sign::run(&order),
    }
}
