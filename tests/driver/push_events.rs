//! Arrivals and clicks, from the handle to the IM client.

use std::time::Duration;

use tim_offline_push::notification::{DataMessage, Payload, PushEvent, PushEventKind, Tap};
use tim_offline_push::registrar::{IgnoredReason, Registrar, Verdict};
use tim_offline_push::testing::{Ask, Phone, Reply};

use super::{alice, certificates, xiaomi};

fn start(phone: &Phone) -> Registrar {
    phone.registrar(certificates()).start(xiaomi()).unwrap()
}

fn message(json: &str) -> DataMessage {
    DataMessage::read(&Payload::from_json(json).unwrap()).unwrap()
}

#[test]
fn an_arrival_and_a_click_are_reported_once() {
    let phone = Phone::new();
    let push = start(&phone);
    let shown = message(r#"{"IMTitle":"denny","IMDesc":"hi","ext":"{}","clickExt":"p1"}"#);
    assert_eq!(push.arrived(&shown), Verdict::Applied);
    assert_eq!(push.arrived(&shown), Verdict::Ignored(IgnoredReason::Unchanged));
    let tap = Tap::new(None, shown.tap_extras());
    assert_eq!(push.tapped(tap), Verdict::Applied);
    // Nothing is shown, or nothing can be counted.
    for text in [r#"{"clickExt":"p2"}"#, r#"{"IMTitle":"denny","ext":"{}"}"#] {
        assert_eq!(push.arrived(&message(text)), Verdict::Ignored(IgnoredReason::NotCounted), "{text}");
    }
    assert_eq!(phone.push_events(), []);
    phone.script(Ask::PushEvents, [Reply::dropped(), Reply::failed(22006), Reply::panic()]);
    push.logged_in(alice());
    phone.advance(Duration::from_secs(60));
    let events = phone.push_events();
    let kinds: Vec<_> = events.iter().map(PushEvent::kind).collect();
    assert_eq!(kinds, [PushEventKind::Arrived, PushEventKind::Clicked].repeat(4), "until it is confirmed");
    let diagnosis = push.diagnose();
    assert_eq!((diagnosis.kept_push_events, diagnosis.counters.push_events_reported), (0, 2));
    assert!(diagnosis.reachable, "{diagnosis}");
}

/// A host that hangs in this call holds up no other.
#[test]
fn a_slow_report_of_push_events_holds_up_nothing_else() {
    let phone = Phone::new();
    phone.script(Ask::PushEvents, [Reply::silence()]);
    let push = start(&phone);
    push.arrived(&message(r#"{"IMTitle":"denny","ext":"{}","clickExt":"p1"}"#));
    push.logged_in(alice());
    assert_eq!(phone.push_events().len(), 1);
    assert!(push.diagnose().reachable);
    phone.advance(Duration::from_secs(15));
    phone.advance(Duration::from_secs(2));
    assert_eq!(phone.push_events().len(), 2);
}

#[test]
fn an_im_client_without_the_call_is_never_asked_and_the_diagnosis_says_so() {
    let phone = Phone::new();
    phone.without_push_events();
    let push = start(&phone);
    push.logged_in(alice());
    let shown = message(r#"{"IMTitle":"denny","ext":"{}","clickExt":"p1"}"#);
    assert_eq!(push.arrived(&shown), Verdict::Ignored(IgnoredReason::NotCounted));
    assert_eq!(push.tapped(Tap::new(None, shown.tap_extras())), Verdict::Applied);
    phone.advance(Duration::from_secs(60));
    assert_eq!(phone.push_events(), []);
    let diagnosis = push.diagnose().to_string();
    assert!(diagnosis.contains("arrivals and clicks not reported: 2"), "{diagnosis}");
}

/// What the host leaves unanswered is the host's, and said so; the server is not blamed.
#[test]
fn a_client_that_answers_no_report_of_push_events_is_told_so_once() {
    for (reply, words) in [
        (Reply::dropped(), "report_push_events dropped its completion"),
        (Reply::panic(), "report_push_events panicked"),
        (Reply::silence(), "report_push_events was not answered within 15 s"),
    ] {
        let phone = Phone::new();
        phone.script(Ask::PushEvents, std::iter::repeat_n(reply, 150));
        let push = start(&phone);
        push.arrived(&message(r#"{"IMTitle":"denny","ext":"{}","clickExt":"p1"}"#));
        push.logged_in(alice());
        phone.advance(Duration::from_secs(120));
        let notices: Vec<String> = phone.journal().notices().iter().map(ToString::to_string).collect();
        let told: Vec<_> = notices.iter().filter(|notice| notice.contains("push_events")).collect();
        assert_eq!(told.len(), 1, "{notices:?}");
        assert!(told.iter().all(|notice| notice.contains(words)), "{told:?}");
        // A lost answer is not waited for: the second call comes after the back-off.
        assert!(phone.push_events().len() > 3, "{words}");
        phone.advance(Duration::from_secs(100 * 400));
        let notices: Vec<String> = phone.journal().notices().iter().map(ToString::to_string).collect();
        let given_up = notices.iter().find(|notice| notice.starts_with("push_events_refused"));
        let given_up = given_up.unwrap_or_else(|| panic!("{notices:?}"));
        assert!(given_up.contains("without being confirmed") && !given_up.contains("server"), "{given_up}");
    }
}
