//! What a URI loses, and what it is taken for.

use tim_offline_push::intent::{
    Change, Component, Extra, Intent, IntentFlags, Loss, LossCause, ParseFlags, ToUriError, UriScheme,
};

fn losses(intent: &Intent, scheme: UriScheme) -> Vec<(String, Change, Option<LossCause>)> {
    intent
        .check_round_trip(scheme)
        .unwrap()
        .into_iter()
        .map(|loss| (named(&loss), loss.change(), loss.cause()))
        .collect()
}

/// The field, and the key of an extra.
fn named(loss: &Loss) -> String {
    match loss.extra_key() {
        Some(key) => format!("{} {key}", loss.field()),
        None => loss.field().to_owned(),
    }
}

#[test]
fn round_trip_names_each_loss_with_its_rule() {
    let view = || Intent::new().with_action(Intent::ACTION_VIEW).with_category("c");
    let mut null_key = view();
    null_key.set_extra_at_null("x");
    for (intent, expected) in [
        (Intent::new().with_package("p"), ("action", Change::Changed, LossCause::DefaultAction)),
        (
            view().with_flags(IntentFlags::GRANT_READ_URI_PERMISSION),
            ("flags", Change::Lost, LossCause::GrantFlags),
        ),
        (
            view().with_flags(IntentFlags::GRANT_READ_URI_PERMISSION | IntentFlags::ACTIVITY_CLEAR_TOP),
            ("flags", Change::Changed, LossCause::GrantFlags),
        ),
        (view().with_extra("k", Extra::Unprintable), ("extra k", Change::Lost, LossCause::UnprintableExtra)),
        (view().with_extra("k", Extra::Char(0xD800)), ("extra k", Change::Changed, LossCause::LoneSurrogate)),
        (null_key, ("extra", Change::Lost, LossCause::NullKey)),
        (
            view().with_package("p").with_selector(Intent::new()),
            ("selector", Change::Lost, LossCause::SelectorBesidePackage),
        ),
        (
            view().with_selector(Intent::new().with_data("https://h/p")),
            ("data", Change::Changed, LossCause::SelectorData),
        ),
        (
            view().with_component(Component::new("a/b", "c")),
            ("component", Change::Changed, LossCause::ComponentForm),
        ),
        (
            view().with_component(Component::new("p", "")),
            ("component", Change::Lost, LossCause::ComponentForm),
        ),
    ] {
        let (field, change, cause) = expected;
        assert_eq!(losses(&intent, UriScheme::Intent), [(field.to_owned(), change, Some(cause))]);
        assert!(!intent.check_round_trip(UriScheme::Intent).unwrap()[0].is_misread(), "{cause}");
    }
}

#[test]
fn empty_data_is_lost_or_kept_by_what_stands_beside_it() {
    let empty = Intent::new().with_action(Intent::ACTION_VIEW).with_data("");
    assert!(losses(&empty, UriScheme::Intent).is_empty(), "the empty text is read as empty data");
    assert_eq!(
        losses(&empty.with_package("p"), UriScheme::Bare),
        [("data".to_owned(), Change::Lost, Some(LossCause::EmptyData))]
    );
}

#[test]
fn round_trip_tells_another_intent_from_a_loss() {
    let view = Intent::new().with_action(Intent::ACTION_VIEW);
    let misread =
        |intent: &Intent, scheme| intent.check_round_trip(scheme).unwrap().iter().any(Loss::is_misread);
    let smuggling = view.clone().with_data("http://h/#Intent;component=com.evil/.A;end");
    assert!(!misread(&smuggling, UriScheme::Intent), "the real fragment comes last");
    assert!(misread(&smuggling, UriScheme::Bare));
    assert_eq!(
        losses(&smuggling, UriScheme::Bare),
        [
            ("data".to_owned(), Change::Changed, Some(LossCause::DataMisread)),
            ("component".to_owned(), Change::Gained, Some(LossCause::DataMisread)),
        ]
    );

    assert_eq!(
        losses(&view, UriScheme::Intent),
        [("data".to_owned(), Change::Gained, Some(LossCause::NothingToWrite))],
        "intent: alone is read as data"
    );

    let schemeless = view.clone().with_data("page").with_package("p");
    assert_eq!(
        losses(&schemeless, UriScheme::Intent),
        [
            ("data".to_owned(), Change::Changed, Some(LossCause::DataWithoutScheme)),
            ("package".to_owned(), Change::Lost, Some(LossCause::DataWithoutScheme)),
        ]
    );
    assert!(misread(&schemeless, UriScheme::Intent) && !misread(&schemeless, UriScheme::Bare));
    assert!(losses(&view.clone().with_data("page"), UriScheme::Intent).is_empty());
    assert_eq!(
        losses(&Intent::new().with_data("page"), UriScheme::Intent),
        [("action".to_owned(), Change::Changed, Some(LossCause::DefaultAction))],
        "data that comes back is not misread"
    );

    let old_form = view.clone().with_data("x#action(a)");
    assert!(misread(&old_form, UriScheme::Bare) && !misread(&old_form, UriScheme::Intent));
    let unreadable = view.clone().with_data("x#Intent;oops");
    assert!(misread(&unreadable, UriScheme::Bare));
    assert_eq!(view.check_round_trip(UriScheme::AndroidApp), Err(ToUriError::NoPackage));
    let app = view.with_package("p").with_data("https://h:80/x");
    assert!(losses(&app, UriScheme::AndroidApp).is_empty());
    let query = Intent::new().with_action(Intent::ACTION_VIEW).with_package("p").with_data("https://h/x?a=1");
    assert_eq!(
        losses(&query, UriScheme::AndroidApp),
        [("data".to_owned(), Change::Changed, Some(LossCause::AppUriData))]
    );
}

/// `_` is what `toUri` cannot write into `scheme=`, not what the parser cannot read.
#[test]
fn a_scheme_that_to_uri_cannot_write_has_a_reason_and_a_way_out() {
    let read = |uri: &str| Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).unwrap();
    for data in ["tencent_im_push://com.x/message?", "a_b:", "_:x", "a b://c", "a%b://c", "方案:/x"] {
        let intent = Intent::new()
            .with_action(Intent::ACTION_VIEW)
            .with_data(data)
            .with_flags(IntentFlags::ACTIVITY_CLEAR_TOP);
        let causes: Vec<_> =
            losses(&intent, UriScheme::Intent).into_iter().map(|(.., cause)| cause).collect();
        assert_eq!(causes, [Some(LossCause::UnwritableScheme); 2], "{data}");
        assert_eq!(read(&intent.to_readable_uri()), intent, "{data}");
    }
    let by_hand = "intent://com.x/message?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end";
    assert_eq!(read(by_hand).to_readable_uri(), by_hand);
    for data in ["https://h/p", "page", ":x", ""] {
        let intent = Intent::new().with_action(Intent::ACTION_VIEW).with_data(data).with_package("p");
        assert_eq!(Ok(intent.to_readable_uri()), intent.to_uri(UriScheme::Intent), "{data}");
    }
    assert!(LossCause::UnwritableScheme.to_string().contains("by hand"));
}
