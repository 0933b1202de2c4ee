//! `cargo xtask browser`.

use anyhow::Result;

use super::entry;
use super::module::Module;
use crate::workspace;

/// Makes the npm package in `target/browser/`.
pub fn build() -> Result<()> {
    let folder = workspace::repository("target/browser");
    for module in [Module::KERNELS, Module::TEXT, Module::HASH, Module::FULL] {
        entry::build(&module, &folder)?;
    }
    Ok(())
}
