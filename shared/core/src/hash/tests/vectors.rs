//! Published digests of every algorithm.

use super::{digest, vector};
use crate::hash::{Algorithm, hex};

const FILES: [(Algorithm, &str); Algorithm::ALL.len()] = [
    (Algorithm::FNV1A_64, include_str!("vectors/fnv1a-64.txt")),
    (Algorithm::FNV1_64, include_str!("vectors/fnv1-64.txt")),
    (Algorithm::FNV1A_32, include_str!("vectors/fnv1a-32.txt")),
    (Algorithm::FNV1A_128, include_str!("vectors/fnv1a-128.txt")),
    (Algorithm::CRC_32, include_str!("vectors/crc32.txt")),
    (Algorithm::CRC_32C, include_str!("vectors/crc32c.txt")),
    (Algorithm::CRC_64_NVME, include_str!("vectors/crc64nvme.txt")),
    (Algorithm::ADLER_32, include_str!("vectors/adler32.txt")),
    (Algorithm::XXH32, include_str!("vectors/xxh32.txt")),
    (Algorithm::XXH64, include_str!("vectors/xxh64.txt")),
    (Algorithm::XXH3_64, include_str!("vectors/xxh3-64.txt")),
    (Algorithm::XXH3_128, include_str!("vectors/xxh3-128.txt")),
    (Algorithm::MD5, include_str!("vectors/md5.txt")),
    (Algorithm::SHA_1, include_str!("vectors/sha-1.txt")),
    (Algorithm::SHA_256, include_str!("vectors/sha-256.txt")),
    (Algorithm::SHA_384, include_str!("vectors/sha-384.txt")),
    (Algorithm::SHA_512, include_str!("vectors/sha-512.txt")),
    (Algorithm::SHA_512_256, include_str!("vectors/sha-512-256.txt")),
    (Algorithm::SHA3_256, include_str!("vectors/sha3-256.txt")),
    (Algorithm::SHA3_512, include_str!("vectors/sha3-512.txt")),
    (Algorithm::BLAKE2B, include_str!("vectors/blake2b.txt")),
    (Algorithm::BLAKE2S, include_str!("vectors/blake2s.txt")),
    (Algorithm::BLAKE3, include_str!("vectors/blake3.txt")),
    (Algorithm::HMAC_SHA_256, include_str!("vectors/hmac-sha-256.txt")),
    (Algorithm::HMAC_SHA_512, include_str!("vectors/hmac-sha-512.txt")),
];

#[test]
fn published_digests_are_found() {
    for ((algorithm, file), &listed) in FILES.into_iter().zip(Algorithm::ALL) {
        assert_eq!(algorithm, listed);
        let vectors = vector::parse(file);
        assert!(vectors.len() >= 3, "{algorithm:?} has too few vectors");
        for (index, vector) in vectors.iter().enumerate() {
            let found = digest(algorithm, vector.key.as_deref(), [&vector.message[..]]);
            assert_eq!(hex(&found), hex(&vector.digest), "{algorithm:?}, vector {index}");
        }
    }
}
