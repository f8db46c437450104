//! What outlives the process: total on any bytes, bounded, and silent about secrets.

use proptest::prelude::*;
use serde_json::{Value, json};
use tim_offline_push::notification::{Payload, Tap};
use tim_offline_push::registrar::{
    DoubtStatus, Event, IgnoredReason, InstallId, Machine, NoticeCode, Origin, Policy, Restored, Verdict,
};
use tim_offline_push::vendor::Vendor;

use super::rig::{Rig, configuration, configured, login, origin, phone, steady, tap, token, words};

fn restore(bytes: &[u8]) -> (Machine, Restored) {
    Machine::restore(origin(2), Policy::default(), bytes, Rig::new(steady()).now())
}

/// Everything that a snapshot can hold.
fn full() -> Vec<u8> {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::ConsentGranted, token(Vendor::Fcm, "fcm-1"), login("bob"), Event::PushDisabled]);
    rig.tell_all([Event::HostReady, Event::Tapped(tap("m0", Some("bob")))]);
    rig.tell_all([Event::TapHandled { id: rig.tap.unwrap() }, Event::Tapped(tap("m1", Some("alice")))]);
    rig.machine.snapshot().into_bytes()
}

#[test]
fn the_stored_form_is_frozen() {
    let text = String::from_utf8(full()).unwrap();
    let expected = concat!(
        r#"{"version":1,"install":639180215881471270,"consent":true,"push_disabled":true,"#,
        r#""tokens":[{"vendor":"Xiaomi","text":"xiaomi-1","since":1800000000},"#,
        r#"{"vendor":"FCM","text":"fcm-1","since":1800000000}],"elected":"Xiaomi","#,
        r#""started":["Xiaomi"],"#,
        r#""session":{"account":"bob","kinds":["standard"],"intents":["standard"]},"#,
        r#""possibly_bound":[{"account":"alice","kinds":["standard"]}],"last_bound":"alice","#,
        r#""taps":[{"id":4294967313,"tap":{"account":"alice","message_id":"m1","payload":{"extras":{"ext":"ext of m1"}}},"since":1800000000}],"#,
        r#""handled":[3850455329620576225]}"#,
    );
    assert_eq!(text, expected);
}

#[test]
fn what_was_written_is_read_back() {
    let (machine, restored) = restore(&full());
    assert_eq!(restored, Restored::Resumed);
    let diagnosis = machine.diagnose();
    assert_eq!(diagnosis.tokens.len(), 2);
    assert_eq!(diagnosis.elected, Some(Vendor::Xiaomi));
    assert_eq!(diagnosis.held_taps, 1);
    let accounts: Vec<_> = machine.possibly_bound().map(|user| user.as_str().to_owned()).collect();
    assert_eq!(accounts, ["alice", "bob"], "the report for bob was under way");
    assert_eq!(diagnosis.beliefs[0].doubt, DoubtStatus::Unsettled);
}

#[test]
fn a_snapshot_that_does_not_tell_whose_sdk_was_started_is_read() {
    let text = String::from_utf8(full()).unwrap();
    let older = text.replacen(r#""started":["Xiaomi"],"#, "", 1);
    assert!(older.len() < text.len());
    let (machine, restored) = restore(older.as_bytes());
    assert_eq!(restored, Restored::Resumed);
    assert_eq!(machine.diagnose(), restore(text.as_bytes()).0.diagnose());
}

#[test]
fn unknown_fields_are_passed_over() {
    let text = String::from_utf8(full()).unwrap();
    let text = text.replacen('{', r#"{"new":{"deep":[1,2,{}]},"#, 1);
    assert_eq!(restore(text.as_bytes()).1, Restored::Resumed);
}

/// The text of a full snapshot, with this in the place of that.
fn altered(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(full()).unwrap();
    let altered = text.replacen(from, to, 1);
    assert_ne!(altered, text, "{from}");
    altered.into_bytes()
}

/// What a later version may have written: vendors and kinds that this one does not know, other types.
const LATER: [&str; 11] = [
    r#"{"vendor":"Later","text":"CANARY","since":1800000000}"#,
    r#"{"vendor":"Xiaomi","kind":"later","text":"CANARY","since":1800000000}"#,
    r#"{"vendor":"Xiaomi","text":7,"since":"CANARY"}"#,
    r#"{"vendor":"Xiaomi"}"#,
    r#"{"id":1,"tap":{"vendor":"Later","payload":{"extras":{"ext":"CANARY"}}},"since":1.5}"#,
    r#""an account of a later version, which has more than 32 bytes""#,
    "-1",
    "1.5",
    "null",
    "{}",
    r#"[["standard"]]"#,
];

/// What is in a machine after a full snapshot but for its taps.
fn is_resumed(machine: &Machine) -> bool {
    let diagnosis = machine.diagnose();
    let accounts: Vec<_> = machine.possibly_bound().map(|user| user.as_str().to_owned()).collect();
    diagnosis.tokens.len() == 2 && diagnosis.elected == Some(Vendor::Xiaomi) && accounts == ["alice", "bob"]
}

#[test]
fn an_element_that_does_not_read_costs_nothing_else() {
    for later in LATER {
        for list in
            ["/tokens", "/started", "/doubt", "/session/intents", "/possibly_bound", "/taps", "/handled"]
        {
            let mut document: Value = serde_json::from_slice(&full()).unwrap();
            document["doubt"] = json!(["voip"]);
            let elements = document.pointer_mut(list).unwrap().as_array_mut().unwrap();
            let later: Value = serde_json::from_str(later).unwrap();
            elements.insert(0, later.clone());
            elements.push(later.clone());
            let bytes = serde_json::to_vec(&document).unwrap();
            let (mut machine, restored) = restore(&bytes);
            assert_eq!(restored, Restored::InPart { unread: 2 }, "{list}: {later}");
            assert!(is_resumed(&machine), "{list}: {later}: {}", machine.diagnose());
            assert_eq!(machine.diagnose().held_taps, 1, "{list}: {later}");
            assert_eq!(machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled, "{list}: {later}");
            let known = machine.handle(Rig::new(steady()).now(), Event::Tapped(tap("m0", None)));
            assert_eq!(known, Verdict::Ignored(IgnoredReason::DuplicateTap), "{list}: {later}");
            let effects: Vec<_> = std::iter::from_fn(|| machine.poll_effect()).collect();
            assert!(effects.iter().any(|effect| words(effect) == "Notice(SnapshotUnreadable)"));
            assert!(!format!("{effects:?}{machine:?}").contains("CANARY"));
        }
    }
}

#[test]
fn a_member_that_does_not_read_costs_nothing_else() {
    let members = [
        ("consent", "true"),
        ("push_disabled", "true"),
        ("elected", r#""Xiaomi""#),
        ("last_bound", r#""alice""#),
        ("handled", "[3850455329620576225]"),
        ("possibly_bound", r#"[{"account":"alice","kinds":["standard"]}]"#),
    ];
    for (member, value) in members {
        for later in [
            r#""a member of a later version, which has more than 32 bytes""#,
            "-1.5",
            r#"{"new":[{}]}"#,
            r#""\ud800""#,
        ] {
            let bytes = altered(&format!(r#""{member}":{value}"#), &format!(r#""{member}":{later}"#));
            let (machine, restored) = restore(&bytes);
            assert_eq!(restored, Restored::InPart { unread: 1 }, "{member}: {later}");
            let diagnosis = machine.diagnose();
            assert_eq!((diagnosis.tokens.len(), diagnosis.held_taps), (2, 1), "{member}: {later}");
            assert!(machine.possibly_bound().any(|user| user.as_str() == "bob"), "{member}: {later}");
        }
    }
    // The token itself reads, but nobody knows whose session it was: whoever logs in may not be alone.
    let session = r#"{"account":"bob","kinds":["standard"],"intents":["standard"]}"#;
    let (machine, restored) = restore(&altered(session, r#"{"account":7}"#));
    assert_eq!(restored, Restored::InPart { unread: 1 });
    assert_eq!((machine.diagnose().tokens.len(), machine.possibly_bound().count()), (2, 1));
    assert_eq!(machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled);
}

/// What is null where a value must be says nothing, and is no value by default.
#[test]
fn a_null_is_no_value() {
    let session = r#"{"account":"bob","kinds":["standard"],"intents":["standard"]}"#;
    for null in ["outcome_unknown", "draining", "account", "kinds", "intents"] {
        let later = session.replacen('{', &format!("{{\"{null}\":null,"), 1);
        let later = later.replacen(&format!(r#","{null}":["standard"]"#), "", 1);
        let later = if null == "account" { later.replacen(r#","account":"bob""#, "", 1) } else { later };
        let (machine, restored) = restore(&altered(session, &later));
        assert_eq!(restored, Restored::InPart { unread: 1 }, "{later}");
        assert_eq!(machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled, "{later}");
        let listed = machine.possibly_bound().any(|user| user.as_str() == "bob");
        assert_eq!(listed, matches!(null, "kinds" | "intents"), "{later}");
    }
    let token = r#"{"vendor":"Xiaomi","text":"xiaomi-1","since":1800000000}"#;
    let of_no_kind = token.replacen('{', r#"{"kind":null,"#, 1);
    let (machine, restored) = restore(&altered(token, &of_no_kind));
    assert_eq!((restored, machine.diagnose().tokens.len()), (Restored::InPart { unread: 1 }, 1));
    // Where there may be none, null is none.
    let (_, restored) = restore(&altered(r#""tap":{"#, r#""assumed":null,"tap":{"vendor":null,"#));
    assert_eq!(restored, Restored::Resumed);
}

#[test]
fn a_member_that_stands_twice_costs_itself_alone() {
    let (machine, restored) = restore(&altered(r#""last_bound":"#, r#""last_bound":"carol","last_bound":"#));
    assert_eq!(restored, Restored::InPart { unread: 1 });
    assert!(is_resumed(&machine), "{}", machine.diagnose());
    // Which version is it?
    let restored = restore(&altered(r#""version":1"#, r#""version":1,"version":2"#)).1;
    assert!(matches!(restored, Restored::Malformed { line: 1, .. }), "{restored:?}");
}

#[test]
fn members_of_a_later_version_cost_nothing_however_many() {
    let new = (0..200).map(|number| format!(r#""new{}":{{"deep":[{number}]}},"#, number % 150));
    let new = new.collect::<Vec<_>>().concat();
    let (machine, restored) = restore(&altered("{", &format!("{{{new}")));
    assert_eq!(restored, Restored::Resumed);
    assert!(is_resumed(&machine), "{}", machine.diagnose());
    let restored = restore(&altered(r#""account":"bob""#, &format!(r#"{new}"account":"bob""#))).1;
    assert_eq!(restored, Restored::Resumed);
}

#[test]
fn places_count_from_one_and_a_version_has_32_bits() {
    assert_eq!(restore(&[0xff]).1, Restored::Malformed { line: 1, column: 1 });
    let restored = restore(&altered(r#""version":1"#, r#""version":5000000000"#)).1;
    assert!(matches!(restored, Restored::Malformed { line: 1, .. }), "{restored:?}");
}

/// Any app can start the activity with any extras, also with keys that `serde_json` has a use for of its own.
#[test]
fn a_tap_with_a_key_of_serde_json_is_read_back() {
    for reserved in ["$serde_json::private::Number", "$serde_json::private::RawValue"] {
        for extras in [vec![(reserved, "5")], vec![(reserved, "5"), ("ext", "{}")], vec![(reserved, "x")]] {
            let payload = Payload::from_texts(extras, None).unwrap();
            let mut rig = Rig::bound(steady());
            rig.tell_all([Event::Tapped(Tap::new(Some(Vendor::Huawei), payload))]);
            let (machine, restored) = restore(rig.machine.snapshot().as_bytes());
            assert_eq!((restored, machine.diagnose().held_taps), (Restored::Resumed, 1), "{reserved}");
        }
    }
}

/// The form of a tap is the one of its own serde.
#[test]
fn a_tap_is_stored_as_serde_writes_it() {
    let stored = tap("m1", Some("alice"));
    let written = format!(r#""tap":{}"#, serde_json::to_string(&stored).unwrap());
    assert!(String::from_utf8(full()).unwrap().contains(&written), "{written}");
}

/// The user's no outlives a downgrade.
#[test]
fn a_vendor_of_a_later_version_does_not_bring_back_a_consent_that_was_withdrawn() {
    let text = concat!(
        r#"{"version":1,"install":639180215881471270,"consent":false,"elected":"Later","#,
        r#""tokens":[{"vendor":"Later","text":"later-1","since":1800000000}]}"#
    );
    let (machine, restored) = restore(text.as_bytes());
    assert_eq!(restored, Restored::InPart { unread: 2 });
    let mut rig = Rig::around(machine, 5_000);
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi")]);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("RegisterVendor")));
    assert_eq!(rig.machine.diagnose().blocked_by.unwrap().cause, "the user took the consent back");
}

/// A tap that does not say for whom it is may be for the account that does not read.
#[test]
fn no_tap_is_assumed_to_be_for_an_account_while_another_does_not_read() {
    for (bytes, receiver) in [
        (full(), "DeliverTap(unknown)"),
        (altered(r#"[{"account":"alice","kinds":["standard"]}]"#, "[]"), "DeliverTap(unknown)"),
        // Nothing of bob's session can land any more, but what it left is there.
        (
            altered(
                r#","intents":["standard"]},"possibly_bound":[{"account":"alice","kinds":["standard"]}]"#,
                "}",
            ),
            "DeliverTap(unknown)",
        ),
        (
            altered(r#""session":{"account":"bob","kinds":["standard"],"intents":["standard"]},"#, ""),
            "DeliverTap(assumed)",
        ),
        (
            altered(
                r#""session":{"account":"bob","kinds":["standard"],"intents":["standard"]},"#,
                r#""session":7,"#,
            ),
            "DeliverTap(unknown)",
        ),
    ] {
        let mut rig = Rig::around(restore(&bytes).0, 5_000);
        rig.tell_all([Event::Tapped(tap("m9", None)), Event::HostReady, login("alice")]);
        let delivered: Vec<_> =
            rig.drain().into_iter().filter(|effect| effect.starts_with("Deliver")).collect();
        assert!(delivered.iter().any(|effect| effect == receiver), "{delivered:?}");
    }
}

#[test]
fn a_later_version_is_not_guessed_at() {
    let text = String::from_utf8(full()).unwrap().replacen(r#""version":1"#, r#""version":2"#, 1);
    let (machine, restored) = restore(text.as_bytes());
    assert_eq!(restored, Restored::LaterVersion { version: 2 });
    assert_eq!(machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled);
}

#[test]
fn no_bytes_are_a_fresh_start_without_doubt() {
    let (machine, restored) = restore(&[]);
    assert_eq!(restored, Restored::Fresh);
    assert_eq!(machine.diagnose().beliefs[0].doubt, DoubtStatus::None);
}

#[test]
fn another_installation_keeps_the_users_no_and_nothing_else() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::ConsentGranted, Event::PushDisabled, Event::Tapped(tap("m1", None)), login("bob")]);
    let bytes = rig.machine.snapshot().into_bytes();
    let other = Origin::new(InstallId::new("another phone").unwrap(), 2);
    let (machine, restored) = Machine::restore(other, Policy::default(), &bytes, rig.now());
    assert_eq!(restored, Restored::OtherInstall);
    let mut rig = Rig::around(machine, rig.millis);
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi]).with_consent_required(true)), phone("Xiaomi")]);
    let diagnosis = rig.machine.diagnose();
    assert_eq!((diagnosis.tokens.len(), diagnosis.held_taps), (0, 0));
    assert_eq!(rig.machine.possibly_bound().count(), 0);
    assert!(diagnosis.blocked_by.unwrap().cause.contains("not agreed"));
    assert!(rig.drain().contains(&format!("Notice({:?})", NoticeCode::SnapshotOfOtherInstall)));
    rig.tell_all([Event::ConsentGranted]);
    assert_eq!(rig.machine.diagnose().blocked_by.unwrap().cause, "pushes are turned off");
}

#[test]
fn errors_tell_the_place_and_not_the_text() {
    let bytes =
        br#"{"version":1,"tokens":[{"vendor":"Xiaomi","text":"CANARY","since":1}],"install":"CANARY"}"#;
    assert_eq!(restore(bytes).1, Restored::Malformed { line: 1, column: 88 });
    let long = vec![b' '; Machine::MAX_SNAPSHOT_BYTES + 1];
    assert!(matches!(restore(&long).1, Restored::TooLong { .. }));
}

#[test]
fn a_long_list_is_cut_to_the_policy() {
    let accounts: Vec<String> = (0..100).map(|number| format!(r#"{{"account":"user-{number}"}}"#)).collect();
    let text = format!(
        r#"{{"version":1,"install":{},"possibly_bound":[{}]}}"#,
        639_180_215_881_471_270_u64,
        accounts.join(",")
    );
    let (machine, restored) = restore(text.as_bytes());
    assert_eq!(restored, Restored::Resumed);
    assert_eq!(machine.possibly_bound().count(), 8);
    assert_eq!(machine.possibly_bound().last().unwrap().as_str(), "user-99");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_make_a_machine(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (mut machine, _) = restore(&bytes);
        while machine.poll_effect().is_some() {}
    }

    /// One byte is another, or the end is missing.
    #[test]
    fn a_damaged_snapshot_makes_a_machine(place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = full();
        let place = place.index(bytes.len());
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] = byte;
        }
        let (machine, _) = restore(&bytes);
        let mut rig = Rig::around(machine, 5_000);
        rig.tell(configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])));
        rig.tell(phone("Xiaomi"));
        rig.tell(login("alice"));
        rig.tell(token(Vendor::Xiaomi, "xiaomi-1"));
        rig.tell(Event::PushEnabled);
        rig.tell(Event::ConsentGranted);
        for _ in 0..20 {
            if let Some(id) = rig.report.take() {
                rig.tell(Event::ReportDone { id });
            }
            rig.reach_deadline();
        }
        prop_assert!(rig.machine.diagnose().counters.reports_done > 0);
    }
}

/// The member is written only where pushes are off, so a damaged one has said that they are.
#[test]
fn pushes_that_were_turned_off_stay_off_in_a_damaged_snapshot() {
    let off = r#""push_disabled":true"#;
    let later = LATER.iter().map(|later| altered(off, &format!(r#""push_disabled":{later}"#)));
    let twice = altered(off, &format!(r#"{off},"push_disabled":false"#));
    let cut = full()[..full().len() / 2].to_vec();
    let of_a_later_version = altered(r#""version":1"#, r#""version":2"#);
    let end_of_value = full().windows(off.len()).position(|text| text == off.as_bytes()).unwrap() + off.len();
    let in_value = (0..=4).map(|missing| full()[..end_of_value - missing].to_vec());
    let one_byte = altered(off, r#""push_disabled":t"ue"#);
    for bytes in later.chain(in_value).chain([twice, cut, of_a_later_version, one_byte]) {
        let mut rig = Rig::around(restore(&bytes).0, 5_000);
        rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi")]);
        rig.tell(Event::ConsentGranted);
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(rig.machine.diagnose().blocked_by.unwrap().cause, "pushes are turned off", "{text}");
        rig.tell_all([Event::PushEnabled]);
    }
    let on = altered(off, r#""push_disabled":false"#);
    for bytes in [&on[..], &on[..on.len() - 1]] {
        let mut rig = Rig::around(restore(bytes).0, 5_000);
        rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi")]);
        rig.tell(Event::ConsentGranted);
        assert_ne!(rig.machine.diagnose().blocked_by.unwrap().cause, "pushes are turned off");
    }
}
