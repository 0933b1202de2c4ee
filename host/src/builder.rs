//! Makes the wasm files that are missing or older than their sources.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::manifest::{Build, Component, Manifest};

const WASM_TARGET: &str = "wasm32-wasip2";

/// Runs the build command of every component whose wasm file is missing or stale. `folder` is the
/// manifest's. The commands' own output goes to this process's.
pub fn build(manifest: &Manifest, folder: &Path) -> Result<()> {
    let mut has_target = false;
    for (id, component) in &manifest.components {
        let Some(build) = &component.build else { continue };
        if !is_stale(component, build, folder).with_context(|| format!("component `{id}`"))? {
            continue;
        }
        if !has_target {
            add_wasm_target(folder)?;
            has_target = true;
        }
        for command in build.command.as_slice() {
            eprintln!("Building {id}: {command}");
            run(shell(command).current_dir(folder.join(&build.workdir)))
                .with_context(|| format!("component `{id}` was not built"))?;
        }
    }
    Ok(())
}

/// Whether a source that `watch` names is newer than the wasm file.
fn is_stale(component: &Component, build: &Build, folder: &Path) -> Result<bool> {
    let Ok(built) = modified(&folder.join(&component.source)) else { return Ok(true) };
    if build.watch.is_empty() {
        return Ok(true);
    }
    let workdir = folder.join(&build.workdir);
    for pattern in &build.watch {
        // The folder's own name is no pattern, whatever characters it has.
        let base = glob::Pattern::escape(&workdir.to_string_lossy());
        let sources = glob::glob(&format!("{base}/{pattern}"))
            .with_context(|| format!("`watch` has a broken glob: {pattern}"))?;
        for source in sources {
            if modified(&source?)? > built {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn modified(path: &Path) -> Result<SystemTime> {
    let metadata = path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
    Ok(metadata.modified()?)
}

/// Adds the wasm target to the toolchain that the folder's builds use, if it is missing.
fn add_wasm_target(folder: &Path) -> Result<()> {
    let mut rustc = command("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]).current_dir(folder);
    // Without rustc the components are of another language, or their own commands will tell.
    let Ok(output) = rustc.output() else { return Ok(()) };
    let libraries = String::from_utf8_lossy(&output.stdout);
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("Adding the target {WASM_TARGET}");
    run(command("rustup").args(["target", "add", WASM_TARGET]).current_dir(folder))
}

fn run(command: &mut Command) -> Result<()> {
    let name = format!("{command:?}");
    let status = command.status().with_context(|| format!("cannot run {name}"))?;
    if !status.success() {
        bail!("{name} failed: {status}");
    }
    Ok(())
}

fn shell(line: &str) -> Command {
    let (program, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut shell = command(program);
    shell.args([flag, line]);
    shell
}

/// A command that sees nothing of a cargo which runs this process: not its target folder, since the
/// manifest names the files in the usual one, nor its flags, which are for this machine's code.
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for name in std::env::vars_os().map(|(name, _)| name).filter(is_of_outer_cargo) {
        command.env_remove(name);
    }
    command
}

fn is_of_outer_cargo(name: &OsString) -> bool {
    const OURS: [&str; 5] = ["CARGO", "MAKEFLAGS", "OUT_DIR", "RUSTFLAGS", "RUSTDOCFLAGS"];
    // The user's: where crates come from, and how much to show.
    const USERS: [&str; 7] = [
        "CARGO_HOME",
        "CARGO_NET_",
        "CARGO_HTTP_",
        "CARGO_REGISTR",
        "CARGO_SOURCE_",
        "CARGO_TERM_",
        "CARGO_BUILD_JOBS",
    ];
    let Some(name) = OsStr::to_str(name) else { return false };
    OURS.contains(&name)
        || name.starts_with("CARGO_") && !USERS.iter().any(|prefix| name.starts_with(prefix))
}
