//! What an app decides once (certificates, wired SDKs, consent, notification channels), what its user has
//! decided, and what is known of the phone.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::verdict::set;
use super::{Rule, Verdict, holds};
use crate::certificate::{AppleEnvironment, BusinessId, Certificates, Market};
use crate::device::{DeviceFacts, ElectionPolicy, Platform, accepts, elect};
use crate::vendor::{NotificationChannelNeed, TokenKind, Vendor, notification_channel_need};

/// What an app decides once. A different one starts a new election: the tokens held stay, and the best vendor
/// is sought anew.
///
/// ```
/// use tim_offline_push::certificate::{BusinessId, Certificates};
/// use tim_offline_push::registrar::Configuration;
/// use tim_offline_push::vendor::Vendor;
///
/// let certificates = Certificates::new()
///     .with(Vendor::Xiaomi, BusinessId::new(30207)?)
///     .with(Vendor::Fcm, BusinessId::new(30210)?);
/// let configuration =
///     Configuration::new(certificates, [Vendor::Xiaomi, Vendor::Fcm]).with_consent_required(true);
/// assert!(configuration.is_consent_required());
/// # Ok::<(), tim_offline_push::certificate::BusinessIdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Configuration {
    certificates: Certificates,
    election: ElectionPolicy,
    apple_environment: AppleEnvironment,
    consent_required: bool,
    app_version: Option<Box<str>>,
    notification_channels: Vec<(Vendor, NotificationChannel)>,
}

impl Configuration {
    /// The app's certificates, and the vendors whose SDK is wired.
    pub fn new(certificates: Certificates, wired: impl IntoIterator<Item = Vendor>) -> Self {
        Self {
            election: ElectionPolicy::default().with_certificates(&certificates).with_wired(wired),
            certificates,
            apple_environment: AppleEnvironment::Production,
            consent_required: false,
            app_version: None,
            notification_channels: Vec::new(),
        }
    }

    /// Whether the user has to agree before any vendor SDK is called. The default is no.
    pub fn with_consent_required(self, required: bool) -> Self {
        Self { consent_required: required, ..self }
    }

    /// With the app's version: another one is a change, which is worth another attempt at what failed for
    /// good.
    pub fn with_app_version(self, version: impl Into<Box<str>>) -> Self {
        Self { app_version: Some(version.into()), ..self }
    }

    /// With the flavour of the app. The default is domestic.
    pub fn with_market(self, market: Market) -> Self {
        Self { election: self.election.with_market(market), ..self }
    }

    /// With Apple's environment that the build is signed for. The default is production.
    pub fn with_apple_environment(self, environment: AppleEnvironment) -> Self {
        Self { apple_environment: environment, ..self }
    }

    /// With a vendor that is tried first, whatever the phone says.
    pub fn with_override(self, vendor: Option<Vendor>) -> Self {
        Self { election: self.election.with_override(vendor), ..self }
    }

    /// Whether FCM is tried before the phone's own vendor. The default is no.
    pub fn with_fcm_preferred(self, preferred: bool) -> Self {
        Self { election: self.election.with_fcm_preferred(preferred), ..self }
    }

    /// With the notification channel that is made before a vendor's SDK is registered, on Android 8 and
    /// newer. OPPO shows nothing without one; FCM and Xiaomi need one only if messages name it. Replaces an
    /// earlier one for the same vendor.
    pub fn with_notification_channel(mut self, vendor: Vendor, channel: NotificationChannel) -> Self {
        self.notification_channels.retain(|(known, _)| *known != vendor);
        self.notification_channels.reserve_exact(1);
        self.notification_channels.push((vendor, channel));
        self
    }

    /// The certificates.
    pub const fn certificates(&self) -> &Certificates {
        &self.certificates
    }

    /// What the election goes by.
    pub const fn election_policy(&self) -> &ElectionPolicy {
        &self.election
    }

    /// Whether the user has to agree first.
    pub const fn is_consent_required(&self) -> bool {
        self.consent_required
    }

    /// The certificate under which a token of this vendor is reported.
    pub fn business_id(&self, vendor: Vendor, kind: TokenKind) -> Option<BusinessId> {
        self.certificates.business_id(vendor, kind, self.apple_environment, self.election.market())
    }

    /// The notification channel that goes before a vendor's registration.
    pub fn notification_channel(&self, vendor: Vendor) -> Option<&NotificationChannel> {
        self.notification_channels.iter().find_map(|(known, channel)| (*known == vendor).then_some(channel))
    }
}

/// An Android notification channel. Once made, only its name and description can change
/// (<https://tencentcloud.com/zh/document/product/1024/36250>, read 2026-11-22).
///
/// ```
/// use tim_offline_push::registrar::{Importance, NotificationChannel};
///
/// let channel = NotificationChannel::new("tuikit", "Messages").with_importance(Importance::High);
/// assert_eq!(channel.id(), "tuikit");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[must_use]
pub struct NotificationChannel {
    id: Box<str>,
    name: Box<str>,
    #[serde(default)]
    description: Box<str>,
    #[serde(default)]
    importance: Importance,
}

impl NotificationChannel {
    /// A channel with the id that the vendor's console knows, and the name that the user sees in the
    /// settings.
    pub fn new(id: impl Into<Box<str>>, name: impl Into<Box<str>>) -> Self {
        Self { id: id.into(), name: name.into(), description: Box::default(), importance: Importance::High }
    }

    /// With a description for the user.
    pub fn with_description(self, description: impl Into<Box<str>>) -> Self {
        Self { description: description.into(), ..self }
    }

    /// With this importance. The default is [`Importance::High`].
    pub fn with_importance(self, importance: Importance) -> Self {
        Self { importance, ..self }
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The description, maybe empty.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The importance.
    pub const fn importance(&self) -> Importance {
        self.importance
    }
}

/// How much a notification channel interrupts: `NotificationManager.IMPORTANCE_*` of Android
/// (<https://developer.android.com/reference/android/app/NotificationManager>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Importance {
    /// No sound, no icon in the status bar.
    Min,
    /// No sound.
    Low,
    /// Sound.
    Default,
    /// Sound, and it appears on top of the screen.
    #[default]
    High,
}

impl Importance {
    /// Android's number: 1 to 4.
    pub const fn as_i32(self) -> i32 {
        match self {
            Self::Min => 1,
            Self::Low => 2,
            Self::Default => 3,
            Self::High => 4,
        }
    }
}

/// The name, as serde forms have it.
impl fmt::Display for Importance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The configuration, the facts of the phone, and what the user has allowed: all of it comes from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Setup {
    configuration: Option<Arc<Configuration>>,
    device: Option<Arc<DeviceFacts>>,
    consent: Consent,
    push_disabled: bool,
}

/// What the user said about starting vendor SDKs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Consent {
    #[default]
    NotAsked,
    Given,
    Withdrawn,
    /// Something was stored that does not read. It may have been a no.
    Unreadable,
}

/// What stands before a vendor's registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prerequisite {
    NotificationChannel,
    /// The vendor needs a notification channel, and none is configured.
    MissingNotificationChannel,
}

impl Setup {
    pub(super) fn configure(&mut self, configuration: Arc<Configuration>) -> Verdict {
        set(&mut self.configuration, Some(configuration))
    }

    pub(super) fn set_device(&mut self, facts: Arc<DeviceFacts>) -> Verdict {
        set(&mut self.device, Some(facts))
    }

    pub(super) fn set_consent(&mut self, consent: Consent) -> Verdict {
        set(&mut self.consent, consent)
    }

    pub(super) fn set_push_disabled(&mut self, disabled: bool) -> Verdict {
        set(&mut self.push_disabled, disabled)
    }

    pub(super) fn configuration(&self) -> Option<&Configuration> {
        self.configuration.as_deref()
    }

    pub(super) fn device(&self) -> Option<&DeviceFacts> {
        self.device.as_deref()
    }

    pub(super) const fn consent(&self) -> Consent {
        self.consent
    }

    pub(super) const fn is_push_disabled(&self) -> bool {
        self.push_disabled
    }

    /// Whether vendor SDKs may be called.
    pub(super) fn has_consent(&self) -> bool {
        match self.consent {
            Consent::Given => true,
            Consent::Withdrawn => false,
            Consent::Unreadable if holds(Rule::UnreadableConsentIsNo) => false,
            Consent::NotAsked | Consent::Unreadable => {
                self.configuration.as_ref().is_some_and(|known| !known.is_consent_required())
            }
        }
    }

    /// Whether vendor SDKs may be called; none while it is not known if the user is asked, or what was
    /// answered.
    pub(super) fn known_consent(&self) -> Option<bool> {
        let is_known = self.configuration.is_some() || self.consent != Consent::NotAsked;
        is_known.then(|| self.has_consent())
    }

    /// Whether the user wants no pushes, and the server must get that. Nothing is called before the user has been asked for a
    /// consent that the configuration requires.
    pub(super) fn is_push_off(&self) -> bool {
        self.consent == Consent::Withdrawn || self.push_disabled && self.has_consent()
    }

    /// The vendors that this phone can use, best first; none while something is not known or not agreed to.
    pub(super) fn ranking(&self) -> Option<Vec<Vendor>> {
        let configuration = self.configuration.as_ref().filter(|_| self.has_consent())?;
        let mut ranking: Vec<Vendor> = elect(self.device()?, configuration.election_policy())
            .accepted()
            .filter(|vendor| configuration.business_id(*vendor, TokenKind::Standard).is_some())
            .collect();
        ranking.shrink_to_fit();
        Some(ranking)
    }

    /// Whether this vendor's SDK may be called here, for whichever kind of token.
    pub(super) fn accepts(&self, vendor: Vendor) -> bool {
        let known = self.device.as_ref().zip(self.configuration.as_ref()).filter(|_| self.has_consent());
        known.is_some_and(|(device, known)| accepts(device, *known.election_policy(), vendor))
    }

    /// The certificate under which a token of this vendor is reported.
    pub(super) fn business_id(&self, vendor: Vendor, kind: TokenKind) -> Option<BusinessId> {
        self.configuration.as_ref()?.business_id(vendor, kind)
    }

    pub(super) fn notification_channel(&self, vendor: Vendor) -> Option<&NotificationChannel> {
        self.configuration.as_ref()?.notification_channel(vendor)
    }

    /// What goes before a registration with this vendor, once per process.
    pub(super) fn prerequisite(&self, vendor: Vendor) -> Option<Prerequisite> {
        // Android has notification channels since version 8, API level 26. An unknown level counts as newer.
        // <https://developer.android.com/reference/android/app/NotificationChannel>
        let has_channels = |device: &DeviceFacts| {
            device.platform == Platform::Android && device.android_api().is_none_or(|api| api >= 26)
        };
        self.device().filter(|device| has_channels(device))?;
        if self.notification_channel(vendor).is_some() {
            return Some(Prerequisite::NotificationChannel);
        }
        let is_needed = notification_channel_need(vendor) == NotificationChannelNeed::CreatedByApp;
        is_needed.then_some(Prerequisite::MissingNotificationChannel)
    }
}
