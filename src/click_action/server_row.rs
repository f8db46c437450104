use super::ClickKind;
use crate::vendor::{Bound, LimitField, LimitProfile, Source, Vendor, limit};

/// How one vendor's server interface names the three actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ServerRow {
    /// The vendor.
    pub vendor: Vendor,
    /// Path of the field that holds the action's number.
    pub field: &'static str,
    /// Whether the number is sent as a text.
    pub as_text: bool,
    /// The number for [`ClickKind::App`].
    pub app: Option<u8>,
    /// The number for [`ClickKind::Web`].
    pub web: Option<u8>,
    /// The number for [`ClickKind::Screen`].
    pub screen: Option<u8>,
    /// Path of the field with the web page's address; `None` where no public document names it.
    pub web_field: Option<&'static str>,
    /// Path of the field that names the screen.
    pub screen_field: Option<&'static str>,
    /// What else there is to know.
    pub note: &'static str,
    /// Where it stands.
    pub source: Source,
}

impl ServerRow {
    /// How long the web page's address, or what names the screen, may be; `None` where no source says.
    ///
    /// ```
    /// use tim_offline_push::click_action::{ClickKind, server_rows};
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// let oppo = server_rows().iter().find(|row| row.vendor == Vendor::Oppo);
    /// let limit = |kind| oppo?.limit(kind).map(|bound| bound.to_string());
    /// assert_eq!(limit(ClickKind::Screen).as_deref(), Some("500 characters"));
    /// assert_eq!(limit(ClickKind::Web).as_deref(), Some("2000 characters"));
    /// ```
    pub fn limit(&self, kind: ClickKind) -> Option<Bound> {
        // OPPO has two limits: the larger and newer one is that of addresses, the other still that of class names.
        let profile = match (self.vendor, kind) {
            (Vendor::Oppo, ClickKind::Web) => LimitProfile::Latest,
            _ => LimitProfile::Strict,
        };
        limit(self.vendor, LimitField::ClickTarget, profile)
    }

    /// The number for an action; `None` if the vendor has none.
    pub const fn number(&self, kind: ClickKind) -> Option<u8> {
        match kind {
            ClickKind::App => self.app,
            ClickKind::Web => self.web,
            ClickKind::Screen => self.screen,
        }
    }
}

/// The vendors' server interfaces. APNs has none for this: a tap opens the app. FCM has no number, only a field for an
/// intent action.
pub const fn server_rows() -> &'static [ServerRow] {
    ROWS
}

const MODOOD_XIAOMI: Source = Source::read("https://github.com/modood/pushapi (xiaomipush/message.go)");
const HUAWEI_SOURCE: Source = Source::read(
    "https://developer.huawei.com/consumer/cn/doc/HMSCore-Guides/andorid-basic-clickaction-0000001087554076",
);
const HONOR_SOURCE: Source = Source::read("https://xie.infoq.cn/article/575b0e405029cfdd8652288fa");
const MODOOD_OPPO: Source = Source::read("https://github.com/modood/pushapi (oppopush/message.go)");
const MODOOD_VIVO: Source = Source::read("https://github.com/modood/pushapi (vivopush/message.go)");
const MEIZU_SOURCE: Source = Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");
pub(super) const FCM_SOURCE: Source =
    Source::read("https://github.com/firebase/firebase-android-sdk (messaging, Constants.java)");
pub(super) const HARMONY_SOURCE: Source =
    Source::read("https://blog.csdn.net/pisceshsu/article/details/142434263");

const ROWS: &[ServerRow] = &[
    ServerRow {
        vendor: Vendor::Xiaomi,
        field: "extra.notify_effect",
        as_text: true,
        app: Some(1),
        web: Some(3),
        screen: Some(2),
        web_field: Some("extra.web_uri"),
        screen_field: Some("extra.intent_uri"),
        note: "without the field only the app's callback is called; extra takes 10 pairs and 1,024 characters",
        source: MODOOD_XIAOMI,
    },
    ServerRow {
        vendor: Vendor::Huawei,
        field: "android.notification.click_action.type",
        as_text: false,
        app: Some(3),
        web: Some(2),
        screen: Some(1),
        web_field: Some("android.notification.click_action.url"),
        screen_field: Some("android.notification.click_action.intent"),
        note: "intent wins over action if both are given",
        source: HUAWEI_SOURCE,
    },
    ServerRow {
        vendor: Vendor::Honor,
        field: "android.notification.clickAction.type",
        as_text: false,
        app: Some(3),
        web: Some(2),
        screen: Some(1),
        web_field: None,
        screen_field: Some("android.notification.clickAction.intent"),
        note: "an action may be named in place of the intent",
        source: HONOR_SOURCE,
    },
    ServerRow {
        vendor: Vendor::Oppo,
        field: "click_action_type",
        as_text: false,
        app: Some(0),
        web: Some(2),
        screen: Some(4),
        web_field: Some("click_action_url"),
        screen_field: Some("click_action_activity"),
        note: "1 opens by intent action (click_action_activity), 5 by intent scheme URL (click_action_url); 3 is unused",
        source: MODOOD_OPPO,
    },
    ServerRow {
        vendor: Vendor::Vivo,
        field: "skipType",
        as_text: false,
        app: Some(1),
        web: Some(2),
        screen: Some(4),
        web_field: Some("skipContent"),
        screen_field: Some("skipContent"),
        note: "3 calls back the app only",
        source: MODOOD_VIVO,
    },
    ServerRow {
        vendor: Vendor::Meizu,
        field: "clickTypeInfo.clickType",
        as_text: false,
        app: Some(0),
        web: Some(2),
        screen: Some(1),
        web_field: Some("clickTypeInfo.url"),
        screen_field: Some("clickTypeInfo.activity"),
        note: "3, custom, is withdrawn since Android 12",
        source: MEIZU_SOURCE,
    },
    ServerRow {
        vendor: Vendor::Fcm,
        field: "android.notification.click_action",
        as_text: true,
        app: None,
        web: None,
        screen: None,
        web_field: None,
        screen_field: Some("android.notification.click_action"),
        note: "the field is an intent action; without it the launcher activity is opened, with the data as extras",
        source: FCM_SOURCE,
    },
    ServerRow {
        vendor: Vendor::HarmonyOs,
        field: "payload.notification.clickAction.actionType",
        as_text: false,
        app: Some(0),
        web: None,
        screen: Some(1),
        web_field: None,
        screen_field: Some("payload.notification.clickAction.uri"),
        note: "action may be named in place of uri; it must stand in the ability's skills",
        source: HARMONY_SOURCE,
    },
];
