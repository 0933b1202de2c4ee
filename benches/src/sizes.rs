//! How much there is to download for a page: what `cargo xtask browser` says of the modules it made.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};

/// Makes the modules; the table is theirs.
pub fn measure() -> Result<String> {
    let output = edge_host::outside_cargo("cargo")
        .args(["xtask", "browser"])
        .current_dir(crate::repository(""))
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    ensure!(output.status.success(), "the modules were not made: {}", output.status);
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}
