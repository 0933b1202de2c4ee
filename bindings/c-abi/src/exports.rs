//! What the module exports: the conventions of the crate's documentation, and nothing else.

use edge_core::hash::Fnv1a64;
use edge_core::pixels::rgba;

use crate::{Status, buffer, process};

/// A buffer of the host's.
#[unsafe(no_mangle)]
extern "C" fn allocate(size: usize) -> *mut u8 {
    buffer::allocate(size)
}

/// Frees a buffer of the host's.
///
/// # Safety
/// As [`buffer::deallocate`].
#[unsafe(no_mangle)]
unsafe extern "C" fn deallocate(start: *mut u8, size: usize) {
    // SAFETY: the caller's.
    unsafe { buffer::deallocate(start, size) }
}

/// A new buffer with `Processed: ` and the text in upper case: its address in the upper 32 bits, its
/// size in the lower. If the address is null, the lower have the status.
///
/// # Safety
/// As [`buffer::read`].
#[unsafe(no_mangle)]
unsafe extern "C" fn process_string(text: *const u8, length: usize) -> u64 {
    // SAFETY: the caller's.
    let processed = unsafe { buffer::read(text, length) }.and_then(process);
    match processed.map(buffer::give) {
        Ok((start, size)) => (start.addr() as u64) << 32 | size as u64,
        Err(status) => status as u64,
    }
}

/// The FNV-1a of 64 bits of the bytes; 0 if they cannot be read.
///
/// # Safety
/// As [`buffer::read`].
#[unsafe(no_mangle)]
unsafe extern "C" fn fnv1a_hash(bytes: *const u8, length: usize) -> u64 {
    // SAFETY: the caller's.
    let Ok(bytes) = (unsafe { buffer::read(bytes, length) }) else { return 0 };
    let mut hasher = Fnv1a64::new();
    hasher.update(bytes);
    hasher.finish()
}

/// Replaces red, green and blue by luma.
///
/// # Safety
/// As [`buffer::write`].
#[unsafe(no_mangle)]
unsafe extern "C" fn grayscale(rgba: *mut u8, length: usize) -> Status {
    // SAFETY: the caller's.
    match unsafe { buffer::write(rgba, length) } {
        Ok(pixels) => rgba::grayscale(pixels).into(),
        Err(status) => status,
    }
}

/// The box blur of that radius, in pixels.
///
/// # Safety
/// As [`buffer::write`].
#[unsafe(no_mangle)]
unsafe extern "C" fn box_blur(
    rgba: *mut u8,
    length: usize,
    width: u32,
    height: u32,
    radius: u32,
) -> Status {
    // SAFETY: the caller's.
    match unsafe { buffer::write(rgba, length) } {
        Ok(pixels) => rgba::box_blur(pixels, width, height, radius).into(),
        Err(status) => status,
    }
}
