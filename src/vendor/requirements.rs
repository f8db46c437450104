//! What a vendor asks of a phone, an SDK, a notification channel and the class of a message, and how long its
//! tokens live.

use std::time::Duration;

use super::{Source, Vendor, WordList};
use serde::Serialize;

/// The least HMS Core that Tencent's document asks for, as a version code: 2.4.1.300.
pub(crate) const HMS_MIN_VERSION: u64 = 20_401_300;

/// The least Android that Tencent's document asks for with FCM: 4.1, API level 16.
pub(crate) const FCM_MIN_API: u32 = 16;

/// What a vendor asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Requirement {
    /// Whose.
    pub(crate) vendor: Vendor,
    /// The system, in Tencent's document; `None` if the vendor is younger than the document.
    pub(crate) system_2021: Option<&'static str>,
    /// The SDK, and what else stands there.
    pub(crate) sdk_2021: Option<&'static str>,
    /// The system today.
    pub(crate) system_today: &'static str,
    /// SDK versions seen since, newest last.
    pub(crate) sdks_today: &'static str,
    /// Where today's values stand; the others are Tencent's document ([`Source::TENCENT_2021`]).
    pub(crate) source: Source,
}

/// What a vendor asks for.
pub(crate) fn requirement(vendor: Vendor) -> Option<&'static Requirement> {
    REQUIREMENTS.iter().find(|requirement| requirement.vendor == vendor)
}

/// Whether Tencent serves the vendor outside mainland China
/// (<https://cloud.tencent.com/document/product/269/100650>, read 2026-11-22).
pub(crate) const fn served_overseas(vendor: Vendor) -> bool {
    matches!(vendor, Vendor::Fcm | Vendor::Huawei | Vendor::Oppo | Vendor::Apns)
}

const SDKS: Source = Source::read("https://help.aliyun.com/document_detail/434659.html");
const XIAOMI: Source = Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1704");
const HARMONY: Source =
    Source::read("https://developer.huawei.com/consumer/cn/doc/doccenter-references/api/push-pushservice.md");

/// What a vendor asks for that Tencent's document does not have.
const fn today(
    vendor: Vendor,
    system_today: &'static str,
    sdks_today: &'static str,
    source: Source,
) -> Requirement {
    Requirement { vendor, system_2021: None, sdk_2021: None, system_today, sdks_today, source }
}

impl Requirement {
    /// With what Tencent's document has.
    const fn in_2021(self, system: &'static str, sdk: &'static str) -> Self {
        Self { system_2021: Some(system), sdk_2021: Some(sdk), ..self }
    }
}

const XIAOMI_TODAY: &str = "Android 4.4 (API level 19); MIUI or HyperOS for mainland China";
const XIAOMI_SDKS: &str = "4.8.6 or newer for targetSdk 31; 4.9.1, 5.0.3, 6.0.1, 6.0.1-C";
const HUAWEI_TODAY: &str = "HMS Core 3.0.0; EMUI 10 for a token in the return value";
const OPPO_TODAY: &str = "ColorOS 3.1, Android 4.4; OnePlus 5 and newer; every realme";
const FCM_TODAY: &str = "Play services that reach Google; with installation ids Play services 261200000";
const HARMONY_SDKS: &str =
    "Push Kit 5.0.0(12) on phones and tablets, 5.1.0(18) on wearables, 5.1.1(19) on TVs";

/// Every vendor's requirements.
const REQUIREMENTS: &[Requirement] = &[
    today(Vendor::Xiaomi, XIAOMI_TODAY, XIAOMI_SDKS, XIAOMI)
        .in_2021("MIUI", "`MiPush_SDK_Client_3_6_12.jar`"),
    today(Vendor::Huawei, HUAWEI_TODAY, "5.0.2.300, 6.12.0.300, 6.13.0.300", SDKS)
        .in_2021("EMUI", "`push:2.6.3.301`; HMS Core 20401300 or newer"),
    today(Vendor::Honor, "Magic UI 4.0, overseas 4.2", "7.0.41, 7.0.61.303, 8.0.12.307", SDKS),
    today(Vendor::Oppo, OPPO_TODAY, "3.0.0, 3.1.0, 3.4.0, 3.5.2, 3.5.3, 3.7.1", SDKS)
        .in_2021("ColorOS", "`mcssdk-2.0.2.jar`; not all OPPO models and versions"),
    today(Vendor::Vivo, "Android 6; only some models", "3.0.0.4, 4.0.0, 4.0.4.0, 4.0.6.0, 4.1.0.0", SDKS)
        .in_2021("FuntouchOS", "`vivo_pushsdk_v2.3.1.jar`; not all vivo models and versions"),
    today(Vendor::Meizu, "Flyme", "4.3.0, 5.0.2, 5.0.3, 5.0.5", SDKS)
        .in_2021("Flyme", "`push-internal:3.6.+`"),
    today(Vendor::Fcm, FCM_TODAY, "23.x, 24.1.2, 25.1.2", SDKS)
        .in_2021("Android 4.1", "Play services; used outside mainland China"),
    today(Vendor::Apns, "an aps-environment entitlement", "part of the system", Source::TENCENT_IOS_FAQ),
    today(Vendor::HarmonyOs, "HarmonyOS NEXT on a real device", HARMONY_SDKS, HARMONY),
];

/// What is documented of the life of a vendor's tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Lifetime {
    /// Whose.
    pub(crate) vendor: Vendor,
    /// After so long without a connection to the vendor, pushes are not delivered (any more).
    pub(crate) quiet_after: Option<Duration>,
    /// After so long without one, the token itself is dead.
    pub(crate) dead_after: Option<Duration>,
    /// What makes another token.
    pub(crate) changes_with: &'static str,
    /// What the token survives; empty if nothing is documented.
    pub(crate) survives: &'static str,
    /// Where this stands.
    pub(crate) source: Source,
}

/// What is documented of the life of a vendor's tokens.
pub(crate) fn lifetime(vendor: Vendor) -> Option<&'static Lifetime> {
    LIFETIMES.iter().find(|lifetime| lifetime.vendor == vendor)
}

/// Every vendor of whose tokens something is documented. Xiaomi and Honor document nothing that could be
/// found.
const LIFETIMES: &[Lifetime] = &[
    tokens(Vendor::Huawei, Source::read(HUAWEI_TOKENS))
        .quiet_after(30)
        .changes_with("reinstallation, cleared app data, factory reset, deleteToken, expiry at the server")
        .survives("another HUAWEI ID"),
    tokens(Vendor::Oppo, Source::read("https://www.zybuluo.com/RitcheeQinG/note/1697483"))
        .quiet_after(30)
        .changes_with("nothing is documented"),
    tokens(Vendor::Vivo, Source::PUBLIC_CODE)
        .dead_after(7)
        .changes_with("reinstallation, cleared app data, turnOffPush: the id is made of device, app and time"),
    tokens(Vendor::Meizu, Source::read("https://blog.csdn.net/weixin_34358092/article/details/85983979"))
        .changes_with("tools that clone a phone may leave another phone's id")
        .survives("reinstallation, Meizu says"),
    tokens(Vendor::Fcm, Source::read("https://firebase.google.com/docs/cloud-messaging/manage-tokens"))
        .quiet_after(30)
        .dead_after(270)
        .changes_with("restoration on another device, reinstallation, cleared app data, deleteToken, a reset by the server"),
    tokens(Vendor::Apns, Source::read(APPLE_TOKENS))
        .changes_with("restoration on another device, reinstallation of the system or the app; ask at every launch"),
    tokens(Vendor::HarmonyOs, Source::read(HARMONY_TOKENS))
        .changes_with("reinstallation, factory reset, deleteToken or deleteAAID and then getToken")
        .survives("another account: it goes on to get the first one's pushes"),
];

const HUAWEI_TOKENS: &str =
    "https://developer.huawei.com/consumer/en/doc/hmscore-guides/android-client-dev-0000001050042041";
const APPLE_TOKENS: &str = "https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)";
const HARMONY_TOKENS: &str =
    "https://developer.huawei.com/consumer/cn/doc/doccenter-capabilities/push-get-token.md";

/// Tokens of whose life nothing is documented but what the row says, in days.
const fn tokens(vendor: Vendor, source: Source) -> Lifetime {
    Lifetime { vendor, quiet_after: None, dead_after: None, changes_with: "", survives: "", source }
}

impl Lifetime {
    const fn quiet_after(self, days: u64) -> Self {
        Self { quiet_after: Some(Duration::from_secs(days.saturating_mul(24 * 3600))), ..self }
    }

    const fn dead_after(self, days: u64) -> Self {
        Self { dead_after: self.quiet_after(days).quiet_after, ..self }
    }

    const fn changes_with(self, changes_with: &'static str) -> Self {
        Self { changes_with, ..self }
    }

    const fn survives(self, survives: &'static str) -> Self {
        Self { survives, ..self }
    }
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
