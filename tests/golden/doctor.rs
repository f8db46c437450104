//! Real configurations and manifests, looked through by the doctor.

use serde_json::Value;
use tim_offline_push::certificate::Market;
use tim_offline_push::doctor::{self, App, Manifest, Preflight};
use tim_offline_push::finding::{Finding, Severity};
use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, DataElement, FilterElement};
use tim_offline_push::registrar::NotificationChannel;
use tim_offline_push::vendor::Vendor;

use crate::records;

/// The rules that find something in each record of `tests/data/`: `id rule rule …`. Records without findings
/// are left out.
const EXPECTED: &str = include_str!("../doctor_expected.txt");

#[test]
fn doctor() {
    let mut seen = String::new();
    if let Some(tally) = records::run("doctor configs", "configs.jsonl", |record| {
        let preflight = Preflight::new().with_config_text(record["config"].to_string());
        look(record, &preflight, &mut seen)
    }) {
        tally.finish("doctor-");
    }
    if let Some(tally) = records::run("doctor manifests", "manifests.jsonl", |record| {
        let mut preflight = Preflight::new().with_manifest(manifest(record));
        for case in record["uris"].as_array().into_iter().flatten() {
            preflight = preflight.with_click(Vendor::Vivo, case["uri"].as_str().unwrap_or_default());
        }
        look(record, &preflight, &mut seen)
    }) {
        tally.finish("doctor-");
    }
    if std::env::var_os("GOLDEN_DIR").is_none() {
        if std::env::var_os("UPDATE_DOCTOR").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doctor_expected.txt");
            std::fs::write(path, &seen).unwrap();
        }
        assert_eq!(seen, EXPECTED, "UPDATE_DOCTOR=1 cargo test --test golden doctor writes it");
    }
}

/// Records that are wrong themselves, and why.
const WRONG_THEMSELVES: [(&str, &str); 1] = [
    // Android 12 does not install it: https://developer.android.com/about/versions/12/behavior-changes-12
    ("mf-140", "exported-missing"),
];

/// A false alarm is a fault: what public apps have raises no error, whatever the app says of itself.
#[test]
fn real_files_raise_no_error() {
    let mut wrong = Vec::new();
    let mut hold = |record: &Value, preflight: &Preflight, package: &str| {
        let id = record["id"].as_str().unwrap_or_default();
        let app = App::new(package);
        let apps = [
            None,
            Some(App::new("").with_target_sdk(34)),
            Some(app.clone()),
            Some(App::new("").with_market(Market::Domestic)),
            Some(App::new("").with_market(Market::Overseas)),
            Some(App::new("").with_channel(NotificationChannel::new("messages", "Messages"))),
            Some(app.with_target_sdk(34).with_channel(NotificationChannel::new("messages", "Messages"))),
        ];
        for app in apps {
            let preflight = match &app {
                Some(app) => preflight.clone().with_app(app.clone()),
                None => preflight.clone(),
            };
            for finding in preflight.check().findings() {
                let excepted = WRONG_THEMSELVES.contains(&(id, finding.rule().id()));
                if finding.severity() == Severity::Error && !excepted {
                    wrong.push(format!("{id} as {app:?}: {finding}"));
                }
            }
        }
    };
    if let Some(tally) = records::run("doctor alarms configs", "configs.jsonl", |record| {
        hold(record, &Preflight::new().with_config_text(record["config"].to_string()), "com.example.im");
        Ok(())
    }) {
        tally.finish("doctor-");
    }
    if let Some(tally) = records::run("doctor alarms manifests", "manifests.jsonl", |record| {
        let package = record["package"].as_str().unwrap_or("com.example.im");
        hold(record, &Preflight::new().with_manifest(manifest(record)), package);
        Ok(())
    }) {
        tally.finish("doctor-");
    }
    assert!(WRONG_THEMSELVES.len() <= 6);
    assert!(wrong.is_empty(), "{} errors:\n{}", wrong.len(), wrong.join("\n"));
}

fn look(record: &Value, preflight: &Preflight, seen: &mut String) -> Result<(), String> {
    let report = preflight.check();
    let rules: Vec<&str> = report.findings().iter().map(|finding| finding.rule().id()).collect();
    if let Some(unlisted) = rules.iter().find(|id| doctor::rule(id).is_none()) {
        return Err(format!("{unlisted} is not in the catalogue"));
    }
    if report.findings().iter().any(|finding| !is_whole(finding)) {
        return Err(format!("a finding says nothing: {report}"));
    }
    serde_json::to_string(&report).map_err(|error| error.to_string())?;
    if !rules.is_empty() {
        seen.push_str(record["id"].as_str().unwrap_or_default());
        seen.extend(rules.iter().flat_map(|rule| [" ", *rule]));
        seen.push('\n');
    }
    Ok(())
}

fn is_whole(finding: &Finding) -> bool {
    !(finding.place().is_empty() || finding.cause().is_empty() || finding.fix().is_empty())
}

fn manifest(record: &Value) -> Manifest {
    let text = |key: &str| record[key].as_str();
    let kind = match text("component_kind") {
        Some("activity-alias") => ComponentKind::ActivityAlias,
        Some("service") => ComponentKind::Service,
        Some("receiver") => ComponentKind::Receiver,
        Some("provider") => ComponentKind::Provider,
        _ => ComponentKind::Activity,
    };
    let mut component = ComponentElement::new(kind, text("component").unwrap_or_default());
    if let Some(exported) = text("exported") {
        component = component.with_attribute("exported", exported).unwrap();
    }
    let strings = |key: &str| -> Vec<String> {
        record[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|item| Some(item.as_str()?.to_owned()))
            .collect()
    };
    let filter = strings("actions").into_iter().fold(FilterElement::new(), FilterElement::with_action);
    let filter = strings("categories").into_iter().fold(filter, FilterElement::with_category);
    let filter = record["data"].as_array().into_iter().flatten().fold(filter, |filter, attributes| {
        let attributes = attributes.as_object().into_iter().flatten();
        filter.with_data(attributes.fold(DataElement::new(), |data, (name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            data.with_attribute(name.trim_start_matches("android:"), value).unwrap()
        }))
    });
    Manifest::new(text("package").unwrap_or_default()).with_component(component.with_filter(filter))
}
