//! What a diagnosis says first, in each place where a phone can be stuck.

use std::time::Duration;

use tim_offline_push::registrar::{Configuration, NotificationChannel, Region, Registrar};
use tim_offline_push::testing::{Ask, Phone, Reply};
use tim_offline_push::vendor::Vendor;

use super::{alice, bob, certificates, xiaomi};

fn start(phone: &Phone, configure: fn(Configuration) -> Configuration) -> Registrar {
    phone.registrar(certificates()).configure(configure).start(xiaomi()).unwrap()
}

fn plain(configuration: Configuration) -> Configuration {
    configuration
}

/// Where it is stuck, why, and what helps.
fn blocker(push: &Registrar) -> (Region, String, String) {
    let diagnosis = push.diagnose();
    assert!(!diagnosis.reachable, "{diagnosis}");
    let blocker = diagnosis.blocked_by.clone().unwrap_or_else(|| panic!("nothing blocks: {diagnosis}"));
    assert!(diagnosis.to_string().starts_with(&format!("not reachable: {}", blocker.cause)), "{diagnosis}");
    (blocker.region, blocker.cause, blocker.fix)
}

fn assert_blocked(push: &Registrar, region: Region, cause: &str, help: &str) {
    let (actual, why, remedy) = blocker(push);
    assert_eq!(actual, region, "{why}");
    assert!(why.contains(cause), "{why}");
    assert!(remedy.contains(help), "{remedy}");
}

#[test]
fn of_an_election() {
    let phone = Phone::new();
    let push = start(&phone, |configuration| configuration.with_consent_required(true));
    push.logged_in(alice());
    assert_blocked(&push, Region::Election, "has not agreed", "consent");
    push.withdraw_consent();
    assert_blocked(&push, Region::Election, "took the consent back", "consent");

    let phone = Phone::new();
    for vendor in Vendor::ALL.iter().copied() {
        phone.otherwise(vendor, Reply::silence());
    }
    let push = start(&phone, plain);
    assert_blocked(&push, Region::Election, "the Xiaomi SDK was asked for a token", "callback");
    phone.advance(Duration::from_secs(15));
    assert_blocked(&push, Region::Election, "the Xiaomi SDK gave no token within 10 s", "callback");
    phone.advance(Duration::from_secs(5));
    assert_blocked(&push, Region::Election, "the Xiaomi SDK gave no token within 10 s", "callback");
    assert!(push.diagnose().also.iter().any(|also| also.cause == "the FCM SDK gave no token within 10 s"));

    let phone = Phone::new();
    phone.script(Ask::NotificationChannel, [Reply::silence()]);
    let push = start(&phone, |configuration| {
        configuration.with_notification_channel(Vendor::Xiaomi, NotificationChannel::new("m", "Messages"))
    });
    assert_blocked(&push, Region::Election, "waits for its notification channel", "host's answer");
}

#[test]
fn of_a_session() {
    let phone = Phone::new();
    let push = start(&phone, plain);
    assert_blocked(&push, Region::Session, "nobody is logged in", "login");
    phone.script(Ask::Report, [Reply::silence()]);
    let session = push.logged_in(alice());
    push.log_out(session, |_| {});
    assert_blocked(&push, Region::Session, "a logout is under way", "next login");
}

#[test]
fn of_a_report() {
    for (code, cause, help) in [
        (22001, "does not know the certificate", "console"),
        (6014, "nobody is logged in", "log in to the IM SDK first"),
        (22006, "code 22006: called too often", "try again later"),
        (
            6017,
            "reports have stopped, since the same one would fail each time, code 6017",
            "business id and token",
        ),
    ] {
        let phone = Phone::new();
        phone.otherwise(Ask::Report, Reply::failed(code));
        let push = start(&phone, plain);
        push.logged_in(alice());
        assert_blocked(&push, Region::Binding, cause, help);
    }
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::silence()]);
    let push = start(&phone, plain);
    push.logged_in(alice());
    assert_blocked(&push, Region::Binding, "under way", "answer");
    push.disable_push();
    assert_blocked(&push, Region::Binding, "turned off", "enable_push");
}

#[test]
fn of_doubt_which_is_no_blocker() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::lost()]);
    let push = start(&phone, plain);
    push.logged_in(alice());
    phone.advance(Duration::from_secs(30));
    let diagnosis = push.diagnose();
    assert!(!diagnosis.reachable);
    assert_eq!(diagnosis.blocked_by, None);
    let text = diagnosis.to_string();
    assert!(text.starts_with("reachable as far as is known; one more report follows"), "{text}");
    assert!(text.contains("believed of the server: standard unknown, a report of unknown outcome"), "{text}");

    phone.advance(Duration::from_secs(60));
    let text = push.diagnose().to_string();
    assert!(text.starts_with("reachable\n") && text.contains("server: standard bound\n"), "{text}");
    assert!(text.contains("binding: Bound, reported again in 2") && text.contains(" h "), "{text}");
}

/// S11: whatever happens meanwhile, a server is not asked sooner than it wished.
#[test]
fn a_wait_that_the_server_asked_for_outlasts_every_change() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::failed(22006).retry_after(Duration::from_secs(90))]);
    let push = start(&phone, plain);
    push.logged_in(alice());
    push.disable_push();
    push.enable_push();
    push.configure(Configuration::new(certificates(), Vendor::ALL.iter().copied()).with_app_version("2"));
    push.retry();
    push.network_up();
    push.enter_foreground();
    phone.advance(Duration::from_secs(89));
    assert_eq!(phone.reports().len(), 1);
    phone.advance(Duration::from_secs(2));
    assert_eq!(phone.reports().len(), 2);
}

/// An app's test sees that another account is logged in, though no account is shown.
#[test]
fn of_two_accounts_by_their_fingerprints() {
    let phone = Phone::new();
    let push = start(&phone, plain);
    push.logged_in(alice());
    let first = push.diagnose().account;
    push.logged_in(bob());
    let second = push.diagnose();
    assert!(first.is_some() && second.account.is_some() && first != second.account);
    assert_eq!(second.possibly_bound, [first]);
}
