//! The registrar as an object.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tim_offline_push as core;
use tim_offline_push::notification::Payload;
use tim_offline_push::registrar::{FileStore, InstallId, Registrar, Unread};

use crate::error::{PushError, PushInput};
use crate::hosts::{
    Badge, Channels, Clock, Foreign, ImClient, LogoutCallback, NotificationChannels, PushObserver, Scheduler,
    TapHandler, VendorSdk, heard,
};
use crate::types::{Notice, NotificationChannel, Probe, TokenKind, Vendor, Verdict};

/// What a registrar starts with.
#[derive(uniffi::Record)]
pub struct PushSetup {
    /// The text of timpush-configs.json, or of another file with the certificates' numbers.
    pub certificates: String,
    /// The output of `getprop`, or the properties that decide in the same form. Not read on Apple devices.
    pub device: String,
    /// Remembers over restarts.
    #[uniffi(default = None)]
    pub store: Option<PushStore>,
    /// Waits for `grantConsent` before any vendor SDK is called.
    #[uniffi(default = false)]
    pub consent_required: bool,
    #[uniffi(default = [])]
    pub notification_channels: Vec<NotificationChannel>,
    /// For tests: the same number gives the same calls.
    #[uniffi(default = None)]
    pub seed: Option<u32>,
    /// What services have answered. Where consent is required, ask them after it, and give the answers to
    /// `setDevice`.
    #[uniffi(default = [])]
    pub probes: Vec<Probe>,
}

fn device(properties: &str, probes: &[Probe]) -> Result<core::DeviceFacts, PushError> {
    let facts =
        core::DeviceFacts::from_getprop(properties).map_err(PushError::unusable(PushInput::Device))?;
    Ok(probes.iter().fold(facts, |facts, probe| probe.add_to(facts)))
}

/// Where a registrar remembers. Both belong where backups do not go (`noBackupFilesDir`).
#[derive(uniffi::Record)]
pub struct PushStore {
    pub folder: String,
    /// A random text of this installation, made once.
    pub install_id: String,
}

/// Who a registrar calls. What is left out is a default that works on a desktop.
#[derive(uniffi::Record)]
pub struct PushHosts {
    pub im: Arc<dyn ImClient>,
    pub vendors: Arc<dyn VendorSdk>,
    #[uniffi(default = None)]
    pub observer: Option<Arc<dyn PushObserver>>,
    #[uniffi(default = None)]
    pub taps: Option<Arc<dyn TapHandler>>,
    #[uniffi(default = None)]
    pub clock: Option<Arc<dyn Clock>>,
    #[uniffi(default = None)]
    pub scheduler: Option<Arc<dyn Scheduler>>,
    #[uniffi(default = None)]
    pub notification_channels: Option<Arc<dyn NotificationChannels>>,
    #[uniffi(default = None)]
    pub badge: Option<Arc<dyn Badge>>,
}

/// Makes this phone reachable for offline pushes. One for each app, in its main process.
///
/// `shutdown` ends it; so does the last reference to it, as long as no host keeps one.
#[derive(uniffi::Object)]
pub struct PushRegistrar {
    push: Registrar,
}

impl Drop for PushRegistrar {
    fn drop(&mut self) {
        self.push.shutdown();
    }
}

#[uniffi::export]
impl PushRegistrar {
    /// Starts: reads the store, elects a vendor and asks its SDK for a token.
    #[uniffi::constructor]
    pub fn start(setup: PushSetup, hosts: PushHosts) -> Result<Arc<Self>, PushError> {
        let reading = core::Certificates::read(&setup.certificates)
            .map_err(PushError::unusable(PushInput::Certificates))?;
        let findings: Vec<_> = reading.findings().iter().map(Notice::of_certificates).collect();
        let device = device(&setup.device, &setup.probes)?;
        let im = Arc::new(Foreign(hosts.im));
        let mut builder =
            Registrar::builder(reading.certificates().clone(), im, Arc::new(Foreign(hosts.vendors)))
                .configure(|configuration| configuration.with_consent_required(setup.consent_required));
        if let Some(store) = setup.store {
            let install = InstallId::new(store.install_id).map_err(PushError::id(PushInput::InstallId))?;
            builder = builder.store(Arc::new(FileStore::new(PathBuf::from(store.folder))), install);
        }
        for channel in &setup.notification_channels {
            let named = core::registrar::NotificationChannel::new(channel.id.as_str(), channel.name.as_str())
                .with_description(channel.description.as_str());
            builder = builder.configure(|configuration| {
                configuration.with_notification_channel(channel.vendor.into(), named)
            });
        }
        if let Some(host) = hosts.notification_channels {
            let channels = Channels { host, named: setup.notification_channels };
            builder = builder.notification_channels(Arc::new(channels));
        }
        if let Some(taps) = hosts.taps {
            builder = builder.taps(Arc::new(Foreign(taps)));
        }
        if let Some(clock) = hosts.clock {
            builder = builder.clock(Arc::new(Foreign(clock)));
        }
        if let Some(scheduler) = hosts.scheduler {
            builder = builder.scheduler(Arc::new(Foreign(scheduler)));
        }
        if let Some(badge) = hosts.badge {
            builder = builder.badge(Arc::new(Foreign(badge)));
        }
        if let Some(seed) = setup.seed {
            builder = builder.seeded(seed, seed.into());
        }
        let observer = hosts.observer;
        if let Some(observer) = &observer {
            builder = builder.observer(Arc::new(Foreign(Arc::clone(observer))));
        }
        // guide: start
        // An SDK may answer before `start` returns, so the other language gets the registrar first.
        let announced: Arc<OnceLock<Arc<Self>>> = Arc::default();
        let slot = Arc::clone(&announced);
        let push = builder
            .announce(move |push| {
                let push = Arc::new(Self { push: push.clone() });
                let _ = slot.set(Arc::clone(&push));
                if let Some(observer) = observer {
                    heard("started", observer.started(push));
                    findings.into_iter().for_each(|finding| heard("notice", observer.notice(finding)));
                }
            })
            .start(device)
            .map_err(|error| PushError::NotStarted { detail: error.to_string() })?;
        // end
        Ok(announced.get().cloned().unwrap_or_else(|| Arc::new(Self { push })))
    }

    /// The IM SDK logged this account in. Returns the session.
    pub fn logged_in(&self, user: String) -> Result<u64, PushError> {
        Ok(self.push.logged_in(core::UserId::new(user).map_err(PushError::id(PushInput::UserId))?).as_u64())
    }

    /// The user wants to log out.
    pub fn log_out(&self, session: u64, then: Arc<dyn LogoutCallback>) -> Verdict {
        let released = move |release: core::registrar::Release| {
            if then.released(release.into()).is_err() {
                log::error!(target: "tim_push", "released threw an exception");
            }
        };
        self.push.log_out(session.into(), released).into()
    }

    /// The IM SDK has logged out.
    pub fn logged_out(&self, session: u64) -> Verdict {
        self.push.logged_out(session.into()).into()
    }

    /// `onKickedOffline`.
    pub fn kicked_off(&self, session: u64) -> Verdict {
        self.push.kicked_off(session.into()).into()
    }

    /// `onUserSigExpired`.
    pub fn credential_expired(&self, session: u64) -> Verdict {
        self.push.credential_expired(session.into()).into()
    }

    /// The session that is logged in.
    pub fn session(&self) -> Option<u64> {
        self.push.session().map(|session| session.as_u64())
    }

    /// A vendor SDK gave a token, asked or unasked. Pass it on exactly as it came; Apple's in hexadecimal
    /// digits.
    pub fn token_received(&self, vendor: Vendor, kind: TokenKind, text: String) -> Verdict {
        self.push.token_received(vendor.into(), kind.into(), text).into()
    }

    /// A vendor SDK failed: its number as a text, FCM's name, or an exception's text.
    pub fn vendor_failed(&self, vendor: Vendor, kind: TokenKind, code: String) -> Verdict {
        self.push.vendor_failed(vendor.into(), kind.into(), code.as_str()).into()
    }

    /// A vendor or the IM server says that a token is dead.
    pub fn token_invalid(&self, vendor: Vendor, kind: TokenKind) -> Verdict {
        self.push.token_invalid(vendor.into(), kind.into()).into()
    }

    pub fn enter_foreground(&self) -> Verdict {
        self.push.enter_foreground().into()
    }

    pub fn enter_background(&self, unread: u32) -> Verdict {
        self.push.enter_background(Unread::new(unread.into())).into()
    }

    pub fn set_unread(&self, unread: u32) -> Verdict {
        self.push.set_unread(Unread::new(unread.into())).into()
    }

    pub fn disable_push(&self) -> Verdict {
        self.push.disable_push().into()
    }

    pub fn enable_push(&self) -> Verdict {
        self.push.enable_push().into()
    }

    pub fn grant_consent(&self) -> Verdict {
        self.push.grant_consent().into()
    }

    pub fn withdraw_consent(&self) -> Verdict {
        self.push.withdraw_consent().into()
    }

    /// A notification was tapped: the extras of the intent as texts, and its data URI.
    pub fn tapped(
        &self,
        vendor: Option<Vendor>,
        extras: HashMap<String, String>,
        data: Option<String>,
    ) -> Result<Verdict, PushError> {
        let payload = Payload::from_texts(extras, data.as_deref())?;
        Ok(self.push.tapped(core::Tap::new(vendor.map(Into::into), payload)).into())
    }

    /// A notification was tapped, and the vendor's callback gave a text: a map as JSON (`userInfo`, `Want`
    /// parameters), Meizu's content, or what a vendor's message prints of itself.
    pub fn tapped_text(&self, vendor: Option<Vendor>, text: String) -> Result<Verdict, PushError> {
        Ok(self.push.tapped(core::Tap::from_text(vendor.map(Into::into), &text)?).into())
    }

    /// The app's screens are up: taps may be delivered.
    pub fn host_ready(&self) -> Verdict {
        self.push.host_ready().into()
    }

    pub fn network_up(&self) -> Verdict {
        self.push.network_up().into()
    }

    /// The user asks to try again now.
    pub fn retry(&self) -> Verdict {
        self.push.retry().into()
    }

    /// What is known of the phone has changed.
    pub fn set_device(&self, properties: String, probes: Vec<Probe>) -> Result<Verdict, PushError> {
        Ok(self.push.set_device(device(&properties, &probes)?).into())
    }

    /// Where everything stands, and what helps.
    pub fn diagnose(&self) -> String {
        self.push.diagnose().to_string()
    }

    /// The same as JSON.
    pub fn diagnose_json(&self) -> String {
        serde_json::to_string(&self.push.diagnose()).unwrap_or_default()
    }

    /// Ends the registrar: no host is called any more.
    pub fn shutdown(&self) {
        self.push.shutdown();
    }
}
