//! Test vectors as text. Lines that start with `#` tell the source, `key HEX` sets the key of the
//! lines below, and every other line is a digest in hex and its message.

use super::ramp;

/// A digest, and what it is the digest of.
pub struct Vector {
    pub digest: Vec<u8>,
    pub message: Vec<u8>,
    pub key: Option<Vec<u8>>,
}

/// The vectors of a file.
pub fn parse(file: &str) -> Vec<Vector> {
    let mut key = None;
    let mut vectors = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let (first, rest) = line.split_once(' ').unwrap();
        if first == "key" {
            key = Some(unhex(rest));
        } else {
            vectors.push(Vector { digest: unhex(first), message: message(rest), key: key.clone() });
        }
    }
    vectors
}

/// A message as it is, in hex, repeated, or made by the generators that published vectors use.
fn message(notation: &str) -> Vec<u8> {
    let (kind, value) = notation.split_once(' ').unwrap_or((notation, ""));
    match kind {
        "text" => value.into(),
        "hex" => unhex(value),
        "repeat" => {
            let (times, unit) = value.split_once(' ').unwrap();
            unhex(unit).repeat(times.parse().unwrap())
        }
        "ramp" => ramp(value.parse().unwrap()),
        "xxhash" => xxhash_buffer(value.parse().unwrap()),
        _ => panic!("no such kind of message: {kind}"),
    }
}

/// The sanity buffer of xxHash: the top bytes of the powers of a prime, times another.
fn xxhash_buffer(length: usize) -> Vec<u8> {
    const PRIME_32: u64 = 2_654_435_761;
    const PRIME_64: u64 = 11_400_714_785_074_694_797;
    let powers = std::iter::successors(Some(PRIME_32), |power| Some(power.wrapping_mul(PRIME_64)));
    powers.map(|power| power.to_be_bytes()[0]).take(length).collect()
}

fn unhex(digits: &str) -> Vec<u8> {
    let pair = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.as_bytes().chunks(2).map(pair).collect()
}
