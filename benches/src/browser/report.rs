//! What is written down.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::page::Findings;

/// What the modules are made with, besides the compiler.
const CRATES: [&str; 3] = ["wasm-bindgen", "rustfft", "serde_json"];

/// What was measured with.
pub struct Versions {
    rustc: String,
    crates: String,
}

impl Versions {
    /// Those of the compiler here, and of the crates in `Cargo.lock`.
    pub fn read() -> Result<Self> {
        let output =
            Command::new("rustc").arg("--version").output().context("cannot start rustc")?;
        ensure!(output.status.success(), "rustc failed: {}", output.status);
        let rustc = String::from_utf8(output.stdout)?.trim().to_owned();
        let lock = std::fs::read_to_string(crate::repository("Cargo.lock"))?;
        let title = |name: &str| {
            let version = locked(&lock, name).with_context(|| format!("{name} is not locked"))?;
            Ok(format!("{name} {version}"))
        };
        let crates = CRATES.map(title).into_iter().collect::<Result<Vec<_>>>()?.join(", ");
        Ok(Self { rustc, crates })
    }
}

/// The version of a package in a lock file.
fn locked<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    Some(after.split_once('"')?.0)
}

/// The README's part.
pub fn summary(findings: &Findings) -> String {
    let Findings { table, machine, engine, .. } = findings;
    format!(
        "{table}\n{engine}, on {machine}. [Who does what](benches/RESULTS.md), and with which versions."
    )
}

/// The whole of `benches/RESULTS.md`.
pub fn results(findings: &Findings, versions: &Versions) -> String {
    let Findings { table, sources, machine, engine } = findings;
    let Versions { rustc, crates } = versions;
    let sources = sources.iter().map(|source| format!("| {} |\n", source.join(" | ")));
    format!(
        "# JavaScript beside WebAssembly\n\n\
         `cargo measure browser --write` runs the page's bench under Node, from the very files that browsers load, and\n\
         writes this. The page does the same in a visitor's browser.\n\n\
         {table}\n\n\
         Each side has what it works on in its own memory. Digests, JPEG and JSON begin with bytes that JavaScript has,\n\
         whose way into wasm's memory is counted; for the others it is counted in the column of its own. What the two\n\
         sides make is compared: digests, pixels, sums and sorted numbers to the last bit, but for decoded JPEG (4 levels),\n\
         the transform (1e-8) and the bodies' places (1e-12), whose roundings differ.\n\n\
         ## Who does what\n\n\
         | | JavaScript | WebAssembly |\n|---|---|---|\n{}\n\
         ## Machine and versions\n\n\
         | | |\n|---|---|\n| machine | {machine} |\n| engine | {engine} |\n| compiler | {rustc} |\n| crates | {crates} |\n",
        sources.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_that_of_the_whole_name() {
        let lock = "name = \"serde_json_path\"\nversion = \"9\"\n\nname = \"serde_json\"\nversion = \"1.2\"\n";
        assert_eq!(locked(lock, "serde_json"), Some("1.2"));
        assert_eq!(locked(lock, "serde"), None);
    }

    #[test]
    fn everything_found_is_written() {
        let findings = Findings {
            table: "TABLE".to_owned(),
            sources: vec![["a", "b", "c"].map(str::to_owned)],
            machine: "MACHINE".to_owned(),
            engine: "ENGINE".to_owned(),
        };
        let versions = Versions { rustc: "RUSTC".to_owned(), crates: "CRATES".to_owned() };
        let results = results(&findings, &versions);
        for part in ["TABLE", "| a | b | c |", "MACHINE", "ENGINE", "RUSTC", "CRATES"] {
            assert!(results.contains(part), "{part} is missing in {results}");
        }
        assert!(summary(&findings).starts_with("TABLE\nENGINE, on MACHINE."));
    }
}
