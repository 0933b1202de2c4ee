//! Named pipelines of the deployment: `thumb=resize:200x200,cover/sharpen?quality=70;hero=resize:1600x`.

use edge_web::{Kind, Platform, Problem, flag, suggest, text_variable};

/// How a segment begins that stands for a preset.
const PREFIX: &str = "preset:";
/// The variable with the presets.
const VARIABLE: &str = "presets";
/// The variable that closes everything else.
const ONLY: &str = "only_presets";

/// The presets of the deployment.
pub struct Presets {
    all: Vec<Preset>,
    /// Whether nothing else is served.
    pub only: bool,
}

/// Operations, and parameters that go with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    name: String,
    /// The segments of its pipeline.
    pub segments: Vec<String>,
    /// The parameters, written as in a URL; empty where there are none.
    pub query: String,
}

/// The name in a segment that stands for a preset.
pub fn named(segment: &str) -> Option<&str> {
    segment.strip_prefix(PREFIX)
}

impl Presets {
    /// Reads the deployment's variables.
    pub fn of(platform: &impl Platform) -> Result<Self, Problem> {
        let text = text_variable(platform, VARIABLE).unwrap_or_default();
        Ok(Self { all: read(&text)?, only: flag(platform, ONLY)? })
    }

    /// The preset called `name`.
    pub fn find(&self, name: &str) -> Result<&Preset, Problem> {
        self.all.iter().find(|preset| preset.name == name).ok_or_else(|| {
            let names = self.names();
            let detail = match names.as_slice() {
                [] => "This deployment has no presets.".to_owned(),
                names => format!("There is no such preset; there are {}.", names.join(", ")),
            };
            let problem = Problem::new(Kind::NotFound, detail).with("allowed", names.as_slice());
            suggest(problem, name, &names)
        })
    }

    /// Refuses `segments` that are not one preset, where nothing else is served.
    pub fn check(&self, segments: &[String]) -> Result<(), Problem> {
        let is_preset = matches!(segments, [only] if named(only).is_some());
        if !self.only || is_preset {
            return Ok(());
        }
        let paths: Vec<_> =
            self.names().iter().map(|name| format!("/image/{PREFIX}{name}")).collect();
        let detail = format!("This deployment serves only {}.", paths.join(", "));
        Err(Problem::new(Kind::NotAPreset, detail).with("allowed", paths))
    }

    fn names(&self) -> Vec<&str> {
        self.all.iter().map(|preset| preset.name.as_str()).collect()
    }
}

fn read(text: &str) -> Result<Vec<Preset>, Problem> {
    let mut presets: Vec<Preset> = Vec::new();
    for entry in text.split(';').map(str::trim).filter(|entry| !entry.is_empty()) {
        let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
        let (name, value) = (name.trim(), value.trim());
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.is_empty() || !name.bytes().all(is_word) {
            return Err(misconfigured("has a name that is not of letters, digits, '-' and '_'"));
        }
        if presets.iter().any(|preset| preset.name == name) {
            return Err(misconfigured(&format!("names '{name}' twice")));
        }
        let (pipeline, query) = value.split_once('?').unwrap_or((value, ""));
        if pipeline.is_empty() {
            return Err(misconfigured(&format!("has no operations for '{name}'")));
        }
        presets.push(Preset {
            name: name.to_owned(),
            segments: pipeline.split('/').map(str::to_owned).collect(),
            query: query.to_owned(),
        });
    }
    Ok(presets)
}

impl Preset {
    /// What keeps the preset from being used is not the caller's fault.
    pub fn blame(&self, problem: &Problem) -> Problem {
        misconfigured(&format!("has a mistake in '{}': {}", self.name, problem.detail()))
    }
}

fn misconfigured(what: &str) -> Problem {
    let what = what.trim_end_matches('.');
    let detail = format!("The variable '{VARIABLE}' of this deployment {what}.");
    Problem::new(Kind::Misconfigured, detail).with("variable", VARIABLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_named_pipelines_with_parameters() {
        let preset = |name: &str, segments: &[&str], query: &str| Preset {
            name: name.to_owned(),
            segments: segments.iter().map(|segment| segment.to_string()).collect(),
            query: query.to_owned(),
        };
        let text =
            " thumb=resize:200x200,cover/sharpen?quality=70&format=jpeg ;\nhero = resize:1600x;;";
        let expected = [
            preset("thumb", &["resize:200x200,cover", "sharpen"], "quality=70&format=jpeg"),
            preset("hero", &["resize:1600x"], ""),
        ];
        assert_eq!(read(text).unwrap(), expected);
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn what_is_no_list_of_presets_is_told() {
        for (text, what) in [
            ("=flip", "has a name that is not of letters, digits, '-' and '_'"),
            ("a b=flip", "has a name that is not of letters, digits, '-' and '_'"),
            ("a=flip;a=flop", "names 'a' twice"),
            ("a", "has no operations for 'a'"),
            ("a=?quality=3", "has no operations for 'a'"),
        ] {
            let problem = read(text).unwrap_err();
            let detail = format!("The variable 'presets' of this deployment {what}.");
            assert_eq!((problem.kind(), problem.detail()), (Kind::Misconfigured, &*detail));
        }
    }
}
