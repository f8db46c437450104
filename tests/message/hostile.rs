//! Input from an enemy: bounded, never a panic, and errors that name a place.

use serde_json::json;
use tim_offline_push::json::{JsonError, MAX_DEPTH};
use tim_offline_push::message::{Envelope, Form, OfflinePushInfo, TokenObject};

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}0{}", open.repeat(levels), close.repeat(levels))
}

#[test]
fn nesting_is_bounded_with_an_error_that_says_so() {
    for (open, close) in [("[", "]"), (r#"{"k":"#, "}")] {
        let push = |levels| format!(r#"{{"x":{}}}"#, nested(open, close, levels));
        assert!(OfflinePushInfo::read(Form::Rest, &push(MAX_DEPTH - 1)).is_ok());
        for levels in [MAX_DEPTH, MAX_DEPTH + 20, 100_000] {
            let error = OfflinePushInfo::read(Form::Rest, &push(levels)).unwrap_err();
            assert!(
                matches!(error, JsonError::TooDeep { limit: MAX_DEPTH, line: 1, column } if column > 100),
                "{levels}: {error:?}"
            );
        }
    }
    // A text that only opens is too deep before it ends too early.
    let error = OfflinePushInfo::read(Form::Rest, &r#"{"x":"#.repeat(1000)).unwrap_err();
    assert!(matches!(error, JsonError::TooDeep { .. }));
}

/// What was read at the deepest level is written and read again, through envelopes and vendor parameters.
#[test]
fn what_was_read_can_be_read_again() {
    let inside = nested("[", "]", MAX_DEPTH - 2);
    let message = format!(r#"{{"message_offline_push_config":{{"x":{inside}}}}}"#);
    let reading = OfflinePushInfo::read(Form::CApi, &message).unwrap();
    assert_eq!(reading.envelope().unwrap().write(reading.info()).text(), message);

    for levels in [80, 89, 90, 95, 99, 100, 110, 119, 121] {
        let object = format!(r#"{{"a":{}}}"#, nested("[", "]", levels));
        for params in
            [format!(r#"{{"oppoTitleParam":{object}}}"#), json!({"oppoTitleParam": object}).to_string()]
        {
            let input = json!({"vendorParams": params}).to_string();
            let info = OfflinePushInfo::read(Form::V2tim, &input).unwrap().into_info();
            for form in Form::ALL.iter().copied() {
                let written = info.write(form);
                let again = OfflinePushInfo::read(form, written.text()).unwrap().into_info();
                assert_eq!(again.write(form).text(), written.text(), "{levels} {form}");
            }
        }
    }
}

#[test]
fn length_is_bounded() {
    let text = |length: usize| format!(r#"{{"Title":"{}"}}"#, "x".repeat(length - r#"{"Title":""}"#.len()));
    assert!(OfflinePushInfo::read(Form::Rest, &text(OfflinePushInfo::MAX_BYTES)).is_ok());
    let too_long = text(OfflinePushInfo::MAX_BYTES + 1);
    let error =
        JsonError::TooLarge { bytes: OfflinePushInfo::MAX_BYTES + 1, limit: OfflinePushInfo::MAX_BYTES };
    assert_eq!(OfflinePushInfo::read(Form::Rest, &too_long), Err(error));
    assert_eq!(Envelope::read(Form::Rest, &too_long), Err(error));
    assert_eq!(TokenObject::read(&too_long), Err(error.into()));
    assert_eq!(error.to_string(), "input has 1048577 bytes, at most 1048576 are read");
}

/// A million bytes of small members.
#[test]
fn many_members_are_kept() {
    let mut text = String::from("{");
    let mut number = 0;
    while text.len() < OfflinePushInfo::MAX_BYTES - 20 {
        text.push_str(&format!("\"{number}\":0,"));
        number += 1;
    }
    text.push_str("\"x\":0}");
    let reading = OfflinePushInfo::read(Form::Rest, &text).unwrap();
    assert_eq!(reading.findings().len(), number + 1);
    assert_eq!(reading.info().write(Form::Rest).text(), text);
    let same = format!("{{{}\"x\":1}}", "\"x\":0,".repeat(150_000));
    assert_eq!(
        OfflinePushInfo::read(Form::Rest, &same).unwrap().info().write(Form::Rest).text(),
        r#"{"x":1}"#
    );
}

#[test]
fn malformed_json_is_an_error_with_a_place() {
    for (text, line, column) in [("", 1, 1), (" ", 1, 1), ("{", 1, 1), ("{\"Title\":\"t\"\n", 2, 1)] {
        assert_eq!(
            OfflinePushInfo::read(Form::Rest, text),
            Err(JsonError::EndsEarly { line, column }),
            "{text:?}"
        );
    }
    for (text, line, column) in [
        ("{\"a\":1,}", 1, 8),
        ("{\n \"a\": 1\n \"b\": 2}", 3, 2),
        ("{\"a\":NaN}", 1, 6),
        ("\u{feff}{}", 1, 1),
        ("{} {}", 1, 4),
        ("{\"a\":\"\u{1}\"}", 1, 7),
        ("// x\n{}", 1, 1),
        ("{'a':1}", 1, 2),
        ("{\"a\":1e999}", 1, 10),
        ("{\"a\":\"\\ud83d\"}", 1, 13),
        ("{\"a\":01}", 1, 7),
    ] {
        assert_eq!(
            OfflinePushInfo::read(Form::CApi, text),
            Err(JsonError::Syntax { line, column }),
            "{text:?}"
        );
    }
    for (text, line, column) in
        [("[]", 1, 1), ("  null", 1, 3), ("\n\n  \"{}\"", 3, 3), ("1", 1, 1), ("\r\ntrue", 2, 1)]
    {
        assert_eq!(
            OfflinePushInfo::read(Form::Web, text),
            Err(JsonError::NotAnObject { line, column }),
            "{text:?}"
        );
    }
}

/// Each key with each type of value.
#[test]
fn any_type_may_stand_under_any_key() {
    let values = [
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "2",
        "16",
        "1.0",
        "0.5",
        "1e300",
        "-9223372036854775809",
        "18446744073709551615",
        r#""""#,
        r#""1""#,
        r#""text""#,
        r#""{}""#,
        r#""true""#,
        "[]",
        "[1]",
        "{}",
        r#"{"k":"v"}"#,
        r#"{"LaId":1}"#,
    ];
    for form in Form::ALL.iter().copied() {
        for key in form.keys() {
            for value in values {
                let member = format!(r#"{{"{}":{value}}}"#, key.name());
                let text = if key.group().is_empty() {
                    member
                } else {
                    format!(r#"{{"{}":{member}}}"#, key.group())
                };
                let first = OfflinePushInfo::read(form, &text).unwrap().into_info();
                let written = first.write(form);
                let second = OfflinePushInfo::read(form, written.text()).unwrap().into_info();
                assert_eq!(second.write(form).text(), written.text(), "{form} {text}");
                assert_eq!(second, first, "{form} {text}");
                assert_eq!(written.not_carried().len(), 0, "{form} {text}");
                for other in Form::ALL.iter().copied() {
                    let elsewhere = first.write(other);
                    let reading = OfflinePushInfo::read(other, elsewhere.text()).unwrap();
                    assert_eq!(
                        reading.info().write(other).text(),
                        elsewhere.text(),
                        "{form} to {other} {text}"
                    );
                }
            }
        }
    }
}

/// The types of what is written for the C API, whatever was read in another form.
#[test]
fn the_c_api_gets_the_types_that_its_library_trusts() {
    let values = ["true", "7", "1.0", r#""1""#, r#""text""#, "[1]", r#"{"k":"v"}"#];
    for form in Form::ALL.iter().copied().filter(|form| *form != Form::CApi) {
        for key in form.keys() {
            for value in values {
                let member = format!(r#"{{"{}":{value}}}"#, key.name());
                let text = if key.group().is_empty() {
                    member
                } else {
                    format!(r#"{{"{}":{member}}}"#, key.group())
                };
                let info = OfflinePushInfo::read(form, &text).unwrap().into_info();
                let written: serde_json::Value = serde_json::from_str(info.write(Form::CApi).text()).unwrap();
                for own in Form::CApi.keys() {
                    let group =
                        if own.group().is_empty() { Some(&written) } else { written.get(own.group()) };
                    let Some(found) = group.and_then(|group| group.get(own.name())) else { continue };
                    let name = own.name();
                    let right = if [
                        "flag",
                        "push_type",
                        "notify_mode",
                        "classification",
                        "notify_level",
                        "notify_type",
                    ]
                    .iter()
                    .any(|end| name.ends_with(end))
                    {
                        found.is_i64()
                    } else if name.ends_with("badge") || name.ends_with("background_notification") {
                        found == true
                    } else {
                        found.is_string()
                    };
                    assert!(right, "{form} {text}: {name} is {found}");
                }
            }
        }
    }
}

/// Cut at every byte, a push is an error or a push.
#[test]
fn a_push_that_is_cut_off_is_no_panic() {
    let text = r#"{"message_offline_push_config":{"offline_push_config_desc":"消😀\ud83d\ude00","offline_push_config_ios_config":{"ios_offline_push_config_ignore_badge":true}},"x":[1.5e3]}"#;
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        let error = OfflinePushInfo::read(Form::CApi, &text[..end]).unwrap_err();
        assert!(matches!(error, JsonError::EndsEarly { .. } | JsonError::Syntax { .. }), "{end}: {error:?}");
    }
}

/// The documentation of `OfflinePushInfo::MAX_BYTES` says forty times.
#[test]
fn memory_is_bounded() {
    let mut members = String::from("{");
    while members.len() < OfflinePushInfo::MAX_BYTES / 4 {
        members.push_str(&format!("\"{:x}\":0,", members.len()));
    }
    members.push_str("\"x\":0}");
    let lists = format!(r#"{{"x":[{}[]]}}"#, "[],".repeat(OfflinePushInfo::MAX_BYTES / 12));
    let odd = format!("{{{}\"x\":0}}", "\"\":0,".repeat(OfflinePushInfo::MAX_BYTES / 20));
    for text in [members, lists, odd] {
        let peak = allocation_counter::measure(|| {
            let reading = OfflinePushInfo::read(Form::Rest, &text).unwrap();
            assert!(!reading.info().write(Form::Rest).text().is_empty());
        })
        .bytes_max;
        let factor = peak / u64::try_from(text.len()).unwrap();
        assert!(factor < 45, "{factor}");
    }
}
