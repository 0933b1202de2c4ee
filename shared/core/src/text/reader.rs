//! The text in a stream of chunks.

use super::decoding::Decoding;
use super::utf8::Utf8;
use super::{Charset, IllFormed};

/// Byte order marks, that of UTF-8 and those of UTF-16 in both orders.
const MARKS: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe"];

/// Reads a stream that may begin with a byte order mark, which outdoes what was declared and is no
/// part of the text.
pub(super) struct Reader {
    charset: Charset,
    ill_formed: IllFormed,
    source: Source,
}

enum Source {
    /// What may be the beginning of a byte order mark.
    Start(Vec<u8>),
    Utf8(Utf8),
    Other(Decoding),
}

impl Reader {
    /// A stream that is declared to be in `charset`.
    pub(super) fn new(charset: Charset, ill_formed: IllFormed) -> Self {
        Self { charset, ill_formed, source: Source::Start(Vec::new()) }
    }

    /// The encoding: the declared one, unless a byte order mark has told another.
    pub(super) fn charset(&self) -> Charset {
        self.charset
    }

    /// Whether the stream so far ends between two characters.
    pub(super) fn is_between_characters(&self) -> bool {
        match &self.source {
            Source::Start(start) => start.is_empty(),
            Source::Utf8(utf8) => utf8.is_between_characters(),
            Source::Other(decoding) => decoding.is_between_characters(),
        }
    }

    /// Hands on the text in `chunk`, the stream's next bytes.
    ///
    /// # Errors
    /// The offset of the first ill-formed sequence.
    pub(super) fn push(&mut self, chunk: &[u8], mut text: impl FnMut(&str)) -> Result<(), u64> {
        let mut rest = chunk;
        while let Source::Start(start) = &mut self.source
            && let Some((&byte, after)) = rest.split_first()
        {
            start.push(byte);
            rest = after;
            if !MARKS.iter().any(|mark| mark.len() > start.len() && mark.starts_with(start)) {
                self.begin(&mut text)?;
            }
        }
        self.read(rest, text)
    }

    /// Ends the stream.
    ///
    /// # Errors
    /// The offset of a sequence that it ends within.
    pub(super) fn finish(&mut self, mut text: impl FnMut(&str)) -> Result<(), u64> {
        self.begin(&mut text)?;
        match &mut self.source {
            Source::Start(_) => Ok(()),
            Source::Utf8(utf8) => utf8.finish(),
            Source::Other(decoding) => decoding.finish(text),
        }
    }

    /// Settles the encoding by what the stream begins with.
    fn begin(&mut self, text: impl FnMut(&str)) -> Result<(), u64> {
        let Source::Start(start) = &mut self.source else { return Ok(()) };
        let start = std::mem::take(start);
        let (charset, mark) = Charset::marked(&start).unwrap_or((self.charset, 0));
        self.charset = charset;
        let offset = mark as u64;
        self.source = if charset == Charset::UTF_8 && self.ill_formed == IllFormed::Refuse {
            Source::Utf8(Utf8::new(offset))
        } else {
            Source::Other(Decoding::new(charset, self.ill_formed, offset))
        };
        self.read(&start[mark..], text)
    }

    fn read(&mut self, bytes: &[u8], text: impl FnMut(&str)) -> Result<(), u64> {
        match &mut self.source {
            Source::Start(_) => Ok(()),
            Source::Utf8(utf8) => utf8.push(bytes, text),
            Source::Other(decoding) => decoding.push(bytes, text),
        }
    }
}
