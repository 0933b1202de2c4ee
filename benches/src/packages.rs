//! The npm packages that are compared with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// What the programs import from each other stands in folders beside theirs.
const SHARED: &str = "contender";

/// The installed packages of one bench, and the programs that use them.
pub struct Packages {
    folder: PathBuf,
    versions: BTreeMap<String, String>,
    node: String,
}

impl Packages {
    /// Copies the programs of `benches/BENCH` into the target folder, and installs there exactly
    /// what its `package-lock.json` lists, unless that was done before.
    pub fn install(bench: &str) -> Result<Self> {
        let node = version("node")?;
        version("npm")?;
        let benches = crate::target_folder()?.join("benches");
        copy_programs(SHARED, &benches.join(SHARED))?;
        let folder = benches.join(bench);
        copy_programs(bench, &folder)?;

        let lock = fs::read(folder.join("package-lock.json"))?;
        let installed = folder.join("installed.json");
        if fs::read(&installed).ok().as_ref() != Some(&lock) {
            let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
            run(Command::new("npm").args(arguments).current_dir(&folder))?;
            fs::write(installed, lock)?;
        }
        let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join("package.json"))?)?;
        Ok(Self { folder, versions: manifest.dependencies, node })
    }

    /// The package's name and version.
    pub fn title(&self, package: &str) -> Result<String> {
        let version =
            self.versions.get(package).with_context(|| format!("no package {package}"))?;
        Ok(format!("{package} {version}"))
    }

    /// Node's name and version.
    pub fn node_title(&self) -> String {
        format!("Node {}", self.node.trim_start_matches('v'))
    }

    /// Node with a program of the bench, and a round's garbage collected after each.
    pub fn node(&self, program: &str) -> Command {
        let mut node = Command::new("node");
        node.arg("--expose-gc").arg(self.folder.join(program));
        node
    }
}

#[derive(Deserialize)]
struct Manifest {
    dependencies: BTreeMap<String, String>,
}

/// What the program says of itself. Fails unless it is there.
fn version(program: &str) -> Result<String> {
    let output = Command::new(program).arg("--version").output();
    let output = output.ok().filter(|output| output.status.success());
    let output = output.with_context(|| {
        format!("`{program}` is missing: this bench needs Node 20.19 or later, with npm")
    })?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Copies what Node and npm read of a folder of `benches`.
fn copy_programs(from: &str, to: &Path) -> Result<()> {
    let from = crate::repository("benches").join(from);
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(&from)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if name.extension().is_some_and(|kind| kind == "js" || kind == "mjs" || kind == "json") {
            fs::copy(entry.path(), to.join(&name))
                .with_context(|| format!("cannot copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_owned();
    let status = command.status().with_context(|| format!("cannot start {program:?}"))?;
    ensure!(status.success(), "{program:?} failed: {status}");
    Ok(())
}
