//! The folder that the page is served from.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use brotli::CompressorWriter;

use super::assets::{self, Assets};

/// Brotli's effort, of 0 to 11: the last two steps take ten times as long for a twentieth less.
const QUALITY: u32 = 9;
/// The window is 2 to this power in bytes: what every browser takes (RFC 7932, section 9.1).
const WINDOW_BITS: u32 = 22;
const BUFFER_BYTES: usize = 64 * 1024;

/// Makes `folder` hold `files`, each with a `.br` beside it where that is smaller, and nothing else. The
/// file `entry` changes after all that it refers to is there, and before anything is removed: whoever is
/// served meanwhile gets a whole page.
pub fn write(folder: &Path, files: &Assets, entry: &str) -> Result<()> {
    let mut old = Assets::new();
    if folder.is_dir() {
        assets::read(&mut old, folder, "")?;
    }
    let mut kept = BTreeSet::new();
    let (first, last): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| *path != entry);
    for (path, content) in first.into_iter().chain(last) {
        let small = format!("{path}.br");
        // The same file has the same copy: it is there if it was ever worth its while.
        if old.get(path) != Some(content) {
            let compressed = compress(content)?;
            if compressed.len() < content.len() {
                replace(&folder.join(&small), &compressed)?;
                kept.insert(small.clone());
            }
            replace(&folder.join(path), content)?;
        } else if old.contains_key(&small) {
            kept.insert(small);
        }
        kept.insert(path.clone());
    }
    for path in old.keys().filter(|path| !kept.contains(*path)) {
        fs::remove_file(folder.join(path))?;
        remove_empty(folder, Path::new(path).parent());
    }
    Ok(())
}

/// Removes the folder `below` another, and those that it leaves empty.
fn remove_empty(folder: &Path, below: Option<&Path>) {
    let folders = below.into_iter().flat_map(Path::ancestors).filter(|path| *path != Path::new(""));
    // The first that is not empty ends it.
    folders.map(|path| fs::remove_dir(folder.join(path))).find(Result::is_err);
}

fn compress(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = CompressorWriter::new(&mut compressed, BUFFER_BYTES, QUALITY, WINDOW_BITS);
    writer.write_all(content)?;
    drop(writer);
    Ok(compressed)
}

/// Puts a whole file in the place of whatever is at `path`.
fn replace(path: &Path, content: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file is in a folder")?;
    let partial = path.with_extension("partial");
    fs::create_dir_all(folder)?;
    fs::write(&partial, content)?;
    fs::rename(&partial, path).with_context(|| format!("cannot write {}", path.display()))
}
