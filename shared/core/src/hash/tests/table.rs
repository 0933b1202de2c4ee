//! The table's own consistency, and what its methods promise.

use std::collections::HashSet;

use crate::hash::{Algorithm, KeyUse, hex};

#[test]
fn names_and_aliases_are_unique_lower_case_and_find_their_algorithm() {
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
fn each_digest_has_the_announced_length() {
    for algorithm in Algorithm::ALL {
        let key = (algorithm.key_use() == KeyUse::Required).then_some(&b"key"[..]);
        let digest = algorithm.start(key).unwrap().digest();
        assert_eq!(digest.len() * 8, algorithm.bits() as usize, "{}", algorithm.name());
    }
}

#[test]
fn the_first_is_the_default_of_the_service() {
    let mut hasher = Algorithm::ALL[0].start(None).unwrap();
    hasher.update(b"hello");
    assert_eq!(hex(&hasher.digest()), "a430d84680aabd0b");
}
