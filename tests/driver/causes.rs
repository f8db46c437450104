//! What is said of each fault of a host: the first line of the diagnosis, and that a notice, the first
//! blocker and the doctor name the same cause and the same fix.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::doctor::{PhoneCheck, ReportVerdict};
use tim_offline_push::finding::Severity;
use tim_offline_push::notification::{DataMessage, Payload};
use tim_offline_push::registrar::{
    Belief, Completion, FileStore, InstallId, NoticeCode, NotificationChannel, Outcome, Registrar,
    Store as _, Unread,
};
use tim_offline_push::testing::{Ask, Phone, Reply};
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::file_store::Folder;
use super::{alice, bob, certificates, xiaomi};

const SHOWN: &str = r#"{"IMTitle":"denny","ext":"{}","clickExt":"p1"}"#;
const OPPO_TOKEN: &str = "OPPO_CN_b6bbd94b59cdb5df8391642c1509b7fe";

const HOUR: Duration = Duration::from_secs(3_600);

/// One fault: how it comes about, and what is said of it.
struct Case {
    fault: &'static str,
    play: fn(&Phone) -> Registrar,
    first_line: &'static str,
    fix: &'static str,
    /// The notice that says so. None where it is too early for one.
    notice: Option<NoticeCode>,
}

fn start(phone: &Phone) -> Registrar {
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    push.logged_in(alice());
    push
}

/// A phone of Huawei's whose SDK answers so, with FCM behind it.
fn huawei(phone: &Phone, reply: Reply, advance: Duration) -> Registrar {
    phone.otherwise(Vendor::Huawei, reply);
    let certificates = certificates().with(Vendor::Huawei, BusinessId::new(30208).unwrap());
    let device = DeviceFacts::from_getprop("[ro.product.manufacturer]: [HUAWEI]").unwrap();
    let push = phone.registrar(certificates).start(device).unwrap();
    push.logged_in(alice());
    phone.advance(advance);
    push
}

/// A phone of Xiaomi's whose IM client answers so.
fn im(phone: &Phone, reply: Reply, advance: Duration) -> Registrar {
    phone.otherwise(Ask::Report, reply);
    let push = start(phone);
    phone.advance(advance);
    push
}

/// A phone of Xiaomi's whose SDK tells this text as its token.
fn text(phone: &Phone, text: &str) -> Registrar {
    phone.otherwise(Vendor::Xiaomi, Reply::token(text));
    start(phone)
}

/// A phone of Xiaomi's without another vendor.
fn alone(phone: &Phone, vendor: Vendor, maker: &str, reply: Reply) -> Registrar {
    phone.otherwise(vendor, reply);
    let certificates = Certificates::new().with(vendor, BusinessId::new(30207).unwrap());
    let device = DeviceFacts::from_getprop(&format!("[ro.product.manufacturer]: [{maker}]")).unwrap();
    let push = phone.registrar(certificates).start(device).unwrap();
    push.logged_in(alice());
    push
}

const CASES: &[Case] = &[
    Case {
        fault: "set_offline_push gives no answer",
        play: |phone| im(phone, Reply::silence(), Duration::from_secs(40)),
        first_line: "not reachable: set_offline_push was not answered within 15 s (binding)",
        fix: "answer the completion from the IM SDK's callback, on success and on error",
        notice: Some(NoticeCode::ReportUnanswered),
    },
    Case {
        fault: "set_offline_push drops its completion",
        play: |phone| im(phone, Reply::dropped(), Duration::from_secs(5)),
        first_line: "not reachable: set_offline_push dropped its completion (binding)",
        fix: "keep the completion until the IM SDK's callback comes, and answer it there",
        notice: Some(NoticeCode::ReportUnanswered),
    },
    Case {
        fault: "set_offline_push panics",
        play: |phone| im(phone, Reply::panic(), Duration::from_secs(5)),
        first_line: "not reachable: set_offline_push panicked (binding)",
        fix: "find the panic in the app's log, and answer the completion on every path",
        notice: Some(NoticeCode::ReportUnanswered),
    },
    Case {
        fault: "set_offline_push throws an exception",
        play: |phone| im(phone, Reply::lost(), Duration::from_secs(5)),
        first_line: "not reachable: set_offline_push threw, or was answered by no code of the IM SDK (binding)",
        fix: "find the exception in the app's log; answer a failure by the number of the IM SDK's error code",
        notice: Some(NoticeCode::ReportUnanswered),
    },
    Case {
        fault: "one answer was lost",
        play: |phone| {
            phone.script(Ask::Report, [Reply::dropped()]);
            phone.otherwise(Ask::Report, Reply::silence());
            start(phone)
        },
        first_line: "not reachable: set_offline_push dropped its completion (binding)",
        fix: "keep the completion until the IM SDK's callback comes, and answer it there",
        notice: None,
    },
    Case {
        fault: "the login was late once, then the connection is down",
        play: |phone| {
            phone.script(Ask::Report, [Reply::failed(6014)]);
            im(phone, Reply::failed(9508), Duration::from_secs(20))
        },
        first_line: "not reachable: the last report failed, code 9508: disconnected (binding)",
        fix: "try again when the network is back; the SDK reconnects by itself",
        notice: None,
    },
    Case {
        fault: "the certificate was unknown once, then set_offline_push gives no answer",
        play: |phone| {
            phone.script(Ask::Report, [Reply::failed(22_001)]);
            im(phone, Reply::silence(), HOUR * 2)
        },
        first_line: "not reachable: set_offline_push was not answered within 15 s (binding)",
        fix: "answer the completion from the IM SDK's callback, on success and on error",
        notice: Some(NoticeCode::ReportUnanswered),
    },
    Case {
        fault: "the SDK whose token is in hand since the last process fails to start",
        play: |phone| {
            let reply = Reply::failed(907_122_050);
            phone.script(Vendor::Huawei, [Reply::token("IQAAAACy0aZRAAD9EvNKnQ")]);
            let first = huawei(phone, reply.clone(), Duration::from_secs(5));
            phone.kill(first);
            huawei(phone, reply, Duration::ZERO)
        },
        first_line: "reachable, and the Huawei token in hand still serves, but the Huawei SDK refused to register, code \
                     907122050: called on the main thread (election)",
        fix: "call getToken on a worker thread",
        notice: Some(NoticeCode::VendorRefused),
    },
    Case {
        fault: "getToken is called on the main thread",
        play: |phone| huawei(phone, Reply::failed(907_122_050), Duration::ZERO),
        first_line: "reachable, but not by Huawei: the Huawei SDK refused to register, code 907122050: called on the \
                     main thread (election)",
        fix: "call getToken on a worker thread",
        notice: Some(NoticeCode::VendorRefused),
    },
    Case {
        fault: "the token is the text null",
        play: |phone| text(phone, "null"),
        first_line: "not reachable: the Xiaomi SDK gave a text that is no token: Xiaomi token is the text of a missing \
                     value (null) (election)",
        fix: "pass a token on only when the SDK says success and has one",
        notice: Some(NoticeCode::TokenRefused),
    },
    Case {
        fault: "the token has white space",
        play: |phone| text(phone, "d//igw EhgBGCI2TG6lWqlCktBnTh6g=="),
        first_line: "not reachable: the Xiaomi SDK gave a text that is no token: Xiaomi token has white space at byte 6: \
                     was it URL-decoded? That turns the + of a Xiaomi id into a space (election)",
        fix: "pass the token on exactly as the SDK gave it, and only when the SDK says success",
        notice: Some(NoticeCode::TokenRefused),
    },
    Case {
        fault: "an error code is told as a token",
        play: |phone| {
            let push = text(phone, "70000002");
            phone.advance(Duration::from_secs(12));
            push
        },
        first_line: "reachable, but not by Xiaomi: the Xiaomi SDK gave a text that is no token: it is an error code of \
                     that SDK (election)",
        fix: "pass an error to the completion's failed or to vendor_failed, never to token_received",
        notice: Some(NoticeCode::TokenRefused),
    },
    Case {
        fault: "a token of a kind that the vendor does not have",
        play: |phone| {
            phone.otherwise(Vendor::Xiaomi, Reply::silence());
            let push = start(phone);
            push.token_received(Vendor::Xiaomi, TokenKind::Voip, "d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
            push
        },
        first_line: "not reachable: the Xiaomi SDK gave a text that is no token: Xiaomi has no VoIP tokens (election)",
        fix: "pass the token under the vendor and kind that its SDK made it for",
        notice: Some(NoticeCode::TokenRefused),
    },
    Case {
        fault: "a vendor SDK is silent, and another one serves",
        play: |phone| {
            phone.otherwise(Vendor::Xiaomi, Reply::silence());
            let push = start(phone);
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but not by Xiaomi: the Xiaomi SDK gave no token within 10 s (election)",
        fix: "check that the SDK's callback is registered in the manifest, runs in the main process and passes the token \
              on",
        notice: Some(NoticeCode::VendorSilent),
    },
    Case {
        fault: "an unknown code of the IM SDK",
        play: |phone| im(phone, Reply::failed(424_242), Duration::ZERO),
        first_line: "not reachable: the last report failed, code 424242: not a documented code (binding)",
        fix: "try again later; look the number up in Tencent's current list of codes",
        notice: None,
    },
    Case {
        fault: "an unknown code of a vendor SDK",
        play: |phone| huawei(phone, Reply::failed(424_242), Duration::ZERO),
        first_line: "reachable, but not by Huawei: the Huawei SDK refused to register, code 424242: not a documented \
                     code (election)",
        fix: "try again later; look the number up in the vendor's current list",
        notice: None,
    },
    Case {
        fault: "the text of a wrapper's exception",
        play: |phone| {
            let thrown =
                Reply::failed("com.huawei.hms.common.ApiException: 6003: certificate fingerprint error");
            huawei(phone, thrown, Duration::ZERO)
        },
        first_line: "reachable, but not by Huawei: the Huawei SDK refused to register, code 6003: the signing \
                     fingerprint does not match (election)",
        fix: "register this build's SHA-256 fingerprint in AppGallery Connect, then clear HMS Core's data, which caches \
              it",
        notice: Some(NoticeCode::VendorRefused),
    },
    Case {
        fault: "a code of the IM SDK persists",
        play: |phone| im(phone, Reply::failed(9508), HOUR * 2),
        first_line: "not reachable: the report fails again and again, code 9508: disconnected (binding)",
        fix: "check that this phone reaches Tencent's IM server: network, proxy, VPN, firewall",
        notice: Some(NoticeCode::ReportKeepsFailing),
    },
    Case {
        fault: "a code of a vendor SDK persists",
        play: |phone| {
            let push = alone(phone, Vendor::Huawei, "HUAWEI", Reply::failed(907_135_003));
            phone.advance(HOUR * 2);
            push
        },
        first_line: "not reachable: the Huawei SDK fails again and again, code 907135003: the client is invalid: offline, \
                     or HMS Core too old (election)",
        fix: "update HMS Core from AppGallery, and check network, proxy and VPN",
        notice: Some(NoticeCode::RegistrationKeepsFailing),
    },
    Case {
        fault: "the disk is full",
        play: |phone| {
            phone.otherwise(Ask::Save, Reply::failed(ErrorKind::StorageFull));
            let push = start(phone);
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but the snapshot was not stored: no storage space (store)",
        fix: "free space on the phone; until then a restart may repeat a report or forget a logout",
        notice: Some(NoticeCode::StoreFailed),
    },
    Case {
        fault: "the server refuses the token, and the SDK gives the same one again",
        play: |phone| {
            phone.otherwise(Ask::Report, Reply::failed(22_004));
            let push =
                alone(phone, Vendor::Xiaomi, "Xiaomi", Reply::token("d//igwEhgBGCI2TG6lWqlCktBnTh6g=="));
            phone.advance(HOUR);
            push
        },
        first_line: "not reachable: the server refused the token of the Xiaomi SDK, code 22004: the token is over 256 \
                     bytes (this one has 32 bytes) (election)",
        fix: "pass the token on exactly as the vendor SDK gave it; if it is exact and comes again, delete it with the SDK, \
              then call retry",
        notice: Some(NoticeCode::TokenRefusedByServer),
    },
    Case {
        fault: "the server refuses the token of one vendor, and another one serves",
        play: |phone| {
            let token = || Reply::token("d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
            phone.otherwise(Vendor::Xiaomi, token());
            phone.script(Ask::Report, [Reply::failed(22_003)]);
            let push = start(phone);
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but not by Xiaomi: the server refused the token of the Xiaomi SDK, code 22003: the token \
                     is empty (this one has 32 bytes) (election)",
        fix: "pass the token on exactly as the vendor SDK gave it; if it is exact and comes again, delete it with the SDK, \
              then call retry",
        notice: Some(NoticeCode::TokenRefusedByServer),
    },
    Case {
        fault: "the server refuses one token after another",
        play: |phone| {
            phone.otherwise(Ask::Report, Reply::failed(22_004));
            let token = Reply::token("d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
            let push = alone(phone, Vendor::Xiaomi, "Xiaomi", token);
            phone.advance(HOUR);
            for digit in 0..9 {
                let token = format!("d//igwEhgBGCI2TG6lWqlCktBnTh{digit}g==");
                push.token_received(Vendor::Xiaomi, TokenKind::Standard, token);
            }
            push
        },
        first_line: "not reachable: the server refused the token of the Xiaomi SDK, code 22004: the token is over 256 \
                     bytes (this one has 32 bytes) (binding)",
        fix: "pass the token on exactly as the vendor SDK gave it; if it is exact and comes again, delete it with the SDK, \
              then call retry",
        notice: Some(NoticeCode::TokenRefusedByServer),
    },
    Case {
        fault: "the SDK gives a text that is no token again and again",
        play: |phone| {
            let push = alone(phone, Vendor::Xiaomi, "Xiaomi", Reply::token("null"));
            phone.advance(HOUR);
            push
        },
        first_line: "not reachable: the Xiaomi SDK gave a text that is no token: Xiaomi token is the text of a missing \
                     value (null) (election)",
        fix: "pass a token on only when the SDK says success and has one",
        notice: Some(NoticeCode::TokenRefused),
    },
    Case {
        fault: "one SDK refuses for good, and another one for now",
        play: |phone| {
            phone.otherwise(Vendor::Fcm, Reply::silence());
            huawei(phone, Reply::failed(907_122_050), HOUR)
        },
        first_line: "not reachable: the Huawei SDK refused to register, code 907122050: called on the main thread \
                     (election)",
        fix: "call getToken on a worker thread",
        notice: Some(NoticeCode::VendorRefused),
    },
    Case {
        fault: "a notification channel is needed and none is configured",
        play: |phone| {
            let push = alone(phone, Vendor::Oppo, "OPPO", Reply::token(OPPO_TOKEN));
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but the vendor needs a notification channel and none is configured (OPPO) (election)",
        fix: "configure the notification channel that the vendor's console knows",
        notice: Some(NoticeCode::NotificationChannelMissing),
    },
    Case {
        fault: "a notification channel cannot be made",
        play: |phone| {
            phone.otherwise(Vendor::Oppo, Reply::token(OPPO_TOKEN));
            phone.script(Ask::NotificationChannel, [Reply::failed(1)]);
            let certificates = Certificates::new().with(Vendor::Oppo, BusinessId::new(30207).unwrap());
            let channel = NotificationChannel::new("messages", "Messages");
            let push = phone
                .registrar(certificates)
                .configure(|known| known.with_notification_channel(Vendor::Oppo, channel))
                .start(DeviceFacts::from_getprop("[ro.product.manufacturer]: [OPPO]").unwrap())
                .unwrap();
            push.logged_in(alice());
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but the notification channel could not be made (OPPO) (election)",
        fix: "check the channel's id and the app's notification permission",
        notice: Some(NoticeCode::NotificationChannelFailed),
    },
    Case {
        fault: "a presence call is refused",
        play: |phone| {
            phone.script(Ask::Presence, [Reply::failed(6017)]);
            let push = start(phone);
            push.enter_background(Unread::new(3));
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but the presence call is given up, code 6017: a parameter is invalid (presence)",
        fix: "correct the arguments of the call: those of setOfflinePushConfig are business id and token",
        notice: Some(NoticeCode::PresenceRefused),
    },
    Case {
        fault: "the store cannot be read",
        play: |phone| {
            let push = start(phone);
            phone.advance(HOUR);
            phone.kill(push);
            phone.make_unreadable(true);
            let push = start(phone);
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but the stored snapshot, or a part of it, cannot be read: permission denied (store)",
        fix: "give the store a folder that the app may write to, such as noBackupFilesDir on Android",
        notice: Some(NoticeCode::SnapshotUnreadable),
    },
    Case {
        fault: "report_push_events gives no answer",
        play: |phone| {
            phone.script(Ask::PushEvents, (0..3).map(|_| Reply::silence()));
            let push = start(phone);
            push.arrived(&DataMessage::read(&Payload::from_json(SHOWN).unwrap()).unwrap());
            phone.advance(Duration::from_secs(45));
            push
        },
        first_line: "reachable, but report_push_events was not answered within 15 s (receipts)",
        fix: "answer the completion from the callback of callExperimentalAPI, on success and on error",
        notice: Some(NoticeCode::PushEventsUnanswered),
    },
    Case {
        fault: "a token is passed as another vendor's",
        play: |phone| {
            let push = alone(phone, Vendor::Xiaomi, "Xiaomi", Reply::silence());
            push.token_received(Vendor::Huawei, TokenKind::Standard, "d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
            phone.advance(HOUR);
            push
        },
        first_line: "not reachable: the Xiaomi SDK gave no token within 10 s, but a token that looks like one of Xiaomi was \
                     passed as one of Huawei (election)",
        fix: "pass each SDK's token under its own vendor",
        notice: Some(NoticeCode::VendorSilent),
    },
    Case {
        fault: "the store does not answer",
        play: |phone| {
            phone.otherwise(Ask::Save, Reply::silence());
            let push = start(phone);
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but the snapshot was not stored: save was not answered within 2 s (store)",
        fix: "check that the folder exists, is writable and not full; a restart may repeat a report or forget a logout",
        notice: Some(NoticeCode::StoreFailed),
    },
    Case {
        fault: "two processes write the snapshot",
        play: |phone| {
            let folder = Folder::new("two-writers");
            let store = Arc::new(FileStore::new(&folder.0));
            let builder = phone.registrar(certificates()).store(store, InstallId::new("2b0fbe5e").unwrap());
            let push = builder.start(xiaomi()).unwrap();
            push.logged_in(alice());
            // As another process does that has not seen what this one wrote.
            FileStore::new(&folder.0)
                .save(b"{}", Completion::from_fn(|saved| assert_eq!(saved, Outcome::Ok)));
            push.disable_push();
            push.enable_push();
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but another process or store writes the same snapshot (store)",
        fix: "start one registrar only, in the app's main process, or give each process a folder of its own",
        notice: Some(NoticeCode::StoreFailed),
    },
    Case {
        fault: "another account is left without a logout",
        play: |phone| {
            let push = start(phone);
            push.logged_in(bob());
            push
        },
        first_line: "reachable, but an account that was left may still be pushed to on this phone (session)",
        fix: "log that account in and out again, and wait for the logout's release before the IM SDK logs out",
        notice: Some(NoticeCode::AccountPossiblyBound),
    },
    Case {
        fault: "a logout is unclean",
        play: |phone| {
            phone.script(Ask::Report, [Reply::silence()]);
            let push = start(phone);
            let session = push.session().unwrap();
            phone.log_out(&push, session);
            phone.advance(Duration::from_secs(6));
            push.logged_in(bob());
            phone.advance(HOUR);
            push
        },
        first_line: "reachable, but an account that was left may still be pushed to on this phone (session)",
        fix: "log that account in and out again, and wait for the logout's release before the IM SDK logs out",
        notice: Some(NoticeCode::AccountPossiblyBound),
    },
];

#[test]
fn notice_diagnosis_and_doctor_say_the_same_cause_and_fix() {
    for case in CASES {
        let phone = Phone::new();
        let push = (case.play)(&phone);
        let diagnosis = push.diagnose();
        let text = diagnosis.to_string();
        assert_eq!(text.lines().next(), Some(case.first_line), "{}:\n{text}", case.fault);
        let blocker = diagnosis.blocked_by.clone().unwrap();
        assert_eq!(blocker.fix, case.fix, "{}", case.fault);
        if let Some(code) = case.notice {
            let notices = phone.journal().notices();
            let of_it: Vec<_> = notices.iter().filter(|notice| notice.code() == code).collect();
            let [notice] = of_it[..] else { panic!("{}: {notices:?}", case.fault) };
            assert_eq!((notice.message(), notice.fix()), (blocker.cause.clone(), case.fix), "{}", case.fault);
            assert_eq!(blocker.notice, Some(code), "{}", case.fault);
        }
        let report = PhoneCheck::new(diagnosis.clone()).check();
        let same = |finding: &&tim_offline_push::finding::Finding| {
            finding.cause() == blocker.cause && finding.fix() == case.fix
        };
        assert!(report.findings().iter().any(|finding| same(&finding)), "{}: {report}", case.fault);
        assert_eq!(diagnosis.reachable, blocker.severity < Severity::Error, "{}", case.fault);
        println!("| {} | {} |", case.fault, case.first_line);
    }
}

/// What the console files, what is believed of the server, and the first line.
fn believed(push: &Registrar) -> (Vec<i32>, Belief, String) {
    let diagnosis = push.diagnose();
    let losses = PhoneCheck::new(diagnosis.clone()).check().console_losses().collect();
    (losses, diagnosis.beliefs[0].belief, diagnosis.summary)
}

/// The server may hold an account until its logout is known to be over.
#[test]
fn whether_the_server_has_the_account_that_left_is_not_claimed() {
    let phone = Phone::new();
    let push = start(&phone);
    let session = push.session().unwrap();
    push.log_out(session, |_| {});
    phone.advance(HOUR);
    let first_line = "not reachable: nobody is logged in, and the account that logged out may still be bound, since no \
                      logged_out was called for it (session)";
    assert_eq!(believed(&push), (vec![], Belief::Unknown, first_line.to_owned()));
    push.logged_out(session);
    let first_line = "not reachable: nobody is logged in (session)".to_owned();
    assert_eq!(believed(&push), (vec![-2], Belief::Unbound, first_line.clone()));

    // A process that ends while somebody is logged in leaves the account at the server.
    push.logged_in(alice());
    phone.advance(HOUR);
    phone.kill(push);
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    assert_eq!(believed(&push), (vec![], Belief::Unknown, first_line));

    for end in [Registrar::kicked_off, Registrar::credential_expired] {
        let phone = Phone::new();
        let push = start(&phone);
        end(&push, push.session().unwrap());
        phone.advance(HOUR);
        let (losses, belief, first_line) = believed(&push);
        assert_eq!((losses, belief), (vec![], Belief::Unknown), "{first_line}");
        assert!(
            first_line.starts_with("not reachable: the server says that the session is over"),
            "{first_line}"
        );
    }
}

/// What has failed for ten minutes does not come by itself.
#[test]
fn what_fails_for_long_is_broken_and_says_since_when() {
    let phone = Phone::new();
    let push = alone(&phone, Vendor::Xiaomi, "Xiaomi", Reply::silence());
    let verdict = || PhoneCheck::new(push.diagnose()).check().verdict();
    phone.advance(Duration::from_secs(500));
    assert_eq!(verdict(), ReportVerdict::Warnings);
    phone.advance(Duration::from_secs(200));
    assert_eq!(verdict(), ReportVerdict::Errors, "{}", push.diagnose());
    phone.advance(HOUR * 24);
    assert_eq!(verdict(), ReportVerdict::Errors);
    let blocker = push.diagnose().blocked_by.unwrap();
    assert_eq!(blocker.since, Some(HOUR * 24 + Duration::from_secs(690)));

    // The report of another token fails, long after one was confirmed.
    let phone = Phone::new();
    let push = start(&phone);
    phone.advance(HOUR);
    phone.otherwise(Ask::Report, Reply::failed(9508));
    push.token_received(Vendor::Xiaomi, TokenKind::Standard, "d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
    phone.advance(Duration::from_secs(1_200));
    let diagnosis = push.diagnose();
    let blocker = diagnosis.blocked_by.clone().unwrap();
    assert_eq!(blocker.since, Some(Duration::from_secs(1_200)), "{diagnosis}");
    assert_eq!(blocker.attempts, Some(diagnosis.counters.reports_failed), "{diagnosis}");
    assert!(diagnosis.to_string().contains(" attempts in a row\n"), "{diagnosis}");
    assert!(diagnosis.written_at.is_some());
    assert_eq!(PhoneCheck::new(diagnosis).check().verdict(), ReportVerdict::Errors);
    phone.otherwise(Ask::Report, Reply::ok());
    push.retry();
    assert_eq!(push.diagnose().summary, "reachable");
}

#[test]
fn a_registrar_that_was_shut_down_is_not_ready() {
    let phone = Phone::new();
    let push = start(&phone);
    phone.advance(HOUR);
    push.shutdown();
    phone.advance(HOUR);
    let diagnosis = push.diagnose();
    let first_line = "the registrar was shut down; before: reachable";
    assert_eq!(diagnosis.to_string().lines().next(), Some(first_line));
    assert_eq!((diagnosis.runs_for, diagnosis.confirmed_ago), (Some(HOUR), Some(HOUR)));
    let report = PhoneCheck::new(diagnosis).check();
    assert_eq!(
        (report.verdict(), report.findings()[0].rule().id()),
        (ReportVerdict::Warnings, "registrar-shut-down")
    );
}

/// A token of another vendor says nothing of the certificates.
#[test]
fn a_token_of_another_vendor_is_no_missing_certificate() {
    let phone = Phone::new();
    let push = alone(&phone, Vendor::Xiaomi, "Xiaomi", Reply::silence());
    phone.advance(Duration::from_secs(20));
    push.token_received(Vendor::Huawei, TokenKind::Standard, "d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
    let report = PhoneCheck::new(push.diagnose()).check();
    assert_eq!(report.console_losses().collect::<Vec<_>>(), [-2], "{report}");
    assert!(report.diagnosis().summary.contains("was passed as one of Huawei"), "{report}");
    assert_eq!(times(&phone, NoticeCode::VendorSilent), 2, "once before it was known why");
}

/// An app that says nothing of the background gets a note, and no more: it may have been in the foreground.
#[test]
fn an_app_that_never_goes_to_the_background_gets_a_note() {
    let phone = Phone::new();
    let push = start(&phone);
    let notes = || {
        let diagnosis = push.diagnose();
        assert_eq!((diagnosis.summary.as_str(), diagnosis.blocked_by.as_ref()), ("reachable", None));
        assert_eq!(PhoneCheck::new(diagnosis.clone()).check().verdict(), ReportVerdict::Clean);
        diagnosis.also.into_iter().map(|problem| problem.cause).collect::<Vec<_>>()
    };
    phone.advance(HOUR);
    assert_eq!(notes(), [""; 0]);
    phone.advance(Duration::from_secs(60));
    assert_eq!(notes(), ["the app has never called enter_foreground or enter_background"]);
    push.enter_foreground();
    phone.advance(HOUR);
    assert_eq!(notes(), [""; 0]);
    phone.advance(HOUR * 2);
    let note = "the app has been in the foreground for 3 h 0 min; whether the server pushes then is Tencent's decision";
    assert_eq!(notes(), [note]);
    push.enter_background(Unread::new(0));
    phone.advance(HOUR * 9);
    assert_eq!(notes(), [""; 0]);
}

/// A later success takes the trouble out of the diagnosis.
#[test]
fn what_has_passed_is_said_no_more() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::silence(), Reply::panic(), Reply::failed(9508)]);
    phone.script(Vendor::Xiaomi, [Reply::token("null")]);
    phone.script(Ask::Save, [Reply::failed(ErrorKind::StorageFull)]);
    let push = start(&phone);
    push.token_received(Vendor::Xiaomi, TokenKind::Standard, "d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
    phone.advance(HOUR);
    let diagnosis = push.diagnose();
    assert_eq!((diagnosis.summary.as_str(), diagnosis.also.len()), ("reachable", 0), "{diagnosis}");
}

/// What somebody must mend is no matter of waiting, whatever is tried meanwhile.
#[test]
fn a_fault_that_lasts_is_an_error_of_the_doctors_and_nothing_else_is_alleged() {
    let rules = |phone: &Phone, reply: Reply| {
        let push = im(phone, reply, HOUR * 8);
        let report = PhoneCheck::new(push.diagnose()).check();
        let rules: Vec<_> = report.findings().iter().map(|finding| finding.rule().id()).collect();
        assert_eq!(report.findings()[0].severity(), Severity::Error, "{report}");
        rules
    };
    assert_eq!(
        rules(&Phone::new(), Reply::silence()),
        ["phone-blocked", "token-not-uploaded", "presence-untold"]
    );
    assert_eq!(
        rules(&Phone::new(), Reply::failed(9508)),
        ["phone-blocked", "token-not-uploaded", "im-code", "presence-untold"]
    );
}

fn times(phone: &Phone, code: NoticeCode) -> usize {
    phone.journal().notices().iter().filter(|notice| notice.code() == code).count()
}

#[test]
fn one_lost_answer_and_a_short_outage_are_no_notice() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::dropped(), Reply::failed(9508), Reply::dropped()]);
    let push = start(&phone);
    phone.advance(HOUR);
    assert_eq!(phone.journal().notices(), [], "{}", push.diagnose());

    let phone = Phone::new();
    phone.script(Ask::Report, (0..7).map(|_| Reply::failed(9508)));
    start(&phone);
    phone.advance(HOUR);
    assert_eq!(phone.journal().notices(), []);
}

#[test]
fn a_persisting_code_is_said_once_in_a_streak_and_slows_down() {
    let phone = Phone::new();
    phone.otherwise(Ask::Report, Reply::failed(9508));
    let push = start(&phone);
    phone.advance(HOUR * 48);
    assert_eq!(times(&phone, NoticeCode::ReportKeepsFailing), 1);
    let reports = phone.reports().len();
    assert!((60..90).contains(&reports), "{reports} in 48 hours");
    // A reset begins another streak.
    push.network_up();
    phone.advance(HOUR * 2);
    assert_eq!(times(&phone, NoticeCode::ReportKeepsFailing), 2);
    phone.otherwise(Ask::Report, Reply::ok());
    push.retry();
    phone.advance(HOUR);
    assert_eq!(push.diagnose().summary, "reachable");
}

/// From where a failure persists the slow pace counts from its own start: a phone is back minutes after the
/// outage.
#[test]
fn an_outage_that_has_just_become_long_does_not_end_in_an_hourly_pace() {
    let phone = Phone::new();
    phone.otherwise(Ask::Report, Reply::failed(9508));
    let push = start(&phone);
    push.enter_background(Unread::new(0));
    while times(&phone, NoticeCode::ReportKeepsFailing) == 0 {
        phone.advance(Duration::from_secs(1));
    }
    phone.otherwise(Ask::Report, Reply::ok());
    phone.advance(Duration::from_secs(61));
    assert!(push.diagnose().blocked_by.is_none(), "{}", push.diagnose());
}

#[test]
fn who_is_killed_or_kicked_off_and_comes_back_is_not_possibly_bound() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::silence()]);
    let push = start(&phone);
    phone.kill(push);
    let push = start(&phone);
    assert!(!PhoneCheck::new(push.diagnose()).check().to_string().contains("may still be pushed"));
    phone.script(Ask::Report, [Reply::silence()]);
    push.token_received(Vendor::Xiaomi, TokenKind::Standard, "d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
    push.kicked_off(push.session().unwrap());
    push.logged_in(alice());
    assert_eq!(times(&phone, NoticeCode::AccountPossiblyBound), 0);

    phone.script(Ask::Report, [Reply::silence()]);
    push.token_received(Vendor::Xiaomi, TokenKind::Standard, "d//igwEhgBGCI2TG6lWqlCktBnTh6h==");
    push.kicked_off(push.session().unwrap());
    assert_eq!(times(&phone, NoticeCode::AccountPossiblyBound), 0);
    push.logged_in(bob());
    assert_eq!(times(&phone, NoticeCode::AccountPossiblyBound), 1);
}
