//! The set-up sheet: complete for a complete app, and honest about what is open.

use serde_json::Value;
use tim_offline_push::click_action::{ClickAction, Screen, WebLink};
use tim_offline_push::doctor::{App, SetupSheet};
use tim_offline_push::registrar::NotificationChannel;
use tim_offline_push::vendor::{Vendor, VendorSet};

const SEED_URI: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
                        component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";

fn tencents_app() -> App {
    let screen = Screen::new(
        "com.tencent.qcloud.tim.tuikit",
        "com.tencent.qcloud.tim.demo.chat.ChatActivity",
        "pushscheme://com.tencent.qcloud.tim/detail",
    )
    .unwrap();
    App::new("com.tencent.qcloud.tim.tuikit")
        .with_vendors(VendorSet::ALL)
        .with_badge_activity("com.tencent.qcloud.tim.demo.SplashActivity")
        .with_channel(NotificationChannel::new("tuikit", "oppotest").with_description("this is \"opptest\""))
        .with_click_action(ClickAction::OpenScreen(screen))
        .with_click_action_on(Vendor::Fcm, ClickAction::OpenApp)
        .with_click_action_on(Vendor::Apns, ClickAction::OpenApp)
}

/// The part of the sheet's JSON that is about a vendor.
fn part(sheet: &SetupSheet, vendor: Vendor) -> Value {
    let document = serde_json::to_value(sheet).unwrap();
    let parts = document["vendors"].as_array().unwrap();
    parts.iter().find(|part| part["vendor"] == vendor.as_str()).unwrap().clone()
}

fn row(sheet: &SetupSheet, vendor: Vendor, label: &str) -> String {
    let part = part(sheet, vendor);
    let rows = part["console"].as_array().unwrap();
    rows.iter().find(|row| row["label"] == label).unwrap()["value"].as_str().unwrap().to_owned()
}

#[test]
fn a_complete_app_leaves_nothing_open() {
    let sheet = SetupSheet::new(&tencents_app());
    assert_eq!(sheet.open_questions, Vec::<String>::new());
    assert!(Vendor::ALL.iter().all(|vendor| part(&sheet, *vendor)["wiring"].is_object()));
    assert_eq!(sheet.takes_effect_within_minutes, 10);
}

#[test]
fn values_stand_where_the_document_puts_them() {
    let sheet = SetupSheet::new(&tencents_app());
    for vendor in [Vendor::Xiaomi, Vendor::Huawei, Vendor::Vivo, Vendor::Honor] {
        assert!(row(&sheet, vendor, "点击通知后").contains(SEED_URI), "{vendor}");
    }
    for vendor in [Vendor::Oppo, Vendor::Meizu] {
        let value = row(&sheet, vendor, "点击通知后");
        assert!(value.contains("`com.tencent.qcloud.tim.demo.chat.ChatActivity`"), "{vendor}: {value}");
        assert!(!value.contains("intent://"), "{vendor}: {value}");
    }
    assert_eq!(row(&sheet, Vendor::Oppo, "ChannelID"), "tuikit");
    assert!(row(&sheet, Vendor::Xiaomi, "ChannelID").contains("made in Xiaomi's console"));
    let notes = part(&sheet, Vendor::Huawei)["notes"].to_string();
    assert!(notes.contains("ExtAsHuaweiIntentParam=1"), "{notes}");
    assert_eq!(row(&sheet, Vendor::Huawei, "角标参数"), "com.tencent.qcloud.tim.demo.SplashActivity");
    assert_eq!(row(&sheet, Vendor::Xiaomi, "应用包名称"), "com.tencent.qcloud.tim.tuikit");
    assert!(row(&sheet, Vendor::Oppo, "MasterSecret").contains("never in the app"));
}

#[test]
fn open_ends_are_asked_about() {
    let bare = SetupSheet::new(&App::new("com.example").with_vendors(VendorSet::EMPTY.with(Vendor::Oppo)));
    assert_eq!(bare.open_questions.len(), 2, "{:?}", bare.open_questions);
    let strange = SetupSheet::new(&tencents_app().with_channel(NotificationChannel::new("", "nameless")));
    assert!(strange.open_questions.iter().any(|question| question.contains("notification channel")));
    let elsewhere = Screen::new("com.other", "com.other.Chat", "pushscheme://im/detail").unwrap();
    let app = App::new("not a package").with_click_action(ClickAction::OpenScreen(elsewhere));
    let questions = SetupSheet::new(&app).open_questions;
    assert!(questions.iter().any(|question| question.contains("no package name")), "{questions:?}");
    assert!(questions.iter().any(|question| question.contains("another package")), "{questions:?}");
    let web = ClickAction::OpenWeb(WebLink::new("https://cloud.tencent.com/document/product/269").unwrap());
    let app =
        App::new("com.example").with_vendors(VendorSet::EMPTY.with(Vendor::HarmonyOs)).with_click_action(web);
    let sheet = SetupSheet::new(&app);
    assert!(sheet.open_questions.iter().any(|question| question.contains("HarmonyOS")));
    assert!(sheet.manifest.is_empty());
}

#[test]
fn markdown_follows_the_four_steps() {
    let text = SetupSheet::new(&tencents_app()).to_string();
    let steps =
        ["## 1. Vendor accounts", "## 2. Vendor SDKs", "## 3. Tencent's certificates", "## 4. Report"];
    let places: Vec<_> = steps.iter().map(|step| text.find(step).expect("every step")).collect();
    assert!(places.is_sorted());
    assert!(text.contains("<intent-filter>"));
    assert!(text.contains("NotificationManager.IMPORTANCE_HIGH"));
    assert!(text.contains(r#"channel.description = "this is \"opptest\"""#));
    assert!(text.contains("20401300"), "the requirements of 2021");
    assert!(text.contains("takes effect within 10 minutes"));
    assert_eq!(text.matches("ChatActivity\"").count(), 1, "one manifest element for one screen");
}

#[test]
fn serde_names_are_frozen() {
    let value = serde_json::to_value(SetupSheet::new(&tencents_app())).unwrap();
    let names: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "notification_channel_code",
        "manifest",
        "open_questions",
        "package",
        "takes_effect_within_minutes",
        "vendors",
    ];
    assert!(expected.iter().all(|name| names.contains(name)), "{names:?}");
    assert_eq!(value["vendors"][0]["console"][0]["secret"], false);
}
