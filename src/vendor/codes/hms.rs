//! Huawei's family: HMS, Honor Push, HarmonyOS Push Kit.

use super::{CODE, CodeRow, row};
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};
use crate::vendor::{Pace, Source};

const SDK: Source = Source::read(
    "https://github.com/HMS-Core/hms-cordova-plugin (cordova-plugin-hms-push, HmsPushResultCode.ts)",
);
const COMMON_ERRORS: Source = Source::read(
    "https://developer.huawei.com/consumer/cn/doc/development/HMSCore-Guides/commonerror-0000001059816656",
);
const REFERENCE: Source = Source::read(
    "https://developer.huawei.com/consumer/cn/doc/HMSCore-References-V5/error-code-0000001050255690-V5/",
);

/// The code under which wrappers hand on any failure: its message holds the code of HMS.
pub(in crate::vendor) const HUAWEI_MESSAGE_HOLDS_CODE: i64 = 907_122_045;

/// HMS: `ApiException.statusCode`. Codes that only topics and upstream messages can have are left in, since one
/// callback may serve several calls; they say nothing of the registration.
pub(super) const HUAWEI: &[CodeRow] = &[
    row(0, Nothing, "done", "take the token from the return value, or wait for onNewToken", SDK),
    row(
        -5,
        FixConfiguration,
        "the token task failed: classes were shrunk away",
        "add the shrinker rules of HMS to the release build",
        COMMON_ERRORS,
    ),
    row(1001, UserMustAct, "HMS Core is not installed", "install HMS Core, or use another vendor", CODE)
        .then(DeviceCannot, "use another vendor: this phone has no HMS Core"),
    row(
        6002,
        FixConfiguration,
        "there is no authentication information for the app",
        "check the app id and agconnect-services.json",
        SDK,
    ),
    row(
        6003,
        FixConfiguration,
        "the signing fingerprint does not match",
        "register this build's SHA-256 fingerprint in AppGallery Connect, then clear HMS Core's data, which caches it",
        COMMON_ERRORS,
    ),
    row(
        6004,
        FixConfiguration,
        "the app has no permission for Push Kit",
        "switch Push Kit off and on in AppGallery Connect, wait about 30 minutes, clear HMS Core's data",
        COMMON_ERRORS,
    ),
    row(6005, FixConfiguration, "the app is not authorized", "authorize Push Kit in AppGallery Connect", SDK),
    row(6006, FixConfiguration, "the authorization has expired", "renew it in AppGallery Connect", SDK),
    row(907_122_030, RetryLater, "there is no token yet", "try again later", SDK),
    row(907_122_031, RetryLater, "no network", "try again when the network is back", SDK)
        .at(Pace::WhenConnected),
    row(907_122_032, RetryLater, "the token has expired", "call deleteToken, then getToken", SDK),
    row(907_122_034, FixConfiguration, "over 2000 topics", "unsubscribe from some", SDK),
    row(907_122_035, RetryLater, "a topic operation could not be sent", "try again later", SDK),
    row(
        907_122_036,
        FixConfiguration,
        "the push right is not enabled",
        "enable Push Kit for the app in AppGallery Connect",
        SDK,
    ),
    row(907_122_037, RetryLater, "the application for a token failed", "try again later", SDK),
    row(
        907_122_038,
        FixConfiguration,
        "no data storage location is chosen",
        "choose one for the project in AppGallery Connect",
        SDK,
    ),
    row(
        907_122_041,
        FixConfiguration,
        "an upstream message is too large",
        "send less; no matter of registration",
        SDK,
    ),
    row(
        907_122_042,
        FixConfiguration,
        "an upstream message has wrong arguments",
        "correct it; no matter of registration",
        SDK,
    ),
    row(907_122_043, Quota, "too many upstream messages", "send fewer; no matter of registration", SDK),
    row(
        907_122_044,
        FixConfiguration,
        "an upstream message has a wrong lifetime",
        "correct it; no matter of registration",
        SDK,
    ),
    row(
        HUAWEI_MESSAGE_HOLDS_CODE,
        RetryLater,
        "unknown error, or a wrapper's code for any failure",
        "read the message that comes with it: it holds the code of HMS; hand that over",
        SDK,
    )
    .then(
        FixConfiguration,
        "hand over the message that comes with it: it holds the code of HMS, such as 6003",
    ),
    row(907_122_046, RetryLater, "the service is unavailable", "try again later", SDK),
    row(907_122_047, RetryLater, "error of the push server", "try again later", SDK),
    row(907_122_048, RetryLater, "HMS Core cannot reach Push Kit", "try again later", SDK),
    row(907_122_049, DeviceCannot, "the EMUI version is too old", "use another vendor", SDK),
    row(907_122_050, FixConfiguration, "called on the main thread", "call getToken on a worker thread", SDK),
    row(907_122_051, DeviceCannot, "the device certificate could not be checked", "use another vendor", SDK),
    row(907_122_052, RetryLater, "the service could not be bound", "try again later", SDK),
    row(
        907_122_053,
        FixConfiguration,
        "a token was requested across regions",
        "use an app whose data storage location covers the device's region",
        SDK,
    ),
    row(
        907_122_054,
        RetryLater,
        "the SDK is initialising itself",
        "try again in a few seconds, or switch auto-initialisation off",
        SDK,
    ),
    row(
        907_135_000,
        FixConfiguration,
        "the arguments are wrong",
        "compare the app id in the code with agconnect-services.json",
        SDK,
    ),
    row(907_135_001, RetryLater, "internal error", "try again, or restart the process", SDK),
    row(907_135_002, FixConfiguration, "the interface does not exist", "update the HMS SDK in the app", SDK),
    row(
        907_135_003,
        RetryLater,
        "the client is invalid: offline, or HMS Core too old",
        "try again when the network is back; if it stays, update HMS Core",
        SDK,
    )
    .at(Pace::WhenConnected)
    .then(UserMustAct, "update HMS Core from AppGallery, and check network, proxy and VPN"),
    row(907_135_004, RetryLater, "HMS Core did not answer in time", "try again later", SDK),
    row(907_135_005, DeviceCannot, "the service is not offered in this region", "use another vendor", SDK),
    row(907_135_006, RetryLater, "the session with HMS Core is invalid", "try again later", SDK),
    row(
        907_135_007,
        UserMustAct,
        "the privacy statement of HMS is not accepted",
        "ask the user to finish the set-up of HMS Core",
        REFERENCE,
    ),
    row(
        907_135_700,
        RetryLater,
        "the list of scopes could not be queried: offline, or the app is not created",
        "try again; if it stays, create the app in AppGallery Connect",
        SDK,
    )
    .then(FixConfiguration, "create the app in AppGallery Connect and enable Push Kit; check the network"),
    row(
        907_135_701,
        FixConfiguration,
        "the list of scopes is empty",
        "enable Push Kit in AppGallery Connect",
        SDK,
    ),
    row(
        907_135_702,
        FixConfiguration,
        "no signing fingerprint is configured",
        "register this build's SHA-256 fingerprint in AppGallery Connect",
        SDK,
    ),
    row(
        907_135_703,
        FixConfiguration,
        "the list of permissions is empty",
        "enable Push Kit in AppGallery Connect",
        SDK,
    ),
];

const AGGREGATOR: Source = Source::read("https://cloud.tencent.com/document/product/548/45659");

/// Honor Push: `HonorPushErrorCode`, complete.
pub(super) const HONOR: &[CodeRow] = &[
    row(0, Nothing, "done", "take the token from onSuccess or onNewToken", CODE),
    row(
        8_001_000,
        DeviceCannot,
        "the device does not support Honor Push",
        "try HMS: Honor phones from before Honor's own service use it",
        AGGREGATOR,
    ),
    row(8_001_001, FixConfiguration, "called on the main thread", "call it on a worker thread", CODE),
    row(
        8_001_002,
        FixConfiguration,
        "the app id is missing",
        "declare com.hihonor.push.app_id in the manifest",
        CODE,
    ),
    row(
        8_001_003,
        FixConfiguration,
        "the certificate fingerprint is empty",
        "sign the build, and register its fingerprint with Honor",
        AGGREGATOR,
    ),
    row(8_001_004, RetryLater, "there is no token", "call getPushToken again", CODE),
    row(8_001_005, FixConfiguration, "the SDK is not initialised", "call HonorPushClient.init first", CODE),
    row(8_002_001, RetryLater, "the service could not be bound", "try again later", CODE),
    row(8_002_002, RetryLater, "the service disconnected", "try again in a few seconds", CODE),
    row(8_002_003, RetryLater, "the connection timed out", "try again later", CODE),
    row(8_002_004, FixConfiguration, "the arguments of the service are invalid", "correct the call", CODE),
    row(
        8_002_005,
        RetryLater,
        "the service was bound to nothing",
        "try again; if it stays, use HMS or FCM",
        CODE,
    )
    .then(DeviceCannot, "use HMS or FCM: this phone has no working service of Honor"),
    row(8_002_006, DeviceCannot, "the service is invalid", "use HMS or FCM", CODE),
    row(8_002_007, UserMustAct, "the service is disabled", "ask the user to enable the push service", CODE),
    row(8_002_008, DeviceCannot, "the service is missing", "try HMS", CODE),
    row(8_003_001, RetryLater, "error of the push server", "try again later", CODE),
    row(8_003_002, RetryLater, "unknown error", "try again later", CODE),
    row(8_003_003, RetryLater, "internal error", "try again later", CODE),
    row(8_003_004, FixConfiguration, "the arguments are wrong", "correct the call", CODE),
    row(8_003_005, Quota, "called too often", "call once a launch at most", CODE),
    row(8_003_006, RetryLater, "no network", "try again when the network is back", CODE)
        .at(Pace::WhenConnected),
    row(
        8_003_007,
        UserMustAct,
        "the user has not agreed to the statement",
        "ask the user to agree to the statement of Honor's services",
        CODE,
    ),
    row(8_003_008, RetryLater, "the request timed out", "try again later", CODE),
    row(10_214, Quota, "requests are too frequent", "call once a launch at most", CODE),
];

const ERRORS: Source =
    Source::read("https://developer.huawei.com/consumer/en/doc/harmonyos-references/push-error-code/");
const ERRORS_V5: Source =
    Source::read("https://developer.huawei.com/consumer/cn/doc/harmonyos-references-v5/push-error-code-V5/");
const IDENTITY: Source = Source::read("https://blog.csdn.net/Mayism123/article/details/138222958");

/// HarmonyOS Push Kit: `BusinessError.code`.
pub(super) const HARMONY_OS: &[CodeRow] = &[
    row(401, FixConfiguration, "a parameter is wrong", "correct the call", CODE),
    row(1_000_900_001, RetryLater, "internal error of the system", "try again later", ERRORS),
    row(
        1_000_900_002,
        FixConfiguration,
        "the extension is missing",
        "declare the ability in module.json5",
        ERRORS,
    ),
    row(
        1_000_900_003,
        FixConfiguration,
        "the extension's callback failed",
        "look into the extension",
        ERRORS,
    ),
    row(1_000_900_004, FixConfiguration, "the extension timed out", "do less in the extension", ERRORS),
    row(1_000_900_005, FixConfiguration, "the receiver is registered twice", "register it once", ERRORS),
    row(1_000_900_006, RetryLater, "the AAID service cannot be reached", "try again later", ERRORS_V5),
    row(1_000_900_007, RetryLater, "internal error of the AAID service", "try again later", ERRORS_V5),
    row(1_000_900_008, RetryLater, "the push service cannot be reached", "try again later", CODE),
    row(1_000_900_009, RetryLater, "internal error of the push service", "try again later", CODE),
    row(
        1_000_900_010,
        FixConfiguration,
        "the app's identity is illegal",
        "compare client_id, signing fingerprint, bundle name and app type with AppGallery Connect",
        IDENTITY,
    ),
    row(
        1_000_900_011,
        RetryLater,
        "no network",
        "try again when the network is back; ports 5223 and 443 must be open",
        CODE,
    )
    .at(Pace::WhenConnected),
    row(
        1_000_900_012,
        FixConfiguration,
        "the push right is not activated",
        "activate Push Kit for the app in AppGallery Connect",
        CODE,
    ),
    row(
        1_000_900_013,
        FixConfiguration,
        "a token was requested across regions",
        "use an app that is registered for the device's region",
        CODE,
    ),
    row(1_000_900_014, DeviceCannot, "the device cannot get a token", "use a real device", CODE),
];
