//! Click actions as each vendor wants them, at the public surface.

use proptest::prelude::*;
use tim_offline_push::click_action::{
    ClickAction, ClickActionError, ClickKind, ExtDelivery, Screen, ScreenError, WebLink, WebLinkError,
    ext_delivery,
};
use tim_offline_push::intent::filter::{IntentFilter, MatchCategory};
use tim_offline_push::intent::{Component, Intent, IntentFlags, ParseFlags};
use tim_offline_push::vendor::{Source, Vendor};

const PACKAGE: &str = "com.tencent.qcloud.tim.tuikit";
const CLASS: &str = "com.tencent.qcloud.tim.demo.chat.ChatActivity";
const DATA: &str = "pushscheme://com.tencent.qcloud.tim/detail";
const URI: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";

fn chat() -> Screen {
    Screen::new(PACKAGE, CLASS, DATA).unwrap()
}

fn open_chat() -> ClickAction {
    ClickAction::OpenScreen(chat())
}

fn open_web() -> ClickAction {
    ClickAction::OpenWeb(WebLink::new("https://cloud.tencent.com/document/product/269").unwrap())
}

#[test]
fn tencents_example_comes_out_to_the_letter() {
    assert_eq!(chat().intent_uri(), URI);
    assert_eq!(Screen::from_uri(URI).unwrap().intent_uri(), URI);
}

#[test]
fn each_console_gets_its_own_form() {
    let text = |vendor| {
        let entry = open_chat().console_entry(vendor).unwrap();
        assert_eq!(entry.choice(), Some("打开应用内指定界面"));
        (entry.sort().unwrap(), entry.value().unwrap().to_owned())
    };
    for vendor in [Vendor::Xiaomi, Vendor::Huawei, Vendor::Honor, Vendor::Vivo] {
        assert_eq!(text(vendor), ("intent URI", URI.to_owned()), "{vendor}");
    }
    for vendor in [Vendor::Oppo, Vendor::Meizu] {
        assert_eq!(text(vendor), ("class name", CLASS.to_owned()), "{vendor}");
    }
    assert_eq!(text(Vendor::HarmonyOs), ("uri of the want", DATA.to_owned()));
    for vendor in [Vendor::Fcm, Vendor::Apns] {
        let nothing = ClickAction::OpenApp.console_entry(vendor).unwrap();
        assert_eq!((nothing.choice(), nothing.value()), (None, None), "{vendor}");
        for action in [open_chat(), open_web()] {
            let kind = action.kind();
            assert_eq!(action.console_entry(vendor), Err(ClickActionError::NotOffered { vendor, kind }));
        }
    }
    for vendor in [Vendor::Xiaomi, Vendor::Huawei, Vendor::Honor, Vendor::Vivo, Vendor::Oppo, Vendor::Meizu] {
        let web = open_web().console_entry(vendor).unwrap();
        assert_eq!(web.choice(), Some("打开网页"));
        assert_eq!(web.value().unwrap(), "https://cloud.tencent.com/document/product/269");
        let app = ClickAction::OpenApp.console_entry(vendor).unwrap();
        assert_eq!((app.choice(), app.value()), (Some("打开应用"), None));
    }
}

#[test]
fn xiaomi_advises_against_opening_the_app() {
    for vendor in Vendor::ALL.iter().copied() {
        let app = ClickAction::OpenApp.console_entry(vendor).unwrap();
        let advised = app.advice().is_some_and(|advice| advice.contains("2024-09-30"));
        assert_eq!(advised, vendor == Vendor::Xiaomi, "{vendor}");
        if let Ok(screen) = open_chat().console_entry(vendor) {
            assert_eq!(screen.advice(), None, "{vendor}");
        }
    }
    let delivery = |kind| ext_delivery(Vendor::Xiaomi, kind).map(|(delivery, _)| delivery);
    assert_eq!(delivery(ClickKind::App), Some(ExtDelivery::NotDelivered));
    assert_eq!(delivery(ClickKind::Screen), Some(ExtDelivery::Delivered));
}

#[test]
fn oppo_by_action_needs_default_and_no_data() {
    let action = "com.example.OPEN_CHAT";
    let bare = IntentFilter::new().with_action(action);
    assert_eq!(
        ClickAction::oppo_by_action(action, &IntentFilter::new()),
        Err(ClickActionError::OppoFilterAction)
    );
    assert_eq!(ClickAction::oppo_by_action(action, &bare), Err(ClickActionError::OppoFilterCategory));
    let complete = bare.with_category(Intent::CATEGORY_DEFAULT);
    let entry = ClickAction::oppo_by_action(action, &complete).unwrap();
    assert_eq!((entry.sort(), entry.value()), (Some("intent action"), Some(action)));
    assert_eq!(
        ClickAction::oppo_by_action(action, &complete.with_scheme("pushscheme")),
        Err(ClickActionError::OppoFilterData)
    );
    assert_eq!(ClickActionError::OppoFilterData.rule(), Source::TENCENT_2021);
}

#[test]
fn vendors_limits_hold_for_what_is_typed() {
    let class = |bytes: usize| Screen::new("p.q", &format!("p.{}", "C".repeat(bytes - 2)), "s://h").unwrap();
    let web = |bytes: usize| WebLink::new(format!("https://h/{}", "x".repeat(bytes - 10))).unwrap();
    let too_long = |action: ClickAction, vendor| match action.console_entry(vendor) {
        Ok(_) => None,
        Err(ClickActionError::TooLong { field, length, bound, .. }) => Some((field, length, bound.max)),
        Err(other) => panic!("{other}"),
    };
    let screen = |bytes| ClickAction::OpenScreen(class(bytes));
    assert_eq!(too_long(screen(500), Vendor::Oppo), None);
    assert_eq!(too_long(screen(501), Vendor::Oppo), Some(("click_action_activity", 501, 500)));
    assert_eq!(too_long(ClickAction::OpenWeb(web(2000)), Vendor::Oppo), None);
    assert_eq!(
        too_long(ClickAction::OpenWeb(web(2001)), Vendor::Oppo),
        Some(("click_action_url", 2001, 2000))
    );
    assert_eq!(too_long(ClickAction::OpenWeb(web(1025)), Vendor::Vivo), Some(("skipContent", 1025, 1024)));
    assert_eq!(too_long(screen(1001), Vendor::Meizu), Some(("clickTypeInfo.activity", 1001, 1000)));
    assert_eq!(too_long(screen(4000), Vendor::Xiaomi), None, "no source gives Xiaomi's");
    assert!(screen(501).server_fields(Vendor::Oppo).is_err(), "the server's form has the same limit");
}

#[test]
fn server_interfaces_get_their_numbers() {
    let number = |action: ClickAction| -> Vec<Option<u64>> {
        let number = |vendor: &Vendor| {
            let fields = action.server_fields(*vendor).ok()?;
            let (_, value) = fields.first()?;
            value.as_u64().or_else(|| value.as_str()?.parse().ok())
        };
        Vendor::ALL.iter().map(number).collect()
    };
    // Xiaomi, Huawei, OPPO, vivo, Meizu, FCM, Honor, APNs, HarmonyOS.
    let [some, none] = [Some, |_| None::<u64>];
    assert_eq!(
        number(ClickAction::OpenApp),
        [some(1), some(3), some(0), some(1), some(0), none(0), some(3), none(0), some(0)]
    );
    assert_eq!(
        number(open_web()),
        [some(3), some(2), some(2), some(2), some(2), none(0), some(2), none(0), none(0)]
    );
    assert_eq!(
        number(open_chat()),
        [some(2), some(1), some(4), some(4), some(1), none(0), some(1), none(0), some(1)]
    );

    let fields = |action: &ClickAction, vendor| -> Vec<(&str, String)> {
        let fields = action.server_fields(vendor).unwrap();
        fields
            .into_iter()
            .map(|(path, value)| (path, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect()
    };
    assert_eq!(
        fields(&open_chat(), Vendor::Xiaomi),
        [("extra.notify_effect", "2".to_owned()), ("extra.intent_uri", URI.to_owned())]
    );
    assert_eq!(
        fields(&open_chat(), Vendor::Oppo),
        [("click_action_type", "4".to_owned()), ("click_action_activity", CLASS.to_owned())]
    );
    assert_eq!(
        fields(&open_web(), Vendor::Huawei)[1],
        (
            "android.notification.click_action.url",
            "https://cloud.tencent.com/document/product/269".to_owned()
        )
    );
    assert!(fields(&ClickAction::OpenApp, Vendor::Fcm).is_empty());
    assert!(fields(&ClickAction::OpenApp, Vendor::Apns).is_empty());
    assert_eq!(
        open_chat().server_fields(Vendor::Fcm),
        Err(ClickActionError::NoAction { vendor: Vendor::Fcm })
    );
    let named = Screen::from_intent(chat().intent().clone().with_action("com.example.OPEN")).unwrap();
    assert_eq!(
        fields(&ClickAction::OpenScreen(named), Vendor::Fcm),
        [("android.notification.click_action", "com.example.OPEN".to_owned())]
    );
    assert!(open_web().server_fields(Vendor::HarmonyOs).is_err());
    assert!(open_chat().server_fields(Vendor::Apns).is_err());
    assert_eq!(open_web().server_fields(Vendor::Vivo).unwrap()[0].1, 2);
}

#[test]
fn harmony_wants_a_uri_or_an_action() {
    let screen = |intent: Intent| {
        ClickAction::OpenScreen(
            Screen::from_intent(intent.with_component(Component::new("a.b", "a.b.C"))).unwrap(),
        )
    };
    let by_action = screen(Intent::new().with_action("com.example.OPEN"));
    let entry = by_action.console_entry(Vendor::HarmonyOs).unwrap();
    assert_eq!((entry.sort(), entry.value()), (Some("action of the want"), Some("com.example.OPEN")));
    assert_eq!(
        by_action.server_fields(Vendor::HarmonyOs).unwrap()[1].0,
        "payload.notification.clickAction.action"
    );
    assert_eq!(
        screen(Intent::new()).console_entry(Vendor::HarmonyOs),
        Err(ClickActionError::NoWant { vendor: Vendor::HarmonyOs })
    );
}

#[test]
fn ext_never_comes_with_a_web_page_and_each_statement_is_dated() {
    for vendor in Vendor::ALL.iter().copied() {
        let web = ext_delivery(vendor, ClickKind::Web);
        assert!(web.is_none_or(|(delivery, _)| delivery == ExtDelivery::NotDelivered), "{vendor}");
    }
    // Tencent's document of 2021 says otherwise.
    let huawei = ext_delivery(Vendor::Huawei, ClickKind::Screen).unwrap();
    assert_eq!(huawei.0, ExtDelivery::IfAsked { setting: "AndroidInfo.ExtAsHuaweiIntentParam=1" });
    assert_ne!(huawei.1, Source::TENCENT_2021);
    let screens =
        [Vendor::Xiaomi, Vendor::Oppo, Vendor::Vivo, Vendor::Meizu, Vendor::Honor, Vendor::HarmonyOs];
    for vendor in screens {
        assert_eq!(ext_delivery(vendor, ClickKind::Screen).unwrap().0, ExtDelivery::Delivered, "{vendor}");
    }
}

#[test]
fn a_screen_that_would_not_open_is_refused_with_the_rule() {
    let named = || Intent::new().with_component(Component::new("com.example.im", "com.example.im.Chat"));
    let error = |intent| Screen::from_intent(intent).unwrap_err();
    let component = |package: &str, class: &str| Intent::new().with_component(Component::new(package, class));
    assert_eq!(error(Intent::new()), ScreenError::NoComponent);
    assert_eq!(error(component("", "com.example.Chat")), ScreenError::Package);
    assert_eq!(error(component("im", "com.example.Chat")), ScreenError::Package);
    for class in
        ["", "Chat", ".Chat", "com.example.", "com..Chat", "com.example.Chat;", "com.example/Chat", "a.1b"]
    {
        assert_eq!(error(component("com.example", class)), ScreenError::Class, "{class}");
    }
    assert!(Screen::from_intent(component("com.example", "com.example.聊天$Inner_1")).is_ok());
    assert_eq!(error(named().with_selector(Intent::new())), ScreenError::Selector);
    assert_eq!(error(named().with_flags(IntentFlags::GRANT_READ_URI_PERMISSION)), ScreenError::GrantFlags);
    assert_eq!(error(named().with_data("File:///sdcard/x")), ScreenError::DataScheme);
    assert!(matches!(error(named().with_data("no scheme")), ScreenError::NoDataScheme));
    let mut null_key = named();
    null_key.set_extra_at_null("x");
    assert!(matches!(error(null_key), ScreenError::NotReadBack(_)));
}

#[test]
fn a_uri_from_a_console_is_read_strictly() {
    let error = |uri: &str| Screen::from_uri(uri).unwrap_err();
    assert_eq!(error("pushscheme://com.tencent.qcloud.tim/detail"), ScreenError::NotIntentUri);
    assert_eq!(error(" intent:#Intent;end"), ScreenError::NotIntentUri);
    assert!(matches!(error("intent:#Intent;component=a.b/.C"), ScreenError::Parse(_)), "no ';'");
    assert_eq!(error("intent://h/p#Intent;scheme=s;end"), ScreenError::NoComponent);
    let granting = "intent:#Intent;launchFlags=0x1;component=a.b/.C;end";
    assert_eq!(error(granting), ScreenError::GrantFlags, "though a phone only drops the flag");
    assert_eq!(error("intent:#Intent;component=a.b/.C;SEL;action=x;end"), ScreenError::Selector);
}

#[test]
fn the_manifest_lines_take_the_intent() {
    let screen = Screen::new("com.example.im", "com.example.im.Chat", "chat://im:8080/a%20b?x=1").unwrap();
    let received = Intent::parse_uri(screen.intent_uri(), ParseFlags::INTENT_SCHEME).unwrap();
    for (element, is_implicit) in [(screen.manifest(), true), (screen.manifest_of_2021(), false)] {
        let filter = element.filters()[0].to_filter().unwrap();
        assert_eq!(filter.matches(&received), Ok(MatchCategory::Path));
        let implicit = filter.matches(&received.clone().with_category(Intent::CATEGORY_DEFAULT)).is_ok();
        assert_eq!(implicit, is_implicit);
        assert_eq!(element.attribute("exported"), is_implicit.then_some("true"));
    }
}

#[test]
fn web_links_are_held_against_the_text_first() {
    let error = |text: &str| WebLink::new(text).unwrap_err();
    for text in [
        "",
        "a.com",
        "http:foo.com",
        "https:\\\\a.com",
        "HTTP://a.com",
        "ftp://a.com",
        " https://a.com",
        "//a.com",
    ] {
        assert_eq!(error(text), WebLinkError::NotWeb, "{text:?}");
    }
    for text in [
        "http://",
        "https:///a.com",
        "https://?q",
        "https://#f",
        "https://:80/",
        "https://a@",
        "https://@:80/",
    ] {
        assert_eq!(error(text), WebLinkError::NoHost, "{text:?}");
    }
    assert_eq!(error("https://a.com/a b"), WebLinkError::WhiteSpace { at: 15 });
    assert_eq!(error("https://a.com/\u{3000}"), WebLinkError::WhiteSpace { at: 14 });
    assert_eq!(error("https://a.com\n"), WebLinkError::Control { at: 13 });
    assert_eq!(error("https://a.com\\@b.com"), WebLinkError::Backslash { at: 13 });
    for text in ["https://a.com:99999", "https://[::1", "https://%zz/"] {
        assert_eq!(error(text), WebLinkError::NotAnAddress, "{text:?}");
    }
    for text in ["http://localhost", "https://例え.jp/路径?q=1#f", "https://A.com:443/../x", "https://u@h/"]
    {
        let link = WebLink::new(text).unwrap();
        assert_eq!(link.as_str(), text, "kept as it was given");
        assert_eq!(WebLink::new(link.to_string()), Ok(link.clone()));
        assert_eq!(serde_json::to_string(&link).unwrap(), format!("{text:?}"));
        assert!(!format!("{link:?}").contains(text));
    }
    assert!(serde_json::from_str::<WebLink>("\"a.com\"").is_err());
}

proptest! {
    #[test]
    fn web_links_never_panic_and_keep_their_rules(text in prop_oneof![
        any::<String>(),
        "https?://[a-z\\\\/?#@:%. \\[\\]é\u{0}-\u{20}]{0,16}",
    ]) {
        if let Ok(link) = WebLink::new(text.clone()) {
            prop_assert_eq!(link.as_str(), &text);
            prop_assert!(text.starts_with("http://") || text.starts_with("https://"));
            prop_assert!(!text.contains(|char: char| char == '\\' || char.is_whitespace() || char.is_control()));
        }
    }

    #[test]
    fn any_screen_is_opened_by_its_own_uri_and_filter(
        class in "[a-zA-Z_$][a-z0-9]{0,4}(\\.[a-zA-Z_$é][A-Za-z0-9_$]{0,4}){1,3}",
        data in "[a-z][a-z0-9+.-]{0,4}:[a-z/?#@:%&=;.é 你-]{0,20}",
        value in any::<String>(),
    ) {
        let intent = Intent::new()
            .with_component(Component::new("com.example", &class))
            .with_data(data.clone())
            .with_extra("ext", value);
        match Screen::from_intent(intent) {
            Ok(screen) => {
                prop_assert!(screen.intent_uri().ends_with(";end"));
                prop_assert_eq!(&Screen::from_uri(screen.intent_uri()).unwrap().intent().clone(),
                    &screen.intent().clone().with_action(Intent::ACTION_VIEW));
                let filter = screen.manifest().filters()[0].to_filter().unwrap();
                let received = Intent::parse_uri(screen.intent_uri(), ParseFlags::INTENT_SCHEME).unwrap();
                prop_assert!(filter.matches(&received).is_ok());
            }
            Err(error) => prop_assert_eq!(error, ScreenError::DataScheme, "{} {}", class, data),
        }
    }
}
