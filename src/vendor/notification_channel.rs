//! Notification channels and message classes: what each vendor asks for.

use serde::Serialize;

use super::{Source, Vendor};

/// Who makes the notification channel in which a push is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NotificationChannelNeed {
    /// The app has to create it on Android 8 and newer, and the same id stands in the vendor's console: without it
    /// nothing is shown.
    CreatedByApp,
    /// It is made in the vendor's console and named in each message: without it nothing, or little, is shown.
    MadeInConsole,
    /// The sender may name one, and the app then has to create it.
    Optional,
    /// The vendor knows none.
    None,
}

/// What a vendor asks of the notification channel and of the class of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct NotificationRule {
    /// Whose rule.
    pub(crate) vendor: Vendor,
    /// Who makes the notification channel.
    pub(crate) channel: NotificationChannelNeed,
    /// The member of Tencent's `AndroidInfo` that names it.
    pub(crate) channel_key: Option<&'static str>,
    /// The member of Tencent's `OfflinePushInfo` that names the class of a chat message.
    pub(crate) class_key: Option<&'static str>,
    /// The value of that member for a chat message, where Tencent's own kit gives one.
    pub(crate) chat_class: Option<&'static str>,
    /// Whether every private message also needs the id of a template that is approved in the vendor's console.
    pub(crate) template_needed: bool,
    /// Values that are documented. The vendor's console may know more.
    pub(crate) classes: &'static [&'static str],
    /// What happens without a class, or with the wrong one.
    pub(crate) otherwise: &'static str,
    /// Where this stands.
    pub(crate) source: Source,
}

/// What a vendor asks of the notification channel and of the class of a message.
pub(crate) fn notification_rule(vendor: Vendor) -> Option<&'static NotificationRule> {
    RULES.iter().find(|rule| rule.vendor == vendor)
}

impl NotificationRule {
    /// Whether the app has to create the notification channel on Android 8 and newer: always, or where the sender names
    /// one.
    pub(crate) const fn is_created_by_app(&self, named: bool) -> bool {
        match self.channel {
            NotificationChannelNeed::CreatedByApp => true,
            NotificationChannelNeed::MadeInConsole | NotificationChannelNeed::Optional => named,
            NotificationChannelNeed::None => false,
        }
    }
}

const TENCENT: Source = Source::read("https://cloud.tencent.com/document/product/269/133879");
const QUOTAS: Source = Source::read("https://cloud.tencent.com/document/product/269/130977");
const OPPO: Source = Source::read("https://trtc.io/document/73940");

const XIAOMI: Source =
    Source::read_on("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=2314", "2026-11-29");
const HARMONY: Source = Source::read_on("https://help.aliyun.com/document_detail/2835878.html", "2026-11-29");

/// Every vendor's rules.
const RULES: &[NotificationRule] = &[
    NotificationRule {
        vendor: Vendor::Xiaomi,
        channel: NotificationChannelNeed::MadeInConsole,
        channel_key: Some("XiaoMiChannelID"),
        class_key: None,
        chat_class: None,
        template_needed: true,
        classes: &[],
        otherwise: "without a channel Android 8 and newer show nothing; public channels have a daily quota; a private message needs a template too, with at most 9 variables of 1 to 128 characters and no emoji",
        source: XIAOMI,
    },
    NotificationRule {
        vendor: Vendor::Huawei,
        channel: NotificationChannelNeed::Optional,
        channel_key: Some("HuaWeiChannelID"),
        class_key: Some("HuaWeiCategory"),
        chat_class: Some("IM"),
        template_needed: false,
        classes: &[
            "IM",
            "VOIP",
            "SUBSCRIPTION",
            "TRAVEL",
            "HEALTH",
            "WORK",
            "ACCOUNT",
            "EXPRESS",
            "FINANCE",
            "DEVICE_REMINDER",
            "SYSTEM_REMINDER",
            "MAIL",
            "PLAY_VOICE",
            "MARKETING",
        ],
        otherwise: "without the right to classify itself an app sends two (news five) a day",
        source: QUOTAS,
    },
    NotificationRule {
        vendor: Vendor::Oppo,
        channel: NotificationChannelNeed::CreatedByApp,
        channel_key: Some("OPPOChannelID"),
        class_key: Some("OPPOCategory"),
        chat_class: Some("IM"),
        template_needed: false,
        classes: &["IM", "ACCOUNT", "NEWS", "CONTENT", "MARKETING"],
        otherwise: "content messages have a daily quota; a notify level needs a category of the IM class",
        source: OPPO,
    },
    NotificationRule {
        vendor: Vendor::Vivo,
        channel: NotificationChannelNeed::None,
        channel_key: None,
        class_key: Some("VIVOCategory"),
        chat_class: Some("IM"),
        template_needed: false,
        classes: &["IM", "MARKETING"],
        otherwise: "operation messages go out from 7 to 23 o'clock only; a category that does not match is error 10097",
        source: TENCENT,
    },
    NotificationRule {
        vendor: Vendor::Meizu,
        channel: NotificationChannelNeed::None,
        channel_key: None,
        class_key: Some("MeiZuNoticeMsgType"),
        chat_class: Some("1"),
        template_needed: false,
        classes: &["0", "1"],
        otherwise: "public messages (0) have a daily quota",
        source: QUOTAS,
    },
    NotificationRule {
        vendor: Vendor::Fcm,
        channel: NotificationChannelNeed::Optional,
        channel_key: Some("GoogleChannelID"),
        class_key: None,
        chat_class: None,
        template_needed: false,
        classes: &[],
        otherwise: "",
        source: TENCENT,
    },
    NotificationRule {
        vendor: Vendor::Honor,
        channel: NotificationChannelNeed::None,
        channel_key: None,
        class_key: Some("HonorImportance"),
        chat_class: Some("NORMAL"),
        template_needed: false,
        classes: &["LOW", "NORMAL"],
        otherwise: "LOW is marketing: two (news five) a day",
        source: QUOTAS,
    },
    NotificationRule {
        vendor: Vendor::Apns,
        channel: NotificationChannelNeed::None,
        channel_key: None,
        class_key: None,
        chat_class: None,
        template_needed: false,
        classes: &[],
        otherwise: "",
        source: TENCENT,
    },
    NotificationRule {
        vendor: Vendor::HarmonyOs,
        channel: NotificationChannelNeed::None,
        channel_key: None,
        class_key: Some("Category"),
        chat_class: Some("IM"),
        template_needed: false,
        classes: &[
            "IM",
            "VOIP",
            "SUBSCRIPTION",
            "TRAVEL",
            "HEALTH",
            "WORK",
            "ACCOUNT",
            "EXPRESS",
            "FINANCE",
            "DEVICE_REMINDER",
            "MAIL",
            "CUSTOMER_SERVICE",
            "MARKETING",
        ],
        otherwise: "3000 messages a day for one device and app",
        source: HARMONY,
    },
];
