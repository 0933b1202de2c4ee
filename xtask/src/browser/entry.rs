//! A module for every engine, and the JavaScript that loads the right one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::engine::Engine;
use super::module::Module;
use crate::workspace;

/// What stands for the module's name in the templates.
const PLACEHOLDER: &str = "NAME";

/// Makes a module ready to be loaded from `folder`: `NAME.js`, its types `NAME.d.ts` and what they
/// import; the module itself is in `simd/` and in `portable/`. What is there already and newer than
/// its sources stays.
pub fn build(module: &Module, folder: &Path) -> Result<()> {
    for engine in Engine::ALL {
        module.build(engine, &folder.join(engine.name()))?;
    }
    write_loader(module, folder)
}

/// Writes the files that load a module.
pub fn write_loader(module: &Module, folder: &Path) -> Result<()> {
    let templates = workspace::repository("bindings/browser/package");
    for (template, name) in [
        ("entry.js", format!("{}.js", module.name)),
        ("entry.d.ts", format!("{}.d.ts", module.name)),
        ("loader.js", "loader.js".to_owned()),
        ("loader.d.ts", "loader.d.ts".to_owned()),
    ] {
        let text = fs::read_to_string(templates.join(template))
            .with_context(|| format!("cannot read {template}"))?;
        fs::write(folder.join(name), text.replace(PLACEHOLDER, module.name))?;
    }
    Ok(())
}
