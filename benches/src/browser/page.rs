//! The page, whose benchmark runs under Node.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// What the page's benchmark found, as `benches/browser/page.mjs` prints it.
#[derive(Deserialize)]
pub struct Findings {
    /// The results in Markdown.
    pub table: String,
    /// Of each case: its title, and what does it in JavaScript and in wasm.
    pub sources: Vec<[String; 3]>,
    /// What it ran on.
    pub machine: String,
    /// Node and V8 with their versions.
    pub engine: String,
}

/// Makes the page.
pub fn build() -> Result<()> {
    let built = edge_host::outside_cargo("cargo")
        .args(["xtask", "site"])
        .current_dir(crate::repository(""))
        .status()
        .context("cannot start cargo")?;
    ensure!(built.success(), "the page was not made: {built}");
    Ok(())
}

/// Runs the page's benchmark.
pub fn run() -> Result<Findings> {
    let output = Command::new("node")
        // Browsers need no package.json to know a module, and the page has none.
        .arg("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON")
        .arg(crate::repository("benches/browser/page.mjs"))
        .arg(crate::repository("target/site"))
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start `node`: this bench needs Node 20.19 or later")?;
    ensure!(output.status.success(), "the benchmark failed: {}", output.status);
    Ok(serde_json::from_slice(&output.stdout)?)
}
