//! Reads members of an object as the server writes them, and records what is missing or unreadable.

use crate::json::{Json, Members};
use crate::time::UnixTime;

/// The most places that are noted.
const MAX_MISSING: usize = 100;

/// The places of fields that are missing or unreadable.
#[derive(Default)]
pub(super) struct Missing {
    pub(super) places: Vec<Box<str>>,
    pub(super) left_out: usize,
}

impl Missing {
    fn note(&mut self, path: &str, key: &str) {
        if self.places.len() < MAX_MISSING {
            let dot = if path.is_empty() { "" } else { "." };
            self.places.push(format!("{path}{dot}{key}").into());
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }
}

/// An object and its place in the text.
pub(super) struct Fields<'a> {
    members: Option<&'a Members>,
    path: String,
}

impl<'a> Fields<'a> {
    pub(super) fn of(members: &'a Members) -> Self {
        Self { members: Some(members), path: String::new() }
    }

    /// The object at a key; one without members if there is none.
    pub(super) fn object(&self, key: &str) -> Self {
        Self { members: self.get(key).and_then(Json::as_object), path: self.below(key) }
    }

    /// The objects of the array at a key.
    pub(super) fn objects(&self, key: &str) -> Vec<Self> {
        let items = self.get(key).and_then(Json::as_array).unwrap_or_default();
        let item = |(index, item): (usize, &'a Json)| {
            Some(Self { members: Some(item.as_object()?), path: format!("{}[{index}]", self.below(key)) })
        };
        items.iter().enumerate().filter_map(item).collect()
    }

    /// The objects of all arrays among the members.
    pub(super) fn nested_objects(&self) -> Vec<Self> {
        let arrays = self.members().iter().filter_map(|(_, value)| value.as_array());
        let objects = arrays.flatten().filter_map(Json::as_object).enumerate();
        let item =
            |(index, members)| Self { members: Some(members), path: format!("{}[{index}]", self.path) };
        objects.map(item).collect()
    }

    fn below(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn is_present(&self) -> bool {
        self.members.is_some()
    }

    fn members(&self) -> &'a [(Box<str>, Json)] {
        self.members.map_or(&[], Vec::as_slice)
    }

    /// The last member with this key, whatever the case of its letters.
    pub(super) fn get(&self, key: &str) -> Option<&'a Json> {
        let mut members = self.members().iter().rev();
        members.find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// A text, or a number as one. Empty counts as absent.
    pub(super) fn text(&self, key: &str) -> Option<Box<str>> {
        match self.get(key)? {
            Json::Text(text) => (!text.is_empty()).then(|| text.clone()),
            Json::Number(number) => Some(number.to_string().into()),
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

    /// A time: seconds since 1970, or `YYYY-MM-DD hh:mm:ss` as it is written.
    pub(super) fn time(&self, key: &str, missing: &mut Missing) -> Option<Box<str>> {
        let time = self.text(key);
        if !time.as_deref().is_some_and(|time| unix_time(time).is_some() || is_written_time(time)) {
            missing.note(&self.path, key);
        }
        time
    }

    /// As [`Fields::number`]; an absent or unreadable one is recorded.
    pub(super) fn required(&self, key: &str, missing: &mut Missing) -> Option<i64> {
        let number = self.number(key);
        if number.is_none() {
            missing.note(&self.path, key);
        }
        number
    }

    /// Notes a key that is not there.
    pub(super) fn note(&self, key: &str, missing: &mut Missing) {
        missing.note(&self.path, key);
    }
}

/// Seconds since 1970; larger numbers are taken as milliseconds.
pub(super) fn unix_time(text: &str) -> Option<UnixTime> {
    let number: i64 = text.trim().parse().ok()?;
    let seconds = if number >= 100_000_000_000 { number.checked_div(1000)? } else { number };
    (seconds > 0).then(|| UnixTime::from_secs(seconds))
}

fn is_written_time(text: &str) -> bool {
    let shape = text.trim().bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00 00:00:00")
}
