//! The states and events of the table: how to come to a state, and which event a name stands for.

use std::io::ErrorKind;
use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::{Event, Lane, Lost, PolicySettings, Region, StateName, Verdict};
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::alphabet::{
    BINDING_EVENTS, CALL_EVENTS, ELECTION_EVENTS, INBOX_EVENTS, PRESENCE_EVENTS, RECEIPTS_EVENTS,
    SESSION_EVENTS, STORE_EVENTS,
};
use super::rig::{
    Rig, arrival, configuration, configured, login, phone, steady, tap, tap_of_push, token, unread,
};

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Election,
    Session,
    SessionInCall,
    Binding,
    BindingInCall,
    Store,
    Presence,
    Inbox,
    Receipts,
}

const BOTH: [Vendor; 2] = [Vendor::Xiaomi, Vendor::Fcm];

fn settings() -> PolicySettings {
    steady()
}

impl Part {
    pub(crate) const ALL: [Self; 9] = [
        Self::Election,
        Self::Session,
        Self::SessionInCall,
        Self::Binding,
        Self::BindingInCall,
        Self::Store,
        Self::Presence,
        Self::Inbox,
        Self::Receipts,
    ];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Election => "Election",
            Self::Session => "Session",
            Self::SessionInCall => "Session, presence call under way",
            Self::Binding => "Binding",
            Self::BindingInCall => "Binding, presence call under way",
            Self::Store => "Store",
            Self::Presence => "Presence",
            Self::Inbox => "Taps",
            Self::Receipts => "Receipts",
        }
    }

    pub(crate) const fn states(self) -> &'static [&'static str] {
        match self {
            Self::Election => &[
                "Unconfigured",
                "AwaitingConsent",
                "AwaitingConsent, consent unreadable",
                "Electing",
                "Registering, notification channel first",
                "Registering",
                "Elected",
                "BackingOff",
                "Stalled",
                "Unsupported",
            ],
            Self::Session => &[
                "LoggedOut",
                "LoggedIn",
                "Draining",
                "LoggedOut, release not taken",
                "LoggedOut, logout under way",
            ],
            Self::SessionInCall => &["LoggedIn", "Draining", "LoggedOut, logout under way"],
            Self::Binding => &[
                "Idle",
                "Idle, token refused",
                "Storing",
                "Reporting, not taken",
                "Reporting",
                "Bound",
                "Waiting",
                "Waiting, withdrawn",
                "Parked",
            ],
            Self::BindingInCall => &["Idle", "Storing", "Reporting", "Bound", "Waiting", "Parked"],
            Self::Store => &["Clean", "Writing", "Dirty"],
            Self::Presence => &[
                "Unknown",
                "Foreground, call under way",
                "Foreground",
                "Background, call under way",
                "Background, call failed",
                "Background, call refused",
                "Background",
            ],
            Self::Inbox => &["None", "Held", "Delivered"],
            Self::Receipts => {
                &["Idle", "Idle, consent not given", "Kept", "Reporting, not taken", "Reporting", "Waiting"]
            }
        }
    }

    pub(crate) const fn events(self) -> &'static [&'static str] {
        match self {
            Self::Election => ELECTION_EVENTS,
            Self::Session => SESSION_EVENTS,
            Self::SessionInCall | Self::BindingInCall => CALL_EVENTS,
            Self::Binding => BINDING_EVENTS,
            Self::Store => STORE_EVENTS,
            Self::Presence => PRESENCE_EVENTS,
            Self::Inbox => INBOX_EVENTS,
            Self::Receipts => RECEIPTS_EVENTS,
        }
    }

    /// The events in all tables of its region.
    pub(crate) fn events_of_its_region(self) -> Vec<&'static str> {
        let more = match self {
            Self::SessionInCall => Self::Session.events(),
            Self::BindingInCall => Self::Binding.events(),
            Self::Election
            | Self::Session
            | Self::Binding
            | Self::Store
            | Self::Presence
            | Self::Inbox
            | Self::Receipts => &[],
        };
        [self.events(), more].concat()
    }

    /// A machine in a state, with as little else going on as possible.
    pub(crate) fn situation(self, state: &str) -> Rig {
        match self {
            Self::Election => election(state),
            Self::Session => session(state, false),
            Self::SessionInCall => session(state, true),
            Self::Binding => binding(state),
            Self::BindingInCall => {
                let mut rig = binding(state);
                rig.tell_all([Event::Foreground]);
                assert!(rig.presence.is_some());
                assert_eq!(state_of(&rig, self), state);
                rig
            }
            Self::Store => store(state),
            Self::Presence => presence(state),
            Self::Inbox => inbox(state),
            Self::Receipts => receipts(state),
        }
    }
}

fn election(state: &str) -> Rig {
    let mut rig = Rig::new(settings());
    match state {
        "Unconfigured" => rig.tell_all([phone("Xiaomi")]),
        "AwaitingConsent" => {
            let asks = configuration(&BOTH).with_consent_required(true);
            rig.tell_all([configured(asks), phone("Xiaomi")]);
        }
        "AwaitingConsent, consent unreadable" => {
            rig.tell_all([Event::ConsentGranted]);
            let stored = String::from_utf8(rig.snapshot.clone()).unwrap();
            rig.snapshot = stored.replace("\"consent\":true", "\"consent\":7").into_bytes();
            let asks = configuration(&BOTH).with_consent_required(true);
            rig = rig.restart(2).0;
            rig.tell_all([configured(asks), phone("Xiaomi")]);
        }
        "Electing" => rig.tell_all([configured(configuration(&BOTH))]),
        "Registering, notification channel first" => {
            rig.tell_all([configured(configuration(&[Vendor::Oppo, Vendor::Fcm])), phone("OPPO")]);
        }
        "Registering" => rig = Rig::registering(settings()),
        "Elected" => {
            rig = Rig::registering(settings());
            rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
        }
        "BackingOff" => {
            rig = Rig::registering(settings());
            assert!(rig.reach_deadline() && rig.reach_deadline());
        }
        "Stalled" => {
            rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi")]);
            let id = rig.registration.unwrap();
            rig.tell_all([Event::VendorFailed { id, code: 22006.into() }]);
        }
        "Unsupported" => rig.tell_all([configured(configuration(&[])), phone("Xiaomi")]),
        _ => panic!("no such state: {state}"),
    }
    assert!(state.starts_with(state_of(&rig, Part::Election).as_str()), "{state}");
    rig
}

/// With `in_call`, a presence call was begun before the logout, if there is one.
fn session(state: &str, in_call: bool) -> Rig {
    let mut rig = Rig::registering(settings());
    let presence = in_call.then_some(Event::Foreground);
    match state {
        "LoggedOut" => {}
        "LoggedIn" => {
            rig.tell_all([login("alice")]);
            rig.tell_all(presence);
        }
        // The host is reported that it may log out, and has not taken that yet.
        "LoggedOut, release not taken" => {
            rig = Rig::bound(settings());
            rig.released = Some(rig.session());
            let event = Event::LogoutRequested { session: rig.session() };
            rig.tell_untaken(event);
        }
        // The IM SDK has not said that it has logged out.
        "LoggedOut, logout under way" => {
            rig = Rig::bound(settings());
            rig.tell_all(presence);
            rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
        }
        // A report keeps the session from ending at once.
        "Draining" => {
            rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
            rig.tell_all(presence);
            rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
        }
        _ => panic!("no such state: {state}"),
    }
    assert!(state.starts_with(state_of(&rig, Part::Session).as_str()), "{state}");
    assert_eq!(rig.presence.is_some(), in_call, "{state}");
    rig
}

fn binding(state: &str) -> Rig {
    let mut rig = Rig::registering(settings());
    rig.tell_all([login("alice")]);
    match state {
        "Idle" => {}
        "Storing" => {
            rig.stores = false;
            rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
        }
        "Reporting" => rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]),
        "Idle, token refused" => {
            rig.tell_all([token(Vendor::Xiaomi, "first-2")]);
            rig.tell_all([rig.failed(22003)]);
        }
        "Reporting, not taken" | "Waiting, withdrawn" => {
            rig.busy = Some(Lane::ImClient);
            rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
            if state == "Waiting, withdrawn" {
                rig.reach_deadline();
            }
            rig.busy = None;
        }
        "Bound" => rig = Rig::bound(settings()),
        "Waiting" => {
            rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
            rig.tell_all([rig.failed(22006)]);
        }
        "Parked" => {
            rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
            rig.tell_all([rig.failed(6017)]);
        }
        _ => panic!("no such state: {state}"),
    }
    assert!(state.starts_with(state_of(&rig, Part::Binding).as_str()), "{state}");
    rig
}

fn store(state: &str) -> Rig {
    let mut rig = Rig::new(settings());
    match state {
        "Clean" => {}
        "Writing" => {
            rig.stores = false;
            rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
        }
        "Dirty" => {
            rig.stores = false;
            rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
            rig.tell_all([Event::StoreFailed { version: rig.version.unwrap(), kind: ErrorKind::Other }]);
        }
        _ => panic!("no such state: {state}"),
    }
    rig.stores = false;
    assert_eq!(state_of(&rig, Part::Store), state);
    rig
}

fn presence(state: &str) -> Rig {
    let mut rig = Rig::new(settings());
    rig.tell_all([login("alice")]);
    if state.starts_with("Foreground") {
        rig.tell_all([Event::Foreground]);
    } else if state.starts_with("Background") {
        rig.tell_all([Event::Background { unread: unread(3) }]);
    }
    let id = rig.presence.unwrap_or_else(|| 7.into());
    match state {
        "Foreground" | "Background" => rig.tell_all([Event::PresenceDone { id }]),
        "Background, call failed" => rig.tell_all([Event::PresenceFailed { id, code: 20004.into() }]),
        "Background, call refused" => rig.tell_all([Event::PresenceFailed { id, code: 6017.into() }]),
        _ => {}
    }
    assert!(state.starts_with(state_of(&rig, Part::Presence).as_str()), "{state}");
    rig
}

fn inbox(state: &str) -> Rig {
    let mut rig = Rig::new(settings());
    match state {
        "None" => rig.tell_all([login("alice"), Event::HostReady]),
        "Held" => rig.tell_all([Event::Tapped(tap("m1", Some("alice")))]),
        "Delivered" => {
            rig.tell_all([login("alice"), Event::HostReady, Event::Tapped(tap("m1", Some("alice")))]);
        }
        _ => panic!("no such state: {state}"),
    }
    assert_eq!(state_of(&rig, Part::Inbox), state);
    rig
}

/// Only pushes are reported of: nothing is configured to be registered, so that nothing else is reported.
fn receipts(state: &str) -> Rig {
    let mut settings = settings();
    settings.push_events = true;
    let mut rig = Rig::new(settings);
    let asks = configuration(&[]).with_consent_required(state == "Idle, consent not given");
    rig.tell_all([configured(asks)]);
    match state {
        "Idle" | "Idle, consent not given" => rig.tell_all([login("alice")]),
        "Kept" => rig.tell_all([arrival("p1", Some("alice"))]),
        "Reporting" => rig.tell_all([login("alice"), arrival("p1", None)]),
        "Waiting" => {
            rig.tell_all([login("alice"), arrival("p1", None)]);
            let id = rig.push_events.unwrap();
            rig.tell_all([Event::PushEventsFailed { id, code: 22006.into(), retry_after: None }]);
        }
        "Reporting, not taken" => {
            rig.busy = Some(Lane::PushEvents);
            rig.tell_all([login("alice"), arrival("p1", None)]);
            rig.busy = None;
        }
        _ => panic!("no such state: {state}"),
    }
    assert!(state.starts_with(state_of(&rig, Part::Receipts).as_str()), "{state}");
    rig
}

/// The state of a part, as the table names it.
pub(crate) fn state_of(rig: &Rig, part: Part) -> String {
    let region = match part {
        Part::Election => Region::Election,
        Part::Session | Part::SessionInCall => Region::Session,
        Part::Binding | Part::BindingInCall => Region::Binding,
        Part::Store => Region::Store,
        Part::Presence => Region::Presence,
        Part::Receipts => Region::Receipts,
        Part::Inbox => {
            let held = rig.machine.diagnose().held_taps;
            let delivered = rig.machine.counters().taps_delivered;
            return match (held, delivered) {
                (0, _) => "None".to_owned(),
                (1, 1) => "Delivered".to_owned(),
                (1, 0) => "Held".to_owned(),
                (held, delivered) => format!("{held} held, {delivered} delivered"),
            };
        }
    };
    rig.state(region).to_string()
}

/// Makes an event happen; `None` for a deadline, which has no verdict.
pub(crate) fn apply(rig: &mut Rig, name: &str) -> Option<Verdict> {
    if name == "deadline" {
        rig.reach_deadline();
        return None;
    }
    if let Some(first) = name.strip_suffix(", again") {
        let first = if first == "Token" { "Token of the first vendor" } else { first };
        let event = event(rig, first);
        rig.tell(event);
        rig.effects.clear();
        let event = self::event(rig, first);
        return Some(rig.tell(event));
    }
    let event = event(rig, name);
    Some(rig.tell(event))
}

/// The event that a name stands for. An id that is not there to answer is one that nobody gave out.
pub(crate) fn event(rig: &Rig, name: &str) -> Event {
    let oppo =
        rig.effects.iter().any(|effect| super::rig::words(effect).starts_with("EnsureNotificationChannel"))
            || rig.machine.diagnose().ranking.first() == Some(&Vendor::Oppo);
    let first = if oppo { Vendor::Oppo } else { Vendor::Xiaomi };
    let session = rig.machine.session().or(rig.released).unwrap_or_else(|| 7.into());
    let report = rig.report.unwrap_or_else(|| 7.into());
    let version = rig.version.unwrap_or_else(|| 7.into());
    let registration = rig.registration.unwrap_or_else(|| 7.into());
    let presence = rig.presence.unwrap_or_else(|| 7.into());
    let report_failed = |id, code: i32| Event::ReportFailed { id, code: code.into(), retry_after: None };
    let push_events = rig.push_events.unwrap_or_else(|| 7.into());
    let push_events_failed =
        |id, code: i32| Event::PushEventsFailed { id, code: code.into(), retry_after: None };
    match name {
        "Configured, as before" => match rig.machine.diagnose().regions.first().map(|status| status.state) {
            Some(StateName::Unconfigured) => configured(configuration(&BOTH)),
            Some(StateName::AwaitingConsent) => configured(configuration(&BOTH).with_consent_required(true)),
            Some(StateName::Unsupported) => configured(configuration(&[])),
            Some(StateName::Stalled) => configured(configuration(&[Vendor::Xiaomi])),
            _ if oppo => configured(configuration(&[Vendor::Oppo, Vendor::Fcm])),
            _ => configured(configuration(&BOTH)),
        },
        "Configured, otherwise" => configured(configuration(&[first, Vendor::Fcm]).with_app_version("2")),
        "ConsentGranted" => Event::ConsentGranted,
        "ConsentWithdrawn" => Event::ConsentWithdrawn,
        "DeviceFacts, as before" => phone(if oppo { "OPPO" } else { "Xiaomi" }),
        "DeviceFacts, otherwise" => phone("Huawei"),
        "Token of the first vendor" => token(first, "first-2"),
        "Token of the second vendor" => token(Vendor::Fcm, "second-2"),
        "Token, refused text" => token(first, ""),
        "TokenInvalid" => Event::TokenInvalid { vendor: first, kind: TokenKind::Standard },
        "VendorFailed, for now" => Event::VendorFailed { id: registration, code: (-987_654).into() },
        "VendorFailed, for good" => {
            Event::VendorFailed { id: registration, code: if oppo { 14.into() } else { 22006.into() } }
        }
        "VendorFailed, stale" => Event::VendorFailed { id: 9.into(), code: 22006.into() },
        "NotificationChannelReady" => Event::NotificationChannelReady { id: registration },
        "NotificationChannelFailed" => Event::NotificationChannelFailed { id: registration },
        "Foreground" => Event::Foreground,
        "Background" => Event::Background { unread: unread(5) },
        "Unread" => Event::Unread { unread: unread(7) },
        "NetworkUp" => Event::NetworkUp,
        "UserRetry" => Event::UserRetry,
        "LoggedIn, same account" => login("alice"),
        "LoggedIn, other account" => login("bob"),
        "LogoutRequested" => Event::LogoutRequested { session },
        "LogoutRequested, other session" => Event::LogoutRequested { session: 9.into() },
        "LoggedOut" => Event::LoggedOut { session },
        "LoggedOut, other session" => Event::LoggedOut { session: 9.into() },
        "KickedOff" => Event::KickedOff { session },
        "KickedOff, other session" => Event::KickedOff { session: 9.into() },
        "CredentialExpired" => Event::CredentialExpired { session },
        "CredentialExpired, other session" => Event::CredentialExpired { session: 9.into() },
        "PushDisabled" => Event::PushDisabled,
        "PushEnabled" => Event::PushEnabled,
        "ReportDone" => Event::ReportDone { id: report },
        "ReportDone, stale" => Event::ReportDone { id: 9.into() },
        "ReportFailed, for now" => report_failed(report, 22006),
        "ReportFailed, perhaps done" => report_failed(report, 9520),
        "ReportFailed, not ready" => report_failed(report, 6014),
        "ReportFailed, certificate unknown" => report_failed(report, 22001),
        "ReportFailed, session over" => report_failed(report, 6208),
        "ReportFailed, token refused" => report_failed(report, 22003),
        "ReportFailed, for good" => report_failed(report, 6017),
        "ReportFailed, stale" => report_failed(9.into(), 6017),
        "ReportLost" => Event::ReportLost { id: report, how: Lost::Host },
        "ReportLost, stale" => Event::ReportLost { id: 9.into(), how: Lost::Host },
        "Stored" => Event::Stored { version },
        "Stored, stale" => Event::Stored { version: 9.into() },
        "StoreFailed" => Event::StoreFailed { version, kind: ErrorKind::Other },
        "StoreFailed, stale" => Event::StoreFailed { version: 9.into(), kind: ErrorKind::Other },
        "PresenceDone" => Event::PresenceDone { id: presence },
        "PresenceFailed, for now" => Event::PresenceFailed { id: presence, code: 20004.into() },
        "PresenceFailed, for good" => Event::PresenceFailed { id: presence, code: 6017.into() },
        "PresenceFailed, session over" => Event::PresenceFailed { id: presence, code: 6208.into() },
        "PresenceFailed, stale" => Event::PresenceFailed { id: 9.into(), code: 6017.into() },
        "Tapped" => Event::Tapped(tap("m2", Some("alice"))),
        "Tapped, other account" => Event::Tapped(tap("m2", Some("bob"))),
        "Tapped, no push" => {
            Event::Tapped(Tap::from_text(None, r#"{"profile":0,"from_shortcut":true}"#).unwrap())
        }
        "Tapped, too long" => Event::Tapped(tap(&"m".repeat(20_000), None)),
        "TapHandled" => Event::TapHandled { id: rig.tap.unwrap_or_else(|| 7.into()) },
        "TapHandled, stale" => Event::TapHandled { id: 9.into() },
        "HostReady" => Event::HostReady,
        "Tapped, with a push id" => Event::Tapped(tap_of_push("p2", Some("alice"))),
        "PushArrived" => arrival("p2", Some("alice")),
        "PushArrived, other account" => arrival("p3", Some("bob")),
        "PushEventsReported" => Event::PushEventsReported { id: push_events },
        "PushEventsReported, stale" => Event::PushEventsReported { id: 9.into() },
        "PushEventsFailed, for now" => push_events_failed(push_events, 22006),
        "PushEventsFailed, for good" => push_events_failed(push_events, 6017),
        "PushEventsFailed, session over" => push_events_failed(push_events, 6208),
        "PushEventsFailed, stale" => push_events_failed(9.into(), 6017),
        "PushEventsLost" => Event::PushEventsLost { id: push_events, how: Lost::Host },
        "PushEventsLost, stale" => Event::PushEventsLost { id: 9.into(), how: Lost::Host },
        _ => panic!("no such event: {name}"),
    }
}
