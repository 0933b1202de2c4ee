//! Variables of the application and the `{{ name }}` templates that use them.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use crate::manifest::Declaration;

/// The application's variables with their values.
#[derive(Debug)]
pub struct Variables(BTreeMap<String, Text>);

/// A value, and whether it holds a secret.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The value itself.
    pub value: String,
    /// Whether any part of it must not be shown.
    pub secret: bool,
}

impl Text {
    /// What may be shown: the value, or in the place of a secret the template it was made from.
    pub fn shown<'a>(&'a self, template: &'a str) -> &'a str {
        if self.secret { template } else { &self.value }
    }
}

impl Variables {
    /// Gives each declared variable its value: from `given`, else from `environment` under
    /// `SPIN_VARIABLE_<NAME>`, else its default.
    pub fn resolve(
        declared: &BTreeMap<String, Declaration>,
        given: &[(String, String)],
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self> {
        if let Some((name, _)) = given.iter().find(|(name, _)| !declared.contains_key(name)) {
            let known: Vec<&str> = declared.keys().map(String::as_str).collect();
            bail!("there is no variable `{name}`; the application has: {}", known.join(", "));
        }
        let value = |name: &String, declaration: &Declaration| {
            let given = given.iter().rev().find(|(key, _)| key == name);
            given
                .map(|(_, value)| value.clone())
                .or_else(|| environment(&environment_name(name)))
                .or_else(|| declaration.default.clone())
                .with_context(|| {
                    format!(
                        "the variable `{name}` has no value; give one with --variable {name}=… or {}",
                        environment_name(name)
                    )
                })
        };
        let resolved = declared.iter().map(|(name, declaration)| {
            if declaration.required == declaration.default.is_some() {
                bail!("the variable `{name}` must have either `default` or `required = true`");
            }
            let text = Text { value: value(name, declaration)?, secret: declaration.secret };
            Ok((name.clone(), text))
        });
        resolved.collect::<Result<_>>().map(Self)
    }

    /// Puts values in the place of each `{{ name }}` in `template`.
    pub fn expand(&self, template: &str) -> Result<Text> {
        let mut text = Text::default();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after
                .split_once("}}")
                .with_context(|| format!("`{template}` has a `{{{{` without its `}}}}`"))?;
            let name = name.trim();
            let variable = self.0.get(name).with_context(|| {
                format!("`{template}` uses the variable `{name}`, which does not exist")
            })?;
            text.value += before;
            text.value += &variable.value;
            text.secret |= variable.secret;
            rest = after;
        }
        text.value += rest;
        Ok(text)
    }
}

fn environment_name(name: &str) -> String {
    format!("SPIN_VARIABLE_{}", name.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared() -> BTreeMap<String, Declaration> {
        let default =
            |value: &str| Declaration { default: Some(value.into()), ..Declaration::default() };
        BTreeMap::from([
            ("host".into(), default("example.org")),
            ("empty".into(), default("")),
            ("key".into(), Declaration { secret: true, ..default("swordfish") }),
        ])
    }

    fn given(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    fn resolve(pairs: &[(&str, &str)], environment: &str) -> Variables {
        let environment =
            |name: &str| (name == "SPIN_VARIABLE_HOST").then(|| environment.to_owned());
        Variables::resolve(&declared(), &given(pairs), environment).expect("values for all")
    }

    fn expand(variables: &Variables, template: &str) -> String {
        variables.expand(template).expect("known variables").value
    }

    #[test]
    fn a_given_value_beats_the_environment_and_that_the_default() {
        let variables = Variables::resolve(&declared(), &[], |_| None).expect("values for all");
        assert_eq!(expand(&variables, "{{ host }}"), "example.org");
        assert_eq!(expand(&resolve(&[], "from.environment"), "{{ host }}"), "from.environment");
        let pairs = [("host", "first.given"), ("host", "last.given")];
        assert_eq!(expand(&resolve(&pairs, "from.environment"), "{{ host }}"), "last.given");
    }

    #[test]
    fn templates_are_replaced_wherever_they_are() {
        let variables = resolve(&[], "h");
        let cases = [
            ("", ""),
            ("plain } text {", "plain } text {"),
            ("{{host}}", "h"),
            ("https://{{ host }}:{{  host  }}/", "https://h:h/"),
            ("{{ empty }}", ""),
        ];
        for (template, value) in cases {
            assert_eq!(expand(&variables, template), value, "{template}");
        }
    }

    #[test]
    fn a_value_knows_that_it_holds_a_secret() {
        let variables = resolve(&[], "h");
        for (template, shown) in
            [("{{ host }}", "h"), ("{{ host }}{{ key }}", "{{ host }}{{ key }}")]
        {
            let text = variables.expand(template).expect("known variables");
            assert_eq!(text.shown(template), shown);
        }
    }

    #[test]
    fn broken_templates_are_errors() {
        let variables = resolve(&[], "h");
        let cases = [
            ("{{ hots }}", "`{{ hots }}` uses the variable `hots`, which does not exist"),
            ("a {{ host", "`a {{ host` has a `{{` without its `}}`"),
        ];
        for (template, expected) in cases {
            assert_eq!(variables.expand(template).expect_err("an error").to_string(), expected);
        }
    }

    #[test]
    fn missing_and_unknown_values_are_errors() {
        let error = |declared: &BTreeMap<_, _>, pairs: &[(&str, &str)]| {
            Variables::resolve(declared, &given(pairs), |_| None).expect_err("an error").to_string()
        };
        assert_eq!(
            error(&declared(), &[("hots", "x")]),
            "there is no variable `hots`; the application has: empty, host, key"
        );
        let required = Declaration { required: true, ..Declaration::default() };
        assert_eq!(
            error(&BTreeMap::from([("api_key".into(), required)]), &[]),
            "the variable `api_key` has no value; give one with --variable api_key=… or SPIN_VARIABLE_API_KEY"
        );
        assert_eq!(
            error(&BTreeMap::from([("neither".into(), Declaration::default())]), &[]),
            "the variable `neither` must have either `default` or `required = true`"
        );
    }
}
