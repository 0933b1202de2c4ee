//! What is measured, and where it goes.

use std::fs;

use anyhow::{Context, Result};

use super::page;
use super::report::{Versions, results, summary};

/// Measures; the README's part in Markdown. `benches/RESULTS.md` is written if `write` says so.
pub fn measure(write: bool) -> Result<String> {
    let versions = Versions::read()?;
    page::build()?;
    let findings = page::run()?;
    if write {
        let path = crate::repository("benches/RESULTS.md");
        fs::write(&path, results(&findings, &versions))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(summary(&findings))
}
