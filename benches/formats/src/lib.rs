//! A candidate's side of `cargo measure formats`: a program that codes what it reads once, and tells
//! how long that took and how large its memory became.

use std::io::{Read, Write, stderr, stdin, stdout};
use std::time::Instant;

/// Sides of the picture that encoders read, in RGB.
pub const WIDTH: usize = 4_000;
/// Its rows.
pub const HEIGHT: usize = 3_000;
/// The quality that they are asked for.
pub const QUALITY: u8 = 75;

/// All of the input, a file.
pub fn file() -> Vec<u8> {
    let mut file = Vec::new();
    stdin().read_to_end(&mut file).expect("a file");
    file
}

/// The picture.
pub fn input() -> Vec<u8> {
    let mut samples = vec![0; WIDTH * HEIGHT * 3];
    stdin().read_exact(&mut samples).expect("a picture");
    samples
}

/// The picture as RGBA, for encoders that read nothing else.
pub fn input_with_alpha() -> Vec<u8> {
    let mut samples = vec![255; WIDTH * HEIGHT * 4];
    let (mut input, mut row) = (stdin().lock(), vec![0; WIDTH * 3]);
    for out in samples.chunks_exact_mut(WIDTH * 4) {
        input.read_exact(&mut row).expect("a row");
        for (pixel, rgb) in out.chunks_exact_mut(4).zip(row.chunks_exact(3)) {
            pixel[..3].copy_from_slice(rgb);
        }
    }
    samples
}

/// Codes once: writes what comes of it, and to standard error a line of milliseconds and MiB.
pub fn run(code: impl FnOnce() -> Vec<u8>) {
    let start = Instant::now();
    let output = code();
    let milliseconds = start.elapsed().as_millis();
    writeln!(stderr(), "{milliseconds} {}", memory_mib()).expect("standard error");
    stdout().write_all(&output).expect("standard output");
}

/// Linear memory never shrinks: its size is its peak.
fn memory_mib() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) / 16;
    #[cfg(not(target_arch = "wasm32"))]
    return 0;
}
