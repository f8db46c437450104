//! What a tap opens: the value in the vendor's console by itself.

use std::borrow::Cow;

use super::preflight::Setup;
use crate::click_action::{
    ClickAction, ClickActionError, ClickKind, ExtDelivery, Screen, ScreenError, WebLink, ext_delivery,
    is_full_name,
};
use crate::finding::{Finding, Rule, Severity};
use crate::intent::{
    AndroidUri, Component, Intent, IntentFlags, LossCause, ParseFlags, Sanitizer, Stripped, UriScheme,
};
use crate::vendor::{Source, Vendor};

const CLICK_JUMP: Source = Source::read("https://cloud.tencent.com/document/product/269/100648");
const HUAWEI: Source = Source::read(
    "https://developer.huawei.com/consumer/cn/doc/HMSCore-Guides/andorid-basic-clickaction-0000001087554076",
);
const PLAY: Source = Source::read("https://support.google.com/faqs/answer/9101196");

pub(super) const ALL: &[&[&Rule]] = &[
    &[UNREADABLE, FORM, DATA_URI, BAD_ESCAPE, NOT_OFFERED],
    &[XIAOMI_OPEN_APP, TOO_LONG, UNTRUSTED],
    &[LOSES, CLEAR_TOP, WEB_EXT],
];

const UNREADABLE: &Rule = &Rule::error("click-unreadable", Source::TENCENT_FAQ)
    .says("The intent URI cannot be read by Android.")
    .with_fix("let the crate write it: click_action::Screen::intent_uri");

const FORM: &Rule = &Rule::error("click-form", Source::TENCENT_2021)
    .says("The value has another form than the vendor's console takes: an intent URI, a full class name or a web address.")
    .with_fix("Xiaomi, Huawei, Honor and vivo take an intent URI, OPPO and Meizu the full name of the activity's class");

const NOT_OFFERED: &Rule = &Rule::note("click-not-offered", Source::TENCENT_2021)
    .says("The vendor's certificate has no such field; a tap opens the app.")
    .with_fix("leave it empty; the app routes by ext when it is opened");

pub(super) const TOO_LONG: &Rule = &Rule::error("click-too-long", CLICK_JUMP)
    .says("The value is longer than the vendor's server takes.")
    .with_fix("shorten it: what the screen needs travels in ext");

const UNTRUSTED: &Rule = &Rule::error("click-untrusted", PLAY)
    .says("The intent has a selector, hands on permissions, or reaches files, providers or script, which has no business in a push.")
    .with_fix("leave it out");

const LOSES: &Rule = &Rule::note("click-loses", CLICK_JUMP)
    .says("Android reads the value, but its own toUri would write the intent differently.")
    .with_fix("nothing has to change; click_action::Screen writes values that survive both ways");

const CLEAR_TOP: &Rule = &Rule::warning("click-clear-top", HUAWEI)
    .says("FLAG_ACTIVITY_CLEAR_TOP (launchFlags=0x4000000) is not set, without which Huawei shows the page twice.")
    .with_fix("add the flag, as click_action::Screen::new does");

const WEB_EXT: &Rule = &Rule::warning("click-web-ext", CLICK_JUMP)
    .says("A tap opens a web page: the app does not see it, and ext does not reach it.")
    .with_fix("open the app or a screen of it, if ext is wanted");

const DATA_URI: &Rule = &Rule::note("click-data-uri", CLICK_JUMP)
    .says("The value is a plain URI, not an intent URI. Android opens it with ACTION_VIEW.")
    .with_fix("nothing has to change if a filter takes the URI; an intent URI can also name the screen");

const BAD_ESCAPE: &Rule = &Rule::warning("click-bad-escape", CLICK_JUMP)
    .says("A percent sign does not begin an escape. Android reads U+FFFD there.")
    .with_fix("write %25 for a percent sign");

const XIAOMI_OPEN_APP: &Rule = &Rule::warning("xiaomi-open-app", Source::read("https://cloud.tencent.com.cn/document/product/269/110427"))
    .says("On Xiaomi, \"open app\" hands over neither ext nor a callback since 2024-09-30, and such pushes may fail. An app that uses Tencent's paid push service need change nothing.")
    .with_fix("choose \"open a screen\" in Tencent's console and give the intent URI of a screen");

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
    pub(super) fn found(&mut self, rule: &'static Rule, cause: impl Into<Cow<'static, str>>) {
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
                self.found(XIAOMI_OPEN_APP, cause);
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
            self.found(BAD_ESCAPE, cause);
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
            Err(error) => return self.found(UNREADABLE, error.to_string()),
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
            self.found(CLEAR_TOP, "launchFlags lacks 0x4000000 (FLAG_ACTIVITY_CLEAR_TOP)");
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
                self.found(DATA_URI, cause);
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
                self.found(UNTRUSTED, stripped.to_string());
            }
        }
        // What only the writer of intents would lose is no fault of the value.
        for loss in intent.check_round_trip(UriScheme::Intent).unwrap_or_default() {
            if loss.cause() != Some(LossCause::DefaultAction) {
                self.found(LOSES, loss.to_string());
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
