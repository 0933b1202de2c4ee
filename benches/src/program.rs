//! This project's part in a comparison: a program of the workspace, built as it is deployed.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::host::Host;

/// A program, and what it runs on.
pub struct Program {
    file: PathBuf,
    host: Option<PathBuf>,
}

impl Program {
    /// Builds the package's program as wasm, which runs on the host.
    pub fn wasm(package: &str) -> Result<Self> {
        let host = Some(Host::build()?);
        build(package, &["--target", "wasm32-wasip2"])?;
        let file = format!("wasm32-wasip2/release/{package}.wasm");
        Ok(Self { file: crate::target_folder()?.join(file), host })
    }

    /// Builds the package's program for this machine.
    pub fn native(package: &str) -> Result<Self> {
        build(package, &[])?;
        let file = format!("release/{package}{EXE_SUFFIX}");
        Ok(Self { file: crate::target_folder()?.join(file), host: None })
    }

    /// What starts it.
    pub fn command(&self) -> Command {
        match &self.host {
            None => Command::new(&self.file),
            Some(host) => {
                let mut command = Command::new(host);
                command.arg("run").arg(&self.file);
                command
            }
        }
    }
}

fn build(package: &str, target: &[&str]) -> Result<()> {
    let built = crate::cargo_build()?
        .args(["--release", "--package", package])
        .args(target)
        .status()
        .context("cannot start cargo")?;
    ensure!(built.success(), "{package} was not built: {built}");
    Ok(())
}
