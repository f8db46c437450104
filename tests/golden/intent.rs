//! Intents and URIs against the recorded behaviour of Android 16's own classes.

use serde_json::{Value, json};
use tim_offline_push::intent::{
    AndroidUri, AndroidVersion, Component, Extra, Intent, IntentFlags, ParseFlags, ParseUriError,
    SourceBounds, ToUriError, UriScheme,
};

use crate::records;

/// Reads the form of the data's `README.md`.
pub(crate) fn intent(json: &Value) -> Intent {
    let mut intent = Intent::new();
    if let Some(action) = json["action"].as_str() {
        intent = intent.with_action(action);
    }
    if let Some(data) = json["data"].as_str() {
        intent = intent.with_data(data);
    }
    if let Some(mime_type) = json["type"].as_str() {
        intent = intent.with_mime_type(mime_type);
    }
    if let Some(identifier) = json["identifier"].as_str() {
        intent = intent.with_identifier(identifier);
    }
    if let Some(package) = json["package"].as_str() {
        intent = intent.with_package(package);
    }
    if let Some(component) = json["component"].as_object() {
        let [package, class] = ["package", "class"].map(|key| component[key].as_str().expect("a name"));
        intent = intent.with_component(Component::new(package, class));
    }
    let bits = |key: &str| u32::from_ne_bytes(int(&json[key]).to_ne_bytes());
    intent =
        intent.with_flags(IntentFlags::from_bits(bits("flags"))).with_extended_flags(bits("extended_flags"));
    for category in array(&json["categories"]) {
        intent.add_category(category.as_str().expect("a category"));
    }
    if let [left, top, right, bottom] = array(&json["source_bounds"]) {
        let [left, top, right, bottom] = [left, top, right, bottom].map(int);
        intent = intent.with_source_bounds(SourceBounds { left, top, right, bottom });
    }
    for extra in array(&json["extras"]) {
        let value = extra_value(extra["type"].as_str().expect("a type"), &extra["value"]);
        match extra["key"].as_str() {
            Some(key) => intent.set_extra(key, value),
            None => intent.set_extra_at_null(value),
        };
    }
    if json["selector"].is_object() {
        intent = intent.with_selector(self::intent(&json["selector"]));
    }
    intent
}

fn extra_value(kind: &str, value: &Value) -> Extra {
    let hex = |value: &Value| u64::from_str_radix(value.as_str().expect("bits"), 16).expect("bits");
    match kind {
        "S" => Extra::from(value.as_str().expect("a text")),
        "B" => Extra::Boolean(value.as_bool().expect("a boolean")),
        "b" => Extra::Byte(int(value).try_into().expect("a byte")),
        "s" => Extra::Short(int(value).try_into().expect("a short")),
        "i" => Extra::Int(int(value)),
        "l" => Extra::Long(value.as_str().expect("a long").parse().expect("a long")),
        "c" => Extra::Char(int(value).try_into().expect("a unit")),
        "d" => Extra::Double(f64::from_bits(hex(value))),
        "f" => Extra::Float(f32::from_bits(hex(value).try_into().expect("32 bits"))),
        "null" | "unsupported" => Extra::Unprintable,
        _ => panic!("unknown type {kind}"),
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// 32 bits, with or without a sign; absent is 0.
fn int(value: &Value) -> i32 {
    let value = value.as_i64().unwrap_or(0);
    i32::try_from(value)
        .unwrap_or_else(|_| i32::from_ne_bytes(u32::try_from(value).expect("32 bits").to_ne_bytes()))
}

/// As [`equal`], where the record says what is expected.
fn equal_where_given(what: &str, actual: &Value, expected: Option<&Value>) -> Result<(), String> {
    expected.map_or(Ok(()), |expected| equal(what, actual, expected))
}

/// Everything that the form tells of an intent, orders included.
fn described(intent: &Intent) -> Value {
    let extras: Vec<Value> =
        intent.extras().map(|(key, value)| json!([key, described_extra(&value)])).collect();
    json!({
        "action": intent.action(),
        "data": intent.data().map(AndroidUri::as_str),
        "type": intent.mime_type(),
        "identifier": intent.identifier(),
        "package": intent.package(),
        "component": intent.component().map(|component| [component.package().to_owned(), component.class().to_owned()]),
        "flags": intent.flags().bits(),
        "extended_flags": intent.extended_flags(),
        "categories": intent.categories().collect::<Vec<_>>(),
        "source_bounds": intent.source_bounds().map(|SourceBounds { left, top, right, bottom, .. }| [left, top, right, bottom]),
        "extras": extras,
        "selector": intent.selector().map(described),
    })
}

fn described_extra(extra: &Extra) -> Value {
    match extra {
        Extra::String(text) => json!(["S", text]),
        Extra::Boolean(value) => json!(["B", value]),
        Extra::Byte(value) => json!(["b", value]),
        Extra::Char(value) => json!(["c", value]),
        Extra::Double(value) => json!(["d", value.to_bits()]),
        Extra::Float(value) => json!(["f", value.to_bits()]),
        Extra::Int(value) => json!(["i", value]),
        Extra::Long(value) => json!(["l", value]),
        Extra::Short(value) => json!(["s", value]),
        Extra::Unprintable => json!(["unprintable"]),
        _ => panic!("an extra of a new type"),
    }
}

fn equal(what: &str, actual: &Value, expected: &Value) -> Result<(), String> {
    if actual == expected { Ok(()) } else { Err(format!("{what}: {actual} instead of {expected}")) }
}

fn without_app_encoding() -> AndroidVersion {
    AndroidVersion::NEWEST.with_app_intent_encoding(false)
}

#[test]
fn to_uri() {
    let Some(tally) = records::run("to_uri", "to_uri.jsonl", |record| {
        let intent = intent(&record["intent"]);
        let print = |scheme, version| match intent.to_uri_on(scheme, version) {
            Ok(uri) => Ok(json!(uri)),
            Err(ToUriError::NoPackage) => Ok(json!("IllegalArgumentException")),
            Err(error) => Err(error.to_string()),
        };
        let newest = AndroidVersion::NEWEST;
        let expected = |key: &str| {
            let expected = record.get(key)?;
            expected.pointer("/error/kind").or(Some(expected))
        };
        // Where the classic and the shortest digits differ, only the shortest are promised.
        if let Some(shortest) = expected("uri_intent_scheme_fp_shortest") {
            return equal("shortest", &print(UriScheme::Intent, newest)?, shortest);
        }
        let app = expected("uri_android_app_scheme");
        let unencoded = expected("uri_android_app_scheme_api34").or(app);
        let cases = [
            ("intent", UriScheme::Intent, newest, expected("uri_intent_scheme")),
            ("android-app", UriScheme::AndroidApp, newest, app),
            ("bare", UriScheme::Bare, newest, expected("uri_scheme_0")),
            ("unencoded", UriScheme::AndroidApp, without_app_encoding(), unencoded),
        ];
        if cases.iter().all(|(.., expected)| expected.is_none()) {
            return Err("the record expects nothing".to_owned());
        }
        cases.into_iter().try_for_each(|(what, scheme, version, expected)| {
            equal_where_given(what, &print(scheme, version)?, expected)
        })
    }) else {
        return;
    };
    tally.finish("tu-");
}

/// Holds what the parser gave against `intent` or `error` of a record.
fn check_parsed(
    parsed: Result<Intent, ParseUriError>,
    expected_intent: &Value,
    expected_error: &Value,
) -> Result<(), String> {
    match parsed {
        Ok(parsed) if expected_intent.is_object() => {
            equal("intent", &described(&parsed), &described(&intent(expected_intent)))
        }
        Ok(parsed) => Err(format!("{} instead of {expected_error}", described(&parsed))),
        Err(ParseUriError::Syntax { reason, index }) => {
            let index = index.map_or(-1, |index| i64::try_from(index).expect("an index"));
            equal("error", &json!("URISyntaxException"), &expected_error["kind"])?;
            equal_where_given("reason", &json!(reason.to_string()), expected_error.get("reason"))?;
            equal_where_given("index", &json!(index), expected_error.get("index"))
        }
        Err(error @ ParseUriError::Number { .. }) => {
            equal(&error.to_string(), &json!("NumberFormatException"), &expected_error["kind"])
        }
        Err(error) => Err(error.to_string()),
    }
}

fn flags(record: &Value) -> ParseFlags {
    ParseFlags::from_bits(u32::from_ne_bytes(int(&record["flags"]).to_ne_bytes()))
}

#[test]
fn parse_uri() {
    let mut errors = 0;
    let Some(tally) = records::run("parse_uri", "parse_uri.jsonl", |record| {
        let uri = record["uri"].as_str().expect("a uri");
        let parsed = Intent::parse_uri(uri, flags(record));
        errors += usize::from(parsed.is_err());
        check_parsed(parsed, &record["intent"], &record["error"])?;
        let unencoded = Intent::parse_uri_on(uri, flags(record), without_app_encoding());
        let expected =
            if record["intent_api34"].is_object() { &record["intent_api34"] } else { &record["intent"] };
        check_parsed(unencoded, expected, &record["error"])
    }) else {
        return;
    };
    tally.remark(format!("({errors} errors)")).finish("pu-");
}

#[test]
fn uri_encode() {
    let Some(tally) = records::run("uri_encode", "uri_encode.jsonl", |record| {
        let input = record["input"].as_str();
        let actual = match record["op"].as_str().expect("an op") {
            "encode" => {
                let allowed = record["allow"].as_str().unwrap_or_default();
                json!(input.map(|input| AndroidUri::encode(input, allowed)))
            }
            "decode" => json!(input.map(AndroidUri::decode)),
            "uri_parts" => {
                let parts = parts(input.expect("a uri"));
                let expected = record["parts"].as_object().expect("the parts");
                return expected.iter().try_for_each(|(part, value)| equal(part, &parts[part], value));
            }
            op => panic!("unknown op {op}"),
        };
        equal("text", &actual, &record["output"])
    }) else {
        return;
    };
    tally.finish("ue-");
}

fn parts(input: &str) -> Value {
    let uri = AndroidUri::new(input);
    assert_eq!(uri.as_str(), input);
    json!({
        "scheme": uri.scheme(),
        "hierarchical": uri.is_hierarchical(),
        "encoded_ssp": uri.encoded_scheme_specific_part(),
        "ssp": uri.scheme_specific_part(),
        "encoded_authority": uri.encoded_authority(),
        "host": uri.host(),
        "port": uri.port().map_or(-1, i64::from),
        "user_info": uri.user_info(),
        "encoded_path": uri.encoded_path(),
        "path": uri.path(),
        "encoded_query": uri.encoded_query(),
        "query": uri.query(),
        "encoded_fragment": uri.encoded_fragment(),
        "fragment": uri.fragment(),
    })
}

#[test]
fn intents() {
    let Some(tally) = records::run("intents", "intents.jsonl", |record| {
        let uri = record["uri"].as_str().expect("a uri");
        let parsed = Intent::parse_uri(uri, flags(record));
        check_parsed(parsed.clone(), &record["intent"], &record["error"])?;
        let Ok(parsed) = parsed else { return Ok(()) };
        let printed = parsed.to_uri(UriScheme::Intent).map_err(|error| error.to_string())?;
        equal_where_given("printed", &json!(printed), record.get("printed"))
    }) else {
        return;
    };
    tally.finish("ri-");
}
