//! Character encodings, as the web has them.

use encoding_rs::Encoding;

/// A character encoding of the [Encoding Standard](https://encoding.spec.whatwg.org/).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// UTF-8, the default.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// The encoding with a label, such as `latin1`, whatever its case. `None` for one that the
    /// standard does not have, or has only to refuse it (such as `hz-gb-2312`).
    pub fn named(label: &str) -> Option<Self> {
        Encoding::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// Its name in the standard, such as `windows-1252` for the label `latin1`.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The encoding that a byte order mark at the beginning of `bytes` tells, and its length.
    pub(super) fn marked(bytes: &[u8]) -> Option<(Self, usize)> {
        let (encoding, length) = Encoding::for_bom(bytes)?;
        Some((Self(encoding), length))
    }

    pub(super) fn encoding(self) -> &'static Encoding {
        self.0
    }
}

impl Default for Charset {
    fn default() -> Self {
        Self::UTF_8
    }
}
