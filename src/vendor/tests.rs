//! The tables about vendors: complete, free of contradictions, each row with a source, and the same in the
//! documentation.

#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::codes::{CodeTable, code_table};
use super::limits::{LIMITS, Limit};
use super::tencent_code::CONSOLE;
use super::{
    FieldValue, FormField, LimitField, LimitProfile, LimitUnit, Source, Vendor, WordList, app_keys,
    badge_limits, console_form, known_codes, known_im_codes, lifetime, limit, notification_rule,
    receipt_hosts, receipt_setup, requirement, wiring,
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
    for row in Vendor::ALL.iter().copied().filter_map(wiring) {
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
    for row in Vendor::ALL.iter().copied().filter_map(wiring) {
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
    for row in Vendor::ALL.iter().copied().filter_map(requirement) {
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
        assert_eq!(wiring(vendor).unwrap().vendor, vendor);
        assert_eq!(requirement(vendor).unwrap().vendor, vendor);
        assert_eq!(app_keys(vendor).unwrap().vendor, vendor);
        assert_eq!(notification_rule(vendor).unwrap().vendor, vendor);
        assert_eq!(receipt_setup(vendor).unwrap().vendor, vendor);
        assert!(known_codes(vendor).next().is_some());
        assert!(!limits(vendor).is_empty());
        let fields: BTreeSet<LimitField> = limits(vendor).iter().map(|limit| limit.field).collect();
        assert_eq!(fields.len(), limits(vendor).len(), "{vendor}: a field twice");
    }
}

/// What the app creates before its first registration, and what only where the sender names a channel.
#[test]
fn notification_channels_are_created_by_the_app_where_the_vendor_asks_for_it() {
    let created = |named| {
        Vendor::ALL
            .iter()
            .copied()
            .filter(move |vendor| notification_rule(*vendor).unwrap().is_created_by_app(named))
    };
    assert_eq!(created(false).collect::<Vec<_>>(), [Vendor::Oppo]);
    assert_eq!(
        created(true).collect::<Vec<_>>(),
        [Vendor::Xiaomi, Vendor::Huawei, Vendor::Oppo, Vendor::Fcm]
    );
    let templates: Vec<_> = Vendor::ALL
        .iter()
        .copied()
        .filter(|vendor| notification_rule(*vendor).unwrap().template_needed)
        .collect();
    assert_eq!(templates, [Vendor::Xiaomi]);
}

#[test]
fn receipts_go_to_one_path_a_vendor() {
    let paths: Vec<_> =
        Vendor::ALL.iter().copied().filter_map(|vendor| receipt_setup(vendor)?.path).collect();
    assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), 5);
    assert_eq!(paths.len(), 5);
    assert!(paths.iter().all(|path| path.starts_with("/v3/offline_push_report/")));
    assert_eq!(receipt_hosts().len(), 6);
    assert!(receipt_hosts().iter().all(|(_, host)| host.ends_with(".im.qcloud.com")));
    let huawei = receipt_setup(Vendor::Huawei).unwrap();
    assert!(huawei.pitfalls.iter().any(|pitfall| pitfall.contains("11344")));
    for vendor in [Vendor::Xiaomi, Vendor::Oppo] {
        assert!(receipt_setup(vendor).unwrap().steps.is_empty());
    }
}

/// Whether every line of this table is a row or a source's name, and every word one that the reader knows.
fn assert_read_whole(table: CodeTable, classes: &'static str, further: &'static str) {
    let lines = table.0.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.clone().filter(|line| line.contains(" | "));
    let named = lines.clone().filter(|line| line.contains(" = ") && !line.contains(" | "));
    assert_eq!(rows.clone().count() + named.count(), lines.count());
    for row in rows.clone() {
        let columns: Vec<&str> = row.split(" | ").collect();
        let class = columns.get(3).and_then(|persisting| persisting.split_once(' ')).map(|(class, _)| class);
        assert!(
            columns.len() == 4 && class.is_some_and(|class| WordList(classes).contains(class))
                || columns.len() < 4,
            "{row}"
        );
    }
    let codes: usize = rows.map(|row| row.split_once(' ').unwrap().0.split(',').count()).sum();
    assert_eq!(table.rows().count(), codes);
    for row in table.rows() {
        let code = row.code;
        assert!(!row.meaning.is_empty(), "{code}");
        for (at, word) in row.words.iter().enumerate() {
            let known = WordList(if at == 0 { classes } else { further });
            assert!(known.contains(word) || word.starts_with(char::is_uppercase), "{code}: {word}");
        }
    }
}

#[test]
fn code_tables_are_read_whole() {
    let classes = "done retry config device user quota";
    for vendor in Vendor::ALL.iter().copied() {
        assert_read_whole(code_table(vendor), classes, "slow offline quota");
    }
}

#[test]
fn every_row_has_a_source_and_a_date() {
    let mut sources: Vec<Source> = Vec::new();
    sources.extend(CONSOLE.iter().map(|row| row.source));
    sources.extend(known_im_codes().filter_map(|known| known.source()));
    for vendor in Vendor::ALL.iter().copied() {
        sources.extend(wiring(vendor).map(|row| row.source));
        sources.extend(requirement(vendor).map(|row| row.source));
        sources.extend(lifetime(vendor).map(|row| row.source));
        sources.extend(receipt_setup(vendor).map(|row| row.source));
        sources.extend(known_codes(vendor).filter_map(|known| known.source()));
        sources.extend(limits(vendor).iter().flat_map(|limit| [limit.strict.source, limit.latest.source]));
        sources.extend(notification_rule(vendor).map(|rule| rule.source));
        sources.extend(app_keys(vendor).map(|keys| keys.source));
        sources.extend(console_form(vendor).map(|form| form.source));
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
        let form = console_form(vendor).unwrap();
        assert!(form.fields.iter().any(FormField::is_secret), "{vendor}");
        let keys = app_keys(vendor).unwrap();
        for field in form.fields {
            if let FieldValue::Secret(name) = field.value {
                assert!(!keys.client.contains(&name), "{vendor}: {name} is the client's");
            }
        }
        let is_of_2021 = form.fields.iter().any(|field| field.in_2021);
        let known_2021 = !matches!(vendor, Vendor::Honor | Vendor::Apns | Vendor::HarmonyOs);
        assert_eq!(is_of_2021, known_2021, "{vendor}");
        assert_ne!(form.source, Source::TENCENT_2021);
    }
}

/// A thing called secret belongs to OPPO's client call; its `MasterSecret` does not.
#[test]
fn oppos_app_secret_is_the_clients() {
    let oppo = app_keys(Vendor::Oppo).unwrap();
    assert!(oppo.client.contains(&"AppSecret") && oppo.server_only.contains(&"MasterSecret"));
}
