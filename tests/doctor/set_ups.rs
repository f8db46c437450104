//! Whole set-ups: those that are right, and the shipped one that is not.

use tim_offline_push::certificate::Market;
use tim_offline_push::click_action::{ClickAction, Screen};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::doctor::{App, Manifest, Preflight, Report, ReportVerdict};
use tim_offline_push::ext::Ext;
use tim_offline_push::finding::Severity;
use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, FilterElement};
use tim_offline_push::message::{
    Android, Audience, Category, Field, Harmony, Huawei, MeizuNotifyType, MessageImportance, OfflinePushInfo,
    Oppo, VendorParams,
};
use tim_offline_push::registrar::NotificationChannel;
use tim_offline_push::vendor::{Vendor, VendorSet};

use crate::arguments;

const PACKAGE: &str = "com.example.im";

/// What was found, but for the note that a singleTask activity gets its second tap in `onNewIntent`.
fn besides_new_intent(report: &Report) -> Vec<&str> {
    let note = |rule: &str, severity| rule == "tap-new-intent" && severity == Severity::Note;
    let findings = report.findings().iter().map(|finding| (finding.rule().id(), finding.severity()));
    findings.filter(|(rule, severity)| !note(rule, *severity)).map(|(rule, _)| rule).collect()
}

fn chat() -> Screen {
    Screen::new(PACKAGE, "com.example.im.ChatActivity", "pushscheme://com.example.im/detail").unwrap()
}

fn nine_channels() -> Preflight {
    let config = r#"{"version": "1.0", "config": {
        "huaweiPushBussinessId": "30206", "huaweiBadgeClassName": "com.example.im.MainActivity",
        "xiaomiPushBussinessId": "30207", "xiaomiPushAppId": "2882303761500000000", "xiaomiPushAppKey": "5000000000000",
        "meizuPushBussinessId": "30208", "meizuPushAppId": "000000", "meizuPushAppKey": "0123456789abcdef0123456789abcdef",
        "oppoPushBussinessId": "30209", "oppoPushAppKey": "0123456789abcdef0123456789abcdef",
        "oppoPushAppSecret": "fedcba9876543210fedcba9876543210",
        "honorPushBussinessId": "30211", "vivoPushBussinessId": "30222", "fcmPushBussinessId": "30210",
        "fcmPushChannelId": "messages",
        "apnsBusinessId": 30301, "harmonyBusinessId": 30302}}"#;
    let launcher =
        ComponentElement::new(ComponentKind::Activity, ".MainActivity").with_exported(true).with_filter(
            FilterElement::new()
                .with_action("android.intent.action.MAIN")
                .with_category("android.intent.category.LAUNCHER"),
        );
    let manifest = Manifest::new(PACKAGE)
        .with_target_sdk(36)
        .with_permission("android.permission.POST_NOTIFICATIONS")
        .with_meta_data("com.vivo.push.app_id", "100000000")
        .with_meta_data("com.vivo.push.api_key", "0123456789abcdef0123456789abcdef")
        .with_meta_data("com.hihonor.push.app_id", "104400000")
        .with_component(launcher)
        .with_component(chat().manifest());
    let android = Android::new()
        .with_oppo(Oppo::new().with_channel("messages").with_category(Category::IM))
        .with_huawei(Huawei::new().with_category(Category::IM))
        .with_xiaomi_channel("high_system")
        .with_vivo_category(Category::IM)
        .with_honor_importance(MessageImportance::Normal)
        .with_meizu_notify_type(MeizuNotifyType::Private)
        .with_fcm_channel("messages");
    let push = OfflinePushInfo::new("denny", "hi")
        .with_ext(Ext::from_text(r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"denny"}}"#))
        .with_android(android)
        .with_harmony(Harmony::new())
        .with_vendor_params(VendorParams::new().with_push_template("1400000000-1"));
    let app = App::new(PACKAGE)
        .with_click_action(ClickAction::OpenScreen(chat()))
        .with_channel(NotificationChannel::new("messages", "Messages"))
        .with_badge_activity("com.example.im.MainActivity")
        .with_target_sdk(36)
        .with_market(Market::Domestic);
    Preflight::new().with_app(app).with_config_text(config).with_manifest(manifest).with_push_info(push)
}

#[test]
fn a_right_set_up_for_all_nine_channels_is_left_in_peace() {
    for maker in ["Xiaomi", "HUAWEI", "OPPO", "vivo", "Meizu"] {
        let facts = DeviceFacts::from_getprop(&format!(
            "[ro.product.brand]: [{maker}]\n[ro.product.manufacturer]: [{maker}]\n[ro.build.version.sdk]: [34]"
        ));
        let report = nine_channels().with_device(facts.unwrap()).check();
        assert_eq!(besides_new_intent(&report), [""; 0], "{maker}: {report}");
        assert_eq!(report.verdict(), ReportVerdict::Clean);
    }
    for facts in [DeviceFacts::apple(), DeviceFacts::harmony_os()] {
        let report = nine_channels().with_device(facts).check();
        assert_eq!(besides_new_intent(&report), [""; 0], "{report}");
    }
}

/// The same with each channel's value typed as the crate writes it.
#[test]
fn what_the_crate_writes_for_the_console_is_left_in_peace() {
    let action = ClickAction::OpenScreen(chat());
    let typed = Vendor::ALL.iter().copied().fold(nine_channels(), |preflight, vendor| {
        match action.console_entry(vendor).ok().and_then(|entry| Some(entry.value()?.to_owned())) {
            Some(value) => preflight.with_click(vendor, value),
            None => preflight,
        }
    });
    let report = typed.check();
    assert_eq!(besides_new_intent(&report), [""; 0], "{report}");
}

/// Tencent's Android offline-push document, 2021 edition: its constants, its activity, its values in the
/// console.
fn of_2021() -> Preflight {
    const CHAT: &str = "com.tencent.qcloud.tim.demo.chat.ChatActivity";
    const URI: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
    let constants = r#"
        public static final long HW_PUSH_BUZID = 30206;
        public static final String HW_PUSH_APPID = "100000000";
        public static final long XM_PUSH_BUZID = 30207;
        public static final String XM_PUSH_APPID = "2882303761500000000";
        public static final String XM_PUSH_APPKEY = "5000000000000";
        public static final long MZ_PUSH_BUZID = 30208;
        public static final String MZ_PUSH_APPID = "000000";
        public static final String MZ_PUSH_APPKEY = "0123456789abcdef0123456789abcdef";
        public static final long VIVO_PUSH_BUZID = 30222;
        public static final long OPPO_PUSH_BUZID = 30209;
        public static final String OPPO_PUSH_APPKEY = "0123456789abcdef0123456789abcdef";
        public static final String OPPO_PUSH_APPSECRET = "fedcba9876543210fedcba9876543210";
        public static final long GOOGLE_FCM_PUSH_BUZID = 30210;
    "#;
    let screen = Screen::from_uri(URI).unwrap();
    let manifest = Manifest::new("com.tencent.qcloud.tim.tuikit")
        .with_target_sdk(28)
        .with_component(screen.manifest_of_2021());
    let vendors = [Vendor::Xiaomi, Vendor::Huawei, Vendor::Oppo, Vendor::Vivo, Vendor::Meizu, Vendor::Fcm];
    let vendors: VendorSet = vendors.into_iter().collect();
    let app = App::new("com.tencent.qcloud.tim.tuikit")
        .with_vendors(vendors)
        .with_channel(NotificationChannel::new("tuikit", "TUIKit"));
    Preflight::new()
        .with_app(app)
        .with_config_text(constants)
        .with_manifest(manifest)
        .with_click(Vendor::Xiaomi, URI)
        .with_click(Vendor::Huawei, URI)
        .with_click(Vendor::Vivo, URI)
        .with_click(Vendor::Oppo, CHAT)
        .with_click(Vendor::Meizu, CHAT)
}

fn grave(report: &Report) -> usize {
    report.count(Severity::Error) + report.count(Severity::Warning)
}

#[test]
fn the_set_up_of_tencents_document_has_neither_error_nor_warning() {
    let report = of_2021().check();
    assert_eq!(grave(&report), 0, "{report}");
    assert_eq!(report.verdict(), ReportVerdict::Clean);
    // Its filter has no category DEFAULT; since its URI names a component, that is worth a note only.
    assert!(report.findings().iter().any(|finding| finding.rule().id() == "default-category-missing"));
}

/// The document's push, with the channel of OPPO and the classes that its console pages ask for.
#[test]
fn the_push_of_tencents_document_is_sound_where_the_consoles_name_its_classes() {
    let push = OfflinePushInfo::new("denny", "hi").with_ext(Ext::from_text(r#"{"action":"jump to denny"}"#));
    let audience = [
        Field::OppoChannel,
        Field::XiaomiChannel,
        Field::FcmChannel,
        Field::HuaweiCategory,
        Field::VivoCategory,
        Field::OppoCategory,
    ]
    .into_iter()
    .fold(of_2021().audience(), Audience::with_console);
    let report = of_2021().with_push_info(push).with_audience(audience).check();
    assert_eq!(grave(&report), 0, "{report}");
}

#[test]
fn the_shipped_app_has_seven_mistakes() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/doctor");
    let text =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"));
    let lines = text("arguments.txt").unwrap();
    let request = arguments::read(lines.lines().map(str::to_owned), &mut |name| text(name)).unwrap();
    let report = request.preflight.check();
    let grave = report.findings().iter().filter(|finding| finding.severity() > Severity::Note);
    let rules: Vec<_> = grave.map(|finding| finding.rule().id()).collect();
    assert_eq!(
        rules,
        [
            "server-secret",
            "oppo-key-is-id",
            "push-ext-not-object",
            "component-not-declared",
            "certificate-id-shared",
            "numeric-meta-data",
            "filter-mismatch",
        ],
        "{report}"
    );
}
