//! Files in memory that an instance may not get.

use std::io::{self, Write};

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
    fn a_file_is_what_was_written() {
        let mut file = File::default();
        for piece in [&b"ab"[..], b"", b"c"] {
            file.write_all(piece).unwrap();
        }
        assert_eq!(file.into_bytes(), b"abc");
    }
}
