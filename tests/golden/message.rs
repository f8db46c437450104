//! `push_info.jsonl`: real push options in the REST and C API forms, and what looks like them.

use std::collections::BTreeMap;

use serde_json::Value;
use tim_offline_push::finding::Finding;
use tim_offline_push::json::JsonError;
use tim_offline_push::message::{Form, OfflinePushInfo, PushReading, Written};

use crate::records;

#[test]
fn push_info() {
    let tally = records::run("push_info", "push_info.jsonl", |record| {
        let form = match record["form"].as_str() {
            Some("rest" | "foreign_openim") => Form::Rest,
            Some("c_api") => Form::CApi,
            other => return Err(format!("unknown form {other:?}")),
        };
        if let Some(raw) = record["raw"].as_str() {
            return refused(form, raw);
        }
        let reading = survives(form, &record["json"])?;
        if record["form"] == "foreign_openim" { foreign(&reading, &record["json"]) } else { Ok(()) }
    });
    if let Some(tally) = tally {
        tally.finish("pi-");
    }
}

fn refused(form: Form, raw: &str) -> Result<(), String> {
    match OfflinePushInfo::read(form, raw) {
        Err(
            JsonError::Syntax { line, column }
            | JsonError::EndsEarly { line, column }
            | JsonError::NotAnObject { line, column },
        ) if line > 0 && column > 0 => Ok(()),
        Err(error) => Err(format!("{error}, without a place")),
        Ok(_) => Err("read, though it is malformed".to_owned()),
    }
}

/// Read, write, read gives the same, and every leaf that says something stands in what is written.
fn survives(form: Form, json: &Value) -> Result<PushReading, String> {
    let first = OfflinePushInfo::read(form, &json.to_string()).map_err(|error| error.to_string())?;
    let written = write(&first, form);
    if !written.not_carried().is_empty() {
        return Err(format!("not carried: {:?}", written.not_carried()));
    }
    let second = OfflinePushInfo::read(form, written.text()).map_err(|error| error.to_string())?;
    if first.info() != second.info() || first.envelope() != second.envelope() {
        return Err(format!("read back as something else: {:?}", second.info()));
    }
    let out: Value = serde_json::from_str(written.text()).map_err(|error| error.to_string())?;
    let mut lost = Vec::new();
    leaves(json, "", &mut |path, leaf| {
        if says_something(path, leaf) && out.pointer(path) != Some(leaf) {
            lost.push(path.to_owned());
        }
    });
    if lost.is_empty() { Ok(first) } else { Err(format!("lost or changed: {lost:?}")) }
}

/// What a web app writes, and what Tencent's web SDK makes of it for its server.
#[test]
fn web_push() {
    if let Some(tally) = records::run("web_push", "web_push.jsonl", check_web) {
        tally.finish("web-");
    }
}

fn check_web(record: &Value) -> Result<(), String> {
    let reading = OfflinePushInfo::read(Form::Web, &record["web"].to_string()).map_err(|e| e.to_string())?;
    let push = reading.info();
    let rest: Value = serde_json::from_str(push.write(Form::Rest).text()).map_err(|e| e.to_string())?;
    let (written, wanted) = (said(&rest), said(&under_rest_names(&record["wire"])));
    if written != wanted {
        return Err(format!("written {written:?}, the SDK sends {wanted:?}"));
    }
    let web = push.write(Form::Web);
    let again = OfflinePushInfo::read(Form::Web, web.text()).map_err(|e| e.to_string())?;
    if again.info() != push {
        return Err(format!("read back from {} as another push", web.text()));
    }
    if !web.not_carried().is_empty() {
        return Err(format!("not carried: {:?}", web.not_carried()));
    }
    Ok(())
}

/// The SDK's object under the names of REST: the same words with a capital, but for one.
fn under_rest_names(wire: &Value) -> Value {
    let Value::Object(members) = wire else { return wire.clone() };
    let name = |key: &str| match key {
        "MeizuNotifyType" => "MeiZuNoticeMsgType".to_owned(),
        key => key.chars().take(1).flat_map(char::to_uppercase).chain(key.chars().skip(1)).collect(),
    };
    members
        .iter()
        .map(|(key, value)| (name(key), under_rest_names(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The values that say something, with their paths.
fn said(value: &Value) -> BTreeMap<String, Value> {
    let mut said = BTreeMap::new();
    leaves(value, "", &mut |path, leaf| {
        let is_active = path == "/ApnsInfo/InterruptionLevel" && leaf == "active";
        let is_blank = matches!(leaf, Value::Null | Value::Bool(false)) || leaf == "" || leaf == 0;
        if !is_active && !is_blank {
            said.insert(path.to_owned(), leaf.clone());
        }
    });
    said
}

fn write(reading: &PushReading, form: Form) -> Written {
    match reading.envelope() {
        Some(envelope) => envelope.write(reading.info()),
        None => reading.info().write(form),
    }
}

/// Calls `visit` with the JSON pointer of each value that is no object or array.
fn leaves(value: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                leaves(value, &format!("{path}/{}", escape(key)), visit);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                leaves(value, &format!("{path}/{index}"), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => visit(path, value),
    }
}

fn says_something(path: &str, leaf: &Value) -> bool {
    let default = [("vivo_classification", 1), ("VIVOClassification", 1), ("meizu_notify_type", -1)];
    let blank = match leaf {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Bool(true) | Value::Array(_) | Value::Object(_) => false,
    };
    !blank && !default.iter().any(|(key, value)| path.ends_with(key) && leaf == value)
}

/// `OpenIM` has a member of the same name with other keys. None of them is one of Tencent's.
fn foreign(reading: &PushReading, json: &Value) -> Result<(), String> {
    let keys: Vec<_> = json.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    let unknown: Vec<_> = reading
        .findings()
        .iter()
        .filter(|finding| finding.rule().id() == "push-unknown-key")
        .map(Finding::place)
        .collect();
    let info = reading.info();
    if keys.len() != unknown.len() {
        return Err(format!("taken for Tencent's: {keys:?} but {unknown:?}"));
    }
    if !info.ext().is_empty() || !info.title().is_empty() || !info.desc().is_empty() {
        return Err("a foreign key became a field".to_owned());
    }
    Ok(())
}
