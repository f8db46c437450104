//! The contract of notices: the name, cause, fix and severity of each.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::Region;
use crate::finding::Severity;

/// What a [`Notice`](super::Notice) is about. Its name ([`NoticeCode::as_str`], and the same in serde forms) does not
/// change; the words may.
#[doc = ""]
#[doc = include_str!("../../notices.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoticeCode {
    /// No vendor can be used on this phone.
    NoVendor,
    /// Every vendor was tried, and none will give a token until something changes.
    RegistrationStalled,
    /// The vendors' SDKs fail again and again, with codes that were expected to pass.
    RegistrationKeepsFailing,
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
    /// The answers to two reports in a row were lost.
    ReportUnanswered,
    /// The report fails again and again, with a code that was expected to pass.
    ReportKeepsFailing,
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
    /// Another account was left, and it is not known whether the server still pushes to it here.
    AccountPossiblyBound,
    /// Too many accounts are possibly still bound: the oldest is no longer remembered.
    PossiblyBoundDropped,
    /// A presence call would fail each time, so it is given up.
    PresenceRefused,
    /// Too many taps were held: the oldest was dropped.
    TapDropped,
    /// A tap was given up; the cause is [`Cause::Tap`](super::Cause::Tap).
    TapExpired,
    /// A tap for another account was dropped, as the policy says.
    TapFenced,
    /// Too many arrivals and clicks waited to be reported: the oldest was dropped.
    PushEventDropped,
    /// The server refused arrivals or clicks, or never confirmed them, so they are dropped.
    PushEventsRefused,
    /// The answers to two reports of arrivals and clicks in a row were lost.
    PushEventsUnanswered,
    /// A host has not taken a call in time, since it is busy with an earlier one; the cause is
    /// [`Cause::Lane`](super::Cause::Lane).
    HostBusy,
}

/// What is always said of each code, in their order: `name severity | what has happened | what to do`. A notice may know
/// better. It is text, as a table of rows takes a pointer, a length and a relocation for each of its texts.
const TABLE: &str = "\
    no_vendor error | no push vendor can be used on this phone | add a certificate and the SDK of a vendor that this \
        phone has; the diagnosis says of each vendor why it is not used
    registration_stalled error | no push vendor gives a token | do what the diagnosis says of each vendor, then call \
        retry
    registration_keeps_failing error | the vendor SDK fails again and again | do what the notice says of the code
    vendor_silent warning | the vendor SDK gave no token in time | check that the SDK's callback is registered in \
        the manifest, runs in the main process and passes the token on
    vendor_refused warning | the vendor SDK refused to register | do what the notice says of the code
    token_refused warning | the vendor SDK gave a text that is no token | pass the token on exactly as the SDK gave \
        it, and only when the SDK says success
    notification_channel_failed warning | the notification channel could not be made | check the channel's id and \
        the app's notification permission
    notification_channel_missing warning | the vendor needs a notification channel and none is configured | \
        configure the notification channel that the vendor's console knows
    certificate_unknown error | the server does not know the certificate | compare the business id with the console; \
        a new certificate takes up to ten minutes to arrive
    session_not_ready error | the IM SDK says that nobody is logged in | call logged_in only when the IM SDK's login \
        has succeeded
    session_over error | the server says that the session is over | log in again
    token_refused_by_server warning | the server refused the token of the vendor SDK | pass the token on exactly as \
        the vendor SDK gave it; if it is exact and comes again, delete it with the SDK, then call retry
    report_unanswered error | set_offline_push is not answered | answer the completion from the IM SDK's callback, \
        on success and on error
    report_keeps_failing error | the report fails again and again | do what the notice says of the code
    report_parked error | reports have stopped, since the same one would fail each time | correct the cause; it is \
        tried again after a change, or when retry is called
    store_failed warning | the snapshot was not stored | check that the folder exists, is writable and not full; a \
        restart may repeat a report or forget a logout
    snapshot_unreadable note | the stored snapshot, or a part of it, cannot be read | no action is needed the first \
        time: what cannot be read is left out; if it comes again, look for who else writes the store's file
    consent_unreadable error | the stored consent cannot be read, so it counts as not given | ask the user, and call \
        grant_consent or withdraw_consent; until then no SDK is called
    snapshot_of_other_install note | the stored snapshot belongs to another installation | no action is needed: its \
        tokens are dropped and asked for again
    logout_unfinished warning | the process ended while a logout waited | log the account in and out again if it \
        should not get pushes here
    account_possibly_bound warning | an account that was left may still be pushed to on this phone | log that \
        account in and out again, and wait for the logout's release before the IM SDK logs out
    possibly_bound_dropped warning | too many accounts may still be pushed to on this phone: the oldest is forgotten \
        | raise possibly_bound_limit if this many accounts use one phone; log accounts out before another logs in
    presence_refused warning | the presence call is given up | do what the notice says of the code; the next change \
        of foreground or background is reported again
    tap_dropped warning | a tap was dropped, since too many wait | call host_ready as soon as the app's screens are \
        up
    tap_expired warning | a tap was given up | give the builder a tap handler, call host_ready, log in, and confirm \
        each tap
    tap_fenced note | a tap for another account was dropped | set another tap_fence in the policy if such taps \
        should be kept
    push_event_dropped warning | an arrival or click was dropped before it was reported, since too many wait | log \
        the account in that the pushes were for, and answer report_push_events
    push_events_refused warning | arrivals or clicks are dropped, since the server does not take them | answer \
        report_push_events with the result of reportOfflinePushEvent; ask Tencent whether the app has its push \
        service
    push_events_unanswered warning | report_push_events is not answered | answer the completion from the callback of \
        callExperimentalAPI, on success and on error
    host_busy warning | a host takes no call, since an earlier one has not returned | return from host calls at once \
        and answer their completion later
";

impl NoticeCode {
    /// The name with the severity, what has happened, and what to do.
    #[expect(clippy::as_conversions, reason = "the rows are in the order of the codes")]
    fn row(self) -> [&'static str; 3] {
        let mut cells = TABLE.lines().nth(self as usize).unwrap_or_default().split(" | ");
        [(); 3].map(|()| cells.next().unwrap_or_default().trim_start())
    }

    /// The stable name, such as `vendor_silent`.
    pub fn as_str(self) -> &'static str {
        let [name, ..] = self.row();
        name.split_once(' ').unwrap_or_default().0
    }

    /// What has happened, in words.
    pub fn cause(self) -> &'static str {
        let [_, cause, _] = self.row();
        cause
    }

    /// What to do about it. A [`Notice`](super::Notice) with a code says more: [`Notice::fix`](super::Notice::fix).
    pub fn fix(self) -> &'static str {
        let [.., fix] = self.row();
        fix
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        let [name, ..] = self.row();
        let all = [Severity::Note, Severity::Warning, Severity::Error];
        all.into_iter().find(|severity| name.ends_with(severity.as_str())).unwrap_or(Severity::Error)
    }

    /// Where what it says stands from then on until it is ended; none if it says no more than what happened.
    pub(in super::super) const fn stands_in(self) -> Option<Region> {
        if matches!(self, Self::NotificationChannelFailed | Self::NotificationChannelMissing) {
            Some(Region::Election)
        } else if matches!(
            self,
            Self::LogoutUnfinished | Self::AccountPossiblyBound | Self::PossiblyBoundDropped
        ) {
            Some(Region::Session)
        } else if matches!(self, Self::SnapshotUnreadable) {
            Some(Region::Store)
        } else if matches!(self, Self::PresenceRefused) {
            Some(Region::Presence)
        } else if matches!(self, Self::PushEventsRefused | Self::PushEventsUnanswered) {
            Some(Region::Receipts)
        } else {
            None
        }
    }
}

impl fmt::Display for NoticeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
