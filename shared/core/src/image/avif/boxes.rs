//! Boxes, and the numbers in them (ISO/IEC 14496-12, section 4.2): the high byte first.

/// The boxes of `content`, each with its type, and its own content where that is all there. Nothing
/// follows one that is cut.
pub(super) fn boxes(content: &[u8]) -> impl Iterator<Item = (&[u8; 4], Option<&[u8]>)> {
    let mut rest = Bytes(content);
    std::iter::from_fn(move || {
        let whole = rest.0.len() as u64;
        let (size, kind) = (rest.number(4)?, rest.array()?);
        let size = match size {
            0 => whole,
            1 => rest.number(8)?,
            _ => size,
        };
        let header = whole - rest.0.len() as u64;
        let length = size.checked_sub(header).and_then(|length| usize::try_from(length).ok());
        let content = length.and_then(|length| rest.take(length));
        if content.is_none() {
            rest = Bytes(&[]);
        }
        Some((kind, content))
    })
}

/// The content of the first box of a type, where it is all there.
pub(super) fn find<'a>(content: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(content).find(|(other, _)| *other == kind)?.1
}

/// Bytes, read from the front.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next number of up to eight bytes; 0 of none.
    pub(super) fn number(&mut self, bytes: usize) -> Option<u64> {
        let digits = self.take(bytes)?;
        Some(digits.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    pub(super) fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        self.take(N)?.first_chunk()
    }

    /// The version of a full box, whose flags are skipped.
    pub(super) fn version(&mut self) -> Option<u64> {
        Some(self.number(4)? >> 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_of_all_three_kinds_of_size() {
        let mut file = b"\0\0\0\x0aftypab".to_vec();
        file.extend(b"\0\0\0\x01long\0\0\0\0\0\0\0\x11c");
        file.extend(b"\0\0\0\0mdatdef");
        let all: Vec<_> = boxes(&file).collect();
        let expected: [(&[u8; 4], Option<&[u8]>); 3] =
            [(b"ftyp", Some(b"ab")), (b"long", Some(b"c")), (b"mdat", Some(b"def"))];
        assert_eq!(all, expected);
        assert_eq!(find(&file, b"mdat"), Some(&b"def"[..]));
        assert_eq!(find(&file, b"meta"), None);
    }

    #[test]
    fn a_cut_box_is_the_last() {
        for cut in [
            &b"\0\0\0\x0bftypab"[..],
            b"\0\0\0\x07ftyp",
            b"\0\0\0\x01ftyp\xff\xff\xff\xff\0\0\0\0ab",
        ] {
            assert_eq!(boxes(cut).collect::<Vec<_>>(), [(b"ftyp", None)], "{cut:?}");
        }
        for header in [&b""[..], b"\0\0\0\x08fty", b"\0\0\0\x01ftyp\0\0"] {
            assert_eq!(boxes(header).count(), 0, "{header:?}");
        }
    }
}
