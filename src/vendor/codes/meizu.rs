use super::row::row;
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration, Nothing, Quota, RetryLater};
use crate::vendor::{CodeRow, Source};

const SERVER: Source = Source::read("https://npmjs.com/package/meizu-push");
const PUSH_API: Source = Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");

const CLASSES: Source = Source::read_on("Meizu push-internal 5.0.5 (class files)", "2026-11-29");

/// Flyme push: `RegisterStatus.getCode()`, a number as text. `onRegisterStatus` also fires on failure.
pub(in crate::vendor) const MEIZU: &[CodeRow] = &[
    row(200, Nothing, "registered", "take getPushId, if it is not empty", SERVER),
    row(201, FixConfiguration, "refused", "check the app in Meizu's console", SERVER),
    row(500, RetryLater, "any other error", "try again later", SERVER),
    row(501, RetryLater, "error of the database", "try again later", SERVER),
    row(513, RetryLater, "the push failed", "try again later", SERVER),
    row(518, Quota, "over the rate limit", "call once a launch at most", SERVER),
    row(519, RetryLater, "the server is overloaded", "try again later", SERVER),
    row(520, Quota, "the notification was folded away", "send less often", SERVER),
    row(1001, RetryLater, "system error", "try again later", SERVER),
    row(1003, RetryLater, "the server is busy", "try again later", SERVER),
    row(1005, FixConfiguration, "a parameter is wrong", "correct the call", SERVER),
    row(
        1006,
        FixConfiguration,
        "the signature is wrong",
        "compare appId and appKey with Meizu's console",
        SERVER,
    ),
    row(20_000, DeviceCannot, "the device cannot register", "use another vendor", CLASSES),
    row(20_001, FixConfiguration, "a parameter is wrong", "pass appId and appKey", CLASSES),
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
