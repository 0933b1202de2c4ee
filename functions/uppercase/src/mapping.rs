//! Text on its way to another case.

use edge_core::text::{Case, Charset, Converter, Error, IllFormed, Locale};

/// The mark that tells UTF-8 at the beginning of a text.
const MARK: &str = "\u{feff}";

/// A case mapping, and how the text that comes bare is read.
#[derive(Clone, Copy, Debug)]
pub struct Mapping {
    /// What the text becomes.
    pub case: Case,
    /// The language that the case is tailored to.
    pub locale: Locale,
    /// The encoding that the text is declared to be in.
    pub charset: Charset,
    /// What becomes of ill-formed text.
    pub ill_formed: IllFormed,
}

impl Mapping {
    /// The mapping of a stream.
    pub fn converter(&self) -> Converter {
        Converter::new(self.case, &self.locale, self.charset, self.ill_formed)
    }

    /// The bytes of a whole text, mapped.
    ///
    /// # Errors
    /// At the first ill-formed sequence, unless they are replaced.
    pub fn convert(&self, bytes: &[u8]) -> Result<String, Error> {
        run(self.converter(), &[bytes])
    }

    /// A whole text, mapped.
    pub fn map(&self, text: &str) -> String {
        let converter = Converter::new(self.case, &self.locale, Charset::UTF_8, self.ill_formed);
        // Of two marks the first is not text. So one that the text itself begins with is kept.
        let mapped = run(converter, &[MARK.as_bytes(), text.as_bytes()]);
        mapped.expect("a string is well-formed")
    }
}

fn run(mut converter: Converter, pieces: &[&[u8]]) -> Result<String, Error> {
    let mut mapped = Vec::new();
    for piece in pieces {
        converter.push(piece, &mut mapped)?;
    }
    converter.finish(&mut mapped)?;
    Ok(String::from_utf8(mapped).expect("what is mapped is UTF-8"))
}
