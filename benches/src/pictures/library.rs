//! The libraries, this project among them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::packages::{Packages, require_node};
use crate::host::Host;

/// Who does a job.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Library {
    /// This project's core as wasm, on wasmtime.
    Ours,
    /// The same program, copying what others change.
    Copy,
    /// As its documentation uses it.
    Sharp,
    /// With the settings that do the least: those that this project has.
    SharpTuned,
    /// Photon.
    Photon,
    /// Jimp.
    Jimp,
    /// libvips as wasm.
    Vips,
}

impl Library {
    /// Whether a round takes seconds: it then gets fewer of them.
    pub fn is_slow(self) -> bool {
        matches!(self, Self::Jimp | Self::Vips)
    }
}

/// All libraries, built or installed.
pub struct Libraries {
    host: PathBuf,
    ours: PathBuf,
    packages: Packages,
}

impl Libraries {
    /// Builds and installs what is missing.
    pub fn prepare() -> Result<Self> {
        require_node()?;
        let host = Host::build()?;
        let built = crate::cargo_build()?
            .args(["--release", "--target", "wasm32-wasip2"])
            .args(["--package", "edge-pictures-bench"])
            .status()
            .context("cannot start cargo")?;
        ensure!(built.success(), "this project's program was not built: {built}");
        let target = crate::target_folder()?;
        let ours = target.join("wasm32-wasip2/release/edge-pictures-bench.wasm");
        let packages = Packages::install(&target)?;
        Ok(Self { host, ours, packages })
    }

    /// The library's name in the table.
    pub fn title(&self, library: Library) -> Result<String> {
        Ok(match library {
            Library::Ours => "**this project**".to_owned(),
            Library::Copy => "a copy of the same bytes".to_owned(),
            Library::Sharp => self.packages.title("sharp")?,
            Library::SharpTuned => format!("{}, tuned", self.packages.title("sharp")?),
            Library::Photon => self.packages.title("@silvia-odwyer/photon-node")?,
            Library::Jimp => self.packages.title("jimp")?,
            Library::Vips => self.packages.title("wasm-vips")?,
        })
    }

    /// The library's program.
    pub fn command(&self, library: Library) -> Command {
        match library {
            Library::Ours | Library::Copy => {
                let mut command = Command::new(&self.host);
                command.arg("run").arg(&self.ours);
                command
            }
            Library::Sharp => self.packages.node("sharp.js"),
            Library::SharpTuned => {
                let mut command = self.packages.node("sharp.js");
                command.arg("tuned");
                command
            }
            Library::Photon => self.packages.node("photon.js"),
            Library::Jimp => self.packages.node("jimp.js"),
            Library::Vips => self.packages.node("vips.js"),
        }
    }
}
