//! A push and the app's source: what reading and checking the push found, and what shows only together with
//! the app. The rules of a push alone are in [`message`](crate::message).

use super::preflight::Setup;
use super::rules::rule_id;
use crate::ext::PushFeatures;
use crate::finding::{Finding, RuleId, shown};
use crate::message::{Field, OfflinePushInfo, PushReading, rules};
use crate::vendor::Vendor;

const UNREADABLE: RuleId = rule_id("push-unreadable");

const FILE: &str = "push";

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    sources(setup, findings);
    let preflight = setup.preflight;
    let reading = match &preflight.push {
        None => return,
        Some(Err(_)) if preflight.push_is_printed => {
            let finding = UNREADABLE.at(FILE, "what an SDK's object prints of itself, not JSON");
            return findings.push(finding.with_fix("give the JSON that the server or the wrapper gets"));
        }
        Some(Err(error)) => return findings.push(UNREADABLE.at(FILE, error.to_string())),
        Some(Ok(reading)) => reading,
    };
    let info = reading.info();
    let audience = preflight.audience();
    let found = reading.check(&audience);
    // What was not read as a push cannot be judged as one; what the message around it says still holds.
    let unread = [rules::OTHER_FORMAT, rules::ENCODED_TWICE];
    let is_unread = unread.iter().any(|rule| found.iter().any(|own| rule.found(own)));
    let holding = [rules::CUSTOM_WITHOUT_DESC, rules::ONLINE_ONLY];
    let holds = |own: &&Finding| !is_unread || unread.iter().chain(&holding).any(|rule| rule.found(own));
    // The file stands before the field.
    findings.extend(found.iter().filter(holds).map(|own| own.clone().within(FILE)));
    if is_unread {
        return;
    }

    if let (Some(own), Some(named)) = (&preflight.app.channel, info.text(Field::OppoChannel)) {
        if own.id() != named && audience.reaches(Vendor::Oppo) {
            let cause = "names another notification channel than the one that the app creates";
            findings.push(rule_id("channel-mismatch").at("push: OPPOChannelID", cause).on(Vendor::Oppo));
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
        findings.push(rule_id("fcm-data-message").at("push: ext", cause).on(Vendor::Fcm));
    }
}

impl<'a> Setup<'a> {
    /// The push, where it could be read.
    pub(super) fn push(&self) -> Option<&'a OfflinePushInfo> {
        self.preflight.push.as_ref()?.as_ref().ok().map(PushReading::info)
    }
}

const OUTDATED_MEIZU: RuleId = rule_id("outdated-meizu-click-type");

/// Calls and callbacks in the app's source that were removed or changed. Comments, imports and shrinker rules
/// do not count.
fn sources(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    for ((name, text), code) in setup.preflight.sources.iter().zip(&setup.code) {
        let word = |word: &'static str, fits: &dyn Fn(&str) -> bool| {
            let mut all = code.match_indices(word).map(|(at, _)| at);
            all.find(|at| fits(code.get(at.saturating_add(word.len())..).unwrap_or_default()))
        };
        let callback = word("onNotificationMessageClicked", &|rest| {
            parameters(rest).is_some_and(|list| list.contains("UPSNotificationMessage"))
        });
        let of_oppo = code.contains("ICallBackResultService");
        let old = word("onRegister", &|rest| {
            let list = parameters(rest).unwrap_or_default();
            of_oppo && is_declared(list) && list.matches(',').count() == 1
        });
        let instance = word("FirebaseInstanceId", &|rest| {
            let rest = rest.strip_prefix("Service").unwrap_or(rest);
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        });
        let of_vivo_3 = "vivo's SDK from version 3 on does not call it for pushes that open an intent";
        let spelt = code.find("getTragetContent(");
        // It is the name of a JSON member too, which stands in quotes.
        let click_type = click_type_3(&code_of(&text.0, true));
        for (rule, vendor, at, cause) in [
            (rule_id("outdated-vivo-callback"), Vendor::Vivo, callback, of_vivo_3),
            (rule_id("outdated-vivo-call"), Vendor::Vivo, spelt, "getTragetContent is getTargetContent"),
            (rule_id("outdated-oppo-callback"), Vendor::Oppo, old, "onRegister with two parameters"),
            (rule_id("outdated-firebase-instance-id"), Vendor::Fcm, instance, "FirebaseInstanceId is gone"),
            (OUTDATED_MEIZU, Vendor::Meizu, click_type, "clickType 3 does nothing on Android 12"),
        ] {
            if let Some(before) = at.and_then(|at| code.get(..at)) {
                let line = before.bytes().filter(|byte| *byte == b'\n').count().saturating_add(1);
                findings.push(rule.at(format!("{}: line {line}", shown(name)), cause).on(vendor));
            }
        }
    }
}

/// The text between the parentheses that open here, up to 1000 bytes.
fn parameters(rest: &str) -> Option<&str> {
    let end = (0..=rest.len().min(1000)).rev().find(|end| rest.is_char_boundary(*end))?;
    let list = rest.get(..end)?.trim_start().strip_prefix('(')?;
    list.split_once(')').map(|(list, _)| list)
}

/// Whether a list of parameters is that of a declaration: each has a type.
fn is_declared(list: &str) -> bool {
    list.split(',').all(|parameter| parameter.contains(':') || parameter.split_whitespace().count() >= 2)
}

/// The text without comments, imports and shrinker rules, and with spaces for what stands in quotes, unless
/// that is wanted. Line numbers stay the same.
pub(super) fn code_of(text: &str, with_quoted: bool) -> String {
    let mut code = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines() {
        let begin = line.trim_start();
        let skipped =
            ["import ", "package ", "-keep", "-dontwarn", "#"].iter().any(|own| begin.starts_with(own));
        let mut chars = if skipped && !in_comment { "" } else { line }.chars();
        let (mut quote, mut escaped) = (None, false);
        while let Some(char) = chars.next() {
            let rest = chars.as_str();
            if in_comment {
                if char == '*' && rest.starts_with('/') {
                    in_comment = false;
                    chars.next();
                }
            } else if quote.is_some() {
                quote = quote.filter(|quote| escaped || *quote != char);
                escaped = char == '\\' && !escaped;
                if with_quoted || quote.is_none() {
                    code.push(char);
                } else {
                    code.extend(std::iter::repeat_n(' ', char.len_utf8()));
                }
            } else if char == '/' && rest.starts_with('/') {
                break;
            } else if char == '/' && rest.starts_with('*') {
                in_comment = true;
                chars.next();
            } else {
                quote = Some(char).filter(|char| matches!(char, '"' | '\'' | '`'));
                code.push(char);
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
