//! Notification channels and message classes: what each vendor asks for.

use serde::Serialize;

use super::{Source, Vendor};

/// Who makes the notification channel in which a push is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChannelNeed {
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

/// What a vendor asks of the channel and of the class of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ChannelRule {
    /// Which channel.
    pub vendor: Vendor,
    /// Who makes the notification channel.
    pub channel: ChannelNeed,
    /// The member of Tencent's `AndroidInfo` that names it.
    pub channel_key: Option<&'static str>,
    /// The member of Tencent's `OfflinePushInfo` that names the class of a chat message.
    pub class_key: Option<&'static str>,
    /// The value of that member for a chat message, where Tencent's own kit gives one.
    pub chat_class: Option<&'static str>,
    /// Values that are documented. The vendor's console may know more.
    pub classes: &'static [&'static str],
    /// What happens without a class, or with the wrong one.
    pub otherwise: &'static str,
    /// Where this stands.
    pub source: Source,
}

/// What a vendor asks of the channel and of the class of a message.
///
/// ```
/// use tim_offline_push::vendor::{ChannelNeed, Vendor, channel_rule};
///
/// assert_eq!(channel_rule(Vendor::Oppo).map(|rule| rule.channel), Some(ChannelNeed::CreatedByApp));
/// ```
pub fn channel_rule(vendor: Vendor) -> Option<&'static ChannelRule> {
    CHANNEL_RULES.iter().find(|rule| rule.vendor == vendor)
}

const TENCENT: Source = Source::read("https://cloud.tencent.com/document/product/269/133879");
const QUOTAS: Source = Source::read("https://cloud.tencent.com/document/product/269/130977");
const OPPO: Source = Source::read("https://trtc.io/document/73940");

/// Every vendor's rules.
pub const CHANNEL_RULES: &[ChannelRule] = &[
    ChannelRule {
        vendor: Vendor::Xiaomi,
        channel: ChannelNeed::MadeInConsole,
        channel_key: Some("XiaoMiChannelID"),
        class_key: None,
        chat_class: None,
        classes: &[],
        otherwise: "without a channel Android 8 and newer show nothing; public channels have a daily quota",
        source: TENCENT,
    },
    ChannelRule {
        vendor: Vendor::Huawei,
        channel: ChannelNeed::Optional,
        channel_key: Some("HuaWeiChannelID"),
        class_key: Some("HuaWeiCategory"),
        chat_class: Some("IM"),
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
    ChannelRule {
        vendor: Vendor::Oppo,
        channel: ChannelNeed::CreatedByApp,
        channel_key: Some("OPPOChannelID"),
        class_key: Some("OPPOCategory"),
        chat_class: Some("IM"),
        classes: &["IM", "ACCOUNT", "NEWS", "CONTENT", "MARKETING"],
        otherwise: "content messages have a daily quota; a notify level needs a category",
        source: OPPO,
    },
    ChannelRule {
        vendor: Vendor::Vivo,
        channel: ChannelNeed::None,
        channel_key: None,
        class_key: Some("VIVOCategory"),
        chat_class: Some("IM"),
        classes: &["IM"],
        otherwise: "operation messages go out from 7 to 23 o'clock only; a category that does not match is error 10097",
        source: TENCENT,
    },
    ChannelRule {
        vendor: Vendor::Meizu,
        channel: ChannelNeed::None,
        channel_key: None,
        class_key: Some("MeiZuNoticeMsgType"),
        chat_class: Some("1"),
        classes: &["0", "1"],
        otherwise: "public messages (0) have a daily quota",
        source: QUOTAS,
    },
    ChannelRule {
        vendor: Vendor::Fcm,
        channel: ChannelNeed::Optional,
        channel_key: Some("GoogleChannelID"),
        class_key: None,
        chat_class: None,
        classes: &[],
        otherwise: "",
        source: TENCENT,
    },
    ChannelRule {
        vendor: Vendor::Honor,
        channel: ChannelNeed::None,
        channel_key: None,
        class_key: Some("HonorImportance"),
        chat_class: Some("NORMAL"),
        classes: &["LOW", "NORMAL"],
        otherwise: "LOW is marketing: two (news five) a day",
        source: QUOTAS,
    },
    ChannelRule {
        vendor: Vendor::Apns,
        channel: ChannelNeed::None,
        channel_key: None,
        class_key: None,
        chat_class: None,
        classes: &[],
        otherwise: "",
        source: TENCENT,
    },
    ChannelRule {
        vendor: Vendor::HarmonyOs,
        channel: ChannelNeed::None,
        channel_key: None,
        class_key: Some("Category"),
        chat_class: Some("IM"),
        classes: &["IM"],
        otherwise: "as Huawei; 3000 messages a day for one device and app",
        source: TENCENT,
    },
];
