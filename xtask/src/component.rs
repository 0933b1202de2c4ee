//! `cargo xtask component`: the core as a component.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace;

/// Without WASI: the component asks nothing of its host.
const TARGET: &str = "wasm32-unknown-unknown";

/// Makes `component/edge_functions.wasm` in the target folder, and prints its size.
pub fn build() -> Result<()> {
    workspace::add_target(TARGET)?;
    let mut cargo = Command::new("cargo");
    cargo.args(["rustc", "--package", "edge-component", "--release", "--target", TARGET]);
    // The linker of wasm32-wasip2, which comes with rustc. It makes a component of the module, by the
    // WIT that the bindings have put in it, and fails if the module imports anything else.
    cargo.args(["--", "-C", "linker=wasm-component-ld"]).current_dir(workspace::repository(""));
    workspace::run(&mut cargo)?;

    let target = workspace::target_folder()?;
    let folder = target.join("component");
    let component = folder.join("edge_functions.wasm");
    fs::create_dir_all(&folder)?;
    let bytes = fs::copy(target.join(TARGET).join("release/edge_component.wasm"), &component)
        .with_context(|| format!("cannot write {}", component.display()))?;
    println!("{}: {bytes} bytes", component.display());
    Ok(())
}
