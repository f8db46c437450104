//! Reads a JSON object into a payload once through. Nested values stay text: nobody may ever look at them.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::Serialize;

use super::system::MEIZU_CONTENT;
use super::{JsonText, Payload, PayloadError, PayloadValue, SystemKey};
use crate::ext::{Key, NUMBER_KEY, is_object};
use crate::vendor::Vendor;

/// Reads the text of an object, or the text of a text of an object.
pub(super) fn payload(text: &str) -> Result<Payload, PayloadError> {
    if text.len() > Payload::MAX_BYTES {
        return Err(PayloadError::TooLong { bytes: text.len() });
    }
    match first_byte(text) {
        Some(b'{') => object(text),
        Some(b'"') => {
            let inner: String = serde_json::from_str(text).map_err(|error| PayloadError::not_json(&error))?;
            if first_byte(&inner) == Some(b'{') { object(&inner) } else { Err(PayloadError::NotAnObject) }
        }
        _ => match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => Err(PayloadError::NotAnObject),
            Err(error) => Err(PayloadError::not_json(&error)),
        },
    }
}

/// The object whose text is the JSON text `text`.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    if first_byte(text) != Some(b'"') {
        return None;
    }
    serde_json::from_str(text).ok().filter(|inner: &String| is_object(inner))
}

/// Whether the text is a JSON object with a key `ext`.
pub(super) fn has_ext(text: &str) -> bool {
    first_byte(text) == Some(b'{') && serde_json::from_str::<TopKeys>(text).is_ok_and(|keys| keys.has_ext)
}

/// Whether the text is a JSON dump of a Meizu intent's extras, and not the self-defined content, which may be any text.
pub(super) fn is_meizu_bundle(text: &str) -> bool {
    first_byte(text) == Some(b'{')
        && serde_json::from_str::<TopKeys>(text)
            .is_ok_and(|keys| keys.has_ext || keys.has_content || keys.only_system)
}

fn first_byte(text: &str) -> Option<u8> {
    text.trim_ascii_start().bytes().next()
}

fn object(text: &str) -> Result<Payload, PayloadError> {
    let object: Object = serde_json::from_str(text).map_err(|error| PayloadError::not_json(&error))?;
    Payload::from_vec(object.0)
}

/// What the top-level keys of an object tell.
struct TopKeys {
    has_ext: bool,
    has_content: bool,
    /// No key is anybody else's than the vendor's; there may be none at all, as in a start from the launcher.
    only_system: bool,
}

impl<'de> Deserialize<'de> for TopKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;

        impl<'de> Visitor<'de> for KeysVisitor {
            type Value = TopKeys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TopKeys, A::Error> {
                let mut keys = TopKeys { has_ext: false, has_content: false, only_system: true };
                while let Some(Key(key)) = map.next_key()? {
                    keys.has_ext |= key == "ext";
                    keys.has_content |= key == MEIZU_CONTENT;
                    keys.only_system &= SystemKey::is_one(Some(Vendor::Meizu), &key);
                    map.next_value::<IgnoredAny>()?;
                }
                Ok(keys)
            }
        }

        deserializer.deserialize_map(KeysVisitor)
    }
}

/// Room for as many keys as most payloads have.
const USUAL_KEYS: usize = 8;

struct Object(Vec<(Box<str>, PayloadValue)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut pairs = Vec::with_capacity(USUAL_KEYS);
        while let Some(key) = map.next_key()? {
            pairs.push((key, map.next_value_seed(ValueSeed)?));
        }
        Ok(Object(pairs))
    }
}

struct ValueSeed;

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = PayloadValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<PayloadValue, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Writes `value` as JSON. Scalars always have a JSON form.
fn print<E: Error>(value: impl Serialize) -> Result<PayloadValue, E> {
    serde_json::to_string(&value)
        .map(|text| PayloadValue::Json(JsonText::written(text)))
        .map_err(|_| E::custom("value has no JSON form"))
}

fn nested<E: Error>(write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<PayloadValue, E> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    String::from_utf8(bytes)
        .map(|text| PayloadValue::Json(JsonText::written(text)))
        .map_err(|_| E::custom("value is not UTF-8"))
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = PayloadValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PayloadValue, E> {
        Ok(PayloadValue::Text(text.into()))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<PayloadValue, E> {
        Ok(PayloadValue::Boolean(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<PayloadValue, E> {
        Ok(PayloadValue::Integer(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<PayloadValue, E> {
        i64::try_from(number).map_or_else(|_| print(number), |number| Ok(PayloadValue::Integer(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<PayloadValue, E> {
        print(number)
    }

    fn visit_unit<E: Error>(self) -> Result<PayloadValue, E> {
        print(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<PayloadValue, A::Error> {
        nested(|out| Copy(out).visit_seq(seq))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PayloadValue, A::Error> {
        nested(|out| Copy(out).visit_map(map))
    }
}

/// Writes what it reads, without white space and without building a tree.
struct Copy<'a>(&'a mut Vec<u8>);

impl Copy<'_> {
    fn scalar<E: Error>(self, value: impl Serialize) -> Result<(), E> {
        serde_json::to_writer(self.0, &value).map_err(|_| E::custom("value has no JSON form"))
    }
}

impl<'de> DeserializeSeed<'de> for Copy<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Copy<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.scalar(text)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<(), E> {
        self.scalar(flag)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.scalar(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.scalar(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.scalar(number)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.0.push(b'[');
        let start = self.0.len();
        loop {
            if self.0.len() != start {
                self.0.push(b',');
            }
            if seq.next_element_seed(Copy(self.0))?.is_none() {
                break;
            }
        }
        if self.0.len() != start {
            self.0.pop();
        }
        self.0.push(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let start = self.0.len();
        self.0.push(b'{');
        let mut first = true;
        while let Some(Key(key)) = map.next_key::<Key<'_>>()? {
            if first && key == NUMBER_KEY {
                self.0.truncate(start);
                let number: serde_json::Number =
                    map.next_value::<String>()?.parse().map_err(A::Error::custom)?;
                return self.scalar(number);
            }
            if !std::mem::take(&mut first) {
                self.0.push(b',');
            }
            Copy(self.0).scalar(key)?;
            self.0.push(b':');
            map.next_value_seed(Copy(self.0))?;
        }
        self.0.push(b'}');
        Ok(())
    }
}
