//! What became of a push, told from the server's texts; and why there are no clicks.

use tim_offline_push::doctor::{App, Preflight, PushTrace, SetupSheet};
use tim_offline_push::registrar::Diagnosis;
use tim_offline_push::trace::ServerRecord;
use tim_offline_push::vendor::{Vendor, VendorSet};

fn told(texts: &[&str]) -> String {
    let records: Vec<ServerRecord> = texts.iter().map(|text| ServerRecord::read(text).unwrap()).collect();
    records.iter().fold(PushTrace::new(), PushTrace::with_record).to_string()
}

fn event(stage: u8, platform: u8, code: &str, id: &str) -> String {
    format!(
        r#"{{"PushStage":{stage},"PushPlatform":{platform},"ErrCode":{code},"ErrInfo":"canary","EventTime":1728000000,
            "To_Account":"canary-user","{id}":"canary-id"}}"#
    )
}

fn webhook(events: &[String]) -> String {
    format!(r#"{{"CallbackCommand":"Push.OfflinePush","Events":[{}]}}"#, events.join(","))
}

#[test]
fn a_push_is_followed_from_stage_to_stage() {
    let all = [1, 2, 3].map(|stage| event(stage, 2, "0", "PushID"));
    for (count, said) in
        [(1, "No event says that it reached"), (2, "Not clicked"), (3, "Clicked at 2024-10-04 00:00:00 UTC")]
    {
        let text = told(&[&webhook(&all[..count])]);
        assert!(text.contains("Sent by Xiaomi at 2024-10-04 00:00:00 UTC") && text.contains(said), "{text}");
        assert!(!text.contains("canary"), "{text}");
        // In several texts, and in any order.
        let texts: Vec<String> =
            all[..count].iter().rev().map(|event| webhook(std::slice::from_ref(event))).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(told(&texts), text);
    }
    // A push to all members has no id: the task and the user stand for it.
    let text = told(&[&webhook(&[event(1, 1, "0", "TaskId"), event(3, 1, "0", "TaskId")])]);
    assert!(
        text.contains("Push 1 of 1 to all members") && text.contains("so it reached the phone"),
        "{text}"
    );
}

#[test]
fn what_was_not_sent_says_why_and_what_to_do() {
    for (code, said) in [
        ("-1", "report the business id with the token"),
        ("\"-2\"", "the token was not uploaded"),
        ("\"regid_invalid\"", "the token is dead"),
        ("410", "the token is dead"),
        ("10302", "the list of vivo's push server"),
        ("\"a secret text\"", "a word of the vendor's server"),
    ] {
        let text = told(&[&webhook(&[event(1, 7, code, "PushID")])]);
        assert!(text.contains("Not sent by vivo") && text.contains(said), "{code}: {text}");
        assert!(text.contains("What to do") && !text.contains("secret text"), "{text}");
    }
}

#[test]
fn traces_losses_and_statistics_are_told() {
    let step =
        |code: &str| format!(r#"{{"PushStatus":1,"ErrorCode":{code},"EventTime":"2024-10-04 00:00:00"}}"#);
    let trace = format!(
        r#"{{"InstanceTrace":[{{"PushPlatform":3,"Token":"canary","CertId":30208,"NotificationStatus":2,
            "IMCommitStat":{{"IMStat":{}}},"OfflinePushStat":{{"OfflineStat":{},"ChannelStat":{}}}}}]}}"#,
        step("0"),
        step("0"),
        step("80300007")
    );
    let text = told(&[&trace]);
    assert!(text.contains("Lost where it should have been handed to the vendor"), "{text}");
    assert!(text.contains("notifications are switched off") && !text.contains("canary"), "{text}");
    assert!(text.contains("Missing or unreadable"), "{text}");
    let text =
        told(&[r#"{"ReadyToSendLoss":[{"ErrCode":"-1","ErrCount":2},{"ErrCode":"-2","ErrCount":9}]}"#]);
    assert!(text.find("9 pushes").unwrap() < text.find("2 pushes").unwrap(), "{text}");
    let text = told(&[r#"{"TotalCount":9,"SentCount":9,"DeliveredCount":8,"ClickCount":0}"#]);
    assert!(text.contains("Why is the click rate 0?") && text.contains("clickExt"), "{text}");
    // Times that are no times are left out, and named.
    let odd = webhook(&[event(1, 2, "0", "PushID").replace("1728000000", "\"canary o'clock\"")]);
    let text = told(&[&odd]);
    assert!(text.contains("Sent by Xiaomi.") && text.contains("Events[0].EventTime"), "{text}");
    let far = webhook(&[event(1, 2, "0", "PushID").replace("1728000000", "9223372036854775807")]);
    assert!(told(&[&far]).contains("Sent by Xiaomi at "), "{}", told(&[&far]));
}

#[test]
fn the_phone_is_compared() {
    let trace = r#"{"InstanceTrace":[{"PushPlatform":3,"Token":"t","CertId":30208}]}"#;
    let diagnosis = r#"{"reachable":true,"summary":"reachable","elected":"Xiaomi","kept_push_events":3,
        "counters":{"push_events_unreported":4},"regions":[],"tokens":[]}"#;
    let diagnosis = Diagnosis::read(diagnosis).unwrap();
    let record = ServerRecord::read(trace).unwrap();
    let text = PushTrace::new().with_record(&record).with_diagnosis(&diagnosis).to_string();
    for said in
        ["pushed by Huawei, and the phone of the diagnosis has elected Xiaomi", "3 arrivals", "4 arrivals"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_certificate_of_another_vendor_is_named() {
    let trace = r#"{"InstanceTrace":[{"PushPlatform":3,"Token":"t","CertId":30208}]}"#;
    let record = ServerRecord::read(trace).unwrap();
    for (vendor, id, said) in [
        ("Xiaomi", 30208, Some("by Huawei under certificate 30208, which is the phone's for Xiaomi")),
        ("Huawei", 30209, Some("under certificate 30208, which is none of the phone's")),
        ("Huawei", 30208, None),
    ] {
        let token = format!(
            r#"{{"vendor":"{vendor}","kind":"standard","bytes":9,"fingerprint":"00000001","business_id":{id},
                "suspicions":[]}}"#
        );
        let diagnosis = format!(
            r#"{{"reachable":true,"summary":"reachable","counters":{{}},"regions":[],"tokens":[{token}]}}"#
        );
        let diagnosis = Diagnosis::read(&diagnosis).unwrap();
        assert_eq!(diagnosis.tokens.len(), 1);
        let text = PushTrace::new().with_record(&record).with_diagnosis(&diagnosis).to_string();
        assert_eq!(text.contains("under certificate"), said.is_some(), "{text}");
        assert!(said.is_none_or(|said| text.contains(said)), "{text}");
    }
}

/// Times are written as the date in UTC, and as a number after the year 2999.
#[test]
fn times_are_dates_in_utc() {
    for (seconds, utc) in [
        ("1", "1970-01-01 00:00:01 UTC."),
        ("951868799", "2000-02-29 23:59:59 UTC."),
        ("1798761599", "2026-12-31 23:59:59 UTC."),
        ("1798761599000", "2026-12-31 23:59:59 UTC."),
        ("32503679999", "2999-12-31 23:59:59 UTC."),
        ("32503680000", "32503680000."),
    ] {
        let text = told(&[&webhook(&[event(1, 2, "0", "PushID").replace("1728000000", seconds)])]);
        assert!(text.contains(&format!("Sent by Xiaomi at {utc}\n")), "{text}");
    }
}

/// A text of 10 MB is refused; many events are all told.
#[test]
fn long_texts_are_bounded() {
    let long = format!("{{\"Events\":[{}]}}", "{},".repeat(3_400_000));
    let error = ServerRecord::read(&long).unwrap_err().to_string();
    assert!(error.contains("bytes"), "{error}");
    let one = event(1, 2, "0", "PushID").replace("canary-id", "canary-ID");
    let many: Vec<String> = (0..5_000).map(|number| one.replace("-ID", &number.to_string())).collect();
    let text = told(&[&webhook(&many)]);
    assert!(text.contains("Push 5000 of 5000"));
}

#[test]
fn why_there_are_no_clicks() {
    let report = |id: &str| {
        Preflight::new().with_config_text(format!(r#"{{"huaweiPushBussinessId": "{id}"}}"#)).click_rate()
    };
    assert!(report("11344").contains("certificate 11344"));
    assert!(!report("11345").contains("in the way"));
    let all = Preflight::new().click_rate();
    for vendor in [Vendor::Huawei, Vendor::Vivo, Vendor::Meizu, Vendor::Fcm, Vendor::Apns] {
        assert!(all.contains(&format!("- [ ] {vendor}: ")), "{vendor}: {all}");
    }
    // Nobody who asks for a check is told of statistics.
    let checked = Preflight::new().with_config_text(r#"{"huaweiPushBussinessId": "11200"}"#).check();
    assert!(!format!("{checked}").contains("receipt"), "{checked}");
}

#[test]
fn the_set_up_sheet_has_receipts() {
    let app = App::new("com.example.im").with_vendors(VendorSet::ALL);
    let text = SetupSheet::new(&app).to_string();
    for said in [
        "## 5. Receipts",
        "`https://HOST/v3/offline_push_report/vivo`",
        "apiidn.im.qcloud.com",
        "| Xiaomi | – | nothing |",
    ] {
        assert!(text.contains(said), "{said}");
    }
}
