//! FCM and APNs.

use super::{CodeRow, named, row};
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration, Quota, RetryLater};
use crate::vendor::{Pace, Source};

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
const UNDOCUMENTED: &str = "look at Play services, the API key and the google-services.json of this build";

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
    named("AUTHENTICATION_FAILED", RetryLater, "authentication failed", UNDOCUMENTED, CRASHES)
        .at(Pace::Slow)
        .then(FixConfiguration, "compare google-services.json and its API key with the Firebase project"),
    named("MISSING_INSTANCEID_SERVICE", RetryLater, "a service is missing from the app", UNDOCUMENTED, CRASH)
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
    named("PHONE_REGISTRATION_ERROR", RetryLater, "the phone could not be registered", UNDOCUMENTED, CRASHES)
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
