//! The core as a WebAssembly core module, for hosts without the component model. It imports
//! nothing, so any engine loads it, and what it exports takes and gives only numbers, of 32 bits
//! but for two results:
//!
//! ```c
//! uint8_t *allocate(size_t size);                              // null: no memory, or size 0
//! void     deallocate(uint8_t *start, size_t size);
//! uint64_t process_string(const uint8_t *text, size_t length); // start << 32 | length
//! uint64_t fnv1a_hash(const uint8_t *bytes, size_t length);
//! int32_t  grayscale(uint8_t *rgba, size_t length);            // in place; a status
//! int32_t  box_blur(uint8_t *rgba, size_t length, uint32_t width, uint32_t height, uint32_t radius);
//! ```
//!
//! # Who frees what
//! The host does, all of it. What [`allocate`](buffer::allocate) gives and what `process_string`
//! gives are the host's, until it hands them to [`deallocate`](buffer::deallocate), once, with the
//! size that it asked for or was told. No call keeps a pointer that was passed to it, and none frees
//! it. Any call may grow the memory, which in JavaScript detaches every view of it: make views anew
//! after each call. All numbers are unsigned, but reach some hosts as signed ones: a JavaScript host
//! has to read pointers with `pointer >>> 0` and 64-bit results with `BigInt.asUintN(64, result)`,
//! one in Python with `& 0xffffffff` and `& 0xffffffffffffffff`.
//!
//! # What is defined
//! Errors are a [`Status`]: what `grayscale` and `box_blur` return, and `process_string` in the
//! lower 32 bits where the upper ones, the pointer, are 0. No argument makes a call trap, as long as
//! what is changed or freed is a buffer of the host's.
//!
//! - Length 0 is no bytes, whatever the pointer, null as well: `process_string` gives the bare
//!   `Processed: `, so that its result is never empty, `fnv1a_hash` the hash of nothing, and a
//!   picture without pixels is [`Status::NotPixels`].
//! - Null with a length is [`Status::Null`]; bytes that are not all within the memory, or more than
//!   2^31 - 1, are [`Status::OutOfRange`]. `fnv1a_hash`, all of whose results are hashes, then
//!   gives 0. That a pointer within the memory is to a buffer of the host's cannot be checked.
//! - Text that is not UTF-8 is [`Status::NotUtf8`].
//! - Where memory is exhausted, `allocate` gives null, `process_string` and `box_blur`
//!   [`Status::Exhausted`]; the others need none.
//! - After an error the buffers are as they were.

pub mod buffer;
#[cfg(target_arch = "wasm32")]
mod exports;
mod processing;
mod status;

pub use processing::process;
pub use status::Status;
