//! The named values of a configuration, in whatever form it is written.

use super::source_text::{Sink, Value, scan};
use super::{ConfigError, ConfigReading};
use crate::json::{Json, JsonError, Limits, read};

/// Gives every named value of a JSON text to `sink`.
pub(super) fn walk(text: &str, sink: &mut dyn Sink) -> Result<(), ConfigError> {
    let limits = Limits { bytes: ConfigReading::MAX_BYTES, depth: ConfigReading::MAX_DEPTH };
    let value = read(text, limits).map_err(|error| match error {
        JsonError::TooLarge { bytes, .. } => ConfigError::TooLong { bytes },
        JsonError::TooDeep { line, column, .. } => ConfigError::TooDeep { line, column },
        JsonError::EndsEarly { line, column } => ConfigError::Truncated { line, column },
        JsonError::Syntax { line, column } | JsonError::NotAnObject { line, column } => {
            ConfigError::Syntax { line, column }
        }
    })?;
    give("", &value, sink);
    Ok(())
}

/// The items of an array have the array's name.
fn give(name: &str, value: &Json, sink: &mut dyn Sink) {
    let plain = match value {
        Json::Array(items) => return items.iter().for_each(|item| give(name, item, sink)),
        Json::Object(members) => {
            sink.enter(name);
            for (name, value) in members {
                give(name, value, sink);
            }
            return sink.leave();
        }
        Json::Text(text) => Value::Text(text),
        Json::Number(number) => number.as_u64().map_or(Value::Other, Value::Natural),
        Json::Bool(_) => Value::Other,
        Json::Null => Value::Null,
    };
    if !name.is_empty() {
        sink.value(name, plain);
    }
}

/// A named value of a configuration.
pub(crate) struct Setting<'a> {
    /// The name, as long as it is.
    pub(crate) name: &'a str,
    /// The value, if it is text.
    pub(crate) text: Option<&'a str>,
    outer: &'a [String],
}

impl Setting<'_> {
    /// How many of the objects around a value give their names to its path, and how much of each, in characters.
    const OUTER: usize = 3;
    const NAME: usize = 64;

    /// The names of the objects around it, and its own.
    pub(crate) fn path(&self) -> String {
        let skipped = self.outer.len().saturating_sub(Self::OUTER);
        let mut path = self.outer.iter().skip(skipped).fold(String::new(), |path, name| path + name + ".");
        path.extend(self.name.chars().take(Self::NAME));
        path
    }
}

/// Gives every named value of a configuration to `take`, as far as it can be read.
pub(crate) fn settings(text: &str, take: &mut dyn FnMut(Setting<'_>)) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut visitor = Visitor { outer: Vec::new(), take };
    if text.trim_start().starts_with(['{', '[']) {
        // Where it breaks off, the reader of configurations says so.
        let _ = walk(text, &mut visitor);
    } else {
        scan(text, &mut visitor);
    }
}

struct Visitor<'a> {
    outer: Vec<String>,
    take: &'a mut dyn FnMut(Setting<'_>),
}

impl Sink for Visitor<'_> {
    fn enter(&mut self, name: &str) {
        self.outer.push(name.chars().take(Setting::NAME).collect());
    }

    fn value(&mut self, name: &str, value: Value<'_>) {
        let text = match value {
            Value::Text(text) => Some(text),
            Value::Natural(_) | Value::Other | Value::Expression | Value::Null => None,
        };
        (self.take)(Setting { name, text, outer: &self.outer });
    }

    fn leave(&mut self) {
        drop(self.outer.pop());
    }
}
