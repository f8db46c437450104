//! What errors tell, and what they never tell.

use proptest::prelude::*;
use tim_offline_push::intent::{
    AndroidVersion, Intent, ParseFlags, ParseUriError, SyntaxReason, ToUriError, UriScheme,
};

fn refused(uri: &str) -> ParseUriError {
    Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).unwrap_err()
}

#[test]
fn a_syntax_error_reads_as_on_android() {
    let cases = [
        ("intent:#Intent;action=x", "uri end not found"),
        ("intent:#Intent;foo;end", "illegal Intent URI format at index 15"),
        ("intent:#Intent;foo=bar;end", "unknown EXTRA type at index 15"),
        ("android-app:", "illegal Intent URI format"),
    ];
    for (uri, message) in cases {
        assert_eq!(refused(uri).to_string(), message);
    }
}

/// Places count UTF-16 units.
#[test]
fn places_are_counted_as_java_counts() {
    let reason = SyntaxReason::UnknownExtraType;
    for (before, units) in [("", 0), ("é", 1), ("汉字", 2), ("😀", 2)] {
        let error = refused(&format!("intent:{before}#Intent;foo=bar;end"));
        assert_eq!(error, ParseUriError::Syntax { reason, index: Some(15 + units) });
    }
}

#[test]
fn a_number_error_names_the_field() {
    let cases = [
        ("launchFlags=x", "launchFlags"),
        ("launchFlags=0x100000000", "launchFlags"),
        ("extendedLaunchFlags=08", "extendedLaunchFlags"),
        ("sourceBounds=1%202%203%204294967296", "sourceBounds"),
        ("b.k=128", "a byte extra"),
        ("s.k=-32769", "a short extra"),
        ("i.k=2147483648", "an int extra"),
        ("l.k=9223372036854775808", "a long extra"),
        ("f.k=", "a float extra"),
        ("d.k=1e", "a double extra"),
    ];
    for (item, field) in cases {
        let error = refused(&format!("intent:#Intent;{item};end"));
        assert_eq!(error, ParseUriError::Number { field, index: Some(15) }, "{item}");
        assert!(error.to_string().starts_with(&format!("value of {field} is not a number in range")));
    }
}

#[test]
fn an_app_uri_needs_a_package() {
    let error = Intent::new().with_data("http://h/").to_uri(UriScheme::AndroidApp).unwrap_err();
    assert_eq!(error, ToUriError::NoPackage);
    assert_eq!(error.to_string(), "intent has no package: an android-app uri must name one");
}

proptest! {
    /// No word of the text is in an error, nor in the debug form of an intent's data and extras.
    #[test]
    fn nothing_of_the_text_is_told(
        item in "(S\\.|i\\.|launchFlags=|foo|c\\.|extras\\(S)?(canary7)[=;)%!]{0,3}(canary7)?;?",
        fragment in prop::sample::select(vec!["#Intent;", "#", "#action(", "#extras("]),
        flags in 0..8_u32,
    ) {
        let uri = format!("http://canary7/{fragment}{item}end");
        for version in [AndroidVersion::OLDEST, AndroidVersion::NEWEST] {
            match Intent::parse_uri_on(&uri, ParseFlags::from_bits(flags), version) {
                Ok(intent) => {
                    let told = format!("{:?}", intent.data());
                    prop_assert!(!told.contains("canary7"), "{}", told);
                    for (_, value) in intent.extras() {
                        let told = format!("{value:?}");
                        prop_assert!(!told.contains("canary7"), "{}", told);
                    }
                }
                Err(error) => {
                    let told = format!("{error} {error:?}");
                    prop_assert!(!told.contains("canary7"), "{}", told);
                }
            }
        }
    }
}
