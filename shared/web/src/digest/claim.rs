//! What `Content-Digest` and `Repr-Digest` say of a request's body.

use edge_core::hash::Algorithm;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use sfv::{BareItem, Dictionary, ItemSerializer};

use super::registry::{KEYS, find};
use crate::problem::{Kind, Problem};
use crate::structured;

/// The fields with digests, and those that ask for them.
const FIELDS: [(&str, &str); 2] =
    [("Content-Digest", "want-content-digest"), ("Repr-Digest", "want-repr-digest")];

/// A digest that a field of the request claims its body to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The field.
    pub(super) header: &'static str,
    /// The algorithm's key in the registry.
    pub(super) key: &'static str,
    /// The digest.
    pub(super) digest: Vec<u8>,
}

impl Claim {
    /// The digests that can be verified. Keys that are not known here are passed over, unless no
    /// other is left; what is malformed is a problem.
    pub(super) fn all(headers: &HeaderMap) -> Result<Vec<Self>, Problem> {
        let mut claims = Vec::new();
        let mut unsupported = Vec::new();
        let mut invalid = Vec::new();
        for (header, _) in FIELDS {
            for (key, member) in &dictionary(headers, header)? {
                let Some((key, algorithm)) = find(key.as_str()) else {
                    unsupported.push(json!({ "algorithm": key.as_str(), "header": header }));
                    continue;
                };
                match bytes(structured::item(member), algorithm) {
                    Ok(digest) => claims.push(Self { header, key, digest }),
                    Err(reason) => invalid
                        .push(json!({ "algorithm": key, "header": header, "reason": reason })),
                }
            }
        }
        if !invalid.is_empty() {
            return Err(invalid_values(invalid));
        }
        if claims.is_empty() && !unsupported.is_empty() {
            return Err(unsupported_algorithms(unsupported));
        }
        Ok(claims)
    }

    /// The claim as a member of the problem that it is not so.
    fn member(&self) -> Value {
        let digest = ItemSerializer::new().bare_item(&self.digest[..]).finish();
        json!({ "algorithm": self.key, "provided_digest": digest, "header": self.header })
    }
}

/// The problem that a body does not have these digests. It does not tell those that the body has:
/// they could be abused as an oracle.
pub fn mismatched(claims: &[Claim]) -> Problem {
    let list: Vec<_> =
        claims.iter().map(|claim| format!("{} in {}", claim.key, claim.header)).collect();
    let detail = format!("The body does not have the digest that was sent: {}.", list.join(", "));
    let members: Vec<_> = claims.iter().map(Claim::member).collect();
    Problem::new(Kind::DigestMismatchedValues, detail).with("mismatched_digests", members)
}

fn invalid_values(members: Vec<Value>) -> Problem {
    let detail = "A digest of the body is not one that its algorithm makes.";
    Problem::new(Kind::DigestInvalidValues, detail).with("invalid_digests", members)
}

/// Tells, as the problem's definition suggests, what could be sent instead.
fn unsupported_algorithms(members: Vec<Value>) -> Problem {
    let keys: Vec<_> = KEYS.iter().map(|(key, _)| *key).collect();
    let detail = format!(
        "None of the digests of the body can be verified here; known are {}.",
        keys.join(", ")
    );
    let problem = Problem::new(Kind::DigestUnsupportedAlgorithms, detail);
    FIELDS.into_iter().fold(
        problem.with("unsupported_algorithms", members),
        |problem, (_, want)| {
            let preferences = HeaderValue::from_static("sha-256=10, sha-512=10");
            problem.field(HeaderName::from_static(want), preferences)
        },
    )
}

fn dictionary(headers: &HeaderMap, header: &'static str) -> Result<Dictionary, Problem> {
    structured::dictionary(headers, header).map_err(|_| {
        let detail = format!("The field {header} is not a dictionary of digests (RFC 9530).");
        Problem::new(Kind::MalformedRequest, detail).with("header", header)
    })
}

/// The bytes of a member, as many as `algorithm` makes.
fn bytes(item: Option<&BareItem>, algorithm: Algorithm) -> Result<Vec<u8>, String> {
    let Some(BareItem::ByteSequence(digest)) = item else {
        return Err("digest value is not a byte sequence".to_owned());
    };
    let length = algorithm.bits() as usize / 8;
    if digest.len() == length {
        Ok(digest.clone())
    } else {
        Err(format!("digest value is not {length} bytes long"))
    }
}
