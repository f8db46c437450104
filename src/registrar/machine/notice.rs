//! What a developer or user should know, and what to do about it.

use std::fmt;

use serde::Serialize;

use super::Lane;
use crate::vendor::{ImCode, Vendor, VendorCode, explain, explain_im};

/// Something a developer or user should know. `Display` gives one line with the remedy; no token and no account is in
/// it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Notice {
    code: NoticeCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Cause>,
}

/// What is behind a notice: an error code, or why a tap was given up.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// A vendor SDK's.
    Vendor(VendorCode),
    /// The IM SDK's or server's.
    Im(ImCode),
    /// Why a tap was given up.
    Tap(TapExpiry),
    /// Whose host takes no call.
    Lane(Lane),
}

/// Why a tap was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TapExpiry {
    /// It was held for [`tap_expiry`](super::PolicySettings::tap_expiry), over all processes together: the host was not
    /// ready, or no account that it may go to was logged in, or nobody said that it was handled.
    HeldTooLong,
    /// [`tap_deliveries`](super::PolicySettings::tap_deliveries) processes were given it, and none said that it was
    /// handled: it may be what ends them.
    DeliveredTooOften,
}

impl TapExpiry {
    /// All reasons.
    pub const ALL: [Self; 2] = [Self::HeldTooLong, Self::DeliveredTooOften];

    /// The reason, in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HeldTooLong => "it was held too long",
            Self::DeliveredTooOften => "it was delivered too often without being handled",
        }
    }

    /// What to do about it.
    pub const fn fix(self) -> &'static str {
        match self {
            Self::HeldTooLong => {
                "give the builder a tap handler, say that the host is ready, log in, and confirm each tap"
            }
            Self::DeliveredTooOften => {
                "see whether the app ends while it handles the tap, and confirm each tap that is done"
            }
        }
    }
}

impl fmt::Display for TapExpiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Notice {
    /// What it is about.
    pub const fn code(&self) -> NoticeCode {
        self.code
    }

    /// The vendor it is about, if it is about one.
    pub const fn vendor(&self) -> Option<Vendor> {
        self.vendor
    }

    /// What is behind it, if there is something: an error code, or why a tap was given up.
    pub const fn cause(&self) -> Option<&Cause> {
        self.cause.as_ref()
    }

    /// What to do: what the table of codes says or the reason of a tap, or else what the notice's own code says.
    pub fn fix(&self) -> &'static str {
        match (&self.cause, self.vendor) {
            (Some(Cause::Vendor(code)), Some(vendor)) => explain(vendor, code).fix(),
            (Some(Cause::Im(code)), _) => explain_im(*code).fix(),
            (Some(Cause::Tap(reason)), _) => reason.fix(),
            (Some(Cause::Vendor(_) | Cause::Lane(_)) | None, _) => self.code.fix(),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        if let Some(vendor) = self.vendor {
            write!(f, " ({vendor})")?;
        }
        match (&self.cause, self.vendor) {
            (Some(Cause::Vendor(code)), Some(vendor)) => {
                write!(f, ", code {code}: {}", explain(vendor, code).meaning())?;
            }
            (Some(Cause::Vendor(code)), None) => write!(f, ", code {code}")?,
            (Some(Cause::Im(code)), _) => write!(f, ", code {code}: {}", explain_im(*code).meaning())?,
            (Some(Cause::Tap(reason)), _) => write!(f, ": {reason}")?,
            (Some(Cause::Lane(lane)), _) => write!(f, ": {lane}")?,
            (None, _) => {}
        }
        write!(f, "; {}", self.fix())
    }
}

/// What a [`Notice`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoticeCode {
    /// No vendor can be used on this phone.
    NoVendor,
    /// Every vendor was tried, and none will give a token until something changes.
    RegistrationStalled,
    /// A vendor SDK gave no token in time.
    VendorSilent,
    /// A vendor SDK refused to register.
    VendorRefused,
    /// A vendor SDK gave a text that is no token.
    TokenRefused,
    /// A notification channel could not be made.
    NotificationChannelFailed,
    /// The vendor needs a notification channel, and the configuration names none.
    NotificationChannelMissing,
    /// The server does not know the certificate.
    CertificateUnknown,
    /// The IM SDK has said three times that the account is not logged in, though the host says that it is.
    SessionNotReady,
    /// The server says that the session is over.
    SessionOver,
    /// The server refused this token, so it is dropped and the vendor SDK asked for another.
    TokenRefusedByServer,
    /// The same report would fail each time, so it is parked.
    ReportParked,
    /// The snapshot could not be stored, or not in time.
    StoreFailed,
    /// The stored snapshot cannot be read, or not all of it.
    SnapshotUnreadable,
    /// The stored consent cannot be read, so it counts as not given.
    ConsentUnreadable,
    /// The stored snapshot belongs to another installation.
    SnapshotOfOtherInstall,
    /// The process ended while a logout waited.
    LogoutUnfinished,
    /// An account was left while it was unknown whether the server still pushes to it here.
    AccountPossiblyBound,
    /// Too many accounts are possibly still bound: the oldest is no longer remembered.
    PossiblyBoundDropped,
    /// A presence call would fail each time, so it is given up.
    PresenceRefused,
    /// Too many taps were held: the oldest was dropped.
    TapDropped,
    /// A tap was given up; the cause is [`Cause::Tap`].
    TapExpired,
    /// A tap for another account was dropped, as the policy says.
    TapFenced,
    /// A host has not taken a call in time, since it is busy with an earlier one; the cause is [`Cause::Lane`].
    HostBusy,
}

impl NoticeCode {
    /// All codes.
    pub const ALL: &'static [Self] = &[
        Self::NoVendor,
        Self::RegistrationStalled,
        Self::VendorSilent,
        Self::VendorRefused,
        Self::TokenRefused,
        Self::NotificationChannelFailed,
        Self::NotificationChannelMissing,
        Self::CertificateUnknown,
        Self::SessionNotReady,
        Self::SessionOver,
        Self::TokenRefusedByServer,
        Self::ReportParked,
        Self::StoreFailed,
        Self::SnapshotUnreadable,
        Self::ConsentUnreadable,
        Self::SnapshotOfOtherInstall,
        Self::LogoutUnfinished,
        Self::AccountPossiblyBound,
        Self::PossiblyBoundDropped,
        Self::PresenceRefused,
        Self::TapDropped,
        Self::TapExpired,
        Self::TapFenced,
        Self::HostBusy,
    ];

    /// What is the matter, in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoVendor => "no push vendor can be used on this phone",
            Self::RegistrationStalled => "no push vendor gives a token",
            Self::VendorSilent => "the vendor SDK gave no token in time",
            Self::VendorRefused => "the vendor SDK refused to register",
            Self::TokenRefused => "the vendor SDK gave a text that is no token",
            Self::NotificationChannelFailed => "the notification channel could not be made",
            Self::NotificationChannelMissing => {
                "the vendor needs a notification channel and none is configured"
            }
            Self::CertificateUnknown => "the server does not know the certificate",
            Self::SessionNotReady => "the IM SDK says that nobody is logged in",
            Self::SessionOver => "the server says that the session is over",
            Self::TokenRefusedByServer => "the server refused the token",
            Self::ReportParked => "the report is parked",
            Self::StoreFailed => "the snapshot was not stored",
            Self::SnapshotUnreadable => "the stored snapshot, or a part of it, cannot be read",
            Self::ConsentUnreadable => "the stored consent cannot be read, so it counts as not given",
            Self::SnapshotOfOtherInstall => "the stored snapshot belongs to another installation",
            Self::LogoutUnfinished => "the process ended while a logout waited",
            Self::AccountPossiblyBound => "an account left may still be pushed to on this phone",
            Self::PossiblyBoundDropped => {
                "too many accounts may still be pushed to on this phone: the oldest is forgotten"
            }
            Self::PresenceRefused => "the presence call is given up",
            Self::TapDropped => "a tap was dropped, since too many wait",
            Self::TapExpired => "a tap was given up",
            Self::TapFenced => "a tap for another account was dropped",
            Self::HostBusy => "a host takes no call, since an earlier one has not returned",
        }
    }

    /// What to do about it.
    pub const fn fix(self) -> &'static str {
        match self {
            Self::NoVendor => "see the election's reasons in the diagnosis",
            Self::RegistrationStalled => {
                "mend what the last codes in the diagnosis name, then call for a retry"
            }
            Self::VendorSilent => {
                "check that the SDK's callback reaches the registrar; a token in hand stays, without one the search goes on"
            }
            Self::VendorRefused => "see the vendor's list of codes",
            Self::TokenRefused => {
                "pass the token on exactly as the SDK gave it, and only when the SDK says success"
            }
            Self::NotificationChannelFailed => "check the channel's id and the app's notification permission",
            Self::NotificationChannelMissing => {
                "configure the notification channel that the vendor's console knows"
            }
            Self::CertificateUnknown => {
                "compare the business id with the console; a new certificate takes up to ten minutes to arrive"
            }
            Self::SessionNotReady => "tell of the login only when the IM SDK's login has succeeded",
            Self::SessionOver => "log in again",
            Self::TokenRefusedByServer => {
                "pass the token on exactly as the vendor SDK gave it; the SDK is asked for another"
            }
            Self::ReportParked => "mend the cause; it is tried again after a change or on the user's wish",
            Self::StoreFailed => "check the storage; what it does not hold is lost if the process ends now",
            Self::SnapshotUnreadable => {
                "nothing: what cannot be read is left out, and all is reported once more to be safe"
            }
            Self::ConsentUnreadable => {
                "ask the user, and grant or withdraw the consent; until then no SDK is called"
            }
            Self::SnapshotOfOtherInstall => "nothing: its tokens are dropped and asked for again",
            Self::LogoutUnfinished | Self::AccountPossiblyBound => {
                "log the account in and out again if it should not get pushes here"
            }
            Self::PossiblyBoundDropped => {
                "raise possibly_bound_limit if this many accounts use one phone; log accounts out before another logs in"
            }
            Self::PresenceRefused => {
                "see the code; the next change of foreground or background is told again"
            }
            Self::TapDropped => "say that the host is ready as soon as its screens are up",
            Self::TapExpired => {
                "give the builder a tap handler, say that the host is ready, log in, and confirm each tap"
            }
            Self::TapFenced => "choose another fence if such taps should be kept",
            Self::HostBusy => "return from host calls at once and answer their completion later",
        }
    }
}

impl fmt::Display for NoticeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A notice as small as it is kept until it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct QueuedNotice {
    code: NoticeCode,
    vendor: Option<Vendor>,
    cause: QueuedCause,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum QueuedCause {
    None,
    Im(ImCode),
    Tap(TapExpiry),
    Lane(Lane),
    Vendor(Box<VendorCode>),
}

impl QueuedNotice {
    pub(super) const fn new(code: NoticeCode, vendor: Option<Vendor>) -> Self {
        Self { code, vendor, cause: QueuedCause::None }
    }

    pub(super) const fn im(code: NoticeCode, vendor: Option<Vendor>, cause: ImCode) -> Self {
        Self { code, vendor, cause: QueuedCause::Im(cause) }
    }

    pub(super) const fn tap(code: NoticeCode, cause: TapExpiry) -> Self {
        Self { code, vendor: None, cause: QueuedCause::Tap(cause) }
    }

    pub(super) const fn busy(code: NoticeCode, lane: Lane) -> Self {
        Self { code, vendor: None, cause: QueuedCause::Lane(lane) }
    }

    pub(super) fn vendor(code: NoticeCode, vendor: Vendor, cause: VendorCode) -> Self {
        Self { code, vendor: Some(vendor), cause: QueuedCause::Vendor(Box::new(cause)) }
    }
}

impl From<QueuedNotice> for Notice {
    fn from(queued: QueuedNotice) -> Self {
        let cause = match queued.cause {
            QueuedCause::None => None,
            QueuedCause::Im(code) => Some(Cause::Im(code)),
            QueuedCause::Tap(expiry) => Some(Cause::Tap(expiry)),
            QueuedCause::Lane(lane) => Some(Cause::Lane(lane)),
            QueuedCause::Vendor(code) => Some(Cause::Vendor(*code)),
        };
        Self { code: queued.code, vendor: queued.vendor, cause }
    }
}
