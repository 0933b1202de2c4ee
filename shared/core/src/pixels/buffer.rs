//! Memory that may not be had.

use std::collections::TryReserveError;

/// A zeroed buffer, or an error where the instance has no room for it.
pub(crate) fn zeroed<T: Copy + Default>(length: usize) -> Result<Vec<T>, TryReserveError> {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(length)?;
    buffer.resize(length, T::default());
    Ok(buffer)
}
