//! The tables about vendors: complete, free of contradictions, each row with a source, and the same in the
//! documentation.

#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use super::codes::{code_table, read};
use super::limits::{LIMITS, Limit};
use super::phones::SYSTEM_MARKS;
use super::tencent_code::EFFECTS;
use super::{
    LimitField, LimitProfile, LimitUnit, NotificationChannelNeed, Source, Vendor, WordList, app_keys,
    badge_limits, console_form, explain_console, known_codes, known_im_codes, lifetime, limit,
    notification_rule, receipt_hosts, receipt_setup, requirement, wiring,
};

/// The limits of a vendor.
fn limits(vendor: Vendor) -> Vec<&'static Limit> {
    LIMITS.iter().filter(|limit| limit.vendor == vendor).collect()
}

/// The wiring table of the documentation, rendered from the data.
fn wiring_table() -> String {
    let mut table = String::from(
        "| vendor | call | answer | success | token | thread | report to the registrar | note |\n|---|---|---|---|---|---|---|---|\n",
    );
    for row in Vendor::ALL.iter().copied().map(wiring) {
        let call = match row.call_2021 {
            Some(old) => format!("{} (2021: {old})", row.call),
            None => row.call.to_owned(),
        };
        let answer = if row.also_on_failure {
            format!("{}; **also after a failure**", row.callback)
        } else {
            row.callback.to_owned()
        };
        let token = match row.token_again {
            Some(again) => format!("{}; again: {again}", row.token),
            None => row.token.to_owned(),
        };
        writeln!(
            table,
            "| {} | {call} | {answer} | {} | {token} | {} | {} | {} |",
            row.vendor, row.success, row.thread, row.event, row.note
        )
        .unwrap();
    }
    table
}

/// The changes of newer SDKs, rendered from the data.
fn changes_table() -> String {
    let mut table = String::from("| vendor | from SDK | change |\n|---|---|---|\n");
    for row in Vendor::ALL.iter().copied().map(wiring) {
        for (sdk, change) in row.changes {
            writeln!(table, "| {} | {sdk} | {change} |", row.vendor).unwrap();
        }
    }
    table
}

fn requirements_table() -> String {
    let mut table = String::from(
        "| vendor | 2021: system | 2021: SDK | today: system | today: SDK |\n|---|---|---|---|---|\n",
    );
    for row in Vendor::ALL.iter().copied().map(requirement) {
        let (system, sdk) = (row.system_2021.unwrap_or("–"), row.sdk_2021.unwrap_or("–"));
        writeln!(table, "| {} | {system} | {sdk} | {} | {} |", row.vendor, row.system_today, row.sdks_today)
            .unwrap();
    }
    table
}

#[test]
fn the_documentation_shows_the_tables() {
    let page = include_str!("../guide/wiring.md");
    for table in [wiring_table(), changes_table(), requirements_table()] {
        assert!(page.contains(&table), "src/guide/wiring.md must contain:\n{table}");
    }
}

#[test]
fn every_vendor_stands_in_every_table() {
    for vendor in Vendor::ALL.iter().copied() {
        assert!(!console_form(vendor).fields.is_empty());
        assert!(known_codes(vendor).next().is_some());
        assert!(!limits(vendor).is_empty());
        let fields: BTreeSet<LimitField> = limits(vendor).iter().map(|limit| limit.field).collect();
        assert_eq!(fields.len(), limits(vendor).len(), "{vendor}: a field twice");
    }
}

/// Whether every section belongs to a vendor and a topic that is looked for, has what no such section is
/// without, and nothing under a name that nobody reads.
#[test]
fn facts_are_read_whole() {
    let topics = [
        (
            "wiring",
            "call callback success token thread event unregister note source",
            "call_2021 also_on_failure token_again change",
        ),
        ("keys", "client place server_only source", "alias"),
        ("requirement", "system_today sdks_today source", "system_2021 sdk_2021"),
        ("tokens", "changes_with source", "quiet_after_days dead_after_days survives"),
        ("notification", "source", "channel_key class_key chat_class template_needed otherwise"),
        ("form", "console field secret source", "note"),
        ("receipts", "pitfall source", "path step"),
    ];
    let lists = ["client", "alias", "server_only", "step", "pitfall", "change", "field", "secret"];
    let mut sections = BTreeSet::new();
    let (of_vendors, of_tencent) = include_str!("facts.txt").split_once("\n[Tencent").unwrap();
    let codes =
        of_tencent.lines().filter(|line| line.starts_with('-')).map(|line| line.split_once(": ").unwrap().0);
    let explained = |code: &str| explain_console(code.parse().unwrap()).unwrap();
    assert!(codes.clone().all(|code| !explained(code).meaning.is_empty()) && codes.count() == 11);
    for section in of_vendors.trim_end().split("\n\n").skip(1) {
        let (heading, facts) = section.split_once('\n').unwrap();
        let (vendor, topic) =
            heading.strip_prefix('[').unwrap().strip_suffix(']').unwrap().split_once(' ').unwrap();
        let vendor: Vendor = vendor.parse().unwrap();
        let (_, needed, further) = topics.iter().find(|(known, ..)| *known == topic).unwrap();
        let names: Vec<&str> = facts.lines().map(|line| line.split_once(": ").unwrap().0).collect();
        assert!(needed.split(' ').all(|name| names.contains(&name)), "{heading}");
        for name in &names {
            assert!(
                needed.split(' ').chain(further.split(' ')).any(|known| known == *name),
                "{heading} {name}"
            );
            let count = names.iter().filter(|other| *other == name).count();
            assert!(count == 1 || lists.contains(name), "{heading} {name}");
        }
        assert!(facts.lines().all(|line| line.trim_end() == line && !line.ends_with(':')), "{heading}");
        assert!(sections.insert((vendor, topic)), "{heading}");
    }
    for vendor in Vendor::ALL.iter().copied() {
        for (topic, ..) in topics {
            let is_undocumented = topic == "tokens" && matches!(vendor, Vendor::Xiaomi | Vendor::Honor);
            assert_eq!(sections.contains(&(vendor, topic)), !is_undocumented, "{vendor} {topic}");
        }
        let stated = include_str!("facts.txt").split_once(&format!("[{vendor} form]")).unwrap().1;
        let stated = stated.split("\n\n").next().unwrap().matches(" | ").count();
        assert_eq!(console_form(vendor).fields.len() * 2, stated, "{vendor}");
        for change in wiring(vendor).changes {
            assert!(!change.0.is_empty() && !change.1.is_empty());
        }
    }
    let days = |vendor| lifetime(vendor).map(|life| (life.quiet_after, life.dead_after)).unwrap();
    let day = Duration::from_secs(24 * 3600);
    assert_eq!(days(Vendor::Fcm), (Some(day * 30), Some(day * 270)));
    assert_eq!(days(Vendor::Vivo), (None, Some(day * 7)));
    assert_eq!(days(Vendor::Huawei), (Some(day * 30), None));
    assert_eq!(wiring(Vendor::Oppo).changes.first().unwrap().0, "3.5.2");
}

/// What the app creates before its first registration.
#[test]
fn notification_channels_are_created_by_the_app_where_the_vendor_asks_for_it() {
    let vendors = || Vendor::ALL.iter().copied();
    let with_need = |need| vendors().filter(move |vendor| notification_rule(*vendor).channel == need);
    assert!(with_need(NotificationChannelNeed::CreatedByApp).eq([Vendor::Oppo]));
    assert!(with_need(NotificationChannelNeed::MadeInConsole).eq([Vendor::Xiaomi]));
    assert!(with_need(NotificationChannelNeed::Optional).eq([Vendor::Huawei, Vendor::Fcm]));
    assert!(vendors().filter(|vendor| notification_rule(*vendor).template_needed).eq([Vendor::Xiaomi]));
    for rule in vendors().map(notification_rule) {
        assert_eq!(
            rule.channel_key.is_some(),
            rule.channel != NotificationChannelNeed::None,
            "{}",
            rule.vendor
        );
        assert_eq!(rule.class_key.is_some(), !rule.classes.is_empty(), "{}", rule.vendor);
        assert!(rule.chat_class.is_none_or(|class| rule.classes.contains(class)), "{}", rule.vendor);
    }
}

#[test]
fn receipts_go_to_one_path_a_vendor() {
    let paths: Vec<_> = Vendor::ALL.iter().copied().filter_map(|vendor| receipt_setup(vendor).path).collect();
    assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), 5);
    assert_eq!(paths.len(), 5);
    assert!(paths.iter().all(|path| path.starts_with("/v3/offline_push_report/")));
    assert_eq!(receipt_hosts().len(), 6);
    assert!(receipt_hosts().iter().all(|(_, host)| host.ends_with(".im.qcloud.com")));
    let huawei = receipt_setup(Vendor::Huawei);
    assert!(huawei.pitfalls.iter().any(|pitfall| pitfall.contains("11344")));
    for vendor in [Vendor::Xiaomi, Vendor::Oppo] {
        assert!(receipt_setup(vendor).steps.is_empty());
    }
}

/// Whether every line of a table is a row or a source's name, and every word one that the reader knows.
#[test]
fn code_tables_are_read_whole() {
    let classes = WordList("done retry config device user quota");
    for table in Vendor::ALL.iter().copied().map(code_table).chain([include_str!("codes/im.txt")]) {
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let rows = lines.clone().filter(|line| line.contains(" | "));
        let sources =
            lines.clone().filter(|line| !line.contains(" | ")).map(|line| line.split_once(" = ").unwrap().0);
        let mut codes = 0;
        for (at, row) in rows.enumerate() {
            let columns: Vec<&str> = row.split(" | ").collect();
            let [head, meaning, further @ ..] = columns.as_slice() else { panic!("{row}") };
            let persisting = further.get(1).map(|text| text.split_once(' ').unwrap().0);
            assert!(further.len() <= 2 && persisting.is_none_or(|class| classes.contains(class)), "{row}");
            let words: Vec<&str> = head.split(' ').collect();
            let [numbers, class, further @ ..] = words.as_slice() else { panic!("{row}") };
            assert!(!meaning.is_empty() && classes.contains(class), "{row}");
            let is_source = |word: &&str| sources.clone().any(|known| known == *word);
            let is_known = |word: &&str| WordList("slow offline quota").contains(word) || is_source(word);
            assert!(further.iter().all(is_known) && (at > 0 || further.iter().any(is_source)), "{row}");
            codes += numbers.split(',').count();
        }
        assert_eq!(read(table).count(), codes);
    }
}

#[test]
fn im_codes_with_an_effect_are_known_and_listed_once() {
    let listed: Vec<i32> = EFFECTS.iter().flat_map(|(_, codes)| codes.iter().copied()).collect();
    let known: BTreeSet<i32> = known_im_codes().map(|known| known.code().as_i32()).collect();
    assert!(listed.iter().all(|code| known.contains(code)));
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len());
    assert_eq!(known.len(), 90);
}

#[test]
fn every_row_has_a_source_and_a_date() {
    let stated = include_str!("facts.txt").lines().filter_map(|line| line.strip_prefix("source: "));
    let mut sources: Vec<Source> = stated.map(Source::noted).collect();
    sources.extend(known_im_codes().filter_map(|known| known.source()));
    for vendor in Vendor::ALL.iter().copied() {
        sources.extend(known_codes(vendor).filter_map(|known| known.source()));
        sources.extend(limits(vendor).iter().flat_map(|limit| [limit.strict.source, limit.latest.source]));
    }
    for source in sources {
        assert!(["2026-11-22", "2026-11-29"].contains(&source.date()), "{source}");
        let document = source.document();
        let named = document.starts_with("https://")
            || document.starts_with("npm ")
            || document == "public code"
            // A release and what was read of it.
            || document.ends_with(')');
        assert!(named, "{source}");
    }
}

/// The fix of these classes differs from code to code, so that each row has to name it.
#[test]
fn no_row_leaves_the_user_or_success_without_words() {
    for vendor in Vendor::ALL.iter().copied() {
        for known in known_codes(vendor) {
            assert!(!["nothing", "ask the user"].contains(&known.fix()), "{known}");
        }
    }
}

#[test]
fn strict_limits_are_not_above_the_latest() {
    for vendor in Vendor::ALL.iter().copied() {
        for row in limits(vendor) {
            assert!(row.strict.max > 0 && row.latest.max > 0);
            if row.strict.unit == row.latest.unit {
                assert!(row.strict.max <= row.latest.max, "{vendor} {:?}", row.field);
            }
        }
    }
}

/// The table by which Tencent's server cuts.
#[test]
fn titles_and_bodies_are_those_of_tencents_table() {
    let expected = [
        (Vendor::Huawei, 60, 600),
        (Vendor::Honor, 50, 400),
        (Vendor::Xiaomi, 50, 128),
        (Vendor::Oppo, 50, 50),
        (Vendor::Vivo, 40, 100),
        (Vendor::Meizu, 32, 100),
    ];
    for (vendor, title, body) in expected {
        for (field, max) in [(LimitField::Title, title), (LimitField::Body, body)] {
            let bound = limit(vendor, field, LimitProfile::Latest).unwrap();
            assert_eq!((bound.max, bound.unit), (max, LimitUnit::Utf16Units), "{vendor} {field:?}");
        }
    }
    let expanded = limit(Vendor::Oppo, LimitField::ExpandedBody, LimitProfile::Latest).unwrap();
    assert_eq!(expanded.max, 128);
    assert!(expanded.admits(&"a".repeat(128)) && !expanded.admits(&"a".repeat(129)));
}

#[test]
fn badges_lie_in_tencents_ranges() {
    assert_eq!(badge_limits(Vendor::Apns), Some((0..=999, 1..=99)));
    assert_eq!(badge_limits(Vendor::Huawei), Some((0..=99, 1..=99)));
    assert_eq!(badge_limits(Vendor::Xiaomi), None);
}

#[test]
fn a_dead_token_was_quiet_before() {
    for vendor in Vendor::ALL.iter().copied() {
        let Some(life) = lifetime(vendor) else { continue };
        if let (Some(quiet), Some(dead)) = (life.quiet_after, life.dead_after) {
            assert!(quiet < dead, "{vendor}");
        }
    }
}

#[test]
fn forms_agree_with_the_keys() {
    for vendor in Vendor::ALL.iter().copied() {
        let (form, keys) = (console_form(vendor), app_keys(vendor));
        assert!(form.fields.iter().any(|field| field.secret), "{vendor}");
        for field in &form.fields {
            let name = field.value.split(',').next().unwrap();
            assert_eq!(field.secret, field.value.ends_with("; never in the app"), "{vendor}: {name}");
            assert!(!field.secret || !keys.client.contains(&name), "{vendor}: {name} is the client's");
            let known = ["{package}", "{channel}", "{class}", "{badge}", "{click}"];
            let words = field.value.replace("{console}", "");
            assert!(known.contains(&field.value) || !words.contains(['{', '}']), "{vendor}: {name}");
        }
        let is_of_2021 = form.fields.iter().any(|field| field.in_2021);
        let known_2021 = !matches!(vendor, Vendor::Honor | Vendor::Apns | Vendor::HarmonyOs);
        assert_eq!(is_of_2021, known_2021, "{vendor}");
    }
}

#[test]
fn oppos_app_secret_is_the_clients() {
    let oppo = app_keys(Vendor::Oppo);
    assert!(oppo.client.contains(&"AppSecret") && oppo.server_only.contains(&"MasterSecret"));
}

#[test]
fn every_mark_of_a_system_is_read() {
    let lines = include_str!("system_marks.txt").lines().filter(|line| !line.starts_with('#'));
    assert_eq!(SYSTEM_MARKS.len(), lines.count());
    assert!(SYSTEM_MARKS.iter().all(|mark| !mark.properties.is_empty()));
}
