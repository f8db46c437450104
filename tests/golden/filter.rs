//! Families of the intent filter: `filter_match` and `manifests`.

use std::collections::BTreeSet;

use serde_json::Value;
use tim_offline_push::intent::filter::{
    Authority, ContentType, FilterError, IntentFilter, MatchCategory, MatchTarget, NoMatch, PatternKind,
    PatternMatcher, RelativeFilterGroup, RelativePart,
};
use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, DataElement, FilterElement};
use tim_offline_push::intent::{Intent, IntentFlags, ParseFlags};

use crate::{manifest_snippet, records};

#[test]
fn filter_match() {
    let Some(tally) = records::run("filter_match", "filter_match.jsonl", check_match) else { return };
    tally.finish("fm-");
}

fn check_match(record: &Value) -> Result<(), String> {
    let filter = match filter(&record["filter"]) {
        Ok(filter) => filter,
        Err(error) => {
            let expected = record["error"]["kind"].as_str();
            return if expected == Some(error.exception()) {
                Ok(())
            } else {
                Err(format!("{error}, expected {expected:?}"))
            };
        }
    };
    if record["error"].is_object() {
        return Err(format!("built, expected {}", record["error"]["kind"]));
    }
    let intent = intent(&record["intent"]);
    let matched = filter.matches(&intent);
    if filter.matches_target(&MatchTarget::new(&intent)) != matched {
        return Err("taken apart first, it has another answer".to_owned());
    }
    let got = matched.map_or_else(NoMatch::value, MatchCategory::value);
    let named = match got {
        -1 => "no-type",
        -2 => "no-data",
        -3 => "no-action",
        -4 => "no-category",
        _ => "match",
    };
    let value = record.get("value").is_none_or(|value| value.as_i64() == Some(i64::from(got)));
    let result = record.get("result").is_none_or(|result| result == named);
    let expects = record.get("value").or_else(|| record.get("result")).is_some();
    if expects && value && result {
        Ok(())
    } else {
        Err(format!("{got}, expected {} {}", record["value"], record["result"]))
    }
}

fn filter(record: &Value) -> Result<IntentFilter, FilterError> {
    let mut filter = IntentFilter::new();
    for action in texts(&record["actions"]) {
        filter = filter.with_action(action);
    }
    for category in texts(&record["categories"]) {
        filter = filter.with_category(category);
    }
    for content_type in texts(&record["types"]) {
        filter = filter.with_content_type(ContentType::new(content_type)?);
    }
    for scheme in texts(&record["schemes"]) {
        filter = filter.with_scheme(scheme);
    }
    for part in list(&record["ssps"]) {
        filter = filter.with_scheme_specific_part(pattern(part)?);
    }
    for authority in list(&record["authorities"]) {
        let host = authority["host"].as_str().unwrap();
        filter = filter.with_authority(Authority::from_manifest(host, authority["port"].as_str())?);
    }
    for path in list(&record["paths"]) {
        filter = filter.with_path(pattern(path)?);
    }
    for group in list(&record["groups"]) {
        let mut built = match group["action"].as_str().unwrap() {
            "allow" => RelativeFilterGroup::allow(),
            "block" => RelativeFilterGroup::block(),
            other => panic!("group action {other}"),
        };
        for one in list(&group["filters"]) {
            let part = match one["part"].as_str().unwrap() {
                "path" => RelativePart::Path,
                "query" => RelativePart::Query,
                "fragment" => RelativePart::Fragment,
                other => panic!("part {other}"),
            };
            built = built.with_filter(part, pattern(one)?);
        }
        filter = filter.with_group(built);
    }
    Ok(filter)
}

fn pattern(record: &Value) -> Result<PatternMatcher, FilterError> {
    let kind = match record["kind"].as_str().unwrap() {
        "literal" => PatternKind::Literal,
        "prefix" => PatternKind::Prefix,
        "suffix" => PatternKind::Suffix,
        "simple_glob" => PatternKind::SimpleGlob,
        "advanced_glob" => PatternKind::AdvancedGlob,
        other => panic!("pattern kind {other}"),
    };
    PatternMatcher::new(kind, record["pattern"].as_str().unwrap())
}

/// The fields of an intent that a filter may look at, and those that it must not.
fn intent(record: &Value) -> Intent {
    let mut intent = Intent::new();
    if let Some(action) = record["action"].as_str() {
        intent = intent.with_action(action);
    }
    if let Some(data) = record["data"].as_str() {
        intent = intent.with_data(data);
    }
    if let Some(mime_type) = record["type"].as_str() {
        intent = intent.with_mime_type(mime_type);
    }
    if let Some(identifier) = record["identifier"].as_str() {
        intent = intent.with_identifier(identifier);
    }
    if let Some(flags) = record["flags"].as_i64() {
        intent = intent.with_flags(IntentFlags::from_bits(u32::from_ne_bytes(
            i32::try_from(flags).unwrap().to_ne_bytes(),
        )));
    }
    for category in texts(&record["categories"]) {
        intent = intent.with_category(category);
    }
    for extra in list(&record["extras"]) {
        if let (Some(key), Some(value)) = (extra["key"].as_str(), extra["value"].as_str()) {
            intent = intent.with_extra(key, value);
        }
    }
    intent
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(value).map(|text| text.as_str().unwrap())
}

#[test]
fn manifests() {
    let Some(tally) = records::run("manifests", "manifests.jsonl", check_manifest) else { return };
    tally.finish("mf-");
}

fn check_manifest(record: &Value) -> Result<(), String> {
    let filter_element = filter_element(record)?;
    let component = component_element(record)?.with_filter(filter_element.clone());
    check_snippet(record, &component.to_string())?;

    let filter = match filter_element.to_filter() {
        Ok(filter) => filter,
        Err(_) if has_placeholder(record) && list(&record["uris"]).next().is_none() => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    let regrouped = FilterElement::from(&filter);
    if regrouped.to_filter().as_ref() != Ok(&filter) {
        return Err("the filter written anew is another filter".to_owned());
    }
    manifest_snippet::read(&regrouped.to_string())?;

    let data_alone = data_elements(record)?
        .into_iter()
        .fold(FilterElement::new(), FilterElement::with_data)
        .to_filter()
        .map_err(|error| error.to_string())?;
    for uri in list(&record["uris"]) {
        let intent = Intent::parse_uri(uri["uri"].as_str().unwrap(), ParseFlags::INTENT_SCHEME)
            .map_err(|error| error.to_string())?;
        let content_type = intent.mime_type().into_iter();
        let tapped = content_type.fold(Intent::new(), Intent::with_mime_type);
        let tapped = intent.data().iter().fold(tapped, |tapped, data| tapped.with_data(data.as_str()));
        let matches = data_alone.matches(&tapped).is_ok();
        if Some(matches) != uri["data_matches"].as_bool() {
            return Err(format!("{}: data_matches is {matches}", uri["uri"]));
        }
    }
    Ok(())
}

fn component_element(record: &Value) -> Result<ComponentElement, String> {
    let kind = match record["component_kind"].as_str() {
        Some("activity") => ComponentKind::Activity,
        Some("activity-alias") => ComponentKind::ActivityAlias,
        Some("service") => ComponentKind::Service,
        Some("receiver") => ComponentKind::Receiver,
        Some("provider") => ComponentKind::Provider,
        other => return Err(format!("component kind {other:?}")),
    };
    let component = ComponentElement::new(kind, record["component"].as_str().unwrap_or_default());
    match scalar(&record["exported"]) {
        Some(exported) => component.with_attribute("exported", exported).map_err(|error| error.to_string()),
        None => Ok(component),
    }
}

fn filter_element(record: &Value) -> Result<FilterElement, String> {
    let mut element = FilterElement::new();
    for (name, value) in attributes(&record["filter_attrs"]) {
        element = element.with_attribute(name, value).map_err(|error| format!("{name}: {error}"))?;
    }
    for action in texts(&record["actions"]) {
        element = element.with_action(action);
    }
    for category in texts(&record["categories"]) {
        element = element.with_category(category);
    }
    Ok(data_elements(record)?.into_iter().fold(element, FilterElement::with_data))
}

fn data_elements(record: &Value) -> Result<Vec<DataElement>, String> {
    list(&record["data"])
        .map(|data| {
            attributes(data).try_fold(DataElement::new(), |element, (name, value)| {
                element.with_attribute(name, value).map_err(|error| format!("{name}: {error}"))
            })
        })
        .collect()
}

/// Well-formed, and holds every attribute of the record and nothing else.
fn check_snippet(record: &Value, snippet: &str) -> Result<(), String> {
    let root = manifest_snippet::read(snippet)?;
    let same = |what: &str, same: bool| {
        if same { Ok(()) } else { Err(format!("{what} differs in the snippet")) }
    };
    same("tag", Some(root.tag.as_str()) == record["component_kind"].as_str())?;
    same("name", root.attribute("name") == Some(record["component"].as_str().unwrap_or_default()))?;
    same("exported", root.attribute("exported").map(str::to_owned) == scalar(&record["exported"]))?;
    let [filter] = &root.children[..] else { return Err("not one filter".to_owned()) };
    same("filter_attrs", owned(&filter.attributes) == owned_from(&record["filter_attrs"]))?;
    for (tag, family) in [("action", "actions"), ("category", "categories")] {
        same(
            family,
            named(filter, tag).map(|child| child.attribute("name").unwrap()).eq(texts(&record[family])),
        )?;
    }
    let data: Vec<_> = named(filter, "data").map(|child| owned(&child.attributes)).collect();
    let expected: Vec<_> = list(&record["data"]).map(owned_from).collect();
    same("data", data == expected)
}

fn named<'a>(
    element: &'a manifest_snippet::Element,
    tag: &'a str,
) -> impl Iterator<Item = &'a manifest_snippet::Element> {
    element.children.iter().filter(move |child| child.tag == tag)
}

fn owned(attributes: &[(String, String)]) -> BTreeSet<(String, String)> {
    attributes.iter().cloned().collect()
}

fn owned_from(attributes_of: &Value) -> BTreeSet<(String, String)> {
    attributes(attributes_of).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn attributes(value: &Value) -> impl Iterator<Item = (&str, String)> {
    let members = value.as_object().into_iter().flatten();
    members.filter_map(|(name, value)| Some((name.strip_prefix("android:").unwrap_or(name), scalar(value)?)))
}

/// An attribute's value, which a record may give as a number or a truth value.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(value.to_string()),
    }
}

/// Whether a value stands there that only the build fills in: no filter can be made of it.
fn has_placeholder(record: &Value) -> bool {
    let mut values = list(&record["data"]).flat_map(attributes);
    values.any(|(_, value)| value.contains("${") || value.starts_with('@'))
}
