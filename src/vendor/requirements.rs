//! What a vendor asks of a phone, an SDK, a notification channel and the class of a message, and how long its tokens live.

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

/// Every vendor's requirements.
const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        vendor: Vendor::Xiaomi,
        system_2021: Some("MIUI"),
        sdk_2021: Some("`MiPush_SDK_Client_3_6_12.jar`"),
        system_today: "Android 4.4 (API level 19); MIUI or HyperOS for mainland China",
        sdks_today: "4.8.6 or newer for targetSdk 31; 4.9.1, 5.0.3, 6.0.1, 6.0.1-C",
        source: XIAOMI,
    },
    Requirement {
        vendor: Vendor::Huawei,
        system_2021: Some("EMUI"),
        sdk_2021: Some("`push:2.6.3.301`; HMS Core 20401300 or newer"),
        system_today: "HMS Core 3.0.0; EMUI 10 for a token in the return value",
        sdks_today: "5.0.2.300, 6.12.0.300, 6.13.0.300",
        source: SDKS,
    },
    Requirement {
        vendor: Vendor::Honor,
        system_2021: None,
        sdk_2021: None,
        system_today: "Magic UI 4.0, overseas 4.2",
        sdks_today: "7.0.41, 7.0.61.303, 8.0.12.307",
        source: SDKS,
    },
    Requirement {
        vendor: Vendor::Oppo,
        system_2021: Some("ColorOS"),
        sdk_2021: Some("`mcssdk-2.0.2.jar`; not all OPPO models and versions"),
        system_today: "ColorOS 3.1, Android 4.4; OnePlus 5 and newer; every realme",
        sdks_today: "3.0.0, 3.1.0, 3.4.0, 3.5.2, 3.5.3, 3.7.1",
        source: SDKS,
    },
    Requirement {
        vendor: Vendor::Vivo,
        system_2021: Some("FuntouchOS"),
        sdk_2021: Some("`vivo_pushsdk_v2.3.1.jar`; not all vivo models and versions"),
        system_today: "Android 6; only some models",
        sdks_today: "3.0.0.4, 4.0.0, 4.0.4.0, 4.0.6.0, 4.1.0.0",
        source: SDKS,
    },
    Requirement {
        vendor: Vendor::Meizu,
        system_2021: Some("Flyme"),
        sdk_2021: Some("`push-internal:3.6.+`"),
        system_today: "Flyme",
        sdks_today: "4.3.0, 5.0.2, 5.0.3, 5.0.5",
        source: SDKS,
    },
    Requirement {
        vendor: Vendor::Fcm,
        system_2021: Some("Android 4.1"),
        sdk_2021: Some("Play services; used outside mainland China"),
        system_today: "Play services that reach Google; with installation ids Play services 261200000",
        sdks_today: "23.x, 24.1.2, 25.1.2",
        source: SDKS,
    },
    Requirement {
        vendor: Vendor::Apns,
        system_2021: None,
        sdk_2021: None,
        system_today: "an aps-environment entitlement",
        sdks_today: "part of the system",
        source: Source::TENCENT_IOS_FAQ,
    },
    Requirement {
        vendor: Vendor::HarmonyOs,
        system_2021: None,
        sdk_2021: None,
        system_today: "HarmonyOS NEXT on a real device",
        sdks_today: "Push Kit 5.0.0(12) on phones and tablets, 5.1.0(18) on wearables, 5.1.1(19) on TVs",
        source: HARMONY,
    },
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

/// Every vendor of whose tokens something is documented. Xiaomi and Honor document nothing that could be found.
const LIFETIMES: &[Lifetime] = &[
    Lifetime {
        quiet_after: Some(days(30)),
        changes_with: "reinstallation, cleared app data, factory reset, deleteToken, expiry at the server",
        survives: "another HUAWEI ID",
        ..tokens(
            Vendor::Huawei,
            Source::read(
                "https://developer.huawei.com/consumer/en/doc/hmscore-guides/android-client-dev-0000001050042041",
            ),
        )
    },
    Lifetime {
        quiet_after: Some(days(30)),
        changes_with: "nothing is documented",
        ..tokens(Vendor::Oppo, Source::read("https://www.zybuluo.com/RitcheeQinG/note/1697483"))
    },
    Lifetime {
        dead_after: Some(days(7)),
        changes_with: "reinstallation, cleared app data, turnOffPush: the id is made of device, app and time",
        ..tokens(Vendor::Vivo, Source::PUBLIC_CODE)
    },
    Lifetime {
        changes_with: "tools that clone a phone may leave another phone's id",
        survives: "reinstallation, Meizu says",
        ..tokens(
            Vendor::Meizu,
            Source::read("https://blog.csdn.net/weixin_34358092/article/details/85983979"),
        )
    },
    Lifetime {
        quiet_after: Some(days(30)),
        dead_after: Some(days(270)),
        changes_with: "restoration on another device, reinstallation, cleared app data, deleteToken, a reset by the server",
        ..tokens(Vendor::Fcm, Source::read("https://firebase.google.com/docs/cloud-messaging/manage-tokens"))
    },
    Lifetime {
        changes_with: "restoration on another device, reinstallation of the system or the app; ask at every launch",
        ..tokens(
            Vendor::Apns,
            Source::read(
                "https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)",
            ),
        )
    },
    Lifetime {
        changes_with: "reinstallation, factory reset, deleteToken or deleteAAID and then getToken",
        survives: "another account: it goes on to get the first one's pushes",
        ..tokens(
            Vendor::HarmonyOs,
            Source::read(
                "https://developer.huawei.com/consumer/cn/doc/doccenter-capabilities/push-get-token.md",
            ),
        )
    },
];

/// Tokens of whose life nothing is documented but what the row says.
const fn tokens(vendor: Vendor, source: Source) -> Lifetime {
    Lifetime { vendor, quiet_after: None, dead_after: None, changes_with: "", survives: "", source }
}

const fn days(days: u64) -> Duration {
    Duration::from_secs(days.saturating_mul(24 * 3600))
}

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

const XIAOMI_CHANNELS: Source =
    Source::read_on("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=2314", "2026-11-29");
const HARMONY_CLASSES: Source =
    Source::read_on("https://help.aliyun.com/document_detail/2835878.html", "2026-11-29");

/// APNs asks for none of this. The other rows say what they ask for beyond it.
const ASKS_NOTHING: NotificationRule = NotificationRule {
    vendor: Vendor::Apns,
    channel: NotificationChannelNeed::None,
    channel_key: None,
    class_key: None,
    chat_class: None,
    template_needed: false,
    classes: WordList(""),
    otherwise: "",
    source: TENCENT,
};

/// Every vendor's rules.
const RULES: &[NotificationRule] = &[
    NotificationRule {
        vendor: Vendor::Xiaomi,
        channel: NotificationChannelNeed::MadeInConsole,
        channel_key: Some("XiaoMiChannelID"),
        template_needed: true,
        otherwise: "without a channel Android 8 and newer show nothing; public channels have a daily quota; a private message needs a template too, with at most 9 variables of 1 to 128 characters and no emoji",
        source: XIAOMI_CHANNELS,
        ..ASKS_NOTHING
    },
    NotificationRule {
        vendor: Vendor::Huawei,
        channel: NotificationChannelNeed::Optional,
        channel_key: Some("HuaWeiChannelID"),
        class_key: Some("HuaWeiCategory"),
        chat_class: Some("IM"),
        classes: WordList(
            "IM VOIP SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER SYSTEM_REMINDER \
             MAIL PLAY_VOICE MARKETING",
        ),
        otherwise: "without the right to classify itself an app sends two (news five) a day",
        source: QUOTAS,
        ..ASKS_NOTHING
    },
    NotificationRule {
        vendor: Vendor::Oppo,
        channel: NotificationChannelNeed::CreatedByApp,
        channel_key: Some("OPPOChannelID"),
        class_key: Some("OPPOCategory"),
        chat_class: Some("IM"),
        classes: WordList("IM ACCOUNT NEWS CONTENT MARKETING"),
        otherwise: "content messages have a daily quota; a notify level needs a category of the IM class",
        source: OPPO,
        ..ASKS_NOTHING
    },
    NotificationRule {
        vendor: Vendor::Vivo,
        class_key: Some("VIVOCategory"),
        chat_class: Some("IM"),
        classes: WordList("IM"),
        otherwise: "operation messages go out from 7 to 23 o'clock only; a category that does not match is error 10097",
        ..ASKS_NOTHING
    },
    NotificationRule {
        vendor: Vendor::Meizu,
        class_key: Some("MeiZuNoticeMsgType"),
        chat_class: Some("1"),
        classes: WordList("0 1"),
        otherwise: "public messages (0) have a daily quota",
        source: QUOTAS,
        ..ASKS_NOTHING
    },
    NotificationRule {
        vendor: Vendor::Fcm,
        channel: NotificationChannelNeed::Optional,
        channel_key: Some("GoogleChannelID"),
        ..ASKS_NOTHING
    },
    NotificationRule {
        vendor: Vendor::Honor,
        class_key: Some("HonorImportance"),
        chat_class: Some("NORMAL"),
        classes: WordList("LOW NORMAL"),
        otherwise: "LOW is marketing: two (news five) a day",
        source: QUOTAS,
        ..ASKS_NOTHING
    },
    ASKS_NOTHING,
    NotificationRule {
        vendor: Vendor::HarmonyOs,
        class_key: Some("Category"),
        chat_class: Some("IM"),
        classes: WordList(
            "IM VOIP SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER MAIL \
             CUSTOMER_SERVICE MARKETING",
        ),
        otherwise: "3000 messages a day for one device and app",
        source: HARMONY_CLASSES,
        ..ASKS_NOTHING
    },
];
