//! The binary itself.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::fixture::{Client, Host};

fn edge_host() -> Command {
    Command::new(env!("CARGO_BIN_EXE_edge-host"))
}

fn guest_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("guest")
}

/// Runs the guest's program with these arguments and a line on its standard input.
fn run(arguments: &[&str]) -> Output {
    // It is built along with the component.
    drop(Host::start());
    let wasm = guest_folder().join("../../target/wasm32-wasip2/release/edge-host-program.wasm");
    let mut command = edge_host();
    command.arg("run").arg(wasm).args(arguments).env("SEEN", "no");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the host starts");
    child.stdin.take().expect("a pipe").write_all(b"a line\nanother\n").expect("room in the pipe");
    child.wait_with_output().expect("the host ends")
}

#[test]
fn a_program_gets_arguments_and_streams_but_neither_files_nor_environment() {
    let output = run(&["--exact", "name", "-v"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "[\"--exact\", \"name\", \"-v\"] \"a line\\n\" true\n"
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr), "files: false, variables: 0\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_programs_failure_is_the_hosts() {
    assert_eq!(run(&["fail"]).status.code(), Some(1));
    let output = run(&["panic"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("as asked"));
}

#[cfg(unix)]
#[test]
fn up_tells_its_routes_and_ends_on_a_signal() {
    let mut child = edge_host()
        .args(["up", "--listen", "127.0.0.1:0", "--variable", "greeting=hi"])
        .current_dir(guest_folder().join("src"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the host starts");
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut lines = lines.map(|line| line.expect("text"));
    let address = lines.by_ref().find_map(|line| {
        let line =
            line.strip_prefix("Serving http://")?.strip_suffix(" (Ctrl-C to stop)")?.to_owned();
        Some(line.parse().expect("an address"))
    });
    let mut client = Client::connect(address.expect("a line with the address"));
    client.send("GET /guest/variable?greeting HTTP/1.1\r\nhost: h\r\n\r\n");
    assert_eq!(client.answer().text(), "Ok(\"hi, world\")");
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill exists").success());
    assert_eq!(child.wait().expect("the host ends").code(), Some(0));
}

#[test]
fn a_wrong_argument_is_explained() {
    let output = edge_host().args(["up", "--variable", "greeting"]).output().expect("it starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.starts_with(
        "error: invalid value 'greeting' for '--variable <NAME=VALUE>': write NAME=VALUE\n"
    ));
    let output = edge_host().args(["up", "--manifest", "/nowhere.toml"]).output();
    let output = output.expect("it starts");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: there is no /nowhere.toml: No such file or directory (os error 2)\n"
    );
    assert_eq!(output.status.code(), Some(1));
}
