//! What the core says of digests.

use edge_core::hash::{Algorithm, KeyError, UnsuitedEncoding};

use super::{Kind, Problem};

impl Problem {
    /// A key, or the lack of one, that does not suit `algorithm`. It never tells the key.
    pub fn unsuited_key(algorithm: Algorithm, error: KeyError) -> Self {
        let name = algorithm.name();
        let (kind, detail) = match error {
            KeyError::Missing => (
                Kind::MissingKey,
                format!("The algorithm '{name}' needs a key; send one in the field Hash-Key."),
            ),
            KeyError::Unexpected => (
                Kind::UnexpectedKey,
                format!("The algorithm '{name}' takes no key; leave out the field Hash-Key."),
            ),
            KeyError::Empty => {
                (Kind::InvalidKey, format!("The key of the algorithm '{name}' is empty."))
            }
            KeyError::Length { required, actual } => {
                let detail = format!("The key has {actual} bytes; '{name}' takes {required}.");
                let problem = Self::new(Kind::InvalidKey, detail).with("algorithm", name);
                return problem.with("required", required).with("actual", actual);
            }
        };
        Self::new(kind, detail).with("algorithm", name)
    }
}

impl From<UnsuitedEncoding> for Problem {
    fn from(error: UnsuitedEncoding) -> Self {
        Self::new(Kind::InvalidParameter, format!("The encoding {error}."))
            .with("parameter", "encoding")
            .with("actual", error.encoding.name())
            .with("algorithm", error.algorithm.name())
    }
}
