//! Memory that an instance may not get, for hosts without a budget.

use std::collections::TryReserveError;
use std::hint::black_box;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_address_reaches_cannot_be_reserved() {
        assert_eq!(reserve(0), Ok(()));
        assert_eq!(reserve(1 << 16), Ok(()));
        assert!(reserve(u64::MAX).is_err());
    }
}
