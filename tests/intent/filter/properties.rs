//! What must hold for any input.

use proptest::prelude::*;
use tim_offline_push::intent::filter::{PatternKind, PatternMatcher, required_filter};
use tim_offline_push::intent::manifest::FilterElement;
use tim_offline_push::intent::{AndroidUri, Intent, ParseFlags, Sanitizer, ToUriError, UriScheme};

use super::patterns::simple;
use super::strategies::{filter, intent, soup};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn required_filter_takes_its_intent(intent in intent()) {
        let filter = required_filter(&intent);
        prop_assert!(filter.matches(&intent).is_ok(), "{:?} for {:?}", filter, intent.data().map(AndroidUri::as_str));
        let with_default = filter.with_category(Intent::CATEGORY_DEFAULT);
        prop_assert!(with_default.matches(&intent).is_ok());
    }

    #[test]
    fn required_filter_takes_any_uri(uri in soup(), flags in 0..8_u32) {
        if let Ok(intent) = Intent::parse_uri(&uri, ParseFlags::from_bits(flags)) {
            prop_assert!(required_filter(&intent).matches(&intent).is_ok());
        }
    }

    #[test]
    fn patterns_never_panic_and_plain_ones_agree_with_str(pattern in soup(), text in soup()) {
        prop_assert_eq!(PatternMatcher::literal(pattern.clone()).matches(&text), pattern == text);
        prop_assert_eq!(PatternMatcher::prefix(pattern.clone()).matches(&text), text.starts_with(&pattern));
        prop_assert_eq!(PatternMatcher::new(PatternKind::Suffix, pattern.clone()).unwrap().matches(&text), text.ends_with(&pattern));
        simple(&pattern, &text);
        if let Ok(glob) = PatternMatcher::new(PatternKind::AdvancedGlob, pattern) {
            glob.matches(&text);
        }
    }

    #[test]
    fn an_escaped_text_matches_itself_alone(text in "[^.]{0,20}", other in soup()) {
        let escaped: String = text.chars().flat_map(|char| ['\\', char]).collect();
        for kind in [PatternKind::SimpleGlob, PatternKind::AdvancedGlob] {
            let glob = PatternMatcher::new(kind, escaped.clone()).unwrap();
            prop_assert!(glob.matches(&text), "{:?}", glob);
            prop_assert_eq!(glob.matches(&other), other == text);
        }
    }

    #[test]
    fn a_filter_survives_its_element(filter in filter()) {
        prop_assert_eq!(FilterElement::from(&filter).to_filter(), Ok(filter));
    }

    #[test]
    fn filters_match_without_panic_and_say_why_not(filter in filter(), intent in intent()) {
        match filter.matches(&intent) {
            Ok(category) => prop_assert!(category.value() >= 0x10_8000),
            Err(no_match) => prop_assert!((-4..=-1).contains(&no_match.value())),
        }
    }

    #[test]
    fn check_round_trip_finds_every_difference(intent in intent(), scheme in prop::sample::select(vec![
        (UriScheme::Intent, ParseFlags::INTENT_SCHEME),
        (UriScheme::AndroidApp, ParseFlags::ANDROID_APP_SCHEME),
        (UriScheme::Bare, ParseFlags::NONE),
    ])) {
        let (scheme, flags) = scheme;
        let Ok(uri) = intent.to_uri(scheme) else {
            prop_assert_eq!(intent.check_round_trip(scheme), Err(ToUriError::NoPackage));
            return Ok(());
        };
        let equal = Intent::parse_uri(&uri, flags).as_ref() == Ok(&intent);
        let losses = intent.check_round_trip(scheme).unwrap();
        prop_assert_eq!(losses.is_empty(), equal, "{:?} of {}", losses, uri);
    }

    #[test]
    fn sanitized_intents_hold_nothing_that_was_to_go(intent in intent()) {
        let clean = Sanitizer::new().sanitize(intent).into_intent();
        prop_assert!(clean.component().is_none() && clean.selector().is_none());
        prop_assert!((clean.flags() & !Sanitizer::KEPT_FLAGS).is_empty());
        prop_assert!(clean.has_category(Intent::CATEGORY_BROWSABLE));
        prop_assert!(Sanitizer::new().sanitize(clean).stripped().is_empty());
    }
}
