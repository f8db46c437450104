//! What no text may do to the reader of intent URIs.

use tim_offline_push::intent::{
    AndroidVersion, Intent, IntentFlags, ParseFlags, ParseUriError, Sanitizer, ToUriError, UriScheme,
};

/// The first byte is the flags, the second chooses the release of Android, the rest is the text.
pub fn parse_uri(data: &[u8]) {
    let [flags, version, rest @ ..] = data else { return };
    let text = String::from_utf8_lossy(rest);
    let levels = AndroidVersion::NEWEST.api_level() - AndroidVersion::OLDEST.api_level() + 1;
    let level = AndroidVersion::OLDEST.api_level() + version % levels;
    let version = AndroidVersion::new(level)
        .expect("a known level")
        .with_app_intent_encoding(version / levels % 2 == 0);
    let flags = ParseFlags::from_bits(u32::from(*flags));
    match Intent::parse_uri_on(&text, flags, version) {
        Ok(intent) => read(&intent, flags, version),
        Err(error) => refused(error, &text, version),
    }
}

fn read(intent: &Intent, flags: ParseFlags, version: AndroidVersion) {
    if !flags.intersects(ParseFlags::ALLOW_UNSAFE) {
        let selector = intent.selector().map_or_else(IntentFlags::default, Intent::flags);
        assert!(!(intent.flags() | selector).intersects(IntentFlags::URI_PERMISSIONS));
    }
    assert!(intent.action().is_some(), "the parser always sets an action");
    assert!(intent.selector().is_none_or(|selector| selector.selector().is_none()));
    printed(intent, version);
    prints_as_built(intent, version);
    for scheme in [UriScheme::AndroidApp, UriScheme::Bare] {
        match intent.to_uri_on(scheme, version) {
            Ok(uri) => drop(Intent::parse_uri_on(&uri, flags, version)),
            Err(error) => {
                assert_eq!(error, ToUriError::NoPackage);
                assert!(scheme == UriScheme::AndroidApp && intent.package().is_none());
            }
        }
    }
    let clean = Sanitizer::new().sanitize(intent.clone()).into_intent();
    assert!(clean.component().is_none() && clean.selector().is_none());
    assert!((clean.flags() & !Sanitizer::KEPT_FLAGS).is_empty() && clean.extended_flags() == 0);
    let again = Sanitizer::new().sanitize(clean.clone());
    assert!(again.stripped().is_empty(), "{:?}", again.stripped());
    assert_eq!(again.intent(), &clean);
}

/// What is read from a printed text is printed as a text that is read as the same. Nothing may be dropped in
/// between, since an intent of which nothing is left to write is read back as data.
fn printed(intent: &Intent, version: AndroidVersion) {
    let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
    let uri = intent.to_uri_on(UriScheme::Intent, version).expect("an intent: URI needs no package");
    let once = match Intent::parse_uri_on(&uri, flags, version) {
        Ok(once) => once,
        Err(error) => {
            // Such flags are printed as hex without a sign, which was not read then.
            let too_large = |intent: &Intent| i32::try_from(intent.flags().bits()).is_err();
            let too_large = too_large(intent) || intent.selector().is_some_and(too_large);
            assert!(version.api_level() < 35 && (too_large || has_raw_scheme(intent)), "{error}: {uri}");
            return;
        }
    };
    if version.api_level() < 34 && has_raw_scheme(&once) {
        return;
    }
    let uri = once.to_uri_on(UriScheme::Intent, version).expect("an intent: URI needs no package");
    assert_eq!(Intent::parse_uri_on(&uri, flags, version).as_ref(), Ok(&once), "{uri}");
}

/// Whatever of the text was kept as it stood there, it is what an intent has that was never read.
fn prints_as_built(intent: &Intent, version: AndroidVersion) {
    let built = rebuilt(intent);
    assert_eq!(intent, &built);
    for scheme in [UriScheme::Intent, UriScheme::AndroidApp, UriScheme::Bare] {
        assert_eq!(intent.to_uri_on(scheme, version), built.to_uri_on(scheme, version));
    }
}

/// Built of what the intent holds, in another order than that of the text.
fn rebuilt(intent: &Intent) -> Intent {
    let mut built = Intent::new().with_flags(intent.flags()).with_extended_flags(intent.extended_flags());
    for (key, value) in intent.extras() {
        built = built.with_extra(key.expect("no text is read as the null key"), value);
    }
    if let Some(selector) = intent.selector() {
        built = built.with_selector(rebuilt(selector));
    }
    if let Some(bounds) = intent.source_bounds() {
        built = built.with_source_bounds(bounds);
    }
    for category in intent.categories() {
        built = built.with_category(category);
    }
    if let Some(component) = intent.component() {
        built = built.with_component(component);
    }
    if let Some(package) = intent.package() {
        built = built.with_package(package);
    }
    if let Some(identifier) = intent.identifier() {
        built = built.with_identifier(identifier);
    }
    if let Some(mime_type) = intent.mime_type() {
        built = built.with_mime_type(mime_type);
    }
    if let Some(data) = intent.data() {
        built = built.with_data(data.as_str());
    }
    if let Some(action) = intent.action() {
        built = built.with_action(action);
    }
    built
}

/// Before API 34 a selector's scheme was printed without escapes.
fn has_raw_scheme(intent: &Intent) -> bool {
    intent.selector().and_then(Intent::data).is_some()
}

fn refused(error: ParseUriError, text: &str, version: AndroidVersion) {
    assert!(error.to_string().len() < 200);
    match error {
        ParseUriError::Syntax { index, .. } | ParseUriError::Number { index, .. } => {
            assert!(index.is_none_or(|index| index <= text.encode_utf16().count()));
        }
        ParseUriError::Endless => assert!(version.api_level() < 35),
        ParseUriError::TooLarge { .. } => assert!(text.len() > 1000),
        _ => panic!("an error of a new kind"),
    }
}
