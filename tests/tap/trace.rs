//! What Tencent's server tells of pushes: webhooks and answers, whole, damaged and hostile.

use serde_json::{Value, json};
use tim_offline_push::account::UserId;
use tim_offline_push::json::JsonError;
use tim_offline_push::notification::PushId;
use tim_offline_push::secret::Secret;
use tim_offline_push::time::UnixTime;
use tim_offline_push::trace::{PushPlatform, PushStage, ServerRecord, ServerRecordError};
use tim_offline_push::vendor::Vendor;

fn read(value: &Value) -> ServerRecord {
    ServerRecord::read(&value.to_string()).unwrap()
}

fn text(field: Option<&Secret>) -> Option<&str> {
    field.map(Secret::expose_secret)
}

fn event(stage: impl Into<Value>) -> Value {
    json!({
        "PushStage": stage.into(), "PushPlatform": 2, "ErrCode": 0, "ErrInfo": "", "EventTime": 1_728_000_000,
        "EventType": 1, "From_Account": "vinson", "To_Account": "denny", "MsgKey": "1_2_3", "PushID": "66ff0000_1_2_3_4",
    })
}

#[test]
fn a_webhook_is_read_event_by_event() {
    let record = read(&json!({
        "CallbackCommand": "Push.OfflinePush", "Newer": {"x": 1},
        "Events": [event(1), event("2"), event(3), event(9)],
    }));
    let events = record.events();
    let stages: Vec<_> = events.iter().map(|event| event.stage).collect();
    assert_eq!(stages, [PushStage::Sent, PushStage::Reached, PushStage::Clicked, PushStage::Unknown]);
    assert_eq!(events[0].platform.and_then(PushPlatform::vendor), Some(Vendor::Xiaomi));
    assert_eq!(events[0].push_id.as_ref().map(PushId::as_str), Some("66ff0000_1_2_3_4"));
    assert_eq!(events[0].to.as_ref().map(UserId::as_str), Some("denny"));
    assert_eq!(events[0].outcome.unix_time().map(UnixTime::as_secs), Some(1_728_000_000));
    assert_eq!(events[0].outcome.code(), Some("0"));
    assert_eq!(record.missing().count(), 0);

    let all_members = json!({
        "CallbackCommand": "Push.AllMemberPush",
        "Events": [{"PushStage": 1, "ErrCode": "-2", "ErrInfo": "no token", "EventTime": "1728000000",
            "To_Account": "denny", "TaskId": "66ff0000_5_6_7_8", "EventType": 1, "DeviceType": "x"}],
    });
    let record = read(&all_members);
    let events = record.events();
    assert_eq!((text(events[0].task_id.as_ref()), &events[0].push_id), (Some("66ff0000_5_6_7_8"), &None));
    assert_eq!(
        (events[0].outcome.code(), text(events[0].outcome.info.as_ref())),
        (Some("-2"), Some("no token"))
    );
    assert!(events[0].outcome.is_failure() && events[0].outcome.unix_time().is_some());
}

fn step(code: impl Into<Value>, time: &str) -> Value {
    json!({"PushStatus": 1, "ErrorCode": code.into(), "ErrorInfo": "", "EventTime": time})
}

#[test]
fn a_trace_is_read_step_by_step() {
    let time = "2026-11-29 14:00:00";
    let device = json!({
        "InstanceId": 1, "PushTime": time, "DeviceModel": "MI 9", "System": "Android", "SystemVersion": "11",
        "PushPlatform": 2, "Token": "canary-token", "CertId": 30207, "SdkVersion": "8.7", "NotificationStatus": 1,
        "last_active_terminal": true, "IMCommitStat": {"IMStat": step(0, time)},
        "OfflinePushStat": {
            "OfflineStat": step("0", time), "ChannelStat": step(20_001, time),
            "DeviceStat": step(0, time), "ClickStat": step(0, time),
        },
        "OnlinePushStat": step(0, time),
    });
    let record = read(&json!({"ActionStatus": "OK", "ErrorCode": 0, "InstanceTrace": [device]}));
    let devices = record.devices();
    let device = &devices[0];
    assert_eq!((device.certificate, device.has_token), (Some(30207), true));
    assert_eq!((device.notifications_on, device.is_last_active), (Some(true), Some(true)));
    assert_eq!(
        (
            text(device.device_model.as_ref()),
            text(device.system_version.as_ref()),
            text(device.sdk_version.as_ref())
        ),
        (Some("MI 9"), Some("11"), Some("8.7"))
    );
    assert_eq!(device.steps.len(), 6);
    let (name, failed) = device.failed_step().unwrap();
    assert_eq!(
        (*name, failed.code(), text(failed.time.as_ref())),
        ("handed to the vendor", Some("20001"), Some(time))
    );
    assert_eq!(record.missing().count(), 0);
    assert!(!format!("{record:?}").contains("canary"));
}

#[test]
fn losses_and_counts_are_read_by_vendor() {
    let loss = json!({
        "ErrorCode": 0,
        "ReadyToSendLoss": [{"ErrCode": "-1", "ErrCount": 3, "ErrInfo": "no certificate id"}],
        "PostSendDeliveredLoss": [{"ErrCode": "regid_invalid", "ErrCount": "2"}],
        "PlatformPostSendDeliveredLoss": [{"PushPlatform": 1, "LossItems": [{"ErrCode": 410, "ErrCount": 1}]}],
    });
    let record = read(&loss);
    let items = record.losses();
    let seen: Vec<_> =
        items.iter().map(|item| (item.is_after_sending, item.outcome.code(), item.count)).collect();
    assert_eq!(
        seen,
        [(false, Some("-1"), Some(3)), (true, Some("regid_invalid"), Some(2)), (true, Some("410"), Some(1))]
    );
    assert_eq!(items[2].platform.and_then(PushPlatform::vendor), Some(Vendor::Apns));

    let counts = json!({
        "ErrorCode": 0,
        "Results": [{"TaskID": "t1", "TotalCount": 10, "SentCount": 9, "DeliveredCount": 8, "ClickCount": 1,
            "PlatformStatistics": [{"PushPlatform": 8, "TotalCount": 10, "SentCount": 9, "DeliveredCount": 8}]}],
    });
    let record = read(&counts);
    let rows = record.counts();
    assert_eq!(
        (text(rows[0].task_id.as_ref()), rows[0].platform, rows[0].clicked),
        (Some("t1"), None, Some(1))
    );
    assert_eq!(
        (rows[1].total, rows[1].sent, rows[1].reached, rows[1].clicked),
        (Some(10), Some(9), Some(8), None)
    );
    assert_eq!(rows[1].platform.and_then(PushPlatform::vendor), Some(Vendor::Honor));
}

#[test]
fn what_is_missing_or_odd_is_named() {
    let mut broken = event(1);
    broken.as_object_mut().unwrap().remove("PushStage");
    broken["EventTime"] = json!("soon");
    broken["PushID"] = Value::Null;
    let record = read(&json!({"Events": [event(2), broken, 7]}));
    assert_eq!(
        record.missing().collect::<Vec<_>>(),
        ["Events[1].PushID", "Events[1].PushStage", "Events[1].EventTime"]
    );
    let trace = read(&json!({"InstanceTrace": [{"OfflinePushStat": {"ChannelStat": {"ErrorCode": 0}}}]}));
    let missing: Vec<_> = trace.missing().collect();
    assert!(missing.contains(&"InstanceTrace[0].PushPlatform"), "{missing:?}");
    assert!(missing.contains(&"InstanceTrace[0].OfflinePushStat.ChannelStat.EventTime"), "{missing:?}");
    assert!(missing.contains(&"InstanceTrace[0].OfflinePushStat.ClickStat"), "{missing:?}");
    let many = read(&json!({"Events": vec![json!({}); 100]}));
    assert_eq!((many.missing().count(), many.missing_left_out() > 0), (100, true));
    assert_eq!(
        read(&json!({"CallbackCommand": "Push.OfflinePush"})).missing().collect::<Vec<_>>(),
        ["Events"]
    );
}

#[test]
fn anything_else_is_an_error_that_says_so() {
    let failed = |text: &str| ServerRecord::read(text).unwrap_err();
    let refused = json!({"ActionStatus": "FAIL", "ErrorCode": 60010, "ErrorInfo": "canary"}).to_string();
    assert_eq!(failed(&refused), ServerRecordError::Refused { code: 60010 });
    assert!(!failed(&refused).to_string().contains("canary"));
    assert_eq!(failed("{}"), ServerRecordError::Unrecognized);
    assert_eq!(failed(r#"{"OfflinePushInfo":{"Title":"t"}}"#), ServerRecordError::Unrecognized);
    assert!(matches!(failed("[1]"), ServerRecordError::Json(JsonError::NotAnObject { .. })));
    assert!(matches!(
        failed(r#"{"Events":["#),
        ServerRecordError::Json(JsonError::EndsEarly { line: 1, column: 11 })
    ));
    let huge = format!(r#"{{"Events":[{}]}}"#, "{},".repeat(3_500_000));
    let limit = ServerRecord::MAX_BYTES;
    assert_eq!(failed(&huge), ServerRecordError::Json(JsonError::TooLarge { bytes: huge.len(), limit }));
    let deep = format!(r#"{{"Events":{}1{}}}"#, "[".repeat(5000), "]".repeat(5000));
    assert!(matches!(failed(&deep), ServerRecordError::Json(JsonError::TooDeep { .. })));
}

#[test]
fn nothing_of_a_user_is_shown() {
    let canary = "canary-7d1e";
    let text = json!({"Events": [{"PushStage": 1, "ErrCode": canary, "ErrInfo": canary, "EventTime": canary,
        "To_Account": canary, "From_Account": canary, "PushID": canary, "TaskId": canary, canary: canary}]});
    let record = read(&text);
    let missing: Vec<_> = record.missing().collect();
    assert!(!format!("{record:?} {missing:?}").contains(canary));
}

/// The server's numbers are not those of the device.
#[test]
fn platforms_are_the_servers_own() {
    let vendors: Vec<_> = (0..=9).map(|number| PushPlatform::from_number(number).vendor()).collect();
    let expected = [
        None,
        Some(Vendor::Apns),
        Some(Vendor::Xiaomi),
        Some(Vendor::Huawei),
        Some(Vendor::Fcm),
        Some(Vendor::Meizu),
        Some(Vendor::Oppo),
        Some(Vendor::Vivo),
        Some(Vendor::Honor),
        None,
    ];
    assert_eq!(vendors, expected);
    assert_eq!(PushPlatform::from_number(2).to_string(), "Xiaomi");
}
