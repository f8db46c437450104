//! Vendor SDKs: each is started once in a process, and stopped once when the user takes the consent back.

use std::sync::Arc;

use tim_offline_push::certificate::{CertificateSlot, Certificates};
use tim_offline_push::device::{DeviceFacts, Probe, Service};
use tim_offline_push::registrar::{
    Configuration, Event, IgnoredReason, NotificationChannel, Region, RegistrationId, StateName, Verdict,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorCode};

use super::rig::{Rig, configuration, configured, id, login, phone, steady, token};

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
        Event::TokenInvalid { vendor: Vendor::Fcm, kind: TokenKind::Standard },
    ]);
    rig.effects.clear();
    rig.tell_all([Event::ConsentWithdrawn]);
    assert_eq!(unregistered(&mut rig), ["UnregisterVendor(Xiaomi)", "UnregisterVendor(FCM)"]);
    // The consent lasted long enough to start the first of them again.
    rig.tell_all([Event::ConsentGranted, Event::ConsentWithdrawn]);
    assert_eq!(unregistered(&mut rig), ["UnregisterVendor(Xiaomi)"]);
}

/// FCM was asked 4 s ago, and a late token of Xiaomi's made that needless; then that token died.
fn given_up() -> (Rig, RegistrationId) {
    let mut rig = Rig::registering(steady());
    rig.reach_deadline();
    assert!(rig.drain().contains(&"RegisterVendor(FCM)".to_owned()));
    let fcm = rig.registration.unwrap();
    rig.pass(4_000);
    rig.tell_all([
        token(Vendor::Xiaomi, "xiaomi-1"),
        Event::TokenInvalid { vendor: Vendor::Xiaomi, kind: TokenKind::Standard },
    ]);
    assert_eq!(rig.drain(), ["Store", "RegisterVendor(Xiaomi)", "Store"]);
    (rig, fcm)
}

fn refused(rig: &mut Rig) -> Vec<String> {
    let id = rig.registration.unwrap();
    rig.tell_all([Event::VendorFailed { id, code: (-987_654).into() }]);
    rig.drain()
}

#[test]
fn an_sdk_that_is_still_at_it_is_not_asked_again() {
    let (mut rig, _) = given_up();
    assert!(refused(&mut rig).is_empty(), "its answer to the first request may yet come");
    assert_eq!(rig.state(Region::Election), StateName::Registering);
    // It has no more time than it had.
    rig.pass(6_000);
    assert_eq!(rig.state(Region::Election), StateName::BackingOff);
}

#[test]
fn a_token_for_a_request_given_up_is_as_good_as_any() {
    let (mut rig, _) = given_up();
    refused(&mut rig);
    rig.tell_all([token(Vendor::Fcm, "fcm-1")]);
    assert_eq!(rig.state(Region::Election), StateName::Elected);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("Register")));
}

#[test]
fn an_sdk_that_has_refused_is_asked_again() {
    let (mut rig, fcm) = given_up();
    rig.tell_all([Event::VendorFailed { id: fcm, code: (-987_654).into() }]);
    assert!(matches!(
        rig.tell(Event::VendorFailed { id: fcm, code: (-987_654).into() }),
        Verdict::Ignored(IgnoredReason::Stale)
    ));
    assert_eq!(refused(&mut rig), ["RegisterVendor(FCM)"]);
}

#[test]
fn a_request_that_nobody_took_is_made_anew() {
    let mut rig = Rig::new(steady());
    let now = rig.now();
    rig.machine.handle(now, configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])));
    rig.machine.handle(now, phone("Xiaomi"));
    rig.machine.handle(now, phone("Huawei"));
    // Xiaomi's SDK was never asked, so nobody is at it.
    rig.tell_all([phone("Xiaomi")]);
    assert_eq!(rig.drain(), ["RegisterVendor(Xiaomi)", "Store"]);
}

#[test]
fn a_voip_request_outlasts_a_configuration_without_voip() {
    let with = || configured(configuration(&[Vendor::Apns]));
    let without = configured(configuration(&[]));
    let mut rig = Rig::new(steady());
    rig.tell_all([with(), phone("Apple")]);
    assert_eq!(rig.drain(), ["RegisterVendor(APNs)", "RegisterVendor(APNs VoIP)", "Store"]);
    rig.tell_all([without, with()]);
    let effects = rig.drain();
    assert!(!effects.iter().any(|effect| effect.starts_with("Register")), "{effects:?}");
    // Neither is waited for in vain for ever.
    rig.reach_deadline();
    let effects = rig.drain();
    assert!(effects.iter().any(|effect| effect == "Notice(VendorSilent)"), "{effects:?}");
    rig.reach_deadline();
    assert!(rig.drain().iter().any(|effect| effect.starts_with("RegisterVendor")));
}

#[test]
fn a_code_that_persists_is_taken_for_what_it_may_mean_then() {
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Fcm])), phone("google")]);
    let rather =
        |rig: &Rig| rig.machine.diagnose().last_codes[0].contains("perhaps rather: this device cannot");
    let refuse = |rig: &mut Rig| {
        let code = VendorCode::find(Vendor::Fcm, "SERVICE_NOT_AVAILABLE");
        rig.tell_all([Event::VendorFailed { id: rig.registration.unwrap(), code }]);
        rig.reach_deadline();
    };
    for times in 1..=4 {
        refuse(&mut rig);
        assert_eq!(rig.machine.counters().last_vendor_code_repeats, times);
        assert_eq!(rather(&rig), times >= 3, "{:?}", rig.machine.diagnose().last_codes);
    }
    // A token says that the SDK works after all.
    rig.tell_all([token(Vendor::Fcm, "fcm-1")]);
    assert!(!rather(&rig));
}

/// Each pass asks every vendor in turn, so the codes of several vendors alternate.
#[test]
fn a_code_persists_also_while_other_vendors_refuse() {
    let mut rig = Rig::new(steady());
    let wired = [Vendor::Xiaomi, Vendor::Honor, Vendor::Fcm];
    rig.tell_all([configured(configuration(&wired[..1])), phone("Xiaomi")]);
    let refuse = |rig: &mut Rig, wired: &[Vendor], maker: &str, code: VendorCode| {
        rig.tell(configured(configuration(wired)));
        rig.tell(phone(maker));
        if rig.state(Region::Election) == StateName::BackingOff {
            rig.reach_deadline();
        }
        rig.tell_all([Event::VendorFailed { id: rig.registration.unwrap(), code }]);
    };
    let fcm = || VendorCode::find(Vendor::Fcm, "SERVICE_NOT_AVAILABLE");
    let repeats = |rig: &Rig| rig.machine.counters().last_vendor_code_repeats;
    for times in 1..=4 {
        refuse(&mut rig, &wired[..1], "Xiaomi", (-987_654).into());
        assert_eq!(repeats(&rig), times);
        // Another code of that vendor begins anew.
        refuse(&mut rig, &wired[1..2], "Honor", i64::from(times).into());
        assert_eq!(repeats(&rig), 1);
        refuse(&mut rig, &wired[2..], "google", fcm());
        assert_eq!(repeats(&rig), times);
        let rather = rig.machine.diagnose().last_codes[0].contains("perhaps rather: this device cannot");
        assert_eq!(rather, times >= 3);
    }
    // A token ends the row of its own vendor only, and another code does too.
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
    assert_eq!(repeats(&rig), 4);
    refuse(&mut rig, &wired[2..], "google", VendorCode::find(Vendor::Fcm, "TIMEOUT"));
    assert_eq!(repeats(&rig), 1);
    refuse(&mut rig, &wired[2..], "google", fcm());
    assert_eq!(repeats(&rig), 1);
    rig.tell_all([Event::TokenInvalid { vendor: Vendor::Xiaomi, kind: TokenKind::Standard }]);
    refuse(&mut rig, &wired[..1], "Xiaomi", (-987_654).into());
    assert_eq!(repeats(&rig), 1);
}

/// The ordinary case: the maker's vendor and FCM, pass after pass.
#[test]
fn two_channels_that_refuse_in_every_pass_are_counted_apart() {
    let mut rig = Rig::registering(steady());
    for times in 1..=6 {
        for code in [VendorCode::from(-987_654), VendorCode::find(Vendor::Fcm, "SERVICE_NOT_AVAILABLE")] {
            rig.tell_all([Event::VendorFailed { id: rig.registration.unwrap(), code }]);
            assert_eq!(rig.machine.counters().last_vendor_code_repeats, times);
        }
        assert_eq!(rig.state(Region::Election), StateName::BackingOff);
        rig.reach_deadline();
    }
}

fn with_fcm_channel(wired: &[Vendor]) -> Event {
    let channel = NotificationChannel::new("tuikit", "Messages");
    configured(configuration(wired).with_notification_channel(Vendor::Fcm, channel))
}

#[test]
fn an_sdk_whose_notification_channel_was_under_way_is_started_after_all() {
    let mut rig = Rig::new(steady());
    rig.tell_all([with_fcm_channel(&[Vendor::Fcm]), token(Vendor::Fcm, "fcm-1"), phone("Xiaomi")]);
    assert!(rig.drain().contains(&"EnsureNotificationChannel(tuikit)".to_owned()));
    // A better vendor comes in between, and is refused.
    rig.tell_all([with_fcm_channel(&[Vendor::Xiaomi, Vendor::Fcm])]);
    assert_eq!(rig.drain(), ["RegisterVendor(Xiaomi)", "Store"]);
    let effects = refused(&mut rig);
    assert_eq!(rig.state(Region::Election), StateName::Elected);
    assert!(effects.contains(&"EnsureNotificationChannel(tuikit)".to_owned()), "{effects:?}");
    rig.tell_all([Event::NotificationChannelReady { id: rig.registration.unwrap() }]);
    assert_eq!(rig.drain(), ["RegisterVendor(FCM)", "Store"]);
}

#[test]
fn a_notification_channel_that_nobody_made_still_goes_first() {
    let mut rig = Rig::new(steady());
    let now = rig.now();
    let oppo = || configuration(&[Vendor::Oppo]);
    rig.machine.handle(now, configured(oppo()));
    rig.machine.handle(now, phone("OPPO"));
    rig.machine.handle(now, configured(oppo().with_consent_required(true)));
    rig.tell_all([Event::ConsentGranted]);
    let effects = rig.drain();
    assert!(effects.contains(&"EnsureNotificationChannel(tuikit)".to_owned()), "{effects:?}");
    assert!(!effects.contains(&"RegisterVendor(OPPO)".to_owned()), "{effects:?}");
}

fn voip_token() -> Event {
    Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text: Secret::new("cd".repeat(32)) }
}

#[test]
fn an_sdk_that_has_given_its_voip_token_is_not_asked_again() {
    let mut rig = Rig::new(steady());
    let apple = || configuration(&[Vendor::Apns]);
    rig.tell_all([configured(apple()), phone("Apple"), token(Vendor::Apns, &"ab".repeat(32)), voip_token()]);
    rig.effects.clear();
    rig.tell_all([configured(apple().with_consent_required(true)), Event::ConsentGranted]);
    rig.tell_all([configured(configuration(&[])), configured(apple())]);
    let effects = rig.drain();
    assert!(!effects.iter().any(|effect| effect.starts_with("Register")), "{effects:?}");
    // Until its token dies.
    rig.tell_all([Event::TokenInvalid { vendor: Vendor::Apns, kind: TokenKind::Voip }]);
    assert!(rig.drain().contains(&"RegisterVendor(APNs VoIP)".to_owned()));
}

#[test]
fn a_restored_voip_token_needs_the_start_of_its_sdk_once() {
    let mut rig = Rig::new(steady());
    let apple = || configured(configuration(&[Vendor::Apns]));
    rig.tell_all([apple(), phone("Apple"), token(Vendor::Apns, &"ab".repeat(32)), voip_token()]);
    let (mut rig, _) = rig.restart(2);
    // The app is configured before the phone is described.
    rig.tell_all([apple(), phone("Apple")]);
    assert_eq!(rig.drain(), ["RegisterVendor(APNs)", "RegisterVendor(APNs VoIP)"]);
}

#[test]
fn a_voip_request_that_nobody_took_goes_with_its_certificate() {
    let mut rig = Rig::new(steady());
    let now = rig.now();
    rig.machine.handle(now, configured(configuration(&[Vendor::Apns])));
    rig.machine.handle(now, phone("Apple"));
    rig.tell_all([configured(configuration(&[]))]);
    let effects = rig.drain();
    assert!(!effects.iter().any(|effect| effect.starts_with("Register")), "{effects:?}");
    rig.tell_all([configured(configuration(&[Vendor::Apns]))]);
    assert_eq!(rig.drain(), ["RegisterVendor(APNs)", "RegisterVendor(APNs VoIP)", "Store"]);
}

#[test]
fn several_sdks_that_are_still_at_it_are_not_asked_again() {
    let three = [Vendor::Xiaomi, Vendor::Fcm, Vendor::Huawei];
    let mut rig = Rig::registering(steady());
    rig.pass(1_000);
    rig.tell_all([phone("Huawei")]);
    rig.pass(1_000);
    rig.tell_all([configured(configuration(&three))]);
    let registered: Vec<_> = rig.drain().into_iter().filter(|effect| effect != "Store").collect();
    assert_eq!(registered, ["RegisterVendor(Xiaomi)", "RegisterVendor(FCM)", "RegisterVendor(Huawei)"]);
    rig.pass(1_000);
    rig.tell_all([phone("Xiaomi"), phone("Huawei"), phone("Xiaomi")]);
    assert!(rig.drain().is_empty(), "their answers may yet come");
    // Xiaomi's has no more time than it had, then FCM's.
    rig.pass(7_000);
    assert_eq!(rig.drain(), ["Notice(VendorSilent)"]);
    rig.pass(1_000);
    assert_eq!(rig.state(Region::Election), StateName::BackingOff);
}

#[test]
fn an_sdk_that_an_earlier_process_started_is_unregistered() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice")]);
    let (mut rig, _) = rig.restart(2);
    rig.tell_all([Event::ConsentWithdrawn]);
    assert_eq!(unregistered(&mut rig), ["UnregisterVendor(Xiaomi)"]);
    let (mut rig, _) = rig.restart(3);
    rig.tell_all([Event::ConsentGranted, Event::ConsentWithdrawn]);
    assert!(unregistered(&mut rig).is_empty(), "once is enough");
}

#[test]
fn an_sdk_that_was_never_started_is_not_unregistered() {
    let mut rig = Rig::new(steady());
    let now = rig.now();
    rig.machine.handle(now, configured(configuration(&[Vendor::Xiaomi])));
    rig.machine.handle(now, phone("Xiaomi"));
    rig.tell_all([Event::ConsentWithdrawn]);
    let effects = rig.drain();
    assert!(!effects.iter().any(|effect| effect.contains("Xiaomi")), "{effects:?}");
}

#[test]
fn an_sdk_that_gives_a_token_after_all_is_unregistered_again() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([Event::ConsentWithdrawn]);
    assert_eq!(unregistered(&mut rig), ["UnregisterVendor(Xiaomi)"]);
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
    assert_eq!(unregistered(&mut rig), ["UnregisterVendor(Xiaomi)"]);
}

#[test]
fn a_voip_token_is_asked_for_where_there_is_no_certificate_for_another() {
    let voip = Certificates::new().with(CertificateSlot::voip(), id(100));
    let configuration = Configuration::new(voip, [Vendor::Apns]).with_consent_required(true);
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration), phone("Apple"), login("alice")]);
    assert_eq!(rig.drain(), ["Store"]);
    rig.tell_all([Event::ConsentGranted]);
    assert_eq!(rig.drain(), ["Notice(NoVendor)", "RegisterVendor(APNs VoIP)", "Store"]);
    let text = Secret::new("ab".repeat(32));
    rig.tell_all([Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text }]);
    rig.tell_all([rig.done()]);
    assert_eq!(rig.state(Region::VoipBinding), StateName::Bound);
    rig.tell_all([Event::PushDisabled]);
    rig.tell_all([rig.done()]);
    assert!(rig.drain().contains(&"Report(nothing VoIP)".to_owned()));
}

/// A Xiaomi phone with Meizu's service, that was asked for all three tokens, and holds those of Meizu and
/// FCM.
fn without_room() -> (Rig, Event) {
    let phone = |is_global| {
        let facts = DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]").unwrap();
        let meizu = Probe::Available { version: None };
        let facts = facts.with_probe(Service::Meizu, meizu).with_global_miui(is_global);
        Event::DeviceFacts(Arc::new(facts))
    };
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi, Vendor::Meizu, Vendor::Fcm])), phone(false)]);
    assert_eq!(rig.drain(), ["RegisterVendor(Xiaomi)", "Store"]);
    rig.tell_all([phone(true), token(Vendor::Meizu, "meizu-1"), token(Vendor::Fcm, "fcm-1")]);
    rig.effects.clear();
    (rig, phone(false))
}

#[test]
fn an_sdk_whose_token_found_no_room_was_not_silent() {
    let (mut rig, back) = without_room();
    assert_eq!(rig.tell(token(Vendor::Xiaomi, "xiaomi-1")), Verdict::Applied, "it answers the request");
    let again = rig.tell(token(Vendor::Xiaomi, "xiaomi-1"));
    assert_eq!(again, Verdict::Ignored(IgnoredReason::NoRoom));
    // Its token is wanted after all.
    rig.tell_all([back]);
    assert!(rig.drain().contains(&"RegisterVendor(Xiaomi)".to_owned()));
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
    assert_eq!(rig.machine.diagnose().elected, Some(Vendor::Xiaomi));
    while rig.reach_deadline() && rig.millis < 60_000 {}
    assert!(!rig.drain().contains(&"Notice(VendorSilent)".to_owned()));
}

#[test]
fn a_registration_that_was_unregistered_is_not_taken_up_again() {
    let kinds = [TokenKind::Standard, TokenKind::Voip];
    let token = |kind| Event::Token { vendor: Vendor::Apns, kind, text: Secret::new("ab".repeat(32)) };
    for (kind, withdraws_again) in kinds.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
        let mut rig = Rig::new(steady());
        rig.tell_all([configured(configuration(&[Vendor::Apns])), phone("Apple"), Event::ConsentWithdrawn]);
        assert!(rig.drain().contains(&"UnregisterVendor(APNs)".to_owned()));
        // The SDK gives one of the two tokens, and the user agrees before it is unregistered again.
        if withdraws_again {
            rig.tell_all([token(kind), Event::ConsentGranted]);
            rig.tell_untaken(Event::ConsentWithdrawn);
        } else {
            rig.tell_untaken(token(kind));
        }
        rig.tell_all([Event::ConsentGranted]);
        if withdraws_again {
            rig.tell_all([token(kind)]);
        }
        rig.drain();
        // For the other it is asked again, and nobody calls it silent.
        let mut effects = Vec::new();
        while !effects.iter().any(|effect: &String| effect.starts_with("RegisterVendor")) {
            assert!(rig.millis < 60_000 && rig.reach_deadline(), "{kind}, {withdraws_again}: {effects:?}");
            effects.extend(rig.drain());
        }
        let is_silent = effects.contains(&"Notice(VendorSilent)".to_owned());
        assert!(!is_silent, "{kind}, {withdraws_again}: {effects:?}");
    }
}
