//! Makes the wasm files that are missing or older than their sources.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::manifest::Manifest;

const WASM_TARGET: &str = "wasm32-wasip2";

/// Runs the build command of every component whose wasm file is missing or stale. `folder` is the
/// manifest's. The commands' own output goes to this process's.
pub fn build(manifest: &Manifest, folder: &Path) -> Result<()> {
    let mut has_target = false;
    for (id, component) in &manifest.components {
        let Some(build) = &component.build else { continue };
        let wasm = folder.join(&component.source);
        let workdir = folder.join(&build.workdir);
        if !is_stale(&wasm, &workdir, &build.watch).with_context(|| format!("component `{id}`"))? {
            continue;
        }
        if !has_target {
            add_wasm_target(folder)?;
            has_target = true;
        }
        let start = SystemTime::now();
        for command in build.command.as_slice() {
            eprintln!("Building {id}: {command}");
            run(shell(command).current_dir(&workdir))
                .with_context(|| format!("component `{id}` was not built"))?;
        }
        record(&wasm, start).with_context(|| format!("component `{id}`"))?;
    }
    Ok(())
}

/// Whether the wasm file is missing, or a source that `watch` names has changed since its build
/// began. Without `watch` anything may have.
fn is_stale(wasm: &Path, workdir: &Path, watch: &[String]) -> Result<bool> {
    let (true, Ok(built)) = (wasm.is_file(), modified(&record_of(wasm))) else {
        return Ok(true);
    };
    // The folder's own name is no pattern, whatever characters it has.
    let base = glob::Pattern::escape(&workdir.to_string_lossy());
    for pattern in watch {
        // To `glob` a pattern that ends so means folders; to who writes it, what is in them.
        let files = if pattern.ends_with("**") { "/*" } else { "" };
        let sources = glob::glob(&format!("{base}/{pattern}{files}"))
            .with_context(|| format!("`watch` has a broken glob: {pattern}"))?;
        for source in sources {
            // One that is gone again by now has changed.
            if modified(&source?).is_ok_and(|changed| changed <= built) {
                continue;
            }
            return Ok(true);
        }
    }
    Ok(watch.is_empty())
}

/// The file whose time is that of the build. The wasm file's own will not do: a tool that finds
/// nothing to do leaves it as it is, and a source may change while the tool runs.
fn record_of(wasm: &Path) -> PathBuf {
    wasm.with_extension("wasm.built")
}

fn record(wasm: &Path, start: SystemTime) -> Result<()> {
    if !wasm.is_file() {
        bail!("the build did not make {}", wasm.display());
    }
    Ok(File::create(record_of(wasm))?.set_modified(start)?)
}

fn modified(path: &Path) -> Result<SystemTime> {
    let metadata = path.metadata().with_context(|| format!("cannot read {}", path.display()))?;
    Ok(metadata.modified()?)
}

/// Adds the wasm target to the toolchain that the folder's builds use, if it is missing.
fn add_wasm_target(folder: &Path) -> Result<()> {
    let mut rustc = outside_cargo("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]).current_dir(folder);
    // Without rustc the components are of another language, or their own commands will tell.
    let Ok(output) = rustc.output() else { return Ok(()) };
    let libraries = String::from_utf8_lossy(&output.stdout);
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("Adding the target {WASM_TARGET}");
    run(outside_cargo("rustup").args(["target", "add", WASM_TARGET]).current_dir(folder))
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
    let mut shell = outside_cargo(program);
    shell.args([flag, line]);
    shell
}

/// A command that sees nothing of a cargo which runs this process: not its target folder, since the
/// manifest names the files in the usual one, nor its flags, which are for this machine's code.
pub fn outside_cargo(program: &str) -> Command {
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    /// A folder with one source, and a wasm file whose build began with `age` after the source.
    fn project(name: &str, age: Duration) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("edge-host-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join("src")).expect("a folder");
        fs::write(folder.join("src/lib.rs"), "").expect("a file");
        fs::write(folder.join("app.wasm"), "").expect("a file");
        let changed = modified(&folder.join("src/lib.rs")).expect("a time");
        record(&folder.join("app.wasm"), changed + age).expect("a record");
        folder
    }

    fn staleness(folder: &Path, watch: &[&str]) -> bool {
        let watch: Vec<String> = watch.iter().map(|glob| glob.to_string()).collect();
        is_stale(&folder.join("app.wasm"), folder, &watch).expect("readable files")
    }

    #[test]
    fn a_source_that_changed_since_the_build_began_makes_it_stale() {
        let folder = project("[sources]", Duration::ZERO);
        assert!(!staleness(&folder, &["src/**/*.rs"]));
        assert!(!staleness(&folder, &["none/*.rs"]));
        assert!(staleness(&folder, &[]));
        let source = File::create(folder.join("src/lib.rs")).expect("a file");
        let later = modified(&record_of(&folder.join("app.wasm"))).expect("a time");
        source.set_modified(later + Duration::from_millis(1)).expect("a file of ours");
        for pattern in ["src/**/*.rs", "src/**", "**"] {
            assert!(staleness(&folder, &[pattern]), "{pattern}");
        }
        assert!(!staleness(&folder, &["none/*.rs"]));
        fs::remove_dir_all(folder).expect("a folder");
    }

    #[test]
    fn a_missing_file_is_stale() {
        let folder = project("missing", Duration::from_secs(1));
        assert!(!staleness(&folder, &["src/*.rs"]));
        fs::remove_file(folder.join("app.wasm")).expect("a file");
        assert!(staleness(&folder, &["src/*.rs"]));
        let error = record(&folder.join("app.wasm"), SystemTime::now()).expect_err("no wasm file");
        let wasm = folder.join("app.wasm");
        assert_eq!(error.to_string(), format!("the build did not make {}", wasm.display()));
        fs::remove_dir_all(folder).expect("a folder");
    }

    #[test]
    fn an_outer_cargo_is_not_seen() {
        let names =
            ["CARGO", "CARGO_TARGET_DIR", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "MAKEFLAGS"];
        assert!(names.iter().all(|name| is_of_outer_cargo(&(*name).into())));
        let names =
            ["CARGO_HOME", "CARGO_TERM_COLOR", "CARGO_REGISTRIES_X_INDEX", "PATH", "RUSTUP_HOME"];
        assert!(!names.iter().any(|name| is_of_outer_cargo(&(*name).into())));
    }
}
