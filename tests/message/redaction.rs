//! What people wrote is in no debug output, no finding and no error.

use serde_json::json;
use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Audience, Form, Harmony, Ios, OfflinePushInfo, ServerOptions, VendorParams,
};

const CANARY: &str = "CANARY";

#[test]
fn what_people_wrote_is_nowhere_to_be_seen() {
    let long = CANARY.repeat(900);
    let body = json!({"k": CANARY, "LaId": CANARY.repeat(20)});
    let push = OfflinePushInfo::new(&long, &long)
        .with_ext(Ext::from_text(&long))
        .with_ios(Ios::new().with_title(&long).with_subtitle(CANARY).with_live_activity(&body).unwrap())
        .with_android(Android::new().with_title(&long))
        .with_harmony(Harmony::new().with_title(&long))
        .with_vendor_params(
            VendorParams::from_text(&format!(r#"{{"x":"{CANARY}"}}"#))
                .with_oppo_title_params(&body)
                .unwrap()
                .with_push_template_params(&body)
                .unwrap(),
        )
        .with_server(ServerOptions::new().with_multi_language(&json!([{"Title": CANARY}])).unwrap());
    let mut shown = format!("{push:?}");
    for finding in push.check(&Audience::everyone().with_custom_message().with_body_bytes(20_000)) {
        shown.push_str(&format!("{finding:?}{finding}{}", finding.fix()));
    }
    for form in Form::ALL.iter().copied() {
        let written = push.write(form);
        assert!(written.text().contains(CANARY));
        let reading = OfflinePushInfo::read(form, written.text()).unwrap();
        shown.push_str(&format!("{written:?}{reading:?}"));
    }
    let odd = format!(
        r#"{{"OfflinePushInfo":{{"x":"{CANARY}","Title":["{CANARY}"],"Desc":{{"a":"{CANARY}"}}}},"y":"{CANARY}"}}"#
    );
    shown.push_str(&format!("{:?}", OfflinePushInfo::read(Form::Rest, &odd).unwrap()));
    for broken in [
        format!(r#"{{"Title":"{CANARY}""#),
        format!(r#"{{"Title":{CANARY}}}"#),
        format!(r#""{CANARY}""#),
        CANARY.to_owned(),
    ] {
        let error = OfflinePushInfo::read(Form::Rest, &broken).unwrap_err();
        shown.push_str(&format!("{error:?}{error}"));
    }
    assert!(!shown.contains(CANARY), "{shown}");
}
