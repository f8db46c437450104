//! What a machine asks its host to do, and which of its objects it is for.

use std::fmt;

use serde::Serialize;

use super::{
    Notice, NotificationChannel, PresenceId, PushEventsId, RegistrationId, ReportId, SessionId, Snapshot,
    StoreVersion, TapId, Unread,
};
use crate::account::UserId;
use crate::certificate::BusinessId;
use crate::notification::{PushEvent, Tap};
use crate::token::Token;
use crate::vendor::{TokenKind, Vendor};

/// Something to do. Taken one by one by [`Machine::poll_effect`](super::Machine::poll_effect), in this order.
///
/// Those with an id are answered by an event with the same id; an answer that never comes is waited for no
/// longer than the [`Policy`](super::Policy) says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// Start a vendor SDK and ask it for a token. Answered by [`Event::Token`](super::Event::Token) or
    /// [`Event::VendorFailed`](super::Event::VendorFailed).
    RegisterVendor {
        /// Names the request in a failure.
        id: RegistrationId,
        /// Whose SDK.
        vendor: Vendor,
        /// Which token.
        kind: TokenKind,
    },
    /// Unregister from a vendor SDK: the user took the consent back, and it was started, or gives a token all
    /// the same. No answer is expected.
    UnregisterVendor {
        /// Whose SDK.
        vendor: Vendor,
    },
    /// Make a notification channel, if it does not exist, before the SDK is asked for a token. Answered by
    /// [`Event::NotificationChannelReady`](super::Event::NotificationChannelReady) or
    /// [`Event::NotificationChannelFailed`](super::Event::NotificationChannelFailed).
    EnsureNotificationChannel {
        /// Names the request in the answer.
        id: RegistrationId,
        /// The notification channel.
        spec: NotificationChannel,
    },
    /// Put a snapshot in place of the one before. Answered by [`Event::Stored`](super::Event::Stored) or
    /// [`Event::StoreFailed`](super::Event::StoreFailed).
    ///
    /// The bytes hold tokens and accounts: keep them in the app's private storage. They are encoded when the
    /// effect is taken. Writes reach the storage in the order in which they were taken.
    Store {
        /// Names the write in the answer.
        version: StoreVersion,
        /// What to store, at most [`Machine::MAX_SNAPSHOT_BYTES`](super::Machine::MAX_SNAPSHOT_BYTES) bytes.
        snapshot: Snapshot,
    },
    /// Tell the IM server where to push (`setOfflinePushConfig`). Answered by
    /// [`Event::ReportDone`](super::Event::ReportDone), [`Event::ReportFailed`](super::Event::ReportFailed)
    /// or [`Event::ReportLost`](super::Event::ReportLost).
    Report {
        /// Names the report in the answer.
        id: ReportId,
        /// What to report.
        binding: Binding,
    },
    /// The IM SDK may now be logged out. Given exactly once for each session whose logout was requested, and
    /// answered by [`Event::LoggedOut`](super::Event::LoggedOut) when it is: a process killed before then is
    /// known to have left the account bound.
    ReleaseLogout {
        /// The session that asked to log out.
        session: SessionId,
        /// Whether no request of that session can reach the server any more. If not, its account joins those
        /// *possibly still bound*.
        clean: bool,
        /// Whether that session ended in another way while it waited (kicked off, expired, logged out,
        /// another login): then there is nothing left to log out, and a call would end the session that came
        /// after it.
        superseded: bool,
    },
    /// Tell the IM server that the app is in the foreground (`doForeground`). Answered by
    /// [`Event::PresenceDone`](super::Event::PresenceDone) or
    /// [`Event::PresenceFailed`](super::Event::PresenceFailed).
    EnterForeground {
        /// Names the call in the answer.
        id: PresenceId,
    },
    /// Tell the IM server that the app is in the background (`doBackground`). Answered as
    /// [`Effect::EnterForeground`] is.
    EnterBackground {
        /// Names the call in the answer.
        id: PresenceId,
        /// The unread count that the server counts on from.
        unread: Unread,
    },
    /// Show a number at the app's icon; 0 shows none.
    SetBadge {
        /// The number, within what the phones of its vendor can show.
        count: u32,
    },
    /// Take a tap to where it belongs. Answered by [`Event::TapHandled`](super::Event::TapHandled).
    DeliverTap {
        /// Names the tap in the answer, and marks a second delivery after a crash.
        id: TapId,
        /// What was tapped.
        tap: Tap,
        /// For whom it is, as far as that can be known.
        receiver: Receiver,
    },
    /// Tell the IM server which pushes arrived or were clicked (`reportOfflinePushEvent`), all of them for
    /// the account that is logged in. Answered by
    /// [`Event::PushEventsReported`](super::Event::PushEventsReported),
    /// [`Event::PushEventsFailed`](super::Event::PushEventsFailed) or
    /// [`Event::PushEventsLost`](super::Event::PushEventsLost). What is not confirmed is reported again.
    ReportPushEvents {
        /// Names the call in the answer.
        id: PushEventsId,
        /// What to report, oldest first.
        events: Vec<PushEvent>,
    },
    /// Remove the notifications that the app shows: the session they were for has ended.
    ClearNotifications,
    /// Something a developer or user should know, with what to do about it.
    Notice(Notice),
}

impl Effect {
    /// Whose call it is.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::RegisterVendor { vendor, .. } | Self::UnregisterVendor { vendor } => Lane::Vendor(*vendor),
            Self::EnsureNotificationChannel { .. } => Lane::NotificationChannels,
            Self::Store { .. } => Lane::Store,
            Self::Report { .. } | Self::EnterForeground { .. } | Self::EnterBackground { .. } => {
                Lane::ImClient
            }
            Self::ReleaseLogout { .. } => Lane::Logout,
            Self::SetBadge { .. } | Self::ClearNotifications => Lane::Badge,
            Self::DeliverTap { .. } => Lane::Taps,
            Self::ReportPushEvents { .. } => Lane::PushEvents,
            Self::Notice(_) => Lane::Observer,
        }
    }
}

/// As the log has it: ids only, no token, no account.
impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RegisterVendor { id, vendor, kind } => write!(f, "register {id}: {vendor}, {kind}"),
            Self::UnregisterVendor { vendor } => write!(f, "unregister {vendor}"),
            Self::EnsureNotificationChannel { id, .. } => write!(f, "ensure the notification channel {id}"),
            Self::Store { version, snapshot } => write!(f, "store {version}: {} bytes", snapshot.len()),
            Self::Report { id, binding } => write!(f, "report {id}: {binding}"),
            Self::ReleaseLogout { session, clean, superseded } => {
                write!(f, "release the logout of {session}: clean {clean}, superseded {superseded}")
            }
            Self::EnterForeground { id } => write!(f, "presence {id}: foreground"),
            Self::EnterBackground { id, unread } => {
                write!(f, "presence {id}: background, {} unread", unread.as_u32())
            }
            Self::ReportPushEvents { id, events } => write!(f, "report push events {id}: {}", events.len()),
            Self::SetBadge { count } => write!(f, "badge {count}"),
            Self::DeliverTap { id, .. } => write!(f, "deliver the tap {id}"),
            Self::ClearNotifications => f.write_str("clear the notifications"),
            Self::Notice(notice) => notice.fmt(f),
        }
    }
}

/// One host object whose calls never overlap. Effects of one lane keep their order; a lane whose host blocks
/// holds up no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lane {
    /// One vendor's SDK.
    Vendor(Vendor),
    /// The IM SDK: reports and presence calls.
    ImClient,
    /// The store.
    Store,
    /// Logouts that wait for their release.
    Logout,
    /// Android's notification channels.
    NotificationChannels,
    /// The badge and the notifications that stand with it.
    Badge,
    /// The tap handler.
    Taps,
    /// Observers.
    Observer,
    /// The IM SDK's call that takes arrivals and clicks.
    PushEvents,
}

impl Lane {
    /// How many there are: those of the vendors, and eight others.
    pub(in crate::registrar) const COUNT: usize = Vendor::ALL.len().saturating_add(8);
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ImClient => f.pad("the IM client"),
            Self::PushEvents => f.pad("the IM client's report of push events"),
            Self::Vendor(vendor) => write!(f, "the {vendor} SDK"),
            Self::Store => f.pad("the store"),
            Self::Logout => f.pad("the callback of a logout"),
            Self::NotificationChannels => f.pad("the notification channels"),
            Self::Badge => f.pad("the badge"),
            Self::Taps => f.pad("the tap handler"),
            Self::Observer => f.pad("an observer"),
        }
    }
}

/// What is reported to the IM server: a token under its certificate, or nothing, which turns pushes off.
///
/// The token stands under the certificate of the vendor that made it, never of another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Binding {
    kind: TokenKind,
    target: Option<(BusinessId, Token)>,
}

impl Binding {
    /// A token of this kind under its certificate, or none: then the server is to push nothing of this kind.
    pub(super) const fn new(kind: TokenKind, target: Option<(BusinessId, Token)>) -> Self {
        Self { kind, target }
    }

    /// Which of the two bindings of an account this is.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// Whether this turns pushes off: report business id 0 and an empty token, or no configuration at all, as
    /// the IM SDK at hand wants it.
    pub const fn is_empty(&self) -> bool {
        self.target.is_none()
    }

    /// The certificate's number (`businessID`).
    pub fn business_id(&self) -> Option<BusinessId> {
        self.target.as_ref().map(|(business_id, _)| *business_id)
    }

    /// The token.
    pub fn token(&self) -> Option<&Token> {
        self.target.as_ref().map(|(_, token)| token)
    }

    /// The vendor that made the token.
    pub fn vendor(&self) -> Option<Vendor> {
        self.token().map(Token::vendor)
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((id, token)) = &self.target else { return write!(f, "no {} token", self.kind) };
        let (vendor, kind) = (token.vendor(), self.kind);
        let (bytes, fingerprint) = (token.len(), token.fingerprint());
        write!(f, "{vendor} {kind} token of {bytes} bytes, #{fingerprint}, under certificate {id}")
    }
}

/// For whom a tap is. Nothing in Tencent's container names the receiving account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Receiver {
    /// The host or the ext says that it is for this account, which is logged in.
    Stated(UserId),
    /// Nobody says; this account, which is logged in, was the one bound when it came.
    Assumed(UserId),
    /// Nobody says, and more than one account may have been pushed to.
    Unknown,
    /// It is (stated or assumed to be) for this account, and another one is logged in. Delivered only under
    /// [`TapFence::NotYours`](super::TapFence::NotYours).
    NotYours(UserId),
}

impl Receiver {
    /// The account, as far as it is known.
    pub const fn account(&self) -> Option<&UserId> {
        match self {
            Self::Stated(account) | Self::Assumed(account) | Self::NotYours(account) => Some(account),
            Self::Unknown => None,
        }
    }
}
