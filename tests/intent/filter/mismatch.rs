//! Which part of a filter did not match, and which filter came nearest.

use tim_offline_push::intent::Intent;
use tim_offline_push::intent::filter::{
    Authority, ContentType, FilterPart, IntentFilter, Mismatch, NoMatch, PatternMatcher,
};

fn view() -> Intent {
    Intent::new().with_action(Intent::ACTION_VIEW)
}

fn filter() -> IntentFilter {
    IntentFilter::new()
        .with_action(Intent::ACTION_VIEW)
        .with_category(Intent::CATEGORY_DEFAULT)
        .with_scheme("app")
        .with_authority(Authority::new("a.example").with_port(1))
        .with_authority(Authority::new("*.b.example"))
        .with_path(PatternMatcher::prefix("/chat"))
}

#[test]
fn the_name_of_a_part_fills_the_width_of_a_column() {
    let names = [FilterPart::Action, FilterPart::SchemeSpecificPart].map(|part| format!("{part:<21}|"));
    assert_eq!(names, ["action               |", "scheme-specific part |"]);
}

#[test]
fn each_part_is_named_with_both_values() {
    let with_ssp =
        IntentFilter::new().with_scheme("s").with_scheme_specific_part(PatternMatcher::literal("x"));
    let with_type = IntentFilter::new().with_content_type(ContentType::new("image/*").unwrap());
    for (filter, intent, part, test, words) in [
        (
            filter(),
            Intent::new().with_action("x"),
            FilterPart::Action,
            NoMatch::Action,
            r#"action: the intent has "x", the filter takes "android.intent.action.VIEW""#,
        ),
        (
            filter(),
            view().with_data("web://a.example:1/chat"),
            FilterPart::Scheme,
            NoMatch::Data,
            r#"scheme: the intent has "web", the filter takes "app""#,
        ),
        (
            filter(),
            view(),
            FilterPart::Scheme,
            NoMatch::Data,
            r#"scheme: the intent has none, the filter takes "app""#,
        ),
        (
            filter(),
            view().with_data("app://c.example/chat"),
            FilterPart::Host,
            NoMatch::Data,
            r#"host: the intent has "c.example", the filter takes "a.example" or "*.b.example""#,
        ),
        (
            filter(),
            view().with_data("app://A.example:2/chat"),
            FilterPart::Port,
            NoMatch::Data,
            r#"port: the intent has "2", the filter takes "1""#,
        ),
        (
            filter(),
            view().with_data("app://x.b.example/%E7%BE%A4?q"),
            FilterPart::Path,
            NoMatch::Data,
            r#"path: the intent has "/群", the filter takes "/chat""#,
        ),
        (
            filter(),
            view().with_data("app://x.b.example/chat/1").with_mime_type("text/plain"),
            FilterPart::Type,
            NoMatch::Type,
            r#"type: the intent has "text/plain", the filter takes none"#,
        ),
        (
            filter(),
            view().with_data("app://x.b.example/chat/1").with_category("c").with_category("b"),
            FilterPart::Category,
            NoMatch::Category,
            r#"category: the intent has "b", the filter takes "android.intent.category.DEFAULT""#,
        ),
        (
            with_ssp,
            view().with_action("").with_data("s:y"),
            FilterPart::Action,
            NoMatch::Action,
            r#"action: the intent has "", the filter takes none"#,
        ),
        (
            with_type.clone(),
            Intent::new().with_data("https://h").with_mime_type("image/png"),
            FilterPart::Scheme,
            NoMatch::Data,
            r#"scheme: the intent has "https", the filter takes "content" or "file""#,
        ),
        (
            with_type,
            Intent::new(),
            FilterPart::Type,
            NoMatch::Type,
            r#"type: the intent has none, the filter takes "image/*""#,
        ),
        (
            IntentFilter::new(),
            Intent::new().with_mime_type("a/b"),
            FilterPart::Type,
            NoMatch::Data,
            r#"type: the intent has "a/b", the filter takes none"#,
        ),
    ] {
        let mismatch = filter.explain(&intent).unwrap_err();
        assert_eq!(mismatch.part(), part, "{words}");
        assert_eq!(mismatch.to_string(), words);
        assert_eq!(filter.matches(&intent), Err(test));
    }
}

/// A launcher filter that stands first is not the one to blame.
#[test]
fn the_nearest_filter_is_named() {
    let launcher =
        IntentFilter::new().with_action(Intent::ACTION_MAIN).with_category(Intent::CATEGORY_LAUNCHER);
    let other = IntentFilter::new().with_action(Intent::ACTION_VIEW).with_scheme("other");
    let intent = view().with_data("app://c.example/chat");
    let (place, nearest) = Mismatch::nearest([&launcher, &other, &filter(), &filter()], &intent).unwrap();
    assert_eq!((place, nearest.part()), (2, FilterPart::Host));
    let words = r#"host: the intent has "c.example", the filter takes "a.example" or "*.b.example""#;
    assert_eq!(nearest.to_string(), words);
    assert!(!format!("{nearest:?}").contains("c.example"));
    assert_eq!(Mismatch::nearest([&launcher, &filter()], &view().with_data("app://x.b.example/chat")), None);
    assert_eq!(Mismatch::nearest([], &intent), None);
}
