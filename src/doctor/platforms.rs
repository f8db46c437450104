//! The app on Apple's platforms and on HarmonyOS: entitlements, `Info.plist`, `module.json5`.

use super::keys;
use super::preflight::Setup;
use super::rules::rule_id;
use crate::certificate::AppleEnvironment;
use crate::finding::{Finding, RuleId, Severity, shown};
use crate::intent::{Intent, ParseFlags};
use crate::message::Field;
use crate::secret::Hidden;
use crate::vendor::{TokenKind, Vendor};

const OTHER_ENVIRONMENT: RuleId = rule_id("aps-environment-differs");
const BACKGROUND_MODE: RuleId = rule_id("background-mode-missing");
const CLIENT_ID: RuleId = rule_id("harmony-client-id");

/// An app on Apple's platforms, as its entitlements and `Info.plist` describe it. The caller reads the files,
/// as the example `doctor` does. `Debug` shows the names of files, and how long the values in them are.
///
/// ```
/// use tim_offline_push::doctor::{AppleApp, Preflight};
///
/// let app = AppleApp::new().with_entitlements("Runner.entitlements", None);
/// let report = Preflight::new().with_apple_app(app).check();
/// assert_eq!(report.findings()[0].rule().id(), "aps-entitlement-missing");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct AppleApp {
    entitlements: Option<(Box<str>, Option<Hidden>)>,
    info: Option<Box<str>>,
    background_modes: Vec<Hidden>,
    /// Whether one of its property lists is that of a notification service extension.
    pub(super) has_service_extension: bool,
}

impl AppleApp {
    /// An app of which no file was read.
    pub fn new() -> Self {
        Self::default()
    }

    /// With an entitlements file, by name, and its `aps-environment` (`com.apple.developer.aps-environment`
    /// on macOS).
    pub fn with_entitlements(self, file: impl Into<Box<str>>, aps_environment: Option<&str>) -> Self {
        Self { entitlements: Some((file.into(), aps_environment.map(|text| Hidden(text.into())))), ..self }
    }

    /// With the app's `Info.plist`, by name, and its `UIBackgroundModes`.
    pub fn with_info_plist(self, file: &str, background_modes: &[&str]) -> Self {
        let background_modes = background_modes.iter().map(|mode| Hidden((*mode).into())).collect();
        Self { info: Some(file.into()), background_modes, ..self }
    }

    /// With a notification service extension, whose `Info.plist` has the extension point
    /// `com.apple.usernotifications.service`.
    pub fn with_service_extension(self) -> Self {
        Self { has_service_extension: true, ..self }
    }
}

/// A HarmonyOS module, as its `module.json5` describes it. The caller reads the file, as the example `doctor`
/// does. `Debug` shows the names of the file, of metadata and of abilities, and how long the values are.
///
/// ```
/// use tim_offline_push::doctor::{HarmonyModule, Preflight};
///
/// let module = HarmonyModule::new("entry/src/main/module.json5").with_metadata("client_id", "");
/// let report = Preflight::new().with_harmony_module(module).check();
/// assert_eq!(report.findings()[0].rule().id(), "harmony-client-id");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct HarmonyModule {
    file: Box<str>,
    metadata: Vec<(Box<str>, Hidden)>,
    abilities: Vec<Ability>,
    is_entry: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Ability {
    name: Box<str>,
    exported: bool,
    actions: Vec<Hidden>,
    uris: Vec<Hidden>,
}

impl HarmonyModule {
    /// A module, by the name of its file.
    pub fn new(file: impl Into<Box<str>>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// With its `type`, such as `entry` or `har`.
    pub fn of_type(self, kind: &str) -> Self {
        Self { is_entry: Some(kind == "entry"), ..self }
    }

    /// With one of its `metadata`.
    pub fn with_metadata(mut self, name: impl Into<Box<str>>, value: impl Into<Box<str>>) -> Self {
        self.metadata.push((name.into(), Hidden(value.into())));
        self
    }

    /// With an ability, and the actions and URIs of all its skills. A URI is its scheme, host, port and path
    /// as far as they are given, such as `push://im/detail`.
    pub fn with_ability(mut self, name: &str, exported: bool, actions: &[&str], uris: &[&str]) -> Self {
        let [actions, uris] =
            [actions, uris].map(|texts| texts.iter().map(|text| Hidden((*text).into())).collect());
        self.abilities.push(Ability { name: name.into(), exported, actions, uris });
        self
    }
}

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    if let Some(app) = &setup.preflight.apple {
        findings.extend(entitlements(setup, app).map(|finding| finding.on(Vendor::Apns)));
        info_plist(setup, app, findings);
    }
    if let Some(module) = &setup.preflight.harmony {
        findings.extend(client_id(module));
        ability(setup, module, findings);
    }
}

fn entitlements(setup: &Setup<'_>, app: &AppleApp) -> Option<Finding> {
    let (file, environment) = app.entitlements.as_ref()?;
    let missing = |cause: String| Some(rule_id("aps-entitlement-missing").at(shown(file), cause));
    let Some(own) = environment.as_ref().map(|text| &*text.0).filter(|own| !own.is_empty()) else {
        return missing("aps-environment is not in the entitlements, or empty".to_owned());
    };
    let (other, other_name) = match own {
        "production" => (AppleEnvironment::Development, "development"),
        "development" => (AppleEnvironment::Production, "production"),
        // A build setting, such as $(APS_ENVIRONMENT).
        computed if computed.contains("$(") => return None,
        other => {
            let other = shown(other);
            return missing(format!("aps-environment is {other}; it must be development or production"));
        }
    };
    let known = setup.apple_environments(TokenKind::Standard);
    let is_other = !known.is_empty() && known.iter().all(|environment| *environment == Some(other));
    let cause = format!("the entitlement is {own}, and the only certificate is for {other_name}");
    // The export for the App Store writes production, whatever stands in the source.
    let finding = OTHER_ENVIRONMENT.at(shown(file), cause).rated_if(own == "development", Severity::Warning);
    is_other.then_some(finding)
}

fn info_plist(setup: &Setup<'_>, app: &AppleApp, findings: &mut Vec<Finding>) {
    let Some(file) = &app.info else { return };
    let lacks = |mode: &str| !app.background_modes.iter().any(|own| *own.0 == *mode);
    let push = setup.push();
    let has_certificate = !setup.apple_environments(TokenKind::Voip).is_empty();
    let mut find = |holds: bool, rule: RuleId, cause: &'static str| {
        if holds {
            findings.push(rule.at(shown(file), cause).on(Vendor::Apns));
        }
    };
    let calls = has_certificate || push.is_some_and(|push| push.number(Field::IosPushType) == Some(1));
    let cause = "the app has VoIP pushes, and UIBackgroundModes lacks voip";
    find(calls && lacks("voip"), BACKGROUND_MODE, cause);
    let wakes = push.is_some_and(|push| push.has(Field::IosBackground));
    let cause = "the push wakes the app in the background, and UIBackgroundModes lacks remote-notification";
    find(wakes && lacks("remote-notification"), BACKGROUND_MODE, cause);
    let has_image = push.is_some_and(|push| push.has(Field::IosImage));
    let cause = "the push has an image for iOS, and no notification service extension was given";
    find(has_image && !app.has_service_extension, rule_id("service-extension-missing"), cause);
}

fn client_id(module: &HarmonyModule) -> Option<Finding> {
    // A library has none.
    if module.is_entry == Some(false) {
        return None;
    }
    let id = module.metadata.iter().find(|(name, _)| **name == *"client_id").map(|(_, value)| value.0.trim());
    let (rule, cause) = match id {
        None => (CLIENT_ID, "there is no metadata client_id"),
        Some("") => (CLIENT_ID, "client_id is empty"),
        Some(id) if keys::is_sample(id) => (keys::SAMPLE_TEXT, "client_id has the text of a sample"),
        Some(_) => return None,
    };
    Some(rule.at(shown(&module.file), cause).on(Vendor::HarmonyOs))
}

/// What the console names: an action, a URI, or both in an intent URI.
fn ability(setup: &Setup<'_>, module: &HarmonyModule, findings: &mut Vec<Finding>) {
    let clicks = setup.preflight.clicks.iter().filter(|(vendor, _)| *vendor == Vendor::HarmonyOs);
    for value in clicks.map(|(_, value)| value.0.trim()).filter(|value| !value.is_empty()) {
        let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
        let is_intent = value.starts_with("intent:");
        let intent = is_intent.then(|| Intent::parse_uri(value, flags).ok()).flatten().unwrap_or_default();
        let takes = |ability: &&Ability| {
            let by_uri = |uri: &str| ability.uris.iter().any(|own| uri_takes(&own.0, uri));
            let by_action = |action: &str| ability.actions.iter().any(|own| *own.0 == *action);
            match (intent.data(), intent.action()) {
                (Some(data), _) => by_uri(data.as_str()),
                (None, Some(action)) => by_action(action),
                (None, None) => by_action(value) || by_uri(value) || *ability.name == *value,
            }
        };
        let file = shown(&module.file);
        let (at, cause) = match module.abilities.iter().find(takes) {
            Some(ability) if ability.exported => continue,
            Some(ability) => {
                (format!("{file}: {}", shown(&ability.name)), "the tap opens it, and it is not exported")
            }
            None => (file, "no ability takes what the console names"),
        };
        findings.push(rule_id("harmony-ability-missing").at(at, cause).on(Vendor::HarmonyOs));
    }
}

/// Whether a skill's URI takes another one: it is equal to it, or to its beginning up to a boundary.
fn uri_takes(own: &str, uri: &str) -> bool {
    !own.is_empty()
        && uri.strip_prefix(own).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) || own.ends_with(['/', ':'])
        })
}
