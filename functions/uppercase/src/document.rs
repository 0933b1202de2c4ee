//! A text as JSON (RFC 8259): `{"text": "…"}`.

use std::fmt;
use std::marker::PhantomData;

use edge_core::text::{self, Charset, IllFormed};
use edge_web::{Kind, Problem};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

/// The document of an answer.
#[derive(Serialize)]
pub struct Document<'a> {
    /// The text.
    pub text: &'a str,
}

/// The text in a request's document.
///
/// # Errors
/// If the bytes are not UTF-8, not JSON, or anything but an object with the one member `text`, a
/// string; nor may a surrogate in it be unpaired. `ill_formed` may have bytes and surrogates
/// replaced.
pub fn read(bytes: &[u8], ill_formed: IllFormed) -> Result<String, Problem> {
    match ill_formed {
        IllFormed::Refuse => {
            let document = str::from_utf8(bytes).map_err(|error| text::Error {
                offset: error.valid_up_to() as u64,
                charset: Charset::UTF_8,
            })?;
            parse::<String>(document)
        }
        IllFormed::Replace => {
            let document = String::from_utf8_lossy(bytes);
            // Read as bytes, a string may have control characters as well, which JSON has not.
            serde_json::from_str::<IgnoredAny>(&document).map_err(broken)?;
            parse::<Replaced>(&document).map(|Replaced(text)| text)
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(document: &'a str) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_str(document);
    let text = reader.deserialize_map(Member(PhantomData)).map_err(broken)?;
    reader.end().map_err(broken)?;
    Ok(text)
}

fn broken(error: serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let problem = if error.classify() == Category::Data {
        let detail = format!(
            "The JSON must be an object whose one member is the string 'text'; it is not at line {line} column {column}."
        );
        Problem::new(Kind::UnexpectedJson, detail)
    } else {
        Problem::new(Kind::MalformedJson, format!("The body is not JSON: {error}."))
    };
    problem.with("line", line).with("column", column)
}

/// Reads an object that has no member but `text`. (A derived reader takes an array for one.)
struct Member<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Member<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the one member 'text'")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        let mut text = None;
        while let Some(name) = members.next_key::<String>()? {
            if name != "text" || text.is_some() {
                return Err(A::Error::custom(format_args!("the member '{name}'")));
            }
            text = Some(members.next_value()?);
        }
        text.ok_or_else(|| A::Error::missing_field("text"))
    }
}

/// A string in which unpaired surrogates, which JSON's escapes can write, have become U+FFFD.
struct Replaced(String);

impl<'de> Deserialize<'de> for Replaced {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As bytes, a string may have any surrogate.
        deserializer.deserialize_bytes(Surrogates)
    }
}

struct Surrogates;

impl Visitor<'_> for Surrogates {
    type Value = Replaced;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Replaced, E> {
        let mut bytes = bytes.to_vec();
        for at in 0..bytes.len() {
            // A surrogate would begin so in UTF-8, and be as long as U+FFFD.
            if let [0xed, 0xa0..=0xbf, _, ..] = bytes[at..] {
                bytes[at..at + 3].copy_from_slice("\u{fffd}".as_bytes());
            }
        }
        String::from_utf8(bytes).map(Replaced).map_err(E::custom)
    }
}
