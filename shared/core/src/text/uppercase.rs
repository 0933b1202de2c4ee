//! Upper case over a stream of chunks.

use std::fmt;

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
        let chunk = self.finish_sequence(chunk, out)?;
        let (text, rest) = match str::from_utf8(chunk) {
            Ok(text) => (text, None),
            Err(error) => {
                let (valid, rest) = chunk.split_at(error.valid_up_to());
                // Validated just now: this costs nothing but the check of an empty remainder.
                (str::from_utf8(valid).unwrap_or_default(), Some((rest, error.error_len())))
            }
        };
        uppercase(text, out);
        self.offset += text.len() as u64;
        match rest {
            None => Ok(()),
            Some((_, Some(_))) => Err(Utf8Error { offset: self.offset }),
            Some((rest, None)) => {
                rest.iter().for_each(|&byte| self.unfinished.push(byte));
                Ok(())
            }
        }
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
                    uppercase(character, out);
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

/// Appends the upper case of `text`.
fn uppercase(text: &str, out: &mut Vec<u8>) {
    /// Long enough for vector instructions, short enough that a little ASCII profits.
    const BLOCK: usize = 32;
    let mut rest = text;
    while !rest.is_empty() {
        let blocks = rest.as_bytes().as_chunks::<BLOCK>().0;
        let ascii = blocks.iter().take_while(|block| block.is_ascii()).count() * BLOCK;
        let (ascii, mixed) = rest.split_at(ascii);
        let start = out.len();
        out.extend_from_slice(ascii.as_bytes());
        out[start..].make_ascii_uppercase();

        let mut characters = mixed.chars();
        while mixed.len() - characters.as_str().len() < BLOCK
            && let Some(character) = characters.next()
        {
            for upper in character.to_uppercase() {
                out.extend_from_slice(upper.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        rest = characters.as_str();
    }
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

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_split_anywhere(text in any::<String>(), at in any::<prop::sample::Index>()) {
            let (head, tail) = text.as_bytes().split_at(at.index(text.len() + 1));
            prop_assert_eq!(run(&[head, tail]), (text.to_uppercase(), Ok(())));
        }

        #[test]
        fn any_bytes_split_anywhere(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x80..=0xf4u8, Just(b'a')], 0..40),
            at in any::<prop::sample::Index>(),
        ) {
            let valid = str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
            let expected = str::from_utf8(&bytes[..valid]).expect("UTF-8").to_uppercase();
            let result = if valid == bytes.len() { Ok(()) } else { Err(Utf8Error { offset: valid as u64 }) };
            let (head, tail) = bytes.split_at(at.index(bytes.len() + 1));
            prop_assert_eq!(run(&[head, tail]), (expected, result));
        }
    }
}
