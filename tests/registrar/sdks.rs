//! Vendor SDKs: each is started once in a process, and stopped once when the user takes the consent back.

use tim_offline_push::registrar::Event;
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{Rig, steady, token};

/// The SDKs that were to be stopped so far.
fn unregistered(rig: &mut Rig) -> Vec<String> {
    rig.drain().into_iter().filter(|effect| effect.starts_with("Unregister")).collect()
}

#[test]
fn whoever_was_started_is_unregistered_once() {
    let mut rig = Rig::registering(steady());
    // One SDK stays silent, the token of the other dies.
    rig.reach_deadline();
    rig.tell_all([
        token(Vendor::Fcm, "fcm-1"),
        Event::TokenInvalid { channel: Vendor::Fcm, kind: TokenKind::Standard },
    ]);
    rig.effects.clear();
    rig.tell_all([Event::ConsentWithdrawn]);
    assert_eq!(unregistered(&mut rig), ["UnregisterVendor(Xiaomi)", "UnregisterVendor(FCM)"]);
    // The consent lasted long enough to start the first of them again.
    rig.tell_all([Event::ConsentGranted, Event::ConsentWithdrawn]);
    assert_eq!(unregistered(&mut rig), ["UnregisterVendor(Xiaomi)"]);
}
