//! What is said to people: when it is said, and in which words.

use tim_offline_push::registrar::Event;
use tim_offline_push::vendor::Vendor;

use super::rig::{Rig, login, steady, token};

#[test]
fn a_switch_warns_unless_the_server_is_known_to_have_nothing() {
    let warns = |rig: &mut Rig| {
        rig.effects.clear();
        rig.tell_all([login("bob")]);
        let warned = rig.drain().contains(&"Notice(AccountPossiblyBound)".to_owned());
        assert_eq!(warned, rig.machine.possibly_bound().count() == 1);
        warned
    };
    let mut rig = Rig::bound(steady());
    assert!(warns(&mut rig.clone()), "bound for certain");
    let mut off = rig.clone();
    off.tell_all([Event::PushDisabled]);
    assert!(warns(&mut off.clone()), "the report is under way");
    off.tell_all([off.done()]);
    assert!(!warns(&mut off), "unbound for certain");
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    assert!(!warns(&mut rig), "logged out before");
}

#[test]
fn a_diagnosis_tells_times_as_people_do() {
    let mut rig = Rig::registering(steady());
    let said = rig.machine.diagnose().to_string();
    assert!(said.contains("election: Registering (Xiaomi), waits for an answer for at most 10 s"), "{said}");
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    let said = rig.machine.diagnose().to_string();
    assert!(said.contains("binding: Reporting, waits for an answer for at most 15 s"), "{said}");
    rig.tell_all([rig.done()]);
    rig.pass(300_000);
    let said = rig.machine.diagnose().to_string();
    let again = said.lines().find(|line| line.starts_with("  binding: Bound, reported again in ")).unwrap();
    let hours: u32 = again.split_whitespace().rev().nth(3).unwrap().parse().unwrap();
    assert!(again.ends_with(" min") && again.contains(" h ") && (20..28).contains(&hours), "{said}");
    assert!(said.contains("\n  reports since the last start: 1 begun, 1 acknowledged"), "{said}");
}
