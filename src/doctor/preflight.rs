use std::fmt;

use crate::certificate::{Certificates, ConfigError, ConfigReading};
use crate::device::{DeviceFacts, PropertiesError};
use crate::json::JsonError;
use crate::message::{self, Audience, Field, Form, OfflinePushInfo};
use crate::vendor::{Vendor, VendorSet};

use super::check;
use super::{App, Manifest, Report};

/// What a developer has of a set-up, to be looked through before it ships. Everything is optional: a rule says nothing
/// where its input is missing.
///
/// ```
/// use tim_offline_push::doctor::Preflight;
/// use tim_offline_push::finding::Severity;
///
/// let report = Preflight::new()
///     .with_config_text(r#"{"huaweiPushBussinessId": "30206", "honorPushBussinessId": "30206"}"#)
///     .check();
/// let finding = report.findings().first().ok_or("two channels share an id")?;
/// assert_eq!((finding.rule().id(), finding.severity()), ("certificate-id-shared", Severity::Error));
/// println!("{report}");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Default)]
pub struct Preflight {
    pub(super) app: Option<App>,
    pub(super) config: Option<Box<str>>,
    pub(super) manifest: Option<Manifest>,
    pub(super) clicks: Vec<(Vendor, Box<str>)>,
    pub(super) push: Option<Result<message::PushReading, JsonError>>,
    pub(super) audience: Option<Audience>,
    pub(super) device: Option<Result<DeviceFacts, PropertiesError>>,
    pub(super) sources: Vec<(Box<str>, Box<str>)>,
}

impl Preflight {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the app wants. Without it, the channels in the configuration are the ones that count.
    #[must_use]
    pub fn with_app(self, app: App) -> Self {
        Self { app: Some(app), ..self }
    }

    /// The text of `timpush-configs.json`, or of the source file with the constants: whatever [`Certificates::read`]
    /// reads.
    #[must_use]
    pub fn with_config_text(self, text: impl Into<Box<str>>) -> Self {
        Self { config: Some(text.into()), ..self }
    }

    /// The app's manifest. The merged one of the build says most.
    #[must_use]
    pub fn with_manifest(self, manifest: Manifest) -> Self {
        Self { manifest: Some(manifest), ..self }
    }

    /// What stands in Tencent's console under "after a tap" for a vendor; empty: the app is opened. It goes before the
    /// app's own wish.
    #[must_use]
    pub fn with_click(mut self, vendor: Vendor, value: impl Into<Box<str>>) -> Self {
        self.clicks.push((vendor, value.into()));
        self
    }

    /// A push as the sender describes it.
    #[must_use]
    pub fn with_push_info(self, info: OfflinePushInfo) -> Self {
        Self { push: Some(Ok(message::PushReading::of(info))), ..self }
    }

    /// A push in one of its wire forms.
    #[must_use]
    pub fn with_push_text(self, form: Form, text: &str) -> Self {
        Self { push: Some(OfflinePushInfo::read(form, text)), ..self }
    }

    /// Who gets the push, where [`Preflight::audience`] does not say it well.
    #[must_use]
    pub fn with_audience(self, audience: Audience) -> Self {
        Self { audience: Some(audience), ..self }
    }

    /// A phone.
    #[must_use]
    pub fn with_device(self, facts: DeviceFacts) -> Self {
        Self { device: Some(Ok(facts)), ..self }
    }

    /// An Android phone, by its dump of properties: see [`Properties::parse`](crate::device::Properties::parse).
    #[must_use]
    pub fn with_device_text(self, text: &str) -> Self {
        Self { device: Some(DeviceFacts::from_getprop(text)), ..self }
    }

    /// A file of the app's source, under a name for the findings. It is searched for advice that is out of date.
    #[must_use]
    pub fn with_source_text(mut self, name: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Self {
        self.sources.push((name.into(), text.into()));
        self
    }

    /// Who gets the push, by what is known: the channels that count, with the app's notification channel in OPPO's
    /// console.
    pub fn audience(&self) -> Audience {
        if let Some(audience) = &self.audience {
            return audience.clone();
        }
        let channels = self.vendors(self.read_config().as_ref()).unwrap_or(VendorSet::ALL);
        let audience = Audience::of(channels);
        match self.app.as_ref().and_then(App::channel) {
            Some(_) => audience.with_console(Field::OppoChannel),
            None => audience,
        }
    }

    /// Looks everything through.
    pub fn check(&self) -> Report {
        let reading = self.read_config();
        let certificates =
            reading.as_ref().and_then(|reading| reading.as_ref().ok()).map(ConfigReading::certificates);
        let vendors = self.vendors(reading.as_ref());
        let mut findings = Vec::new();
        check::config(self, reading.as_ref(), &mut findings);
        check::manifest(self, &mut findings);
        check::sources(self, &mut findings);
        check::clicks(self, vendors, &mut findings);
        check::push(self, &mut findings);
        check::device(self, vendors, certificates, &mut findings);
        Report::of(findings)
    }

    /// The configuration, its id without a vendor assigned where the app leaves one choice only.
    fn read_config(&self) -> Option<Result<ConfigReading, ConfigError>> {
        let reading = Certificates::read(self.config.as_deref()?);
        Some(reading.map(|reading| {
            let wanted = self.app.as_ref().map_or(VendorSet::EMPTY, App::vendors);
            match (wanted.contains(Vendor::Apns), wanted.contains(Vendor::HarmonyOs)) {
                (true, false) => reading.with_unassigned_for(Vendor::Apns),
                (false, true) => reading.with_unassigned_for(Vendor::HarmonyOs),
                (true, true) | (false, false) => reading,
            }
        }))
    }

    /// The channels that count: those that the app wants, or else those that are configured.
    fn vendors(&self, reading: Option<&Result<ConfigReading, ConfigError>>) -> Option<VendorSet> {
        if let Some(app) = &self.app {
            return Some(app.vendors());
        }
        let configured: VendorSet = match reading {
            Some(Ok(reading)) => reading.certificates().vendors().collect(),
            Some(Err(_)) | None => VendorSet::EMPTY,
        };
        (!configured.is_empty()).then_some(configured)
    }
}

/// Shows what there is and how long it is, and nothing of a text that a secret could stand in.
impl fmt::Debug for Preflight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app, config, manifest, clicks, push, audience, device, sources } = self;
        f.debug_struct("Preflight")
            .field("app", &app.is_some())
            .field("config_bytes", &config.as_ref().map(|text| text.len()))
            .field("manifest_components", &manifest.as_ref().map(|manifest| manifest.components().len()))
            .field("clicks", &clicks.iter().map(|(vendor, _)| *vendor).collect::<Vec<_>>())
            .field("push_is_readable", &push.as_ref().map(Result::is_ok))
            .field("audience", &audience.is_some())
            .field("device_is_readable", &device.as_ref().map(Result::is_ok))
            .field("sources", &sources.len())
            .finish()
    }
}
