use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::{ConfigError, Reading};

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
    Null,
}

/// Gives every named value of a JSON text to `sink`.
pub(super) fn walk(text: &str, sink: &mut dyn Sink) -> Result<(), ConfigError> {
    let too_deep = Cell::new(false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let node = Node { name: "", depth: 0, too_deep: &too_deep, sink };
    node.deserialize(&mut deserializer).and_then(|()| deserializer.end()).map_err(|error| {
        // `serde_json` counts a line that has not begun as column 0.
        let (line, column) = (error.line(), error.column().max(1));
        match error.classify() {
            _ if too_deep.get() => ConfigError::TooDeep { line, column },
            Category::Eof => ConfigError::Truncated { line, column },
            Category::Syntax | Category::Data | Category::Io => ConfigError::Syntax { line, column },
        }
    })
}

/// One value on its way through the parser.
struct Node<'a> {
    name: &'a str,
    depth: usize,
    too_deep: &'a Cell<bool>,
    sink: &'a mut dyn Sink,
}

impl Node<'_> {
    fn give(self, value: Value<'_>) {
        if !self.name.is_empty() {
            self.sink.value(self.name, value);
        }
    }

    fn deeper<E: serde::de::Error>(&self) -> Result<usize, E> {
        let depth = self.depth.saturating_add(1);
        if depth > Reading::MAX_DEPTH {
            self.too_deep.set(true);
            return Err(E::custom("too deep"));
        }
        Ok(depth)
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.give(Value::Text(text));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.give(Value::Natural(number));
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.give(Value::Other);
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.give(Value::Other);
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.give(Value::Other);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.give(Value::Null);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let depth = self.deeper()?;
        let Self { name, too_deep, sink, .. } = self;
        while items.next_element_seed(Node { name, depth, too_deep, sink: &mut *sink })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let depth = self.deeper()?;
        let Self { name, too_deep, sink, .. } = self;
        sink.enter(name);
        while let Some(name) = members.next_key::<String>()? {
            members.next_value_seed(Node { name: &name, depth, too_deep, sink: &mut *sink })?;
        }
        sink.leave();
        Ok(())
    }
}
