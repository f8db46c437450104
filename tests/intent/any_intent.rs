//! Any intent, and any text that looks like one.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tim_offline_push::intent::{
    AndroidUri, AndroidVersion, Component, Extra, Intent, IntentFlags, ParseFlags, SourceBounds, UriScheme,
};

use crate::{parse_uri, round_trip, uri_decode};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z.]{0,12}",
        2 => "[ -~]{0,12}",
        1 => ".{0,8}",
        1 => "(Aa|BB){1,4}",
        1 => "[#;=%/:.!()?\\\\@]{0,6}",
    ]
}

fn data() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z+.-]{1,8}:(//[a-z@:0-9]{0,8})?(/[a-z%0-9]{0,6}){0,3}(\\?[a-z=&]{0,6})?(#[a-z]{0,4})?",
        1 => "(intent|android-app|http):[ -~]{0,12}(#Intent;[a-z=;.]{0,12})?",
        2 => text(),
    ]
}

fn extra() -> impl Strategy<Value = Extra> {
    prop_oneof![
        4 => text().prop_map(Extra::from),
        1 => any::<bool>().prop_map(Extra::from),
        1 => any::<i8>().prop_map(Extra::Byte),
        1 => any::<u16>().prop_map(Extra::Char),
        1 => any::<u64>().prop_map(|bits| Extra::from(f64::from_bits(bits))),
        1 => any::<u32>().prop_map(|bits| Extra::Float(f32::from_bits(bits))),
        1 => any::<i32>().prop_map(Extra::from),
        1 => any::<i64>().prop_map(Extra::from),
        1 => any::<i16>().prop_map(Extra::Short),
        1 => Just(Extra::Unprintable),
    ]
}

fn bounds() -> impl Strategy<Value = SourceBounds> {
    any::<[i32; 4]>().prop_map(|[left, top, right, bottom]| SourceBounds { left, top, right, bottom })
}

fn flat_intent() -> impl Strategy<Value = Intent> {
    let texts = [0; 4].map(|_| option::of(text()));
    let rest = (option::of((text(), text())), option::of(bounds()), any::<[u32; 2]>(), 0..3_u8);
    let collections = (vec(text(), 0..5), vec((option::weighted(0.95, text()), extra()), 0..6));
    (texts, option::of(data()), rest, collections).prop_map(|(texts, data, rest, (categories, extras))| {
        let [action, mime_type, identifier, package] = &texts;
        let (component, bounds, [flags, extended], with_flags) = &rest;
        let mut intent = Intent::new();
        if let Some(action) = action {
            intent = intent.with_action(action.as_str());
        }
        if let Some(data) = &data {
            intent = intent.with_data(data.as_str());
        }
        if let Some(mime_type) = mime_type {
            intent = intent.with_mime_type(mime_type.as_str());
        }
        if let Some(identifier) = identifier {
            intent = intent.with_identifier(identifier.as_str());
        }
        if let Some(package) = package {
            intent = intent.with_package(package.as_str());
        }
        if let Some((package, class)) = component {
            intent = intent.with_component(Component::new(package.as_str(), class.as_str()));
        }
        if *with_flags > 0 {
            intent = intent.with_flags(IntentFlags::from_bits(*flags));
        }
        if *with_flags > 1 {
            intent = intent.with_extended_flags(*extended);
        }
        if let Some(bounds) = bounds {
            intent = intent.with_source_bounds(*bounds);
        }
        for category in &categories {
            intent.add_category(category.as_str());
        }
        for (key, value) in extras {
            match &key {
                Some(key) => intent.set_extra(key.as_str(), value),
                None => intent.set_extra_at_null(value),
            };
        }
        intent
    })
}

fn intent() -> impl Strategy<Value = Intent> {
    (flat_intent(), option::weighted(0.3, flat_intent())).prop_map(|(intent, selector)| match selector {
        Some(selector) => intent.with_selector(selector),
        None => intent,
    })
}

/// Words of the two forms of URI, and what may stand between them.
fn uri_like() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => proptest::sample::select(vec![
            "intent:", "android-app:", "//", "/", "#Intent;", "#", ";", "=", ";end", "end", "SEL;", "action=", "category=",
            "type=", "identifier=", "launchFlags=", "extendedLaunchFlags=", "package=", "component=", "scheme=",
            "sourceBounds=", "1%202%203%204", "S.", "B.", "b.", "c.", "d.", "f.", "i.", "l.", "s.", "action(", "categories(",
            "type(", "launchFlags(", "component(", "extras(", ")", "!", "0x80000000", "-1", "1e9", "true", "%", "%41", "Aa",
            "BB", "http", ":", "%22", "%2F", "%2f", "%E5%BC%A0", "%F0%9F%98%80", "%ED%A0%80", "%C3", "%80", "%C1%BF", "%E0%80%80", "%F0%8F%BF%BF",
            "%F4%90%80%80", "S.k=", "i.k=", "f.k=", "d.k=",
            "007", "-0", "1.5", "0.50", "00.5", "com.a/.B", "com.a/com.a.B", "category=android.intent.category.DEFAULT",
        ]).prop_map(str::to_owned),
        2 => text(),
    ];
    (prop_oneof!["", "intent:", "intent:#Intent;", "android-app://p#Intent;", "x#"], vec(word, 0..16))
        .prop_map(|(start, words)| start + &words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is lost is said, and nothing else is.
    #[test]
    fn an_intent_comes_back_as_is_said(intent in intent()) {
        round_trip::holds(&intent);
    }

    /// What comes back twice comes back for ever. Once is not enough: what the parser drops may be all there
    /// was to write, and then the text is data.
    #[test]
    fn a_printed_intent_settles(intent in intent()) {
        let read = |uri: &str| Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME);
        let once = read(&intent.to_uri(UriScheme::Intent)?)?;
        let twice = read(&once.to_uri(UriScheme::Intent)?)?;
        prop_assert_eq!(read(&twice.to_uri(UriScheme::Intent)?)?, twice);
    }

    #[test]
    fn a_text_like_a_uri_is_read_without_harm(text in uri_like(), flags in 0..8_u8, version: u8) {
        parse_uri::parse_uri(&[&[flags, version], text.as_bytes()].concat());
    }

    #[test]
    fn any_text_is_read_without_harm(text in ".{0,40}", flags in 0..8_u8, version: u8) {
        parse_uri::parse_uri(&[&[flags, version], text.as_bytes()].concat());
    }

    #[test]
    fn any_text_is_escaped_and_unescaped(text in ".{0,40}", split in 0..16_u8) {
        uri_decode::uri_decode(&[&[split], text.as_bytes()].concat());
    }

    #[test]
    fn half_escapes_are_unescaped(text in "[%0-9a-fA-Fz+é😀]{0,20}") {
        uri_decode::uri_decode(&[&[0], text.as_bytes()].concat());
    }

    /// A text without `#` and without the scheme of an intent is data and nothing else, verbatim.
    #[test]
    fn other_texts_are_data(text in "[^#]{0,20}") {
        prop_assume!(!text.starts_with("intent:") && !text.starts_with("android-app:"));
        for version in [AndroidVersion::OLDEST, AndroidVersion::NEWEST] {
            let intent = Intent::parse_uri_on(&text, ParseFlags::NONE, version)?;
            prop_assert_eq!(intent.data().map(AndroidUri::as_str), Some(text.as_str()));
            prop_assert_eq!(intent, Intent::new().with_action(Intent::ACTION_VIEW).with_data(text.as_str()));
        }
    }
}
