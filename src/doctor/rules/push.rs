//! Rules about a push: those of [`message`](crate::message), and what only the doctor sees.

use crate::finding::{Rule, Severity};
use crate::message;
use crate::vendor::Source;

const REST: Source = Source::read("https://trtc.io/document/77715");

pub(in crate::doctor) const ALL: &[&Rule] = &[
    UNREADABLE,
    CHANNEL_MISMATCH,
    FCM_DATA,
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
    EXT_LONG,
    EXT_TOO_LONG,
    DESC_AND_EXT_TOO_LONG,
    PAYLOAD_TOO_LONG,
    MESSAGE_TOO_LONG,
    TITLE_CUT,
    DESC_CUT,
    CHANNEL_MISSING,
    CATEGORY_MISSING,
    SOUND_IGNORED,
    IMAGE_NEEDS_EXTENSION,
    LEVEL_NEEDS_APPROVAL,
];

/// The row of a rule of [`message`].
pub(in crate::doctor) const fn row(rule: message::Rule) -> &'static Rule {
    use message::Rule as M;
    match rule {
        M::UnknownKey => UNKNOWN_KEY,
        M::DuplicateKey => DUPLICATE_KEY,
        M::WrongType => WRONG_TYPE,
        M::UnknownValue => UNKNOWN_VALUE,
        M::OutOfRange => OUT_OF_RANGE,
        M::ImageNotHttps => IMAGE_NOT_HTTPS,
        M::SoundWithoutSuffix => SOUND_WITHOUT_SUFFIX,
        M::SoundWithSuffix => SOUND_WITH_SUFFIX,
        M::DurationWithoutSound => DURATION_WITHOUT_SOUND,
        M::LevelWithoutCategory => LEVEL_WITHOUT_CATEGORY,
        M::VendorParams => VENDOR_PARAMS,
        M::LiveActivityId => LIVE_ACTIVITY_ID,
        M::CustomWithoutDesc => CUSTOM_WITHOUT_DESC,
        M::NothingToShow => NOTHING_TO_SHOW,
        M::OnlineOnly => ONLINE_ONLY,
        M::PushDisabled => PUSH_DISABLED,
        M::ExtNotText => EXT_NOT_TEXT,
        M::ExtNotObject => EXT_NOT_OBJECT,
        M::ExtLong => EXT_LONG,
        M::ExtTooLong => EXT_TOO_LONG,
        M::DescAndExtTooLong => DESC_AND_EXT_TOO_LONG,
        M::PayloadTooLong => PAYLOAD_TOO_LONG,
        M::MessageTooLong => MESSAGE_TOO_LONG,
        M::TitleCut => TITLE_CUT,
        M::DescCut => DESC_CUT,
        M::ChannelMissing => CHANNEL_MISSING,
        M::CategoryMissing => CATEGORY_MISSING,
        M::SoundIgnored => SOUND_IGNORED,
        M::ImageNeedsExtension => IMAGE_NEEDS_EXTENSION,
        M::LevelNeedsApproval => LEVEL_NEEDS_APPROVAL,
    }
}

pub(in crate::doctor) const fn severity(severity: message::Severity) -> Severity {
    match severity {
        message::Severity::Info => Severity::Note,
        message::Severity::Warning => Severity::Warning,
        message::Severity::Error => Severity::Error,
    }
}

/// The rule of a rule of [`message`], under its name with `push-` before it.
const fn of(rule: message::Rule, id: &'static str, sentence: &'static str) -> Rule {
    let (own, fix, source) = rule.facts();
    Rule::new(id, severity(own), sentence, fix, source)
}

pub(in crate::doctor) const UNREADABLE: &Rule = &Rule::new(
    "push-unreadable",
    Severity::Error,
    "The OfflinePushInfo is no JSON object, or is too large or too deep.",
    "correct the file at the place named",
    REST,
)
.with_examples(r#"--info {"Title": "#, r#"--info {"Title": "denny", "Desc": "hi"}"#);

pub(in crate::doctor) const CHANNEL_MISMATCH: &Rule = &Rule::new(
    "channel-mismatch",
    Severity::Error,
    "The push names a notification channel that the app does not create, so that Android 8 and newer shows nothing.",
    "name the channel that the app creates, in the message and in OPPO's console",
    Source::TENCENT_2021,
)
.with_examples("--app com.example.im\n--channel messages\n--info {\"Title\": \"t\", \"AndroidInfo\": {\"OPPOChannelID\": \"chat\"}}", "--app com.example.im\n--channel messages\n--info {\"Title\": \"t\", \"AndroidInfo\": {\"OPPOChannelID\": \"messages\"}}");

pub(in crate::doctor) const FCM_DATA: &Rule = &Rule::new(
    "fcm-data-message",
    Severity::Note,
    "The push goes through FCM as a data message, which an app that was killed may not get.",
    "leave fcmPushType unset or 1, so that it is a notification message",
    Source::read("https://cloud.tencent.com/document/product/269/100650"),
)
.with_examples(
    r#"--info {"Title": "t", "Ext": "{\"entity\":{},\"timPushFeatures\":{\"fcmPushType\":0}}"}"#,
    r#"--info {"Title": "t", "Ext": "{\"entity\":{},\"timPushFeatures\":{\"fcmPushType\":1}}"}"#,
);

const UNKNOWN_KEY: &Rule = &of(
    message::Rule::UnknownKey,
    "push-unknown-key",
    "A member of the input has a key that its form does not know.",
)
.with_examples(r#"--info {"Title": "t", "Description": "hi"}"#, r#"--info {"Title": "t", "Desc": "hi"}"#);

const DUPLICATE_KEY: &Rule = &of(
    message::Rule::DuplicateKey,
    "push-duplicate-key",
    "A member of the input stands there more than once; the last one counts.",
)
.with_examples(r#"--info {"Title": "t", "Title": "u"}"#, r#"--info {"Title": "t"}"#);

const WRONG_TYPE: &Rule = &of(
    message::Rule::WrongType,
    "push-wrong-type",
    "A member of the input has another JSON type than its form.",
)
.with_examples(r#"--info {"Title": "t", "PushFlag": "0"}"#, r#"--info {"Title": "t", "PushFlag": 0}"#);

const UNKNOWN_VALUE: &Rule = &of(
    message::Rule::UnknownValue,
    "push-unknown-value",
    "A value is none of those that the vendor documents.",
)
.with_examples(
    r#"--info {"Title": "t", "AndroidInfo": {"HonorImportance": "HIGH"}}"#,
    r#"--info {"Title": "t", "AndroidInfo": {"HonorImportance": "NORMAL"}}"#,
);

const OUT_OF_RANGE: &Rule =
    &of(message::Rule::OutOfRange, "push-out-of-range", "A number is outside its range.").with_examples(
        r#"--info {"Title": "t", "BadgeAddNum": 100}"#,
        r#"--info {"Title": "t", "BadgeAddNum": 1}"#,
    );

const IMAGE_NOT_HTTPS: &Rule = &of(
    message::Rule::ImageNotHttps,
    "push-image-not-https",
    "An image has no address that begins with https://, so that it is not shown.",
)
.with_examples(
    r#"--info {"Title": "t", "AndroidInfo": {"GoogleImage": "http://example.com/a.png"}}"#,
    r#"--info {"Title": "t", "AndroidInfo": {"GoogleImage": "https://example.com/a.png"}}"#,
);

const SOUND_WITHOUT_SUFFIX: &Rule = &of(
    message::Rule::SoundWithoutSuffix,
    "push-sound-without-suffix",
    "A sound that is a file of the app is named without its suffix.",
)
.with_examples(
    r#"--info {"Title": "t", "ApnsInfo": {"Sound": "ring"}}"#,
    r#"--info {"Title": "t", "ApnsInfo": {"Sound": "ring.caf"}}"#,
);

const SOUND_WITH_SUFFIX: &Rule = &of(
    message::Rule::SoundWithSuffix,
    "push-sound-with-suffix",
    "A sound that is an Android resource is named with its suffix.",
)
.with_examples(
    r#"--info {"Title": "t", "AndroidInfo": {"Sound": "ring.mp3"}}"#,
    r#"--info {"Title": "t", "AndroidInfo": {"Sound": "ring"}}"#,
);

const DURATION_WITHOUT_SOUND: &Rule = &of(
    message::Rule::DurationWithoutSound,
    "push-duration-without-sound",
    "A sound's duration is set, and no sound.",
)
.with_examples(
    r#"--info {"Title": "t", "HarmonyInfo": {"SoundDuration": 5}}"#,
    r#"--info {"Title": "t", "HarmonyInfo": {"Sound": "ring.mp3", "SoundDuration": 5}}"#,
);

const LEVEL_WITHOUT_CATEGORY: &Rule = &of(
    message::Rule::LevelWithoutCategory,
    "push-level-without-category",
    "OPPO's notify level is set and no category, without which it has no effect.",
)
.with_examples(
    r#"--info {"Title": "t", "AndroidInfo": {"OPPONotifyLevel": 16}}"#,
    r#"--info {"Title": "t", "AndroidInfo": {"OPPONotifyLevel": 16, "OPPOCategory": "IM"}}"#,
);

const VENDOR_PARAMS: &Rule = &of(
    message::Rule::VendorParams,
    "push-vendor-params",
    "The vendor parameters are no JSON object, or have members that are unknown or of another type.",
)
.with_examples(
    "--form v2tim\n--info {\"title\": \"t\", \"vendorParams\": \"high\"}",
    "--form v2tim\n--info {\"title\": \"t\", \"vendorParams\": \"{\\\"fcmPriority\\\":\\\"high\\\"}\"}",
);

const LIVE_ACTIVITY_ID: &Rule = &of(
    message::Rule::LiveActivityId,
    "push-live-activity-id",
    "A Live Activity's id is missing or over 64 bytes.",
)
.with_examples(
    r#"--info {"Title": "t", "ApnsInfo": {"LiveActivity": {"Event": "end"}}}"#,
    r#"--info {"Title": "t", "ApnsInfo": {"LiveActivity": {"LaId": "a1", "Event": "end"}}}"#,
);

const CUSTOM_WITHOUT_DESC: &Rule = &of(
    message::Rule::CustomWithoutDesc,
    "push-custom-without-desc",
    "A custom message has no desc, and is never pushed.",
)
.with_examples(
    "--custom\n--info {\"Title\": \"t\"}",
    "--custom\n--info {\"Title\": \"t\", \"Desc\": \"hi\"}",
);

const NOTHING_TO_SHOW: &Rule = &of(
    message::Rule::NothingToShow,
    "push-nothing-to-show",
    "There is neither title nor desc: what is shown is what Tencent makes of the message.",
)
.with_examples(r#"--info {"Ext": "{}"}"#, r#"--info {"Title": "t"}"#);

const ONLINE_ONLY: &Rule = &of(
    message::Rule::OnlineOnly,
    "push-online-only",
    "The message goes to users who are online, and is never pushed.",
)
.with_examples("--online-only\n--info {\"Title\": \"t\"}", "--info {\"Title\": \"t\"}");

const PUSH_DISABLED: &Rule =
    &of(message::Rule::PushDisabled, "push-push-disabled", "Push is switched off for the message.")
        .with_examples(r#"--info {"Title": "t", "PushFlag": 1}"#, r#"--info {"Title": "t", "PushFlag": 0}"#);

const EXT_NOT_TEXT: &Rule =
    &of(message::Rule::ExtNotText, "push-ext-not-text", "The ext is not UTF-8 text, and no form carries it.")
        .with_examples("code: Ext::from_bytes([0xff])", r#"--info {"Title": "t", "Ext": "{}"}"#);

const EXT_NOT_OBJECT: &Rule = &of(
    message::Rule::ExtNotObject,
    "push-ext-not-object",
    "The ext is no JSON object, and on OPPO the push does not arrive.",
)
.with_examples(
    r#"--info {"Title": "t", "Ext": "jump to denny"}"#,
    r#"--info {"Title": "t", "Ext": "{\"action\":\"jump to denny\"}"}"#,
);

const EXT_LONG: &Rule =
    &of(message::Rule::ExtLong, "push-ext-long", "The ext is over 1 KB, the most that Tencent advises.")
        .with_examples(
            r#"--info {"Title": "t", "Ext": "{\"k\":\"LONG\"}"}"#,
            r#"--info {"Title": "t", "Ext": "{\"k\":\"v\"}"}"#,
        );

const EXT_TOO_LONG: &Rule =
    &of(message::Rule::ExtTooLong, "push-ext-too-long", "The ext alone is over what a channel carries.")
        .with_examples(
            r#"--info {"Title": "t", "Ext": "{\"k\":\"LONG\"}"}"#,
            r#"--info {"Title": "t", "Ext": "{\"k\":\"v\"}"}"#,
        );

const DESC_AND_EXT_TOO_LONG: &Rule = &of(
    message::Rule::DescAndExtTooLong,
    "push-desc-and-ext-too-long",
    "Desc and ext are over what Tencent leaves of an APNs payload.",
)
.with_examples(
    r#"--info {"Title": "t", "Desc": "LONG", "Ext": "{}"}"#,
    r#"--info {"Title": "t", "Desc": "hi", "Ext": "{}"}"#,
);

const PAYLOAD_TOO_LONG: &Rule = &of(
    message::Rule::PayloadTooLong,
    "push-payload-too-long",
    "Title, desc and ext are over what a channel carries.",
)
.with_examples(
    r#"--info {"Title": "t", "Desc": "LONG", "Ext": "{}"}"#,
    r#"--info {"Title": "t", "Desc": "hi", "Ext": "{}"}"#,
);

const MESSAGE_TOO_LONG: &Rule = &of(
    message::Rule::MessageTooLong,
    "push-message-too-long",
    "The message with its push is over 12 KB, the most that Tencent carries.",
)
.with_examples(
    "--body-bytes 20000\n--info {\"Title\": \"t\"}",
    "--body-bytes 2000\n--info {\"Title\": \"t\"}",
);

const TITLE_CUT: &Rule =
    &of(message::Rule::TitleCut, "push-title-cut", "The title is longer than what a vendor shows.")
        .with_examples(r#"--info {"Title": "LONG"}"#, r#"--info {"Title": "t"}"#);

const DESC_CUT: &Rule =
    &of(message::Rule::DescCut, "push-desc-cut", "The desc is longer than what a vendor shows.")
        .with_examples(r#"--info {"Title": "t", "Desc": "LONG"}"#, r#"--info {"Title": "t", "Desc": "hi"}"#);

const CHANNEL_MISSING: &Rule = &of(
    message::Rule::ChannelMissing,
    "push-channel-missing",
    "No notification channel is named where one is needed: Android 8 and newer shows nothing.",
)
.with_examples(
    "--vendors OPPO\n--info {\"Title\": \"t\"}",
    "--vendors OPPO\n--info {\"Title\": \"t\", \"AndroidInfo\": {\"OPPOChannelID\": \"messages\"}}",
);

const CATEGORY_MISSING: &Rule = &of(
    message::Rule::CategoryMissing,
    "push-category-missing",
    "No message class is named, so that the vendor counts the push as marketing, of which it lets a few through.",
)
.with_examples("--vendors Huawei\n--info {\"Title\": \"t\"}", "--vendors Huawei\n--info {\"Title\": \"t\", \"AndroidInfo\": {\"HuaWeiCategory\": \"IM\"}}");

const SOUND_IGNORED: &Rule =
    &of(message::Rule::SoundIgnored, "push-sound-ignored", "A sound is set that a channel does not heed.")
        .with_examples(
            "--vendors vivo\n--info {\"Title\": \"t\", \"AndroidInfo\": {\"Sound\": \"ring\"}}",
            "--vendors Huawei\n--info {\"Title\": \"t\", \"AndroidInfo\": {\"Sound\": \"ring\"}}",
        );

const IMAGE_NEEDS_EXTENSION: &Rule = &of(
    message::Rule::ImageNeedsExtension,
    "push-image-needs-extension",
    "An image is shown on iOS only by an app with a notification service extension.",
)
.with_examples(
    r#"--info {"Title": "t", "ApnsInfo": {"Image": "https://example.com/a.png"}}"#,
    r#"--info {"Title": "t", "ApnsInfo": {"SubTitle": "s"}}"#,
);

const LEVEL_NEEDS_APPROVAL: &Rule = &of(
    message::Rule::LevelNeedsApproval,
    "push-level-needs-approval",
    "The interruption level needs an entitlement or Apple's approval.",
)
.with_examples(
    r#"--info {"Title": "t", "ApnsInfo": {"InterruptionLevel": "critical"}}"#,
    r#"--info {"Title": "t", "ApnsInfo": {"InterruptionLevel": "active"}}"#,
);
