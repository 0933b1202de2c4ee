//! Names that tell a file's content, so that a browser may keep it for ever.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::assets::Assets;
use super::reference::{references, resolve};

/// Bytes of SHA-256 in a name.
const HASH_BYTES: usize = 4;

/// The page as it is served: what `entry` refers to, directly or not, each file under its own name with
/// its content's hash in it (`studio.js` is `studio.3f9a1c20.js`), and every reference rewritten. The
/// entry keeps its name. A file's hash covers the names that it refers to: it changes with any of them.
pub fn release(assets: &Assets, entry: &str) -> Result<Assets> {
    let mut release =
        Release { assets, names: BTreeMap::new(), open: Vec::new(), files: Assets::new() };
    let content = release.rewrite(entry)?;
    release.files.insert(entry.to_owned(), content);
    Ok(release.files)
}

struct Release<'a> {
    assets: &'a Assets,
    /// The new path of every file that is done.
    names: BTreeMap<String, String>,
    /// The files whose references are being followed, from the entry on.
    open: Vec<String>,
    files: Assets,
}

impl Release<'_> {
    /// The new path of the file at `path`.
    fn name(&mut self, path: &str) -> Result<String> {
        if let Some(name) = self.names.get(path) {
            return Ok(name.clone());
        }
        let content = self.rewrite(path)?;
        let name = hashed(path, &content);
        self.names.insert(path.to_owned(), name.clone());
        self.files.insert(name.clone(), content);
        Ok(name)
    }

    /// The file at `path`, with the new names of those that it refers to.
    fn rewrite(&mut self, path: &str) -> Result<Vec<u8>> {
        let Some(content) = self.assets.get(path) else { bail!("there is no file {path}") };
        if let Some(start) = self.open.iter().position(|open| open == path) {
            bail!(
                "files refer to one another in a circle: {} -> {path}",
                self.open[start..].join(" -> ")
            );
        }
        let Ok(text) = std::str::from_utf8(content) else { return Ok(content.clone()) };
        self.open.push(path.to_owned());
        let mut rewritten = String::with_capacity(text.len());
        let mut end = 0;
        for reference in references(path, text) {
            let name = &text[reference.clone()];
            let target = resolve(path, name)
                .with_context(|| format!("{path}: {name} is outside of the page"))?;
            let new = self.name(&target).with_context(|| format!("{path} refers to {name}"))?;
            rewritten.push_str(&text[end..reference.start]);
            // The folder stays as it is written; the last segment is the file's.
            rewritten.push_str(&name[..name.len() - last(name).len()]);
            rewritten.push_str(last(&new));
            end = reference.end;
        }
        rewritten.push_str(&text[end..]);
        self.open.pop();
        Ok(rewritten.into_bytes())
    }
}

/// `path` with the hash of `content` before its extension.
fn hashed(path: &str, content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let hash: String = digest[..HASH_BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, "bin"));
    format!("{stem}.{hash}.{extension}")
}

/// The last segment of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(files: &[(&str, &str)]) -> Assets {
        files.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect()
    }

    fn error(files: &[(&str, &str)]) -> String {
        format!("{:#}", release(&assets(files), "index.html").unwrap_err())
    }

    #[test]
    fn every_reference_is_to_a_name_with_a_hash() {
        let files = [
            ("index.html", "<script src=\"a.js\">"),
            ("a.js", "import \"./deep/b.js\"; import(\"./c.js\");"),
            ("deep/b.js", "import \"../c.js\";"),
            ("c.js", "c"),
            ("unused.js", ""),
        ];
        // printf c | sha256sum, and so on upwards.
        let c = "c.2e7d2c03.js";
        let b_text = format!("import \"../{c}\";");
        let b = hashed("deep/b.js", b_text.as_bytes());
        let a_text = format!("import \"./{b}\"; import(\"./{c}\");");
        let a = hashed("a.js", a_text.as_bytes());
        let page = format!("<script src=\"{a}\">");
        let expected = [("index.html", &*page), (&*a, &*a_text), (&*b, &*b_text), (c, "c")];
        assert_eq!(release(&assets(&files), "index.html").unwrap(), assets(&expected));
    }

    #[test]
    fn a_changed_leaf_changes_every_name_above_it() {
        let names = |leaf| {
            let files =
                [("index.html", " src=\"a.js\""), ("a.js", "import \"./b.js\""), ("b.js", leaf)];
            release(&assets(&files), "index.html").unwrap().into_keys().collect::<Vec<_>>()
        };
        let (one, other) = (names("1"), names("2"));
        assert_eq!(
            (one.len(), &one[2], &other[2]),
            (3, &"index.html".to_owned(), &"index.html".to_owned())
        );
        assert!(one[0] != other[0] && one[1] != other[1]);
    }

    #[test]
    fn what_cannot_be_named_is_an_error() {
        let missing = [("index.html", " src=\"a.js\""), ("a.js", "import \"./b.js\"")];
        assert_eq!(
            error(&missing),
            "index.html refers to a.js: a.js refers to ./b.js: there is no file b.js"
        );
        let circle = [
            ("index.html", " src=\"a.js\""),
            ("a.js", "import \"./b.js\""),
            ("b.js", "import \"./a.js\""),
        ];
        let text = error(&circle);
        assert!(
            text.ends_with("files refer to one another in a circle: a.js -> b.js -> a.js"),
            "{text}"
        );
        let outside = [("index.html", " src=\"../a.js\"")];
        assert_eq!(error(&outside), "index.html: ../a.js is outside of the page");
    }
}
