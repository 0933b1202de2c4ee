//! Memory that an instance may not get, for hosts without a budget.

use std::collections::TryReserveError;
use std::hint::black_box;
use std::io::{self, Write};

/// Finds out whether so many more bytes can be had. They stay with the allocator: what is done next
/// may allocate as much, and whatever of it cannot report a failure will not fail.
///
/// # Errors
/// If they cannot be had.
pub fn reserve(bytes: u64) -> Result<(), TryReserveError> {
    let mut room = Vec::<u8>::new();
    let reserved = room.try_reserve_exact(usize::try_from(bytes).unwrap_or(usize::MAX));
    // An allocation that nobody looks at would be left out.
    black_box(room);
    reserved
}

/// A file in the making. Unlike a vector it reports that there is no room for more.
#[derive(Clone, Debug, Default)]
pub struct File(Vec<u8>);

impl File {
    /// All that was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_reserve(bytes.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_address_reaches_cannot_be_reserved() {
        assert_eq!(reserve(0), Ok(()));
        assert_eq!(reserve(1 << 16), Ok(()));
        assert!(reserve(u64::MAX).is_err());
    }

    #[test]
    fn a_file_is_what_was_written() {
        let mut file = File::default();
        for piece in [&b"ab"[..], b"", b"c"] {
            file.write_all(piece).unwrap();
        }
        assert_eq!(file.into_bytes(), b"abc");
    }
}
