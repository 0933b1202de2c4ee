//! `cargo xtask browser`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

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

/// Makes the npm package in `target/browser/`, and prints a table of its modules' sizes.
pub fn build() -> Result<()> {
    let optimizer = Optimizer::install()?;
    let (bound, package) = (repository("target/browser-modules"), repository("target/browser"));
    let mut report = String::from(HEAD);
    let mut is_kept = true;
    for module in &MODULES {
        write!(report, "| `{}` |", module.name)?;
        for engine in Engine::ALL {
            let (from, to) = (bound.join(engine.name()), package.join(engine.name()));
            module.build(engine, &from)?;
            let wasm = finish(module, optimizer.as_ref(), &from, &to)?;
            let size = Size::of(&wasm)?;
            write!(report, " {size} |")?;
            is_kept &= module.name != Module::KERNELS.name || size.gzip <= KERNELS_GZIP_BYTES;
        }
        writeln!(report)?;
        for template in ["entry.js", "entry.d.ts"] {
            let text = read(&format!("package/{template}"))?.replace(NAME, module.name);
            fs::write(package.join(template.replace("entry", module.name)), text)?;
        }
    }
    for file in ["loader.js", "loader.d.ts"] {
        fs::write(package.join(file), read(&format!("package/{file}"))?)?;
    }
    fs::write(package.join("README.md"), read("README.md")?)?;
    let manifest = read("package.json")?.replace(VERSION, env!("CARGO_PKG_VERSION"));
    fs::write(package.join("package.json"), manifest)?;
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(repository(file), package.join(file))?;
    }
    let verdict = if is_kept { "kept" } else { "MISSED" };
    let most = KERNELS_GZIP_BYTES / 1000;
    println!("{report}\n`kernels` has at most {most} kB by gzip: {verdict}.");
    Ok(())
}

/// Puts a module and its bindings into the package; the bytes of the module.
fn finish(
    module: &Module,
    optimizer: Option<&Optimizer>,
    from: &Path,
    to: &Path,
) -> Result<Vec<u8>> {
    fs::create_dir_all(to)?;
    for extension in ["js", "d.ts"] {
        let file = format!("{}.{extension}", module.name);
        fs::copy(from.join(&file), to.join(&file))
            .with_context(|| format!("cannot copy {file}"))?;
    }
    let bound = from.join(module.wasm_name());
    let wasm = match optimizer {
        Some(optimizer) => fs::read(optimizer.optimize(&bound)?)?,
        None => fs::read(bound)?,
    };
    fs::write(to.join(module.wasm_name()), &wasm)?;
    Ok(wasm)
}

/// A source of the package.
fn read(file: &str) -> Result<String> {
    let path = repository("bindings/browser").join(file);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}
