//! The hosts in `examples/`, which people copy: the core module from Node and from Python.

use std::fs;
use std::path::Path;
use std::process::Command;

use edge_tests::{node, python, root};
use serde_json::{Value, json};

use crate::c_abi;
use crate::golden::reported;

/// A raw picture, for the command lines.
const PIXELS: [u8; 8] = [10, 20, 30, 40, 50, 60, 70, 80];

fn node_example() -> Option<Command> {
    node(root().join("examples/node/main.mjs").to_str().unwrap())
}

fn python_example() -> Option<Command> {
    python(&root().join("examples/python/main.py"))
}

/// What the module offers of the golden lines.
fn offered() -> Value {
    json!({"hash": 1, "text": 1, "pixels": 8})
}

#[test]
fn node_gives_the_golden_digests() {
    let Some(mut program) = node("c-abi.mjs") else { return };
    c_abi::build();
    assert_eq!(reported(&mut program), offered());
}

#[test]
fn python_gives_the_golden_digests() {
    let Some(mut program) = python(&root().join("tests/python/c_abi.py")) else { return };
    c_abi::build();
    assert_eq!(reported(&mut program), offered());
}

/// Runs a command line. Gives what it prints, or the last line of what it complains about.
fn run(mut program: Command, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = program.args(arguments).output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    if output.status.success() {
        assert_eq!(complaint, "");
        return Ok(output.stdout);
    }
    assert_eq!(output.stdout, b"");
    Err(complaint.lines().last().unwrap_or_default().to_owned())
}

/// Both command lines are the same.
fn check_command_line(name: &str, program: impl Fn() -> Option<Command>) {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.rgba"));
    fs::write(&file, PIXELS).unwrap();
    let file = file.to_str().unwrap();
    let run = |arguments: &[&str]| run(program().unwrap(), arguments);

    assert_eq!(run(&["straße"]).unwrap(), "Processed: STRASSE\n".as_bytes());
    assert_eq!(run(&[""]).unwrap(), b"Processed: \n");
    assert_eq!(run(&["--hash", file]).unwrap(), b"0363b2a3926bce45\n");
    assert_eq!(run(&["--grayscale", file]).unwrap(), [18, 18, 18, 40, 58, 58, 58, 80]);
    let blurred = run(&["--blur", "1", "--size", "2x1", file]).unwrap();
    assert_eq!(blurred, [36, 46, 56, 60, 36, 46, 56, 60]);
    assert_eq!(run(&["--blur", "0", "--size", "2x1", file]).unwrap(), PIXELS);

    let refused = |radius, size| run(&["--blur", radius, "--size", size, file]).unwrap_err();
    assert_eq!(refused("128", "2x1"), "the radius is not a whole number from 0 to 127");
    assert_eq!(
        refused("1", "2x2"),
        "the picture has no pixels, or not as many as its width and height ask for"
    );
    assert_ne!(run(&[]).unwrap_err(), "");
    assert_ne!(run(&["--blur", "1", file]).unwrap_err(), "");
}

#[test]
fn the_command_line_in_node() {
    if node_example().is_some() {
        c_abi::build();
        check_command_line("node", node_example);
    }
}

#[test]
fn the_command_line_in_python() {
    if python_example().is_some() {
        c_abi::build();
        check_command_line("python", python_example);
    }
}
