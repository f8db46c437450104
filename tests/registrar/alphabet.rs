//! The events of each table, and what kind of event a name stands for.

use super::rig::Rig;
use super::situations::event;

pub(crate) const ELECTION_EVENTS: &[&str] = &[
    "Configured, as before",
    "Configured, otherwise",
    "ConsentGranted",
    "ConsentWithdrawn",
    "DeviceFacts, as before",
    "DeviceFacts, otherwise",
    "Token of the first vendor",
    "Token of the second vendor",
    "Token, once more",
    "Token, refused text",
    "TokenInvalid",
    "VendorFailed, for now",
    "VendorFailed, for good",
    "VendorFailed, stale",
    "NotificationChannelReady",
    "NotificationChannelFailed",
    "Foreground",
    "NetworkUp",
    "UserRetry",
    "deadline",
];

pub(crate) const SESSION_EVENTS: &[&str] = &[
    "LoggedIn, same account",
    "LoggedIn, other account",
    "LogoutRequested",
    "LogoutRequested, other session",
    "LoggedOut",
    "LoggedOut, other session",
    "KickedOff",
    "KickedOff, other session",
    "CredentialExpired",
    "CredentialExpired, other session",
    "ReportDone",
    "ReportFailed, for now",
    "ReportFailed, perhaps done",
    "ReportFailed, not ready",
    "ReportFailed, certificate unknown",
    "ReportFailed, session over",
    "ReportFailed, token refused",
    "ReportFailed, for good",
    "ReportLost",
    "deadline",
];

pub(crate) const BINDING_EVENTS: &[&str] = &[
    "Configured, otherwise",
    "ConsentWithdrawn",
    "Token of the first vendor",
    "Token, once more",
    "TokenInvalid",
    "LoggedIn, other account",
    "LogoutRequested",
    "LoggedOut",
    "KickedOff",
    "CredentialExpired",
    "PushDisabled",
    "PushEnabled",
    "ReportDone",
    "ReportDone, stale",
    "ReportFailed, for now",
    "ReportFailed, perhaps done",
    "ReportFailed, not ready",
    "ReportFailed, certificate unknown",
    "ReportFailed, session over",
    "ReportFailed, token refused",
    "ReportFailed, for good",
    "ReportFailed, stale",
    "ReportLost",
    "ReportLost, stale",
    "Stored",
    "StoreFailed",
    "Foreground",
    "Background",
    "NetworkUp",
    "UserRetry",
    "deadline",
];

/// Of a session and its binding, while a presence call is under way.
pub(crate) const CALL_EVENTS: &[&str] = &["PresenceFailed, session over"];

pub(crate) const STORE_EVENTS: &[&str] = &[
    "ConsentGranted",
    "ConsentWithdrawn",
    "Token of the first vendor",
    "Token of the second vendor",
    "Token, once more",
    "LoggedIn, same account",
    "LoggedIn, other account",
    "PushDisabled",
    "Tapped",
    "Tapped, once more",
    "Tapped, other account",
    "Stored",
    "Stored, stale",
    "StoreFailed",
    "StoreFailed, stale",
    "UserRetry",
    "deadline",
];

pub(crate) const PRESENCE_EVENTS: &[&str] = &[
    "Foreground",
    "Background",
    "Unread",
    "PresenceDone",
    "PresenceFailed, for now",
    "PresenceFailed, for good",
    "PresenceFailed, session over",
    "PresenceFailed, stale",
    "LoggedIn, other account",
    "LogoutRequested",
    "LoggedOut",
    "NetworkUp",
    "UserRetry",
    "deadline",
];

pub(crate) const INBOX_EVENTS: &[&str] = &[
    "Tapped",
    "Tapped, once more",
    "Tapped, other account",
    "Tapped, too long",
    "TapHandled",
    "TapHandled, stale",
    "HostReady",
    "LoggedIn, same account",
    "LoggedIn, other account",
    "LoggedOut",
    "deadline",
];

/// The kind of an event by its name in the code.
pub(crate) fn kind_of(rig: &Rig, name: &str) -> Option<&'static str> {
    if name == "deadline" {
        return None;
    }
    let first = match name.strip_suffix(", once more") {
        Some("Token") => "Token of the first vendor",
        Some(first) => first,
        None => name,
    };
    Some(event(rig, first).name())
}

/// All kinds of events.
pub(crate) const KINDS: &[&str] = &[
    "Configured",
    "ConsentGranted",
    "ConsentWithdrawn",
    "DeviceFacts",
    "Token",
    "VendorFailed",
    "TokenInvalid",
    "NotificationChannelReady",
    "NotificationChannelFailed",
    "LoggedIn",
    "LogoutRequested",
    "LoggedOut",
    "KickedOff",
    "CredentialExpired",
    "PushDisabled",
    "PushEnabled",
    "ReportDone",
    "ReportFailed",
    "ReportLost",
    "Stored",
    "StoreFailed",
    "Foreground",
    "Background",
    "Unread",
    "PresenceDone",
    "PresenceFailed",
    "Tapped",
    "TapHandled",
    "HostReady",
    "NetworkUp",
    "UserRetry",
];
