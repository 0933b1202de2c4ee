//! Numbers in a file.

/// The little-endian number of 16 bits at `at`.
pub(super) fn le16(file: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*file.get(at..)?.first_chunk()?))
}

/// The little-endian number of 24 bits at `at`.
pub(super) fn le24(file: &[u8], at: usize) -> Option<u32> {
    let [low, middle, high] = *file.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([low, middle, high, 0]))
}

/// The little-endian number of 32 bits at `at`.
pub(super) fn le32(file: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*file.get(at..)?.first_chunk()?))
}

/// The big-endian number of 32 bits at `at`.
pub(super) fn be32(file: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*file.get(at..)?.first_chunk()?))
}
