//! `cargo xtask browser`.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::engine::Engine;
use super::module::Module;
use super::optimizer::Optimizer;
use super::size::Size;
use crate::workspace::repository;

/// What can be imported by itself.
const MODULES: [Module; 4] = [Module::KERNELS, Module::TEXT, Module::HASH, Module::FULL];

/// What stands for a module's name, and for the package's version, in the sources of the package.
const NAME: &str = "NAME";
const VERSION: &str = "VERSION";

/// The most bytes of the kernels' module, by gzip.
const KERNELS_GZIP_BYTES: usize = 15_000;

const HEAD: &str = "\
| kB | SIMD | gzip | Brotli | portable | gzip | Brotli |
|---|--:|--:|--:|--:|--:|--:|
";

/// Makes the npm package in `target/browser/`, and prints its modules' sizes.
pub fn build() -> Result<()> {
    let package = Package {
        modules: repository("target/browser-modules"),
        folder: repository("target/browser"),
        optimizer: Optimizer::install()?,
    };
    let mut report = HEAD.to_owned();
    let mut is_kept = true;
    for module in &MODULES {
        let sizes = [package.add(module, Engine::Simd)?, package.add(module, Engine::Portable)?];
        package.add_entry(module)?;
        writeln!(report, "| `{}` | {} | {} |", module.name, sizes[0], sizes[1])?;
        if module.name == Module::KERNELS.name {
            is_kept = sizes.iter().all(|size| size.gzip <= KERNELS_GZIP_BYTES);
        }
    }
    package.add_rest()?;
    let verdict = if is_kept { "kept" } else { "MISSED" };
    let most = KERNELS_GZIP_BYTES / 1000;
    println!("{report}\n`kernels` has at most {most} kB by gzip: {verdict}.");
    Ok(())
}

/// The package in the making.
struct Package {
    /// Where modules are as they were built.
    modules: PathBuf,
    folder: PathBuf,
    optimizer: Option<Optimizer>,
}

impl Package {
    /// Adds one build of a module, with its bindings; its size.
    fn add(&self, module: &Module, engine: Engine) -> Result<Size> {
        let (from, to) = (self.modules.join(engine.name()), self.folder.join(engine.name()));
        module.build(engine, &from)?;
        fs::create_dir_all(&to)?;
        for extension in ["js", "d.ts"] {
            let file = format!("{}.{extension}", module.name);
            fs::copy(from.join(&file), to.join(&file))
                .with_context(|| format!("cannot copy {file}"))?;
        }
        let built = from.join(module.wasm_name());
        let wasm = match &self.optimizer {
            Some(optimizer) => fs::read(optimizer.optimize(&built)?)?,
            None => fs::read(built)?,
        };
        fs::write(to.join(module.wasm_name()), &wasm)?;
        Size::of(&wasm)
    }

    /// Adds what is imported to load a module.
    fn add_entry(&self, module: &Module) -> Result<()> {
        for extension in ["js", "d.ts"] {
            let text = source(&format!("package/entry.{extension}"))?.replace(NAME, module.name);
            fs::write(self.folder.join(format!("{}.{extension}", module.name)), text)?;
        }
        Ok(())
    }

    /// Adds what all modules share.
    fn add_rest(&self) -> Result<()> {
        for file in ["loader.js", "loader.d.ts"] {
            fs::write(self.folder.join(file), source(&format!("package/{file}"))?)?;
        }
        for file in ["README.md", "package.json"] {
            let text = source(file)?.replace(VERSION, env!("CARGO_PKG_VERSION"));
            fs::write(self.folder.join(file), text)?;
        }
        for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
            fs::copy(repository(file), self.folder.join(file))?;
        }
        Ok(())
    }
}

/// A source of the package.
fn source(file: &str) -> Result<String> {
    let path = repository("bindings/browser").join(file);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}
