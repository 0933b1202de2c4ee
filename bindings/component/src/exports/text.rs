//! Letter case of text.

use std::cell::RefCell;
use std::collections::TryReserveError;

use edge_core::excerpt;
use edge_core::text::{self, Case, Charset, Locale};

use super::component::Functions;
use super::component::bindings::exports::edge::functions::text::{
    Converter, Error, Guest, GuestConverter, IllFormed, IllFormedText, LetterCase, Options,
};

/// The most bytes that one byte becomes: U+0390, one in windows-1253, has an upper case of six.
const GROWTH: usize = 6;
/// The most bytes of a stream that wait for what follows them.
const WAITING_BYTES: usize = 8 * 1024;

impl Guest for Functions {
    type Converter = Converting;

    fn convert(text: String, to: LetterCase, locale: Option<String>) -> Result<String, Error> {
        Ok(Case::from(to).convert(&parse(locale)?, &text)?)
    }
}

/// A stream of text, or the error that ended it.
pub struct Converting(RefCell<Result<text::Converter, Error>>);

impl GuestConverter for Converting {
    fn open(options: Options) -> Result<Converter, Error> {
        let Options { to, locale, charset, ill_formed } = options;
        let locale = parse(locale)?;
        let charset = charset.map_or(Ok(Charset::UTF_8), |label| named(&label))?;
        let converter = text::Converter::new(to.into(), &locale, charset, ill_formed.into());
        Ok(Converter::new(Self(RefCell::new(Ok(converter)))))
    }

    fn push(&self, chunk: Vec<u8>) -> Result<Vec<u8>, Error> {
        let mut stream = self.0.borrow_mut();
        let pushed = push(stream.as_mut().map_err(|error| error.clone())?, &chunk);
        if let Err(error) = &pushed {
            *stream = Err(error.clone());
        }
        pushed
    }

    fn finish(converter: Converter) -> Result<Vec<u8>, Error> {
        let mut out = room_for(WAITING_BYTES)?;
        converter.into_inner::<Self>().0.into_inner()?.finish(&mut out)?;
        Ok(out)
    }
}

fn push(converter: &mut text::Converter, chunk: &[u8]) -> Result<Vec<u8>, Error> {
    let mut out = room_for(chunk.len() + WAITING_BYTES)?;
    converter.push(chunk, &mut out)?;
    Ok(out)
}

/// Room for whatever so many bytes of a stream become.
fn room_for(bytes: usize) -> Result<Vec<u8>, TryReserveError> {
    let mut out = Vec::new();
    out.try_reserve_exact(bytes.saturating_mul(GROWTH))?;
    Ok(out)
}

/// The language of a tag; root without one.
fn parse(tag: Option<String>) -> Result<Locale, Error> {
    let Some(tag) = tag else { return Ok(Locale::ROOT) };
    Locale::parse(&tag).ok_or_else(|| {
        let shown = excerpt(&tag);
        Error::Unsupported(format!("The locale '{shown}' is no language tag (BCP 47)."))
    })
}

fn named(label: &str) -> Result<Charset, Error> {
    Charset::named(label).ok_or_else(|| {
        let shown = excerpt(label);
        Error::Unsupported(format!("The Encoding Standard has no encoding '{shown}'."))
    })
}

impl From<LetterCase> for Case {
    fn from(to: LetterCase) -> Self {
        match to {
            LetterCase::Uppercase => Self::Upper,
            LetterCase::Lowercase => Self::Lower,
            LetterCase::Titlecase => Self::Title,
            LetterCase::Casefold => Self::Fold,
        }
    }
}

impl From<IllFormed> for text::IllFormed {
    fn from(ill_formed: IllFormed) -> Self {
        match ill_formed {
            IllFormed::Refuse => Self::Refuse,
            IllFormed::Replace => Self::Replace,
        }
    }
}

impl From<text::Error> for Error {
    fn from(error: text::Error) -> Self {
        let charset = error.charset.name().to_owned();
        Self::Input(IllFormedText { offset: error.offset, charset, message: error.to_string() })
    }
}

impl From<TryReserveError> for Error {
    fn from(_: TryReserveError) -> Self {
        Self::Limit("The text needs more memory than is free.".to_owned())
    }
}
