//! Upper case over a stream of chunks.

use std::fmt;

use super::mapping::{Mapping, PIECE, append_ascii};

/// The input is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utf8Error {
    /// Where the ill-formed sequence begins: bytes from the start of the stream, from 0.
    pub offset: u64,
}

impl fmt::Display for Utf8Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ill-formed UTF-8 at byte {}", self.offset)
    }
}

impl std::error::Error for Utf8Error {}

/// Maps a stream of UTF-8 to upper case by Unicode's full mapping, without regard to language:
/// `ß` becomes `SS`. Text is not normalized. Memory is constant: chunks may end anywhere, and at
/// most three bytes of an unfinished sequence wait for the next one.
///
/// After an error the stream is over; what precedes the ill-formed sequence has been written.
#[derive(Clone, Debug, Default)]
pub struct Uppercase {
    /// Bytes of the stream before the unfinished sequence.
    offset: u64,
    unfinished: Unfinished,
    mapping: Mapping,
}

/// The beginning of a sequence whose end has not arrived.
#[derive(Clone, Debug, Default)]
struct Unfinished {
    bytes: [u8; 4],
    length: usize,
}

impl Unfinished {
    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }
}

impl Uppercase {
    /// A mapping at the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the upper case of `chunk`, the stream's next bytes, to `out`. That is at most three
    /// times as long.
    ///
    /// # Errors
    /// At the first ill-formed sequence.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> Result<(), Utf8Error> {
        out.reserve(chunk.len());
        let mut rest = self.finish_sequence(chunk, out)?;
        while !rest.is_empty() {
            let mixed = append_ascii(rest, out);
            self.offset += (rest.len() - mixed.len()) as u64;
            rest = self.push_piece(mixed, out)?;
        }
        Ok(())
    }

    /// Maps the well-formed text that `bytes` begin with, or takes in an unfinished sequence.
    /// Returns the rest.
    fn push_piece<'a>(
        &mut self,
        bytes: &'a [u8],
        out: &mut Vec<u8>,
    ) -> Result<&'a [u8], Utf8Error> {
        let piece = &bytes[..piece_length(bytes)];
        let (text, error) = match str::from_utf8(piece) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = &piece[..error.valid_up_to()];
                (str::from_utf8(valid).unwrap_or_default(), Some(error.error_len()))
            }
        };
        self.mapping.append(text, out);
        self.offset += text.len() as u64;
        let rest = &bytes[text.len()..];
        match error {
            None => Ok(rest),
            // The piece was cut within a sequence; the next one begins with it.
            Some(None) if piece.len() < bytes.len() => Ok(rest),
            Some(None) => {
                rest.iter().for_each(|&byte| self.unfinished.push(byte));
                Ok(&[])
            }
            Some(Some(_)) => Err(Utf8Error { offset: self.offset }),
        }
    }

    /// Whether the stream so far ends between two characters.
    pub fn is_between_characters(&self) -> bool {
        self.unfinished.length == 0
    }

    /// Ends the stream.
    ///
    /// # Errors
    /// If it ends within a sequence.
    pub fn finish(self) -> Result<(), Utf8Error> {
        match self.unfinished.length {
            0 => Ok(()),
            _ => Err(Utf8Error { offset: self.offset }),
        }
    }

    /// Completes the unfinished sequence, if there is one; returns the rest of the chunk.
    fn finish_sequence<'a>(
        &mut self,
        mut chunk: &'a [u8],
        out: &mut Vec<u8>,
    ) -> Result<&'a [u8], Utf8Error> {
        while self.unfinished.length > 0
            && let Some((&byte, rest)) = chunk.split_first()
        {
            self.unfinished.push(byte);
            chunk = rest;
            match str::from_utf8(self.unfinished.bytes()) {
                Ok(character) => {
                    self.mapping.append(character, out);
                    self.offset += character.len() as u64;
                    self.unfinished.length = 0;
                }
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    return Err(Utf8Error { offset: self.offset });
                }
            }
        }
        Ok(chunk)
    }
}

/// At most [`PIECE`], and where the text is well-formed not within a sequence.
fn piece_length(bytes: &[u8]) -> usize {
    let is_boundary = |&at: &usize| bytes.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let most = bytes.len().min(PIECE);
    (most.saturating_sub(3)..=most).rev().find(is_boundary).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pushes the parts one after the other; what was written, and how the stream ended.
    fn run(parts: &[&[u8]]) -> (String, Result<(), Utf8Error>) {
        let mut out = Vec::new();
        let mut uppercase = Uppercase::new();
        let result = parts.iter().try_for_each(|part| uppercase.push(part, &mut out));
        let result = result.and_then(|()| uppercase.finish());
        (String::from_utf8(out).expect("UTF-8"), result)
    }

    /// The whole at once, and split in two at every place.
    fn check(input: &[u8], expected: &str, result: Result<(), Utf8Error>) {
        for at in 0..=input.len() {
            let (head, tail) = input.split_at(at);
            assert_eq!(
                run(&[head, tail]),
                (expected.to_owned(), result),
                "{input:?} split at {at}"
            );
        }
        let bytes: Vec<&[u8]> = input.chunks(1).collect();
        assert_eq!(run(&bytes), (expected.to_owned(), result), "{input:?} byte by byte");
    }

    #[test]
    fn full_mappings() {
        check("".as_bytes(), "", Ok(()));
        check("straße".as_bytes(), "STRASSE", Ok(()));
        check("ŉ".as_bytes(), "\u{2bc}N", Ok(()));
        check("ﬁn".as_bytes(), "FIN", Ok(()));
        check("ΐ".as_bytes(), "\u{399}\u{308}\u{301}", Ok(()));
        check("ᾳ ſ ı ΐ".as_bytes(), "ΑΙ S I \u{399}\u{308}\u{301}", Ok(()));
        check("Ωmega 𐐨 ჯ 漢字 🦀".as_bytes(), "ΩMEGA 𐐀 Ჯ 漢字 🦀", Ok(()));
    }

    #[test]
    fn text_is_not_normalized() {
        check("e\u{301}é".as_bytes(), "E\u{301}É", Ok(()));
    }

    #[test]
    fn every_scalar_value_as_the_standard_library_has_it() {
        let all: String = ('\0'..=char::MAX).collect();
        assert_eq!(run(&[all.as_bytes()]), (all.to_uppercase(), Ok(())));
    }

    #[test]
    fn ill_formed_sequences() {
        let cases: [(&[u8], u64); 12] = [
            (b"\x80", 0),
            (b"ab\xffcd", 2),
            (b"ab\xc0\x80", 2),
            (b"ab\xc3(", 2),
            (b"\xe2\x82(", 0),
            (b"x\xed\xa0\x80", 1),
            (b"x\xe0\x9f\xbf", 1),
            (b"x\xf0\x8f\xbf\xbf", 1),
            (b"x\xf4\x90\x80\x80", 1),
            (b"ab\xc3", 2),
            (b"ab\xe2\x82", 2),
            (b"ab\xf0\x9f\xa6", 2),
        ];
        for (input, offset) in cases {
            let before = str::from_utf8(&input[..offset as usize]).expect("UTF-8 before the error");
            check(input, &before.to_uppercase(), Err(Utf8Error { offset }));
        }
        assert_eq!(Utf8Error { offset: 1_003 }.to_string(), "ill-formed UTF-8 at byte 1003");
    }

    /// Errors and characters about the ends of the blocks that ASCII goes in.
    #[test]
    fn every_length_about_a_block() {
        for length in 0..=130 {
            let ascii: String = ('a'..='z').cycle().take(length).collect();
            for tail in ["", "ß", "漢", "🦀", "\u{390}"] {
                let text = format!("{ascii}{tail}{ascii}");
                assert_eq!(run(&[text.as_bytes()]), (text.to_uppercase(), Ok(())));
            }
            let broken = [ascii.as_bytes(), b"\xff", ascii.as_bytes()].concat();
            let error = Utf8Error { offset: length as u64 };
            assert_eq!(run(&[&broken]), (ascii.to_uppercase(), Err(error)));
        }
    }

    /// Sequences and errors wherever a piece may be cut.
    #[test]
    fn every_cut_of_a_piece() {
        for lead in 0..=4 {
            for text in ["ß", "漢", "🦀", "\u{390}"] {
                for tail in [&b""[..], b"\xf0\x9f\xa6", b"\xe2(", b"\x80\x80\x80\x80\x80"] {
                    for count in [40, 63, 64, 65, 70] {
                        let mut bytes = "a".repeat(lead).into_bytes();
                        bytes.extend(text.repeat(count).bytes().chain(tail.iter().copied()));
                        assert_eq!(
                            run(&[&bytes]),
                            expected(&bytes),
                            "{lead}, {text}, {tail:?}, {count}"
                        );
                    }
                }
            }
        }
    }

    /// What the standard library makes of the whole.
    fn expected(bytes: &[u8]) -> (String, Result<(), Utf8Error>) {
        match str::from_utf8(bytes) {
            Ok(text) => (text.to_uppercase(), Ok(())),
            Err(error) => {
                let text = str::from_utf8(&bytes[..error.valid_up_to()]).expect("UTF-8");
                let offset = error.valid_up_to() as u64;
                (text.to_uppercase(), Err(Utf8Error { offset }))
            }
        }
    }

    /// Text with a stray byte here and there.
    fn mostly_text() -> impl Strategy<Value = Vec<u8>> {
        let character = any::<char>().prop_map(|character| character.to_string().into_bytes());
        let byte = any::<u8>().prop_map(|byte| vec![byte]);
        prop::collection::vec(prop_oneof![50 => character, 1 => byte], 0..150)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_split_anywhere(text in any::<String>(), at in any::<prop::sample::Index>()) {
            let (head, tail) = text.as_bytes().split_at(at.index(text.len() + 1));
            prop_assert_eq!(run(&[head, tail]), (text.to_uppercase(), Ok(())));
        }

        #[test]
        fn any_bytes_split_anywhere(
            bytes in mostly_text(),
            at in any::<prop::sample::Index>(),
        ) {
            let (head, tail) = bytes.split_at(at.index(bytes.len() + 1));
            prop_assert_eq!(run(&[head, tail]), expected(&bytes));
        }
    }
}
