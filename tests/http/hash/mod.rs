//! `/hash`.

mod answers;
mod codings;
mod keys;
mod list;
mod parameters;
mod transfers;
mod vectors;

/// Bytes that differ from their neighbours, so that a lost or moved piece shows.
fn positions(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at ^ at >> 8 ^ at >> 16) as u8).collect()
}

/// The message of BLAKE3's test vectors.
fn ramp(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

/// FNV-1a as its authors describe it.
fn fnv1a_64(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}
