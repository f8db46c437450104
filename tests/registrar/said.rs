//! What is said to people: when it is said, and in which words.

use tim_offline_push::registrar::Event;

use super::rig::{Rig, login, steady};

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
