use super::{ConfigError, ConfigReading};
use crate::json::{Json, JsonError, Limits, read};

/// What takes the named values of a configuration, in the order of the text, duplicates included.
pub(super) trait Sink {
    /// An object begins under this name; the outermost one has an empty name.
    fn enter(&mut self, name: &str);
    /// A value that is neither object nor array.
    fn value(&mut self, name: &str, value: Value<'_>);
    /// The object entered last ends.
    fn leave(&mut self);
}

/// A value that is neither object nor array.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Natural(u64),
    /// A number of another sort, or a truth value.
    Other,
    /// Source code whose value is only known when it runs: `BuildConfig.XM_ID`.
    Expression,
    Null,
}

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
            members.iter().for_each(|(name, value)| give(name, value, sink));
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
