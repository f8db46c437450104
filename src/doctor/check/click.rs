//! What a tap opens: the value by itself, then against the manifest.

use super::manifest::{place as in_manifest, target_sdk};
use crate::click_action::{
    ClickAction, ClickActionError, ClickKind, ExtDelivery, Screen, ScreenError, WebLink, ext_delivery,
};
use crate::doctor::manifest::{Exported, is_exported};
use crate::doctor::rules::{click as rules, manifest as manifest_rules};
use crate::doctor::{App, Manifest, Preflight};
use crate::finding::{Finding, Severity, shown};
use crate::intent::filter::{IntentFilter, NoMatch};
use crate::intent::manifest::ComponentElement;
use crate::intent::{Component, Intent, IntentFlags, LossCause, ParseFlags, Sanitizer, Stripped, UriScheme};
use crate::vendor::{Vendor, VendorSet};

const PLACE: &str = "console: after a tap";

/// The first API level whose system refuses an intent that no filter of the component it names takes.
const ANDROID_13: u32 = 33;

pub(in crate::doctor) fn clicks(
    preflight: &Preflight,
    vendors: Option<VendorSet>,
    findings: &mut Vec<Finding>,
) {
    for (vendor, value) in &preflight.clicks {
        Click { preflight, vendor: *vendor, findings: &mut *findings }.value(value);
    }
    let Some(app) = &preflight.app else { return };
    for vendor in vendors.unwrap_or_default().iter() {
        if preflight.clicks.iter().any(|(told, _)| *told == vendor) {
            continue;
        }
        if let Some(action) = app.click_action(vendor) {
            Click { preflight, vendor, findings: &mut *findings }.action(action);
        }
    }
}

struct Click<'a> {
    preflight: &'a Preflight,
    vendor: Vendor,
    findings: &'a mut Vec<Finding>,
}

impl Click<'_> {
    fn find(&mut self, finding: Finding) {
        self.findings.push(finding.on(self.vendor));
    }

    /// An action that the app wishes for.
    fn action(&mut self, action: &ClickAction) {
        match action.console_entry(self.vendor) {
            Ok(entry) => {
                if let Some(value) = entry.value() {
                    self.value(value.text());
                }
            }
            // One action for all channels does not fit those which offer none.
            Err(ClickActionError::NotOffered { .. }) => {}
            Err(error @ ClickActionError::TooLong { .. }) => self.too_long(error),
            Err(error) => {
                self.find(Finding::new(rules::FORM, PLACE, error.to_string()).because(error.rule()));
            }
        }
    }

    fn too_long(&mut self, error: ClickActionError) {
        self.find(Finding::new(rules::TOO_LONG, PLACE, error.to_string()).because(error.rule()));
    }

    /// What is typed into the console.
    fn value(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        if value.trim() != value {
            let why = "white space stands before or behind the value";
            self.find(Finding::new(rules::FORM, PLACE, why).with_fix("remove it"));
        }
        let value = value.trim();
        let begins = |scheme: &str| {
            value.split_at_checked(scheme.len()).is_some_and(|(begin, _)| begin.eq_ignore_ascii_case(scheme))
        };
        match self.vendor {
            Vendor::Fcm | Vendor::Apns => {
                let why = "there is no such field for this channel: the value does nothing";
                self.find(Finding::new(rules::NOT_OFFERED, PLACE, why));
            }
            _ if begins("http:") || begins("https:") => self.web(value),
            Vendor::HarmonyOs => {}
            Vendor::Xiaomi | Vendor::Huawei | Vendor::Honor | Vendor::Vivo => self.intent_uri(value),
            Vendor::Oppo | Vendor::Meizu => self.class_or_action(value),
        }
    }

    fn web(&mut self, value: &str) {
        let link = match WebLink::new(value) {
            Ok(link) => link,
            Err(error) => return self.find(Finding::new(rules::FORM, PLACE, error.to_string())),
        };
        match ClickAction::OpenWeb(link).console_entry(self.vendor) {
            Ok(_) => {}
            Err(error @ ClickActionError::TooLong { .. }) => self.too_long(error),
            Err(error) => {
                let finding = Finding::new(rules::FORM, PLACE, error.to_string());
                return self.find(finding.because(error.rule()));
            }
        }
        let delivery = ext_delivery(self.vendor, ClickKind::Web);
        let lost = delivery.is_none_or(|row| row.delivery == ExtDelivery::NotDelivered);
        let app_expects = self.preflight.app.as_ref().map(App::expects_ext);
        let sends_ext = matches!(&self.preflight.push, Some(Ok(reading)) if !reading.info().ext().is_empty());
        let severity = match app_expects {
            _ if sends_ext => Severity::Warning,
            Some(true) => Severity::Warning,
            None => Severity::Note,
            Some(false) => return,
        };
        if lost {
            let why = "a tap opens the browser: the app does not see it, and ext is lost";
            let finding = Finding::new(rules::WEB_EXT, PLACE, why).rated(severity);
            self.find(match delivery {
                Some(row) => finding.because(row.source),
                None => finding,
            });
        }
    }

    fn intent_uri(&mut self, value: &str) {
        if !value.starts_with("intent:") {
            let why = if is_class_name(value) {
                "a class name, where this vendor's console takes an intent URI"
            } else if value
                .split_at_checked(7)
                .is_some_and(|(begin, _)| begin.eq_ignore_ascii_case("intent:"))
            {
                "does not begin with intent: in small letters, so that Android takes all of it for data"
            } else {
                "no intent URI: it does not begin with intent:"
            };
            return self.find(Finding::new(rules::FORM, PLACE, why));
        }
        let intent = match Intent::parse_uri(value, ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE) {
            Ok(intent) => intent,
            Err(error) => return self.find(Finding::new(rules::UNREADABLE, PLACE, error.to_string())),
        };
        if !value.contains("#Intent;") {
            let why = "has no #Intent;…;end, so that all of it is data";
            return self.find(Finding::new(rules::FORM, PLACE, why));
        }
        self.hazards(&intent);
        if intent.component().is_some() {
            match Screen::from_intent(intent.clone()).map(ClickAction::OpenScreen) {
                Ok(action) => {
                    if let Err(error) = action.console_entry(self.vendor) {
                        self.too_long(error);
                    }
                }
                Err(error @ (ScreenError::Package | ScreenError::Class)) => {
                    self.find(Finding::new(rules::FORM, PLACE, error.to_string()));
                }
                // Found above, each by its own rule.
                Err(_) => {}
            }
        }
        if self.vendor == Vendor::Huawei && !intent.flags().contains(IntentFlags::ACTIVITY_CLEAR_TOP) {
            let why = "launchFlags lacks 0x4000000 (FLAG_ACTIVITY_CLEAR_TOP)";
            self.find(Finding::new(rules::CLEAR_TOP, PLACE, why));
        }
        self.against_manifest(&intent);
    }

    fn hazards(&mut self, intent: &Intent) {
        let own = intent.component().map_or("", Component::package);
        for stripped in Sanitizer::new().keeping_components_of(own).sanitize(intent.clone()).stripped() {
            match stripped {
                Stripped::Selector
                | Stripped::GrantFlags(_)
                | Stripped::ExtendedFlags
                | Stripped::DataScheme(_) => {
                    self.find(Finding::new(rules::UNTRUSTED, PLACE, stripped.to_string()));
                }
                // The app's own component, launch flags of any kind and any extra may stand in its own push.
                Stripped::Component | Stripped::Flags(_) | Stripped::FallbackUrl => {}
            }
        }
        for loss in intent.check_round_trip(UriScheme::Intent).unwrap_or_default() {
            if loss.cause() != Some(LossCause::DefaultAction) {
                let severity = if loss.is_misread() { Severity::Error } else { Severity::Warning };
                self.find(Finding::new(rules::LOSES, PLACE, loss.to_string()).rated(severity));
            }
        }
    }

    fn against_manifest(&mut self, intent: &Intent) {
        let capital = |text: &str| text.contains(|char: char| char.is_ascii_uppercase());
        let in_capitals = intent.data().is_some_and(|data| {
            data.scheme().is_some_and(capital) || data.host().is_some_and(|host| capital(&host))
        });
        if in_capitals {
            let why = "the scheme or host of its data has capital letters";
            self.find(Finding::new(rules::SCHEME_CASE, PLACE, why));
        }
        self.other_package(intent);
        let Some(manifest) = &self.preflight.manifest else { return };
        match intent.component() {
            Some(component) => match manifest.activity(&component.class()) {
                Some(activity) => self.named(manifest, activity, intent),
                None => self.not_declared(&component.class()),
            },
            None => self.implicit(manifest, intent),
        }
    }

    fn other_package(&mut self, intent: &Intent) {
        let Some(component) = intent.component() else { return };
        let app = self.preflight.app.as_ref().map(App::package);
        let manifest = self.preflight.manifest.as_ref().map(Manifest::package);
        // The manifest's package need not be the application id, which a build may set.
        let (own, severity) = match (app, manifest) {
            (Some(own), _) => (own, Severity::Error),
            (None, Some(own)) if !own.is_empty() && !own.contains('$') => (own, Severity::Note),
            (None, _) => return,
        };
        if component.package() != own {
            let why = format!("names a component of another app than {}", shown(own));
            self.find(Finding::new(rules::OTHER_PACKAGE, PLACE, why).rated(severity));
        }
    }

    fn not_declared(&mut self, class: &str) {
        let why = format!("{} is no activity of the manifest: the tap does nothing", shown(class));
        self.find(Finding::new(rules::COMPONENT_UNKNOWN, PLACE, why));
    }

    /// The intent names an activity: that must be exported, and from Android 13 on one of its filters, if it has any,
    /// must take the intent.
    fn named(&mut self, manifest: &Manifest, activity: &ComponentElement, intent: &Intent) {
        let at = in_manifest(&manifest.class_of(activity));
        if is_exported(activity) != Exported::Yes {
            let why = "the tap is to open it, and it is not exported";
            self.find(Finding::new(manifest_rules::TARGET_NOT_EXPORTED, at.clone(), why));
        }
        let filters = filters(activity);
        let refused: Vec<NoMatch> =
            filters.iter().filter_map(|filter| filter.matches(intent).err()).collect();
        if filters.is_empty() {
            return;
        }
        if refused.len() == filters.len() {
            let severity = match target_sdk(self.preflight) {
                Some(target) if target < ANDROID_13 => Severity::Note,
                Some(_) | None => Severity::Warning,
            };
            let why = refused.first().map_or_else(String::new, |first| {
                format!(
                    "no filter takes the intent ({first}), which Android 13 asks for; older systems open it"
                )
            });
            return self.find(Finding::new(rules::FILTER_MISMATCH, at, why).rated(severity));
        }
        let takes_implicit = filters
            .iter()
            .any(|filter| filter.has_category(Intent::CATEGORY_DEFAULT) && filter.matches(intent).is_ok());
        if !takes_implicit {
            let why =
                "its filter lacks the category DEFAULT, which matters only to intents that name no component";
            self.find(Finding::new(rules::DEFAULT_CATEGORY, at, why).rated(Severity::Note));
        }
    }

    /// The intent names no component: some activity's filter must take it together with the category `DEFAULT`.
    fn implicit(&mut self, manifest: &Manifest, intent: &Intent) {
        let wanted = intent.clone().with_category(Intent::CATEGORY_DEFAULT);
        let mut without_default = None;
        let mut hidden = None;
        for activity in manifest.activities() {
            for filter in filters(activity) {
                if filter.matches(intent).is_err() {
                    continue;
                }
                if is_exported(activity) != Exported::Yes {
                    hidden = Some(activity);
                } else if filter.matches(&wanted).is_ok() {
                    return;
                } else {
                    without_default = Some(activity);
                }
            }
        }
        if let Some(activity) = without_default {
            let why = "its filter takes the intent but for the category DEFAULT, which the system adds";
            let at = in_manifest(&manifest.class_of(activity));
            return self.find(Finding::new(rules::DEFAULT_CATEGORY, at, why));
        }
        if let Some(activity) = hidden {
            let why = "its filter takes the intent, and it is not exported";
            let at = in_manifest(&manifest.class_of(activity));
            return self.find(Finding::new(manifest_rules::TARGET_NOT_EXPORTED, at, why));
        }
        let why = "it names no component, and no activity's filter takes it: the tap does nothing";
        self.find(Finding::new(rules::FILTER_MISMATCH, PLACE, why));
    }

    /// OPPO and Meizu take the full name of a class, and OPPO an intent action too.
    fn class_or_action(&mut self, value: &str) {
        if !is_class_name(value) {
            let why = if value.starts_with("intent:") {
                "an intent URI, where this vendor's console takes the full name of the activity's class"
            } else if value.contains('/') {
                "has a slash: only the class is wanted, without the package and the slash before it"
            } else {
                "no full class name, such as com.example.im.ChatActivity"
            };
            return self.find(Finding::new(rules::FORM, PLACE, why));
        }
        let Some(manifest) = &self.preflight.manifest else { return };
        if let Some(activity) = manifest.activity(value) {
            let severity = match is_exported(activity) {
                Exported::Yes => return,
                Exported::No => Severity::Error,
                Exported::NoByDefault => Severity::Warning,
            };
            let why = "the tap is to open it, and it is not exported";
            let at = in_manifest(&manifest.class_of(activity));
            return self.find(Finding::new(manifest_rules::TARGET_NOT_EXPORTED, at, why).rated(severity));
        }
        let takers: Vec<(&ComponentElement, IntentFilter)> = manifest
            .activities()
            .flat_map(|activity| filters(activity).into_iter().map(move |filter| (activity, filter)))
            .filter(|(_, filter)| filter.has_action(value))
            .collect();
        if takers.is_empty() || self.vendor != Vendor::Oppo {
            return self.not_declared(value);
        }
        self.oppo_action(manifest, value, &takers);
    }

    fn oppo_action(
        &mut self,
        manifest: &Manifest,
        action: &str,
        takers: &[(&ComponentElement, IntentFilter)],
    ) {
        let verdicts: Vec<_> = takers
            .iter()
            .map(|(activity, filter)| (*activity, ClickAction::oppo_by_action(action, filter)))
            .collect();
        let taker = verdicts.iter().find(|(_, verdict)| verdict.is_ok()).or_else(|| verdicts.first());
        let Some((activity, verdict)) = taker else { return };
        let at = in_manifest(&manifest.class_of(activity));
        let severity = match is_exported(activity) {
            Exported::Yes => None,
            Exported::No | Exported::NoByDefault => Some(Severity::Error),
        };
        if let Some(severity) = severity {
            let why = "OPPO is to open it by its action, and it is not exported";
            self.find(Finding::new(manifest_rules::TARGET_NOT_EXPORTED, at.clone(), why).rated(severity));
        }
        let rule = match verdict {
            Ok(_) => return,
            Err(ClickActionError::OppoFilterCategory) => rules::DEFAULT_CATEGORY,
            Err(ClickActionError::OppoFilterData) => rules::OPPO_ACTION_DATA,
            Err(ClickActionError::TooLong { .. }) => rules::TOO_LONG,
            Err(_) => rules::FILTER_MISMATCH,
        };
        if let Err(error) = verdict {
            self.find(Finding::new(rule, at, error.to_string()).because(error.rule()));
        }
    }
}

fn filters(component: &ComponentElement) -> Vec<IntentFilter> {
    component.filters().iter().filter_map(|filter| filter.to_filter().ok()).collect()
}

fn is_class_name(value: &str) -> bool {
    value.contains('.')
        && value.split('.').all(|part| {
            part.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '$'))
                && part.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '$'))
        })
}
