//! Memory that the host and the module share.

use std::alloc::{Layout, alloc, dealloc};
use std::slice;

use crate::Status;

/// A buffer of `size` bytes, whose content is unspecified; null where the size is 0 or there is not
/// enough memory. It is made to hold bytes: its address is aligned to nothing more.
pub fn allocate(size: usize) -> *mut u8 {
    match Layout::array::<u8>(size) {
        // SAFETY: the layout has a size.
        Ok(layout) if size > 0 => unsafe { alloc(layout) },
        _ => std::ptr::null_mut(),
    }
}

/// Frees a buffer. Null and size 0 stand for no buffer.
///
/// # Safety
/// The buffer is one that [`allocate`] or [`give`] gave, with that size, and has not been freed.
pub unsafe fn deallocate(start: *mut u8, size: usize) {
    match Layout::array::<u8>(size) {
        // SAFETY: the caller's; boxed bytes and allocated ones have this layout.
        Ok(layout) if size > 0 && !start.is_null() => unsafe { dealloc(start, layout) },
        _ => {}
    }
}

/// Gives bytes to the host, which is to [`deallocate`] them: their address and their number.
pub fn give(bytes: Box<[u8]>) -> (*mut u8, usize) {
    let size = bytes.len();
    (Box::into_raw(bytes).cast(), size)
}

/// The host's bytes, to be read.
///
/// # Errors
/// Of null, or a range that leaves the memory.
///
/// # Safety
/// As far as it is within the memory, nothing writes to the range while the slice lives.
pub unsafe fn read<'a>(start: *const u8, length: usize) -> Result<&'a [u8], Status> {
    check(start, length)?;
    // SAFETY: the caller's; the range lies within the memory.
    Ok(if length == 0 { &[] } else { unsafe { slice::from_raw_parts(start, length) } })
}

/// The host's bytes, to be changed.
///
/// # Errors
/// As [`read`].
///
/// # Safety
/// As far as it is within the memory, nothing else uses the range while the slice lives.
pub unsafe fn write<'a>(start: *mut u8, length: usize) -> Result<&'a mut [u8], Status> {
    check(start, length)?;
    // SAFETY: the caller's; the range lies within the memory.
    Ok(if length == 0 { &mut [] } else { unsafe { slice::from_raw_parts_mut(start, length) } })
}

/// Refuses what cannot be a slice, whoever made it.
fn check(start: *const u8, length: usize) -> Result<(), Status> {
    if length == 0 {
        return Ok(());
    }
    if start.is_null() {
        return Err(Status::Null);
    }
    let end = start.addr().checked_add(length).ok_or(Status::OutOfRange)?;
    if length > isize::MAX as usize || end as u64 > memory_bytes() {
        return Err(Status::OutOfRange);
    }
    Ok(())
}

/// The size of the memory, in bytes.
#[cfg(target_arch = "wasm32")]
fn memory_bytes() -> u64 {
    const PAGE: u64 = 65536;
    std::arch::wasm32::memory_size::<0>() as u64 * PAGE
}

/// Natively there is no telling.
#[cfg(not(target_arch = "wasm32"))]
fn memory_bytes() -> u64 {
    u64::MAX
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::*;

    #[test]
    fn a_buffer_of_each_size_can_be_filled_and_freed() {
        for size in [1, 7, 8, 9, 65_536] {
            let start = allocate(size);
            // SAFETY: the buffer was allocated with that size.
            unsafe {
                let bytes = write(start, size).unwrap();
                bytes.fill(7);
                assert_eq!(read(start, size).unwrap(), vec![7; size]);
                deallocate(start, size);
            }
        }
    }

    #[test]
    fn there_is_no_buffer_of_size_0_or_past_all_memory() {
        for size in [0, isize::MAX as usize, isize::MAX as usize + 1, usize::MAX] {
            // An allocation that nobody sees may be optimised away, and so succeed.
            assert!(black_box(allocate(size)).is_null(), "{size}");
        }
    }

    #[test]
    fn no_buffer_is_freed_as_none() {
        let mut byte = 7;
        // SAFETY: null and size 0 stand for no buffer.
        unsafe {
            deallocate(std::ptr::null_mut(), 0);
            deallocate(std::ptr::null_mut(), 1);
            deallocate(&raw mut byte, 0);
        }
        assert_eq!(byte, 7);
    }

    #[test]
    fn what_is_given_can_be_freed() {
        let (start, size) = give(Box::from(*b"012"));
        // SAFETY: the bytes were given with that size.
        unsafe {
            assert_eq!(read(start, size), Ok(&b"012"[..]));
            deallocate(start, size);
        }
    }

    #[test]
    fn only_a_range_of_no_bytes_may_begin_anywhere() {
        let null = std::ptr::null_mut::<u8>();
        let high = null.wrapping_sub(1);
        // SAFETY: no such range is read or written.
        unsafe {
            assert_eq!(read(null, 0), Ok(&[][..]));
            assert_eq!(write(high, 0), Ok(&mut [][..]));
            assert_eq!(read(null, 1), Err(Status::Null));
            assert_eq!(write(null, usize::MAX), Err(Status::Null));
            assert_eq!(read(high, 1), Err(Status::OutOfRange));
            assert_eq!(
                write(null.wrapping_add(8), isize::MAX as usize + 1),
                Err(Status::OutOfRange)
            );
        }
    }
}
