//! The libraries, this project among them.

use std::process::Command;

use anyhow::Result;

use crate::packages::Packages;
use crate::program::Program;

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
    ours: Program,
    packages: Packages,
}

impl Libraries {
    /// Builds and installs what is missing.
    pub fn prepare() -> Result<Self> {
        let packages = Packages::install("pictures")?;
        Ok(Self { ours: Program::wasm("edge-pictures-bench")?, packages })
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
            Library::Ours | Library::Copy => self.ours.command(),
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
