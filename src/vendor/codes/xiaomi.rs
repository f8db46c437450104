use super::row::row;
use crate::vendor::Remedy::{FixConfiguration, Nothing, Quota, RetryLater};
use crate::vendor::{CodeRow, Pace, Source};

/// Codes of the server, which reach the client as `resultCode`.
const SERVER: Source = Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1560");
const TENCENT_FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");
const FORUM: Source = Source::read("https://www.cnblogs.com/zhangwenju/p/14240550.html");
const MESSAGE: Source = Source::read_on("MiPush SDK 6.0.1 (MiPushCommandMessage)", "2026-11-29");
const CODE: Source = Source::PUBLIC_CODE;

/// Mi Push: `ErrorCode` of the client SDK, and the server's codes.
pub(in crate::vendor) const XIAOMI: &[CodeRow] = &[
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
    row(10_001, RetryLater, "system error at the server", "try again later", SERVER),
    row(10_002, RetryLater, "the server is busy", "try again later", SERVER),
    row(10_003, RetryLater, "error of a remote service", "try again later", SERVER),
    row(10_008, FixConfiguration, "a parameter is wrong", "correct the arguments of the call", SERVER),
    row(10_016, FixConfiguration, "a parameter is missing", "pass AppID and AppKey", SERVER),
    row(10_017, FixConfiguration, "a parameter is illegal", "correct the arguments of the call", SERVER),
    row(10_027, Quota, "called too often", "call once a launch at most", SERVER),
    row(
        10_029,
        RetryLater,
        "the server does not know the device",
        "try again once; if it stays, call unregisterPush, then registerPush",
        SERVER,
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
        SERVER,
    ),
    row(
        21_302,
        FixConfiguration,
        "token authentication failed",
        "compare AppID and AppKey with the console",
        SERVER,
    ),
    row(
        22_000,
        FixConfiguration,
        "the application is illegal",
        "check the app's state in the Xiaomi console",
        SERVER,
    ),
    row(22_006, FixConfiguration, "the AppID is invalid", "copy the AppID from the Xiaomi console", SERVER),
    row(22_007, FixConfiguration, "the AppKey is invalid", "copy the AppKey from the Xiaomi console", SERVER),
    row(
        22_022,
        FixConfiguration,
        "the package name is invalid",
        "register the package name of this build in the Xiaomi console, and switch push on for the app there",
        SERVER,
    ),
    row(
        66_108,
        FixConfiguration,
        "something is wrong with the package name",
        "compare the package name of this build with the Xiaomi console",
        FORUM,
    ),
];
