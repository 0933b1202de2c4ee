//! Every kernel of FNV-1a 64 against the definition.

use super::portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::simd128;

type Kernel = fn(u64, &[u8]) -> u64;

#[test]
fn the_portable_kernel_follows_the_definition() {
    check(portable::fnv1a, 16);
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[test]
fn the_simd128_kernel_follows_the_definition() {
    check(simd128::fnv1a, simd128::BLOCK);
}

/// Compares a kernel that takes blocks of so many bytes.
fn check(kernel: Kernel, block: usize) {
    check_lengths(kernel, block);
    check_starts(kernel, block);
    check_splits(kernel, block);
}

/// Every length up to three blocks and a byte.
fn check_lengths(kernel: Kernel, block: usize) {
    let start = start(0);
    let message = scattered(3 * block + 1);
    for (length, expected) in hashes(start, &message).into_iter().enumerate() {
        assert_eq!(kernel(start, &message[..length]), expected, "{length} bytes");
    }
}

/// Every low byte of the hash so far, each with other high bytes.
fn check_starts(kernel: Kernel, block: usize) {
    let length = 2 * block + 1;
    let messages = [scattered(length), vec![0x00; length], vec![0xff; length]];
    for start in (0..=255).map(start) {
        for message in &messages {
            let expected = hashes(start, message).pop();
            let first = message[0];
            assert_eq!(Some(kernel(start, message)), expected, "from {start:#x}, first {first}");
        }
    }
}

/// Every way to split a block and two bytes.
fn check_splits(kernel: Kernel, block: usize) {
    let start = start(1);
    let message = scattered(block + 2);
    let expected = kernel(start, &message);
    for at in 0..=message.len() {
        let (head, tail) = message.split_at(at);
        assert_eq!(kernel(kernel(start, head), tail), expected, "split at {at}");
    }
}

/// The hash after none of the bytes, one, and so on, by the definition in whole numbers.
fn hashes(start: u64, message: &[u8]) -> Vec<u64> {
    let mut hashes = vec![start];
    let mut hash = u128::from(start);
    for &byte in message {
        hash = (hash ^ u128::from(byte)) * 1_099_511_628_211 % (1 << 64);
        hashes.push(hash as u64);
    }
    hashes
}

/// A hash with this low byte.
fn start(low: u64) -> u64 {
    (low + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) << 8 | low
}

/// Bytes that hardly repeat in any pattern.
fn scattered(length: usize) -> Vec<u8> {
    (1..=length as u32)
        .map(|at| (at.wrapping_mul(at).wrapping_mul(0x9e37_79b1) >> 24) as u8)
        .collect()
}
