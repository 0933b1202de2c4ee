//! Where a file of the page names another.

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

/// An `import`, an `export … from`, or a URL that is relative to the module.
static SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\b(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']|\bnew URL\(\s*["']([^"':]+)["'],\s*import\.meta\.url"#,
    )
});
/// A link that is neither elsewhere, nor to a function (whose path has a colon or a query).
static MARKUP: LazyLock<Regex> = LazyLock::new(|| pattern(r##"\s(?:href|src)="([^"#:?]+)""##));
static STYLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"\burl\(\s*["']?([^"'():#]+)["']?\s*\)"#));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of ours")
}

/// The places in `text` that name a file, whose own path is `path`. What a script's comments name
/// are types, not files.
pub fn references(path: &str, text: &str) -> Vec<Range<usize>> {
    let pattern = match path.rsplit_once('.') {
        Some((_, "js")) => &SCRIPT,
        Some((_, "html")) => &MARKUP,
        Some((_, "css")) => &STYLE,
        _ => return Vec::new(),
    };
    let names =
        pattern.captures_iter(text).filter_map(|found| found.iter().skip(1).flatten().next());
    let is_script = path.ends_with(".js");
    let is_link = |name: &Range<usize>| !(is_script && is_comment(text, name.start));
    names.map(|name| name.range()).filter(is_link).collect()
}

/// Whether the line of a script around the byte `at` is one of a comment.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default().trim_start();
    ["//", "/*", "*"].iter().any(|mark| line.starts_with(mark))
}

/// The path that `name` means in the file `from`; `None` where it leaves the page.
pub fn resolve(from: &str, name: &str) -> Option<String> {
    let mut segments: Vec<_> = from.split('/').collect();
    segments.pop();
    for segment in name.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()?),
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(path: &str, text: &'a str) -> Vec<&'a str> {
        references(path, text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn scripts_import_modules_and_resolve_urls() {
        let text = r#"// import("./comment.js")
import { a } from "./a.js";
import "../b.js";
export * from './c.js';
const d = await import("./d.js");
new Worker(new URL("e.js", import.meta.url), { type: "module" });
/** @type {import("./types.js").Type} */
const url = new URL("image/info", document.baseURI), text = "from ./nowhere.js";
"#;
        let expected = ["./a.js", "../b.js", "./c.js", "./d.js", "e.js"];
        assert_eq!(names("x.js", text), expected);
    }

    #[test]
    fn pages_link_what_is_beside_them() {
        let text = r##"<link href="a.css"> <script src="b.js"></script> <a href="#top">
            <a href="https://c.example/"> <img src="image/blur:1?file=d.png"> <p data-src="e">"##;
        assert_eq!(names("index.html", text), ["a.css", "b.js"]);
        assert_eq!(
            names("a.css", "a { background: url(\"f.svg\") url(g.svg) url(#h) }"),
            ["f.svg", "g.svg"]
        );
        assert!(names("a.svg", text).is_empty());
    }

    /// What begins a comment in a script is a selector or text elsewhere.
    #[test]
    fn only_scripts_have_the_comments_of_scripts() {
        assert_eq!(names("a.css", "* { background: url(b.svg) }"), ["b.svg"]);
        assert_eq!(
            names("index.html", "// <img src=\"c.png\">\n* <a href=\"d.html\">"),
            ["c.png", "d.html"]
        );
        let script = " * import(\"./e.js\")\n/* import(\"./f.js\") */\nimport \"./g.js\";";
        assert_eq!(names("x.js", script), ["./g.js"]);
    }

    #[test]
    fn names_are_relative_to_their_file() {
        for (from, name, path) in [
            ("index.html", "a.js", Some("a.js")),
            ("bench/worker.js", "../wasm/full.js", Some("wasm/full.js")),
            ("bench/worker.js", "./a/b.js", Some("bench/a/b.js")),
            ("a.js", "../b.js", None),
        ] {
            assert_eq!(resolve(from, name).as_deref(), path, "{name} in {from}");
        }
    }
}
