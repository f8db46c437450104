//! The keys that vendors and systems put beside the ext: a table.

use KeyPattern::{Exact, Prefix};
use Vendor::{Apns, Fcm, HarmonyOs, Honor, Huawei, Meizu, Vivo, Xiaomi};

use crate::vendor::Vendor;

/// The name of `MzPushMessage.getSelfDefineContentString()`: the ext itself, or JSON with a key `ext`.
pub(super) const MEIZU_CONTENT: &str = "selfDefineContentString";

/// A key, or the beginning of keys, that a vendor writes into a payload for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct SystemKey {
    /// Whose key it is.
    pub vendor: Vendor,
    /// The key, or how it begins.
    pub pattern: KeyPattern,
    /// How it is known.
    pub evidence: Evidence,
    /// Where it is known from. All were read on 2026-11-22.
    pub source: &'static str,
}

/// Which keys a [`SystemKey`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyPattern {
    /// This key.
    Exact(&'static str),
    /// All keys that begin so.
    Prefix(&'static str),
}

impl KeyPattern {
    fn matches(self, key: &str) -> bool {
        match self {
            Self::Exact(exact) => key == exact,
            Self::Prefix(prefix) => key.starts_with(prefix),
        }
    }
}

/// How a [`SystemKey`] is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The vendor documents it, or publishes the code that writes it.
    Documented,
    /// Apps and copies of the vendor's SDK show it. No document promises it.
    SeenInTheField,
}

impl SystemKey {
    /// All known system keys.
    pub const ALL: &'static [Self] = TABLE;

    /// The system keys of a vendor.
    pub fn of(vendor: Vendor) -> impl Iterator<Item = &'static Self> {
        TABLE.iter().filter(move |row| row.vendor == vendor)
    }

    /// Whether `key` is a system key of `vendor`. For an unknown vendor only prefixes count: a plain word such as
    /// `from` may be anybody's.
    pub fn is_one(vendor: Option<Vendor>, key: &str) -> bool {
        ANDROID.matches(key)
            || match vendor {
                Some(vendor) => Self::of(vendor).any(|row| row.pattern.matches(key)),
                None => TABLE.iter().any(|row| matches!(row.pattern, Prefix(_)) && row.pattern.matches(key)),
            }
    }
}

/// What Android itself puts into an intent, such as `android.intent.extra.REFERRER`
/// (<https://developer.android.com/reference/android/content/Intent>).
const ANDROID: KeyPattern = Prefix("android.intent.extra.");

const FCM: &str = "firebase-android-sdk, firebase-messaging/Constants.java";
const FCM_ON_IOS: &str = "firebase-ios-sdk, FIRMessagingConstants";
const MI: &str = "https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1559";
const MI_SDK: &str =
    "chat-uikit-android, OfflineMessageDispatcher.java; constant PushMessageHelper.KEY_MESSAGE";
const APPLE: &str =
    "https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification";
const OHOS: &str = "OpenHarmony documents, js-apis-app-ability-want and js-apis-app-ability-wantConstant";
const FIELD: &str = "public apps and copies of the vendor's SDK";

const fn documented(vendor: Vendor, pattern: KeyPattern, source: &'static str) -> SystemKey {
    SystemKey { vendor, pattern, evidence: Evidence::Documented, source }
}

const fn seen(vendor: Vendor, pattern: KeyPattern) -> SystemKey {
    SystemKey { vendor, pattern, evidence: Evidence::SeenInTheField, source: FIELD }
}

const TABLE: &[SystemKey] = &[
    documented(Fcm, Prefix("google."), FCM),
    documented(Fcm, Prefix("gcm."), FCM),
    documented(Fcm, Exact("from"), FCM),
    documented(Fcm, Exact("message_type"), FCM),
    documented(Fcm, Exact("collapse_key"), FCM),
    documented(Fcm, Exact("rawData"), FCM),
    documented(Fcm, Exact("message_id"), FCM),
    documented(Apns, Exact("aps"), APPLE),
    documented(Apns, Prefix("gcm."), FCM_ON_IOS),
    documented(Apns, Prefix("google.c."), FCM_ON_IOS),
    documented(Xiaomi, Exact("key_message"), MI_SDK),
    documented(Xiaomi, Exact("notify_effect"), MI),
    documented(Xiaomi, Exact("notify_foreground"), MI),
    documented(Xiaomi, Exact("intent_uri"), MI),
    documented(Xiaomi, Exact("web_uri"), MI),
    documented(Xiaomi, Exact("sound_uri"), MI),
    documented(Xiaomi, Exact("ticker"), MI),
    documented(Xiaomi, Exact("flow_control"), MI),
    documented(Xiaomi, Exact("layout_name"), MI),
    documented(Xiaomi, Exact("layout_value"), MI),
    documented(Xiaomi, Exact("jobkey"), MI),
    documented(Xiaomi, Exact("callback"), MI),
    documented(Xiaomi, Prefix("callback."), MI),
    documented(Xiaomi, Exact("locale"), MI),
    documented(Xiaomi, Exact("locale_not_in"), MI),
    documented(Xiaomi, Exact("model"), MI),
    documented(Xiaomi, Exact("model_not_in"), MI),
    documented(Xiaomi, Exact("app_version"), MI),
    documented(Xiaomi, Exact("app_version_not_in"), MI),
    documented(Xiaomi, Exact("connpt"), MI),
    documented(Xiaomi, Exact("only_send_once"), MI),
    documented(Xiaomi, Exact("channel_id"), MI),
    documented(Xiaomi, Exact("channel_name"), MI),
    documented(Xiaomi, Exact("channel_description"), MI),
    seen(Xiaomi, Prefix("mipush_")),
    seen(Xiaomi, Exact("eventMessageType")),
    seen(Xiaomi, Exact("pushTargetComponent")),
    seen(Xiaomi, Exact("use_clicked_activity")),
    seen(Xiaomi, Exact("n_stats_expose")),
    seen(Xiaomi, Exact("rights_stat")),
    seen(Xiaomi, Exact("simplify_pull_type")),
    seen(Xiaomi, Exact("section_prr_cl")),
    seen(Xiaomi, Exact("fe_ts")),
    seen(Xiaomi, Exact("_msg_pri")),
    seen(Xiaomi, Exact("_gray_pri_t_p")),
    seen(Xiaomi, Exact("__m_ts")),
    seen(Xiaomi, Exact("__planId__")),
    seen(Xiaomi, Exact("__target_name")),
    seen(Huawei, Prefix("_push_")),
    seen(Honor, Prefix("_push_")),
    seen(Vivo, Prefix("vivo_push_")),
    seen(Vivo, Exact("command_type")),
    seen(Meizu, Exact("platform_extra")),
    documented(HarmonyOs, Prefix("ohos."), OHOS),
    documented(HarmonyOs, Prefix("ability.params."), OHOS),
    documented(HarmonyOs, Exact("component.startup.newRules"), OHOS),
    documented(HarmonyOs, Exact("moduleName"), OHOS),
];
