//! Broken any-maps of Netpbm.

use super::case::Verdict::{Malformed, Read, TooLarge, Truncated, Unsupported};
use super::case::check;

/// A PAM header of 1 x 1 pixels, and samples.
fn arbitrary(depth: &str, most: &str, tuple: &str) -> Vec<u8> {
    let header = format!("P7\nWIDTH 1\nHEIGHT 1\nDEPTH {depth}\nMAXVAL {most}\nTUPLTYPE {tuple}\n");
    [header.as_bytes(), b"ENDHDR\n\0\0\0\0\0\0\0\0"].concat()
}

#[tokio::test]
async fn headers() {
    let comment = [&b"P6\n#"[..], &vec![b'x'; 1 << 20], b"\n1 1 255\nabc"].concat();
    let spaces = [&b"P6\n"[..], &vec![b' '; 1 << 20], b"1 1 255\nabc"].concat();
    let zeros = [&b"P6\n"[..], &vec![b'0'; 1 << 20], b"1 1 255\nabc"].concat();
    check(vec![
        ("no width", b"P6 0 1 255\n".to_vec(), Malformed),
        ("no height", b"P6 1 0 255\n".to_vec(), Malformed),
        ("2^32 - 1 on a side, and no data", b"P6 4294967295 4294967295 255\n".to_vec(), Truncated),
        ("2^32 on a side", b"P6 4294967296 1 255\n".to_vec(), Malformed),
        ("60000 wide, of one bit", [&b"P4 60000 1\n"[..], &[0; 7_500]].concat(), TooLarge),
        ("a negative width", b"P6 -1 1 255\nabc".to_vec(), Malformed),
        ("samples up to 0", b"P6 1 1 0\nabc".to_vec(), Malformed),
        ("samples up to 65536", b"P6 1 1 65536\nabcdef".to_vec(), Malformed),
        ("a comment of a megabyte", comment, Unsupported),
        ("a megabyte of space", spaces, Unsupported),
        ("a number of a megabyte", zeros, Unsupported),
        ("a letter for a number", b"P6 1 x 255\nabc".to_vec(), Malformed),
        ("no channel", arbitrary("0", "255", "RGB"), Malformed),
        ("2^32 - 1 channels", arbitrary("4294967295", "255", "RGB"), Malformed),
        ("channels of another type", arbitrary("2", "255", "RGB"), Malformed),
        ("an unknown type", arbitrary("3", "255", "CMYK"), Unsupported),
        ("no end of the header", b"P7\nWIDTH 1\nHEIGHT 1\n".to_vec(), Truncated),
        ("a header of nothing", b"P7\nENDHDR\n".to_vec(), Malformed),
    ])
    .await;
}

#[tokio::test]
async fn samples() {
    check(vec![
        ("no data", b"P6 1 1 255\n".to_vec(), Truncated),
        ("a sample past the most", b"P5 1 1 100\n\xff".to_vec(), Read),
        ("a number past the most", b"P2 1 1 100\n200\n".to_vec(), Read),
        ("a number past 16 bits", b"P2 1 1 255\n99999999999\n".to_vec(), Malformed),
        ("a letter for a sample", b"P2 1 1 255\nx\n".to_vec(), Malformed),
        ("a 7 for a bit", b"P1 1 1\n7\n".to_vec(), Malformed),
        ("a bit past the type's", arbitrary("1", "1", "BLACKANDWHITE"), Read),
        ("space for samples", [&b"P2 100 100 255\n"[..], &vec![b' '; 1 << 20]].concat(), Truncated),
        ("more samples", b"P5 1 1 255\nabc".to_vec(), Read),
    ])
    .await;
}
