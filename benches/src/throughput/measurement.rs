//! Everything that is compared.

use anyhow::Result;

use super::case::{Bar, Case, TIMES};
use super::library::{Libraries, Library};
use super::table::table;
use crate::player::{ROUNDS, SLOW_ROUNDS};
use crate::processor;
use crate::text::{ASCII, MIXED, numbered};

/// The length of the input: as little as the processor's caches hold, which is where a body is while
/// it arrives.
const INPUT_BYTES: usize = 1_000_000;

/// What the tables do not tell by themselves.
const NOTES: &str = "\
This project takes in 64 KiB at a time and hands text on as it is mapped. hash-wasm copies its input into its own
memory, which is counted: its interface asks for it. FNV's chain is broken in wasm only. Node is `node:crypto`, and
`zlib.crc32`. Plain JavaScript is a loop for FNV, CRC and Adler, else @noble/hashes. JavaScript's strings go from
string to string, or from UTF-8 to UTF-8.";

/// Compares this project with the others; Markdown.
pub fn measure() -> Result<String> {
    let libraries = Libraries::prepare()?;
    processor::keep_to_one()?;
    let [ascii, mixed] = [ASCII, MIXED].map(|line| numbered(line, INPUT_BYTES).into_bytes());
    let digests = compare("digest", &Library::OF_DIGESTS, &digests(&ascii), &libraries)?;
    let texts = compare("text", &Library::OF_TEXT, &texts(&ascii, &mixed), &libraries)?;
    Ok(format!(
        "{digests}\n{texts}\n\
         Medians of {ROUNDS} rounds ({SLOW_ROUNDS} of plain JavaScript) over {TIMES} times {} MB, all on one processor.\n{NOTES}",
        INPUT_BYTES / 1_000_000
    ))
}

/// The table of some cases.
fn compare(
    what: &str,
    columns: &[Library],
    cases: &[Case],
    libraries: &Libraries,
) -> Result<String> {
    let rows = cases.iter().map(|case| {
        eprintln!("{}", case.name);
        case.measure(libraries)
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let titled = |&library: &Library| Ok((library, libraries.title(library)?));
    let columns = columns.iter().map(titled).collect::<Result<Vec<_>>>()?;
    Ok(table(what, &columns, &rows))
}

fn digests(input: &[u8]) -> Vec<Case<'_>> {
    use Library::{HashWasm, JavaScript, Native, Node, Wasm};
    let case = |task, others: &[Library], bar| {
        let libraries = [&[Wasm, Native], others].concat();
        Case { name: task, task, input, libraries, bar }
    };
    let at_least = |least| Some(Bar::Times(least, HashWasm));
    let everybody = [HashWasm, Node, JavaScript];
    vec![
        case("fnv1a-64", &[JavaScript], Some(Bar::Times(0.95, Native))),
        case("crc32", &everybody, at_least(1.0)),
        case("crc32c", &[HashWasm, JavaScript], at_least(1.0)),
        case("adler32", &[HashWasm, JavaScript], None),
        case("xxh3-64", &[HashWasm], at_least(1.0)),
        case("xxh3-128", &[HashWasm], at_least(1.0)),
        case("md5", &everybody, None),
        case("sha-1", &everybody, None),
        case("sha-256", &everybody, at_least(1.2)),
        case("sha-512", &everybody, None),
        case("sha3-256", &everybody, None),
        case("blake2b", &everybody, None),
        case("blake3", &[HashWasm, JavaScript], at_least(1.5)),
    ]
}

fn texts<'a>(ascii: &'a [u8], mixed: &'a [u8]) -> Vec<Case<'a>> {
    let case = |name, task, input, bar| Case {
        name,
        task,
        input,
        libraries: Library::OF_TEXT.to_vec(),
        bar,
    };
    vec![
        case("upper case, ASCII", "uppercase", ascii, Some(Bar::Rate(2000.0))),
        case(
            "upper case, mixed scripts",
            "uppercase",
            mixed,
            Some(Bar::Times(3.0, Library::Strings)),
        ),
        case("lower case, ASCII", "lowercase", ascii, None),
        case("lower case, mixed scripts", "lowercase", mixed, None),
    ]
}
