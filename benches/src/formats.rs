//! Codecs that this project has, or has not, for what they cost: each codes a photograph of
//! 12 megapixels once, as wasm with SIMD on one thread.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};
use image::{ImageFormat, RgbImage, load_from_memory_with_format};

use crate::host::Host;
use crate::pictures::{landscape, psnr};

const WIDTH: u32 = 4_000;
const HEIGHT: u32 = 3_000;
/// Each is run so often; the fastest counts.
const ROUNDS: u32 = 3;

/// What is tried: its program, its name with version and settings, and its licence.
struct Candidate {
    program: &'static str,
    name: &'static str,
    licence: &'static str,
}

const AVIF_OUT: Candidate =
    Candidate { program: "ravif", name: "`ravif` 0.13, speed 10", licence: "BSD-3-Clause" };

const AVIF_IN: [Candidate; 2] = [
    Candidate { program: "re_rav1d", name: "`re_rav1d` 0.1.3", licence: "BSD-2-Clause" },
    Candidate { program: "rusty_av1d", name: "`rusty_av1d` 1.2.1", licence: "BSD-2-Clause" },
];

const WEBP_OUT: [Candidate; 4] = [
    Candidate {
        program: "vaam-image-webp",
        name: "`vaam-image-webp` 0.1.0",
        licence: "MIT or Apache-2.0",
    },
    Candidate { program: "webpkit", name: "`webpkit` 0.1.0", licence: "MIT or Apache-2.0" },
    Candidate { program: "webp-rust-0", name: "`webp-rust` 0.3.2, method 0", licence: "MIT" },
    Candidate { program: "webp-rust-2", name: "`webp-rust` 0.3.2, method 2", licence: "MIT" },
];

/// What a run took, and what it wrote.
struct Run {
    milliseconds: u64,
    mebibytes: u64,
    output: Vec<u8>,
}

/// Builds the candidates and lets each code the picture; the table.
pub fn measure() -> Result<String> {
    let (host, programs) = (Host::build()?, build()?);
    let run = |candidate: &Candidate, input: &[u8]| {
        let program = programs.join(candidate.program).with_extension("wasm");
        fastest(&host, &program, input).with_context(|| candidate.name.to_owned())
    };
    let rgb = landscape(WIDTH, HEIGHT);
    let mut rows = vec![
        "| | crate | licence | seconds | MiB | kB of the file | PSNR in dB |".to_owned(),
        "|---|---|---|---:|---:|---:|---:|".to_owned(),
    ];
    let encoded = run(&AVIF_OUT, &rgb)?;
    for candidate in AVIF_IN {
        let decoded = run(&candidate, &encoded.output)?;
        rows.push(row("AVIF in", &candidate, &decoded, encoded.output.len(), None));
    }
    rows.push(row("AVIF out", &AVIF_OUT, &encoded, encoded.output.len(), None));
    let original = RgbImage::from_raw(WIDTH, HEIGHT, rgb).context("a picture")?;
    for candidate in WEBP_OUT {
        let encoded = run(&candidate, &original)?;
        let seen = load_from_memory_with_format(&encoded.output, ImageFormat::WebP)?;
        let ratio = psnr(&original, &seen.to_rgb8())?;
        rows.push(row("WebP out, lossy", &candidate, &encoded, encoded.output.len(), Some(ratio)));
    }
    Ok(rows.join("\n"))
}

fn row(task: &str, candidate: &Candidate, run: &Run, bytes: usize, ratio: Option<f64>) -> String {
    let Candidate { name, licence, .. } = candidate;
    let (seconds, mebibytes) = (run.milliseconds as f64 / 1e3, run.mebibytes);
    let ratio = ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.1}"));
    format!(
        "| {task} | {name} | {licence} | {seconds:.1} | {mebibytes} | {} | {ratio} |",
        bytes / 1_000
    )
}

/// Builds the programs, which are no part of the workspace; the folder they are in.
fn build() -> Result<PathBuf> {
    let target = crate::target_folder()?.join("formats");
    let built = edge_host::outside_cargo("cargo")
        .args(["build", "--quiet", "--release", "--locked", "--target", "wasm32-wasip2"])
        // One candidate asks for a newer compiler than it needs.
        .args(["--ignore-rust-version", "--manifest-path"])
        .arg(crate::repository("benches/formats/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .current_dir(crate::repository(""))
        .status()
        .context("cannot start cargo")?;
    ensure!(built.success(), "the programs were not built: {built}");
    Ok(target.join("wasm32-wasip2/release"))
}

fn fastest(host: &Path, program: &Path, input: &[u8]) -> Result<Run> {
    let mut fastest = run(host, program, input)?;
    for _ in 1..ROUNDS {
        let again = run(host, program, input)?;
        if again.milliseconds < fastest.milliseconds {
            fastest = again;
        }
    }
    Ok(fastest)
}

fn run(host: &Path, program: &Path, input: &[u8]) -> Result<Run> {
    let mut process = Command::new(host)
        .arg("run")
        .arg(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start the host")?;
    let mut pipe = process.stdin.take().context("the program's input")?;
    let output = thread::scope(|scope| {
        scope.spawn(move || pipe.write_all(input));
        process.wait_with_output()
    })?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{told}");
    let numbers = told.split_once(' ').context("no milliseconds and MiB")?;
    Ok(Run {
        milliseconds: numbers.0.trim().parse()?,
        mebibytes: numbers.1.trim().parse()?,
        output: output.stdout,
    })
}
