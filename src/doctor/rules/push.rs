//! Rules about a push that only the doctor can see broken; the others are those of `message::check`.

use crate::finding::{Rule, Severity};
use crate::vendor::Source;

const REST: Source = Source::read("https://trtc.io/document/77715");

pub(in crate::doctor) const ALL: &[&Rule] = &[UNREADABLE, CHANNEL_MISMATCH, FCM_DATA];

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
