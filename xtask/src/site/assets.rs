//! The files that a page is made of.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Files by their path below the page, its segments separated by `/`.
pub type Assets = BTreeMap<String, Vec<u8>>;

/// Adds every file below `folder` to `assets`, each path with `prefix` before it.
pub fn read(assets: &mut Assets, folder: &Path, prefix: &str) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(assets, &entry.path(), &format!("{path}/"))?;
        } else {
            assets.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}
