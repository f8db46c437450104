//! Single fields of a container, read as leniently as Tencent's own apps write them.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::ExtError;

/// With its feature `arbitrary_precision`, which any crate in the build may switch on, `serde_json` hands a number with a
/// fraction, or one of over 64 bits, to a visitor as an object with this one member, whose value is its text.
pub(crate) const NUMBER_KEY: &str = "$serde_json::private::Number";

/// A key, borrowed from the input if it holds no escape.
pub(crate) struct Key<'a>(pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

/// A whole number, or the text of one. Null counts as missing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Whole {
    #[default]
    Missing,
    Is(i64),
    Not,
}

impl Whole {
    pub(super) fn number(self, field: &'static str) -> Result<Option<i64>, ExtError> {
        match self {
            Self::Missing => Ok(None),
            Self::Is(number) => Ok(Some(number)),
            Self::Not => Err(ExtError::WrongType { field, expected: "a whole number" }),
        }
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WholeVisitor)
    }
}

struct WholeVisitor;

impl<'de> Visitor<'de> for WholeVisitor {
    type Value = Whole;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Whole, E> {
        Ok(Whole::Is(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Whole, E> {
        Ok(i64::try_from(number).map_or(Whole::Not, Whole::Is))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Whole, E> {
        // `as` would saturate in silence; a number such as 1.0 prints as a whole one.
        let whole = (number.fract() == 0.0).then(|| format!("{number:.0}").parse().ok()).flatten();
        Ok(whole.map_or(Whole::Not, Whole::Is))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Whole, E> {
        Ok(text.trim().parse().map_or(Whole::Not, Whole::Is))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Whole, E> {
        Ok(Whole::Not)
    }

    fn visit_unit<E: Error>(self) -> Result<Whole, E> {
        Ok(Whole::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Whole, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Whole::Not)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Whole, A::Error> {
        let mut number = Whole::Not;
        while let Some(Key(key)) = map.next_key()? {
            if key == NUMBER_KEY {
                let text = map.next_value::<Cow<'de, str>>()?;
                number = text.parse().map_or(Ok(Whole::Not), |number| Self.visit_f64(number))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(number)
    }
}

/// A text, or a whole number taken as one. Null counts as missing; anything else is kept aside.
#[derive(Debug, Default)]
pub(super) enum TextField<'a> {
    #[default]
    Missing,
    Is(Cow<'a, str>),
    Not(Value),
}

impl TextField<'_> {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Is(text) => Some(text),
            Self::Missing | Self::Not(_) => None,
        }
    }

    pub(super) fn into_owned(self) -> TextField<'static> {
        match self {
            Self::Missing => TextField::Missing,
            Self::Is(text) => TextField::Is(Cow::Owned(text.into_owned())),
            Self::Not(value) => TextField::Not(value),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for TextField<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = TextField<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(TextField::Is(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(TextField::Is(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(TextField::Is(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(TextField::Is(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(TextField::Not(Value::from(number)))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(TextField::Not(Value::Bool(flag)))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(TextField::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(TextField::Not)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(TextField::Not)
    }
}
