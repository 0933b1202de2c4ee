//! The core's own tests inside wasm, where its kernels are at home: with SIMD and without.

use std::collections::BTreeSet;

use edge_tests::root;

/// Runs `cargo test` of the core for wasm on our host, with further compiler flags; its report.
fn core_tests(flags: &str) -> String {
    let output = edge_host::outside_cargo("cargo")
        .current_dir(root())
        .args(["test", "--package", "edge-core", "--target", "wasm32-wasip2", "--lib"])
        .env("CARGO_TARGET_WASM32_WASIP2_RUSTFLAGS", flags)
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{report}{}", String::from_utf8_lossy(&output.stderr));
    report
}

/// The tests that a report counts as passed, if that is all of them.
fn passed(report: &str) -> BTreeSet<&str> {
    let passed: BTreeSet<_> = report
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok"))
        .collect();
    let counts = format!("test result: ok. {} passed; 0 failed; 0 ignored", passed.len());
    assert!(report.contains(&counts), "{report}");
    passed
}

#[test]
fn the_core_passes_its_tests_in_wasm() {
    let simd = core_tests("-Ctarget-feature=+simd128");
    let portable = core_tests("-Ctarget-feature=-simd128");
    let (simd, portable) = (passed(&simd), passed(&portable));
    let kernels = [
        "hash::fnv::differential::the_simd128_kernel_follows_the_definition",
        "pixels::tests::the_simd128_kernels_are_in_use",
    ];
    assert_eq!(simd.difference(&portable).copied().collect::<Vec<_>>(), kernels);
    assert!(portable.is_subset(&simd));
}
