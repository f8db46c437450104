//! The app's source: advice of 2021 that is out of date.

use crate::doctor::Preflight;
use crate::doctor::rules::manifest as rules;
use crate::finding::{Finding, Rule, shown};
use crate::vendor::Vendor;

pub(in crate::doctor) fn sources(preflight: &Preflight, findings: &mut Vec<Finding>) {
    for (name, text) in &preflight.sources {
        let mut found = |rule: &'static Rule, vendor, line: usize, why: &'static str| {
            let at = format!("{}: line {line}", shown(name));
            findings.push(Finding::new(rule, at, why).on(vendor));
        };
        if let Some(line) = line_of(text, "UPSNotificationMessage") {
            let why = "vivo's callback of a tap, which newer SDKs do not call";
            found(rules::OUTDATED_VIVO, Vendor::Vivo, line, why);
        }
        if let Some(line) = line_of(text, "FirebaseInstanceId") {
            found(rules::OUTDATED_FIREBASE, Vendor::Fcm, line, "FirebaseInstanceId is gone");
        }
        if let Some(line) = click_type_3(text) {
            found(rules::OUTDATED_MEIZU, Vendor::Meizu, line, "clickType 3 does nothing on Android 12");
        }
    }
}

fn line_of(text: &str, word: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(word)).map(|at| at.saturating_add(1))
}

/// A line in which `clickType`, in any letter case and with any prefix, is followed by the number 3.
fn click_type_3(text: &str) -> Option<usize> {
    let sets = |line: &str| {
        let line = line.to_ascii_lowercase();
        line.split("clicktype").skip(1).any(|rest| {
            let value =
                rest.trim_start_matches(|char: char| char.is_whitespace() || "\"':=(,)".contains(char));
            let number = value.split(|char: char| !char.is_ascii_alphanumeric()).next();
            number == Some("3")
        })
    };
    text.lines().position(sets).map(|at| at.saturating_add(1))
}
