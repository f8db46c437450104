//! The list of accounts that the server may still push to, where it is full.

use tim_offline_push::account::UserId;
use tim_offline_push::registrar::{Event, PolicySettings, Region, StateName};
use tim_offline_push::vendor::Vendor;

use super::rig::{Rig, configuration, configured, login, phone, steady};

fn one_account() -> PolicySettings {
    let mut settings = steady();
    settings.possibly_bound_limit = 1;
    settings
}

fn possibly_bound(rig: &Rig) -> Vec<&str> {
    rig.machine.possibly_bound().map(UserId::as_str).collect()
}

#[test]
fn the_oldest_of_too_many_accounts_is_dropped_with_a_notice() {
    let mut rig = Rig::bound(one_account());
    rig.tell_all([login("bob")]);
    rig.tell_all([rig.done()]);
    rig.effects.clear();
    rig.tell_all([login("carol")]);
    assert!(rig.drain().contains(&"Notice(PossiblyBoundDropped)".to_owned()));
    assert_eq!(possibly_bound(&rig), ["bob"]);
    assert_eq!(rig.machine.counters().possibly_bound_dropped, 1);
}

#[test]
fn an_abandoned_session_of_unknown_outcome_counts_against_the_limit() {
    let mut rig = Rig::bound(one_account());
    rig.tell_all([login("bob")]);
    assert_eq!(rig.state(Region::Binding), StateName::Reporting);
    let (mut rig, _) = rig.restart(2);
    assert_eq!(possibly_bound(&rig), ["bob"]);
    assert!(rig.drain().contains(&"Notice(PossiblyBoundDropped)".to_owned()));
}

#[test]
fn an_account_that_logs_in_is_not_dropped_for_the_one_that_it_replaces() {
    let mut rig = Rig::bound(one_account());
    rig.tell_all([login("bob")]);
    rig.tell_all([rig.done()]);
    assert_eq!(possibly_bound(&rig), ["alice"]);
    // In the same process, and in one that finds bob's session in the snapshot.
    let (mut next, _) = rig.restart(2);
    next.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi")]);
    for mut rig in [rig, next] {
        rig.effects.clear();
        rig.tell_all([login("alice")]);
        assert_eq!(possibly_bound(&rig), ["bob"]);
        assert_eq!(rig.machine.counters().possibly_bound_dropped, 0);
        assert!(!rig.drain().contains(&"Notice(PossiblyBoundDropped)".to_owned()));
    }
}

#[test]
fn an_account_left_with_a_late_empty_report_is_remembered_until_its_logout_is_confirmed() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::PushDisabled]);
    let session = rig.session();
    rig.tell_all([Event::LogoutRequested { session }]);
    rig.pass(5_000);
    assert!(rig.drain().contains(&"ReleaseLogout(unclean)".to_owned()));
    assert_eq!(possibly_bound(&rig), ["alice"], "her token may stand");
}
