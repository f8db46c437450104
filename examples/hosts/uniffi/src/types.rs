//! Plain values that cross, and how the crate's become them.

use tim_offline_push as core;
use tim_offline_push::notification::Tap as CoreTap;

/// Whose push service it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Vendor {
    Xiaomi,
    Huawei,
    Honor,
    Oppo,
    Vivo,
    Meizu,
    Fcm,
    Apns,
    HarmonyOs,
}

impl From<Vendor> for core::Vendor {
    fn from(vendor: Vendor) -> Self {
        match vendor {
            Vendor::Xiaomi => Self::Xiaomi,
            Vendor::Huawei => Self::Huawei,
            Vendor::Honor => Self::Honor,
            Vendor::Oppo => Self::Oppo,
            Vendor::Vivo => Self::Vivo,
            Vendor::Meizu => Self::Meizu,
            Vendor::Fcm => Self::Fcm,
            Vendor::Apns => Self::Apns,
            Vendor::HarmonyOs => Self::HarmonyOs,
        }
    }
}

impl Vendor {
    /// `None` for a vendor that a newer version of the crate knows.
    pub(crate) const fn of(vendor: core::Vendor) -> Option<Self> {
        Some(match vendor {
            core::Vendor::Xiaomi => Self::Xiaomi,
            core::Vendor::Huawei => Self::Huawei,
            core::Vendor::Honor => Self::Honor,
            core::Vendor::Oppo => Self::Oppo,
            core::Vendor::Vivo => Self::Vivo,
            core::Vendor::Meizu => Self::Meizu,
            core::Vendor::Fcm => Self::Fcm,
            core::Vendor::Apns => Self::Apns,
            core::Vendor::HarmonyOs => Self::HarmonyOs,
            #[allow(unreachable_patterns, reason = "the crate may learn another vendor")]
            _ => return None,
        })
    }
}

/// A service of the phone that an app can ask whether it is there, by the vendor's SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Service {
    Hms,
    Honor,
    Oppo,
    Vivo,
    Meizu,
    PlayServices,
}

/// What a service has answered. A call that failed is no answer: leave it out.
#[derive(Clone, Copy, Debug, uniffi::Record)]
pub struct Probe {
    pub service: Service,
    pub available: bool,
    /// Of HMS Core, such as 60400300.
    #[uniffi(default = None)]
    pub version: Option<u64>,
}

impl Probe {
    pub(crate) fn add_to(self, facts: core::DeviceFacts) -> core::DeviceFacts {
        let service = match self.service {
            Service::Hms => core::device::Service::Hms,
            Service::Honor => core::device::Service::Honor,
            Service::Oppo => core::device::Service::Oppo,
            Service::Vivo => core::device::Service::Vivo,
            Service::Meizu => core::device::Service::Meizu,
            Service::PlayServices => core::device::Service::PlayServices,
        };
        let probe = if self.available {
            core::device::Probe::Available { version: self.version }
        } else {
            core::device::Probe::Unavailable
        };
        facts.with_probe(service, probe)
    }
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum TokenKind {
    Standard,
    /// Apple devices only.
    Voip,
}

impl From<TokenKind> for core::TokenKind {
    fn from(kind: TokenKind) -> Self {
        match kind {
            TokenKind::Standard => Self::Standard,
            TokenKind::Voip => Self::Voip,
        }
    }
}

impl From<core::TokenKind> for TokenKind {
    fn from(kind: core::TokenKind) -> Self {
        match kind {
            core::TokenKind::Voip => Self::Voip,
            _ => Self::Standard,
        }
    }
}

/// What is reported to the IM server.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Binding {
    pub kind: TokenKind,
    /// Nothing turns pushes off.
    pub target: Option<BindingTarget>,
}

/// A token under its certificate.
#[derive(Clone, Debug, uniffi::Record)]
pub struct BindingTarget {
    pub business_id: u32,
    pub vendor: Vendor,
    /// Apple's in hexadecimal digits; others as the vendor gave it.
    pub token: String,
}

impl From<&core::registrar::Binding> for Binding {
    fn from(binding: &core::registrar::Binding) -> Self {
        let target = binding.business_id().zip(binding.token()).and_then(|(id, token)| {
            Some(BindingTarget {
                business_id: id.as_u32(),
                vendor: Vendor::of(token.vendor())?,
                token: token.expose_secret().to_owned(),
            })
        });
        Self { kind: binding.kind().into(), target }
    }
}

/// Where the app is.
#[derive(Clone, Copy, Debug, uniffi::Enum)]
pub enum Presence {
    Foreground,
    Background { unread: u32 },
}

impl From<core::registrar::Presence> for Presence {
    fn from(presence: core::registrar::Presence) -> Self {
        match presence {
            core::registrar::Presence::Foreground => Self::Foreground,
            core::registrar::Presence::Background { unread } => Self::Background { unread: unread.as_u32() },
        }
    }
}

/// A notification channel of Android's.
#[derive(Clone, Debug, uniffi::Record)]
pub struct NotificationChannel {
    /// The vendor whose console knows it.
    pub vendor: Vendor,
    pub id: String,
    pub name: String,
    #[uniffi(default = "")]
    pub description: String,
}

/// What became of an event.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Verdict {
    Applied,
    /// It does not count, such as a token that is held already.
    Ignored {
        reason: String,
    },
    /// It is malformed, such as a text that is no token.
    Refused {
        reason: String,
    },
}

impl From<core::registrar::Verdict> for Verdict {
    fn from(verdict: core::registrar::Verdict) -> Self {
        match verdict {
            core::registrar::Verdict::Applied => Self::Applied,
            core::registrar::Verdict::Ignored(reason) => Self::Ignored { reason: reason.to_string() },
            core::registrar::Verdict::Refused(error) => Self::Refused { reason: error.to_string() },
        }
    }
}

/// Something to know, with what to do about it.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Notice {
    /// A name that does not change between versions; `certificates` is a finding about what `start` was
    /// given.
    pub code: String,
    pub vendor: Option<Vendor>,
    pub text: String,
    pub fix: String,
}

impl From<&core::registrar::Notice> for Notice {
    fn from(notice: &core::registrar::Notice) -> Self {
        Self {
            code: notice.code().as_str().to_owned(),
            vendor: notice.vendor().and_then(Vendor::of),
            text: notice.to_string(),
            fix: notice.fix().to_owned(),
        }
    }
}

impl Notice {
    /// A finding about the certificates that the app gave.
    pub(crate) fn of_certificates(finding: &core::certificate::ConfigFinding) -> Self {
        Self {
            code: "certificates".into(),
            vendor: None,
            text: finding.to_string(),
            fix: format!("correct the key {} in the certificates' file", finding.key),
        }
    }
}

/// Permission to log out of the IM SDK.
#[derive(Clone, Copy, Debug, uniffi::Record)]
pub struct Release {
    pub session: u64,
    /// Whether no report of the session can reach the server any more.
    pub is_clean: bool,
    /// Whether there is nothing left to log out: do not call the IM SDK's logout then.
    pub is_superseded: bool,
}

impl From<core::registrar::Release> for Release {
    fn from(release: core::registrar::Release) -> Self {
        Self {
            session: release.session().as_u64(),
            is_clean: release.is_clean(),
            is_superseded: release.is_superseded(),
        }
    }
}

/// A user or a group.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Peer {
    User { id: String },
    Group { id: String },
}

/// Where a tap leads.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Route {
    Chat {
        peer: Peer,
    },
    Call {
        peer: Peer,
    },
    /// A web page, `http` or `https`.
    Link {
        url: String,
    },
    /// Look into the ext.
    Custom,
    None,
    /// A newer sender wrote it: the app is too old.
    Unknown,
}

impl From<&core::account::Peer> for Peer {
    fn from(peer: &core::account::Peer) -> Self {
        let id = peer.id().to_owned();
        match peer {
            core::account::Peer::User(_) => Self::User { id },
            core::account::Peer::Group(_) => Self::Group { id },
        }
    }
}

/// A tapped notification. It comes from outside of the app: treat it as input of a stranger.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Tap {
    pub route: Route,
    /// What the sender attached, if it is text.
    pub ext: Option<String>,
    pub vendor: Option<Vendor>,
    pub message_id: Option<String>,
}

impl From<&CoreTap> for Tap {
    fn from(tap: &CoreTap) -> Self {
        Self {
            route: match tap.route() {
                core::Route::Chat(peer) => Route::Chat { peer: (&peer).into() },
                core::Route::Call(peer) => Route::Call { peer: (&peer).into() },
                core::Route::Link(link) => Route::Link { url: link.as_str().to_owned() },
                core::Route::Custom => Route::Custom,
                core::Route::None => Route::None,
                _ => Route::Unknown,
            },
            ext: tap.ext().and_then(|ext| ext.text()).map(str::to_owned),
            vendor: tap.vendor().and_then(Vendor::of),
            message_id: tap.message_id().map(str::to_owned),
        }
    }
}

/// For whom a tap is.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum Receiver {
    /// The ext names this account, which is logged in.
    Stated {
        account: String,
    },
    /// Nobody says; this account, which is logged in, was the only one that could be meant.
    Assumed {
        account: String,
    },
    /// It is for this account, and another one is logged in.
    NotYours {
        account: String,
    },
    Unknown,
}

impl From<&core::registrar::Receiver> for Receiver {
    fn from(receiver: &core::registrar::Receiver) -> Self {
        let text = |account: &core::UserId| account.as_str().to_owned();
        match receiver {
            core::registrar::Receiver::Stated(account) => Self::Stated { account: text(account) },
            core::registrar::Receiver::Assumed(account) => Self::Assumed { account: text(account) },
            core::registrar::Receiver::NotYours(account) => Self::NotYours { account: text(account) },
            _ => Self::Unknown,
        }
    }
}
