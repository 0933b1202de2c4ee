//! What the table promises of its rows.

use std::collections::HashSet;

use super::{digest, modes};
use crate::hash::{Algorithm, hex};

#[test]
fn names_are_unique_and_in_lower_case_and_find_their_algorithm() {
    let mut seen = HashSet::new();
    for &algorithm in Algorithm::ALL {
        for name in algorithm.names() {
            assert!(seen.insert(name), "{name} is there twice");
            assert_eq!(name, name.to_ascii_lowercase());
            assert_eq!(Algorithm::named(name), Some(algorithm), "{name}");
            assert_eq!(Algorithm::named(&name.to_ascii_uppercase()), Some(algorithm), "{name}");
        }
    }
    assert_eq!(Algorithm::named(""), None);
    assert_eq!(Algorithm::named("sha-255"), None);
}

#[test]
fn names_of_the_field_are_known() {
    let known = [
        ("SHA256", Algorithm::SHA_256),
        ("sha1", Algorithm::SHA_1),
        ("crc-32", Algorithm::CRC_32),
        ("xxhash64", Algorithm::XXH64),
        ("xxh128", Algorithm::XXH3_128),
        ("b3", Algorithm::BLAKE3),
        ("blake2b-512", Algorithm::BLAKE2B),
        ("blake2s-256", Algorithm::BLAKE2S),
        ("sha512/256", Algorithm::SHA_512_256),
    ];
    for (name, algorithm) in known {
        assert_eq!(Algorithm::named(name), Some(algorithm), "{name}");
    }
}

#[test]
fn each_digest_has_the_announced_length() {
    for (algorithm, key) in modes() {
        let length = digest(algorithm, key, []).len();
        assert_eq!(length * 8, algorithm.bits() as usize, "{algorithm:?}");
    }
}

#[test]
fn md5_and_sha_1_are_legacy() {
    let legacy: Vec<_> = Algorithm::ALL.iter().filter(|one| one.is_legacy()).collect();
    assert_eq!(legacy, [&Algorithm::MD5, &Algorithm::SHA_1]);
}

#[test]
fn the_first_is_the_default_of_the_service() {
    assert_eq!(hex(&digest(Algorithm::ALL[0], None, [&b"hello"[..]])), "a430d84680aabd0b");
}
