//! The fields of an object, and those that are missing.

use std::cell::RefCell;

use crate::json::{Json, Members};
use crate::secret::Secret;
use crate::time::UnixTime;

/// The most places that are noted.
const MAX_MISSING: usize = 100;

/// The places of fields that are missing or unreadable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Missing {
    pub(super) places: Vec<Box<str>>,
    pub(super) left_out: usize,
}

/// An object and its place in the text.
pub(super) struct Fields<'a> {
    members: &'a [(Box<str>, Json)],
    path: String,
    missing: &'a RefCell<Missing>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(members: &'a Members, missing: &'a RefCell<Missing>) -> Self {
        Self { members, path: String::new(), missing }
    }

    fn at(&self, value: &'a Json, path: String) -> Option<Self> {
        Some(Self { members: value.as_object()?, path, missing: self.missing })
    }

    /// The object at a path.
    pub(super) fn object(&self, path: &[&str]) -> Option<Self> {
        let [key, rest @ ..] = path else { return None };
        let object = self.at(self.get(key)?, self.below(key))?;
        if rest.is_empty() { Some(object) } else { object.object(rest) }
    }

    /// The objects of the array at a key.
    pub(super) fn objects(&self, key: &str) -> Vec<Self> {
        let items = self.get(key).and_then(Json::as_array).unwrap_or_default().iter().enumerate();
        items.filter_map(|(index, item)| self.at(item, format!("{}[{index}]", self.below(key)))).collect()
    }

    /// The objects of all arrays among the members.
    pub(super) fn nested_objects(&self) -> Vec<Self> {
        let items = self.members.iter().filter_map(|(_, value)| value.as_array()).flatten();
        let objects = items.filter(|item| item.as_object().is_some()).enumerate();
        objects.filter_map(|(index, item)| self.at(item, format!("{}[{index}]", self.path))).collect()
    }

    fn below(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The last member with this key, whatever the case of its letters.
    pub(super) fn get(&self, key: &str) -> Option<&'a Json> {
        let mut members = self.members.iter().rev();
        members.find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// A text, or a number as one. Empty counts as absent.
    pub(super) fn text(&self, key: &str) -> Option<Secret> {
        match self.get(key)? {
            Json::Text(text) => (!text.is_empty()).then(|| Secret::new(text.clone())),
            Json::Number(number) => Some(Secret::new(number.to_string())),
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }

    /// A truth value, or a number that stands for one.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        if let Json::Bool(flag) = value { Some(*flag) } else { value.to_integer().map(|number| number != 0) }
    }

    /// A whole number, or the text of one.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.get(key)?.to_integer()
    }

    /// A time: seconds since 1970, or `YYYY-MM-DD hh:mm:ss` as it is written. Another one is recorded as
    /// missing.
    pub(super) fn time(&self, key: &str) -> Option<Secret> {
        let time = self.text(key);
        let text = time.as_ref().map(Secret::expose_secret).unwrap_or_default();
        self.require(key, unix_time(text).is_some() || is_written_time(text));
        time
    }

    /// As [`Fields::number`]; an absent or unreadable one is recorded.
    pub(super) fn required(&self, key: &str) -> Option<i64> {
        let number = self.number(key);
        self.require(key, number.is_some());
        number
    }

    /// Records a key that is not there.
    pub(super) fn require(&self, key: &str, is_there: bool) {
        if is_there {
            return;
        }
        let mut missing = self.missing.borrow_mut();
        if missing.places.len() < MAX_MISSING {
            missing.places.push(self.below(key).into());
        } else {
            missing.left_out = missing.left_out.saturating_add(1);
        }
    }
}

/// Seconds since 1970; larger numbers are taken as milliseconds.
pub(super) fn unix_time(text: &str) -> Option<UnixTime> {
    let number: i64 = text.trim().parse().ok()?;
    let seconds = if number >= 100_000_000_000 { number.checked_div(1000)? } else { number };
    (seconds > 0).then(|| UnixTime::from_secs(seconds))
}

/// Whether it is a time as the server writes it, `YYYY-MM-DD hh:mm:ss`.
pub(crate) fn is_written_time(text: &str) -> bool {
    let shape = text.trim().bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00 00:00:00")
}
