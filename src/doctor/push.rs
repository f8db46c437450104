//! A push and the app's source: what reading and checking the push found, and what shows only together with the app. The
//! rules of a push alone are in [`message`](crate::message).

use super::preflight::Setup;
use crate::ext::PushFeatures;
use crate::finding::{Finding, Rule, shown};
use crate::message::{OfflinePushInfo, PushReading, rules};
use crate::vendor::{Source, Vendor};

const REST: Source = Source::read("https://trtc.io/document/77715");

pub(super) const ALL: &[&Rule] = &[UNREADABLE, CHANNEL_MISMATCH, FCM_DATA];

const UNREADABLE: &Rule = &Rule::error("push-unreadable", REST)
    .says("The OfflinePushInfo is not a JSON object, or is too large or too deep.")
    .with_fix("correct the file at the place named");

const CHANNEL_MISMATCH: &Rule = &Rule::error("channel-mismatch", Source::TENCENT_2021)
    .says("The push names a notification channel that the app does not create, so Android 8 and newer show nothing.")
    .with_fix("name the channel that the app creates, in the message and in OPPO's console");

const FCM_DATA: &Rule = &Rule::note("fcm-data-message", Source::TENCENT_FAQ)
    .says("The push goes through FCM as a data message, which an app that was killed may not get.")
    .with_fix("leave fcmPushType unset or 1, so that it is a notification message");

const FILE: &str = "push";

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    sources(setup, findings);
    let preflight = setup.preflight;
    let reading = match &preflight.push {
        None => return,
        Some(Err(error)) => {
            let finding = UNREADABLE.at(FILE, error.to_string());
            return findings.push(if preflight.push_is_printed { printed() } else { finding });
        }
        Some(Ok(reading)) => reading,
    };
    let info = reading.info();
    let audience = preflight.audience();
    let found = reading.check(&audience);
    // What was not read as a push cannot be judged as one; what the message around it says still holds.
    if [rules::OTHER_FORMAT, rules::ENCODED_TWICE]
        .iter()
        .any(|rule| found.iter().any(|own| own.rule() == *rule))
    {
        const HOLDING: [&Rule; 4] =
            [rules::OTHER_FORMAT, rules::ENCODED_TWICE, rules::CUSTOM_WITHOUT_DESC, rules::ONLINE_ONLY];
        let holding = found.iter().filter(|finding| HOLDING.contains(&finding.rule()));
        return findings.extend(holding.map(placed));
    }
    findings.extend(found.iter().map(placed));

    if let (Some(own), Some(named)) = (&preflight.app.channel, info.android().oppo().channel()) {
        if own.id() != named && audience.reaches(Vendor::Oppo) {
            let cause = "names another notification channel than the one that the app creates";
            findings.push(CHANNEL_MISMATCH.at(format!("{FILE}: OPPOChannelID"), cause).on(Vendor::Oppo));
        }
    }
    let container = info.ext().container().ok().flatten();
    let features = container.as_ref().and_then(|container| container.push_features());
    if features.and_then(PushFeatures::fcm_data_message) == Some(true) && audience.reaches(Vendor::Fcm) {
        let cause = if features.is_some_and(PushFeatures::is_ios_default) {
            "fcmPushType 0 beside fcmNotificationType 0: FCM carries it as a data message, unless an iOS app sent it, \
             whose TUIKit writes both without meaning them"
        } else {
            "fcmPushType 0: FCM carries it as a data message"
        };
        findings.push(FCM_DATA.at(format!("{FILE}: ext"), cause).on(Vendor::Fcm));
    }
}

fn printed() -> Finding {
    let cause = "what an SDK's object prints of itself, not JSON";
    UNREADABLE.at(FILE, cause).with_fix("give the JSON that the server or the wrapper gets")
}

/// Names the file before the field.
fn placed(finding: &Finding) -> Finding {
    finding.clone().within(FILE)
}

impl<'a> Setup<'a> {
    /// The push, where it could be read.
    pub(super) fn push(&self) -> Option<&'a OfflinePushInfo> {
        self.preflight.push.as_ref()?.as_ref().ok().map(PushReading::info)
    }
}

const MEIZU: Source = Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");
const VIVO_3: Source = Source::read("https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp");
const FCM: Source = Source::read(
    "https://github.com/firebase/firebase-android-sdk (firebase-messaging, FirebaseMessaging.java)",
);

pub(super) const SOURCE_RULES: &[&Rule] =
    &[OUTDATED_VIVO, OUTDATED_VIVO_CALL, OUTDATED_OPPO, OUTDATED_MEIZU, OUTDATED_FIREBASE];

const OUTDATED_VIVO: &Rule = &Rule::note("outdated-vivo-callback", VIVO_3)
    .says("A tap is read in vivo's onNotificationMessageClicked, which vivo's SDK from version 3 on does not call for pushes that open an intent.")
    .with_fix("read ext from the launch intent as well (notification::Payload)");

const OUTDATED_MEIZU: &Rule = &Rule::warning("outdated-meizu-click-type", MEIZU)
    .says("Meizu's clickType 3 is used, which Meizu withdrew for Android 12.")
    .with_fix("open an activity (clickType 1) and read ext from its intent");

const OUTDATED_FIREBASE: &Rule = &Rule::warning("outdated-firebase-instance-id", FCM)
    .says("FirebaseInstanceId is used, which Firebase has removed.")
    .with_fix(
        "call FirebaseMessaging.getInstance().getToken() and override FirebaseMessagingService.onNewToken",
    );

const OUTDATED_VIVO_CALL: &Rule = &Rule::note(
    "outdated-vivo-call",
    Source::read("vivo push SDK 4.0.4 and 4.1.0 (class files)"),
)
.says("A call is spelt as in vivo's SDK before version 4, which has changed it.")
.with_fix(
    "write getTargetContent(), getRegId(IPushQueryActionListener) and initialize(PushConfig) from SDK 4 on",
);

const OUTDATED_OPPO: &Rule = &Rule::note("outdated-oppo-callback", Source::read("OPPO push SDK 3.1.0 and 3.5.2 (class files)"))
    .says("A callback of OPPO's SDK has the form before 3.5.2, which newer versions do not call.")
    .with_fix("from 3.5.2 on, onRegister takes (int, String, String, String), onUnRegister (int, String, String) and onError (int, String, String, String)");

/// Calls and callbacks in the app's source that were removed or changed. Comments, imports and shrinker rules do not count.
fn sources(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    for (name, text) in &setup.preflight.sources {
        let code = code_of(text);
        let mut found = |rule: &'static Rule, vendor, at: Option<usize>, cause: &'static str| {
            let Some(at) = at else { return };
            let before = code.get(..at).unwrap_or_default();
            let line = before.bytes().filter(|byte| *byte == b'\n').count().saturating_add(1);
            findings.push(rule.at(format!("{}: line {line}", shown(name)), cause).on(vendor));
        };
        let callback = code.match_indices("onNotificationMessageClicked").find(|(at, word)| {
            parameters(&code, at.saturating_add(word.len()))
                .is_some_and(|list| list.contains("UPSNotificationMessage"))
        });
        let cause = "vivo's SDK from version 3 on does not call it for pushes that open an intent";
        found(OUTDATED_VIVO, Vendor::Vivo, callback.map(|(at, _)| at), cause);
        found(
            OUTDATED_VIVO_CALL,
            Vendor::Vivo,
            code.find("getTragetContent("),
            "getTragetContent is getTargetContent",
        );
        let of_oppo = code.contains("ICallBackResultService");
        let old = code.match_indices("onRegister").find(|(at, word)| {
            let list = parameters(&code, at.saturating_add(word.len())).unwrap_or_default();
            of_oppo && is_declared(list) && list.matches(',').count() == 1
        });
        found(OUTDATED_OPPO, Vendor::Oppo, old.map(|(at, _)| at), "onRegister with two parameters");
        let instance = code.match_indices("FirebaseInstanceId").find(|(at, word)| {
            let rest = code.get(at.saturating_add(word.len())..).unwrap_or_default();
            let rest = rest.strip_prefix("Service").unwrap_or(rest);
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        });
        found(OUTDATED_FIREBASE, Vendor::Fcm, instance.map(|(at, _)| at), "FirebaseInstanceId is gone");
        found(OUTDATED_MEIZU, Vendor::Meizu, click_type_3(&code), "clickType 3 does nothing on Android 12");
    }
}

/// The text between the parentheses that open at a byte, up to 1000 bytes.
fn parameters(code: &str, at: usize) -> Option<&str> {
    let rest = code.get(at..)?;
    let end = (0..=rest.len().min(1000)).rev().find(|end| rest.is_char_boundary(*end))?;
    let list = rest.get(..end)?.trim_start().strip_prefix('(')?;
    list.split_once(')').map(|(list, _)| list)
}

/// Whether a list of parameters is that of a declaration: each has a type.
fn is_declared(list: &str) -> bool {
    list.split(',').all(|parameter| parameter.contains(':') || parameter.split_whitespace().count() >= 2)
}

/// The text without comments, imports and shrinker rules. Line numbers stay the same.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.split_inclusive('\n') {
        let begin = line.trim_start();
        let skipped = begin.starts_with("import ")
            || begin.starts_with("package ")
            || begin.starts_with("-keep")
            || begin.starts_with("-dontwarn")
            || begin.starts_with('#');
        if skipped && !in_comment {
            code.push('\n');
            continue;
        }
        let mut rest = line;
        loop {
            if in_comment {
                let Some((_, after)) = rest.split_once("*/") else { break };
                in_comment = false;
                rest = after;
            }
            let block = rest.find("/*");
            let before = block.map_or(rest, |block| rest.get(..block).unwrap_or_default());
            // The slashes of an address are no comment.
            let end = before
                .match_indices("//")
                .map(|(at, _)| at)
                .find(|at| !before.get(..*at).unwrap_or_default().ends_with(':'));
            match (block, end) {
                (Some(block), None) => {
                    code.push_str(rest.get(..block).unwrap_or_default());
                    in_comment = true;
                    rest = rest.get(block.saturating_add(2)..).unwrap_or_default();
                }
                (_, Some(end)) => {
                    code.push_str(rest.get(..end).unwrap_or_default());
                    break;
                }
                (_, None) => {
                    code.push_str(rest.trim_end_matches('\n'));
                    break;
                }
            }
        }
        code.push('\n');
    }
    code
}

/// Where `clickType`, in any letter case and with any prefix, is followed by the number 3.
fn click_type_3(code: &str) -> Option<usize> {
    const WORD: &str = "clicktype";
    let code = code.to_ascii_lowercase();
    code.match_indices(WORD).map(|(at, _)| at).find(|at| {
        let rest = code.get(at.saturating_add(WORD.len())..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let value = line.trim_start_matches(|char: char| char.is_whitespace() || "\"':=(,)".contains(char));
        value.split(|char: char| !char.is_ascii_alphanumeric()).next() == Some("3")
    })
}
