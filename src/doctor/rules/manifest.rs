//! Rules about the app's manifest and its source.

use crate::finding::{Rule, Severity};
use crate::vendor::Source;

const NUMERIC: Source = Source::read("https://help.aliyun.com/en/document_detail/223592.html");
const ANDROID_12: Source =
    Source::read("https://developer.android.com/about/versions/12/behavior-changes-12");
const ANDROID_13: Source =
    Source::read("https://developer.android.com/about/versions/13/behavior-changes-13");
const ACTIVITY: Source = Source::read("https://developer.android.com/guide/topics/manifest/activity-element");
const MEIZU: Source = Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");
const VIVO_3: Source = Source::read("https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp");
const FCM: Source = Source::read(
    "https://github.com/firebase/firebase-android-sdk (firebase-messaging, FirebaseMessaging.java)",
);

pub(in crate::doctor) const ALL: &[&Rule] = &[
    NUMERIC_META_DATA,
    EXPORTED_MISSING,
    TARGET_NOT_EXPORTED,
    NOTIFICATION_PERMISSION,
    FILTER_UNREADABLE,
    MANIFEST_SCHEME_CASE,
    BADGE_ACTIVITY,
    SDK_TWICE,
    OUTDATED_VIVO,
    OUTDATED_MEIZU,
    OUTDATED_FIREBASE,
];

pub(in crate::doctor) const NUMERIC_META_DATA: &Rule = &Rule::new(
    "numeric-meta-data",
    Severity::Warning,
    "An id in the manifest's meta-data is made of digits only: Android reads it as a number, and getString gives null or another text.",
    "put a prefix before the digits and take it off in code, or keep the id in code",
    NUMERIC,
)
.with_examples(r#"--manifest <meta-data android:name="MIPUSH_APPID" android:value="2882303761500000000" />"#, r#"--manifest <meta-data android:name="MIPUSH_APPID" android:value="MI-2882303761500000000" />"#);

pub(in crate::doctor) const EXPORTED_MISSING: &Rule = &Rule::new(
    "exported-missing",
    Severity::Error,
    "A component with an intent filter does not say whether it is exported; an app that targets Android 12 cannot be installed with it.",
    "set android:exported",
    ANDROID_12,
)
.with_examples(
    "--target-sdk 34\n--manifest <activity android:name=\".ChatActivity\"><intent-filter><action android:name=\"com.example.im.CHAT\" /></intent-filter></activity>", 
    "--target-sdk 34\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><action android:name=\"com.example.im.CHAT\" /></intent-filter></activity>",
);

pub(in crate::doctor) const TARGET_NOT_EXPORTED: &Rule = &Rule::new(
    "target-not-exported",
    Severity::Error,
    "The activity that a tap opens is not exported, so that the vendor's push service may not start it.",
    "set android:exported=\"true\" on it",
    ACTIVITY,
)
.with_examples(
    "--click Meizu=com.example.im.ChatActivity\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"false\" />", 
    "--click Meizu=com.example.im.ChatActivity\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\" />",
);

pub(in crate::doctor) const NOTIFICATION_PERMISSION: &Rule = &Rule::new(
    "notification-permission-missing",
    Severity::Warning,
    "The app targets Android 13 and does not declare POST_NOTIFICATIONS, without which nothing is shown.",
    "declare android.permission.POST_NOTIFICATIONS, and ask the user for it",
    ANDROID_13,
)
.with_examples("--target-sdk 34\n--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\" />", 
    "--target-sdk 34\n--manifest <manifest package=\"com.example.im\"><uses-permission android:name=\"android.permission.POST_NOTIFICATIONS\" /></manifest>",
);

pub(in crate::doctor) const FILTER_UNREADABLE: &Rule = &Rule::new(
    "filter-unreadable",
    Severity::Error,
    "An intent filter has a type, port or pattern that Android refuses.",
    "correct the <data> element",
    Source::read("https://developer.android.com/guide/topics/manifest/data-element"),
)
.with_examples(
    "--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><data android:scheme=\"chat\" android:host=\"im\" android:port=\"port\" /></intent-filter></activity>", 
    "--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><data android:scheme=\"chat\" android:host=\"im\" android:port=\"80\" /></intent-filter></activity>",
);

pub(in crate::doctor) const MANIFEST_SCHEME_CASE: &Rule = &Rule::new(
    "filter-scheme-case",
    Severity::Warning,
    "The scheme or host of an intent filter has capital letters; Android compares letter by letter, and browsers write small ones.",
    "write it in small letters, here and in the console",
    Source::read("https://developer.android.com/guide/topics/manifest/data-element"),
)
.with_examples(
    "--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><data android:scheme=\"PushScheme\" /></intent-filter></activity>", 
    "--manifest <activity android:name=\".ChatActivity\" android:exported=\"true\"><intent-filter><data android:scheme=\"pushscheme\" /></intent-filter></activity>",
);

pub(in crate::doctor) const BADGE_ACTIVITY: &Rule = &Rule::new(
    "badge-activity-unknown",
    Severity::Warning,
    "The activity whose icon is to bear the badge is not in the manifest, so that no number appears on it.",
    "write the full class name of the launcher's activity",
    Source::TENCENT_2021,
)
.with_examples(
    "--config {\"huaweiPushBussinessId\": \"30206\", \"huaweiBadgeClassName\": \"com.example.im.Main\"}\n--manifest <activity android:name=\".MainActivity\" android:exported=\"true\" />", 
    "--config {\"huaweiPushBussinessId\": \"30206\", \"huaweiBadgeClassName\": \"com.example.im.MainActivity\"}\n--manifest <activity android:name=\".MainActivity\" android:exported=\"true\" />",
);

pub(in crate::doctor) const SDK_TWICE: &Rule = &Rule::new(
    "push-sdk-twice",
    Severity::Warning,
    "Two components receive the tokens of one vendor: two push SDKs in one app take them from each other.",
    "leave each vendor to one SDK",
    Source::read("https://cloud.tencent.com/document/product/269/100650"),
)
.with_examples(
    "--manifest <service android:name=\".A\" android:exported=\"false\"><intent-filter><action android:name=\"com.google.firebase.MESSAGING_EVENT\" /></intent-filter></service><service android:name=\".B\" android:exported=\"false\"><intent-filter><action android:name=\"com.google.firebase.MESSAGING_EVENT\" /></intent-filter></service>", 
    "--manifest <service android:name=\".A\" android:exported=\"false\"><intent-filter><action android:name=\"com.google.firebase.MESSAGING_EVENT\" /></intent-filter></service>",
);

pub(in crate::doctor) const OUTDATED_VIVO: &Rule = &Rule::new(
    "outdated-vivo-callback",
    Severity::Warning,
    "The tap is read in vivo's onNotificationMessageClicked, which vivo's SDK from version 3 on calls no more.",
    "read ext from the launch intent, on vivo as everywhere (notification::Payload)",
    VIVO_3,
)
.with_examples(
    "--source public void onNotificationMessageClicked(Context context, UPSNotificationMessage message) {}", "--source public void onNotificationMessageClicked(Context context, MiPushMessage message) {}");

pub(in crate::doctor) const OUTDATED_MEIZU: &Rule = &Rule::new(
    "outdated-meizu-click-type",
    Severity::Warning,
    "Meizu's clickType 3 is used, which Meizu withdrew for Android 12.",
    "open an activity (clickType 1) and read ext from its intent",
    MEIZU,
)
.with_examples(
    "--source clickTypeInfo.put(\"clickType\", 3);",
    "--source clickTypeInfo.put(\"clickType\", 1);",
);

pub(in crate::doctor) const OUTDATED_FIREBASE: &Rule = &Rule::new(
    "outdated-firebase-instance-id",
    Severity::Warning,
    "FirebaseInstanceId is used, which Firebase has removed.",
    "call FirebaseMessaging.getInstance().getToken() and override FirebaseMessagingService.onNewToken",
    FCM,
)
.with_examples(
    "--source FirebaseInstanceId.getInstance().getInstanceId();",
    "--source FirebaseMessaging.getInstance().getToken();",
);
