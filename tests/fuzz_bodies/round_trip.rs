//! An intent comes back as `Intent::check_round_trip` says, field by field.

use std::collections::HashMap;

use tim_offline_push::intent::{
    Component, Extra, Intent, IntentFlags, Loss, ParseFlags, SourceBounds, ToUriError, UriScheme,
};

/// The bytes are pieces: a byte for the sort, one for the length, then so many bytes.
pub fn round_trip(data: &[u8]) {
    holds(&built(data));
}

/// Makes an intent of the pieces.
pub fn built(data: &[u8]) -> Intent {
    let mut intent = Intent::new();
    let mut outer = None;
    let mut rest = data;
    while let [sort, len, behind @ ..] = rest {
        let (piece, next) = behind.split_at(usize::from(*len).min(behind.len()));
        rest = next;
        match sort % 25 {
            0 if outer.is_none() => outer = Some(std::mem::take(&mut intent)),
            sort => intent = with_piece(intent, sort, piece),
        }
    }
    match outer {
        Some(outer) => outer.with_selector(intent),
        None => intent,
    }
}

fn with_piece(mut intent: Intent, sort: u8, piece: &[u8]) -> Intent {
    let text = String::from_utf8_lossy(piece);
    let text = &*text;
    let (first, second) = text.split_once('\n').unwrap_or((text, ""));
    match sort {
        1 => return intent.with_action(text),
        2 => return intent.with_data(text),
        3 => return intent.with_mime_type(text),
        4 => return intent.with_identifier(text),
        5 => return intent.with_package(text),
        6 => return intent.with_component(Component::new(first, second)),
        7 => return intent.with_flags(IntentFlags::from_bits(u32::from_le_bytes(number(piece).0))),
        8 => return intent.with_extended_flags(u32::from_le_bytes(number(piece).0)),
        9 | 10 => return intent.with_category(text),
        11 => {
            let (left, piece) = number(piece);
            let (top, piece) = number(piece);
            let (right, piece) = number(piece);
            let [left, top, right, bottom] = [left, top, right, number(piece).0].map(i32::from_le_bytes);
            return intent.with_source_bounds(SourceBounds { left, top, right, bottom });
        }
        12 => drop(intent.set_extra_at_null(text)),
        13 => drop(intent.set_extra(text, Extra::Unprintable)),
        14..=16 => drop(intent.set_extra(first, second)),
        _ => {
            let (bytes, key) = number::<8>(piece);
            let bits = u64::from_le_bytes(bytes);
            let [low, ..] = bytes;
            let value = match sort {
                17 => Extra::Boolean(low % 2 == 0),
                18 => Extra::Byte(i8::from_le_bytes(number(piece).0)),
                19 => Extra::Char(u16::from_le_bytes(number(piece).0)),
                20 => Extra::Double(f64::from_bits(bits)),
                21 => Extra::Float(f32::from_le_bytes(number(piece).0)),
                22 => Extra::Int(i32::from_le_bytes(number(piece).0)),
                23 => Extra::Short(i16::from_le_bytes(number(piece).0)),
                _ => Extra::Long(i64::from_le_bytes(bytes)),
            };
            drop(intent.set_extra(&*String::from_utf8_lossy(key), value));
        }
    }
    intent
}

/// The first bytes, or zeros, and what is left.
fn number<const N: usize>(piece: &[u8]) -> ([u8; N], &[u8]) {
    piece.split_first_chunk().map_or(([0; N], piece), |(bytes, rest)| (*bytes, rest))
}

/// Writes and reads the intent in each of the three forms.
pub fn holds(intent: &Intent) {
    for (scheme, flags) in [
        (UriScheme::Intent, ParseFlags::INTENT_SCHEME),
        (UriScheme::AndroidApp, ParseFlags::ANDROID_APP_SCHEME),
        (UriScheme::Bare, ParseFlags::NONE),
    ] {
        let uri = match intent.to_uri(scheme) {
            Ok(uri) => uri,
            Err(error) => {
                assert_eq!(error, ToUriError::NoPackage);
                assert!(scheme == UriScheme::AndroidApp && intent.package().is_none());
                assert_eq!(intent.check_round_trip(scheme), Err(ToUriError::NoPackage));
                continue;
            }
        };
        let losses = intent.check_round_trip(scheme).expect("there is a URI");
        assert!(losses.iter().all(|loss| !loss.to_string().is_empty()));
        let Ok(back) = Intent::parse_uri(&uri, flags) else {
            let [loss] = losses.as_slice() else { panic!("{} losses of one error", losses.len()) };
            assert_eq!(loss.field(), "intent");
            continue;
        };
        assert_eq!(losses.is_empty(), &back == intent, "{scheme:?} {uri}: {losses:?}");
        let own: Vec<_> = losses.iter().filter(|loss| !loss.in_selector()).collect();
        compare(intent, &back, &own);
        if let (Some(selector), Some(back)) = (intent.selector(), back.selector()) {
            let own: Vec<_> = losses.iter().filter(|loss| loss.in_selector()).collect();
            compare(selector, back, &own);
        }
    }
}

/// A field has a loss exactly if it is another.
fn compare(intent: &Intent, back: &Intent, losses: &[&Loss]) {
    let of_field = |field: &str, key: Option<&str>, differs: bool| {
        let named = losses.iter().any(|loss| loss.field() == field && loss.extra_key() == key);
        assert_eq!(named, differs, "{field} ({key:?}) of {losses:?}");
    };
    let differs = |field: &str, differs: bool| of_field(field, None, differs);
    differs("action", intent.action() != back.action());
    differs("data", intent.data() != back.data());
    differs("type", intent.mime_type() != back.mime_type());
    differs("identifier", intent.identifier() != back.identifier());
    differs("package", intent.package() != back.package());
    differs("component", intent.component() != back.component());
    differs("flags", intent.flags() != back.flags());
    differs("extended flags", intent.extended_flags() != back.extended_flags());
    differs("categories", !intent.categories().eq(back.categories()));
    differs("source bounds", intent.source_bounds() != back.source_bounds());
    differs("selector", intent.selector().is_some() != back.selector().is_some());

    let was: HashMap<_, _> = intent.extras().collect();
    let is: HashMap<_, _> = back.extras().collect();
    assert!(!is.contains_key(&None), "no text is read as the null key");
    for key in was.keys().chain(is.keys()) {
        // The null key is read back as the text, and is what is noted then.
        let of_null_key = *key == Some("null") && !was.contains_key(key) && was.contains_key(&None);
        let other = !of_null_key && was.get(key) != is.get(key);
        of_field("extra", *key, other);
    }
    for loss in losses {
        if loss.field() == "extra" {
            let key = loss.extra_key();
            assert!(was.contains_key(&key) || is.contains_key(&key));
        }
    }
}
