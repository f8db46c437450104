//! The page `guide::diagnosis`: its log lines and diagnoses are made by the code.
//!
//! `UPDATE_GUIDES=1 cargo test --test canary stories` writes them anew.

use std::time::Duration;

use log::Level;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::ext::Ext;
use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::{NotificationChannel, Registrar, Unread};
use tim_offline_push::testing::{Ask, Phone, Reply};
use tim_offline_push::vendor::Vendor;

use super::{LogLine, account, capture};

const GUIDE: &str = include_str!("../../src/guide/diagnosis.md");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/diagnosis.md");

/// What a story shows: a log, or a diagnosis.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn line(&mut self, line: &str) {
        self.0 += line;
        self.0 += "\n";
    }

    /// What is logged at info and above meanwhile.
    fn log<T>(&mut self, deed: impl FnOnce() -> T) -> T {
        let (lines, value) = capture(deed);
        for line in lines.iter().filter(|line| line.level <= Level::Info) {
            self.line(&written(line));
        }
        value
    }
}

fn written(line: &LogLine) -> String {
    format!("{:<5} {}", line.level.to_string().to_lowercase(), line.text)
}

fn phone_of(phone: &Phone, maker: &str) -> Registrar {
    let certificates = [(Vendor::Xiaomi, 30207), (Vendor::Huawei, 30208), (Vendor::Fcm, 30210)];
    let certificates = certificates
        .into_iter()
        .fold(Certificates::new(), |known, (vendor, id)| known.with(vendor, BusinessId::new(id).unwrap()));
    let device = DeviceFacts::from_getprop(&format!("[ro.product.manufacturer]: [{maker}]")).unwrap();
    phone.registrar(certificates).start(device).unwrap()
}

/// The head of a diagnosis: what it says first, and what to do.
fn head(push: &Registrar) -> String {
    let text = push.diagnose().to_string();
    text.lines().take(3).flat_map(|line| [line, "\n"]).collect()
}

/// A story's log, and its diagnosis.
fn play(story: &str) -> String {
    let phone = Phone::new();
    let mut shown = Shown::default();
    match story {
        "silent, log" | "silent, diagnosis" => {
            phone.otherwise(Vendor::Xiaomi, Reply::silence());
            let push = shown.log(|| {
                let push = phone_of(&phone, "Xiaomi");
                push.logged_in(account("alice"));
                push
            });
            shown.line("… 10 s later");
            shown.log(|| phone.advance(Duration::from_secs(11)));
            if story.ends_with("diagnosis") { head(&push) } else { shown.0 }
        }
        "certificate, log" | "certificate, diagnosis" => {
            phone.otherwise(Ask::Report, Reply::failed(22001));
            let push = shown.log(|| {
                let push = phone_of(&phone, "Xiaomi");
                push.logged_in(account("alice"));
                push
            });
            let diagnosis = head(&push);
            shown.line("… a few minutes later: the certificate is in the console");
            phone.otherwise(Ask::Report, Reply::ok());
            shown.log(|| phone.advance(Duration::from_secs(120)));
            if story.ends_with("diagnosis") { diagnosis } else { shown.0 }
        }
        "user sig, log" | "user sig, diagnosis" => {
            let push = phone_of(&phone, "Xiaomi");
            push.logged_in(account("alice"));
            shown.line("… a day later: the binding is reported again");
            phone.otherwise(Ask::Report, Reply::failed(70001));
            shown.log(|| phone.advance(Duration::from_secs(27 * 3_600)));
            let diagnosis = head(&push);
            shown.line("… the app has a new UserSig, and has logged in with it");
            phone.otherwise(Ask::Report, Reply::ok());
            shown.log(|| push.logged_in(account("alice")));
            if story.ends_with("diagnosis") { diagnosis } else { shown.0 }
        }
        _ => panic!("no such story: {story}"),
    }
}

/// Everything that can be logged of a phone with some trouble.
fn tour() -> Vec<String> {
    let (lines, ()) = capture(|| {
        let phone = Phone::new();
        phone.script(Ask::NotificationChannel, [Reply::failed(1)]);
        phone.script(Ask::Report, [Reply::dropped(), Reply::ok()]);
        let certificates = Certificates::new()
            .with(Vendor::Oppo, BusinessId::new(30209).unwrap())
            .with(Vendor::Fcm, BusinessId::new(30210).unwrap());
        let device =
            DeviceFacts::from_getprop("[ro.product.manufacturer]: [OPPO]\n[ro.build.version.sdk]: [33]")
                .unwrap();
        let builder = phone.registrar(certificates);
        let push = builder
            .configure(|known| {
                known
                    .with_notification_channel(Vendor::Oppo, NotificationChannel::new("messages", "Messages"))
            })
            .start(device)
            .unwrap();
        let session = push.logged_in(account("alice"));
        push.host_ready();
        push.tapped(Tap::from_ext(Some(Vendor::Oppo), &Ext::from_text(r#"{"a":1}"#)).unwrap());
        phone.advance(Duration::from_secs(120));
        push.enter_background(Unread::new(3));
        push.enter_foreground();
        push.logged_in(account("alice"));
        push.token_received(Vendor::Oppo, tim_offline_push::vendor::TokenKind::Standard, "null");
        phone.log_out(&push, session);
        push.withdraw_consent();

        let phone = Phone::new();
        phone.otherwise(Vendor::Huawei, Reply::failed(907_135_000));
        phone.otherwise(Ask::Report, Reply::panic());
        let push = phone_of(&phone, "HUAWEI");
        push.logged_in(account("alice"));
        phone.advance(Duration::from_secs(30));
    });
    lines.iter().map(written).collect()
}

fn page() -> String {
    let mut anew = String::new();
    let mut lines = GUIDE.lines();
    while let Some(line) = lines.next() {
        anew += line;
        anew += "\n";
        let story = line.strip_prefix("<!-- story: ").and_then(|rest| rest.strip_suffix(" -->"));
        let Some(story) = story else { continue };
        assert_eq!(lines.next(), Some("```text"), "{story}");
        anew.extend(["```text\n", &play(story), "```\n"]);
        lines.find(|line| *line == "```").unwrap();
    }
    anew
}

#[test]
fn the_stories_of_the_guide_are_what_happens() {
    let page = page();
    if std::env::var_os("UPDATE_GUIDES").is_some() {
        std::fs::write(PATH, page).unwrap();
        return;
    }
    assert!(GUIDE == page, "the log has changed: UPDATE_GUIDES=1 cargo test --test canary stories");
    assert_eq!(page.matches("<!-- story: ").count(), 6);
}

/// Every line that a table of the guide explains is one that the code writes. `…` stands for any text.
#[test]
fn the_lines_that_the_guide_explains_are_logged() {
    let logged = tour();
    let rows =
        GUIDE.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|rest| rest.split_once('`'));
    let mut explained = 0;
    for (pattern, _) in rows {
        explained += 1;
        let parts: Vec<_> = pattern.split('…').collect();
        let fits = |line: &String| {
            let mut rest = line.as_str();
            line.starts_with(parts[0])
                && parts.iter().all(|part| {
                    rest.find(part).is_some_and(|at| {
                        rest = &rest[at + part.len()..];
                        true
                    })
                })
        };
        assert!(logged.iter().any(fits), "nothing is logged like {pattern}:\n{}", logged.join("\n"));
    }
    assert!(explained >= 15, "{explained} lines");
}
