//! One wasm module and its JavaScript bindings.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::engine::Engine;
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "web";

/// A crate that exports through `wasm-bindgen`, with some of its features.
#[derive(Clone, Copy, Debug)]
pub struct Module {
    /// The files' name, without extension.
    pub name: &'static str,
    /// The crate's package.
    pub package: &'static str,
    /// The features that are on, instead of the package's default ones.
    pub features: &'static [&'static str],
}

impl Module {
    /// The kernels of pictures, and the default digest.
    pub const KERNELS: Self = Self::of_core("kernels", &["kernels"]);
    /// Letter case.
    pub const TEXT: Self = Self::of_core("text", &["text"]);
    /// Digests.
    pub const HASH: Self = Self::of_core("hash", &["hash"]);
    /// All there is.
    pub const FULL: Self = Self::of_core("full", &["full"]);

    const fn of_core(name: &'static str, features: &'static [&'static str]) -> Self {
        Self { name, package: "edge-browser", features }
    }

    /// Builds the module, and puts into `folder` `NAME_bg.wasm`, `NAME.js` that instantiates it,
    /// and the types `NAME.d.ts`. What is there already and newer than its sources stays.
    pub fn build(&self, engine: Engine, folder: &Path) -> Result<()> {
        let target_folder = workspace::target_folder()?;
        // Cargo gives the module of every set of features the same name in the end.
        let lock = File::create(target_folder.join("browser.lock"))?;
        lock.lock()?;
        let built = self.compile(engine, &target_folder)?;
        if is_older(&folder.join(self.wasm_name()), &built)? {
            self.bind(&built, folder).with_context(|| format!("cannot bind {}", self.package))?;
        }
        Ok(())
    }

    /// The wasm file's name.
    pub fn wasm_name(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    fn compile(&self, engine: Engine, target_folder: &Path) -> Result<PathBuf> {
        workspace::add_target(TARGET)?;
        let mut cargo = Command::new("cargo");
        cargo
            .args(["build", "--profile", PROFILE, "--target", TARGET, "--package", self.package])
            .args(["--no-default-features", "--features", &self.features.join(",")])
            .arg("--target-dir")
            .arg(target_folder)
            .env("CARGO_ENCODED_RUSTFLAGS", engine.rustc_flags())
            // Has cargo keep the module of every set of features, instead of one for all. Should a
            // later cargo not know it, modules take turns in one place, and are linked anew.
            .env("__CARGO_DEFAULT_LIB_METADATA", PROFILE)
            .current_dir(workspace::repository(""));
        workspace::run(&mut cargo)?;
        let file = format!("{TARGET}/{PROFILE}/{}.wasm", self.package.replace('-', "_"));
        Ok(target_folder.join(file))
    }

    fn bind(&self, built: &Path, folder: &Path) -> Result<()> {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(built).out_name(self.name).web(true)?.typescript(true);
        bindgen.remove_name_section(true).remove_producers_section(true);
        bindgen.generate(folder)
    }
}

/// Whether a file is missing, or older than its source.
pub fn is_older(file: &Path, source: &Path) -> Result<bool> {
    let Ok(made) = modified(file) else { return Ok(true) };
    Ok(made < modified(source)?)
}

fn modified(path: &Path) -> Result<SystemTime> {
    let metadata = path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
    Ok(metadata.modified()?)
}
