//! What an app wants, the files of its set-up, and the run of all checks over them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::manifest::Merged;
use super::{AppleApp, BuildFile, HarmonyModule, Manifest, Report, Waivers};
use super::{click, components, config, device, platforms, project, push, push_sdks, vendor_files};
use crate::certificate::{
    AppleEnvironment, CertificateSlot, Certificates, ConfigError, ConfigReading, Market, Setting, settings,
};
use crate::click_action::{ClickAction, Screen};
use crate::device::{DeviceFacts, PropertiesError};
use crate::json::JsonError;
use crate::message::{self, Audience, Field, Form, OfflinePushInfo};
use crate::registrar::NotificationChannel;
use crate::secret::Hidden;
use crate::time::UnixTime;
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// What an app wants from offline push.
///
/// ```
/// use tim_offline_push::click_action::{ClickAction, Screen};
/// use tim_offline_push::doctor::{App, SetupSheet};
/// use tim_offline_push::registrar::NotificationChannel;
/// use tim_offline_push::vendor::{Vendor, VendorSet};
///
/// let chat = Screen::new("com.example.im", "com.example.im.ChatActivity", "pushscheme://com.example.im/detail")?;
/// let app = App::new("com.example.im")
///     .with_vendors(VendorSet::EMPTY.with(Vendor::Xiaomi).with(Vendor::Oppo))
///     .with_click_action(ClickAction::OpenScreen(chat))
///     .with_click_action_on(Vendor::Xiaomi, ClickAction::OpenApp)
///     .with_channel(NotificationChannel::new("chat", "Messages"))
///     .with_target_sdk(35);
/// // On Xiaomi, a tap that opens the app brings no ext.
/// assert!(SetupSheet::new(&app).open_questions[0].starts_with("Xiaomi: the message's ext does not arrive"));
/// # Ok::<(), tim_offline_push::click_action::ScreenError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct App {
    pub(super) package: Box<str>,
    /// The vendors that it wants, if it says so.
    pub(super) vendors: Option<VendorSet>,
    click_action: Option<ClickAction>,
    click_actions: BTreeMap<Vendor, ClickAction>,
    pub(super) channel: Option<NotificationChannel>,
    pub(super) badge_activity: Option<Box<str>>,
    pub(super) target_sdk: Option<u32>,
    pub(super) market: Option<Market>,
    /// `None` if there is no app.
    pub(super) expects_ext: Option<bool>,
}

impl App {
    /// An app with this application id. An empty one is unknown.
    pub fn new(package: impl Into<Box<str>>) -> Self {
        Self { package: package.into(), expects_ext: Some(true), ..Self::default() }
    }

    /// The vendors that it wants. By default those that its configuration has an id for.
    pub fn with_vendors(self, vendors: VendorSet) -> Self {
        Self { vendors: Some(vendors), ..self }
    }

    /// What a tap opens, for every vendor without an action of its own.
    pub fn with_click_action(self, action: ClickAction) -> Self {
        Self { click_action: Some(action), ..self }
    }

    /// What a tap opens for this vendor.
    pub fn with_click_action_on(mut self, vendor: Vendor, action: ClickAction) -> Self {
        self.click_actions.insert(vendor, action);
        self
    }

    /// The notification channel that the app creates on the device. Its id is typed into the consoles.
    pub fn with_channel(self, channel: NotificationChannel) -> Self {
        Self { channel: Some(channel), ..self }
    }

    /// The full class name of the activity whose icon shows the badge: the launcher's.
    pub fn with_badge_activity(self, class: impl Into<Box<str>>) -> Self {
        Self { badge_activity: Some(class.into()), ..self }
    }

    /// The API level that the app targets.
    pub fn with_target_sdk(self, api_level: u32) -> Self {
        Self { target_sdk: Some(api_level), ..self }
    }

    /// Where the app's users are. By default that is unknown.
    pub fn with_market(self, market: Market) -> Self {
        Self { market: Some(market), ..self }
    }

    /// Whether a tap must hand over the message's `ext`. By default it must.
    pub fn expecting_ext(self, expects_ext: bool) -> Self {
        Self { expects_ext: Some(expects_ext), ..self }
    }

    /// What a tap opens for a vendor, if the app says so.
    pub(super) fn click_action(&self, vendor: Vendor) -> Option<&ClickAction> {
        self.click_actions.get(&vendor).or(self.click_action.as_ref())
    }

    /// The screen that a tap opens for a vendor, if it opens one.
    pub(super) fn screen(&self, vendor: Vendor) -> Option<&Screen> {
        let Some(ClickAction::OpenScreen(screen)) = self.click_action(vendor) else { return None };
        Some(screen)
    }
}

/// The files and values of a set-up, to be checked before it ships. All are optional: a rule without its
/// input finds nothing. `Debug` shows which inputs there are and how many, and none of their texts.
///
/// ```
/// use tim_offline_push::doctor::Preflight;
/// use tim_offline_push::finding::Severity;
///
/// let report = Preflight::new()
///     .with_config_text(r#"{"huaweiPushBussinessId": "30206", "honorPushBussinessId": "30206"}"#)
///     .check();
/// let finding = report.findings().first().ok_or("two vendors share an id")?;
/// assert_eq!((finding.rule().id(), finding.severity()), ("certificate-id-shared", Severity::Error));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Preflight {
    pub(super) app: App,
    pub(super) config: Option<Hidden>,
    pub(super) manifests: Vec<Manifest>,
    pub(super) build_files: Vec<BuildFile>,
    pub(super) is_project: bool,
    pub(super) clicks: Vec<(Vendor, Hidden)>,
    pub(super) push: Option<Result<message::PushReading, JsonError>>,
    pub(super) push_is_printed: bool,
    pub(super) audience: Option<Audience>,
    pub(super) device: Option<Result<DeviceFacts, PropertiesError>>,
    pub(super) sources: Vec<(Box<str>, Hidden)>,
    pub(super) vendor_files: Vec<(Vendor, Box<str>, Hidden)>,
    pub(super) signing: Option<Box<str>>,
    pub(super) registered_signing: Option<Box<str>>,
    pub(super) apple: Option<AppleApp>,
    pub(super) harmony: Option<HarmonyModule>,
    waivers: Option<(Waivers, UnixTime)>,
}

impl Preflight {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the app wants. Without it, the vendors of the configuration count.
    pub fn with_app(self, app: App) -> Self {
        Self { app, ..self }
    }

    /// The text of `timpush-configs.json`, or of the source file with the constants: whatever
    /// [`Certificates::read`] reads.
    pub fn with_config_text(self, text: impl Into<Box<str>>) -> Self {
        Self { config: Some(Hidden(text.into())), ..self }
    }

    /// The manifest of the app or of a library; call it once for each. The merged manifest of the build says
    /// most.
    pub fn with_manifest(mut self, manifest: Manifest) -> Self {
        self.manifests.push(manifest);
        self
    }

    /// The build file of a module.
    pub fn with_build_file(mut self, file: BuildFile) -> Self {
        self.build_files.push(file);
        self
    }

    /// Says that the whole project was given: a file that was not given does not exist.
    pub fn with_whole_project(self) -> Self {
        Self { is_project: true, ..self }
    }

    /// What stands in Tencent's console under "after a tap" for a vendor; empty: the app is opened. It is
    /// checked instead of the app's own click action.
    pub fn with_click(mut self, vendor: Vendor, value: impl Into<Box<str>>) -> Self {
        self.clicks.push((vendor, Hidden(value.into())));
        self
    }

    /// A push as the sender describes it.
    pub fn with_push_info(self, info: OfflinePushInfo) -> Self {
        Self { push: Some(Ok(message::PushReading::of(info))), ..self }
    }

    /// A push in one of its wire forms.
    pub fn with_push_text(self, form: Form, text: &str) -> Self {
        // `V2TIMOfflinePushInfo{title='…'}`, `com.tencent…V2TIMOfflinePushInfo@1b2c3d`
        let push_is_printed =
            !text.trim_start().starts_with(['{', '[', '"']) && text.contains("OfflinePushInfo");
        Self { push: Some(OfflinePushInfo::read(form, text)), push_is_printed, ..self }
    }

    /// Who gets the push, where [`Preflight::audience`] would be wrong.
    pub fn with_audience(self, audience: Audience) -> Self {
        Self { audience: Some(audience), ..self }
    }

    /// A phone.
    pub fn with_device(self, facts: DeviceFacts) -> Self {
        Self { device: Some(Ok(facts)), ..self }
    }

    /// An Android phone, by its dump of properties: see
    /// [`Properties::parse`](crate::device::Properties::parse).
    pub fn with_device_text(self, text: &str) -> Self {
        Self { device: Some(DeviceFacts::from_getprop(text)), ..self }
    }

    /// A file of the app's source, under a name for the findings: for outdated calls, and for what happens to
    /// a tap's intent.
    pub fn with_source_text(mut self, name: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        self.sources.push((name.into(), Hidden(text.into())));
        self
    }

    /// The text of the file that a vendor's console gives for the app, under a name for the findings:
    /// Huawei's `agconnect-services.json`, Honor's `mcs-services.json`, FCM's `google-services.json`. Such
    /// files hold keys by design; none is shown. Other vendors have no such file; the check says so.
    pub fn with_vendor_file(mut self, vendor: Vendor, name: &str, text: &str) -> Self {
        self.vendor_files.push((vendor, name.into(), Hidden(text.into())));
        self
    }

    /// The fingerprint of the certificate that signs the app, SHA-1 or SHA-256, as `keytool` prints it.
    pub fn with_signing(self, fingerprint: impl Into<Box<str>>) -> Self {
        Self { signing: Some(fingerprint.into()), ..self }
    }

    /// The fingerprint that a vendor's console shows for the app.
    pub fn with_registered_signing(self, fingerprint: impl Into<Box<str>>) -> Self {
        Self { registered_signing: Some(fingerprint.into()), ..self }
    }

    /// The app on Apple's side.
    pub fn with_apple_app(self, app: AppleApp) -> Self {
        Self { apple: Some(app), ..self }
    }

    /// The module on HarmonyOS.
    pub fn with_harmony_module(self, module: HarmonyModule) -> Self {
        Self { harmony: Some(module), ..self }
    }

    /// The findings that the team accepts until a certain day, and the time now.
    pub fn with_waivers(self, waivers: Waivers, now: UnixTime) -> Self {
        Self { waivers: Some((waivers, now)), ..self }
    }

    /// Who gets the push, as far as that is known: the vendors that count, with the app's notification
    /// channel in OPPO's console.
    pub fn audience(&self) -> Audience {
        if let Some(audience) = &self.audience {
            return audience.clone();
        }
        let audience = Audience::of(Setup::of(self).wanted_or_all());
        if self.app.channel.is_some() { audience.with_console(Field::OppoChannel) } else { audience }
    }

    /// Runs all checks that have their input.
    pub fn check(&self) -> Report {
        let setup = Setup::of(self);
        let mut findings = Vec::new();
        config::check(&setup, &mut findings);
        project::check(&setup, &mut findings);
        components::check(&setup, &mut findings);
        push_sdks::check(&setup, &mut findings);
        vendor_files::check(&setup, &mut findings);
        click::check(&setup, &mut findings);
        push::check(&setup, &mut findings);
        device::check(&setup, &mut findings);
        platforms::check(&setup, &mut findings);
        let waived = self.waivers.as_ref().map_or(0, |(waivers, now)| waivers.apply(*now, &mut findings));
        Report::of(findings, waived)
    }
}

impl fmt::Debug for Preflight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preflight")
            .field("config", &self.config)
            .field("manifests", &self.manifests.len())
            .field("build_files", &self.build_files.len())
            .field("clicks", &self.clicks)
            .field("push_is_readable", &self.push.as_ref().map(Result::is_ok))
            .field("device_is_readable", &self.device.as_ref().map(Result::is_ok))
            .field("sources", &self.sources.len())
            .field("vendor_files", &self.vendor_files.iter().map(|(vendor, ..)| *vendor).collect::<Vec<_>>())
            .field("signings", &[&self.signing, &self.registered_signing].map(Option::is_some))
            .field("apple", &self.apple.is_some())
            .field("harmony", &self.harmony.is_some())
            .finish_non_exhaustive()
    }
}

/// What follows from all inputs together, computed once.
pub(super) struct Setup<'a> {
    pub(super) preflight: &'a Preflight,
    /// The name of the other file that was given as configuration, if it was.
    pub(super) other_file: Option<&'static str>,
    pub(super) reading: Option<Result<ConfigReading, ConfigError>>,
    pub(super) manifest: Merged<'a>,
    /// The application id; else the package of the app's manifest, which the build may override.
    pub(super) package: Option<&'a str>,
    /// Whether that is the application id that ships.
    pub(super) package_is_certain: bool,
    /// The vendors that the app wants; if it does not say, those that are configured.
    pub(super) wanted: VendorSet,
    /// The code of each source, without comments and quoted texts.
    pub(super) code: Vec<String>,
    /// Which rules found something in which activity: one that serves several vendors is reported once.
    pub(super) said: RefCell<BTreeSet<(&'static str, String)>>,
}

impl<'a> Setup<'a> {
    pub(super) fn of(preflight: &'a Preflight) -> Self {
        let own = Some(&*preflight.app.package).filter(|package| !package.is_empty());
        let application_id = own.or_else(|| preflight.build_files.iter().find_map(BuildFile::application_id));
        let manifest = Merged::of(&preflight.manifests, application_id);
        let package = application_id.or_else(|| manifest.package());
        let config = preflight.config.as_ref().map(|text| &*text.0);
        let other_file = config.and_then(config::other_file);
        let explicit = preflight.app.vendors;
        let reading = config.filter(|_| other_file.is_none()).map(|text| {
            let reading = Certificates::read(text)?;
            let reading = package.into_iter().fold(reading, ConfigReading::with_package);
            // An id without a vendor belongs to the only platform that has such ids and is wanted.
            let wants = |vendor| explicit.is_some_and(|wanted: VendorSet| wanted.contains(vendor));
            Ok(match (wants(Vendor::Apns), wants(Vendor::HarmonyOs)) {
                (true, false) => reading.with_unassigned_for(Vendor::Apns),
                (false, true) => reading.with_unassigned_for(Vendor::HarmonyOs),
                (true, true) | (false, false) => reading,
            })
        });
        let readable = reading.iter().flatten();
        let configured = readable
            .flat_map(|reading| reading.certificates().vendors().chain(config::expressions(reading)))
            .collect();
        let wanted = explicit.unwrap_or(configured);
        let package_is_certain = application_id.is_some() || manifest.is_complete();
        let code = preflight.sources.iter().map(|(_, text)| push::code_of(&text.0, false)).collect();
        let said = RefCell::default();
        Self { preflight, other_file, reading, manifest, package, package_is_certain, wanted, code, said }
    }

    /// Gives every named value of the configuration to `take`, as far as it can be read.
    pub(super) fn settings(&self, take: &mut dyn FnMut(Setting<'_>)) {
        settings(self.preflight.config.as_ref().map_or("", |text| &text.0), take);
    }

    /// The vendors that the app wants; if it wants none in particular, all.
    pub(super) const fn wanted_or_all(&self) -> VendorSet {
        if self.wanted.is_empty() { VendorSet::ALL } else { self.wanted }
    }

    /// Whether the file that this vendor's console gives for the app was given.
    pub(super) fn has_file_of(&self, vendor: Vendor) -> bool {
        self.preflight.vendor_files.iter().any(|(own, ..)| *own == vendor)
    }

    /// The certificates, where the configuration could be read.
    pub(super) fn certificates(&self) -> Option<&Certificates> {
        self.reading.as_ref()?.as_ref().ok().map(ConfigReading::certificates)
    }

    /// The environments for which APNs has a certificate for this kind of token; `None` for one that serves
    /// both.
    pub(super) fn apple_environments(&self, kind: TokenKind) -> Vec<Option<AppleEnvironment>> {
        let slots = self.certificates().into_iter().flat_map(Certificates::iter).map(|(slot, _)| slot);
        let own = slots.filter(|slot| slot.vendor() == Vendor::Apns && slot.kind() == kind);
        own.map(CertificateSlot::environment).collect()
    }

    /// The API level that the app targets: as the app says, as the build file says, or as the manifest says.
    pub(super) fn target_sdk(&self) -> Option<u32> {
        let built = || self.preflight.build_files.iter().find_map(BuildFile::target_sdk);
        self.preflight.app.target_sdk.or_else(built).or_else(|| self.manifest.target_sdk())
    }
}
