//! No token, account or content is seen from outside, and a host that takes nothing does no harm.

use std::fmt::Write as _;
use std::time::Duration;

use tim_offline_push::registrar::{
    Cause, Effect, Event, IgnoredReason, NoticeCode, Policy, PolicyError, PolicySettings, Region, StateName,
};
use tim_offline_push::vendor::{Vendor, VendorCode};

use super::notices::codes;
use super::rig::{Rig, login, steady, tap, token};

const CANARY: &str = "c4nary-c4nary";

/// All that a host may print.
#[test]
fn a_canary_is_in_no_output() {
    let mut rig = Rig::registering(steady());
    let mut printed = String::new();
    let tapped = tap(CANARY, Some(CANARY));
    let events = [
        login(CANARY),
        token(Vendor::Xiaomi, CANARY),
        token(Vendor::Xiaomi, &format!("{CANARY} {CANARY}")),
        Event::HostReady,
        Event::Tapped(tapped),
        login("another"),
        Event::VendorFailed { id: 7.into(), code: VendorCode::find(Vendor::Fcm, CANARY) },
    ];
    for event in events {
        write!(printed, "{event:?}").unwrap();
        let verdict = rig.tell(event);
        write!(printed, "{verdict:?}").unwrap();
        for effect in std::mem::take(&mut rig.effects) {
            write!(printed, "{effect:?}").unwrap();
            if let Effect::Notice(notice) = effect {
                write!(printed, "{notice} {}", serde_json::to_string(&notice).unwrap()).unwrap();
            }
        }
        while let Some(transition) = rig.machine.poll_transition() {
            write!(printed, "{transition} {transition:?}").unwrap();
        }
        let diagnosis = rig.machine.diagnose();
        write!(printed, "{diagnosis} {diagnosis:?} {}", serde_json::to_string(&diagnosis).unwrap()).unwrap();
        write!(printed, "{:?} {:?}", rig.machine, rig.machine.snapshot()).unwrap();
    }
    assert!(printed.len() > 10_000);
    assert!(!printed.contains(CANARY), "seen");
    let bytes = format!("{:?}", CANARY.as_bytes());
    assert!(!printed.contains(bytes.trim_matches(['[', ']'])), "seen as bytes");
}

/// Effects that nobody takes are bounded, and none of a session that is over is ever given out.
#[test]
fn a_host_that_takes_nothing_gets_no_stale_effect() {
    let mut rig = Rig::registering(steady());
    rig.effects.clear();
    let now = rig.now();
    for number in 0..1_000 {
        let account = ["alice", "bob"][number % 2];
        rig.machine.handle(now, login(account));
        rig.machine.handle(now, token(Vendor::Xiaomi, &format!("xiaomi-{number}")));
        rig.machine.handle(now, Event::Tapped(tap(&format!("m{number}"), None)));
    }
    let session = rig.machine.session().unwrap();
    rig.machine.handle(now, Event::LoggedOut { session });
    rig.stores = false;
    rig.tell(Event::NetworkUp);
    let effects = rig.drain();
    assert!(effects.len() <= 64, "{}", effects.len());
    assert!(!effects.iter().any(|effect| effect.starts_with("Report")), "{effects:?}");
    assert_eq!(effects.iter().filter(|effect| *effect == "Store").count(), 1);
}

#[test]
fn every_name_stands_for_one_thing() {
    let mut names: Vec<_> = codes().iter().map(ToString::to_string).collect();
    let reasons = [
        IgnoredReason::Stale,
        IgnoredReason::Unchanged,
        IgnoredReason::SameAccount,
        IgnoredReason::OtherSession,
        IgnoredReason::AlreadyEnding,
        IgnoredReason::NothingWaits,
        IgnoredReason::NoSuchToken,
        IgnoredReason::DuplicateTap,
        IgnoredReason::NotAPush,
        IgnoredReason::NoRoom,
        IgnoredReason::RefusedByServer,
        IgnoredReason::NotCounted,
        IgnoredReason::ShutDown,
    ];
    names.extend(reasons.iter().map(ToString::to_string));
    names.extend(Region::ALL.iter().map(ToString::to_string));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(codes().iter().all(|code| !code.fix().is_empty()));
    assert_eq!(serde_json::to_string(&StateName::BackingOff).unwrap(), "\"backing_off\"");
}

#[test]
fn a_notice_explains_its_code() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    rig.effects.clear();
    rig.tell_all([rig.failed(22001)]);
    let Some(Effect::Notice(notice)) = rig.effects.first() else { panic!() };
    assert_eq!(notice.code(), NoticeCode::CertificateUnknown);
    assert_eq!(notice.cause(), Some(&Cause::Im(22001.into())));
    assert!(notice.to_string().contains("22001") && notice.to_string().ends_with(notice.fix()), "{notice}");
}

#[test]
fn a_policy_out_of_range_names_its_field() {
    type Change = fn(&mut PolicySettings);
    let changes: [(&str, Change); 6] = [
        ("report", |settings| settings.report = Duration::ZERO),
        ("settle", |settings| settings.settle = Duration::MAX),
        ("backoff_cap_foreground", |settings| settings.backoff_cap_foreground = Duration::from_millis(9)),
        ("backoff_factor", |settings| settings.backoff_factor = 0),
        ("tap_limit", |settings| settings.tap_limit = 17),
        ("reassert_spread_percent", |settings| settings.reassert_spread_percent = 51),
    ];
    for (field, change) in changes {
        let mut settings = PolicySettings::default();
        change(&mut settings);
        let error = Policy::new(settings).unwrap_err();
        assert!(error.to_string().contains(field), "{error}");
        assert!(matches!(
            error,
            PolicyError::Delay { .. } | PolicyError::UnderFloor { .. } | PolicyError::Count { .. }
        ));
    }
    let text = serde_json::to_string(&PolicySettings::default()).unwrap();
    assert_eq!(serde_json::from_str::<PolicySettings>(&text).unwrap(), PolicySettings::default());
    assert_eq!(serde_json::from_str::<PolicySettings>("{}").unwrap(), PolicySettings::default());
}
