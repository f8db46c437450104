//! The vendors' registration error codes, each with its meaning, its fix and where it stands.

use super::code::{CodeName, CodeRow};
use super::{Pace, Remedy, Source, Vendor, VendorCode};
use Remedy::{DeviceCannot, FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};

/// The table of a vendor.
pub(super) const fn code_rows(vendor: Vendor) -> &'static [CodeRow] {
    match vendor {
        Vendor::Xiaomi => XIAOMI,
        Vendor::Huawei => HUAWEI,
        Vendor::Honor => HONOR,
        Vendor::Oppo => OPPO,
        Vendor::Vivo => VIVO,
        Vendor::Meizu => MEIZU,
        Vendor::Fcm => FCM,
        Vendor::Apns => APNS,
        Vendor::HarmonyOs => HARMONY_OS,
    }
}

/// A row with a number.
const fn row(number: i64, remedy: Remedy, meaning: &'static str, source: &'static Source) -> CodeRow {
    CodeRow::new(VendorCode::Number(number), remedy, meaning, source)
}

/// A row with a name.
const fn named(
    name: &'static str,
    remedy: Remedy,
    meaning: &'static str,
    source: &'static Source,
) -> CodeRow {
    CodeRow::new(VendorCode::Name(CodeName::known(name)), remedy, meaning, source)
}

/// A code that says that the call succeeded.
const fn done(number: i64, meaning: &'static str, next: &'static str, source: &'static Source) -> CodeRow {
    row(number, Nothing, meaning, source).fix(next)
}

/// A code after which another attempt may succeed, with a fix of its own.
const fn retry(number: i64, meaning: &'static str, fix: &'static str, source: &'static Source) -> CodeRow {
    row(number, RetryLater, meaning, source).fix(fix)
}

/// A code that only a correction cures.
const fn config(number: i64, meaning: &'static str, fix: &'static str, source: &'static Source) -> CodeRow {
    row(number, FixConfiguration, meaning, source).fix(fix)
}

/// The code stands in public code only.
const CODE: &Source = &Source::PUBLIC_CODE;

/// Codes of the server, which reach the client as `resultCode`.
const XIAOMI_SERVER: &Source =
    &Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1560");
const TENCENT_FAQ: &Source = &Source::TENCENT_FAQ;
const FORUM: &Source = &Source::read("https://www.cnblogs.com/zhangwenju/p/14240550.html");
const MESSAGE: &Source = &Source::read_on("MiPush SDK 6.0.1 (MiPushCommandMessage)", "2026-11-29");

/// Mi Push: `ErrorCode` of the client SDK, and the server's codes.
const XIAOMI: &[CodeRow] = &[
    done(0, "registered", "take the regId from commandArguments", CODE),
    row(70_000_001, RetryLater, "the push service is unavailable", CODE),
    row(70_000_002, RetryLater, "authentication failed", CODE)
        .fix("set the phone's clock; switch proxy or VPN off; check the network; then compare AppID and AppKey with the console")
        .then(FixConfiguration, "compare AppID and AppKey with the Xiaomi console; check clock, proxy, VPN and network"),
    config(70_000_003, "the payload is invalid", "correct the arguments of the call", CODE),
    row(70_000_004, RetryLater, "internal error of the client SDK", CODE),
    row(-1, RetryLater, "failed, without a code of the server", MESSAGE).at(Pace::Slow),
    row(10_001, RetryLater, "system error at the server", XIAOMI_SERVER),
    row(10_002, RetryLater, "the server is busy", XIAOMI_SERVER),
    row(10_003, RetryLater, "error of a remote service", XIAOMI_SERVER),
    config(10_008, "a parameter is wrong", "correct the arguments of the call", XIAOMI_SERVER),
    config(10_016, "a parameter is missing", "pass AppID and AppKey", XIAOMI_SERVER),
    config(10_017, "a parameter is illegal", "correct the arguments of the call", XIAOMI_SERVER),
    row(10_027, Quota, "called too often", XIAOMI_SERVER),
    row(10_029, RetryLater, "the server does not know the device", XIAOMI_SERVER)
        .fix("try again once; if it stays, call unregisterPush, then registerPush"),
    row(10_031, FixConfiguration, "the app is on the black list", TENCENT_FAQ)
        .fix("ask Xiaomi; apps that are not in the store yet are answered like this"),
    row(10_036, FixConfiguration, "the operation is forbidden", TENCENT_FAQ)
        .fix("publish the app in Xiaomi's store, or ask Xiaomi"),
    config(21_301, "authentication failed", "compare AppID and AppKey with the console", XIAOMI_SERVER),
    config(21_302, "token authentication failed", "compare AppID and AppKey with the console", XIAOMI_SERVER),
    row(22_000, FixConfiguration, "the application is illegal", XIAOMI_SERVER)
        .fix("check the app's state in the Xiaomi console"),
    config(22_006, "the AppID is invalid", "copy the AppID from the Xiaomi console", XIAOMI_SERVER),
    config(22_007, "the AppKey is invalid", "copy the AppKey from the Xiaomi console", XIAOMI_SERVER),
    row(22_022, FixConfiguration, "the package name is invalid", XIAOMI_SERVER)
        .fix("register the package name of this build in the Xiaomi console, and switch push on for the app there"),
    row(66_108, FixConfiguration, "something is wrong with the package name", FORUM)
        .fix("compare the package name of this build with the Xiaomi console"),
];

const SDK: &Source = &Source::read(
    "https://github.com/HMS-Core/hms-cordova-plugin (cordova-plugin-hms-push, HmsPushResultCode.ts)",
);
const COMMON_ERRORS: &Source = &Source::read(
    "https://developer.huawei.com/consumer/cn/doc/development/HMSCore-Guides/commonerror-0000001059816656",
);
const REFERENCE: &Source = &Source::read(
    "https://developer.huawei.com/consumer/cn/doc/HMSCore-References-V5/error-code-0000001050255690-V5/",
);

/// The code under which wrappers hand on any failure: its message holds the code of HMS.
pub(super) const HUAWEI_MESSAGE_HOLDS_CODE: i64 = 907_122_045;

/// HMS: `ApiException.statusCode`. Codes that only topics and upstream messages can have are left in, since one
/// callback may serve several calls; they say nothing of the registration.
const HUAWEI: &[CodeRow] = &[
    done(0, "done", "take the token from the return value, or wait for onNewToken", SDK),
    row(-5, FixConfiguration, "the token task failed: classes were shrunk away", COMMON_ERRORS)
        .fix("add the shrinker rules of HMS to the release build"),
    row(1001, UserMustAct, "HMS Core is not installed", CODE)
        .fix("install HMS Core, or use another vendor")
        .then(DeviceCannot, "use another vendor: this phone has no HMS Core"),
    row(6002, FixConfiguration, "there is no authentication information for the app", SDK)
        .fix("check the app id and agconnect-services.json"),
    row(6003, FixConfiguration, "the signing fingerprint does not match", COMMON_ERRORS)
        .fix("register this build's SHA-256 fingerprint in AppGallery Connect, then clear HMS Core's data, which caches it"),
    row(6004, FixConfiguration, "the app has no permission for Push Kit", COMMON_ERRORS)
        .fix("switch Push Kit off and on in AppGallery Connect, wait about 30 minutes, clear HMS Core's data"),
    config(6005, "the app is not authorized", "authorize Push Kit in AppGallery Connect", SDK),
    config(6006, "the authorization has expired", "renew it in AppGallery Connect", SDK),
    row(907_122_030, RetryLater, "there is no token yet", SDK),
    retry(907_122_031, "no network", "try again when the network is back", SDK).at(Pace::WhenConnected),
    retry(907_122_032, "the token has expired", "call deleteToken, then getToken", SDK),
    config(907_122_034, "over 2000 topics", "unsubscribe from some", SDK),
    row(907_122_035, RetryLater, "a topic operation could not be sent", SDK),
    row(907_122_036, FixConfiguration, "the push right is not enabled", SDK)
        .fix("enable Push Kit for the app in AppGallery Connect"),
    row(907_122_037, RetryLater, "the application for a token failed", SDK),
    row(907_122_038, FixConfiguration, "no data storage location is chosen", SDK)
        .fix("choose one for the project in AppGallery Connect"),
    config(907_122_041, "an upstream message is too large", "send less; no matter of registration", SDK),
    row(907_122_042, FixConfiguration, "an upstream message has wrong arguments", SDK)
        .fix("correct it; no matter of registration"),
    row(907_122_043, Quota, "too many upstream messages", SDK).fix("send fewer; no matter of registration"),
    row(907_122_044, FixConfiguration, "an upstream message has a wrong lifetime", SDK)
        .fix("correct it; no matter of registration"),
    row(HUAWEI_MESSAGE_HOLDS_CODE, RetryLater, "unknown error, or a wrapper's code for any failure", SDK)
        .fix("read the message that comes with it: it holds the code of HMS; hand that over")
        .then(FixConfiguration, "hand over the message that comes with it: it holds the code of HMS, such as 6003"),
    row(907_122_046, RetryLater, "the service is unavailable", SDK),
    row(907_122_047, RetryLater, "error of the push server", SDK),
    row(907_122_048, RetryLater, "HMS Core cannot reach Push Kit", SDK),
    row(907_122_049, DeviceCannot, "the EMUI version is too old", SDK),
    config(907_122_050, "called on the main thread", "call getToken on a worker thread", SDK),
    row(907_122_051, DeviceCannot, "the device certificate could not be checked", SDK),
    row(907_122_052, RetryLater, "the service could not be bound", SDK),
    row(907_122_053, FixConfiguration, "a token was requested across regions", SDK)
        .fix("use an app whose data storage location covers the device's region"),
    row(907_122_054, RetryLater, "the SDK is initialising itself", SDK)
        .fix("try again in a few seconds, or switch auto-initialisation off"),
    row(907_135_000, FixConfiguration, "the arguments are wrong", SDK)
        .fix("compare the app id in the code with agconnect-services.json"),
    retry(907_135_001, "internal error", "try again, or restart the process", SDK),
    config(907_135_002, "the interface does not exist", "update the HMS SDK in the app", SDK),
    row(907_135_003, RetryLater, "the client is invalid: offline, or HMS Core too old", SDK)
        .fix("try again when the network is back; if it stays, update HMS Core")
        .at(Pace::WhenConnected)
        .then(UserMustAct, "update HMS Core from AppGallery, and check network, proxy and VPN"),
    row(907_135_004, RetryLater, "HMS Core did not answer in time", SDK),
    row(907_135_005, DeviceCannot, "the service is not offered in this region", SDK),
    row(907_135_006, RetryLater, "the session with HMS Core is invalid", SDK),
    row(907_135_007, UserMustAct, "the privacy statement of HMS is not accepted", REFERENCE)
        .fix("ask the user to finish the set-up of HMS Core"),
    row(907_135_700, RetryLater, "the list of scopes could not be queried: offline, or the app is not created", SDK)
        .fix("try again; if it stays, create the app in AppGallery Connect")
        .then(FixConfiguration, "create the app in AppGallery Connect and enable Push Kit; check the network"),
    config(907_135_701, "the list of scopes is empty", "enable Push Kit in AppGallery Connect", SDK),
    row(907_135_702, FixConfiguration, "no signing fingerprint is configured", SDK)
        .fix("register this build's SHA-256 fingerprint in AppGallery Connect"),
    config(907_135_703, "the list of permissions is empty", "enable Push Kit in AppGallery Connect", SDK),
];

const AGGREGATOR: &Source = &Source::read("https://cloud.tencent.com/document/product/548/45659");

/// Honor Push: `HonorPushErrorCode`, complete.
const HONOR: &[CodeRow] = &[
    done(0, "done", "take the token from onSuccess or onNewToken", CODE),
    row(8_001_000, DeviceCannot, "the device does not support Honor Push", AGGREGATOR)
        .fix("try HMS: Honor phones from before Honor's own service use it"),
    config(8_001_001, "called on the main thread", "call it on a worker thread", CODE),
    config(8_001_002, "the app id is missing", "declare com.hihonor.push.app_id in the manifest", CODE),
    row(8_001_003, FixConfiguration, "the certificate fingerprint is empty", AGGREGATOR)
        .fix("sign the build, and register its fingerprint with Honor"),
    retry(8_001_004, "there is no token", "call getPushToken again", CODE),
    config(8_001_005, "the SDK is not initialised", "call HonorPushClient.init first", CODE),
    row(8_002_001, RetryLater, "the service could not be bound", CODE),
    retry(8_002_002, "the service disconnected", "try again in a few seconds", CODE),
    row(8_002_003, RetryLater, "the connection timed out", CODE),
    row(8_002_004, FixConfiguration, "the arguments of the service are invalid", CODE),
    row(8_002_005, RetryLater, "the service was bound to nothing", CODE)
        .fix("try again; if it stays, use HMS or FCM")
        .then(DeviceCannot, "use HMS or FCM: this phone has no working service of Honor"),
    row(8_002_006, DeviceCannot, "the service is invalid", CODE).fix("use HMS or FCM"),
    row(8_002_007, UserMustAct, "the service is disabled", CODE)
        .fix("ask the user to enable the push service"),
    row(8_002_008, DeviceCannot, "the service is missing", CODE).fix("try HMS"),
    row(8_003_001, RetryLater, "error of the push server", CODE),
    row(8_003_002, RetryLater, "unknown error", CODE),
    row(8_003_003, RetryLater, "internal error", CODE),
    row(8_003_004, FixConfiguration, "the arguments are wrong", CODE),
    row(8_003_005, Quota, "called too often", CODE),
    retry(8_003_006, "no network", "try again when the network is back", CODE).at(Pace::WhenConnected),
    row(8_003_007, UserMustAct, "the user has not agreed to the statement", CODE)
        .fix("ask the user to agree to the statement of Honor's services"),
    row(8_003_008, RetryLater, "the request timed out", CODE),
    row(10_214, Quota, "requests are too frequent", CODE),
];

const TPNS: &Source = &Source::read("https://tencentcloud.com/document/product/1024/37006");

/// HeyTap push: `responseCode` of `onRegister`, which also fires on failure.
const OPPO: &[CodeRow] = &[
    retry(-2, "the initial value, or any error", "call getRegister, which repeats the call", CODE),
    retry(-1, "the service is unavailable", "call getRegister later", CODE),
    done(0, "registered", "take the registerID, if it is not empty", CODE),
    row(11, FixConfiguration, "no permission for the interface", CODE)
        .fix("enable push for the app in OPPO's console; that takes about five minutes"),
    config(12, "wrong HTTP verb", "update the SDK", CODE),
    row(13, Quota, "called too often", CODE),
    row(14, FixConfiguration, "the AppKey is invalid", TPNS)
        .fix("pass AppKey and AppSecret to register; the AppId in place of the AppKey ends like this"),
    config(15, "the AppKey is missing", "pass AppKey and AppSecret to register", CODE),
    config(16, "the signature is invalid", "pass the AppSecret, not the MasterSecret", CODE),
    config(17, "the signature is missing", "pass the AppSecret", CODE),
    row(18, UserMustAct, "the time stamp is missing", CODE).fix("set the phone's clock"),
    row(19, UserMustAct, "the time stamp is invalid", CODE).fix("set the phone's clock"),
    config(20, "the method is invalid", "update the SDK", CODE),
    config(21, "the method is missing", "update the SDK", CODE),
    config(22, "the version is missing", "update the SDK", CODE),
    config(23, "the version is invalid", "update the SDK", CODE),
    config(24, "the version is not supported", "update the SDK", CODE),
    config(25, "wrong encoding", "send UTF-8", CODE),
    config(26, "the address is on OPPO's black list", "ask OPPO", CODE),
    config(40, "an argument is missing", "pass AppKey and AppSecret to register", CODE),
    config(41, "an argument is invalid", "pass AppKey and AppSecret to register", CODE),
];

const STATES: &Source = &Source::read("https://www.yimenapp.com/kb-yimen/tag/android/page/2/amp");
/// Of these only 8012, 8102 and 10001 were seen going into a callback.
const VIVO_CLASSES: &Source = &Source::read_on("vivo push 4.1.0 (class files)", "2026-11-29");
const TOPIC: &str = "a topic call is faulty: push is off, or the topic is empty, too long or one too many";
const ALIAS: &str = "an alias call is faulty: push is off, or the alias is empty, too long or one too many";

/// An internal code of vivo's SDK, which is not documented.
const fn undocumented(number: i64) -> CodeRow {
    row(number, RetryLater, "an internal code of vivo's SDK, not documented", VIVO_CLASSES).at(Pace::Slow)
}

/// The code of a faulty call about topics or aliases.
const fn faulty(number: i64, meaning: &'static str) -> CodeRow {
    row(number, FixConfiguration, meaning, CODE)
        .fix("turn push on first, and correct the call; no matter of registration")
        .then(UserMustAct, "ask the user to switch push on")
}

/// vivo push: `onStateChanged`.
const VIVO: &[CodeRow] = &[
    done(0, "push is on", "take the id from getRegId", STATES),
    done(1, "push was on already", "take the id from getRegId", STATES),
    row(101, DeviceCannot, "the system does not support vivo push", STATES),
    retry(102, "initialisation failed", "call initialize again", STATES),
    row(1001, Quota, "over the daily number of calls", STATES),
    retry(1002, "called too often in a short time", "wait a little", STATES),
    row(1003, RetryLater, "timed out", STATES),
    config(1004, "the app is on the black list", "ask vivo", STATES),
    row(1005, RetryLater, "the push service is unavailable", STATES),
    row(8001, RetryLater, "no service of the system is bound", VIVO_CLASSES)
        .then(DeviceCannot, "use another vendor: the push service of this phone does not answer"),
    undocumented(8002),
    undocumented(8003),
    undocumented(8005),
    undocumented(8006),
    undocumented(8007),
    undocumented(8008),
    undocumented(8012),
    undocumented(8013),
    row(8100, RetryLater, "there is no command", VIVO_CLASSES).at(Pace::Slow),
    row(8101, RetryLater, "the answer of the system's push service is not readable", VIVO_CLASSES)
        .at(Pace::Slow)
        .then(UserMustAct, "update the system of this phone"),
    row(8102, DeviceCannot, "the system's push service does not support the call", VIVO_CLASSES)
        .fix("use another vendor, or an older vivo SDK"),
    row(10_000, RetryLater, "unknown error", STATES),
    row(10_001, RetryLater, "push could not be switched; not documented further", VIVO_CLASSES)
        .at(Pace::Slow),
    row(10_003, FixConfiguration, "the package name does not match", CODE)
        .fix("register the package name of this build in vivo's console"),
    config(10_004, "the AppKey does not match", "copy com.vivo.push.api_key from vivo's console", CODE),
    config(10_005, "the AppID does not match", "copy com.vivo.push.app_id from vivo's console", CODE),
    faulty(20_001, TOPIC),
    faulty(20_002, TOPIC),
    faulty(20_003, TOPIC),
    faulty(20_004, TOPIC),
    faulty(30_001, ALIAS),
    faulty(30_002, ALIAS),
    faulty(30_003, ALIAS),
];

const MEIZU_SERVER: &Source = &Source::read("https://npmjs.com/package/meizu-push");
const PUSH_API: &Source = &Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");
const MEIZU_CLASSES: &Source = &Source::read_on("Meizu push-internal 5.0.5 (class files)", "2026-11-29");

/// Flyme push: `RegisterStatus.getCode()`, a number as text. `onRegisterStatus` also fires on failure.
const MEIZU: &[CodeRow] = &[
    done(200, "registered", "take getPushId, if it is not empty", MEIZU_SERVER),
    config(201, "refused", "check the app in Meizu's console", MEIZU_SERVER),
    row(500, RetryLater, "any other error", MEIZU_SERVER),
    row(501, RetryLater, "error of the database", MEIZU_SERVER),
    row(513, RetryLater, "the push failed", MEIZU_SERVER),
    row(518, Quota, "over the rate limit", MEIZU_SERVER),
    row(519, RetryLater, "the server is overloaded", MEIZU_SERVER),
    row(520, Quota, "the notification was folded away", MEIZU_SERVER).fix("send less often"),
    row(1001, RetryLater, "system error", MEIZU_SERVER),
    row(1003, RetryLater, "the server is busy", MEIZU_SERVER),
    row(1005, FixConfiguration, "a parameter is wrong", MEIZU_SERVER),
    config(1006, "the signature is wrong", "compare appId and appKey with Meizu's console", MEIZU_SERVER),
    row(20_000, DeviceCannot, "the device cannot register", MEIZU_CLASSES),
    config(20_001, "a parameter is wrong", "pass appId and appKey", MEIZU_CLASSES),
    config(110_000, "the appId is illegal", "copy the appId from Meizu's console", PUSH_API),
    config(110_001, "the appKey is illegal", "copy the appKey from Meizu's console", PUSH_API),
    retry(110_002, "the pushId is not subscribed", "register anew", PUSH_API),
    retry(110_003, "the pushId is illegal", "register anew", PUSH_API),
    config(110_004, "a parameter is empty", "pass appId and appKey", PUSH_API),
    config(110_009, "the app is on the black list", "ask Meizu", PUSH_API),
    row(110_010, Quota, "over the rate limit, or push is switched off", PUSH_API),
];

const RPC: &Source =
    &Source::read("https://github.com/firebase/firebase-android-sdk (firebase-messaging, GmsRpc.java)");
const GMS_LESS: &Source = &Source::read("https://github.com/firebase/firebase-android-sdk/issues/7009");
const CRASH: &Source = &Source::read("https://github.com/helpcrunch/android-sdk-demo/issues/35");
const CRASHES: &Source = &Source::read("https://github.com/firebase/firebase-android-sdk/issues/2638");
const INSTALLATIONS: &Source =
    &Source::read_on("https://github.com/firebase/firebase-android-sdk/issues/3050", "2026-11-29");
const SWITCH: &Source = &Source::read_on("firebase-messaging 25.1 (class files)", "2026-11-29");
const API_KEY: &str = "allow the Firebase Installations API for the API key of google-services.json, and this build's \
                       package and SHA-1 in its restrictions";
const LOOK_AT_PLAY: &str = "look at Play services, the API key and the google-services.json of this build";

/// FCM: the message of the `IOException` that the token's `Task` ends with. Names that are seen in crash reports but
/// that no document classes are retried slowly, like unknown ones.
const FCM: &[CodeRow] = &[
    named("SERVICE_NOT_AVAILABLE", RetryLater, "offline, Google out of reach or down, or Play services broken or absent", GMS_LESS)
        .fix("try again when the network is back; without Play services use another vendor")
        .at(Pace::WhenConnected)
        .then(DeviceCannot, "use another vendor: Google is out of reach, or Play services are missing or frozen"),
    named("INTERNAL_SERVER_ERROR", RetryLater, "error of the server", RPC),
    named("InternalServerError", RetryLater, "error of the server", RPC),
    named("TOO_MANY_SUBSCRIBERS", Quota, "over the quota of topics", RPC).fix("unsubscribe from some"),
    named("INSTANCE_ID_RESET", RetryLater, "the app's identity was reset", RPC).fix("fetch the token again"),
    named("AUTHENTICATION_FAILED", RetryLater, "authentication failed", CRASHES)
        .fix(LOOK_AT_PLAY)
        .at(Pace::Slow)
        .then(FixConfiguration, "compare google-services.json and its API key with the Firebase project"),
    named("MISSING_INSTANCEID_SERVICE", RetryLater, "a service is missing from the app", CRASH)
        .fix(LOOK_AT_PLAY)
        .at(Pace::Slow)
        .then(FixConfiguration, "keep Firebase's services in the merged manifest"),
    named("FIS_UNAVAILABLE", RetryLater, "the Firebase Installations service cannot be reached", INSTALLATIONS)
        .fix("try again later; without access to Google use another vendor")
        .at(Pace::WhenConnected)
        .then(FixConfiguration, API_KEY),
    named("FIS_AUTH_ERROR", FixConfiguration, "Firebase Installations refused the app: its API key may not be used for it", CRASHES)
        .fix(API_KEY),
    named("TOO_MANY_REGISTRATIONS", DeviceCannot, "too many apps on this phone are registered with Google", CRASHES)
        .fix("remove apps from the phone, or use another vendor; FCM's SDK does not try again"),
    named("PHONE_REGISTRATION_ERROR", RetryLater, "the phone could not be registered", CRASHES)
        .fix(LOOK_AT_PLAY)
        .at(Pace::Slow)
        .then(DeviceCannot, "use another vendor: Play services of this phone do not register it"),
    named("API_DISABLED", FixConfiguration, "the manifest switches FCM to installation ids, so that calls for a token throw", SWITCH)
        .fix("call register() and report what onRegistered gives, or set firebase_messaging_installation_id_enabled to false"),
];

const TENCENT_IOS: &Source = &Source::TENCENT_IOS_FAQ;

/// APNs: the code of the error in `didFailToRegisterForRemoteNotificationsWithError`. Any other is a matter of the
/// network and is retried like an unknown one.
const APNS: &[CodeRow] = &[
    row(3000, FixConfiguration, "the build has no aps-environment entitlement", TENCENT_IOS)
        .fix("add the push capability to the target, and a provisioning profile that has it"),
    row(3010, DeviceCannot, "this simulator cannot register for remote notifications", CODE)
        .fix("run the app on a real device"),
];

const ERRORS: &Source =
    &Source::read("https://developer.huawei.com/consumer/en/doc/harmonyos-references/push-error-code/");
const ERRORS_V5: &Source =
    &Source::read("https://developer.huawei.com/consumer/cn/doc/harmonyos-references-v5/push-error-code-V5/");
const IDENTITY: &Source = &Source::read("https://blog.csdn.net/Mayism123/article/details/138222958");

/// HarmonyOS Push Kit: `BusinessError.code`.
const HARMONY_OS: &[CodeRow] = &[
    row(401, FixConfiguration, "a parameter is wrong", CODE),
    row(1_000_900_001, RetryLater, "internal error of the system", ERRORS),
    config(1_000_900_002, "the extension is missing", "declare the ability in module.json5", ERRORS),
    config(1_000_900_003, "the extension's callback failed", "look into the extension", ERRORS),
    config(1_000_900_004, "the extension timed out", "do less in the extension", ERRORS),
    config(1_000_900_005, "the receiver is registered twice", "register it once", ERRORS),
    row(1_000_900_006, RetryLater, "the AAID service cannot be reached", ERRORS_V5),
    row(1_000_900_007, RetryLater, "internal error of the AAID service", ERRORS_V5),
    row(1_000_900_008, RetryLater, "the push service cannot be reached", CODE),
    row(1_000_900_009, RetryLater, "internal error of the push service", CODE),
    row(1_000_900_010, FixConfiguration, "the app's identity is illegal", IDENTITY)
        .fix("compare client_id, signing fingerprint, bundle name and app type with AppGallery Connect"),
    row(1_000_900_011, RetryLater, "no network", CODE)
        .fix("try again when the network is back; ports 5223 and 443 must be open")
        .at(Pace::WhenConnected),
    row(1_000_900_012, FixConfiguration, "the push right is not activated", CODE)
        .fix("activate Push Kit for the app in AppGallery Connect"),
    row(1_000_900_013, FixConfiguration, "a token was requested across regions", CODE)
        .fix("use an app that is registered for the device's region"),
    row(1_000_900_014, DeviceCannot, "the device cannot get a token", CODE).fix("use a real device"),
];
