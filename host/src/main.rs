//! `edge-host up` serves an application; `edge-host run` runs one wasm program.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use edge_host::{Application, Limits, Options, Server, command, find_manifest};

/// Runs Spin applications on wasmtime.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build what is missing or stale and serve the application.
    Up(Up),
    /// Run a wasi:cli program with this terminal's streams, but neither files nor network.
    Run {
        /// The wasm file.
        file: PathBuf,
        /// The program's arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

#[derive(Args)]
struct Up {
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// A variable's value; may be given several times.
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = parse_variable)]
    variables: Vec<(String, String)>,
    /// The manifest [default: spin.toml in this folder or the nearest one above].
    #[arg(long, value_name = "PATH")]
    manifest: Option<PathBuf>,
    /// Linear memory of one instance.
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().memory_bytes)]
    memory: usize,
    /// Requests worked on at once.
    #[arg(long, value_name = "REQUESTS", default_value_t = Limits::default().concurrency)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    concurrency: u32,
    /// CPU time of one request; each MiB of its body adds 100 ms.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = milliseconds(Limits::default().cpu))]
    cpu: u64,
    /// Time of one request, a slow client's included.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = milliseconds(Limits::default().request))]
    timeout: u64,
    /// How long a client may pause in the middle of a request's body.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = milliseconds(Limits::default().idle))]
    idle: u64,
}

impl Up {
    fn options(self) -> Result<Options> {
        let manifest = match self.manifest {
            Some(path) if path.is_dir() => path.join("spin.toml"),
            Some(path) => path,
            None => find_manifest(&std::env::current_dir()?)?,
        };
        Ok(Options {
            variables: self.variables,
            limits: Limits {
                memory_bytes: self.memory,
                concurrency: self.concurrency,
                cpu: Duration::from_millis(self.cpu),
                request: Duration::from_millis(self.timeout),
                idle: Duration::from_millis(self.idle),
            },
            ..Options::new(manifest)
        })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Up(up) => serve(up).await,
        Command::Run { file, arguments } => command::run(&file, &arguments).await,
    };
    result.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

async fn serve(up: Up) -> Result<ExitCode> {
    let listen = up.listen;
    // That the address is taken is better known before the build than after it.
    let free = TcpListener::bind(listen);
    drop(free.with_context(|| format!("cannot listen on {listen}; --listen chooses another"))?);
    let application = Application::load(&up.options()?)?;
    let server = Server::bind(application, listen).await?;
    let mut interrupted = catch_interrupts().context("cannot catch signals")?;
    let application = server.application();
    println!("\n{}\n\n{}\n", application.title(), application.summary());
    println!("Serving http://{} (Ctrl-C to stop)", server.address());

    interrupted().await;
    eprintln!("Finishing the requests in flight (Ctrl-C again to quit at once)");
    tokio::select! {
        () = server.shutdown() => Ok(ExitCode::SUCCESS),
        () = interrupted() => Ok(ExitCode::FAILURE),
    }
}

/// Catches Ctrl-C and the signal by which a supervisor stops a process, from now on. Each call of
/// what it returns waits for the next one.
#[cfg(unix)]
fn catch_interrupts() -> std::io::Result<impl AsyncFnMut()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move || {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Catches Ctrl-C, from now on. Each call of what it returns waits for the next one.
#[cfg(windows)]
fn catch_interrupts() -> std::io::Result<impl AsyncFnMut()> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move || {
        interrupt.recv().await;
    })
}

fn parse_variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err("write NAME=VALUE".to_owned()),
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
