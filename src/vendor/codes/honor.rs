use super::row::row;
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};
use crate::vendor::{CodeRow, Pace, Source};

const CODE: Source = Source::PUBLIC_CODE;
const AGGREGATOR: Source = Source::read("https://cloud.tencent.com/document/product/548/45659");

/// Honor Push: `HonorPushErrorCode`, complete.
pub(in crate::vendor) const HONOR: &[CodeRow] = &[
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
