//! The digests of four messages by every algorithm, on the real component.
//!
//! Those of `abc` are the examples of FIPS 180-4, FIPS 202, RFC 1321 and RFC 7693, those of
//! `123456789` the check values of the CRC catalogue, and BLAKE3's of the long message is in its
//! authors' `test_vectors.json`. The rest are by `hashlib`, `hmac`, `zlib` and `xxhash` of Python,
//! and by the definitions of FNV (RFC 9923) and the CRCs, bit by bit.

use edge_tests::application;
use http::Method;

use super::bytes_by_place;

/// An algorithm, and the digests of [`messages`].
type Row = (&'static str, [&'static str; 4]);

/// Nothing, two short messages, and the one of BLAKE3's test vectors.
fn messages() -> [Vec<u8>; 4] {
    [b"".to_vec(), b"abc".to_vec(), b"123456789".to_vec(), bytes_by_place(102_400)]
}

#[rustfmt::skip]
const UNKEYED: [Row; 23] = [
    ("fnv1a-64", [
        "cbf29ce484222325",
        "e71fa2190541574b",
        "06d5573923c6cdfc",
        "9766781acef5cd6d",
    ]),
    ("fnv1-64", [
        "cbf29ce484222325",
        "d8dcca186bafadcb",
        "a72ffc362bf916d6",
        "70345b938af79035",
    ]),
    ("fnv1a-32", [
        "811c9dc5",
        "1a47e90b",
        "bb86b11c",
        "95b5b20d",
    ]),
    ("fnv1a-128", [
        "6c62272e07bb014262b821756295c58d",
        "a68d622cec8b5822836dbc7977af7f3b",
        "da2d42a08d04e4585dd325117f71d504",
        "fa90710b630cef554539861f8dc71575",
    ]),
    ("crc32", [
        "00000000",
        "352441c2",
        "cbf43926",
        "5cc1ce13",
    ]),
    ("crc32c", [
        "00000000",
        "364b3fb7",
        "e3069283",
        "7957da17",
    ]),
    ("crc64nvme", [
        "0000000000000000",
        "05e5cabb3fc1faeb",
        "ae8b14860a799888",
        "741e1f9c969a9d67",
    ]),
    ("adler32", [
        "00000001",
        "024d0127",
        "091e01de",
        "fdfe57a2",
    ]),
    ("xxh32", [
        "02cc5d05",
        "32d153ff",
        "937bad67",
        "96c7eb65",
    ]),
    ("xxh64", [
        "ef46db3751d8e999",
        "44bc2cf5ad770999",
        "8cb841db40e6ae83",
        "eb1adcdd9e1369a6",
    ]),
    ("xxh3-64", [
        "2d06800538d394c2",
        "78af5f94892f3950",
        "72dcb18b67a17dff",
        "1428e17f1cac2837",
    ]),
    ("xxh3-128", [
        "99aa06d3014798d86001c324468d497f",
        "06b05ab6733a618578af5f94892f3950",
        "33119477ede5dcd5e9716427681d5860",
        "ecd387d36185351b1428e17f1cac2837",
    ]),
    ("md5", [
        "d41d8cd98f00b204e9800998ecf8427e",
        "900150983cd24fb0d6963f7d28e17f72",
        "25f9e794323b453885f5181f1b624d0b",
        "1a0f81547e5ba2e9c4a4b94a74731993",
    ]),
    ("sha-1", [
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "a9993e364706816aba3e25717850c26c9cd0d89d",
        "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "f18b928d893ae172a000efa19b80e1c04fb36414",
    ]),
    ("sha-256", [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        "74588b7f0bcc354ac14d9cf199fa3a20c05f0c7293b9075b2f2e146e718de800",
    ]),
    ("sha-384", [
        "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "eb455d56d2c1a69de64e832011f3393d45f3fa31d6842f21af92d2fe469c499da5e3179847334a18479c8d1dedea1be3",
        "2c63ef39f81d19e88281bd6e79f7e0e96f5e79dda4ddea49d9f552442c47820a9faadf38643e329fd9861a727b461543",
    ]),
    ("sha-512", [
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
        "2acda2d1386c8cd9ef01c797cfd154b073e7ea26e4c5741e9f2aee089dc8106cb887526d5bbb04920c2b742b2dab945e2a8db4cd31f58ac945aec9df89b1f18d",
    ]),
    ("sha-512-256", [
        "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a",
        "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
        "1877345237853a31ad79e14c1fcb0ddcd3df9973b61af7f906e4b4d052cc9416",
        "7e1a5dd777c4f5e7187851fbfa090799708f20388013696edf7243350f3e0068",
    ]),
    ("sha3-256", [
        "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
        "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
        "87cd084d190e436f147322b90e7384f6a8e0676c99d21ef519ea718e51d45f9c",
        "14f61e0b532a9566801359c3238ccfc25b66b2c64815393498ffc1f60fc731e6",
    ]),
    ("sha3-512", [
        "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26",
        "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
        "e1e44d20556e97a180b6dd3ed7ae5c465cafd553fa8747dca038fb95635b77a37318f7ddf7aec1f6c3c14bb160ba2497007decf38dd361cab199e3b8c8fe1f5c",
        "6b34fe8ac80287611f4eec1802c19d5432a1a1ddd067c1288825577b3bd52ef404451d50f52c863a148bbac86172288ae6155f03ae1f0a9dc09aa13179dd1c79",
    ]),
    ("blake2b", [
        "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce",
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        "f5ab8bafa6f2f72b431188ac38ae2de7bb618fb3d38b6cbf639defcdd5e10a86b22fccff571da37e42b23b80b657ee4d936478f582280a87d6dbb1da73f5c47d",
        "cbd9d7d77a4d66c0a2ddea931b1e7d91271005545f56f444decea823f7adc9bb0791bead840bdd341f04bc1baf1847248aa536baeafa40bda3a06229ae62ffd5",
    ]),
    ("blake2s", [
        "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9",
        "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
        "7acc2dd21a2909140507f37396acce906864b5f118dfa766b107962b7a82a0d4",
        "c0c1f03110012f42729ac854bca75344b887e7641d2d7d792b77ba7bcbba12e2",
    ]),
    ("blake3", [
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
        "b7d65b48420d1033cb2595293263b6f72eabee20d55e699d0df1973b3c9deed1",
        "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085",
    ]),
];

/// The key of BLAKE3's test vectors, as a byte sequence: `whats the Elvish word for friend`.
const KEY: &str = ":d2hhdHMgdGhlIEVsdmlzaCB3b3JkIGZvciBmcmllbmQ=:";

#[rustfmt::skip]
const KEYED: [Row; 3] = [
    ("hmac-sha-256", [
        "ac5cdc92d0353395a93bf097797193a9b0ac5177806c777f945ffd6591d99e49",
        "42773b6710dc87e5fefc290f782d38d8d1cffc8bbcc32c422afd00474711997c",
        "be4ccd2ed7cc9c5289b7b741ec1728e5e719b4a2a9515e9fa46ed849a1f9babe",
        "0779382e5942bc78566362fe8f3dc3a32f7dc8ef207135a9e6b73e85086e32d1",
    ]),
    ("hmac-sha-512", [
        "ebd01d33893bfa9fbee63d30c2b6664df541872d47207c6b39d9c1cc5815a3deb2a748e058ed69568a4f63c6dfac8584a21a715cdb4e53c5f67e2cfb24fd0fe2",
        "1f645f9678faad678025acb34e5f628d82516db0706233b72a229f94c0a7e875d1ff2934b0c24eec102866eae19d3d5f99224c128c76e5b1adb6afd06407dacb",
        "71db039d8fc8fa5bd1ab5394a765dc988239636ec4c33592906063d4aa53c05f56b6de3f10a208b53507788581e200df24c9c028536427977975ec5153e921cc",
        "ba22818d8c57f3e695d32cbc13072aac5210d3c222926911e58ff763cd8b282486d1eee6decba94b326dd5ecad99c82131a4a432d23b66e336c5ffd5c04575b1",
    ]),
    ("blake3", [
        "92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26",
        "157f8b4b104070014ab0b3b7aff364f794e010e92b1c976318e892f380b53406",
        "3a83721d30d4644e2ca7bbb246f08933c367509ee719dc0763e6bee3ec3ad957",
        "1c35d1a5811083fd7119f5d5d1ba027b4d01c0c6c49fb6ff2cf75393ea5db4a7",
    ]),
];

#[tokio::test]
async fn each_algorithm_gives_its_digests() {
    for (name, digests) in UNKEYED {
        for (message, digest) in messages().into_iter().zip(digests) {
            let path = format!("/hash?algorithm={name}");
            application().post(&path, message).await.assert_text(digest);
        }
    }
}

#[tokio::test]
async fn each_algorithm_with_a_key_gives_its_digests() {
    for (name, digests) in KEYED {
        for (message, digest) in messages().into_iter().zip(digests) {
            let path = format!("/hash?algorithm={name}");
            let answer =
                application().send(Method::POST, &path, &[("hash-key", KEY)], message).await;
            answer.assert_text(digest);
        }
    }
}

#[tokio::test]
async fn all_digests_come_of_one_pass() {
    for (at, message) in messages().into_iter().enumerate() {
        let lines = UNKEYED.map(|(name, digests)| format!("{name} (-) = {}", digests[at]));
        let answer = application().post("/hash?algorithm=all", message).await;
        answer.assert_text(&lines.join("\n"));
    }
}

#[tokio::test]
async fn the_list_is_that_of_these_tables() {
    let list = application().get("/hash").await.json();
    let listed: Vec<_> = list.as_array().unwrap().iter().map(|entry| &entry["name"]).collect();
    let with_a_key = KEYED.iter().filter(|(name, _)| name.starts_with("hmac"));
    let known: Vec<_> = UNKEYED.iter().chain(with_a_key).map(|(name, _)| *name).collect();
    assert_eq!(listed, known);
}
