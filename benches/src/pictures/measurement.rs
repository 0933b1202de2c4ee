//! Everything that is compared.

use anyhow::{Result, ensure};

use super::case::Case;
use super::library::{Libraries, Library};
use super::source::Source;
use super::table::{Group, of_files, of_kernels};
use crate::player::{ROUNDS, SLOW_ROUNDS};
use crate::processor;

/// The least likeness of grays, in decibels: some weigh the colours' light, not their levels.
const GRAY: f64 = 35.0;
/// The least likeness of a box to a Gaussian of about the same width.
const BLURRED: f64 = 30.0;
/// The least likeness of a filter to the same by others, some of which halve the picture first.
const RESIZED: f64 = 30.0;

/// What the table does not tell by itself.
const NOTES: &str = "\
Likeness is the PSNR to this project's answer, on white. JPEG is of quality 80, with 4:2:0 except by jimp.
sharp runs with `concurrency(1)` and `blur(3.16)`, which has the variance of the box, and else as it comes: it
writes gray as three components and optimises Huffman tables. Tuned, it does neither, as this project. photon
runs `grayscale_human_corrected` and `gaussian_blur(5)`, jimp `blur(5)`, since its Gaussian takes minutes.";

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
         JPEG: {} x {} pixels, {:.1} MB; PNG: {} x {} pixels, RGBA, {:.1} MB.\n{NOTES}",
        of_files(&files),
        of_kernels(&kernels),
        photograph.width,
        photograph.height,
        megabytes(&photograph),
        framed.width,
        framed.height,
        megabytes(&framed),
    );
    let are_alike = files.iter().chain(&kernels).all(Group::is_alike);
    ensure!(are_alike, "answers are not alike\n{report}");
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
