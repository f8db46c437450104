use super::row::named;
use crate::vendor::Remedy::{DeviceCannot, Quota, RetryLater};
use crate::vendor::{CodeRow, Pace, Source};

const RPC: Source =
    Source::read("https://github.com/firebase/firebase-android-sdk (firebase-messaging, GmsRpc.java)");
const GMS_LESS: Source = Source::read("https://github.com/firebase/firebase-android-sdk/issues/7009");
const CRASH: Source = Source::read("https://github.com/helpcrunch/android-sdk-demo/issues/35");
const CRASHES: Source = Source::read("https://github.com/firebase/firebase-android-sdk/issues/2638");

const UNDOCUMENTED: &str = "look at Play services, the API key and the google-services.json of this build";

/// FCM: the message of the `IOException` that the token's `Task` ends with. Names that are seen in crash reports but
/// that no document classes are retried slowly, like unknown ones.
pub(in crate::vendor) const FCM: &[CodeRow] = &[
    named(
        "SERVICE_NOT_AVAILABLE",
        RetryLater,
        "offline, Google out of reach or down, or Play services broken or absent",
        "try again when the network is back; without Play services use another channel",
        GMS_LESS,
    )
    .at(Pace::WhenConnected)
    .then(DeviceCannot),
    named("INTERNAL_SERVER_ERROR", RetryLater, "error of the server", "try again later", RPC),
    named("InternalServerError", RetryLater, "error of the server", "try again later", RPC),
    named("TOO_MANY_SUBSCRIBERS", Quota, "over the quota of topics", "unsubscribe from some", RPC),
    named("INSTANCE_ID_RESET", RetryLater, "the app's identity was reset", "fetch the token again", RPC),
    named("AUTHENTICATION_FAILED", RetryLater, "authentication failed", UNDOCUMENTED, CRASHES).at(Pace::Slow),
    named("MISSING_INSTANCEID_SERVICE", RetryLater, "a service is missing from the app", UNDOCUMENTED, CRASH)
        .at(Pace::Slow),
    named("FIS_AUTH_ERROR", RetryLater, "Firebase Installations refused the app", UNDOCUMENTED, CRASHES)
        .at(Pace::Slow),
    named(
        "TOO_MANY_REGISTRATIONS",
        RetryLater,
        "too many apps are registered on the phone",
        UNDOCUMENTED,
        CRASHES,
    )
    .at(Pace::Slow),
    named("PHONE_REGISTRATION_ERROR", RetryLater, "the phone could not be registered", UNDOCUMENTED, CRASHES)
        .at(Pace::Slow),
];
