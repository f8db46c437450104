//! Rules about a registrar at work on a phone.

use crate::finding::{Rule, Severity};
use crate::vendor::Source;

const LOSSES: Source = Source::read("https://intl.cloud.tencent.com/document/product/1047/71898");
const ERROR_CODES: Source = Source::read("https://www.tencentcloud.com/document/product/1047/34348");
const PUSH_CODES: Source = Source::read("https://cloud.tencent.com/document/product/269/117847");
const FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");
const ANDROID_13: Source =
    Source::read("https://developer.android.com/about/versions/13/behavior-changes-13");
const CHANNELS: Source = Source::read("https://tencentcloud.com/zh/document/product/1024/36250");

pub(in crate::doctor) const ALL: &[&Rule] = &[
    BLOCKED,
    ON_THE_WAY,
    VOIP_BLOCKED,
    CERTIFICATE_NOT_SET,
    TOKEN_NOT_UPLOADED,
    TOKEN_OLD,
    TOKEN_ODD,
    FLAPPING,
    PERMISSION_DENIED,
    CHANNEL_BLOCKED,
    POSSIBLY_BOUND,
    VENDOR_CODE,
    IM_CODE,
    STORE_FAILED,
];

pub(in crate::doctor) const BLOCKED: &Rule = &Rule::new(
    "phone-blocked",
    Severity::Error,
    "Pushes cannot reach this phone, and nothing under way will change that.",
    "do what the finding names",
    LOSSES,
)
.with_examples("phone: nobody is logged in", "phone: all is well");

pub(in crate::doctor) const ON_THE_WAY: &Rule = &Rule::new(
    "phone-on-the-way",
    Severity::Warning,
    "Pushes cannot reach this phone yet; what is missing is under way or comes by itself.",
    "wait, or look again later",
    LOSSES,
)
.with_examples("phone: the vendor SDK has not answered yet", "phone: all is well");

pub(in crate::doctor) const VOIP_BLOCKED: &Rule = &Rule::new(
    "phone-voip-blocked",
    Severity::Warning,
    "The report of the VoIP token failed: calls cannot ring on this phone by a VoIP push. Its other pushes can arrive.",
    "do what the finding names",
    ERROR_CODES,
)
.with_examples("phone: the server refused the VoIP token only", "phone: all is well");

pub(in crate::doctor) const CERTIFICATE_NOT_SET: &Rule = &Rule::new(
    "certificate-id-not-set",
    Severity::Error,
    "A token is held, and its channel has no certificate id: Tencent's console shows loss code -1.",
    "report the business id with the token: configure it for that channel",
    LOSSES,
)
.with_examples("phone: the channel of the token has no certificate", "phone: all is well");

pub(in crate::doctor) const TOKEN_NOT_UPLOADED: &Rule = &Rule::new(
    "token-not-uploaded",
    Severity::Error,
    "The server has no token of this phone: Tencent's console shows loss code -2.",
    "remove what blocks the report",
    LOSSES,
)
.with_examples("phone: nobody is logged in", "phone: all is well");

pub(in crate::doctor) const TOKEN_OLD: &Rule = &Rule::new(
    "token-old",
    Severity::Warning,
    "The token is older than what its vendor lets a phone be silent for; if it was without a connection all that time, the token is dead or not served.",
    "ask the vendor's SDK for the token again at every launch",
    FAQ,
)
.with_examples("phone: a vivo token of eight days", "phone: a vivo token of six days");

pub(in crate::doctor) const TOKEN_ODD: &Rule = &Rule::new(
    "token-odd",
    Severity::Warning,
    "The token looks like none of its channel's.",
    "see that each SDK's token is told under its own channel, untouched by URL decoding",
    Source::PUBLIC_CODE,
)
.with_examples("phone: an OPPO token told as Xiaomi's", "phone: all is well");

pub(in crate::doctor) const FLAPPING: &Rule = &Rule::new(
    "flapping",
    Severity::Warning,
    "Many more reports or tokens than a phone needs in one run: two SDKs, or a host that tells each token anew.",
    "leave each vendor to one SDK, and tell the registrar of a token when the vendor does",
    FAQ,
)
.with_examples("phone: a new token twenty times", "phone: all is well");

pub(in crate::doctor) const PERMISSION_DENIED: &Rule = &Rule::new(
    "permission-denied",
    Severity::Error,
    "The user has not allowed the app to show notifications.",
    "ask for it, or lead the user to the settings",
    ANDROID_13,
)
.with_examples("phone: notifications are not allowed", "phone: notifications are allowed");

pub(in crate::doctor) const CHANNEL_BLOCKED: &Rule = &Rule::new(
    "channel-blocked",
    Severity::Error,
    "The notification channel is missing on the phone, or the user has switched it off.",
    "create it before the registration; only the user can switch it on again",
    CHANNELS,
)
.with_examples("phone: the notification channel is off", "phone: the notification channel is on");

pub(in crate::doctor) const POSSIBLY_BOUND: &Rule = &Rule::new(
    "possibly-bound",
    Severity::Warning,
    "The server may still push another account's messages to this phone: its logout was never acknowledged.",
    "log that account in and out once with the network on, or delete the vendor's token",
    FAQ,
)
.with_examples("phone: a logout was never answered", "phone: all is well");

pub(in crate::doctor) const VENDOR_CODE: &Rule = &Rule::new(
    "vendor-code",
    Severity::Error,
    "The vendor's SDK refused the registration.",
    "do what the code's row says",
    PUSH_CODES,
)
.with_examples("phone: Huawei answered 6003", "phone: all is well");

pub(in crate::doctor) const IM_CODE: &Rule = &Rule::new(
    "im-code",
    Severity::Error,
    "Tencent's SDK or server refused the report.",
    "do what the code's row says",
    ERROR_CODES,
)
.with_examples("phone: the server answered 22001", "phone: all is well");

pub(in crate::doctor) const STORE_FAILED: &Rule = &Rule::new(
    "store-failed",
    Severity::Warning,
    "The registrar's snapshot could not be stored, so that a restart may repeat a report or forget a logout.",
    "see that the folder is writable and not full",
    FAQ,
)
.with_examples("phone: the store fails", "phone: all is well");
