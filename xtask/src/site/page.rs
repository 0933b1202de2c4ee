//! `cargo xtask site`.

use std::path::Path;

use anyhow::Result;

use super::assets::{self, Assets};
use super::folder;
use super::release::release;

/// What a visitor asks for first; it alone keeps its name.
const ENTRY: &str = "index.html";

/// Makes `target/site/` of `site/`, in the repository at `root`.
pub fn build(root: &Path) -> Result<()> {
    let mut files = Assets::new();
    assets::read(&mut files, &root.join("site"), "")?;
    folder::write(&root.join("target/site"), &release(&files, ENTRY)?, ENTRY)
}
