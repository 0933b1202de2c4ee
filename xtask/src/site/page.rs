//! `cargo xtask site`.

use std::fs::{self, File};
use std::path::Path;

use anyhow::Result;

use super::assets::{self, Assets};
use super::folder;
use super::release::release;
use crate::browser::{Engine, Module};
use crate::workspace::repository;

/// What a visitor asks for first; it alone keeps its name.
const ENTRY: &str = "index.html";

/// What the page loads as WebAssembly: the core, and what the bench alone measures.
const MODULES: [Module; 2] =
    [Module::FULL, Module { name: "bench", package: "edge-browser-bench", features: &[] }];

/// Makes `target/site/` of `site/`, the sample pictures and the modules, these for SIMD alone.
pub fn build() -> Result<()> {
    let modules = repository("target/site-modules");
    fs::create_dir_all(&modules)?;
    // Another page in the making takes away what it does not know.
    let lock = File::create(repository("target/site.lock"))?;
    lock.lock()?;
    for module in &MODULES {
        module.build(Engine::Simd, &modules)?;
    }
    let files = gather(&[
        ("", &repository("site")),
        ("samples/", &repository("assets/samples")),
        ("wasm/", &repository("bindings/browser/package")),
        ("wasm/simd/", &modules),
    ])?;
    folder::write(&repository("target/site"), &release(&files, ENTRY)?, ENTRY)
}

/// The files below each folder, at its place below the page.
fn gather(folders: &[(&str, &Path)]) -> Result<Assets> {
    let mut files = Assets::new();
    for (place, folder) in folders {
        assets::read(&mut files, folder, place)?;
    }
    Ok(files)
}
