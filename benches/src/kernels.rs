//! The picture kernels: a wasm program of its own, run by the host.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};

/// Builds and runs the program; its output.
pub fn measure() -> Result<String> {
    // Cargo's runner for this target is the host.
    let output = edge_host::outside_cargo("cargo")
        .args(["run", "--quiet", "--release", "--target", "wasm32-wasip2"])
        .args(["--package", "edge-kernels-bench"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    let report = String::from_utf8(output.stdout).context("the kernels' report")?;
    ensure!(output.status.success(), "the kernels failed: {}\n{report}", output.status);
    Ok(report.trim_end().to_owned())
}
