//! What Java objects print of themselves: `{key=value, key2=value2}`. Nothing is escaped in it, so it is read
//! leniently: an ext that is JSON is found exactly, anything else as well as the text allows.

use super::Payload;
use crate::json::value_len;

/// The longest key that ends the value before it, in bytes.
const MAX_KEY: usize = 64;

/// How many bytes are looked at in all. A text may have many places where a map could begin, and each is read
/// to its end in the worst case; vendors' texts stay far below this.
const BUDGET: usize = 16 * Payload::MAX_BYTES;

/// How many places are tried where a printed map may end.
const MAX_ENDS: usize = 4;

/// What a printed object says.
#[derive(Default)]
pub(super) struct Printed<'a> {
    /// The map of extras.
    pub(super) pairs: Vec<(&'a str, &'a str)>,
    /// The vendor's id of the message, from a place that its title and text cannot forge.
    pub(super) message_id: Option<&'a str>,
    /// Where the JSON value at the key `ext` begins and ends, in bytes from the end of the text.
    json_ext: Option<(usize, usize)>,
}

/// Reads Xiaomi's `MiPushMessage`: the id stands first, the map last.
pub(super) fn mi_push_message(text: &str) -> Printed<'_> {
    let id = text.split_once("messageId={").and_then(|(_, rest)| rest.split_once('}'));
    Printed { message_id: id.map(|(id, _)| id), ..map_behind(text, "extra={{", "}}").1 }
}

/// Reads vivo's `UPSNotificationMessage`. Up to SDK 3 the map stands last; SDK 4.0.4 prints
/// `mCustomValue= X, mExtentStatus= N` behind it, SDK 4.1.0 `mIsMacroReplace=N` to `mMsgArriveTime=N`. The id
/// stands right before the map, behind the title and the text, which may look like an id themselves.
pub(super) fn vivo_message(text: &str) -> Printed<'_> {
    let text = text.trim_end();
    let last_field = text.rsplit_once(", ").map_or("", |(_, field)| field);
    let behind_map = if last_field.starts_with("mMsgArriveTime=") {
        "}, mIsMacroReplace="
    } else if last_field.starts_with("mExtentStatus= ") {
        "}, mCustomValue="
    } else {
        ""
    };
    // The sender's own values may look like the end of the map: an ext that is JSON decides which end it is.
    let ends = text.rmatch_indices(behind_map).take(if behind_map.is_empty() { 0 } else { MAX_ENDS });
    let mut texts = ends.filter_map(|(at, _)| text.get(..at.saturating_add(1))).peekable();
    let text = texts.peek().copied().unwrap_or(text);
    let closing = if behind_map.is_empty() { "}}" } else { "}" };
    let params = |text| map_behind(text, "mParams={", closing);
    let (at, map) = texts.map(params).find(|(_, map)| map.json_ext.is_some()).unwrap_or_else(|| params(text));
    let id = text.get(..at).and_then(|before| before.strip_suffix(", "));
    let id = id.and_then(|before| before.rsplit_once("mMsgId=")).map(|(_, id)| id);
    let id = id.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    Printed { message_id: id, ..map }
}

/// The content of `{…}` or `Bundle[{…}]`, if the text is what a Java map or an Android bundle with that
/// content prints of itself.
pub(super) fn printed_map(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.strip_prefix("Bundle[").and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let inside = text.strip_prefix('{').filter(|_| text.ends_with('}'))?;
    key_at(inside).map(|_| inside)
}

/// Whether the text is what an object of that class prints: the class's name and a brace.
pub(super) fn is_of_class(text: &str, class: &str) -> bool {
    text.trim_start().strip_prefix(class).is_some_and(|rest| rest.starts_with('{'))
}

/// The text between `opening` and the last `closing`. What stands before it may look like an opening, and so
/// may what is in it: the first one counts behind which JSON fills the place, or else the last.
pub(super) fn quoted<'a>(text: &'a str, opening: &str, closing: &str) -> Option<&'a str> {
    let (text, _) = text.rsplit_once(closing)?;
    let mut budget = BUDGET;
    let places =
        text.match_indices(opening).filter_map(|(at, _)| text.get(at.saturating_add(opening.len())..));
    let is_json = |place: &&str| {
        place.starts_with(['{', '[', '"'])
            && spend(&mut budget, place.len())
            && value_len(place)
                .and_then(|length| place.get(length..))
                .is_some_and(|rest| rest.trim().is_empty())
    };
    places.clone().find(is_json).or_else(|| places.last())
}

/// The map in `inside`, which ends with the map's brace.
pub(super) fn map(inside: &str) -> Printed<'_> {
    Printed::read(inside, "}", &mut { BUDGET })
}

/// The map that stands after `opening` (which ends with the map's brace) and ends with the text, and where
/// `opening` is. `closing` are the braces of the map and of the object around it.
///
/// The title and the text of the message stand before it, unescaped, and may look like such a map; so may a
/// text within the ext. So the last map wins that holds a whole JSON value at the key `ext`, and does not
/// begin within such a value: a forged map that stands before the real one reads on into it.
fn map_behind<'a>(text: &'a str, opening: &str, closing: &str) -> (usize, Printed<'a>) {
    let mut budget = BUDGET;
    let mut fallback = None;
    let mut best = None;
    let mut inside_ext = 0..0;
    for (at, _) in text.match_indices(opening) {
        let Some(inside) = text.get(at.saturating_add(opening.len())..) else { continue };
        if inside_ext.contains(&at) || budget == 0 {
            continue;
        }
        let map = Printed::read(inside, closing, &mut budget);
        match map.json_ext {
            Some((from, to)) => {
                inside_ext = text.len().saturating_sub(from)..text.len().saturating_sub(to);
                best = Some((at, map));
            }
            None => {
                fallback.get_or_insert((at, map));
            }
        }
    }
    best.or(fallback).unwrap_or_default()
}

/// Takes bytes that are looked at off the budget. Returns whether more may be.
fn spend(budget: &mut usize, bytes: usize) -> bool {
    *budget = budget.saturating_sub(bytes);
    *budget > 0
}

impl<'a> Printed<'a> {
    /// Reads the content of a map.
    fn read(mut rest: &'a str, closing: &str, budget: &mut usize) -> Self {
        let mut map = Self::default();
        let mut open = 0;
        while let Some(key) = key_at(rest) {
            let after = rest.get(key.len().saturating_add(1)..).unwrap_or_default();
            let json = json_at(after, budget);
            if key == "ext" {
                map.json_ext = json.map(|(value, _)| (after.len(), after.len().saturating_sub(value.len())));
            }
            let (value, next) = json.unwrap_or_else(|| {
                let (value, next) = plain_at(after, closing);
                (without_closing(value, &mut open), next)
            });
            map.pairs.push((key, value));
            let may_go_on = spend(budget, value.len()) && map.pairs.len() < Payload::MAX_KEYS;
            match next {
                Some(next) if may_go_on => rest = next,
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

/// A JSON value which fills its place: another key or nothing but closing braces follow. With it, what
/// follows.
fn json_at<'a>(text: &'a str, budget: &mut usize) -> Option<(&'a str, Option<&'a str>)> {
    if !text.starts_with(['{', '[', '"']) || !spend(budget, text.len()) {
        return None;
    }
    let (value, rest) = text.split_at_checked(value_len(text)?)?;
    match rest.strip_prefix(", ") {
        Some(next) => key_at(next).map(|_| (value, Some(next))),
        None => rest.trim_end().bytes().all(|byte| byte == b'}').then_some((value, None)),
    }
}

/// The value without the braces that close maps which values before it have opened: those are read as one map.
fn without_closing<'a>(mut value: &'a str, open: &mut usize) -> &'a str {
    let [opens, closes] = ['{', '}'].map(|brace| value.matches(brace).count());
    *open = open.saturating_add(opens.saturating_sub(closes));
    for _ in opens..closes {
        match value.strip_suffix('}').filter(|_| *open > 0) {
            Some(rest) => (value, *open) = (rest, open.saturating_sub(1)),
            None => break,
        }
    }
    value
}

/// Text up to the next key, or up to the braces that close the map and the object around it.
fn plain_at<'a>(text: &'a str, closing: &str) -> (&'a str, Option<&'a str>) {
    let next = text.match_indices(", ").find_map(|(at, separator)| {
        let next = text.get(at.saturating_add(separator.len())..)?;
        key_at(next).and_then(|_| text.get(..at)).map(|value| (value, Some(next)))
    });
    next.unwrap_or_else(|| {
        let text = text.trim_end();
        let value = text.strip_suffix(closing).or_else(|| text.strip_suffix('}')).unwrap_or(text);
        (value, None)
    })
}
