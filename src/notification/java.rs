//! What Java objects print of themselves: `{key=value, key2=value2}`. Nothing is escaped in it, so it is read leniently:
//! an ext that is JSON is found exactly, anything else as well as the text allows.

use serde::de::IgnoredAny;

use super::Payload;

/// How many places and values are tried. It bounds the work: each try reads the text once at most.
const MAX_TRIES: usize = 16;

/// The longest key that ends the value before it, in bytes.
const MAX_KEY: usize = 64;

/// The text between the first `opening` and the next `closing`.
pub(super) fn field<'a>(text: &'a str, opening: &str, closing: char) -> Option<&'a str> {
    let (_, rest) = text.split_once(opening)?;
    rest.split_once(closing).map(|(value, _)| value)
}

/// The map in `inside`, which ends with the map's brace.
pub(super) fn map(inside: &str) -> Vec<(&str, &str)> {
    let mut tries = MAX_TRIES;
    Map::read(inside, &mut tries).pairs
}

/// The map that stands behind `opening` (which ends with the map's brace) and ends with the text.
///
/// What people wrote stands in the same text, and may look like a map. The vendor's map is the last one, so the places
/// are tried from the end, and one that holds a whole JSON value at the key `ext` wins.
pub(super) fn map_behind<'a>(text: &'a str, opening: &str) -> Vec<(&'a str, &'a str)> {
    let mut tries = MAX_TRIES;
    let mut fallback = None;
    for (at, _) in text.rmatch_indices(opening).take(MAX_TRIES) {
        let map = text.get(at.saturating_add(opening.len())..).map(|inside| Map::read(inside, &mut tries));
        match map {
            Some(map) if map.has_json_ext => return map.pairs,
            Some(map) => {
                fallback.get_or_insert(map.pairs);
            }
            None => {}
        }
    }
    fallback.unwrap_or_default()
}

#[derive(Default)]
struct Map<'a> {
    pairs: Vec<(&'a str, &'a str)>,
    has_json_ext: bool,
}

impl<'a> Map<'a> {
    fn read(mut rest: &'a str, tries: &mut usize) -> Self {
        let mut map = Self::default();
        while let Some(key) = key_at(rest) {
            let after = rest.get(key.len().saturating_add(1)..).unwrap_or_default();
            let json = json_at(after, tries);
            let (value, next) = json.unwrap_or_else(|| plain_at(after));
            map.has_json_ext |= key == "ext" && json.is_some();
            map.pairs.push((key, value));
            match next {
                Some(next) if map.pairs.len() < Payload::MAX_KEYS => rest = next,
                _ => break,
            }
        }
        map
    }
}

/// The key that `text` begins with, if an equals sign follows it.
fn key_at(text: &str) -> Option<&str> {
    let key_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let length = text.bytes().take(MAX_KEY).take_while(|byte| key_byte(*byte)).count();
    let (key, rest) = text.split_at_checked(length)?;
    (!key.is_empty() && rest.starts_with('=')).then_some(key)
}

/// A JSON value which fills its place: another key or nothing but closing braces follow. With it, what follows.
fn json_at<'a>(text: &'a str, tries: &mut usize) -> Option<(&'a str, Option<&'a str>)> {
    if !text.starts_with(['{', '[', '"']) {
        return None;
    }
    *tries = tries.checked_sub(1)?;
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let (value, rest) = text.split_at_checked(values.byte_offset())?;
    match rest.strip_prefix(", ") {
        Some(next) => key_at(next).map(|_| (value, Some(next))),
        None => rest.trim_end().bytes().all(|byte| byte == b'}').then_some((value, None)),
    }
}

/// Text up to the next key, or up to the braces that close the map and the object around it.
fn plain_at(text: &str) -> (&str, Option<&str>) {
    let next = text.match_indices(", ").find_map(|(at, separator)| {
        let next = text.get(at.saturating_add(separator.len())..)?;
        key_at(next).and_then(|_| text.get(..at)).map(|value| (value, Some(next)))
    });
    next.unwrap_or_else(|| {
        let text = text.trim_end();
        let value = text.strip_suffix("}}").or_else(|| text.strip_suffix('}')).unwrap_or(text);
        (value, None)
    })
}
