//! Xiaomi, OPPO, vivo, Meizu, Google, Apple.

use super::{CODE, CodeRow, named, row};
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};
use crate::vendor::{Pace, Source};

/// Codes of the server, which reach the client as `resultCode`.
const XIAOMI_SERVER: Source = Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1560");
const TENCENT_FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");
const FORUM: Source = Source::read("https://www.cnblogs.com/zhangwenju/p/14240550.html");
const MESSAGE: Source = Source::read_on("MiPush SDK 6.0.1 (MiPushCommandMessage)", "2026-11-29");

/// Mi Push: `ErrorCode` of the client SDK, and the server's codes.
pub(super) const XIAOMI: &[CodeRow] = &[
    row(0, Nothing, "registered", "take the regId from commandArguments", CODE),
    row(70_000_001, RetryLater, "the push service is unavailable", "try again later", CODE),
    row(
        70_000_002,
        RetryLater,
        "authentication failed",
        "set the phone's clock; switch proxy or VPN off; check the network; then compare AppID and AppKey with the console",
        CODE,
    )
    .then(FixConfiguration, "compare AppID and AppKey with the Xiaomi console; check clock, proxy, VPN and network"),
    row(70_000_003, FixConfiguration, "the payload is invalid", "correct the arguments of the call", CODE),
    row(70_000_004, RetryLater, "internal error of the client SDK", "try again later", CODE),
    row(-1, RetryLater, "failed, without a code of the server", "try again later", MESSAGE).at(Pace::Slow),
    row(10_001, RetryLater, "system error at the server", "try again later", XIAOMI_SERVER),
    row(10_002, RetryLater, "the server is busy", "try again later", XIAOMI_SERVER),
    row(10_003, RetryLater, "error of a remote service", "try again later", XIAOMI_SERVER),
    row(10_008, FixConfiguration, "a parameter is wrong", "correct the arguments of the call", XIAOMI_SERVER),
    row(10_016, FixConfiguration, "a parameter is missing", "pass AppID and AppKey", XIAOMI_SERVER),
    row(10_017, FixConfiguration, "a parameter is illegal", "correct the arguments of the call", XIAOMI_SERVER),
    row(10_027, Quota, "called too often", "call once a launch at most", XIAOMI_SERVER),
    row(
        10_029,
        RetryLater,
        "the server does not know the device",
        "try again once; if it stays, call unregisterPush, then registerPush",
        XIAOMI_SERVER,
    ),
    row(
        10_031,
        FixConfiguration,
        "the app is on the black list",
        "ask Xiaomi; apps that are not in the store yet are answered like this",
        TENCENT_FAQ,
    ),
    row(
        10_036,
        FixConfiguration,
        "the operation is forbidden",
        "publish the app in Xiaomi's store, or ask Xiaomi",
        TENCENT_FAQ,
    ),
    row(
        21_301,
        FixConfiguration,
        "authentication failed",
        "compare AppID and AppKey with the console",
        XIAOMI_SERVER,
    ),
    row(
        21_302,
        FixConfiguration,
        "token authentication failed",
        "compare AppID and AppKey with the console",
        XIAOMI_SERVER,
    ),
    row(
        22_000,
        FixConfiguration,
        "the application is illegal",
        "check the app's state in the Xiaomi console",
        XIAOMI_SERVER,
    ),
    row(22_006, FixConfiguration, "the AppID is invalid", "copy the AppID from the Xiaomi console", XIAOMI_SERVER),
    row(22_007, FixConfiguration, "the AppKey is invalid", "copy the AppKey from the Xiaomi console", XIAOMI_SERVER),
    row(
        22_022,
        FixConfiguration,
        "the package name is invalid",
        "register the package name of this build in the Xiaomi console, and switch push on for the app there",
        XIAOMI_SERVER,
    ),
    row(
        66_108,
        FixConfiguration,
        "something is wrong with the package name",
        "compare the package name of this build with the Xiaomi console",
        FORUM,
    ),
];

const TPNS: Source = Source::read("https://tencentcloud.com/document/product/1024/37006");

/// HeyTap push: `responseCode` of `onRegister`, which also fires on failure.
pub(super) const OPPO: &[CodeRow] = &[
    row(-2, RetryLater, "the initial value, or any error", "call getRegister, which repeats the call", CODE),
    row(-1, RetryLater, "the service is unavailable", "call getRegister later", CODE),
    row(0, Nothing, "registered", "take the registerID, if it is not empty", CODE),
    row(
        11,
        FixConfiguration,
        "no permission for the interface",
        "enable push for the app in OPPO's console; that takes about five minutes",
        CODE,
    ),
    row(12, FixConfiguration, "wrong HTTP verb", "update the SDK", CODE),
    row(13, Quota, "called too often", "call once a launch at most", CODE),
    row(
        14,
        FixConfiguration,
        "the AppKey is invalid",
        "pass AppKey and AppSecret to register; the AppId in place of the AppKey ends like this",
        TPNS,
    ),
    row(15, FixConfiguration, "the AppKey is missing", "pass AppKey and AppSecret to register", CODE),
    row(16, FixConfiguration, "the signature is invalid", "pass the AppSecret, not the MasterSecret", CODE),
    row(17, FixConfiguration, "the signature is missing", "pass the AppSecret", CODE),
    row(18, UserMustAct, "the time stamp is missing", "set the phone's clock", CODE),
    row(19, UserMustAct, "the time stamp is invalid", "set the phone's clock", CODE),
    row(20, FixConfiguration, "the method is invalid", "update the SDK", CODE),
    row(21, FixConfiguration, "the method is missing", "update the SDK", CODE),
    row(22, FixConfiguration, "the version is missing", "update the SDK", CODE),
    row(23, FixConfiguration, "the version is invalid", "update the SDK", CODE),
    row(24, FixConfiguration, "the version is not supported", "update the SDK", CODE),
    row(25, FixConfiguration, "wrong encoding", "send UTF-8", CODE),
    row(26, FixConfiguration, "the address is on OPPO's black list", "ask OPPO", CODE),
    row(40, FixConfiguration, "an argument is missing", "pass AppKey and AppSecret to register", CODE),
    row(41, FixConfiguration, "an argument is invalid", "pass AppKey and AppSecret to register", CODE),
];

const STATES: Source = Source::read("https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp");
/// Of these only 8012, 8102 and 10001 were seen going into a callback.
const VIVO_CLASSES: Source = Source::read_on("vivo push 4.1.0 (class files)", "2026-11-29");

const UNDOCUMENTED: &str = "an internal code of vivo's SDK, not documented";

const TOPIC: &str = "a topic call is faulty: push is off, or the topic is empty, too long or one too many";
const ALIAS: &str = "an alias call is faulty: push is off, or the alias is empty, too long or one too many";

/// vivo push: `onStateChanged`.
pub(super) const VIVO: &[CodeRow] = &[
    row(0, Nothing, "push is on", "take the id from getRegId", STATES),
    row(1, Nothing, "push was on already", "take the id from getRegId", STATES),
    row(101, DeviceCannot, "the system does not support vivo push", "use another vendor", STATES),
    row(102, RetryLater, "initialisation failed", "call initialize again", STATES),
    row(1001, Quota, "over the daily number of calls", "call once a launch at most", STATES),
    row(1002, RetryLater, "called too often in a short time", "wait a little", STATES),
    row(1003, RetryLater, "timed out", "try again later", STATES),
    row(1004, FixConfiguration, "the app is on the black list", "ask vivo", STATES),
    row(1005, RetryLater, "the push service is unavailable", "try again later", STATES),
    row(8001, RetryLater, "no service of the system is bound", "try again later", VIVO_CLASSES)
        .then(DeviceCannot, "use another vendor: the push service of this phone does not answer"),
    row(8002, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8003, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8005, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8006, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8007, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8008, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8012, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8013, RetryLater, UNDOCUMENTED, "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(8100, RetryLater, "there is no command", "try again later", VIVO_CLASSES).at(Pace::Slow),
    row(
        8101,
        RetryLater,
        "the answer of the system's push service is not readable",
        "try again later",
        VIVO_CLASSES,
    )
    .at(Pace::Slow)
    .then(UserMustAct, "update the system of this phone"),
    row(
        8102,
        DeviceCannot,
        "the system's push service does not support the call",
        "use another vendor, or an older vivo SDK",
        VIVO_CLASSES,
    ),
    row(10_000, RetryLater, "unknown error", "try again later", STATES),
    row(
        10_001,
        RetryLater,
        "push could not be switched; not documented further",
        "try again later",
        VIVO_CLASSES,
    )
    .at(Pace::Slow),
    row(
        10_003,
        FixConfiguration,
        "the package name does not match",
        "register the package name of this build in vivo's console",
        CODE,
    ),
    row(
        10_004,
        FixConfiguration,
        "the AppKey does not match",
        "copy com.vivo.push.api_key from vivo's console",
        CODE,
    ),
    row(
        10_005,
        FixConfiguration,
        "the AppID does not match",
        "copy com.vivo.push.app_id from vivo's console",
        CODE,
    ),
    row(
        20_001,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        20_002,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        20_003,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        20_004,
        FixConfiguration,
        TOPIC,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        30_001,
        FixConfiguration,
        ALIAS,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        30_002,
        FixConfiguration,
        ALIAS,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
    row(
        30_003,
        FixConfiguration,
        ALIAS,
        "turn push on first, and correct the call; no matter of registration",
        CODE,
    )
    .then(UserMustAct, "ask the user to switch push on"),
];

const MEIZU_SERVER: Source = Source::read("https://npmjs.com/package/meizu-push");
const PUSH_API: Source = Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");

const MEIZU_CLASSES: Source = Source::read_on("Meizu push-internal 5.0.5 (class files)", "2026-11-29");

/// Flyme push: `RegisterStatus.getCode()`, a number as text. `onRegisterStatus` also fires on failure.
pub(super) const MEIZU: &[CodeRow] = &[
    row(200, Nothing, "registered", "take getPushId, if it is not empty", MEIZU_SERVER),
    row(201, FixConfiguration, "refused", "check the app in Meizu's console", MEIZU_SERVER),
    row(500, RetryLater, "any other error", "try again later", MEIZU_SERVER),
    row(501, RetryLater, "error of the database", "try again later", MEIZU_SERVER),
    row(513, RetryLater, "the push failed", "try again later", MEIZU_SERVER),
    row(518, Quota, "over the rate limit", "call once a launch at most", MEIZU_SERVER),
    row(519, RetryLater, "the server is overloaded", "try again later", MEIZU_SERVER),
    row(520, Quota, "the notification was folded away", "send less often", MEIZU_SERVER),
    row(1001, RetryLater, "system error", "try again later", MEIZU_SERVER),
    row(1003, RetryLater, "the server is busy", "try again later", MEIZU_SERVER),
    row(1005, FixConfiguration, "a parameter is wrong", "correct the call", MEIZU_SERVER),
    row(
        1006,
        FixConfiguration,
        "the signature is wrong",
        "compare appId and appKey with Meizu's console",
        MEIZU_SERVER,
    ),
    row(20_000, DeviceCannot, "the device cannot register", "use another vendor", MEIZU_CLASSES),
    row(20_001, FixConfiguration, "a parameter is wrong", "pass appId and appKey", MEIZU_CLASSES),
    row(110_000, FixConfiguration, "the appId is illegal", "copy the appId from Meizu's console", PUSH_API),
    row(110_001, FixConfiguration, "the appKey is illegal", "copy the appKey from Meizu's console", PUSH_API),
    row(110_002, RetryLater, "the pushId is not subscribed", "register anew", PUSH_API),
    row(110_003, RetryLater, "the pushId is illegal", "register anew", PUSH_API),
    row(110_004, FixConfiguration, "a parameter is empty", "pass appId and appKey", PUSH_API),
    row(110_009, FixConfiguration, "the app is on the black list", "ask Meizu", PUSH_API),
    row(
        110_010,
        Quota,
        "over the rate limit, or push is switched off",
        "call once a launch at most",
        PUSH_API,
    ),
];

const RPC: Source =
    Source::read("https://github.com/firebase/firebase-android-sdk (firebase-messaging, GmsRpc.java)");
const GMS_LESS: Source = Source::read("https://github.com/firebase/firebase-android-sdk/issues/7009");
const CRASH: Source = Source::read("https://github.com/helpcrunch/android-sdk-demo/issues/35");
const CRASHES: Source = Source::read("https://github.com/firebase/firebase-android-sdk/issues/2638");

const INSTALLATIONS: Source =
    Source::read_on("https://github.com/firebase/firebase-android-sdk/issues/3050", "2026-11-29");
const SWITCH: Source = Source::read_on("firebase-messaging 25.1 (class files)", "2026-11-29");

const API_KEY: &str = "allow the Firebase Installations API for the API key of google-services.json, and this build's \
                       package and SHA-1 in its restrictions";
const LOOK_AT_PLAY: &str = "look at Play services, the API key and the google-services.json of this build";

/// FCM: the message of the `IOException` that the token's `Task` ends with. Names that are seen in crash reports but
/// that no document classes are retried slowly, like unknown ones.
pub(super) const FCM: &[CodeRow] = &[
    named(
        "SERVICE_NOT_AVAILABLE",
        RetryLater,
        "offline, Google out of reach or down, or Play services broken or absent",
        "try again when the network is back; without Play services use another vendor",
        GMS_LESS,
    )
    .at(Pace::WhenConnected)
    .then(DeviceCannot, "use another vendor: Google is out of reach, or Play services are missing or frozen"),
    named("INTERNAL_SERVER_ERROR", RetryLater, "error of the server", "try again later", RPC),
    named("InternalServerError", RetryLater, "error of the server", "try again later", RPC),
    named("TOO_MANY_SUBSCRIBERS", Quota, "over the quota of topics", "unsubscribe from some", RPC),
    named("INSTANCE_ID_RESET", RetryLater, "the app's identity was reset", "fetch the token again", RPC),
    named("AUTHENTICATION_FAILED", RetryLater, "authentication failed", LOOK_AT_PLAY, CRASHES)
        .at(Pace::Slow)
        .then(FixConfiguration, "compare google-services.json and its API key with the Firebase project"),
    named("MISSING_INSTANCEID_SERVICE", RetryLater, "a service is missing from the app", LOOK_AT_PLAY, CRASH)
        .at(Pace::Slow)
        .then(FixConfiguration, "keep Firebase's services in the merged manifest"),
    named(
        "FIS_UNAVAILABLE",
        RetryLater,
        "the Firebase Installations service cannot be reached",
        "try again later; without access to Google use another vendor",
        INSTALLATIONS,
    )
    .at(Pace::WhenConnected)
    .then(FixConfiguration, API_KEY),
    named(
        "FIS_AUTH_ERROR",
        FixConfiguration,
        "Firebase Installations refused the app: its API key may not be used for it",
        API_KEY,
        CRASHES,
    ),
    named(
        "TOO_MANY_REGISTRATIONS",
        DeviceCannot,
        "too many apps on this phone are registered with Google",
        "remove apps from the phone, or use another vendor; FCM's SDK does not try again",
        CRASHES,
    ),
    named("PHONE_REGISTRATION_ERROR", RetryLater, "the phone could not be registered", LOOK_AT_PLAY, CRASHES)
        .at(Pace::Slow)
        .then(DeviceCannot, "use another vendor: Play services of this phone do not register it"),
    named(
        "API_DISABLED",
        FixConfiguration,
        "the manifest switches FCM to installation ids, so that calls for a token throw",
        "call register() and report what onRegistered gives, or set firebase_messaging_installation_id_enabled to false",
        SWITCH,
    ),
];

const TENCENT_IOS: Source = Source::read("https://cloud.tencent.com/document/product/269/130369");

/// APNs: the code of the error in `didFailToRegisterForRemoteNotificationsWithError`. Any other is a matter of the
/// network and is retried like an unknown one.
pub(super) const APNS: &[CodeRow] = &[
    row(
        3000,
        FixConfiguration,
        "the build has no aps-environment entitlement",
        "add the push capability to the target, and a provisioning profile that has it",
        TENCENT_IOS,
    ),
    row(
        3010,
        DeviceCannot,
        "this simulator cannot register for remote notifications",
        "run the app on a real device",
        Source::PUBLIC_CODE,
    ),
];
