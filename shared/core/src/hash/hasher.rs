//! What every digest does.

/// A digest in the making.
pub trait Hasher {
    /// Takes in the next bytes of the message; where a message is split makes no difference.
    fn update(&mut self, bytes: &[u8]);

    /// The digest of the bytes so far; that of a number is most significant byte first.
    fn digest(&self) -> Vec<u8>;
}
