//! What a tap opens: the value in the vendor's console by itself.

use std::borrow::Cow;

use super::preflight::Setup;
use super::rules::rule_id;
use crate::click_action::{
    ClickAction, ClickActionError, ClickKind, ExtDelivery, Screen, ScreenError, WebLink, ext_delivery,
    is_full_name,
};
use crate::finding::{Finding, RuleId, Severity};
use crate::intent::{
    AndroidUri, Component, Intent, IntentFlags, LossCause, ParseFlags, Sanitizer, Stripped, UriScheme,
};
use crate::vendor::Vendor;

const FORM: RuleId = rule_id("click-form");
const NOT_OFFERED: RuleId = rule_id("click-not-offered");
pub(super) const TOO_LONG: RuleId = rule_id("click-too-long");
const WEB_EXT: RuleId = rule_id("click-web-ext");

pub(super) const PLACE: &str = "console: after a tap";

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let clicks = &setup.preflight.clicks;
    for (vendor, value) in clicks {
        Click { setup, vendor: *vendor, findings: &mut *findings }.value(&value.0);
    }
    for vendor in setup.wanted.iter().filter(|vendor| clicks.iter().all(|(given, _)| given != vendor)) {
        let mut click = Click { setup, vendor, findings: &mut *findings };
        match setup.preflight.app.click_action(vendor).map(|action| action.console_entry(vendor)) {
            Some(Ok(entry)) => click.value(entry.value().unwrap_or_default()),
            // One action for all vendors does not fit those that offer none.
            Some(Err(ClickActionError::NotOffered { .. })) | None => {}
            Some(Err(error)) => click.refused(error),
        }
    }
}

/// A tap with one vendor, and what was found of it.
pub(super) struct Click<'a> {
    pub(super) setup: &'a Setup<'a>,
    pub(super) vendor: Vendor,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Click<'_> {
    pub(super) fn find(&mut self, finding: Finding) {
        self.findings.push(finding.on(self.vendor));
    }

    /// What was found of the value in the console.
    pub(super) fn found(&mut self, rule: RuleId, cause: impl Into<Cow<'static, str>>) {
        self.find(rule.at(PLACE, cause));
    }

    /// The vendor's console does not take it.
    fn refused(&mut self, error: ClickActionError) {
        let is_long = matches!(error, ClickActionError::TooLong { .. });
        let rule = if is_long { TOO_LONG } else { FORM };
        self.find(rule.at(PLACE, error.to_string()).because(error.rule()));
    }

    /// What is typed into the console.
    fn value(&mut self, value: &str) {
        if value.is_empty() {
            if self.vendor == Vendor::Xiaomi {
                let cause = "a tap opens the app, which on Xiaomi loses ext since 2024-09-30";
                self.found(rule_id("xiaomi-open-app"), cause);
            }
            return self.launcher();
        }
        if value.trim() != value {
            self.find(FORM.at(PLACE, "white space before or after the value").with_fix("remove it"));
        }
        let value = value.trim();
        let scheme = value.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match self.vendor {
            Vendor::Fcm | Vendor::Apns => {
                self.found(NOT_OFFERED, "this vendor has no such field, so the value does nothing");
            }
            _ if matches!(scheme.as_deref(), Some("http" | "https")) => self.web(value),
            // Its value is compared with module.json5.
            Vendor::HarmonyOs => {}
            Vendor::Xiaomi | Vendor::Huawei | Vendor::Honor | Vendor::Vivo => self.intent_uri(value),
            Vendor::Oppo | Vendor::Meizu => self.class_or_action(value),
        }
    }

    fn web(&mut self, value: &str) {
        let link = match WebLink::new(value) {
            Ok(link) => link,
            Err(error) => return self.found(FORM, error.to_string()),
        };
        if let Err(error) = ClickAction::OpenWeb(link).console_entry(self.vendor) {
            let is_long = matches!(error, ClickActionError::TooLong { .. });
            self.refused(error);
            if !is_long {
                return;
            }
        }
        let sends = self.setup.push().is_some_and(|push| !push.ext().is_empty());
        let expects = self.setup.preflight.app.expects_ext;
        let delivery = ext_delivery(self.vendor, ClickKind::Web);
        let is_lost = delivery.is_none_or(|(delivery, _)| delivery == ExtDelivery::NotDelivered);
        if is_lost && (sends || expects != Some(false)) {
            let cause = "a tap opens the browser: the app does not see it, and ext is lost";
            let finding = WEB_EXT.at(PLACE, cause).rated_if(!sends && expects.is_none(), Severity::Note);
            self.find(finding.because(delivery.map(|(_, source)| source)));
        }
    }

    fn intent_uri(&mut self, value: &str) {
        if let Some(at) = AndroidUri::bad_escape(value) {
            let number = value.get(..at).unwrap_or_default().chars().count().saturating_add(1);
            let cause =
                format!("the percent sign at character {number} does not begin an escape of UTF-8 text");
            self.found(rule_id("click-bad-escape"), cause);
        }
        if !value.starts_with("intent:") {
            return self.no_intent_uri(value);
        }
        let has_intent = value.contains("#Intent;");
        if has_intent && value.rsplit_once('#').is_none_or(|(_, last)| !last.starts_with("Intent;")) {
            let cause = "the last # is not that of #Intent;, where Android looks for it";
            return self.find(FORM.at(PLACE, cause).with_fix("write %23 for a # in a value"));
        }
        let intent = match Intent::parse_uri(value, ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE) {
            Ok(intent) => intent,
            Err(error) => return self.found(rule_id("click-unreadable"), error.to_string()),
        };
        if !has_intent {
            return self.found(FORM, "has no #Intent;…;end, so Android reads all of it as data");
        }
        let items = value.rsplit("#Intent;").next().unwrap_or_default();
        let names = items.split(';').any(|item| item.starts_with("component="));
        if names && intent.component().is_none() && intent.selector().is_none() {
            self.found(FORM, "component= has no class behind a slash, so Android reads no component");
        }
        self.hazards(&intent);
        let entry = |screen: Screen| ClickAction::OpenScreen(screen).console_entry(self.vendor).map(|_| ());
        match Screen::from_intent(intent.clone()).map(entry) {
            Ok(Err(error)) => self.refused(error),
            Err(error @ (ScreenError::Package | ScreenError::Class)) if intent.component().is_some() => {
                self.found(FORM, error.to_string());
            }
            // Found above, each by its own rule.
            Ok(Ok(())) | Err(_) => {}
        }
        if self.vendor == Vendor::Huawei && !intent.flags().contains(IntentFlags::ACTIVITY_CLEAR_TOP) {
            self.found(rule_id("click-clear-top"), "launchFlags lacks 0x4000000 (FLAG_ACTIVITY_CLEAR_TOP)");
        }
        self.compare(&intent);
    }

    fn no_intent_uri(&mut self, value: &str) {
        let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '+' | '-' | '.');
        let is_scheme = |scheme: &&str| {
            scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(is_part)
        };
        let scheme = value.split_once(':').map(|(scheme, _)| scheme).filter(is_scheme);
        let cause = match scheme {
            Some(scheme) if scheme.eq_ignore_ascii_case("intent") => {
                "does not begin with intent: in small letters, so Android reads all of it as data"
            }
            Some(_) => {
                let cause = "a plain URI: Android opens it with ACTION_VIEW, and reads no #Intent; in it";
                self.found(rule_id("click-data-uri"), cause);
                return self.compare(&Intent::new().with_action(Intent::ACTION_VIEW).with_data(value));
            }
            None if is_full_name(value) => "a class name, where this vendor's console takes an intent URI",
            None => "not an intent URI: it does not begin with intent:",
        };
        self.found(FORM, cause);
    }

    fn hazards(&mut self, intent: &Intent) {
        let component = intent.component();
        let own = component.as_ref().map_or("", Component::package);
        for stripped in Sanitizer::new().keeping_components_of(own).sanitize(intent.clone()).stripped() {
            // The app's own component, launch flags of any kind and any extra may stand in its own push.
            if !matches!(stripped, Stripped::Component | Stripped::Flags(_) | Stripped::FallbackUrl) {
                self.found(rule_id("click-untrusted"), stripped.to_string());
            }
        }
        // What only the writer of intents would lose is no fault of the value.
        for loss in intent.check_round_trip(UriScheme::Intent).unwrap_or_default() {
            if loss.cause() != Some(LossCause::DefaultAction) {
                self.found(rule_id("click-loses"), loss.to_string());
            }
        }
    }

    /// OPPO and Meizu take the full name of a class, and OPPO an intent action too.
    fn class_or_action(&mut self, value: &str) {
        if is_full_name(value) {
            return self.compare_name(value);
        }
        let cause = if value.starts_with("intent:") {
            "an intent URI, where this vendor's console takes the full name of the activity's class"
        } else if value.contains('/') {
            "has a slash: only the class is wanted, without the package and the slash before it"
        } else {
            "not the full name of a class, such as com.example.im.ChatActivity"
        };
        self.found(FORM, cause);
    }
}
