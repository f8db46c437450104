//! What people ran into: the kinds of the public reports, each with the reported input and others of its
//! kind.

use tim_offline_push::finding::Finding;
use tim_offline_push::finding::Severity::{self, Error, Note, Warning};

use crate::input;

/// A kind, an input as lines of options, the rules that must find something, and the worst severity that may
/// be found.
type Case = (&'static str, &'static str, &'static [&'static str], Severity);

fn hold(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (kind, input, rules, most) in cases {
        let findings = input::findings(input);
        let found: Vec<&str> = findings.iter().map(|finding| finding.rule().id()).collect();
        let worst = findings.iter().map(Finding::severity).max().unwrap_or(Note);
        if rules.iter().any(|rule| !found.contains(rule)) || worst > *most {
            wrong.push(format!(
                "{kind}: {input}\n    wanted {rules:?} and at most {most}, found {findings:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

const FOUR: &str = r#"{"huaweiPushBussinessId": "30206", "xiaomiPushBussinessId": "30207", "xiaomiPushAppId": "2882303761500000000", "xiaomiPushAppKey": "5000000000000", "meizuPushBussinessId": "30208", "meizuPushAppId": "000000", "meizuPushAppKey": "0123456789abcdef", "oppoPushBussinessId": "30209", "oppoPushAppKey": "0123456789abcdef", "oppoPushAppSecret": "0123456789abcdef"}"#;

#[test]
fn what_nobody_asked_for_is_no_fault() {
    let four = |options: &str| format!("{options}\n--config {FOUR}");
    for options in ["--target-sdk 34", "--region domestic", "--app com.example.im", "--channel messages"] {
        assert_eq!(input::rules(&four(options)), [""; 0], "{options}");
    }
    assert!(input::rules(&four("--vendors Huawei,Honor")).contains(&"certificate-missing"));
    hold(&[
        // B3: no package is known, and the manifest's is the app's.
        ("B3", "--target-sdk 30\n--click Xiaomi=intent:#Intent;component=com.x/.A;end", &[], Note),
        (
            "B3",
            "--target-sdk 30\n--click Xiaomi=intent:#Intent;component=com.x/.A;end\n--manifest <manifest package=\"com.x\"><application><activity android:name=\".A\" android:exported=\"true\"/></application></manifest>",
            &[],
            Note,
        ),
        ("B3", "--region overseas\n--click vivo=intent:#Intent;component=com.y.z/.B;end", &[], Note),
    ]);
}

#[test]
fn meta_data_of_others_is_left_alone() {
    let meta = |name: &str, value: &str| {
        format!("--manifest <meta-data android:name=\"{name}\" android:value=\"{value}\" />")
    };
    for (name, value) in [
        ("TENCENT_QQ_APPID", "101234567"),
        ("com.facebook.sdk.ApplicationId", "1234567890"),
        ("BUGLY_APPID", "900012345"),
        ("app_id", "100000000"),
        ("api_key", "0123456789"),
        ("com.amap.api.v2.apikey", "1234567890"),
        ("com.vivo.push.app_id", "100000000"),
        ("MIPUSH_APPID", "MI-2882303761500000000"),
    ] {
        assert_eq!(input::rules(&meta(name, value)), [""; 0], "{name}");
    }
    for name in ["MIPUSH_APPID", "XM_APP_ID", "MEIZU_APPKEY", "com.huawei.push.app_key", "GETUI_APPID"] {
        assert_eq!(input::rules(&meta(name, "2882303761500000000")), ["numeric-meta-data"], "{name}");
    }
}

#[test]
fn secrets_are_told_apart() {
    hold(&[
        // B19: an old AppKey of vivo is a UUID; beside a newer AppID it is the AppSecret.
        (
            "B19",
            "--manifest <meta-data android:name=\"com.vivo.push.app_id\" android:value=\"10004\" /><meta-data android:name=\"com.vivo.push.api_key\" android:value=\"25509283-3767-4b9e-83fe-b6e55ac6b123\" />",
            &[],
            Note,
        ),
        (
            "B19",
            "--manifest <meta-data android:name=\"com.vivo.push.app_id\" android:value=\"105123456\" /><meta-data android:name=\"com.vivo.push.api_key\" android:value=\"25509283-3767-4b9e-83fe-b6e55ac6b123\" />",
            &["secret-shape"],
            Error,
        ),
        (
            "B19",
            r#"--config {"vivoPushBussinessId": "30222", "vivoPushAppId": "10004", "vivoPushAppKey": "25509283-3767-4b9e-83fe-b6e55ac6b123"}"#,
            &[],
            Note,
        ),
        (
            "B19",
            r#"--config {"vivoPushBussinessId": "30222", "vivoPushAppId": "105123456", "vivoPushAppKey": "25509283-3767-4b9e-83fe-b6e55ac6b123"}"#,
            &["secret-shape"],
            Error,
        ),
        // B20: what an SDK in the app reads.
        (
            "B20",
            "--manifest <meta-data android:name=\"com.alibaba.app.appsecret\" android:value=\"0123456789abcdef\" />",
            &["server-secret"],
            Note,
        ),
        (
            "B20",
            "--manifest <meta-data android:name=\"PUSH_APPSECRET\" android:value=\"0123456789abcdef\" />",
            &["server-secret"],
            Note,
        ),
        (
            "B20",
            "--manifest <meta-data android:name=\"GETUI_APP_SECRET\" android:value=\"0123456789abcdef\" />",
            &["server-secret"],
            Note,
        ),
        (
            "B20",
            "--manifest <meta-data android:name=\"JPUSH_MASTER_SECRET\" android:value=\"0123456789abcdef\" />",
            &["server-secret"],
            Error,
        ),
        (
            "B20",
            "--manifest <meta-data android:name=\"OPPO_MASTER_SECRET\" android:value=\"0123456789abcdef\" />",
            &["server-secret"],
            Error,
        ),
        // B33: an empty key is no secret.
        ("B33", r#"--config {"huaweiPushBussinessId": "30206", "huaweiPushAppSecret": ""}"#, &[], Note),
        (
            "B33",
            r#"--config {"huaweiPushBussinessId": "30206", "vivoPushAppSecret": "", "xiaomiPushAppSecret": null}"#,
            &[],
            Note,
        ),
        (
            "B33",
            r#"--config {"huaweiPushBussinessId": "30206", "huaweiPushAppSecret": "0123"}"#,
            &["server-secret"],
            Error,
        ),
    ]);
    assert_eq!(
        input::rules(r#"--config {"huaweiPushBussinessId": "30206", "huaweiPushAppSecret": ""}"#),
        [""; 0]
    );
}

#[test]
fn constants_and_expressions() {
    let source = |text: &str| input::rules(&format!("--config {text}"));
    // B21
    for text in [
        "static final long HW_PUSH_BUZID = 30206;\nstatic final String BUGLY_APPID = \"abc\";\nstatic final String DEFAULT_USER = \"user\";",
        "static final long HW_PUSH_BUZID = 30206;\nstatic final String LICENSE_URL = \"https://a\";\nint SDKAPPID = 1400000000;",
        r#"{"huaweiPushBussinessId": "30206", "theme": "dark", "baseUrl": "https://a"}"#,
    ] {
        assert_eq!(source(text), [""; 0], "{text}");
    }
    for text in [
        "static final long HW_PUSH_BUZIDD = 30206;\nstatic final long XM_PUSH_BUZID = 0;",
        r#"{"huaweiPushBussinesId": "30206"}"#,
        r#"{"huaweiPushBussinessId": "30206", "oppoPushAppKeys": "0123"}"#,
    ] {
        assert!(source(text).contains(&"config-key-unknown"), "{text}: {:?}", source(text));
    }
    // B22
    for text in [
        "public static final long XM_PUSH_BUZID = BuildConfig.XM_ID;",
        "public static final long XM_PUSH_BUZID = BuildConfig.XM_ID;\npublic static final long HW_PUSH_BUZID = Config.hw();",
        "const val VIVO_PUSH_BUZID: Long = BuildConfig.VIVO_ID",
    ] {
        let rules = source(text);
        assert!(rules.iter().all(|rule| *rule == "value-computed") && !rules.is_empty(), "{text}: {rules:?}");
    }
    assert_eq!(
        input::rules(
            "--vendors Xiaomi\n--config public static final long XM_PUSH_BUZID = BuildConfig.XM_ID;"
        ),
        ["value-computed"]
    );
    // E6
    assert!(
        source("[]").iter().any(|rule| rule.starts_with("certificate-missing") || rule.starts_with("config"))
    );
}

#[test]
fn blocks_and_other_files() {
    hold(&[
        (
            "A11",
            "--app com.example.im\n--config {\"com.example.im\": {\"huaweiPushBussinessId\": \"30206\"}, \"\": {\"huaweiPushBussinessId\": \"30216\"}}",
            &["config-blocks"],
            Warning,
        ),
        (
            "A11",
            "--app com.example.im\n--config {\"\": {\"vivoPushBussinessId\": \"30222\"}, \"com.example.im\": {\"vivoPushBussinessId\": \"30223\"}}",
            &["config-blocks"],
            Warning,
        ),
        (
            "A11",
            "--app com.example.im\n--config {\"version\": \"1\", \"com.example.im\": {\"huaweiPushBussinessId\": \"30206\"}}",
            &[],
            Note,
        ),
        (
            "B14",
            "--app com.example.im\n--config {\"com.example.old\": {\"huaweiPushBussinessId\": \"30206\"}}",
            &["config-other-package"],
            Warning,
        ),
        (
            "B14",
            "--config {\"com.example.old\": {\"huaweiPushBussinessId\": \"30206\"}}\n--manifest <manifest package=\"com.example.im\"/>",
            &["config-other-package"],
            Warning,
        ),
        (
            "B14",
            "--app com.example.im\n--config {\"config\": {\"huaweiPushBussinessId\": \"30206\"}}",
            &[],
            Note,
        ),
        (
            "B10",
            r#"--config {"agcgw": {"url": "a"}, "client": {"cp_id": "1", "product_id": "2", "client_id": "3", "client_secret": "0123", "project_id": "4", "app_id": "100000000", "api_key": "5", "package_name": "com.example.im"}}"#,
            &["config-other-file"],
            Error,
        ),
        (
            "B10",
            r#"--config {"project_info": {"project_number": "123"}, "client": [{"client_info": {"mobilesdk_app_id": "1:123:android:abc"}}]}"#,
            &["config-other-file"],
            Error,
        ),
        (
            "B10",
            r#"--config {"type": "service_account", "private_key_id": "0123", "private_key": "-----BEGIN PRIVATE KEY-----"}"#,
            &["config-other-file"],
            Error,
        ),
    ]);
    for text in [
        r#"{"client": {"app_id": "1", "package_name": "com.example.im", "client_secret": "0123"}}"#,
        r#"{"project_info": {}, "client": []}"#,
    ] {
        assert_eq!(input::rules(&format!("--config {text}")), ["config-other-file"], "{text}");
    }
}

const VIEW: &str = "<action android:name=\"android.intent.action.VIEW\"/><category android:name=\"android.intent.category.DEFAULT\"/>";

#[test]
fn the_nearest_filter_is_explained() {
    let activity = |filters: &str| {
        format!(
            "--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter>{filters}</activity>"
        )
    };
    let cause = |data: &str, uri: &str| {
        let filter = format!("<intent-filter>{VIEW}{data}</intent-filter>");
        let input = format!("--click vivo={uri}\n{}", activity(&filter));
        let findings = input::findings(&input);
        findings
            .iter()
            .find(|finding| finding.rule().id() == "filter-mismatch")
            .map(|finding| finding.cause().to_owned())
            .unwrap_or_default()
    };
    let named = "intent://im.example/detail#Intent;scheme=chat;component=com.example.im/.ChatActivity;end";
    for (data, part, values) in [
        (
            "<data android:scheme=\"chat\" android:host=\"other.example\"/>",
            "host",
            ["im.example", "other.example"],
        ),
        ("<data android:scheme=\"talk\" android:host=\"im.example\"/>", "scheme", ["chat", "talk"]),
        (
            "<data android:scheme=\"chat\" android:host=\"im.example\" android:path=\"/details\"/>",
            "path",
            ["/detail", "/details"],
        ),
        (
            "<data android:scheme=\"chat\" android:host=\"im.example\" android:port=\"8080\"/>",
            "port",
            ["none", "8080"],
        ),
    ] {
        for uri in [named.to_owned(), named.replace("component=com.example.im/.ChatActivity;", "")] {
            let cause = cause(data, &uri);
            assert!(
                cause.contains(part) && values.iter().all(|value| cause.contains(value)),
                "{data}: {cause}"
            );
        }
    }
}

#[test]
fn clicks_are_read_as_android_reads_them() {
    hold(&[
        (
            "B6",
            "--click vivo=intent://com.x/message?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
            &[],
            Note,
        ),
        (
            "B6",
            "--click Honor=intent://com.x/a#Intent;scheme=a_b;launchFlags=0x4000000;component=com.x/.A;end",
            &[],
            Note,
        ),
        ("B6", "--click Xiaomi=intent:chat#Intent;component=com.x/.A;end", &[], Note),
        (
            "B7",
            "--click vivo=tencent_im_push://com.example.app/message?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
            &["click-data-uri"],
            Note,
        ),
        ("B7", "--click Honor=chat://im/detail", &["click-data-uri"], Note),
        (
            "B7",
            "--click vivo=chat://im/detail\n--manifest <activity android:name=\".A\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\"/><category android:name=\"android.intent.category.DEFAULT\"/><data android:scheme=\"chat\" android:host=\"im\"/></intent-filter></activity>",
            &["click-data-uri"],
            Note,
        ),
        (
            "B9",
            "--click Xiaomi=intent://im/d#Intent;scheme=chat;component=com.x/.A;S.title=100%折扣;end",
            &["click-bad-escape"],
            Warning,
        ),
        (
            "B9",
            "--click Xiaomi=intent://im/d#Intent;scheme=chat;component=com.x/.A;S.title=50%;end",
            &["click-bad-escape"],
            Warning,
        ),
        (
            "B9",
            "--click Xiaomi=intent://im/d#Intent;scheme=chat;component=com.x/.A;S.title=%E6%8A;end",
            &["click-bad-escape"],
            Warning,
        ),
        (
            "B9",
            "--click Xiaomi=intent://im/d#Intent;scheme=chat;component=com.x/.A;S.title=100%25%E6%8A%98;end",
            &[],
            Note,
        ),
        (
            "B8",
            "--click Xiaomi=intent://im/d#Intent;scheme=chat;component=com.x/.A;S.t=a#b;end",
            &["click-form"],
            Error,
        ),
        ("B8", "--click Xiaomi=intent:#Intent;component=com.x;end", &["click-form"], Error),
        ("B8", "--click vivo=intent://im/d#Intent;scheme=chat;component=com.x/;end", &["click-form"], Error),
        ("B8", "--click vivo=intent://im/d;component=x#Intent;scheme=chat;action=com.x.A;end", &[], Note),
        ("fact 1", "--click Xiaomi=", &["xiaomi-open-app"], Warning),
        ("fact 1", "--click Huawei=", &[], Note),
    ]);
    let place = input::findings(
        "--click Xiaomi=intent://im/d#Intent;scheme=chat;component=com.x/.A;S.title=100%折扣;end",
    );
    let finding = place.iter().find(|finding| finding.rule().id() == "click-bad-escape").unwrap();
    assert!(finding.fix().contains("%25") && finding.cause().contains("character 64"), "{finding}");
}

#[test]
fn parts_of_a_manifest_are_read_as_android_does() {
    let with = |attributes: &str| {
        format!(
            "--click OPPO=com.example.im.A\n--manifest <activity android:name=\".A\" android:exported=\"true\" {attributes}/>"
        )
    };
    assert_eq!(input::rules(&with("")), [""; 0]);
    assert_eq!(input::rules(&with("android:enabled=\"false\"")), ["target-disabled"]);
    assert_eq!(input::rules(&with("android:permission=\"com.example.OPEN\"")), ["target-protected"]);
    hold(&[
        // An alias has its own switches, and those of the activity behind it.
        (
            "B5",
            "--click OPPO=com.example.im.B\n--manifest <activity android:name=\".A\" android:exported=\"false\"/><activity-alias android:name=\".B\" android:targetActivity=\".A\" android:exported=\"true\"/>",
            &[],
            Note,
        ),
        (
            "B5",
            "--click OPPO=com.example.im.B\n--manifest <activity android:name=\".A\"/><activity-alias android:name=\".B\" android:targetActivity=\".A\" android:exported=\"true\" android:enabled=\"false\"/>",
            &["target-disabled"],
            Error,
        ),
        (
            "B5",
            "--click OPPO=com.example.im.A\n--manifest <manifest package=\"com.example.im\"><application android:enabled=\"false\"><activity android:name=\".A\" android:exported=\"true\"/></application></manifest>",
            &["target-disabled"],
            Error,
        ),
        (
            "B5",
            "--click OPPO=com.example.im.A\n--manifest <manifest package=\"com.example.im\"><application android:permission=\"com.x.Y\"><activity android:name=\".A\" android:exported=\"true\"/></application></manifest>",
            &["target-protected"],
            Warning,
        ),
        // Placeholders: known ones are filled in, others cannot be judged.
        (
            "B5",
            "--app com.example.im\n--click vivo=intent://com.example.im/d#Intent;scheme=chat;end\n--manifest <activity android:name=\".A\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\"/><category android:name=\"android.intent.category.DEFAULT\"/><data android:scheme=\"chat\" android:host=\"${applicationId}\"/></intent-filter></activity>",
            &[],
            Note,
        ),
        (
            "B5",
            "--click vivo=intent://com.example.im/d#Intent;scheme=chat;end\n--manifest <activity android:name=\".A\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\"/><category android:name=\"android.intent.category.DEFAULT\"/><data android:scheme=\"chat\" android:host=\"@string/host\"/></intent-filter></activity>",
            &["click-cannot-be-judged"],
            Note,
        ),
        (
            "B5",
            "--click vivo=intent://im/d?page=chat#Intent;scheme=chat;end\n--manifest <activity android:name=\".A\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\"/><category android:name=\"android.intent.category.DEFAULT\"/><data android:scheme=\"chat\" android:host=\"im\"/><uri-relative-filter-group android:allow=\"true\"><data android:path=\"/d\"/><data android:query=\"page=chat\"/></uri-relative-filter-group></intent-filter></activity>",
            &[],
            Note,
        ),
        (
            "B5",
            "--click vivo=intent://im/d?page=shop#Intent;scheme=chat;end\n--manifest <activity android:name=\".A\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.VIEW\"/><category android:name=\"android.intent.category.DEFAULT\"/><data android:scheme=\"chat\" android:host=\"im\"/><uri-relative-filter-group android:allow=\"true\"><data android:query=\"page=chat\"/></uri-relative-filter-group></intent-filter></activity>",
            &["filter-mismatch"],
            Error,
        ),
        // B32: the prefix does not matter.
        (
            "B32",
            "--click OPPO=com.example.im.A\n--manifest <manifest xmlns:ns0=\"http://schemas.android.com/apk/res/android\" package=\"com.example.im\"><application><activity ns0:name=\".A\" ns0:exported=\"true\"/></application></manifest>",
            &[],
            Note,
        ),
        (
            "B32",
            "--click OPPO=com.example.im.A\n--manifest <manifest xmlns:a=\"http://schemas.android.com/apk/res/android\" xmlns:android=\"http://example.com/other\" package=\"com.example.im\"><application><activity a:name=\".A\" android:name=\".X\" a:exported=\"false\"/></application></manifest>",
            &["target-not-exported"],
            Error,
        ),
        // B25
        (
            "B25",
            "--click OPPO=com.example.im.CHAT\n--manifest <activity android:name=\".A\" android:exported=\"true\"><intent-filter><action android:name=\"com.example.im.CHAT\"/><category android:name=\"android.intent.category.DEFAULT\"/></intent-filter></activity><activity android:name=\".B\" android:exported=\"true\"><intent-filter><action android:name=\"com.example.im.CHAT\"/><category android:name=\"android.intent.category.DEFAULT\"/></intent-filter></activity>",
            &["click-ambiguous"],
            Warning,
        ),
    ]);
}

#[test]
fn a_manifest_without_a_package() {
    let click = |app: &str, class: &str| {
        format!(
            "{app}--vendors OPPO\n--click OPPO={class}\n--manifest <manifest><application><activity android:name=\".MainActivity\" android:exported=\"true\"/></application></manifest>"
        )
    };
    for (app, class, rules) in [
        ("--app com.example.im\n", "com.example.im.MainActivity", [].as_slice()),
        ("--namespace com.example.im\n", "com.example.im.MainActivity", &[]),
        ("", "com.example.im.MainActivity", &["click-cannot-be-judged"]),
        ("--app com.example.im\n", "com.other.MainActivity", &["click-cannot-be-judged"]),
        ("--namespace com.example.im\n", "com.other.MainActivity", &["component-not-declared"]),
        ("--app com.example.im\n", "com.example.im.ChatActivity", &["component-not-declared"]),
        ("", "com.example.im.ChatActivity", &["component-not-declared"]),
    ] {
        assert_eq!(input::rules(&click(app, class)), rules, "{app} {class}");
    }
    let badge = |app: &str, package: &str, class: &str| {
        format!(
            "{app}--config {{\"huaweiPushBussinessId\": \"30206\", \"huaweiBadgeClassName\": \"{class}\"}}\n--manifest <manifest{package}><application><activity android:name=\".MainActivity\" android:exported=\"true\"/></application></manifest>"
        )
    };
    for (app, package) in [
        ("--app com.example.im\n", ""),
        ("", ""),
        ("", " package=\"${applicationId}\""),
        ("--app com.example.im\n", " package=\"${applicationId}\""),
    ] {
        assert_eq!(
            input::rules(&badge(app, package, "com.example.im.MainActivity")),
            [""; 0],
            "{app}{package}"
        );
        assert_eq!(
            input::rules(&badge(app, package, "com.example.im.Start")),
            ["badge-activity-unknown"],
            "{app}{package}"
        );
    }
}

#[test]
fn one_receiver_for_each_vendor() {
    let service = |class: &str, action: &str, more: &str| {
        format!(
            "<service android:name=\"{class}\" android:exported=\"false\" {more}><intent-filter><action android:name=\"{action}\"/></intent-filter></service>"
        )
    };
    let fcm = "com.google.firebase.MESSAGING_EVENT";
    let two = |first: String, second: String| input::rules(&format!("--manifest {first}{second}"));
    // B17
    assert_eq!(
        two(
            service(".Push", fcm, ""),
            service("com.google.firebase.messaging.FirebaseMessagingService", fcm, "")
        ),
        [""; 0]
    );
    assert_eq!(two(service(".Push", fcm, ""), service(".Old", fcm, "android:enabled=\"false\"")), [""; 0]);
    assert_eq!(two(service(".Push", fcm, ""), service(".Old", fcm, "tools:node=\"remove\"")), [""; 0]);
    assert_eq!(two(service(".Push", fcm, ""), service("com.a.Other", fcm, "")), ["push-sdk-twice"]);
    // B27
    for action in [
        "com.huawei.push.action.MESSAGING_EVENT",
        "com.hihonor.push.action.MESSAGING_EVENT",
        "com.vivo.pushclient.action.RECEIVE",
        "com.xiaomi.mipush.RECEIVE_MESSAGE",
        "com.meizu.flyme.push.intent.REGISTER.FEEDBACK",
    ] {
        assert_eq!(two(service(".A", action, ""), service(".B", action, "")), ["push-sdk-twice"], "{action}");
        assert_eq!(input::rules(&format!("--manifest {}", service(".A", action, ""))), [""; 0], "{action}");
    }
    // B13
    hold(&[
        (
            "B13",
            "--manifest <receiver android:name=\"cn.jpush.android.service.PushReceiver\" android:exported=\"false\"/><service android:name=\"com.tencent.qcloud.tim.push.TIMPushService\" android:exported=\"false\"/>",
            &["push-sdk-twice"],
            Warning,
        ),
        (
            "B13",
            "--gradle dependencies { implementation 'com.tencent.timpush:timpush:8.5.6864'\n implementation 'com.getui:gtsdk:3.3.0' }",
            &["push-sdk-twice"],
            Warning,
        ),
        (
            "B13",
            "--manifest <service android:name=\"com.onesignal.FCMBroadcastReceiver\" android:exported=\"false\"/><receiver android:name=\".MiReceiver\" android:exported=\"true\"><intent-filter><action android:name=\"com.xiaomi.mipush.RECEIVE_MESSAGE\"/></intent-filter></receiver>",
            &["push-sdk-twice"],
            Warning,
        ),
        (
            "B13",
            "--manifest <service android:name=\"com.umeng.message.UmengIntentService\" android:exported=\"true\"/><receiver android:name=\"com.igexin.sdk.PushReceiver\" android:exported=\"false\"/>",
            &["push-sdk-twice"],
            Warning,
        ),
        (
            "B13",
            "--manifest <service android:name=\"io.flutter.plugins.firebase.messaging.FlutterFirebaseMessagingService\" android:exported=\"false\"><intent-filter><action android:name=\"com.google.firebase.MESSAGING_EVENT\"/></intent-filter></service>",
            &[],
            Note,
        ),
        (
            "B13",
            "--gradle dependencies { implementation 'com.tencent.timpush:timpush:8.5.6864'\n implementation 'com.tencent.timpush:vivo:8.5.6864' }",
            &[],
            Note,
        ),
    ]);
}

/// A merged manifest with parts of SDKs.
fn merged(parts: &str) -> String {
    format!(
        "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" package=\"com.example.im\"><uses-sdk android:minSdkVersion=\"21\" android:targetSdkVersion=\"34\"/><uses-permission android:name=\"android.permission.POST_NOTIFICATIONS\"/><application><activity android:name=\"com.example.im.MainActivity\" android:exported=\"true\"/>{parts}</application></manifest>"
    )
}

#[test]
fn what_each_sdk_needs() {
    let config = r#"{"vivoPushBussinessId": "30222", "honorPushBussinessId": "30211", "oppoPushBussinessId": "30209", "oppoPushAppKey": "0123456789abcdef", "oppoPushAppSecret": "0123456789abcdef"}"#;
    let check = |manifest: String| input::findings(&format!("--config {config}\n--manifest {manifest}"));
    let of = |findings: &[Finding], rule: &str| {
        let found = findings.iter().filter(|finding| finding.rule().id() == rule);
        let mut vendors: Vec<String> =
            found.filter_map(|finding| Some(finding.vendor()?.to_string())).collect();
        vendors.sort_unstable();
        vendors
    };
    let sdks = "<service android:name=\"com.vivo.push.sdk.service.CommandClientService\"/><service android:name=\"com.hihonor.push.sdk.S\"/><service android:name=\"com.heytap.msp.push.service.DataMessageCallbackService\"/>";
    let keys = |vivo: &str, honor: &str| {
        format!(
            "<meta-data android:name=\"com.vivo.push.app_id\" android:value=\"100000000\"/><meta-data android:name=\"com.vivo.push.api_key\" android:value=\"{vivo}\"/><meta-data android:name=\"com.hihonor.push.app_id\" android:value=\"{honor}\"/>"
        )
    };
    // B12
    let found = check(merged(&format!("{sdks}{}", keys("", ""))));
    assert_eq!(of(&found, "vendor-key-empty"), ["Honor", "vivo"], "{found:#?}");
    let found = check(merged(sdks));
    assert_eq!(of(&found, "vendor-key-missing"), ["Honor", "vivo", "vivo"], "{found:#?}");
    let found = check(merged(&keys("0123456789abcdef0123456789abcdef", "104400000")));
    assert_eq!(of(&found, "vendor-sdk-missing"), ["Honor", "OPPO", "vivo"], "{found:#?}");
    let found = check(merged(&format!("{sdks}{}", keys("0123456789abcdef0123456789abcdef", "104400000"))));
    assert_eq!(found, [], "{found:#?}");
    // A source manifest alone does not show it.
    let found = check("<manifest package=\"com.example.im\"><application><activity android:name=\".MainActivity\" android:exported=\"true\"/></application></manifest>".to_owned());
    assert!(found.iter().all(|finding| finding.severity() == Note), "{found:#?}");
    // B26
    for text in [
        "您的AppId",
        "xxxxx",
        "YOUR_APP_ID",
        "your_app_key",
        "<appkey>",
        "请填写AppKey",
        "XXXXXXXX",
        "Your Vivo App Key",
    ] {
        let found = check(merged(&format!(
            "{sdks}{}",
            keys(&text.replace('<', "&lt;").replace('>', "&gt;"), "104400000")
        )));
        assert_eq!(of(&found, "sample-text"), ["vivo"], "{text}: {found:#?}");
        let config = format!(
            r#"--config {{"xiaomiPushBussinessId": "30207", "xiaomiPushAppId": "{text}", "xiaomiPushAppKey": "5000000000000"}}"#
        );
        assert_eq!(input::rules(&config), ["sample-text"], "{text}");
    }
}

#[test]
fn wiring_by_hand_and_parts_that_are_gone() {
    hold(&[
        (
            "B28",
            "--app com.example.im\n--manifest <manifest package=\"com.example.im\"><permission android:name=\"com.xiaomi.mipushdemo.permission.MIPUSH_RECEIVE\"/><uses-permission android:name=\"com.xiaomi.mipushdemo.permission.MIPUSH_RECEIVE\"/><application/></manifest>",
            &["mi-push-wiring"],
            Error,
        ),
        (
            "B28",
            "--manifest <manifest package=\"com.example.im\"><uses-permission android:name=\"com.old.permission.MIPUSH_RECEIVE\"/><application/></manifest>",
            &["mi-push-wiring"],
            Warning,
        ),
        (
            "B28",
            "--app com.example.im\n--manifest <manifest><uses-permission android:name=\"${applicationId}.permission.MIPUSH_RECEIVE\"/><application/></manifest>",
            &[],
            Note,
        ),
        (
            "B28",
            "--manifest <service android:name=\"com.xiaomi.mipush.sdk.PushMessageHandler\" android:exported=\"false\"/>",
            &["mi-push-wiring"],
            Error,
        ),
        (
            "B28",
            "--manifest <service android:name=\"com.xiaomi.mipush.sdk.PushMessageHandler\" android:exported=\"true\"/>",
            &[],
            Note,
        ),
        (
            "B29",
            "--manifest <receiver android:name=\".HmsPushReceiver\" android:exported=\"true\"><intent-filter><action android:name=\"com.huawei.android.push.intent.REGISTRATION\"/><action android:name=\"com.huawei.android.push.intent.RECEIVE\"/></intent-filter></receiver>",
            &["outdated-component"],
            Warning,
        ),
        (
            "B29",
            "--manifest <receiver android:name=\"com.huawei.hms.support.api.push.PushReceiver\" android:exported=\"true\"><intent-filter><action android:name=\"com.huawei.android.push.intent.REGISTRATION\"/></intent-filter></receiver>",
            &[],
            Note,
        ),
        (
            "B29",
            "--manifest <service android:name=\"com.heytap.mcssdk.PushService\" android:exported=\"true\"/>",
            &["outdated-component"],
            Warning,
        ),
        (
            "B29",
            "--manifest <service android:name=\"com.heytap.mcssdk.AppPushService\" android:exported=\"true\"/>",
            &["outdated-component"],
            Warning,
        ),
        (
            "B29",
            "--manifest <service android:name=\".Hms\" android:exported=\"true\"><intent-filter><action android:name=\"com.huawei.push.action.MESSAGING_EVENT\"/></intent-filter></service>",
            &["push-service-exposed"],
            Warning,
        ),
        (
            "B29",
            "--manifest <service android:name=\".Fcm\" android:exported=\"false\" android:permission=\"com.coloros.mcs.permission.SEND_MCS_MESSAGE\"><intent-filter><action android:name=\"com.google.firebase.MESSAGING_EVENT\"/></intent-filter></service>",
            &["push-service-exposed"],
            Warning,
        ),
        (
            "B29",
            "--manifest <service android:name=\".Fcm\" android:exported=\"false\"><intent-filter><action android:name=\"com.google.firebase.MESSAGING_EVENT\"/></intent-filter></service>",
            &[],
            Note,
        ),
        (
            "fact 4",
            "--manifest <meta-data android:name=\"firebase_messaging_installation_id_enabled\" android:value=\"true\"/>",
            &["fcm-installation-ids"],
            Warning,
        ),
    ]);
}

#[test]
fn what_the_merger_removes_is_not_there() {
    let numeric = |more: &str| {
        format!(
            "--manifest <meta-data android:name=\"MIPUSH_APPID\" android:value=\"2882303761500000000\" {more}/>"
        )
    };
    assert_eq!(input::rules(&numeric("")), ["numeric-meta-data"]);
    assert_eq!(input::rules(&numeric("tools:node=\"remove\"")), [""; 0]);
    let permission = |attributes: &str| {
        format!(
            "--manifest {}",
            merged("").replace(
                "android.permission.POST_NOTIFICATIONS\"",
                &format!("android.permission.POST_NOTIFICATIONS\" {attributes}")
            )
        )
    };
    assert_eq!(input::rules(&permission("")), [""; 0]);
    for attributes in ["android:maxSdkVersion=\"32\"", "tools:node=\"remove\""] {
        assert_eq!(
            input::rules(&permission(attributes)),
            ["notification-permission-missing"],
            "{attributes}"
        );
    }
    assert_eq!(input::rules(&permission("android:maxSdkVersion=\"34\"")), [""; 0]);
    // What the app's own source removes, no SDK adds.
    let source = |more: &str| {
        let part = format!(
            "--target-sdk 34\n--vendors Honor\n--manifest <manifest package=\"com.example.im\">{more}<application android:label=\"a\"><activity android:name=\".A\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity></application></manifest>"
        );
        input::findings(&part)
            .iter()
            .map(|finding| (finding.rule().id(), finding.severity()))
            .collect::<Vec<_>>()
    };
    let open = [("notification-permission-missing", Note), ("vendor-key-missing", Note)];
    assert_eq!(source(""), open);
    assert_eq!(
        source(
            "<uses-permission android:name=\"android.permission.POST_NOTIFICATIONS\" tools:node=\"remove\"/>"
        ),
        [("notification-permission-missing", Warning), open[1]]
    );
    assert_eq!(
        source("<meta-data android:name=\"com.hihonor.push.app_id\" tools:node=\"remove\"/>"),
        [("vendor-key-missing", Error), open[0]]
    );
    // The app's manifest removes what a library adds.
    let two = |app: &str| {
        format!(
            "--manifest <manifest package=\"com.example.im\"><application android:label=\"a\">{app}</application></manifest>\n--manifest <manifest package=\"com.lib\"><application><meta-data android:name=\"MIPUSH_APPID\" android:value=\"2882303761500000000\"/></application></manifest>"
        )
    };
    assert_eq!(input::rules(&two("")), ["numeric-meta-data"]);
    assert_eq!(
        input::rules(&two("<meta-data android:name=\"MIPUSH_APPID\" tools:node=\"remove\"/>")),
        [""; 0]
    );
}

#[test]
fn several_modules_and_libraries() {
    let app = "<manifest package=\"com.example.im\"><application android:label=\"a\"><activity android:name=\".MainActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity></application></manifest>";
    let library = "<manifest package=\"com.lib\"><uses-permission android:name=\"android.permission.POST_NOTIFICATIONS\"/><application><service android:name=\".Push\" android:exported=\"false\"/></application></manifest>";
    let rules = |lines: &[&str]| {
        input::rules(&format!(
            "--target-sdk 34\n{}",
            lines.iter().map(|text| format!("--manifest {text}")).collect::<Vec<_>>().join("\n")
        ))
    };
    assert_eq!(rules(&[app]), ["notification-permission-missing"]);
    assert_eq!(rules(&[app, library]), [""; 0]);
    assert_eq!(rules(&[library, app]), [""; 0]);
    assert_eq!(
        rules(&[
            "<manifest package=\"com.lib\"><application><service android:name=\".Push\" android:exported=\"false\"/></application></manifest>"
        ]),
        [""; 0]
    );
    hold(&[(
        "B30",
        "--target-sdk 34\n--manifest <manifest package=\"com.example.im\"><application android:label=\"a\"><activity android:name=\".M\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity></application></manifest>",
        &["notification-permission-missing"],
        Note,
    )]);
}

#[test]
fn outdated_calls_are_found_in_code_only() {
    let source = |text: &str| input::rules(&format!("--source {text}"));
    for text in [
        "public void onForegroundMessageArrived(UPSNotificationMessage message) {}",
        "// public void onNotificationMessageClicked(Context context, UPSNotificationMessage message)",
        "import com.vivo.push.model.UPSNotificationMessage;\nimport com.google.firebase.iid.FirebaseInstanceId;",
        "-keep class com.google.firebase.iid.FirebaseInstanceId { *; }",
        "<receiver android:name=\"com.google.firebase.iid.FirebaseInstanceIdReceiver\"/>",
        "/* FirebaseInstanceId.getInstance()\n was here */ FirebaseMessaging.getInstance().getToken();",
        "Log.w(TAG, \"FirebaseInstanceId is gone\");",
        "val why = 'no \\' FirebaseInstanceId'; val at = \"http://a/*\"",
    ] {
        assert_eq!(source(text), [""; 0], "{text}");
    }
    for (text, rule, line) in [
        (
            "class A {\n  @Override\n  public void onNotificationMessageClicked(Context context,\n      UPSNotificationMessage message) {} }",
            "outdated-vivo-callback",
            3,
        ),
        (
            "override fun onNotificationMessageClicked(context: Context?, message: UPSNotificationMessage?) {}",
            "outdated-vivo-callback",
            1,
        ),
        (
            "import com.google.firebase.iid.FirebaseInstanceId;\n\nString token = FirebaseInstanceId.getInstance().getToken();",
            "outdated-firebase-instance-id",
            3,
        ),
        ("class A extends FirebaseInstanceIdService {}", "outdated-firebase-instance-id", 1),
        (
            "val a = \"/*\"\nval b = \"折扣//\"; FirebaseInstanceId.getInstance()",
            "outdated-firebase-instance-id",
            2,
        ),
        ("String url = \"https://a\"; params.put(\"clickType\", 3);", "outdated-meizu-click-type", 1),
        ("message.getTragetContent()", "outdated-vivo-call", 1),
    ] {
        let findings = input::findings(&format!("--source {text}"));
        let found: Vec<_> = findings
            .iter()
            .map(|finding| (finding.rule().id(), finding.place().ends_with(&format!("line {line}"))))
            .collect();
        assert_eq!(found, [(rule, true)], "{text}: {findings:#?}");
    }
}

#[test]
fn sdks_and_secrets_by_other_marks() {
    let service = |class: &str, action: &str| {
        format!(
            "<service android:name=\"{class}\" android:exported=\"false\"><intent-filter><action android:name=\"{action}\"/></intent-filter></service>"
        )
    };
    let fcm = service(".Fcm", "com.google.firebase.MESSAGING_EVENT");
    for (class, action) in [
        (".JService", "cn.jiguang.user.service.action"),
        (".MyReceiver", "cn.jpush.android.intent.RECEIVER_MESSAGE"),
        (".AliReceiver", "com.alibaba.push2.action.NOTIFICATION_OPENED"),
        ("com.pushwoosh.PushFcmIntentService", "a.b"),
    ] {
        let both = format!("--manifest {fcm}{}", service(class, action));
        assert_eq!(input::rules(&both), ["push-sdk-twice"], "{class}");
        assert_eq!(input::rules(&format!("--manifest {}", service(class, action))), [""; 0], "{class}");
    }
    for (name, severity) in [
        ("Mob-AppSecret", Note),
        ("WX_APP_SECRET", Note),
        ("XIAOMI_APP_SECRET", Error),
        ("vivo_app_secret", Error),
    ] {
        let findings = input::findings(&format!(
            "--manifest <meta-data android:name=\"{name}\" android:value=\"0123456789abcdef\"/>"
        ));
        let found: Vec<_> =
            findings.iter().map(|finding| (finding.rule().id(), finding.severity())).collect();
        assert_eq!(found, [("server-secret", severity)], "{name}");
    }
}

#[test]
fn what_is_no_push_is_named() {
    for (text, rules) in [
        ("V2TIMOfflinePushInfo{title='t', desc='d'}", ["push-unreadable"].as_slice()),
        ("com.tencent.imsdk.v2.V2TIMOfflinePushInfo@1b2c3d", &["push-unreadable"]),
        (
            r#"{"title": "t", "description": "d", "extension": "e", "androidSound": "s", "isDisablePush": false, "iOSPushType": 0}"#,
            &["push-other-format"],
        ),
        (r#"{"MsgRandom": 1, "OfflinePushInfo": "{\"Title\": \"t\"}"}"#, &["push-encoded-twice"]),
    ] {
        let input = format!("--vendors OPPO,Xiaomi\n--info {text}");
        assert_eq!(input::rules(&input), rules, "{text}");
    }
    let findings = input::findings("--info V2TIMOfflinePushInfo{title='t'}");
    assert!(findings[0].cause().contains("prints of itself"), "{findings:?}");
}

#[test]
fn empty_keys_of_wanted_vendors() {
    let config = |keys: &str| format!("--config {{\"xiaomiPushBussinessId\": \"30207\", {keys}}}");
    let found = |keys: &str| {
        let findings = input::findings(&config(keys));
        findings.iter().map(|finding| (finding.rule().id(), finding.severity())).collect::<Vec<_>>()
    };
    let key = "client-key-missing";
    assert_eq!(
        found(r#""xiaomiPushAppId": "2882303761500000000", "xiaomiPushAppKey": """#),
        [(key, Warning)]
    );
    assert_eq!(found(r#""xiaomiPushAppId": " ", "xiaomiPushAppKey": """#), [(key, Warning), (key, Warning)]);
    // The app may have them elsewhere.
    assert_eq!(found(r#""version": "1""#), [(key, Note), (key, Note)]);
    assert_eq!(
        found(
            r#""xiaomiPushAppId": "2882303761500000000", "xiaomiPushAppKey": "5000000000000", "oppoPushAppKey": """#
        ),
        []
    );
}

#[test]
fn what_only_the_build_knows_is_not_judged() {
    let filter = |data: &str| format!("<intent-filter>{VIEW}{data}</intent-filter>");
    let known = filter("<data android:scheme=\"chat\" android:host=\"im\" android:path=\"/other\"/>");
    let computed = filter("<data android:scheme=\"chat\" android:host=\"${host}\"/>");
    let uri = "intent://im/detail#Intent;scheme=chat;end";
    for (filters, rules) in [
        (format!("{known}{computed}"), ["click-cannot-be-judged"].as_slice()),
        (format!("{computed}{known}"), &["click-cannot-be-judged"]),
        (known, &["filter-mismatch"]),
    ] {
        let input = format!(
            "--click vivo={uri}\n--manifest <activity android:name=\".A\" android:exported=\"true\">{filters}</activity>"
        );
        assert_eq!(input::rules(&input), rules, "{filters}");
    }
}

#[test]
fn what_others_own_is_left_alone() {
    for text in [
        r#"{"huaweiPushBussinessId": "30206", "encryptIv": "AAAAAAAAAAAAAAAAAAAAAA=="}"#.to_owned(),
        format!(r#"{{"huaweiPushBussinessId": "30206", "buildId": "{}"}}"#, "ab".repeat(32)),
    ] {
        assert_eq!(input::rules(&format!("--config {text}")), [""; 0], "{text}");
    }
    let secret =
        format!(r#"--config {{"huaweiPushBussinessId": "30206", "huaweiPushAppId": "{}"}}"#, "ab".repeat(32));
    assert_eq!(input::rules(&secret), ["secret-shape"]);
    // A screen of TUIKit stands in TUIKit's own manifest.
    let click = |class: &str| {
        input::rules(&format!(
            "--click OPPO={class}\n--manifest <activity android:name=\".MainActivity\" android:exported=\"true\"/>"
        ))
    };
    assert_eq!(
        click("com.tencent.qcloud.tuikit.tuichat.classicui.page.TUIC2CChatActivity"),
        ["click-cannot-be-judged"]
    );
    assert_eq!(click("com.example.im.ChatActivity"), ["component-not-declared"]);
}
