//! Any bytes as text of any encoding, in any case and language: mapped in pieces as at once, and
//! refused at the same place.

#![no_main]

use edge_core::text::{Case, Charset, Converter, Error, IllFormed, Locale};
use libfuzzer_sys::fuzz_target;

const CASES: [Case; 4] = [Case::Upper, Case::Lower, Case::Title, Case::Fold];
const LOCALES: [&str; 6] = ["und", "tr", "lt", "el", "hy", "nl"];
const CHARSETS: [&str; 6] =
    ["utf-8", "utf-16le", "windows-1253", "shift_jis", "gb18030", "iso-2022-jp"];

fuzz_target!(|input: (u8, u8, Vec<u8>)| {
    let (choice, step, bytes) = input;
    let choice = usize::from(choice);
    let charset = if choice < 128 { "utf-8" } else { CHARSETS[choice % CHARSETS.len()] };
    let ill_formed = if step % 2 == 0 { IllFormed::Refuse } else { IllFormed::Replace };
    let locale = Locale::parse(LOCALES[choice / 4 % LOCALES.len()]).expect("well-formed");
    let charset = Charset::named(charset).expect("in the standard");
    let convert = |step| {
        let mut out = Vec::new();
        let converter = Converter::new(CASES[choice % CASES.len()], &locale, charset, ill_formed);
        let result = run(converter, bytes.chunks(step), &mut out);
        (String::from_utf8(out).expect("UTF-8"), result)
    };
    assert_eq!(convert(usize::from(step).max(1)), convert(bytes.len().max(1)));
});

fn run<'a>(
    mut converter: Converter,
    mut pieces: impl Iterator<Item = &'a [u8]>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    pieces.try_for_each(|piece| converter.push(piece, out))?;
    converter.finish(out)
}
