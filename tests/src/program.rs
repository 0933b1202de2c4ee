//! Programs beside the toolchain: a cache; and Node, Python and a browser, each with the packages that the
//! tests' lock files pin.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use crate::app::{root, skipped};

/// With this variable in the environment a missing program is a failure.
const REQUIRE_ALL: &str = "EDGE_TESTS_REQUIRE_ALL";

/// A JavaScript program that fails where Node is too old to tell a module by its syntax.
const NEEDS: &str = "const [major, minor] = process.versions.node.split('.').map(Number); \
                     process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)";

/// What browsers are called that are made of Chromium.
const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Node, told to run a program of `tests/node`; `None`, and a word about it, where Node or npm is
/// missing.
#[track_caller]
pub fn node(program: &str) -> Option<Command> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let is_there = || answers("node", &["--eval", NEEDS]) && answers("npm", &["--version"]);
    let folder = FOLDER.get_or_init(|| is_there().then(install_node));
    let Some(folder) = folder else { return missing("Node 20.19 or later, with npm,") };
    let mut node = Command::new("node");
    node.arg(folder.join(program));
    Some(node)
}

/// Python, told to run a program; `None`, and a word about it, where Python is missing.
#[track_caller]
pub fn python(program: &Path) -> Option<Command> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    let is_there = || answers("python3", &["-c", "import ensurepip, venv"]);
    let python = PYTHON.get_or_init(|| is_there().then(install_python));
    let Some(python) = python else { return missing("Python 3 with venv") };
    let mut python = Command::new(python);
    python.arg(program);
    Some(python)
}

/// The file of a browser; `None`, and a word about it, where there is none.
#[track_caller]
pub fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut files = BROWSERS.iter().flat_map(|browser| {
        std::env::split_paths(&path).map(|folder| folder.join(browser)).collect::<Vec<_>>()
    });
    match files.find(|file| file.is_file()) {
        None => missing("Chromium"),
        file => file,
    }
}

/// A shared cache; `None`, and a word about it, where it is missing.
#[track_caller]
pub fn nginx() -> Option<Command> {
    if answers("nginx", &["-v"]) { Some(Command::new("nginx")) } else { missing("nginx") }
}

/// What a program writes to its output. It has to succeed.
#[track_caller]
pub fn output(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let stdout = String::from_utf8(stdout).unwrap();
    assert!(
        status.success(),
        "{command:?}: {status}\n{stdout}{}",
        String::from_utf8_lossy(&stderr)
    );
    stdout
}

#[track_caller]
fn missing<T>(program: &str) -> Option<T> {
    assert!(std::env::var_os(REQUIRE_ALL).is_none(), "{program} is missing");
    skipped(&format!("{program} is missing"));
    None
}

/// Whether there is such a program, and it succeeds with these arguments.
fn answers(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Copies the programs to where packages may be installed, and installs these.
fn install_node() -> PathBuf {
    let folder = folder("node");
    let _alone = alone(&folder);
    for file in fs::read_dir(root().join("tests/node")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    install(&folder, "package-lock.json", || {
        let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
        output(Command::new("npm").args(arguments).current_dir(&folder));
    });
    folder
}

/// Makes an environment with the packages.
fn install_python() -> PathBuf {
    let folder = folder("python");
    let _alone = alone(&folder);
    fs::copy(root().join("tests/python/requirements.txt"), folder.join("requirements.txt"))
        .unwrap();
    let python = folder.join("bin/python");
    install(&folder, "requirements.txt", || {
        output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder));
        let arguments = ["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement"];
        let requirements = root().join("tests/python/requirements.txt");
        output(Command::new(&python).args(arguments).arg(requirements));
    });
    python
}

fn folder(name: &str) -> PathBuf {
    let folder = root().join("target/tests").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Keeps other test programs from writing into a folder, as long as the file is held.
fn alone(folder: &Path) -> File {
    let file = File::create(folder.with_extension("lock")).unwrap();
    file.lock().unwrap();
    file
}

/// Installs what the lock file lists, unless that was done before.
fn install(folder: &Path, lock: impl AsRef<OsStr>, install: impl FnOnce()) {
    let lock = fs::read(folder.join(lock.as_ref())).unwrap();
    let installed = folder.join("installed.lock");
    if fs::read(&installed).ok().as_ref() != Some(&lock) {
        install();
        fs::write(installed, lock).unwrap();
    }
}
