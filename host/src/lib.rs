//! Runs a Spin application on wasmtime, with Spin's routes and grants: for `cargo up`, and inside
//! tests and benches.
//!
//! ```no_run
//! # async fn serve() -> anyhow::Result<()> {
//! use edge_host::{Application, Options, Server};
//!
//! let application = Application::load(&Options::new("spin.toml"))?;
//! let server = Server::bind(application, ([127, 0, 0, 1], 0).into()).await?;
//! println!("http://{}", server.address());
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod application;
mod builder;
pub mod command;
mod component;
mod engine;
mod instance;
mod invocation;
mod log;
mod manifest;
mod outbound;
mod processor;
mod record;
mod request;
mod response;
mod route;
mod server;
mod statistics;
mod summary;
mod support;
mod variables;
mod wit;

pub use application::{Application, Options};
pub use builder::outside_cargo;
pub use engine::Limits;
pub use log::LogSink;
pub use manifest::find as find_manifest;
pub use server::Server;
pub use statistics::Statistics;
