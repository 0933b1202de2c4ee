//! Everything that is compared.

use anyhow::{Result, ensure};

use super::case::{Case, ROUNDS, SLOW_ROUNDS};
use super::library::{Libraries, Library};
use super::processor;
use super::source::Source;
use super::table::{Group, of_files, of_kernels};

/// Answers that went through different encoders, at least this alike, in decibels.
const GRAY: f64 = 25.0;
/// A box and a Gaussian of the same variance.
const BLURRED: f64 = 25.0;
/// The same filter by different hands.
const RESIZED: f64 = 25.0;

/// Compares this project with the others; Markdown.
pub fn measure() -> Result<String> {
    let libraries = Libraries::prepare()?;
    processor::keep_to_one()?;
    let (photograph, framed, opaque) = (Source::photograph()?, Source::framed()?, Source::opaque());
    let run = |cases: Vec<Case>| {
        let group = |case: Case| {
            eprintln!("{}", case.name);
            let scores = case.measure(&libraries)?;
            Ok(Group { name: case.name, scores, likeness: case.likeness })
        };
        cases.into_iter().map(group).collect::<Result<Vec<_>>>()
    };
    let files = run(on_files(&photograph, &framed))?;
    let kernels = run(on_samples(&opaque))?;

    let report = format!(
        "{}\n{}\n\
         Medians of {ROUNDS} rounds ({SLOW_ROUNDS} of jimp and wasm-vips), all on one processor.\n\
         JPEG: {} x {} pixels, {:.1} MB; PNG: {} x {} pixels, RGBA, {:.1} MB.",
        of_files(&files),
        of_kernels(&kernels),
        photograph.width,
        photograph.height,
        megabytes(&photograph),
        framed.width,
        framed.height,
        megabytes(&framed),
    );
    let holds = files.iter().chain(&kernels).all(Group::holds);
    ensure!(holds, "a bar was missed, or answers are not alike\n{report}");
    Ok(report)
}

fn megabytes(source: &Source) -> f64 {
    source.bytes.len() as f64 / 1e6
}

fn on_files<'a>(photograph: &'a Source, framed: &'a Source) -> Vec<Case<'a>> {
    let case = |name, operation, source, likeness, sharp, photon| Case {
        name,
        operation,
        source,
        others: vec![
            (Library::Sharp, sharp),
            (Library::SharpTuned, None),
            (Library::Photon, photon),
            (Library::Jimp, None),
            (Library::Vips, None),
        ],
        likeness: Some(likeness),
    };
    vec![
        case("JPEG → grayscale → JPEG", "grayscale", photograph, GRAY, Some(0.65), Some(0.30)),
        case("JPEG → blur, r = 5 → JPEG", "blur", photograph, BLURRED, Some(1.0), Some(0.20)),
        case("JPEG → resize to 800 → JPEG", "resize", photograph, RESIZED, None, None),
        case("PNG → grayscale → PNG", "grayscale", framed, GRAY, None, None),
        case("PNG → blur, r = 5 → PNG", "blur", framed, BLURRED, None, None),
    ]
}

fn on_samples(opaque: &Source) -> Vec<Case<'_>> {
    vec![
        Case {
            name: "blur, r = 5",
            operation: "blur",
            source: opaque,
            others: vec![(Library::Photon, Some(0.05))],
            likeness: Some(BLURRED),
        },
        Case {
            name: "luma",
            operation: "grayscale",
            source: opaque,
            others: vec![(Library::Copy, Some(1.3))],
            // A copy is no picture in gray.
            likeness: None,
        },
    ]
}
