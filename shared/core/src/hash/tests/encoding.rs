//! Digests as text: what each encoding writes, and what it refuses.

use super::digest;
use crate::hash::{Algorithm, Encoding, hex};

fn encoded(encoding: Encoding, algorithm: Algorithm, message: &[u8]) -> Result<String, String> {
    let digest = digest(algorithm, None, [message]);
    encoding.encode(algorithm, &digest).map_err(|error| error.to_string())
}

#[test]
fn each_name_finds_its_own_encoding() {
    for &encoding in Encoding::ALL {
        assert_eq!(Encoding::named(encoding.name()), Some(encoding));
        assert_eq!(Encoding::named(&encoding.name().to_ascii_uppercase()), Some(encoding));
    }
    assert_eq!(Encoding::named(""), None);
    assert_eq!(Encoding::named("base32"), None);
}

#[test]
fn hex_keeps_leading_zeros_and_order() {
    assert_eq!(hex(&[]), "");
    assert_eq!(hex(&[0x00, 0x0f, 0xf0, 0x9a]), "000ff09a");
    assert_eq!(encoded(Encoding::Hex, Algorithm::CRC_32, b"123456789").unwrap(), "cbf43926");
}

#[test]
fn base64_is_padded_and_that_for_urls_is_not() {
    let digest = [0xfb, 0xff, 0xbf, 0x00, 0x10, 0x83, 0x10, 0x51];
    let text = |encoding: Encoding| encoding.encode(Algorithm::XXH64, &digest).unwrap();
    assert_eq!(text(Encoding::Base64), "+/+/ABCDEFE=");
    assert_eq!(text(Encoding::Base64Url), "-_-_ABCDEFE");
}

#[test]
fn integrity_metadata_has_the_names_of_its_standard() {
    let text = |algorithm| encoded(Encoding::Sri, algorithm, b"").unwrap();
    assert_eq!(text(Algorithm::SHA_256), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert_eq!(
        text(Algorithm::SHA_384),
        "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
    );
    assert_eq!(
        text(Algorithm::SHA_512),
        "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
    );
}

#[test]
fn decimal_reads_the_most_significant_byte_first() {
    let text = |algorithm| encoded(Encoding::Decimal, algorithm, b"123456789").unwrap();
    assert_eq!(text(Algorithm::CRC_32), "3421780262");
    assert_eq!(text(Algorithm::CRC_64_NVME), "12577168950296156296");
    let all = Encoding::Decimal.encode(Algorithm::MD5, &[0xff; 16]).unwrap();
    assert_eq!(all, "340282366920938463463374607431768211455");
    assert_eq!(Encoding::Decimal.encode(Algorithm::MD5, &[0; 16]).unwrap(), "0");
}

#[test]
fn what_an_encoding_cannot_write_is_refused_before_and_after() {
    let refusal = |encoding: Encoding, algorithm| {
        let before = encoding.check(algorithm).unwrap_err();
        assert_eq!((before.encoding, before.algorithm), (encoding, algorithm));
        assert_eq!(encoded(encoding, algorithm, b""), Err(before.to_string()));
        before.to_string()
    };
    assert_eq!(
        refusal(Encoding::Sri, Algorithm::SHA_512_256),
        "sri cannot write sha-512-256; it writes sha-256, sha-384 and sha-512"
    );
    assert_eq!(
        refusal(Encoding::Decimal, Algorithm::SHA_1),
        "decimal cannot write sha-1; it writes digests of up to 128 bits"
    );
}

#[test]
fn what_is_checked_can_be_written() {
    for &encoding in Encoding::ALL {
        for &algorithm in Algorithm::ALL {
            let digest = vec![0x5a; algorithm.bits() as usize / 8];
            let written = encoding.encode(algorithm, &digest).is_ok();
            assert_eq!(encoding.check(algorithm).is_ok(), written, "{encoding:?}, {algorithm:?}");
        }
    }
}
