//! What happens to a machine.

use std::fmt;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    Configuration, PresenceId, PushEventsId, RegistrationId, ReportId, SessionId, StoreVersion, TapId,
};
use crate::account::UserId;
use crate::device::DeviceFacts;
use crate::notification::{PushId, Tap};
use crate::secret::Secret;
use crate::vendor::{ImCode, TokenKind, Vendor, VendorCode};

/// Something that happened, as the host reports it. Each goes to [`Machine::handle`](super::Machine::handle)
/// at any time and in any order; what it does in which state stands in the [table](crate::registrar::table).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Event {
    /// The app's configuration: at start, and whenever it changes. An equal one is ignored; a different one
    /// starts a new election.
    Configured(Arc<Configuration>),
    /// The user agreed that a vendor SDK may be started. Asked for only if the configuration says so. It is
    /// remembered.
    ConsentGranted,
    /// The user took the consent back: pushes are turned off for the account, the vendor SDKs unregistered
    /// and their tokens forgotten.
    ConsentWithdrawn,
    /// What is known of the phone: at start, and whenever it changes.
    DeviceFacts(Arc<DeviceFacts>),
    /// A vendor SDK's token, by whatever way and whenever it came. The newest of a vendor counts.
    Token {
        /// The vendor whose SDK made it.
        vendor: Vendor,
        /// What it is for.
        kind: TokenKind,
        /// The token as the SDK gave it.
        text: Secret,
    },
    /// A vendor SDK refused a registration.
    VendorFailed {
        /// The id that came with the request.
        id: RegistrationId,
        /// The SDK's code.
        code: VendorCode,
    },
    /// A vendor or the IM server says that the token held for a vendor is dead.
    TokenInvalid {
        /// The vendor.
        vendor: Vendor,
        /// What the token was for.
        kind: TokenKind,
    },
    /// The notification channel asked for exists.
    NotificationChannelReady {
        /// The id that came with the request.
        id: RegistrationId,
    },
    /// The notification channel asked for could not be made.
    NotificationChannelFailed {
        /// The id that came with the request.
        id: RegistrationId,
    },
    /// The IM SDK logged an account in. [`Machine::session`](super::Machine::session) tells the new session's
    /// id.
    LoggedIn {
        /// The account.
        account: UserId,
    },
    /// The host wants to log out and waits for [`Effect::ReleaseLogout`](super::Effect::ReleaseLogout) before
    /// it calls the IM SDK.
    LogoutRequested {
        /// The session to end.
        session: SessionId,
    },
    /// The IM SDK logged out: after a release the account is forgotten only with this, or the next login in
    /// this process.
    LoggedOut {
        /// The session that ended.
        session: SessionId,
    },
    /// Another device took the account over.
    KickedOff {
        /// The session that ended.
        session: SessionId,
    },
    /// The account's credential (`UserSig`) ran out.
    CredentialExpired {
        /// The session that ended.
        session: SessionId,
    },
    /// The user turned pushes off. Remembered until [`Event::PushEnabled`].
    PushDisabled,
    /// The user turned pushes on again.
    PushEnabled,
    /// The IM server took a report.
    ReportDone {
        /// The id that came with the report.
        id: ReportId,
    },
    /// The IM server, or the IM SDK, refused a report.
    ReportFailed {
        /// The id that came with the report.
        id: ReportId,
        /// The IM SDK's code.
        code: ImCode,
        /// How long the server asks to wait, if it says. Counts up to
        /// [`Policy::MAX_RETRY_AFTER`](super::Policy::MAX_RETRY_AFTER).
        retry_after: Option<Duration>,
    },
    /// The outcome of a report will never be known.
    ReportLost {
        /// The id that came with the report.
        id: ReportId,
        /// How the answer was lost.
        how: Lost,
    },
    /// A snapshot is safely stored.
    Stored {
        /// The version that came with it.
        version: StoreVersion,
    },
    /// A snapshot could not be stored.
    StoreFailed {
        /// The version that came with it.
        version: StoreVersion,
        /// The kind of I/O error; [`ErrorKind::Other`] if it is not known.
        kind: ErrorKind,
    },
    /// The app came to the foreground.
    Foreground,
    /// The app went to the background.
    Background {
        /// Unread messages at that moment.
        unread: Unread,
    },
    /// The number of unread messages changed.
    Unread {
        /// Unread messages now.
        unread: Unread,
    },
    /// The IM server took a presence call.
    PresenceDone {
        /// The id that came with the call.
        id: PresenceId,
    },
    /// The IM server, or the IM SDK, refused a presence call.
    PresenceFailed {
        /// The id that came with the call.
        id: PresenceId,
        /// The IM SDK's code.
        code: ImCode,
    },
    /// A notification was tapped. What [is no push](Tap::is_push) is ignored.
    Tapped(Tap),
    /// The host has taken a tap to where it belongs (or dropped it): it is over.
    TapHandled {
        /// The id that came with the tap.
        id: TapId,
    },
    /// A push arrived, and the app has shown it:
    /// [`DataMessage::arrival_id`](crate::notification::DataMessage::arrival_id).
    PushArrived {
        /// The id of the push.
        push_id: PushId,
        /// The account that it is for, if the host knows it.
        account: Option<UserId>,
    },
    /// The IM server took the arrivals and clicks.
    PushEventsReported {
        /// The id that came with the call.
        id: PushEventsId,
    },
    /// The IM server, or the IM SDK, refused the arrivals and clicks.
    PushEventsFailed {
        /// The id that came with the call.
        id: PushEventsId,
        /// The IM SDK's code.
        code: ImCode,
        /// How long the server asks to wait, if it says. Counts up to
        /// [`Policy::MAX_RETRY_AFTER`](super::Policy::MAX_RETRY_AFTER).
        retry_after: Option<Duration>,
    },
    /// The outcome of a report of arrivals and clicks will never be known.
    PushEventsLost {
        /// The id that came with the call.
        id: PushEventsId,
        /// How the answer was lost.
        how: Lost,
    },
    /// The host can take taps: its screens are up.
    HostReady,
    /// The phone is connected again.
    NetworkUp,
    /// The user asks to try again now.
    UserRetry,
}

impl Event {
    /// Its name, as this type spells it: for logs, and for rows of the [table](crate::registrar::table).
    ///
    /// ```
    /// use tim_offline_push::registrar::Event;
    ///
    /// assert_eq!(Event::NetworkUp.name(), "NetworkUp");
    /// ```
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Configured(_) => "Configured",
            Self::ConsentGranted => "ConsentGranted",
            Self::ConsentWithdrawn => "ConsentWithdrawn",
            Self::DeviceFacts(_) => "DeviceFacts",
            Self::Token { .. } => "Token",
            Self::VendorFailed { .. } => "VendorFailed",
            Self::TokenInvalid { .. } => "TokenInvalid",
            Self::NotificationChannelReady { .. } => "NotificationChannelReady",
            Self::NotificationChannelFailed { .. } => "NotificationChannelFailed",
            Self::LoggedIn { .. } => "LoggedIn",
            Self::LogoutRequested { .. } => "LogoutRequested",
            Self::LoggedOut { .. } => "LoggedOut",
            Self::KickedOff { .. } => "KickedOff",
            Self::CredentialExpired { .. } => "CredentialExpired",
            Self::PushDisabled => "PushDisabled",
            Self::PushEnabled => "PushEnabled",
            Self::ReportDone { .. } => "ReportDone",
            Self::ReportFailed { .. } => "ReportFailed",
            Self::ReportLost { .. } => "ReportLost",
            Self::Stored { .. } => "Stored",
            Self::StoreFailed { .. } => "StoreFailed",
            Self::Foreground => "Foreground",
            Self::Background { .. } => "Background",
            Self::Unread { .. } => "Unread",
            Self::PresenceDone { .. } => "PresenceDone",
            Self::PresenceFailed { .. } => "PresenceFailed",
            Self::Tapped(_) => "Tapped",
            Self::TapHandled { .. } => "TapHandled",
            Self::PushArrived { .. } => "PushArrived",
            Self::PushEventsReported { .. } => "PushEventsReported",
            Self::PushEventsFailed { .. } => "PushEventsFailed",
            Self::PushEventsLost { .. } => "PushEventsLost",
            Self::HostReady => "HostReady",
            Self::NetworkUp => "NetworkUp",
            Self::UserRetry => "UserRetry",
        }
    }
}

/// How the answer to a host call was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lost {
    /// It was not answered in time.
    Deadline,
    /// Its completion was dropped.
    Dropped,
    /// The host panicked.
    Panicked,
    /// The host says that it does not know.
    Host,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Deadline => "not answered in time",
            Self::Dropped => "its completion was dropped",
            Self::Panicked => "the host panicked",
            Self::Host => "the host does not know the outcome",
        })
    }
}

/// A number of unread messages, between 0 and `i32::MAX`, since the IM SDK takes an `int`.
///
/// ```
/// use tim_offline_push::registrar::Unread;
///
/// assert_eq!(Unread::new(-3).as_u32(), 0);
/// assert_eq!(Unread::new(7).as_u32(), 7);
/// assert_eq!(Unread::new(i64::MAX).as_u32(), 2_147_483_647);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unread(u32);

impl Unread {
    /// The largest count the IM SDK takes.
    pub const MAX: Self = Self(0x7fff_ffff);

    /// The nearest count in range.
    pub fn new(count: i64) -> Self {
        u32::try_from(count.max(0)).map_or(Self::MAX, |count| Self(count).min(Self::MAX))
    }

    /// The count.
    pub const fn as_u32(self) -> u32 {
        self.0
    }
}
