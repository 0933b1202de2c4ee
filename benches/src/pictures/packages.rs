//! The npm packages that are compared with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The programs that use them, and the versions: in the repository's folder for this bench.
const FILES: [&str; 7] = [
    "package.json",
    "package-lock.json",
    "contender.js",
    "sharp.js",
    "photon.js",
    "jimp.js",
    "vips.js",
];

/// The installed packages, and the programs that use them.
pub struct Packages {
    folder: PathBuf,
    versions: BTreeMap<String, String>,
}

impl Packages {
    /// Installs exactly what `package-lock.json` lists into a folder within `target`, unless that
    /// was done before.
    pub fn install(target: &Path) -> Result<Self> {
        let folder = target.join("pictures");
        fs::create_dir_all(&folder)?;
        for file in FILES {
            fs::copy(crate::repository("benches/pictures").join(file), folder.join(file))
                .with_context(|| format!("cannot copy {file}"))?;
        }
        let lock = fs::read(folder.join("package-lock.json"))?;
        let installed = folder.join("installed.json");
        if fs::read(&installed).ok().as_ref() != Some(&lock) {
            let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
            run(Command::new("npm").args(arguments).current_dir(&folder))?;
            fs::write(installed, lock)?;
        }
        let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join("package.json"))?)?;
        Ok(Self { folder, versions: manifest.dependencies })
    }

    /// The package's name and version.
    pub fn title(&self, package: &str) -> Result<String> {
        let version =
            self.versions.get(package).with_context(|| format!("no package {package}"))?;
        Ok(format!("{package} {version}"))
    }

    /// Node with a program of the folder, and a round's garbage collected after each.
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

/// Fails unless Node and npm are there.
pub fn require_node() -> Result<()> {
    for program in ["node", "npm"] {
        let output = Command::new(program).arg("--version").output();
        let is_there = output.is_ok_and(|output| output.status.success());
        ensure!(is_there, "`{program}` is missing: this bench needs Node 20.9 or later, with npm");
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_owned();
    let status = command.status().with_context(|| format!("cannot start {program:?}"))?;
    ensure!(status.success(), "{program:?} failed: {status}");
    Ok(())
}
