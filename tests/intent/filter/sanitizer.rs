//! The sanitiser for intents from untrusted sources.

use tim_offline_push::intent::{Extra, Intent, IntentFlags, Sanitizer, Stripped};

#[test]
fn sanitizer_takes_out_what_google_and_chromium_take_out() {
    let uri = "intent://example.com/#Intent;scheme=https;package=com.example.im;component=com.example.im/.Secret;\
               launchFlags=0x4800ff;S.browser_fallback_url=https%3A%2F%2Fexample.com;S.k=v;SEL;action=x;end";
    let clean = Sanitizer::new().sanitize_uri(&uri.replace("package=com.example.im;", "")).unwrap();
    assert_eq!(
        clean.stripped(),
        [
            Stripped::Component,
            Stripped::Selector,
            Stripped::GrantFlags(IntentFlags::URI_PERMISSIONS),
            Stripped::Flags(IntentFlags::from_bits(0x40_002c)),
            Stripped::FallbackUrl
        ]
    );
    assert_eq!(clean.fallback_url(), Some("https://example.com"));
    let intent = clean.into_intent();
    assert_eq!(intent.flags(), IntentFlags::from_bits(0x8_0010));
    assert_eq!(intent.extra("k"), Some(Extra::from("v")));
    assert!(intent.extra("browser_fallback_url").is_none() && intent.selector().is_none());
    assert!(intent.has_category(Intent::CATEGORY_BROWSABLE));
    assert_eq!(Sanitizer::new().sanitize(intent.clone()).into_intent(), intent, "clean stays as it is");

    let own = Sanitizer::new().keeping_components_of("com.example.im").sanitize_uri(uri).unwrap();
    assert!(own.intent().component().is_some() && !own.intent().has_category(Intent::CATEGORY_BROWSABLE));
    let other = Sanitizer::new().keeping_components_of("com.example").sanitize_uri(uri).unwrap();
    assert!(other.intent().component().is_none());
}

#[test]
fn sanitizer_refuses_data_that_reaches_files_or_script() {
    let clean = |data: &str| Sanitizer::new().sanitize(Intent::new().with_data(data));
    for data in
        ["file:///x", "content://a/b", "JavaScript:alert(1)", " javascript:x", "data:text/html,x", "jar:x"]
    {
        let clean = clean(data);
        assert!(matches!(clean.stripped(), [Stripped::DataScheme(_)]), "{data}");
        assert_eq!(clean.intent().data(), None);
    }
    assert!(clean("https://example.com/file:").stripped().is_empty());
    // The parser takes the last `#`, so that all of it is data.
    let nested = "intent://x/y#Intent;scheme=https;S.browser_fallback_url=https://example.com/#frag;end";
    let clean = Sanitizer::new().sanitize_uri(nested).unwrap();
    assert_eq!(clean.stripped(), [Stripped::DataScheme("intent")]);
    let granting = Intent::new().with_flags(IntentFlags::URI_PERMISSIONS).with_extended_flags(4);
    assert_eq!(
        Sanitizer::new().sanitize(granting).stripped(),
        [Stripped::GrantFlags(IntentFlags::URI_PERMISSIONS), Stripped::ExtendedFlags]
    );
    let fallback = Intent::new().with_extra("browser_fallback_url", "javascript:x");
    assert_eq!(Sanitizer::new().sanitize(fallback).fallback_url(), None);
}
