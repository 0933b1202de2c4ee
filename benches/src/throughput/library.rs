//! The libraries, this project among them.

use std::process::Command;

use anyhow::Result;

use crate::packages::Packages;
use crate::program::Program;

/// Who does a task.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Library {
    /// This project's core as wasm, on wasmtime.
    Wasm,
    /// The same program, for this machine.
    Native,
    /// hash-wasm.
    HashWasm,
    /// What Node has itself.
    Node,
    /// Digests in plain JavaScript.
    JavaScript,
    /// The methods of JavaScript's strings.
    Strings,
    /// The same, from UTF-8 to UTF-8.
    StringsOfUtf8,
}

impl Library {
    /// Those that make digests.
    pub const OF_DIGESTS: [Self; 5] =
        [Self::Wasm, Self::Native, Self::HashWasm, Self::Node, Self::JavaScript];
    /// Those that change a text's case.
    pub const OF_TEXT: [Self; 4] = [Self::Wasm, Self::Native, Self::Strings, Self::StringsOfUtf8];

    /// Whether a round takes seconds: it then gets fewer of them.
    pub fn is_slow(self) -> bool {
        self == Self::JavaScript
    }
}

/// All libraries, built or installed.
pub struct Libraries {
    wasm: Program,
    native: Program,
    packages: Packages,
}

impl Libraries {
    /// Builds and installs what is missing.
    pub fn prepare() -> Result<Self> {
        let packages = Packages::install("throughput")?;
        let package = "edge-throughput-bench";
        Ok(Self { wasm: Program::wasm(package)?, native: Program::native(package)?, packages })
    }

    /// The library's name in the table.
    pub fn title(&self, library: Library) -> Result<String> {
        Ok(match library {
            Library::Wasm => "**this project**".to_owned(),
            Library::Native => "its native build".to_owned(),
            Library::HashWasm => self.packages.title("hash-wasm")?,
            Library::Node => self.packages.node_title(),
            Library::JavaScript => "plain JavaScript".to_owned(),
            Library::Strings => "JavaScript's strings".to_owned(),
            Library::StringsOfUtf8 => "strings, from and to UTF-8".to_owned(),
        })
    }

    /// The library's program.
    pub fn command(&self, library: Library) -> Command {
        match library {
            Library::Wasm => self.wasm.command(),
            Library::Native => self.native.command(),
            Library::HashWasm => self.packages.node("hash-wasm.js"),
            Library::Node => self.packages.node("node.js"),
            Library::JavaScript => self.packages.node("javascript.js"),
            Library::Strings => self.packages.node("text.js"),
            Library::StringsOfUtf8 => {
                let mut command = self.packages.node("text.js");
                command.arg("utf8");
                command
            }
        }
    }
}
