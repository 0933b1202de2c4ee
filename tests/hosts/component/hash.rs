//! Digests, called from Rust.

use super::instance::Instance;
use super::instance::bindings::exports::edge::functions::hash;

#[test]
fn the_list_of_algorithms_tells_what_opens() {
    let mut instance = Instance::new();
    let algorithms = instance.algorithms();
    assert_eq!(algorithms[0].name, "fnv1a-64");
    assert_eq!(algorithms.iter().filter(|algorithm| algorithm.legacy).count(), 2);
    for algorithm in algorithms {
        let key = [7; 32];
        let key = (algorithm.key == hash::KeyUse::Required).then_some(&key[..]);
        for name in algorithm.aliases.iter().chain([&algorithm.name]) {
            let hasher = instance.hasher(&name.to_uppercase(), key).unwrap();
            assert_eq!(instance.digest(hasher).len() as u32 * 8, algorithm.bits, "{name}");
            instance.drop(hasher);
        }
    }
}

#[test]
fn a_key_makes_a_digest_that_authenticates() {
    // RFC 4231, test case 2.
    let mut instance = Instance::new();
    let hasher = instance.hasher("hmac-sha-256", Some(b"Jefe")).unwrap();
    instance.update(hasher, b"what do ya want ");
    instance.update(hasher, b"for nothing?");
    let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(instance.hex(hasher), expected);
}

#[test]
fn a_hasher_that_there_is_not_is_explained() {
    let mut instance = Instance::new();
    let mut error = |algorithm, key| instance.hasher(algorithm, key).unwrap_err();
    let unsuited = |reason, message: &str| {
        hash::Error::Input(hash::UnsuitedKey { reason, message: message.to_owned() })
    };
    assert_eq!(
        error("hmac-sha-256", None),
        unsuited(hash::KeyError::Missing, "The algorithm 'hmac-sha-256': a key is required.")
    );
    assert_eq!(
        error("md5", Some(b"key")),
        unsuited(hash::KeyError::Unexpected, "The algorithm 'md5': no key is taken.")
    );
    assert_eq!(
        error("hmac-sha-512", Some(b"")),
        unsuited(hash::KeyError::Empty, "The algorithm 'hmac-sha-512': the key is empty.")
    );
    let length = hash::KeyError::Length(hash::KeyLength { required: 32, actual: 3 });
    assert_eq!(
        error("blake3", Some(b"key")),
        unsuited(length, "The algorithm 'blake3': the key has 3 bytes; it must have 32.")
    );
    let unknown = "There is no algorithm 'crc31'; there are fnv1a-64, fnv1-64, fnv1a-32, \
                   fnv1a-128, crc32, crc32c, crc64nvme, adler32, xxh32, xxh64, xxh3-64, xxh3-128, \
                   md5, sha-1, sha-256, sha-384, sha-512, sha-512-256, sha3-256, sha3-512, \
                   blake2b, blake2s, blake3, hmac-sha-256, hmac-sha-512.";
    assert_eq!(error("crc31", None), hash::Error::Unsupported(unknown.to_owned()));
}
