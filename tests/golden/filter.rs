//! Families of the intent filter: `filter_match` and `manifests`.

use serde_json::Value;
use tim_offline_push::intent::filter::{
    Authority, ContentType, FilterError, GroupAction, IntentFilter, MatchCategory, NoMatch, PatternKind,
    PatternMatcher, RelativeFilter, RelativeFilterGroup, RelativePart,
};
use tim_offline_push::intent::{Intent, IntentFlags};

use crate::records;

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
            return if expected == Some(error.kind().java_name()) {
                Ok(())
            } else {
                Err(format!("{error}, expected {expected:?}"))
            };
        }
    };
    if record["error"].is_object() {
        return Err(format!("built, expected {}", record["error"]["kind"]));
    }
    let got = filter.matches(&intent(&record["intent"])).map_or_else(NoMatch::value, MatchCategory::value);
    if Some(i64::from(got)) == record["value"].as_i64() {
        Ok(())
    } else {
        Err(format!("{got}, expected {}", record["value"]))
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
        let action = match group["action"].as_str().unwrap() {
            "allow" => GroupAction::Allow,
            "block" => GroupAction::Block,
            other => panic!("group action {other}"),
        };
        let mut built = RelativeFilterGroup::new(action);
        for one in list(&group["filters"]) {
            let part = match one["part"].as_str().unwrap() {
                "path" => RelativePart::Path,
                "query" => RelativePart::Query,
                "fragment" => RelativePart::Fragment,
                other => panic!("part {other}"),
            };
            built = built.with_filter(RelativeFilter::new(part, pattern(one)?));
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
