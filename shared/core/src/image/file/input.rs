//! A file's bytes, as decoders read them.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{BufRead, Cursor, Read, Result, Seek, SeekFrom};
use std::rc::Rc;

/// A reader that remembers whether more was asked of it than there is. Codecs report a file that
/// ends early in many ways; this is the one sign that all of them give.
pub(in crate::image) struct Input<'a> {
    bytes: Cursor<Cow<'a, [u8]>>,
    overrun: Rc<Cell<bool>>,
}

impl<'a> Input<'a> {
    /// Reads `bytes` from their start, and tells `overrun` of a read past their end.
    pub(in crate::image) fn new(bytes: impl Into<Cow<'a, [u8]>>, overrun: Rc<Cell<bool>>) -> Self {
        Self { bytes: Cursor::new(bytes.into()), overrun }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.bytes.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            self.overrun.set(true);
        }
        Ok(read)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        let rest = self.bytes.fill_buf()?;
        if rest.is_empty() {
            self.overrun.set(true);
        }
        Ok(rest)
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
    }
}

impl Seek for Input<'_> {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        self.bytes.seek(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_read_past_the_end_is_an_overrun() {
        let overrun = Rc::new(Cell::new(false));
        let mut input = Input::new(&b"abc"[..], overrun.clone());
        let mut three = [0; 3];
        input.read_exact(&mut three).unwrap();
        assert_eq!((&three, overrun.get()), (b"abc", false));
        assert_eq!(input.read(&mut []).unwrap(), 0);
        assert!(!overrun.get());
        input.read_exact(&mut three).unwrap_err();
        assert!(overrun.replace(false));

        input.seek(SeekFrom::Start(2)).unwrap();
        assert_eq!((input.fill_buf().unwrap(), overrun.get()), (&b"c"[..], false));
        input.consume(1);
        assert_eq!((input.fill_buf().unwrap(), overrun.get()), (&b""[..], true));
    }
}
