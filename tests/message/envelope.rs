//! The object around a push.

use tim_offline_push::message::{Envelope, Field, Form, OfflinePushInfo, ServerOptions};

#[test]
fn a_message_of_the_c_api_is_read_with_its_push() {
    for key in ["message_offline_push_config", "message_offlie_push_config"] {
        let text = format!(
            r#"{{"message_conv_id":"v","{key}":{{"offline_push_config_desc":"d"}},"message_elem_array":[{{"elem_type":0}}],"n":1.25}}"#
        );
        let reading = OfflinePushInfo::read(Form::CApi, &text).unwrap();
        assert_eq!(reading.info().desc(), "d");
        assert_eq!(reading.findings(), []);
        let envelope = reading.envelope().unwrap();
        assert_eq!((envelope.form(), envelope.key()), (Form::CApi, key));
        assert_eq!(envelope.other_keys().collect::<Vec<_>>(), ["message_conv_id", "message_elem_array", "n"]);
        assert_eq!(envelope.write(reading.info()).text(), text);
        let other = envelope.write(&OfflinePushInfo::new("", "other"));
        assert_eq!(other.text(), text.replace(r#""d""#, r#""other""#));
    }
}

#[test]
fn requests_and_send_options_are_envelopes_too() {
    for (form, text) in [
        (Form::Rest, r#"{"To_Account":["a"],"OfflinePushInfo":{"Title":"t"},"MsgRandom":7}"#),
        (Form::V2tim, r#"{"offlinePushInfo":{"title":"t"},"onlineUserOnly":false}"#),
        (Form::Web, r#"{"onlineUserOnly":false,"offlinePushInfo":{"title":"t"}}"#),
    ] {
        let reading = OfflinePushInfo::read(form, text).unwrap();
        assert_eq!(reading.info().title(), "t");
        assert_eq!(reading.envelope().unwrap().write(reading.info()).text(), text);
    }
}

#[test]
fn a_push_is_put_into_a_message_that_has_none() {
    let push = OfflinePushInfo::new("", "d");
    let written = |text: &str| Envelope::read(Form::CApi, text).unwrap().write(&push).into_text();
    let config = r#""message_offline_push_config":{"offline_push_config_desc":"d"}"#;
    assert_eq!(written("{}"), format!("{{{config}}}"));
    assert_eq!(written(r#"{"a":{}}"#), format!(r#"{{"a":{{}},{config}}}"#));
    assert_eq!(written(r#"{"message_offline_push_config":null,"a":1}"#), format!(r#"{{{config},"a":1}}"#));
    assert_eq!(Envelope::new(Form::CApi).write(&push).text(), format!("{{{config}}}"));
    // What was escaped elsewhere in the message becomes raw text, as the library needs it.
    assert_eq!(written(r#"{"a":"\ud83d\ude00"}"#), format!(r#"{{"a":"😀",{config}}}"#));
}

#[test]
fn an_envelope_names_what_is_not_carried() {
    let push = OfflinePushInfo::default().with_server(ServerOptions::new().with_badge_add(1).unwrap());
    let written = Envelope::new(Form::CApi).write(&push);
    assert_eq!(written.not_carried(), [Field::BadgeAdd.as_str()]);
}

#[test]
fn a_null_push_is_an_empty_one() {
    let reading = OfflinePushInfo::read(Form::CApi, r#"{"message_offline_push_config":null}"#).unwrap();
    assert_eq!(reading.info(), &OfflinePushInfo::default());
    assert!(reading.envelope().is_some());
    let reading = OfflinePushInfo::read(Form::Rest, r#"{"OfflinePushInfo":"x"}"#).unwrap();
    assert!(reading.envelope().is_none(), "a text is no push, so the key is an unknown one");
    assert_eq!(reading.info().write(Form::Rest).text(), r#"{"OfflinePushInfo":"x"}"#);
}
