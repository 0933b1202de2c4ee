//! The component, called from programs in other languages.

use edge_tests::{node, python, root};

use super::file;
use crate::golden::{counts, reported};

#[test]
fn jco_gives_the_golden_digests() {
    let Some(mut program) = node("component.mjs") else { return };
    file();
    assert_eq!(reported(&mut program), counts());
}

#[test]
fn wasmtime_in_python_gives_the_golden_digests() {
    let Some(mut program) = python(&root().join("tests/python/component.py")) else { return };
    file();
    assert_eq!(reported(&mut program), counts());
}
