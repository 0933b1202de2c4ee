//! Files of a component's grant.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::body::BodyError;
use crate::problem::{Kind, Problem};

/// The bytes of the file `name` below `folder`, at most `limit` of them. The runtime confines the
/// component to the folders that it mounts; names that try to leave them are refused before that.
pub fn read_file(folder: &str, name: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    if !is_plain(name) {
        let allowed = "the name of a file, without '..', a backslash or a leading slash";
        return Err(Problem::invalid_parameter("file", name, allowed));
    }
    let missing = |_| {
        Problem::new(Kind::FileNotFound, format!("There is no file '{name}'.")).with("file", name)
    };
    let path = Path::new(folder).join(name);
    let length = fs::metadata(&path).map_err(missing)?;
    if !length.is_file() {
        return Err(missing(std::io::ErrorKind::IsADirectory.into()));
    }
    if length.len() > limit {
        return Err(BodyError::TooLarge { limit, declared: Some(length.len()) }.into());
    }
    let mut bytes = Vec::new();
    let exhausted = |_| Problem::from(BodyError::OutOfMemory { needed: length.len() });
    bytes.try_reserve_exact(length.len() as usize).map_err(exhausted)?;
    File::open(&path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(missing)?;
    Ok(bytes)
}

/// Whether a name can only mean something below its folder.
pub fn is_plain(name: &str) -> bool {
    let plain = |segment: &str| !segment.is_empty() && segment != "." && segment != "..";
    !name.contains(['\\', '\0']) && name.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_below_their_folder() {
        for name in ["a.png", "a/b.png", "..png", "a b", "ä"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", "/etc/passwd", "../a", "a/../b", "a/..", ".", "a//b", "a/", "a\\b", "a\0b"]
        {
            assert!(!is_plain(name), "{name}");
        }
    }
}
