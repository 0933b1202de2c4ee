//! Linear memory, which the host may deny.

use std::collections::TryReserveError;
use std::hint::black_box;
use std::io;

/// Finds out whether so many more bytes can be had. They stay with the allocator: what is done next
/// may allocate as much, and whatever of it cannot report a failure will not fail.
pub fn ensure(bytes: u64) -> Result<(), TryReserveError> {
    let mut room = Vec::<u8>::new();
    let reserved = room.try_reserve_exact(usize::try_from(bytes).unwrap_or(usize::MAX));
    // An allocation that nobody looks at would be left out.
    black_box(room);
    reserved
}

/// A file in the making. Unlike a vector it reports that there is no room for more.
#[derive(Default)]
pub struct File(pub Vec<u8>);

impl io::Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_reserve(bytes.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
