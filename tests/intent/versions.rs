//! What the releases of Android do differently.

use tim_offline_push::intent::{
    AndroidUri, AndroidVersion, Component, Extra, Intent, IntentFlags, ParseFlags, ParseUriError,
    SyntaxReason, UriScheme,
};

fn api(level: u8) -> AndroidVersion {
    AndroidVersion::new(level).unwrap()
}

fn uri(intent: &Intent, level: u8) -> String {
    intent.to_uri_on(UriScheme::Intent, api(level)).unwrap()
}

fn app_uri(intent: &Intent, level: u8) -> String {
    intent.to_uri_on(UriScheme::AndroidApp, api(level)).unwrap()
}

fn read(uri: &str, level: u8) -> Result<Intent, ParseUriError> {
    Intent::parse_uri_on(uri, ParseFlags::INTENT_SCHEME, api(level))
}

#[test]
fn levels_from_23_to_36_are_known() {
    for level in 0..=u8::MAX {
        assert_eq!(AndroidVersion::new(level).is_some(), (23..=36).contains(&level), "{level}");
    }
    assert_eq!(AndroidVersion::NEWEST, api(36));
    assert_eq!(api(23), AndroidVersion::OLDEST);
    assert_eq!(api(34).to_string(), "API 34");
    assert!(api(34) < api(35));
    assert!(!api(34).with_app_intent_encoding(true).app_intent_encoding());
}

#[test]
fn the_identifier_came_with_29() {
    let intent = Intent::new().with_identifier("a b");
    assert_eq!(uri(&intent, 28), "intent:");
    assert_eq!(uri(&intent, 29), "intent:#Intent;identifier=a%20b;end");
    let item = "intent:#Intent;identifier=a;end";
    assert_eq!(read(item, 29).unwrap().identifier(), Some("a"));
    let unknown = ParseUriError::Syntax { reason: SyntaxReason::UnknownExtraType, index: Some(15) };
    assert_eq!(read(item, 28), Err(unknown));
}

#[test]
fn a_plus_in_the_scheme_came_after_23() {
    let intent = Intent::new().with_data("a+b:c");
    assert_eq!(uri(&intent, 23), "a+b:c");
    assert_eq!(uri(&intent, 29), "intent:c#Intent;scheme=a+b;end");
    assert_eq!(uri(&intent, 33), "intent:c#Intent;scheme=a+b;end");
    assert_eq!(uri(&intent, 34), "intent:c#Intent;scheme=a%2Bb;end");
}

/// Before API 34 a selector's scheme could bring items of its own (b/261858325).
#[test]
fn the_scheme_is_escaped_from_34_on() {
    let intent = Intent::new().with_selector(Intent::new().with_data("x;package=evil:y"));
    assert_eq!(uri(&intent, 33), "intent:#Intent;SEL;scheme=x;package=evil;end");
    assert_eq!(uri(&intent, 34), "intent:#Intent;SEL;scheme=x%3Bpackage%3Devil;end");
}

#[test]
fn extended_flags_came_with_35() {
    let intent = Intent::new().with_extended_flags(0x8000_0001);
    assert_eq!(uri(&intent, 34), "intent:");
    assert_eq!(uri(&intent, 35), "intent:#Intent;extendedLaunchFlags=0x80000001;end");
    let item = "intent:#Intent;extendedLaunchFlags=0x1;end";
    assert_eq!(read(item, 35).unwrap().extended_flags(), 1);
    let unknown = ParseUriError::Syntax { reason: SyntaxReason::UnknownExtraType, index: Some(15) };
    assert_eq!(read(item, 34), Err(unknown));
}

#[test]
fn the_highest_flag_is_read_from_35_on() {
    let intent = Intent::new().with_flags(IntentFlags::from_bits(0x8000_0000));
    let printed = uri(&intent, 34);
    assert_eq!(printed, "intent:#Intent;launchFlags=0x80000000;end");
    assert_eq!(read(&printed, 35).unwrap().flags(), intent.flags());
    let number = ParseUriError::Number { field: "launchFlags", index: Some(15) };
    assert_eq!(read(&printed, 34), Err(number));
    for (value, flags) in [("-0x80000000", 0x8000_0000), ("%2310", 0x10), ("010", 0o10), ("-1", 0xFFFF_FF3C)]
    {
        let read = read(&format!("intent:#Intent;launchFlags={value};end"), 23).unwrap();
        assert_eq!(read.flags().bits(), flags, "{value}");
    }
}

#[test]
fn parts_of_an_app_uri_are_escaped_from_35_on() {
    let intent = Intent::new().with_package("a b").with_data("http://h:80/p q?a=1#f");
    assert_eq!(app_uri(&intent, 34), "android-app://a b/http/h:80/p q?a=1#f");
    assert_eq!(app_uri(&intent, 35), "android-app://a%20b/http/h%3A80/p%20q?a%3D1#f");
    let without = api(36).with_app_intent_encoding(false);
    let unescaped = intent.to_uri_on(UriScheme::AndroidApp, without).unwrap();
    assert_eq!(unescaped, "android-app://a%20b/http/h:80/p q?a=1#f");

    let escaped = "android-app://a%20b/http/h%3A80/p";
    assert_eq!(read(escaped, 34).unwrap().package(), Some("a%20b"));
    let intent = read(escaped, 35).unwrap();
    assert_eq!(intent.package(), Some("a b"));
    assert_eq!(intent.data().map(AndroidUri::as_str), Some("http://h:80/p"));
}

/// API 35 refuses an item without `;`. Before, it had an empty value, and the text was read again from the
/// start.
#[test]
fn an_item_without_end() {
    let unended = "intent:#Intent;action=x";
    let missing = ParseUriError::Syntax { reason: SyntaxReason::EndNotFound, index: None };
    assert_eq!(read(unended, 35), Err(missing));
    // `intent:#Intent` is no item either.
    let illegal = ParseUriError::Syntax { reason: SyntaxReason::UnknownExtraType, index: Some(0) };
    assert_eq!(read(unended, 34), Err(illegal));
    let none = |uri: &str, level| Intent::parse_uri_on(uri, ParseFlags::NONE, api(level));
    // An app would hang here.
    assert_eq!(none("S.a=#Intent;action=foo", 34), Err(ParseUriError::Endless));
    assert_eq!(none("S.a=#Intent;action=foo", 35), Err(missing));
    // A text that begins with `end` is at its end when it is read again; the item's value was taken as empty.
    let intent = none("end#Intent;action=foo", 34).unwrap();
    assert_eq!(intent.action(), Some(""));
    assert_eq!(intent.data().map(AndroidUri::as_str), Some("end"));
    let intent = none("end#Intent;S.k=v", 23).unwrap();
    assert_eq!(intent.extra("k").as_ref().and_then(Extra::as_str), Some(""));
}

#[test]
fn the_authority_was_hardened_after_23() {
    let uri = AndroidUri::new("http://a@b@c:1:2\\d/e");
    let [old, new] = [api(23), api(29)].map(|version| uri.on(version));
    assert_eq!(old.encoded_authority(), Some("a@b@c:1:2\\d"));
    assert_eq!(new.encoded_authority(), Some("a@b@c:1:2"));
    assert_eq!(old.user_info().as_deref(), Some("a"));
    assert_eq!(new.user_info().as_deref(), Some("a@b"));
    assert_eq!(old.host().as_deref(), Some("b@c"));
    assert_eq!(new.host().as_deref(), Some("c:1"));
    assert_eq!((old.port(), new.port()), (None, Some(2)));
    assert_eq!(old.encoded_path(), Some("/e"));
    assert_eq!(new.encoded_path(), Some("\\d/e"));
}

/// What all releases have in common.
#[test]
fn the_example_of_the_document_is_the_same_everywhere() {
    let intent = Intent::new()
        .with_component(Component::new(
            "com.tencent.qcloud.tim.tuikit",
            "com.tencent.qcloud.tim.demo.chat.ChatActivity",
        ))
        .with_data("pushscheme://com.tencent.qcloud.tim/detail")
        .with_flags(IntentFlags::ACTIVITY_CLEAR_TOP);
    let expected = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
        component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
    for level in 23..=36 {
        assert_eq!(uri(&intent, level), expected);
        let read = read(expected, level).unwrap();
        assert_eq!(read, intent.clone().with_action(Intent::ACTION_VIEW));
    }
}
