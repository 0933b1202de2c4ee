//! The core's own tests inside wasm, where its kernels are at home: with SIMD and without.

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

/// How many tests a report counts as passed.
fn passed(report: &str) -> usize {
    let (_, counts) = report.split_once("test result: ok. ").expect("a result");
    counts.split_once(" passed; 0 failed; 0 ignored").expect("nothing left out").0.parse().unwrap()
}

#[test]
fn the_core_passes_its_tests_in_wasm() {
    let simd = core_tests("-Ctarget-feature=+simd128");
    let portable = core_tests("-Ctarget-feature=-simd128");
    let kernels = "image::tests::the_simd128_kernels_are_in_use ... ok";
    assert!(simd.contains(kernels), "{simd}");
    assert!(!portable.contains("simd128"), "{portable}");
    assert_eq!(passed(&simd), passed(&portable) + 1);
}
