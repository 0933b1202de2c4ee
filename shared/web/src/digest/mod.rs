//! Digest fields (RFC 9530): those of a request are verified, those of an answer made on wish.

mod claim;
mod registry;
mod verified;
mod wanted;

use subtle::ConstantTimeEq;

pub use claim::{Claim, mismatched};
pub use verified::verified;
pub use wanted::{Wanted, repr_digest};

/// Whether two digests are the same, in a time that does not tell where they differ.
pub fn same_digest(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}
