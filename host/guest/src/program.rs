//! A program that tells what it was given, and fails if its first argument says so.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    println!("{arguments:?} {line:?} {}", read.is_ok());
    eprintln!("files: {}, variables: {}", std::fs::read_dir("/").is_ok(), std::env::vars().count());
    match arguments.first().map(String::as_str) {
        Some("fail") => ExitCode::FAILURE,
        Some("panic") => panic!("as asked"),
        _ => ExitCode::SUCCESS,
    }
}
