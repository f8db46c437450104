//! What a vendor asks of a phone, an SDK, a notification channel and the class of a message, and how long its
//! tokens live.

use super::{Source, Vendor, WordList};
use serde::Serialize;

/// The least HMS Core that Tencent's document asks for, as a version code: 2.4.1.300.
pub(crate) const HMS_MIN_VERSION: u64 = 20_401_300;

/// The least Android that Tencent's document asks for with FCM: 4.1, API level 16.
pub(crate) const FCM_MIN_API: u32 = 16;

/// Whether Tencent serves the vendor outside mainland China
/// (<https://cloud.tencent.com/document/product/269/100650>, read 2026-11-22).
pub(crate) const fn served_overseas(vendor: Vendor) -> bool {
    matches!(vendor, Vendor::Fcm | Vendor::Huawei | Vendor::Oppo | Vendor::Apns)
}

/// Who makes the notification channel in which a push is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NotificationChannelNeed {
    /// The app has to create it on Android 8 and newer, and the same id stands in the vendor's console:
    /// without it nothing is shown.
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
    /// Whether every private message also needs the id of a template that is approved in the vendor's
    /// console.
    pub(crate) template_needed: bool,
    /// Values that are documented. The vendor's console may know more.
    pub(crate) classes: WordList,
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
    /// Whether the app has to create the notification channel on Android 8 and newer: always, or where the
    /// sender names one.
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

const XIAOMI_CHANNELS: Source =
    Source::read_on("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=2314", "2026-11-29");
const HARMONY_CLASSES: Source =
    Source::read_on("https://help.aliyun.com/document_detail/2835878.html", "2026-11-29");

const HUAWEI_CLASSES: &str = "IM VOIP SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER \
                              SYSTEM_REMINDER MAIL PLAY_VOICE MARKETING";
const HARMONY_OS_CLASSES: &str = "IM VOIP SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER \
                                  MAIL CUSTOMER_SERVICE MARKETING";

/// Every vendor's rules.
const RULES: &[NotificationRule] = &[
    rule(Vendor::Xiaomi, XIAOMI_CHANNELS)
        .with_channel(NotificationChannelNeed::MadeInConsole, "XiaoMiChannelID")
        .with_template()
        .otherwise("without a channel Android 8 and newer show nothing; public channels have a daily quota; a private message needs a template too, with at most 9 variables of 1 to 128 characters and no emoji"),
    rule(Vendor::Huawei, QUOTAS)
        .with_channel(NotificationChannelNeed::Optional, "HuaWeiChannelID")
        .with_class("HuaWeiCategory", "IM", HUAWEI_CLASSES)
        .otherwise("without the right to classify itself an app sends two (news five) a day"),
    rule(Vendor::Oppo, OPPO)
        .with_channel(NotificationChannelNeed::CreatedByApp, "OPPOChannelID")
        .with_class("OPPOCategory", "IM", "IM ACCOUNT NEWS CONTENT MARKETING")
        .otherwise("content messages have a daily quota; a notify level needs a category of the IM class"),
    rule(Vendor::Vivo, TENCENT)
        .with_class("VIVOCategory", "IM", "IM")
        .otherwise("operation messages go out from 7 to 23 o'clock only; a category that does not match is error 10097"),
    rule(Vendor::Meizu, QUOTAS)
        .with_class("MeiZuNoticeMsgType", "1", "0 1")
        .otherwise("public messages (0) have a daily quota"),
    rule(Vendor::Fcm, TENCENT).with_channel(NotificationChannelNeed::Optional, "GoogleChannelID"),
    rule(Vendor::Honor, QUOTAS)
        .with_class("HonorImportance", "NORMAL", "LOW NORMAL")
        .otherwise("LOW is marketing: two (news five) a day"),
    rule(Vendor::Apns, TENCENT),
    rule(Vendor::HarmonyOs, HARMONY_CLASSES)
        .with_class("Category", "IM", HARMONY_OS_CLASSES)
        .otherwise("3000 messages a day for one device and app"),
];

/// A vendor that asks for nothing but what its row says.
const fn rule(vendor: Vendor, source: Source) -> NotificationRule {
    NotificationRule {
        vendor,
        channel: NotificationChannelNeed::None,
        channel_key: None,
        class_key: None,
        chat_class: None,
        template_needed: false,
        classes: WordList(""),
        otherwise: "",
        source,
    }
}

impl NotificationRule {
    const fn with_channel(self, channel: NotificationChannelNeed, key: &'static str) -> Self {
        Self { channel, channel_key: Some(key), ..self }
    }

    const fn with_class(self, key: &'static str, chat: &'static str, known: &'static str) -> Self {
        Self { class_key: Some(key), chat_class: Some(chat), classes: WordList(known), ..self }
    }

    const fn with_template(self) -> Self {
        Self { template_needed: true, ..self }
    }

    const fn otherwise(self, otherwise: &'static str) -> Self {
        Self { otherwise, ..self }
    }
}
