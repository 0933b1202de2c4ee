//! Which keys are taken, and how others are refused.

use super::KEY;
use crate::hash::{Algorithm, KeyError, KeyUse};

fn refusal(algorithm: Algorithm, key: Option<&[u8]>) -> KeyError {
    algorithm.start(key).err().unwrap()
}

#[test]
fn only_authentication_codes_and_blake3_take_a_key() {
    for &algorithm in Algorithm::ALL {
        let expected = match algorithm {
            known if known == Algorithm::BLAKE3 => KeyUse::Optional,
            known if known.name().starts_with("hmac-") => KeyUse::Required,
            _ => KeyUse::None,
        };
        assert_eq!(algorithm.key_use(), expected, "{algorithm:?}");
        assert_eq!(algorithm.start(None).is_ok(), expected != KeyUse::Required, "{algorithm:?}");
        assert_eq!(algorithm.start(Some(KEY)).is_ok(), expected != KeyUse::None, "{algorithm:?}");
    }
}

#[test]
fn an_authentication_code_takes_a_key_of_any_length_but_none() {
    for algorithm in [Algorithm::HMAC_SHA_256, Algorithm::HMAC_SHA_512] {
        assert_eq!(refusal(algorithm, None), KeyError::Missing);
        assert_eq!(refusal(algorithm, Some(b"")), KeyError::Empty);
        for length in [1, 63, 64, 65, 127, 128, 129, 1000] {
            assert!(algorithm.start(Some(&vec![7; length])).is_ok(), "{algorithm:?}, {length}");
        }
    }
}

#[test]
fn blake3_takes_a_key_of_32_bytes() {
    assert_eq!(refusal(Algorithm::BLAKE3, Some(b"")), KeyError::Empty);
    for actual in [1, 31, 33] {
        let expected = KeyError::Length { required: 32, actual };
        assert_eq!(refusal(Algorithm::BLAKE3, Some(&vec![7; actual])), expected);
    }
}

#[test]
fn refusals_say_what_is_taken() {
    let text = |algorithm, key| refusal(algorithm, key).to_string();
    assert_eq!(text(Algorithm::HMAC_SHA_256, None), "a key is required");
    assert_eq!(text(Algorithm::SHA_256, Some(KEY)), "no key is taken");
    assert_eq!(text(Algorithm::BLAKE3, Some(b"")), "the key is empty");
    assert_eq!(text(Algorithm::BLAKE3, Some(b"abc")), "the key has 3 bytes; it must have 32");
}
