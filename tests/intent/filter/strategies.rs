//! Arbitrary intents and filters.

use proptest::prelude::*;
use tim_offline_push::intent::filter::{
    Authority, ContentType, IntentFilter, PatternKind, PatternMatcher, RelativeFilterGroup, RelativePart,
};
use tim_offline_push::intent::{Component, Extra, Intent, IntentFlags, SourceBounds};

/// Text made of pieces that mean something in a URI, in a pattern or in XML.
pub(crate) fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "Z",
        "0",
        "80",
        ":",
        "/",
        "//",
        "?",
        "#",
        "@",
        ";",
        "&",
        "=",
        "%",
        "%41",
        "%e4%bd",
        "\\",
        ".",
        "*",
        "[",
        "]",
        "^",
        "-",
        "{",
        "}",
        ",",
        "+",
        "é",
        "你",
        "😀",
        "İ",
        " ",
        "\u{0}",
        "\n",
        "<",
        "\"",
        "intent:",
        "Intent;",
        "end",
        "SEL;",
        "S.k=",
        "http",
        "android-app:",
        "scheme=",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat()), any::<String>()]
}

fn extra() -> impl Strategy<Value = Extra> {
    prop_oneof![
        soup().prop_map(Extra::from),
        any::<bool>().prop_map(Extra::from),
        any::<i8>().prop_map(Extra::Byte),
        any::<i64>().prop_map(Extra::from),
        any::<f32>().prop_map(Extra::Float),
        any::<f64>().prop_map(Extra::from),
        any::<u16>().prop_map(Extra::Char),
        Just(Extra::Unprintable),
    ]
}

fn flat_intent() -> impl Strategy<Value = Intent> {
    let texts = (
        prop::option::of(soup()),
        prop::option::of(soup()),
        prop::option::of(soup()),
        prop::option::weighted(0.2, soup()),
        prop::option::weighted(0.3, soup()),
        prop::option::weighted(0.3, (soup(), soup())),
    );
    let rest = (
        prop::option::of(any::<u32>()),
        prop::option::weighted(0.1, any::<u32>()),
        prop::collection::vec(soup(), 0..3),
        prop::collection::vec((prop::option::weighted(0.9, soup()), extra()), 0..3),
        prop::option::weighted(0.2, any::<[i32; 4]>()),
    );
    (texts, rest).prop_map(|((action, data, mime_type, identifier, package, component), rest)| {
        let (flags, extended_flags, categories, extras, bounds) = rest;
        let mut intent = Intent::new()
            .with_flags(IntentFlags::from_bits(flags.unwrap_or(0)))
            .with_extended_flags(extended_flags.unwrap_or(0));
        intent = action.into_iter().fold(intent, Intent::with_action);
        intent = data.into_iter().fold(intent, Intent::with_data);
        intent = mime_type.into_iter().fold(intent, Intent::with_mime_type);
        intent = identifier.into_iter().fold(intent, Intent::with_identifier);
        intent = package.into_iter().fold(intent, Intent::with_package);
        intent = component
            .into_iter()
            .fold(intent, |intent, (package, class)| intent.with_component(Component::new(&package, &class)));
        intent = categories.into_iter().fold(intent, Intent::with_category);
        if let Some([left, top, right, bottom]) = bounds {
            intent = intent.with_source_bounds(SourceBounds { left, top, right, bottom });
        }
        for (key, value) in extras {
            match key {
                Some(key) => intent.set_extra(key, value),
                None => intent.set_extra_at_null(value),
            };
        }
        intent
    })
}

pub(crate) fn intent() -> impl Strategy<Value = Intent> {
    (flat_intent(), prop::option::weighted(0.2, flat_intent()))
        .prop_map(|(intent, selector)| selector.into_iter().fold(intent, Intent::with_selector))
}

fn pattern() -> impl Strategy<Value = PatternMatcher> {
    (prop::sample::select(PatternKind::ALL.to_vec()), soup()).prop_map(|(kind, text)| {
        PatternMatcher::new(kind, text.clone()).unwrap_or_else(|_| PatternMatcher::literal(text))
    })
}

pub(crate) fn filter() -> impl Strategy<Value = IntentFilter> {
    let authority = (soup(), prop::option::of(0..=i32::MAX.unsigned_abs())).prop_map(|(host, port)| {
        let authority = Authority::new(host);
        port.into_iter().fold(authority, Authority::with_port)
    });
    let content_type = soup().prop_filter_map("a type", |text| ContentType::new(text).ok());
    let part = prop::sample::select(vec![RelativePart::Path, RelativePart::Query, RelativePart::Fragment]);
    let group = prop::collection::vec((part, pattern()), 0..3).prop_map(|filters| {
        filters
            .into_iter()
            .fold(RelativeFilterGroup::allow(), |group, (part, pattern)| group.with_filter(part, pattern))
    });
    (
        prop::collection::vec(soup(), 0..3),
        prop::collection::vec(soup(), 0..3),
        prop::collection::vec(content_type, 0..2),
        prop::collection::vec(soup(), 0..3),
        prop::collection::vec(pattern(), 0..2),
        prop::collection::vec(authority, 0..3),
        prop::collection::vec(pattern(), 0..3),
        prop::collection::vec(group, 0..2),
    )
        .prop_map(|(actions, categories, types, schemes, parts, authorities, paths, groups)| {
            let mut filter = IntentFilter::new();
            filter = actions.into_iter().fold(filter, IntentFilter::with_action);
            filter = categories.into_iter().fold(filter, IntentFilter::with_category);
            filter = types.into_iter().fold(filter, IntentFilter::with_content_type);
            filter = schemes.into_iter().fold(filter, IntentFilter::with_scheme);
            filter = parts.into_iter().fold(filter, IntentFilter::with_scheme_specific_part);
            filter = authorities.into_iter().fold(filter, IntentFilter::with_authority);
            filter = paths.into_iter().fold(filter, IntentFilter::with_path);
            groups.into_iter().fold(filter, IntentFilter::with_group)
        })
}
