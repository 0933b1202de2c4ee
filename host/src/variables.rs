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
