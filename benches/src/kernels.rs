//! The picture kernels: a wasm program of its own, run by the host.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Builds and runs the program; its output.
pub fn measure() -> Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Cargo's runner for this target is the host.
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--target", "wasm32-wasip2"])
        .args(["--package", "edge-kernels-bench"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    let report = String::from_utf8(output.stdout).context("the kernels' report")?;
    ensure!(output.status.success(), "the kernels failed: {}\n{report}", output.status);
    Ok(report.trim_end().to_owned())
}
