//! Broken Windows icons.

use image::ImageFormat;

use super::case::Verdict::{Malformed, Read, TooLarge, Truncated, Unsupported};
use super::case::check;
use crate::pictures::Picture;

/// An entry: its sides, and how many bytes where.
fn entry(sides: [u8; 2], bytes: u32, at: u32) -> Vec<u8> {
    let place = [bytes, at].map(u32::to_le_bytes).concat();
    [&sides[..], &[0, 0, 1, 0, 32, 0], &place].concat()
}

/// A directory that announces `count` pictures.
fn directory(count: u16) -> Vec<u8> {
    [&[0, 0, 1, 0][..], &count.to_le_bytes()].concat()
}

/// An icon of one picture that the directory says is 2 x 2.
fn icon(content: &[u8]) -> Vec<u8> {
    [directory(1), entry([2, 2], content.len() as u32, 22), content.to_vec()].concat()
}

/// A bitmap with a mask: header, pixels of 32 bits.
fn bitmap(width: i32, height: i32, bits: u16, compression: u32) -> Vec<u8> {
    let mut bitmap = [40, width, height].map(i32::to_le_bytes).concat();
    bitmap.extend([1u16, bits].map(u16::to_le_bytes).concat());
    bitmap.extend(compression.to_le_bytes());
    bitmap.extend([0; 20 + 16 + 8]);
    bitmap
}

fn png(side: usize) -> Vec<u8> {
    Picture::new(side, side, 4, 255).file(ImageFormat::Png)
}

#[tokio::test]
async fn directories() {
    let good = png(2);
    let length = good.len() as u32;
    let placed = |bytes, at| [directory(1), entry([2, 2], bytes, at), good.clone()].concat();
    let many = |count: u16| {
        let at = 6 + 16 * u32::from(count);
        let entries = entry([2, 2], length, at).repeat(usize::from(count));
        [directory(count), entries, good.clone()].concat()
    };
    check(vec![
        ("no pictures", [directory(0), vec![0; 99]].concat(), Malformed),
        (
            "65535 pictures",
            [directory(65_535), entry([2, 2], length, 22), good.clone()].concat(),
            Truncated,
        ),
        ("65535 pictures that are there", many(65_535), Read),
        ("a picture outside the file", placed(length, 1 << 30), Truncated),
        ("a picture of 2^32 - 1 bytes", placed(u32::MAX, 22), Truncated),
        ("a picture of no bytes", placed(0, 22), Truncated),
        ("a picture in the directory", placed(length, 0), Malformed),
        (
            "a picture outside beside a good one",
            {
                let entries = [entry([2, 2], length, 38), entry([1, 1], length, 1 << 30)];
                [directory(2), entries.concat(), good.clone()].concat()
            },
            Truncated,
        ),
        ("a cursor for an icon", icon(b"\0\0\x02\0\x01\0"), Truncated),
        ("an icon in an icon", icon(&icon(&good)), Malformed),
    ])
    .await;
}

#[tokio::test]
async fn pictures() {
    let mut large = png(2);
    large[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let cut = png(2)[..60].to_vec();
    check(vec![
        ("a PNG of other sides", icon(&png(5)), Read),
        ("a PNG of 60000 x 60000", icon(&large), TooLarge),
        ("a PNG that is cut", icon(&cut), Truncated),
        ("a good bitmap", icon(&bitmap(2, 4, 32, 0)), Read),
        ("a bitmap of other sides", icon(&bitmap(1, 2, 32, 0)), Malformed),
        ("a bitmap of larger sides", icon(&bitmap(3, 6, 32, 0)), Malformed),
        ("a bitmap of no width", icon(&bitmap(0, 4, 32, 0)), Malformed),
        ("a bitmap of no height", icon(&bitmap(2, 0, 32, 0)), Malformed),
        ("a bitmap of an odd height", icon(&bitmap(2, 5, 32, 0)), Read),
        ("a bitmap of a negative width", icon(&bitmap(-2, 4, 32, 0)), TooLarge),
        ("a bitmap from the top", icon(&bitmap(2, -4, 32, 0)), Read),
        ("a bitmap of the least height", icon(&bitmap(2, i32::MIN, 32, 0)), TooLarge),
        ("a bitmap of 3 bits", icon(&bitmap(2, 4, 3, 0)), Malformed),
        ("a bitmap in runs", icon(&bitmap(2, 4, 8, 1)), Unsupported),
        ("a bitmap that is cut", icon(&bitmap(2, 4, 32, 0)[..50]), Truncated),
    ])
    .await;
}
