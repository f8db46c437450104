//! Whole projects: faulty ones and sound ones of each kind.

use std::path::Path;

use tim_offline_push::doctor::{BuildFile, Manifest, Preflight};
use tim_offline_push::finding::Finding;
use tim_offline_push::finding::Severity::{self, Error, Note, Warning};
use tim_offline_push::vendor::Vendor;

use crate::{arguments, input};

/// An input as lines of options, the rules that must find something, and the worst severity that may be
/// found.
type Case = (&'static str, &'static [&'static str], Severity);

fn hold(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (input, rules, most) in cases {
        let findings = input::findings(input);
        let found: Vec<&str> = findings.iter().map(|finding| finding.rule().id()).collect();
        let worst = findings.iter().map(Finding::severity).max().unwrap_or(Note);
        if rules.iter().any(|rule| !found.contains(rule)) || worst > *most {
            wrong.push(format!("{input}\n    wanted {rules:?} and at most {most}, found {findings:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn build_files() {
    hold(&[
        // Placeholders: empty, a sample's text, filled, computed, and not wanted.
        (
            "--vendors vivo,Honor\n--gradle android {\n defaultConfig {\n  applicationId \"com.example.im\"\n  manifestPlaceholders = [\n   \"VIVO_APPKEY\" : \"\",\n   \"VIVO_APPID\" : \"100000000\",\n   \"HONOR_APPID\" : \"\"\n  ]\n }\n}",
            &["placeholder-empty"],
            Error,
        ),
        (
            "--vendors vivo\n--gradle android { defaultConfig { manifestPlaceholders[\"VIVO_APPKEY\"] = \"\"\n manifestPlaceholders[\"VIVO_APPID\"] = \"100000000\" } }",
            &["placeholder-empty"],
            Error,
        ),
        (
            "--vendors vivo\n--gradle android { defaultConfig { manifestPlaceholders += mapOf(\"VIVO_APPKEY\" to \"\", \"VIVO_APPID\" to \"100000000\") } }",
            &["placeholder-empty"],
            Error,
        ),
        (
            "--vendors vivo\n--gradle android { defaultConfig { manifestPlaceholders.put(\"VIVO_APPKEY\", \"\")\n manifestPlaceholders.put('VIVO_APPID', vivoId) } }",
            &["placeholder-empty"],
            Error,
        ),
        (
            "--vendors vivo\n--gradle android { defaultConfig { manifestPlaceholders.put(\"VIVO_APPID\", \"100000000\"); manifestPlaceholders.put(\"VIVO_APPKEY\", \"\") } }",
            &["placeholder-empty"],
            Error,
        ),
        (
            "--vendors vivo\n--gradle android { defaultConfig { manifestPlaceholders.putAll(mutableMapOf(\"VIVO_APPKEY\" to \"\", \"VIVO_APPID\" to \"100000000\")) } }",
            &["placeholder-empty"],
            Error,
        ),
        (
            "--vendors vivo\n--gradle android { defaultConfig { manifestPlaceholders.putAll([\n VIVO_APPKEY: '0123456789abcdef0123456789abcdef',\n VIVO_APPID: ''\n]) } }",
            &["placeholder-empty"],
            Error,
        ),
        (
            "--vendors Honor\n--gradle android { defaultConfig { manifestPlaceholders = [HONOR_APPID: '您的荣耀AppId'] } }",
            &["sample-text"],
            Error,
        ),
        (
            "--vendors vivo\n--gradle android { defaultConfig { manifestPlaceholders = [VIVO_APPKEY: vivoKey, VIVO_APPID: \"${props['id']}\"] } }",
            &[],
            Note,
        ),
        (
            "--vendors Huawei\n--gradle android { defaultConfig { manifestPlaceholders = [VIVO_APPKEY: \"\", VIVO_APPID: \"\"] } }\nplugins { id 'com.huawei.agconnect' }",
            &[],
            Note,
        ),
        // Another SDK: named in parts, and in tests only.
        (
            "--gradle dependencies {\n implementation 'com.tencent.timpush:timpush:8.6.7019'\n implementation group: 'cn.jiguang.sdk', name: 'jpush', version: '5.0.0' }",
            &["push-sdk-twice"],
            Warning,
        ),
        (
            "--gradle dependencies {\n implementation(\"com.tencent.timpush:timpush:8.6.7019\")\n implementation(group = \"com.getui\", name = \"gtsdk\") }",
            &["push-sdk-twice"],
            Warning,
        ),
        (
            "--gradle dependencies {\n implementation 'com.tencent.timpush:timpush:8.6.7019'\n implementation('com.pushwoosh:pushwoosh:6.7.0') }",
            &["push-sdk-twice"],
            Warning,
        ),
        (
            "--gradle dependencies {\n implementation 'com.tencent.timpush:timpush:8.6.7019'\n implementation('me.pushyourself:core:1.0') }",
            &[],
            Note,
        ),
        (
            "--gradle dependencies {\n implementation 'com.tencent.timpush:timpush:8.6.7019'\n testImplementation 'cn.jiguang.sdk:jpush:5.0.0'\n androidTestImplementation('com.onesignal:OneSignal:5.1.0') }",
            &[],
            Note,
        ),
        // Flavors: what one of them leaves out may be the other's, and which application id ships is not
        // known.
        (
            "--vendors vivo\n--gradle android { productFlavors {\n cn { applicationId 'com.example.cn'\n manifestPlaceholders = [VIVO_APPKEY: '0123456789abcdef0123456789abcdef', VIVO_APPID: '1'] }\n intl { applicationId 'com.example.intl'\n manifestPlaceholders = [VIVO_APPKEY: '', VIVO_APPID: ''] } } }\n--click Xiaomi=intent://im/d#Intent;scheme=chat;component=com.example.cn/.A;end",
            &[],
            Note,
        ),
        (
            "--gradle android { defaultConfig { applicationId 'com.example.im' }\n productFlavors {\n intl { applicationIdSuffix '.intl' } } }\n--agconnect {\"client\": {\"app_id\": \"1\", \"package_name\": \"com.example.im.intl\"}}",
            &[],
            Note,
        ),
        (
            "--gradle android { defaultConfig { applicationId 'com.example.im' }\n buildTypes {\n debug { applicationIdSuffix '.debug' } } }\n--agconnect {\"client\": {\"app_id\": \"1\", \"package_name\": \"com.example.old\"}}",
            &["vendor-file-package"],
            Error,
        ),
        (
            "--gradle android { defaultConfig { applicationId 'com.example.' + name } }\n--agconnect {\"client\": {\"app_id\": \"1\", \"package_name\": \"com.example.old\"}}",
            &[],
            Note,
        ),
        // Nobody says which vendors are wanted.
        (
            "--gradle android { defaultConfig { manifestPlaceholders = [VIVO_APPKEY: '', VIVO_APPID: ''] } }",
            &["placeholder-empty"],
            Note,
        ),
        (
            "--gradle plugins {\n id 'com.android.application'\n // id 'com.huawei.agconnect'\n}",
            &["gradle-plugin-missing"],
            Note,
        ),
        ("--gradle plugins {\n id 'com.android.application'\n}", &[], Note),
        // Plugins: commented out, not applied, applied, and unknown.
        (
            "--vendors Huawei\n--gradle plugins {\n id 'com.android.application'\n // id 'com.huawei.agconnect'\n}",
            &["gradle-plugin-missing"],
            Error,
        ),
        (
            "--vendors FCM\n--gradle plugins {\n id(\"com.android.application\")\n id(\"com.google.gms.google-services\") apply false\n}",
            &["gradle-plugin-missing"],
            Error,
        ),
        (
            "--vendors FCM\n--gradle apply plugin: 'com.android.application'\napply plugin: 'com.google.gms.google-services'",
            &[],
            Note,
        ),
        (
            "--vendors Huawei,FCM\n--gradle plugins {\n alias(libs.plugins.android.application)\n alias(libs.plugins.agconnect)\n alias(libs.plugins.google.services)\n}",
            &[],
            Note,
        ),
        (
            "--vendors Huawei\n--gradle plugins {\n id 'com.android.application'\n}\napply from: '../push.gradle'",
            &["build-cannot-be-judged"],
            Note,
        ),
        (
            "--vendors Huawei\n--gradle plugins {\n id 'com.android.application'\n}\n--manifest <meta-data android:name=\"com.huawei.hms.client.appid\" android:value=\"appid=100000000\"/>",
            &[],
            Note,
        ),
        // Versions and packages of one family.
        (
            "--gradle def v = '8.6.7019'\ndependencies {\n implementation \"com.tencent.timpush:timpush:$v\"\n implementation 'com.tencent.timpush:xiaomi:8.5.6864'\n}",
            &["versions-mixed"],
            Warning,
        ),
        (
            "--gradle dependencies {\n implementation(\"com.tencent.timpush:timpush:8.6.7019\")\n implementation(\"com.tencent.imsdk:imsdk-plus:7.9.5680\")\n}",
            &["versions-mixed"],
            Warning,
        ),
        (
            "--gradle ext.v = '8.6.7019'\ndependencies {\n implementation \"com.tencent.timpush:timpush:${v}\"\n implementation \"com.tencent.timpush:xiaomi:$v\"\n implementation \"com.tencent.imsdk:imsdk-plus:8.6.7021\"\n}",
            &[],
            Note,
        ),
        (
            "--vendors OPPO,vivo\n--gradle dependencies {\n implementation 'com.tencent.timpush:timpush:8.6.7019'\n implementation 'com.tencent.timpush:oppo:8.6.7019'\n}",
            &["timpush-package-missing"],
            Warning,
        ),
        // The namespace, the application id and the target of the build file settle what the manifest leaves
        // open.
        (
            "--gradle android {\n namespace 'com.example.im'\n defaultConfig { applicationId 'com.example.im.cn'\n targetSdk 34 } }\n--click OPPO=com.example.im.MainActivity\n--manifest <manifest><application><activity android:name=\".MainActivity\" android:exported=\"true\"/></application></manifest>",
            &[],
            Note,
        ),
        (
            "--gradle android {\n namespace = \"com.example.im\"\n defaultConfig { applicationId = \"com.example.im\" } }\n--click OPPO=com.example.MainActivity\n--manifest <manifest><application><activity android:name=\".MainActivity\" android:exported=\"true\"/></application></manifest>",
            &["component-not-declared"],
            Error,
        ),
    ]);
}

const AGC: &str = r#"{"client": {"cp_id": "1", "client_id": "2", "client_secret": "SECRET0123", "api_key": "KEY0123", "app_id": "100000000", "package_name": "com.example.im"}, "configuration_version": "3.0"}"#;
const GOOGLE: &str = r#"{"project_info": {"project_number": "123456789012"}, "client": [{"client_info": {"mobilesdk_app_id": "1:123456789012:android:0123456789abcdef", "android_client_info": {"package_name": "com.example.im"}}, "oauth_client": [{"client_type": 1, "android_info": {"package_name": "com.example.im", "certificate_hash": "00112233445566778899aabbccddeeff00112233"}}], "api_key": [{"current_key": "AIzaSECRET0123"}]}]}"#;

#[test]
fn vendor_files() {
    const SHA_1: &str = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33";
    const OTHER: &str = "FF:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33";
    let sha_256 = "ab".repeat(32);
    let check = |input: String, rules: &[&str], most: Severity| {
        let findings = input::findings(&input);
        let found: Vec<&str> = findings.iter().map(|finding| finding.rule().id()).collect();
        let worst = findings.iter().map(Finding::severity).max().unwrap_or(Note);
        assert!(rules.iter().all(|rule| found.contains(rule)) && worst <= most, "{input}: {findings:#?}");
        // Test inputs are named by their own text, so places are left out.
        let said: String = findings.iter().map(|finding| finding.cause().to_owned()).collect();
        assert!(!said.contains("SECRET0123") && !said.contains("KEY0123"), "{said}");
    };
    check(format!("--app com.example.im\n--agconnect {AGC}\n--google-services {GOOGLE}"), &[], Note);
    check(format!("--app com.example.old\n--agconnect {AGC}"), &["vendor-file-package"], Error);
    check(format!("--app com.example.old\n--google-services {GOOGLE}"), &["vendor-file-package"], Error);
    check(
        format!("--manifest <manifest package=\"com.example.old\"/>\n--google-services {GOOGLE}"),
        &["vendor-file-package"],
        Warning,
    );
    let honor = r#"{"app_id": "104400000", "package_name": "com.example.im", "developer_id": "1"}"#;
    let honor_data = |id: &str| {
        format!(
            "--mcs-services {honor}\n--manifest <meta-data android:name=\"com.hihonor.push.app_id\" android:value=\"{id}\"/>"
        )
    };
    check(honor_data("104400000"), &[], Note);
    check(honor_data("104400001"), &["vendor-file-app-id"], Error);
    let placeholder = |ids: &str| {
        format!(
            "--mcs-services {honor}\n--gradle android {{ defaultConfig {{ manifestPlaceholders = [{ids}] }} }}"
        )
    };
    check(placeholder("HONOR_APPID: '104400000'"), &[], Note);
    check(placeholder("HONOR_APPID: '104400001'"), &["vendor-file-app-id"], Error);
    check(placeholder("HONOR_APPID: '104400001', VIVO_APPID: '1'"), &["vendor-file-app-id"], Error);
    check(placeholder("HONOR_APPID: honorId, VIVO_APPID: '104400001'"), &[], Note);
    let both = format!(
        "{}\n--manifest <meta-data android:name=\"com.hihonor.push.app_id\" android:value=\"${{HONOR_APPID}}\"/>",
        placeholder("HONOR_APPID: '104400001'")
    );
    assert_eq!(input::rules(&both), ["vendor-file-app-id"], "told once");
    // Each flavor has its own.
    check(
        placeholder(
            "HONOR_APPID: '104400001'] }\n productFlavors { intl { manifestPlaceholders = [HONOR_APPID: '104400000'] }\n cn { x = [1",
        ),
        &[],
        Note,
    );
    check(
        "--app com.example.im\n--google-services {\"project_info\": {\"project_number\": \"1\"}, \"client\": []}".to_owned(),
        &["vendor-file-unreadable"],
        Error,
    );
    check(
        format!(
            "--agconnect {AGC}\n--config {{\"huaweiPushBussinessId\": 30206, \"HW_PUSH_APPID\": \"100000001\"}}"
        ),
        &["vendor-file-app-id"],
        Error,
    );
    check(
        format!(
            "--agconnect {AGC}\n--config {{\"huaweiPushBussinessId\": 30206, \"HW_PUSH_APPID\": \"100000000\"}}"
        ),
        &[],
        Note,
    );
    // Fingerprints
    check(format!("--app com.example.im\n--google-services {GOOGLE}\n--signing {SHA_1}"), &[], Note);
    check(format!("--app com.example.im\n--google-services {GOOGLE}\n--signing SHA1: {SHA_1}"), &[], Note);
    check(
        format!("--app com.example.im\n--google-services {GOOGLE}\n--signing {OTHER}"),
        &["signing-differs"],
        Warning,
    );
    check(
        format!("--app com.example.im\n--google-services {GOOGLE}\n--signing {sha_256}"),
        &["signing-cannot-be-judged"],
        Note,
    );
    check(format!("--agconnect {AGC}\n--signing {sha_256}"), &["signing-cannot-be-judged"], Note);
    check(
        format!("--agconnect {AGC}\n--signing {sha_256}\n--registered-signing {}", sha_256.to_uppercase()),
        &[],
        Note,
    );
    check(
        format!("--agconnect {AGC}\n--signing {sha_256}\n--registered-signing {}", "cd".repeat(32)),
        &["signing-differs"],
        Error,
    );
    check(format!("--agconnect {AGC}\n--signing 0123"), &["vendor-file-unreadable"], Error);
    for (option, text) in
        [("--agconnect", GOOGLE), ("--google-services", AGC), ("--mcs-services", "{}"), ("--agconnect", "{")]
    {
        check(format!("{option} {text}"), &["vendor-file-unreadable"], Error);
    }
}

const MANY: &str = "--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\" android:launchMode=\"singleTop\"/>";

#[test]
fn a_file_that_no_console_gives_is_named() {
    let preflight = Preflight::new().with_vendor_file(Vendor::Xiaomi, "mi.json", "{}");
    let report = preflight.check();
    let [finding] = report.findings() else { panic!("{report}") };
    assert_eq!((finding.rule().id(), finding.vendor()), ("vendor-file-unreadable", Some(Vendor::Xiaomi)));
    assert!(finding.fix().contains("leave it out"), "{finding}");
}

#[test]
fn values_of_a_set_up_are_not_shown() {
    let manifest = Manifest::new("com.example.im").with_meta_data("com.vivo.push.app_id", "104771234");
    let file = BuildFile::new("build.gradle").with_placeholder(1, "VIVO_APPKEY", "104771235");
    let shown = format!("{manifest:?} {file:?}");
    assert!(
        shown.contains("com.vivo.push.app_id") && !shown.contains("10477") && !shown.contains('#'),
        "{shown}"
    );
}

#[test]
fn launch_modes() {
    let with = |source: &str| format!("--click Meizu=com.example.im.ChatActivity\n{MANY}\n--source {source}");
    let found = |input: &str| {
        let findings = input::findings(input);
        findings.iter().map(|finding| (finding.rule().id(), finding.severity())).collect::<Vec<_>>()
    };
    for source in [
        "class ChatActivity extends AppCompatActivity { void onCreate(Bundle b) { show(getIntent()); } }",
        "class ChatActivity extends AppCompatActivity { protected void onNewIntent(Intent intent) { super.onNewIntent(intent); show(getIntent()); } }",
        "class ChatActivity : AppCompatActivity() { override fun onNewIntent(intent: Intent) { super.onNewIntent(intent) } }",
        "class ChatActivity extends AppCompatActivity {\n // void onNewIntent(Intent intent) { setIntent(intent); }\n}",
        "class ChatActivity extends AppCompatActivity { void onNewIntent(Intent i) { super.onNewIntent(i); /* setIntent(i); */ } }",
        "class ChatActivity : AppCompatActivity() { override fun onNewIntent(intent: Intent) { Log.d(\"tap\", \"intent\") } }",
    ] {
        assert_eq!(found(&with(source)), [("tap-new-intent", Warning)], "{source}");
    }
    for source in [
        "class ChatActivity extends AppCompatActivity { protected void onNewIntent(Intent intent) { super.onNewIntent(intent); setIntent(intent); } }",
        "class ChatActivity : AppCompatActivity() {\n override fun onNewIntent(intent: Intent?) {\n super.onNewIntent(intent)\n open(intent)\n }\n}",
        "// class ChatActivity was here\nclass ChatActivity extends AppCompatActivity { void onNewIntent(Intent i) { super.onNewIntent(i); log(\"}\"); open(i); } }",
    ] {
        assert_eq!(found(&with(source)), [], "{source}");
    }
    // A class above it may do it, and nothing shows without the source.
    assert_eq!(found(&with("class ChatActivity extends FlutterActivity {}")), [("tap-new-intent", Note)]);
    assert_eq!(
        found(&format!("--click Meizu=com.example.im.ChatActivity\n{MANY}")),
        [("tap-new-intent", Note)]
    );
    hold(&[
        (
            "--click vivo=intent://im/d#Intent;scheme=chat;launchFlags=0x20000000;component=com.example.im/.ChatActivity;end\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"/>\n--source class ChatActivity extends Activity { }",
            &["tap-new-intent"],
            Warning,
        ),
        (
            "--click vivo=intent://im/d#Intent;scheme=chat;launchFlags=0x4000000;component=com.example.im/.ChatActivity;end\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"/>\n--source class ChatActivity extends Activity { }",
            &[],
            Note,
        ),
        (
            "--click OPPO=com.example.im.ChatActivity\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\" android:taskAffinity=\"\"/>",
            &["tap-own-task"],
            Warning,
        ),
        (
            "--click OPPO=com.example.im.ChatActivity\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\" android:taskAffinity=\"com.example.im\"/>",
            &[],
            Note,
        ),
        (
            "--click OPPO=com.example.im.Alias\n--manifest <activity android:name=\".ChatActivity\" android:launchMode=\"singleInstance\"/><activity-alias android:name=\".Alias\" android:targetActivity=\".ChatActivity\" android:exported=\"true\"/>",
            &["tap-own-task"],
            Warning,
        ),
        (
            "--click OPPO=com.example.im.SplashActivity\n--manifest <activity android:name=\".SplashActivity\" android:exported=\"true\" android:noHistory=\"true\"/>",
            &["tap-no-history"],
            Warning,
        ),
        (
            "--click Huawei=\n--manifest <activity android:name=\".WelcomeActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity>\n--source class WelcomeActivity : Activity() { fun go() { startActivity(Intent(this, MainActivity::class.java)); finish() } }",
            &["tap-splash"],
            Warning,
        ),
        (
            "--click Huawei=\n--manifest <activity android:name=\".WelcomeActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity>\n--source class WelcomeActivity : Activity() { fun go() { startActivity(Intent(this, MainActivity::class.java).putExtras(intent)); finish() } }",
            &[],
            Note,
        ),
    ]);
}

const APS: &str = "--entitlements <plist version=\"1.0\"><dict><key>aps-environment</key><string>development</string></dict></plist>";

#[test]
fn apple_and_harmony_os() {
    hold(&[
        (
            "--config {\"apns\": {\"production\": {\"businessId\": 30301}}}\n--entitlements <plist version=\"1.0\"><dict><key>aps-environment</key><string>development</string></dict></plist>",
            &["aps-environment-differs"],
            Warning,
        ),
        (
            "--config {\"apnsBusinessId\": 30301}\n--entitlements <plist version=\"1.0\"><dict><key>aps-environment</key><string>live</string></dict></plist>",
            &["aps-entitlement-missing"],
            Error,
        ),
        (
            "--config {\"apnsBusinessId\": 30301}\n--entitlements <?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><plist version=\"1.0\"><dict><key>com.apple.security.app-sandbox</key><true/></dict></plist>",
            &["aps-entitlement-missing"],
            Error,
        ),
        (
            "--config {\"apnsBusinessId\": 30301}\n--entitlements <plist version=\"1.0\"><dict><key>aps-environment</key><string>$(APS_ENVIRONMENT)</string></dict></plist>",
            &[],
            Note,
        ),
        (APS, &[], Note),
        (
            "--config {\"apns\": {\"development\": {\"businessId\": 30301}, \"production\": {\"businessId\": 30302}}}\n--entitlements <plist version=\"1.0\"><dict><key>com.apple.developer.aps-environment</key><string>production</string></dict></plist>",
            &[],
            Note,
        ),
        (
            "--info {\"Title\": \"t\", \"ApnsInfo\": {\"ContentAvailable\": 1}}\n--vendors APNs\n--info-plist <plist version=\"1.0\"><dict><key>UIBackgroundModes</key><array><string>fetch</string></array></dict></plist>",
            &["background-mode-missing"],
            Error,
        ),
        (
            "--info {\"Title\": \"t\", \"ApnsInfo\": {\"ContentAvailable\": 1}}\n--vendors APNs\n--info-plist <plist version=\"1.0\"><dict><key>UIBackgroundModes</key><array><string>remote-notification</string></array></dict></plist>",
            &[],
            Note,
        ),
        (
            "--vendors APNs\n--info {\"Title\": \"t\", \"ApnsInfo\": {\"Image\": \"https://example.com/a.png\", \"MutableContent\": 1}}\n--info-plist <plist version=\"1.0\"><dict/></plist>\n--info-plist <plist version=\"1.0\"><dict><key>NSExtension</key><dict><key>NSExtensionPointIdentifier</key><string>com.apple.usernotifications.service</string></dict></dict></plist>",
            &[],
            Note,
        ),
        (
            "--vendors APNs\n--info {\"Title\": \"t\", \"ApnsInfo\": {\"Image\": \"https://example.com/a.png\", \"MutableContent\": 1}}\n--info-plist <plist version=\"1.0\"><dict/></plist>\n--info-plist <plist version=\"1.0\"><dict><key>NSExtension</key><dict><key>NSExtensionPointIdentifier</key><string>com.apple.share-services</string></dict></dict></plist>",
            &["service-extension-missing"],
            Warning,
        ),
        (
            "--module-json5 { // comment\n module: { name: 'entry', type: 'entry', metadata: [ { name: 'client_id', value: '' }, ], }, }",
            &["harmony-client-id"],
            Error,
        ),
        (
            "--module-json5 {module: {type: 'entry', metadata: [{name: 'client_id', value: '您的client_id'}]}}",
            &["sample-text"],
            Error,
        ),
        ("--module-json5 {module: {type: 'har', name: 'lib'}}", &[], Note),
        (
            "--click HarmonyOS=push://im/detail\n--module-json5 {module: {type: 'entry', metadata: [{name: 'client_id', value: '100000000'}], abilities: [{name: 'EntryAbility', exported: true, skills: [{actions: ['action.system.home'], uris: [{scheme: 'push', host: 'im', path: 'detail'}]}]}]}}",
            &[],
            Note,
        ),
        (
            "--click HarmonyOS=com.example.OPEN\n--module-json5 {module: {type: 'entry', metadata: [{name: 'client_id', value: '100000000'}], abilities: [{name: 'EntryAbility', exported: false, skills: [{actions: ['com.example.OPEN']}]}]}}",
            &["harmony-ability-missing"],
            Error,
        ),
    ]);
    for (option, text, why) in [
        ("--entitlements", "{}", "not a property list"),
        ("--info-plist", "<plist><array/></plist>", "not a dictionary"),
        ("--module-json5", "{module: ", "not JSON5"),
        ("--module-json5", &"[".repeat(1_000_000), "deeper than 64 levels"),
        ("--module-json5", "{}", "no member module"),
    ] {
        let read = arguments::read([option.to_owned(), text.to_owned()], &mut |text| Ok(text.to_owned()));
        assert!(read.unwrap_err().contains(why), "{option} {text}");
    }
}

/// Writes the files of a project into a folder of its own and checks it.
fn project(name: &str, files: &[(&str, &str)]) -> (Vec<(String, Severity)>, Vec<String>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("doctor-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    for (file, text) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let arguments = ["--project".to_owned(), folder.display().to_string()];
    let request = arguments::read(arguments, &mut crate::files::open).unwrap();
    let report = request.preflight.check();
    let found = report.findings().iter().map(|finding| (finding.rule().id().to_owned(), finding.severity()));
    (found.filter(|(_, severity)| *severity > Note).collect(), request.provenance)
}

const ROOT: &str =
    "plugins { id 'com.android.application' apply false\n id 'com.huawei.agconnect' apply false }";
const APP: &str = "plugins {\n    id 'com.android.application'\n    id 'com.huawei.agconnect'\n    id 'com.google.gms.google-services'\n}\nandroid {\n    namespace 'com.example.im'\n    defaultConfig {\n        applicationId \"com.example.im\"\n        targetSdk 34\n        manifestPlaceholders = [\n            \"VIVO_APPKEY\": \"0123456789abcdef0123456789abcdef\",\n            \"VIVO_APPID\": \"100000000\"\n        ]\n    }\n}\ndependencies {\n    implementation 'com.tencent.timpush:timpush:8.6.7019'\n    implementation 'com.tencent.timpush:huawei:8.6.7019'\n    implementation 'com.tencent.timpush:vivo:8.6.7019'\n    implementation 'com.tencent.timpush:fcm:8.6.7019'\n    implementation 'com.tencent.imsdk:imsdk-plus:8.6.7019'\n    implementation project(':chat')\n}\n";
const MANIFEST: &str = "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\">\n<application android:label=\"@string/app\"><activity android:name=\".MainActivity\" android:exported=\"true\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity></application></manifest>";
const LIBRARY: &str = "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\">\n<uses-permission android:name=\"android.permission.POST_NOTIFICATIONS\"/>\n<application><activity android:name=\".ChatActivity\" android:exported=\"true\"/></application></manifest>";
const CONFIG: &str = r#"{"version": "1.0", "com.example.im": {"huaweiPushBussinessId": "30206", "vivoPushBussinessId": "30222", "fcmPushBussinessId": "30210", "huaweiBadgeClassName": "com.example.im.MainActivity"}}"#;

fn sound<'a>() -> Vec<(&'static str, &'a str)> {
    vec![
        ("build.gradle", ROOT),
        ("app/build.gradle", APP),
        ("app/src/main/AndroidManifest.xml", MANIFEST),
        ("app/src/main/assets/timpush-configs.json", CONFIG),
        ("app/agconnect-services.json", AGC),
        ("app/google-services.json", GOOGLE),
        ("app/build/intermediates/AndroidManifest.xml", "not read"),
        ("app/src/debug/AndroidManifest.xml", "<manifest/>"),
        (
            "chat/build.gradle.kts",
            "plugins { id(\"com.android.library\") }\nandroid { namespace = \"com.example.chat\" }",
        ),
        ("chat/src/main/AndroidManifest.xml", LIBRARY),
        (
            "chat/src/main/java/com/example/chat/ChatActivity.kt",
            "class ChatActivity : AppCompatActivity() {}",
        ),
    ]
}

#[test]
fn a_sound_project_raises_nothing() {
    let (found, provenance) = project("sound", &sound());
    assert_eq!(found, []);
    for line in [
        "namespace com.example.im: app/build.gradle, line 7",
        "target SDK 34: app/build.gradle, line 10",
        "file app/google-services.json",
    ] {
        assert!(provenance.iter().any(|own| own == line), "{line}: {provenance:#?}");
    }
    // Files of variants: the one for the application id is compared.
    let mut files = sound();
    files.retain(|(file, _)| *file != "app/google-services.json");
    let other = GOOGLE.replace("com.example.im", "com.example.intl");
    files.push(("app/src/intl/google-services.json", &other));
    files.push(("app/src/cn/google-services.json", GOOGLE));
    assert_eq!(project("sound-variants", &files).0, []);
    // The same in Kotlin, with the application id of a flavor that text does not show.
    let mut files = sound();
    files[1].1 = "plugins { id(\"com.android.application\")\n id(\"com.huawei.agconnect\")\n id(\"com.google.gms.google-services\") }\nandroid { namespace = \"com.example.im\"\n defaultConfig { applicationId = \"com.example.im\"\n targetSdk = 34\n manifestPlaceholders[\"VIVO_APPKEY\"] = \"0123456789abcdef0123456789abcdef\"\n manifestPlaceholders[\"VIVO_APPID\"] = \"100000000\" } }\ndependencies { implementation(\"com.tencent.timpush:timpush:8.6.7019\")\n implementation(\"com.tencent.timpush:huawei:8.6.7019\")\n implementation(\"com.tencent.timpush:vivo:8.6.7019\")\n implementation(\"com.tencent.timpush:fcm:8.6.7019\") }";
    files[1].0 = "app/build.gradle.kts";
    assert_eq!(project("sound-kotlin", &files).0, []);
}

#[test]
fn a_faulty_project_is_told() {
    let changed = |name: &str, change: &dyn Fn(&str, &str) -> Option<String>| {
        let files: Vec<(String, String)> = sound()
            .into_iter()
            .filter_map(|(file, text)| Some((file.to_owned(), change(file, text)?)))
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
        project(name, &files).0
    };
    let without = |gone: &'static str| move |file: &str, text: &str| (file != gone).then(|| text.to_owned());
    let replaced =
        |from: &'static str, to: &'static str| move |_: &str, text: &str| Some(text.replace(from, to));
    let rule = |id: &str, severity| (id.to_owned(), severity);
    assert_eq!(
        changed("no-agc", &without("app/agconnect-services.json")),
        [rule("vendor-file-missing", Error)]
    );
    assert_eq!(
        changed("no-google", &without("app/google-services.json")),
        [rule("vendor-file-missing", Error)]
    );
    assert_eq!(
        changed("plugin", &replaced("    id 'com.huawei.agconnect'\n", "    // id 'com.huawei.agconnect'\n")),
        [rule("gradle-plugin-missing", Error)]
    );
    assert_eq!(
        changed(
            "placeholder",
            &replaced("\"VIVO_APPKEY\": \"0123456789abcdef0123456789abcdef\"", "\"VIVO_APPKEY\": \"\"")
        ),
        [rule("placeholder-empty", Error)]
    );
    assert_eq!(
        changed("package", &replaced("applicationId \"com.example.im\"", "applicationId \"com.example.cn\"")),
        [
            rule("vendor-file-package", Error),
            rule("vendor-file-package", Error),
            rule("config-other-package", Warning)
        ]
    );
    assert_eq!(
        changed("versions", &replaced("timpush:vivo:8.6.7019", "timpush:vivo:8.3.6498")),
        [rule("versions-mixed", Warning)]
    );
    assert_eq!(
        changed("vendor", &replaced("    implementation 'com.tencent.timpush:fcm:8.6.7019'\n", "")),
        [rule("timpush-package-missing", Warning)]
    );
    assert_eq!(
        changed("badge", &replaced("com.example.im.MainActivity", "com.example.im.Start")),
        [rule("badge-activity-unknown", Warning)]
    );
    assert_eq!(
        changed(
            "jpush",
            &replaced("implementation project(':chat')", "implementation 'cn.jiguang.sdk:jpush:5.0.0'")
        ),
        [rule("push-sdk-twice", Warning)]
    );
}

/// Plugins, libraries and versions that stand in a version catalogue.
#[test]
fn a_version_catalogue_is_read() {
    const CATALOGUE: &str = "[versions]\nsdk = \"34\"\ntim = \"8.6.7019\" # of all\n[libraries]\ntim-push = { module = \"com.tencent.timpush:timpush\", version.ref = \"tim\" }\ntimpush_huawei = { group = \"com.tencent.timpush\", name = \"huawei\", version = { ref = \"tim\" } }\ntimpush-vivo = \"com.tencent.timpush:vivo:8.6.7019\"\ntimpush-fcm = { module = \"com.tencent.timpush:fcm\", version = \"8.6.7019\" }\n[bundles]\npush = [\n  \"timpush-vivo\",\n  \"timpush-fcm\",\n]\n[plugins]\nandroid-app = { id = \"com.android.application\", version = \"8.7.0\" }\nkotlin = \"org.jetbrains.kotlin.android:2.0.0\"\nhms = { id = \"com.huawei.agconnect\", version = \"1.9.1.301\" }\nfirebase = \"com.google.gms.google-services:4.4.2\"\n";
    const BUILD: &str = "plugins {\n    alias(libs.plugins.android.app)\n    alias(libs.plugins.kotlin)\n    alias(libs.plugins.hms)\n    alias(libs.plugins.firebase)\n}\nandroid {\n    namespace = \"com.example.im\"\n    defaultConfig {\n        applicationId = \"com.example.im\"\n        targetSdk = libs.versions.sdk.get().toInt()\n        manifestPlaceholders += mapOf(\"VIVO_APPKEY\" to \"0123456789abcdef0123456789abcdef\", \"VIVO_APPID\" to \"100000000\")\n    }\n}\ndependencies {\n    implementation(libs.tim.push)\n    implementation(libs.timpush.huawei)\n    implementation(libs.bundles.push)\n}\n";
    let found = |name: &str, build: &str, catalogue: &str| {
        let mut files = sound();
        files.retain(|(file, _)| *file != "app/build.gradle");
        files.extend([("app/build.gradle.kts", build), ("gradle/libs.versions.toml", catalogue)]);
        // Another catalogue, and that of an included build.
        let others = ["gradle/testlibs.versions.toml", "included/gradle/libs.versions.toml"];
        files.extend(others.map(|name| (name, "[versions]\nsdk = \"21\"\n")));
        let (found, provenance) = project(name, &files);
        assert!(provenance.iter().any(|line| line.starts_with("target SDK 34:")), "{provenance:#?}");
        found.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(found("catalogue", BUILD, CATALOGUE), [""; 0]);
    for (name, build, from, to, rule) in [
        ("catalogue-plugin", BUILD, "    alias(libs.plugins.hms)\n", "", "gradle-plugin-missing"),
        ("catalogue-unapplied", BUILD, "plugins.hms)", "plugins.hms) apply false", "gradle-plugin-missing"),
        (
            "catalogue-package",
            BUILD,
            "    implementation(libs.timpush.huawei)\n",
            "",
            "timpush-package-missing",
        ),
        ("catalogue-bundle", CATALOGUE, "  \"timpush-fcm\",\n", "", "timpush-package-missing"),
        ("catalogue-version", CATALOGUE, "vivo:8.6.7019", "vivo:8.3.6498", "versions-mixed"),
        ("catalogue-order", CATALOGUE, "tim = \"8.6.7019\"", "tim = \"8.7.7201\"", "versions-mixed"),
    ] {
        let changed = if build == BUILD {
            [build.replace(from, to), CATALOGUE.to_owned()]
        } else {
            [BUILD.to_owned(), CATALOGUE.replace(from, to)]
        };
        assert_eq!(found(name, &changed[0], &changed[1]), [rule], "{name}");
    }
    // What the text does not name may be anything.
    let huawei = "implementation(libs.timpush.huawei)";
    let range = "[versions]\nlog = { strictly = \"[1.7, 1.8[\", prefer = \"1.7.25\" }\n";
    let table = "[libraries.timpush-fcm]\nmodule = \"com.tencent.timpush:fcm\"\n[plugins]\n";
    for (name, build, catalogue) in [
        ("catalogue-range", BUILD.to_owned(), CATALOGUE.replace("[versions]\n", range)),
        (
            "catalogue-table",
            BUILD.to_owned(),
            CATALOGUE.replace("timpush-fcm = ", "fcm = ").replace("[plugins]\n", table),
        ),
        ("catalogue-elsewhere", BUILD.replace(huawei, "implementation(Deps.huawei)"), CATALOGUE.to_owned()),
        (
            "catalogue-lines",
            BUILD.replace(huawei, "implementation(\n        libs.timpush.huawei\n    )"),
            CATALOGUE.to_owned(),
        ),
        (
            "catalogue-own-plugin",
            BUILD.replace("    alias(libs.plugins.hms)\n", ""),
            CATALOGUE
                .replace("\"com.android.application\", version = \"8.7.0\"", "\"acme.android.application\""),
        ),
    ] {
        assert_eq!(found(name, &build, &catalogue), [""; 0], "{name}");
    }
}

/// A plugin that the build itself defines may apply the vendor's. One that is published does not.
#[test]
fn a_plugin_of_the_build_may_apply_others() {
    const CLASS: &str = "gradlePlugin {\n    plugins {\n        register(\"app\") {\n            id = \"acme.android.application\"\n        }\n    }\n}\n";
    let found = |name: &str, more: &[(&'static str, &'static str)]| {
        let app = APP
            .replace("    id 'com.android.application'\n", "    id 'acme.android.application'\n")
            .replace("    id 'com.huawei.agconnect'\n", "");
        assert_ne!(app, APP);
        let mut files = sound();
        files.retain(|(file, _)| *file != "app/build.gradle");
        files.push(("app/build.gradle", &app));
        files.extend(more);
        project(name, &files).0.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    let script = ("buildSrc/src/main/kotlin/acme.android.application.gradle.kts", "plugins { }\n");
    assert_eq!(found("own-class", &[("build-logic/build.gradle.kts", CLASS)]), [""; 0]);
    assert_eq!(found("own-script", &[script]), [""; 0]);
    let no_text = ("gradle/versions.gradle", "ext.a = 1 // \0\n");
    assert_eq!(found("own-script-and-no-text", &[script, no_text]), [""; 0]);
    assert_eq!(found("foreign", &[]), ["gradle-plugin-missing"]);
}

#[test]
fn a_folder_without_a_project_is_refused() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("doctor-empty");
    std::fs::create_dir_all(&folder).unwrap();
    for name in [folder.display().to_string(), "/no/such/folder".to_owned()] {
        let why =
            arguments::read(["--project".to_owned(), name.clone()], &mut crate::files::open).unwrap_err();
        assert!(why.starts_with(&name), "{why}");
    }
}

/// Files in any encoding, and files that are no text.
#[test]
fn encodings_and_other_files() {
    use crate::files::text;
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let little = [vec![0xff, 0xfe], utf_16("[ro.product.brand]: [小米]\r\n")].concat();
    let big: Vec<u8> = little.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    for bytes in [little, big] {
        assert_eq!(text(&bytes).unwrap(), "[ro.product.brand]: [小米]\r\n");
    }
    assert_eq!(text("\u{feff}a".as_bytes()).unwrap(), "a");
    for (bytes, why) in [
        (utf_16("a: b"), "UTF-16 text without a byte order mark"),
        (vec![0x03, 0x00, 0x08, 0x00, 0x10], "a compiled AndroidManifest.xml"),
        (b"PK\x03\x04abc".to_vec(), "an archive"),
        (b"bplist00".to_vec(), "a binary property list"),
        (b"abc\n\xb0\xa1".to_vec(), "not UTF-8 text at line 2, column 1"),
        (b"abc\0\0".to_vec(), "binary data"),
    ] {
        assert!(text(&bytes).unwrap_err().starts_with(why), "{why}: {:?}", text(&bytes));
    }
    // uni-app's manifest is none of Android's.
    let why = arguments::read(["--manifest".to_owned(), "{\"app-plus\": {}}".to_owned()], &mut |text| {
        Ok(text.to_owned())
    });
    assert!(why.unwrap_err().contains("uni-app"), "the file is named as what it is");
}
