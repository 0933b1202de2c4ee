//! `wasm-opt`, as the npm package `binaryen` has it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;

use super::module::is_older;
use crate::workspace;

/// Speed comes before size. The features of an engine are said in the file itself.
const OPTIONS: [&str; 2] = ["-O3", "--strip-target-features"];

/// The installed package.
pub struct Optimizer {
    program: PathBuf,
    /// The lock file as it was when the package was installed.
    installed: PathBuf,
}

impl Optimizer {
    /// Installs exactly what `xtask/binaryen/package-lock.json` lists, unless that was done before.
    /// `None`, and a word about it, where Node or npm is missing.
    pub fn install() -> Result<Option<Self>> {
        if !(answers("node") && answers("npm")) {
            eprintln!("Node with npm is missing: the modules are not optimised by wasm-opt");
            return Ok(None);
        }
        let folder = workspace::repository("target/binaryen");
        fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(workspace::repository("xtask/binaryen").join(file), folder.join(file))?;
        }
        let lock = fs::read(folder.join("package-lock.json"))?;
        let installed = folder.join("installed.json");
        if fs::read(&installed).ok().as_ref() != Some(&lock) {
            let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
            workspace::run(Command::new("npm").args(arguments).current_dir(&folder))?;
            fs::write(&installed, lock)?;
        }
        Ok(Some(Self { program: folder.join("node_modules/binaryen/bin/wasm-opt"), installed }))
    }

    /// Optimises a module; where the result is. One that is newer than the module and the optimiser
    /// stays.
    pub fn optimize(&self, wasm: &Path) -> Result<PathBuf> {
        let optimized = wasm.with_extension("opt.wasm");
        if is_older(&optimized, wasm)? || is_older(&optimized, &self.installed)? {
            eprintln!("Optimising {}", wasm.display());
            let mut node = Command::new("node");
            node.arg(&self.program).args(OPTIONS).arg(wasm).arg("-o").arg(&optimized);
            workspace::run(&mut node)?;
        }
        Ok(optimized)
    }
}

/// Whether there is such a program, and it runs.
fn answers(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
