//! The four case mappings.

/// A case mapping, in Unicode's full form: one character may become several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Upper case: `straße` becomes `STRASSE`.
    Upper,
    /// Lower case, with final sigma: `ΟΔΟΣ` becomes `οδος`.
    Lower,
    /// Words begin in title case and go on in lower case: `ǆUNGLA` becomes `ǅungla`.
    Title,
    /// Folded, for comparison without regard to case: `Straße` becomes `strasse`.
    Fold,
}
