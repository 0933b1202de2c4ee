//! Letter case.

use edge_core::excerpt;
use edge_core::text::{Case, Locale};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{Result, error};
use crate::string::Text;

/// The text in upper case, by Unicode's full mapping: "straße" becomes "STRASSE". `locale` is a
/// language tag such as "tr", whose rules differ; without one no language is assumed.
#[wasm_bindgen]
pub fn uppercase(text: &Text, locale: Option<Text>) -> Result<String> {
    convert(Case::Upper, text, locale)
}

/// The text in lower case, with final sigma: "ΟΔΟΣ" becomes "οδος". `locale` as in `uppercase`.
#[wasm_bindgen]
pub fn lowercase(text: &Text, locale: Option<Text>) -> Result<String> {
    convert(Case::Lower, text, locale)
}

/// The text with each word's first letter in title case, and the rest in lower case. `locale` as in
/// `uppercase`.
#[wasm_bindgen]
pub fn titlecase(text: &Text, locale: Option<Text>) -> Result<String> {
    convert(Case::Title, text, locale)
}

/// The text folded, so that two that differ in case alone become the same: "Straße" becomes
/// "strasse". `locale` as in `uppercase`.
#[wasm_bindgen]
pub fn casefold(text: &Text, locale: Option<Text>) -> Result<String> {
    convert(Case::Fold, text, locale)
}

fn convert(case: Case, text: &Text, locale: Option<Text>) -> Result<String> {
    let locale = match locale {
        Some(tag) => self::locale(&tag.read("locale")?)?,
        None => Locale::ROOT,
    };
    let converted = case.convert(&locale, &text.read("text")?);
    converted.map_err(|_| error("The text needs more memory than is free."))
}

fn locale(tag: &str) -> Result<Locale> {
    Locale::parse(tag).ok_or_else(|| {
        let shown = excerpt(tag);
        error(format_args!("The locale is '{shown}'; it must be a language tag (BCP 47)."))
    })
}
