//! Where a message is split makes no difference.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{digest, modes, ramp};
use crate::hash::Algorithm;

/// Asserts that the pieces have the digest of the message.
fn assert_same<'a>(
    (algorithm, key): (Algorithm, Option<&[u8]>),
    message: &[u8],
    pieces: impl IntoIterator<Item = &'a [u8]> + Clone,
) {
    let whole = digest(algorithm, key, [message]);
    let lengths = || pieces.clone().into_iter().map(<[u8]>::len).collect::<Vec<_>>();
    let split = digest(algorithm, key, pieces.clone());
    assert_eq!(split, whole, "{algorithm:?}, pieces of {:?} bytes", lengths());
}

#[test]
fn in_two_anywhere() {
    for mode in modes() {
        for length in 0..=150 {
            let message = ramp(length);
            for at in 0..=length {
                let (head, tail) = message.split_at(at);
                assert_same(mode, &message, [head, tail]);
            }
        }
    }
}

#[test]
fn in_small_steps() {
    let message = ramp(2 * 1024 + 1);
    for mode in modes() {
        for step in 1..=17 {
            for length in [63, 64, 65, 127, 128, 129, 255, 256, 257, 1023, 1024, 1025, 2049] {
                assert_same(mode, &message[..length], message[..length].chunks(step));
            }
        }
    }
}

#[test]
fn a_digest_on_the_way_changes_nothing() {
    let message = ramp(300);
    for (algorithm, key) in modes() {
        let mut hasher = algorithm.start(key).unwrap();
        for (count, byte) in message.chunks(1).enumerate() {
            assert_eq!(hasher.digest(), digest(algorithm, key, [&message[..count]]));
            hasher.update(byte);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_pieces(pieces in vec(vec(any::<u8>(), 0..1500), 0..8)) {
        let message = pieces.concat();
        for mode in modes() {
            assert_same(mode, &message, pieces.iter().map(Vec::as_slice));
        }
    }
}
