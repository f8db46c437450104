//! What the app and its user have decided, and what is known of the phone.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::rules::{Rule, holds};
use super::verdict::set;
use super::{Configuration, NotificationChannel, Verdict};
use crate::certificate::BusinessId;
use crate::device::{DeviceFacts, Platform, elect};
use crate::vendor::{TokenKind, Vendor, VendorSet, notification_rule};

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

/// A consent as it is stored: what was answered, or a value for the one that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum StoredConsent {
    Answered(bool),
    Unreadable(UnreadableConsent),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum UnreadableConsent {
    #[serde(rename = "unreadable")]
    Unreadable,
}

/// What stands before a vendor's registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prerequisite {
    Nothing,
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

    pub(super) const fn is_configured(&self) -> bool {
        self.configuration.is_some()
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

    /// Whether vendor SDKs may be called; none while it is not known if the user is asked, or what was answered.
    pub(super) fn known_consent(&self) -> Option<bool> {
        let is_known = self.configuration.is_some() || self.consent != Consent::NotAsked;
        is_known.then(|| self.has_consent())
    }

    /// Whether the user wants no pushes, and the server must get that.
    pub(super) fn is_push_off(&self) -> bool {
        self.consent == Consent::Withdrawn || self.push_disabled && self.has_consent()
    }

    /// The vendors that this phone can use, best first; none while something is not known or not agreed to.
    pub(super) fn ranking(&self) -> Option<Vec<Vendor>> {
        let (Some(configuration), Some(device), true) =
            (&self.configuration, &self.device, self.has_consent())
        else {
            return None;
        };
        let mut ranking: Vec<Vendor> = elect(device, configuration.election_policy())
            .accepted()
            .filter(|vendor| configuration.business_id(*vendor, TokenKind::Standard).is_some())
            .collect();
        ranking.shrink_to_fit();
        Some(ranking)
    }

    /// The vendors that have a certificate for standard tokens.
    pub(super) fn certified(&self) -> VendorSet {
        Vendor::ALL
            .iter()
            .copied()
            .filter(|vendor| self.business_id(*vendor, TokenKind::Standard).is_some())
            .collect()
    }

    /// The certificate under which a token of this vendor is reported.
    pub(super) fn business_id(&self, vendor: Vendor, kind: TokenKind) -> Option<BusinessId> {
        self.configuration.as_ref()?.business_id(vendor, kind)
    }

    pub(super) fn notification_channel(&self, vendor: Vendor) -> Option<&NotificationChannel> {
        self.configuration.as_ref()?.notification_channel(vendor)
    }

    /// What goes before a registration with this vendor, once per process.
    pub(super) fn prerequisite(&self, vendor: Vendor) -> Prerequisite {
        if !self.device.as_ref().is_some_and(|device| has_notification_channels(device)) {
            Prerequisite::Nothing
        } else if self.notification_channel(vendor).is_some() {
            Prerequisite::NotificationChannel
        } else if notification_rule(vendor).is_some_and(|rule| rule.is_created_by_app(false)) {
            Prerequisite::MissingNotificationChannel
        } else {
            Prerequisite::Nothing
        }
    }

    /// The consent as it is stored.
    pub(super) const fn stored_consent(&self) -> Option<StoredConsent> {
        match self.consent {
            Consent::NotAsked => None,
            Consent::Given => Some(StoredConsent::Answered(true)),
            Consent::Withdrawn => Some(StoredConsent::Answered(false)),
            Consent::Unreadable => Some(StoredConsent::Unreadable(UnreadableConsent::Unreadable)),
        }
    }

    /// Takes up what a snapshot says.
    pub(super) const fn restore(&mut self, consent: Consent, push_disabled: bool) {
        self.consent = consent;
        self.push_disabled = push_disabled;
    }
}

impl From<StoredConsent> for Consent {
    fn from(stored: StoredConsent) -> Self {
        match stored {
            StoredConsent::Answered(true) => Self::Given,
            StoredConsent::Answered(false) => Self::Withdrawn,
            StoredConsent::Unreadable(_) => Self::Unreadable,
        }
    }
}

/// Android has notification channels since version 8, API level 26
/// (<https://developer.android.com/reference/android/app/NotificationChannel>). An unknown level counts as newer.
fn has_notification_channels(device: &DeviceFacts) -> bool {
    device.platform() == Platform::Android && device.android_api().is_none_or(|api| api >= 26)
}
