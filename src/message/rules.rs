//! The rules of reading and checking a push. Their examples are in `doctor/examples.txt`.

use crate::finding::Rule;
use crate::vendor::Source;

/// The C library's behaviour, which no document tells.
pub(super) const C_LIBRARY: Source =
    Source::read("observed: npm im_electron_sdk 8.0.5906, library 8.0.5903 on Linux x86-64");
pub(super) const HEADER: Source =
    Source::read("Tencent's header V2TIMManager+Message.h (TencentCloud/TIMSDK)");
pub(super) const REST: Source = Source::read("https://trtc.io/document/77715");
pub(super) const REST_2026: Source = Source::read("https://cloud.tencent.com/document/product/269/133879");
pub(super) const QUOTAS: Source = Source::read("https://cloud.tencent.com/document/product/269/130977");
const PARAMS: Source = Source::read("https://cloud.tencent.com/document/product/269/121188");
const XIAOMI_TEMPLATES: Source =
    Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=2314");
const SEND: Source = Source::read("https://trtc.io/document/47993");

/// All of them, in the order of the doctor's catalogue.
pub(crate) const ALL: &[&Rule] = &[
    OTHER_FORMAT,
    ENCODED_TWICE,
    UNKNOWN_KEY,
    DUPLICATE_KEY,
    WRONG_TYPE,
    UNKNOWN_VALUE,
    OUT_OF_RANGE,
    IMAGE_NOT_HTTPS,
    SOUND_WITHOUT_SUFFIX,
    SOUND_WITH_SUFFIX,
    DURATION_WITHOUT_SOUND,
    LEVEL_WITHOUT_CATEGORY,
    VENDOR_PARAMS,
    LIVE_ACTIVITY_ID,
    CUSTOM_WITHOUT_DESC,
    NOTHING_TO_SHOW,
    ONLINE_ONLY,
    PUSH_DISABLED,
    EXT_NOT_TEXT,
    EXT_NOT_OBJECT,
    EXT_ENCODED,
    EXT_LONG,
    EXT_TOO_LONG,
    DESC_AND_EXT_TOO_LONG,
    PAYLOAD_TOO_LONG,
    MESSAGE_TOO_LONG,
    TITLE_CUT,
    DESC_CUT,
    CHANNEL_MISSING,
    CATEGORY_MISSING,
    TEMPLATE_MISSING,
    TEMPLATE_PARAMS,
    SOUND_IGNORED,
    IMAGE_NEEDS_EXTENSION,
    LEVEL_NEEDS_APPROVAL,
];

pub(super) const UNKNOWN_KEY: &Rule = &Rule::note("push-unknown-key", REST)
    .says("A key of the input is not one of its form. It is written back in the same form only.")
    .with_fix("check its spelling");

pub(super) const DUPLICATE_KEY: &Rule = &Rule::warning("push-duplicate-key", REST)
    .says("A key of the input appears more than once. The last one counts.")
    .with_fix("write each key once");

pub(super) const WRONG_TYPE: &Rule = &Rule::error("push-wrong-type", C_LIBRARY)
    .says("A value of the input has another JSON type than its form documents.")
    .with_fix("write the type that the form documents");

pub(super) const UNKNOWN_VALUE: &Rule = &Rule::warning("push-unknown-value", REST)
    .says("A value is not one of those that the vendor documents.")
    .with_fix("use a documented value, unless the vendor added this one later");

pub(super) const OUT_OF_RANGE: &Rule = &Rule::error("push-out-of-range", REST)
    .says("A number is outside its range.")
    .with_fix("stay within the range");

pub(super) const IMAGE_NOT_HTTPS: &Rule = &Rule::error("push-image-not-https", HEADER)
    .says("The address of an image does not begin with https://, so the image is not shown.")
    .with_fix("use an address that begins with https://");

pub(super) const SOUND_WITHOUT_SUFFIX: &Rule = &Rule::warning("push-sound-without-suffix", HEADER)
    .says("A sound that is a file of the app is named without its suffix.")
    .with_fix("name the file with its suffix, such as ring.caf");

pub(super) const SOUND_WITH_SUFFIX: &Rule = &Rule::warning("push-sound-with-suffix", HEADER)
    .says("A sound that is an Android resource is named with its suffix.")
    .with_fix("name the resource without its suffix, such as ring for res/raw/ring.mp3");

pub(super) const DURATION_WITHOUT_SOUND: &Rule = &Rule::warning("push-duration-without-sound", REST)
    .says("A duration is set for a sound that is not set.")
    .with_fix("set a sound too");

pub(super) const LEVEL_WITHOUT_CATEGORY: &Rule = &Rule::error("push-level-without-category", REST)
    .says("OPPO's notify level is set and no category, without which it has no effect.")
    .with_fix("set a category too");

pub(super) const VENDOR_PARAMS: &Rule = &Rule::warning("push-vendor-params", PARAMS)
    .says("The vendor parameters are not a JSON object, or have members that are unknown or of another type.")
    .with_fix("write a JSON object with the documented members");

pub(super) const LIVE_ACTIVITY_ID: &Rule = &Rule::error("push-live-activity-id", REST)
    .says("The id of a Live Activity is missing or longer than 64 bytes.")
    .with_fix("set LaId to the client's activity id, at most 64 bytes");

pub(crate) const CUSTOM_WITHOUT_DESC: &Rule = &Rule::error("push-custom-without-desc", Source::TENCENT_2021)
    .says("A custom message without a desc is never pushed.")
    .with_fix("set the desc");

pub(super) const NOTHING_TO_SHOW: &Rule = &Rule::warning("push-nothing-to-show", Source::TENCENT_FAQ)
    .says("Title and desc are both empty: Tencent chooses the text that is shown.")
    .with_fix("set a title or a desc");

pub(crate) const ONLINE_ONLY: &Rule = &Rule::error("push-online-only", SEND)
    .says("The message is sent to online users only and is never pushed.")
    .with_fix("send it to offline users too");

pub(super) const PUSH_DISABLED: &Rule = &Rule::note("push-push-disabled", HEADER)
    .says("Push is switched off for the message.")
    .with_fix("leave push enabled if the message should be pushed");

pub(super) const EXT_NOT_TEXT: &Rule = &Rule::error("push-ext-not-text", HEADER)
    .says("The ext is not UTF-8 text, so no form can carry it.")
    .with_fix("write the ext as UTF-8 text, such as JSON");

pub(super) const EXT_NOT_OBJECT: &Rule = &Rule::error("push-ext-not-object", Source::TENCENT_2021)
    .says("The ext is not a JSON object, so the push does not arrive on OPPO.")
    .with_fix("write the ext as a JSON object");

pub(super) const EXT_LONG: &Rule = &Rule::warning("push-ext-long", REST_2026)
    .says("The ext is longer than 1 KB, the most that Tencent advises.")
    .with_fix("shorten the ext, and let the app fetch the rest");

pub(super) const EXT_TOO_LONG: &Rule = &Rule::error("push-ext-too-long", REST_2026)
    .says("The ext alone is longer than what the vendor carries.")
    .with_fix("shorten the ext, and let the app fetch the rest");

pub(super) const DESC_AND_EXT_TOO_LONG: &Rule = &Rule::error("push-desc-and-ext-too-long", REST)
    .says("Desc and ext together are longer than what Tencent leaves of an APNs payload.")
    .with_fix("shorten the desc or the ext");

pub(super) const PAYLOAD_TOO_LONG: &Rule = &Rule::error("push-payload-too-long", REST)
    .says("Title, desc and ext together are longer than what the vendor carries.")
    .with_fix("shorten the title, the desc or the ext");

pub(super) const MESSAGE_TOO_LONG: &Rule = &Rule::error("push-message-too-long", SEND)
    .says("The message with its push is longer than 12 KB, the most that Tencent carries.")
    .with_fix("shorten the message, its push included");

pub(super) const TITLE_CUT: &Rule = &Rule::warning("push-title-cut", REST)
    .says("The title is longer than what a vendor shows.")
    .with_fix("shorten the title");

pub(super) const DESC_CUT: &Rule = &Rule::warning("push-desc-cut", REST)
    .says("The desc is longer than what a vendor shows.")
    .with_fix("shorten the desc");

pub(super) const CHANNEL_MISSING: &Rule = &Rule::error("push-channel-missing", Source::TENCENT_2021)
    .says("No notification channel is named where one is needed: Android 8 and newer shows nothing.")
    .with_fix("name a notification channel in the message or in the console certificate");

pub(super) const CATEGORY_MISSING: &Rule = &Rule::warning("push-category-missing", QUOTAS)
    .says(
        "No message class is named, so the vendor counts the push as marketing and lets only a few through.",
    )
    .with_fix("name the message class in the message or in the console certificate");

pub(super) const SOUND_IGNORED: &Rule = &Rule::note("push-sound-ignored", HEADER)
    .says("A sound is set that the vendor ignores.")
    .with_fix("set the sound of the notification channel on the device");

pub(super) const IMAGE_NEEDS_EXTENSION: &Rule = &Rule::note("push-image-needs-extension", HEADER)
    .says("An image is shown on iOS only by an app with a notification service extension.")
    .with_fix("add a notification service extension and switch mutable-content on");

pub(super) const LEVEL_NEEDS_APPROVAL: &Rule = &Rule::note("push-level-needs-approval", HEADER)
    .says("The interruption level needs an entitlement or Apple's approval.")
    .with_fix("get the entitlement or approval from Apple");

pub(crate) const OTHER_FORMAT: &Rule = &Rule::error("push-other-format", REST)
    .says("The input is not an OfflinePushInfo of its form but something else: a request without one, an SDK's object, or the keys of a call push.")
    .with_fix("give the OfflinePushInfo, or the request that holds it");

pub(crate) const ENCODED_TWICE: &Rule = &Rule::error("push-encoded-twice", REST)
    .says("The push stands in the request as a JSON text, where the interface takes an object.")
    .with_fix("write the object itself, not its text");

pub(super) const EXT_ENCODED: &Rule = &Rule::error("push-ext-encoded", REST)
    .says("The ext is an object that was encoded once too often, so that Tencent's screens and most apps cannot read it.")
    .with_fix("write the ext as the JSON text of the object, escaped once");

pub(super) const TEMPLATE_MISSING: &Rule = &Rule::note("push-template-missing", XIAOMI_TEMPLATES)
    .says("No push template is named. Xiaomi requires a template id beside the notification channel for every private message.")
    .with_fix("name the push template in the message (pushTemplateId) or in the console");

pub(super) const TEMPLATE_PARAMS: &Rule = &Rule::error("push-template-params", XIAOMI_TEMPLATES)
    .says("The variables of a template are more or longer than Xiaomi takes, or hold an emoji.")
    .with_fix("use at most 9 variables of 1 to 128 characters each, without emoji");
