//! Runs a program: a component that exports `wasi:cli/run`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use wasmtime::Store;
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::error::Context as _;
use wasmtime_wasi::p2::bindings::Command;
use wasmtime_wasi::{I32Exit, WasiCtx, WasiCtxView, WasiView};

use crate::engine;

/// Runs the program in `file` with this process's standard streams, but neither files nor network,
/// and returns its exit code.
pub async fn run(file: &Path, arguments: &[String]) -> Result<ExitCode> {
    let engine = engine::on_demand()?;
    let component = Component::from_file(&engine, file)
        .with_context(|| format!("cannot load {}", file.display()))?;
    let mut linker = Linker::new(&engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;

    let mut wasi = WasiCtx::builder();
    wasi.inherit_stdio().allow_blocking_current_thread(true);
    wasi.arg(file.to_string_lossy()).args(arguments);
    let program = Program { wasi: wasi.build(), table: ResourceTable::new() };
    let mut store = Store::new(&engine, program);

    let command = Command::instantiate_async(&mut store, &component, &linker).await?;
    match command.wasi_cli_run().call_run(&mut store).await {
        Ok(Ok(())) => Ok(ExitCode::SUCCESS),
        Ok(Err(())) => Ok(ExitCode::FAILURE),
        Err(error) => match error.downcast_ref::<I32Exit>() {
            // As a process's: the lowest eight bits.
            Some(exit) => Ok(ExitCode::from(exit.0.to_le_bytes()[0])),
            None => Err(error.into()),
        },
    }
}

struct Program {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Program {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}
