use crate::vendor::Remedy::{FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};
use crate::vendor::tencent_code::{ConsoleCode, ImCode, ImRow};
use crate::vendor::{ImEffect, Pace, Remedy, Source};

const HEADER: Source = Source::read("npm im_electron_sdk 8.0.5906 (TIMErrorCode.h, TIMCloudDef.h)");
const CODES: Source = Source::read("https://www.tencentcloud.com/document/product/1047/34348");
const TIMPUSH: Source = Source::read("https://cloud.tencent.com/document/product/269/117847");
const ERROR_CODES: Source = Source::read_on("IM SDK 8.7.7201 (TIMErrorCode.h)", "2026-11-29");
const TIMPUSH_HEADER: Source = Source::read_on("TIMPush 9.0.7652 (TIMPushManager.h)", "2026-11-29");
const LOGIN: Source =
    Source::read("https://im.sdk.qcloud.com/doc (login: 6206 and 70001 ask for a new UserSig)");
const TUIKIT: Source = Source::read("https://github.com/TencentCloud/TIMSDK (TUIKit, texts for error codes)");

const PERMANENT: ImEffect = ImEffect::Permanent;
const NOT_READY: ImEffect = ImEffect::SessionNotReady;
const REFUSED: ImEffect = ImEffect::TokenRefused;
const OVER: ImEffect = ImEffect::SessionOver;
const RETRY: ImEffect = ImEffect::Retry(Pace::Normal);
const OFFLINE: ImEffect = ImEffect::Retry(Pace::WhenConnected);
const SLOWLY: ImEffect = ImEffect::Retry(Pace::Slow);

const LATER: &str = "try again later";
const CONNECTED: &str = "try again when the network is back; the SDK reconnects by itself";
const LOGIN_FIRST: &str = "log in to the IM SDK first, and call logged_in only then; the report is repeated";
const LOGIN_ANEW: &str = "log in again";
const NEW_USER_SIG: &str = "log in with a new UserSig";
const CORRECT: &str = "correct the call";

/// The IM SDK's, its C interface's and TIMPush's codes.
pub(in crate::vendor) const IM: &[ImRow] = &[
    row(0, ImEffect::Success, Nothing, "done", "nothing", HEADER),
    // Synchronous results of the C interface: the callback only comes after a 0.
    row(
        -1,
        NOT_READY,
        RetryLater,
        "the SDK is not initialised; from TIMPush any error that it does not name",
        "initialise the SDK and log in; from TIMPush look at its log",
        TIMPUSH_HEADER,
    ),
    row(-2, NOT_READY, RetryLater, "not logged in", LOGIN_FIRST, HEADER),
    row(-3, PERMANENT, FixConfiguration, "the JSON is wrong", CORRECT, HEADER),
    row(-4, PERMANENT, FixConfiguration, "a parameter is wrong", CORRECT, HEADER),
    row(-5, PERMANENT, FixConfiguration, "the conversation is wrong", CORRECT, HEADER),
    row(-6, PERMANENT, FixConfiguration, "the group is wrong", CORRECT, HEADER),
    row(6012, OFFLINE, RetryLater, "timed out (older SDKs)", CONNECTED, HEADER).perhaps_done(),
    row(6013, NOT_READY, RetryLater, "the SDK is not initialised", "initialise the SDK and log in", HEADER),
    row(6014, NOT_READY, RetryLater, "not logged in, or kicked off", LOGIN_FIRST, HEADER),
    row(6015, RETRY, RetryLater, "an operation is in progress", LATER, HEADER),
    row(6017, PERMANENT, FixConfiguration, "a parameter is invalid", CORRECT, HEADER),
    row(6026, NOT_READY, RetryLater, "automatic login without an earlier login", LOGIN_FIRST, HEADER),
    row(6027, PERMANENT, FixConfiguration, "the JSON is invalid", CORRECT, HEADER),
    row(6200, OFFLINE, RetryLater, "no network (older SDKs)", CONNECTED, HEADER),
    row(6201, OFFLINE, RetryLater, "no network (older SDKs)", CONNECTED, HEADER),
    row(6206, OVER, UserMustAct, "the UserSig has expired", NEW_USER_SIG, LOGIN),
    row(6208, OVER, UserMustAct, "kicked off by another device", LOGIN_ANEW, HEADER),
    row(6250, OFFLINE, RetryLater, "no network (older SDKs)", CONNECTED, HEADER),
    row(6251, OFFLINE, RetryLater, "no network (older SDKs)", CONNECTED, HEADER),
    row(7008, RETRY, Quota, "called too often", LATER, HEADER),
    row(7009, RETRY, RetryLater, "the SDK was shut down meanwhile", "try again after the next login", HEADER)
        .perhaps_done(),
    row(7012, RETRY, RetryLater, "internal error", LATER, HEADER).perhaps_done(),
    row(
        7013,
        PERMANENT,
        FixConfiguration,
        "the purchased package has no such feature",
        "buy a package that has it",
        HEADER,
    ),
    row(7014, PERMANENT, FixConfiguration, "the operation is invalid", CORRECT, HEADER),
    row(7501, RETRY, RetryLater, "a login is in progress", LATER, HEADER),
    row(7502, RETRY, RetryLater, "a logout is in progress", LATER, HEADER),
    row(9501, RETRY, RetryLater, "a packet could not be encoded", LATER, HEADER),
    row(9502, RETRY, RetryLater, "a packet could not be decoded", LATER, HEADER).perhaps_done(),
    row(9503, NOT_READY, RetryLater, "the connection is not authenticated yet", LOGIN_FIRST, HEADER),
    row(9504, RETRY, RetryLater, "a packet could not be compressed", LATER, HEADER),
    row(9505, RETRY, RetryLater, "a packet could not be uncompressed", LATER, HEADER).perhaps_done(),
    row(9506, RETRY, Quota, "called more than five times a second", LATER, HEADER),
    row(9507, RETRY, Quota, "over 1000 requests are in flight", LATER, HEADER),
    row(9508, OFFLINE, RetryLater, "disconnected", CONNECTED, HEADER).perhaps_done(),
    row(9509, RETRY, RetryLater, "connected already", LATER, HEADER),
    row(9510, OFFLINE, RetryLater, "the connection timed out", CONNECTED, HEADER),
    row(9511, RETRY, Quota, "the server refuses the connection: too many", LATER, HEADER),
    row(9512, OFFLINE, RetryLater, "the network is unreachable", CONNECTED, HEADER),
    row(9513, RETRY, RetryLater, "the socket has no buffer left", LATER, HEADER),
    row(9514, OFFLINE, RetryLater, "the connection was reset", CONNECTED, HEADER).perhaps_done(),
    row(9515, RETRY, RetryLater, "the socket is invalid", LATER, HEADER),
    row(9516, OFFLINE, RetryLater, "the host name could not be resolved", CONNECTED, HEADER),
    row(9517, OFFLINE, RetryLater, "the connection was reset", CONNECTED, HEADER).perhaps_done(),
    row(9518, RETRY, RetryLater, "timed out in the queue", LATER, HEADER),
    row(9519, RETRY, RetryLater, "timed out while sending", LATER, HEADER).perhaps_done(),
    row(9520, RETRY, RetryLater, "timed out before the answer", LATER, HEADER).perhaps_done(),
    row(9521, RETRY, RetryLater, "timed out with a part unsent", LATER, HEADER).perhaps_done(),
    row(9522, PERMANENT, FixConfiguration, "a packet is over 1 MB", "send less", HEADER),
    row(9523, OFFLINE, RetryLater, "timed out in the queue, without network", CONNECTED, HEADER),
    row(9524, OFFLINE, RetryLater, "timed out while sending, without network", CONNECTED, HEADER)
        .perhaps_done(),
    row(9525, OFFLINE, RetryLater, "timed out before the answer, without network", CONNECTED, HEADER)
        .perhaps_done(),
    row(20_004, RETRY, RetryLater, "network trouble at the server", LATER, CODES).perhaps_done(),
    row(20_005, RETRY, RetryLater, "internal error of the server", LATER, CODES).perhaps_done(),
    row(
        21_005,
        NOT_READY,
        RetryLater,
        "the token reached the server before the login ended",
        LOGIN_FIRST,
        CODES,
    ),
    row(
        22_001,
        ImEffect::CertificateUnknown,
        FixConfiguration,
        "no push certificate with this id",
        "compare the business id with the console; a new certificate takes up to ten minutes",
        CODES,
    ),
    row(22_002, RETRY, RetryLater, "network trouble at the server", LATER, CODES).perhaps_done(),
    row(
        22_003,
        REFUSED,
        FixConfiguration,
        "the token is empty",
        "wait for the vendor SDK to give one",
        CODES,
    ),
    row(
        22_004,
        REFUSED,
        FixConfiguration,
        "the token is over 256 bytes",
        "look at where it comes from: it may hold more than the token",
        CODES,
    ),
    row(22_005, PERMANENT, FixConfiguration, "the login data is over 1024 bytes", CORRECT, CODES),
    row(22_006, RETRY, Quota, "called too often", LATER, CODES),
    row(70_001, OVER, UserMustAct, "the UserSig has expired", NEW_USER_SIG, LOGIN),
    row(70_002, OVER, UserMustAct, "the UserSig is empty", NEW_USER_SIG, ERROR_CODES),
    row(70_003, OVER, UserMustAct, "the UserSig was refused: is it cut off?", NEW_USER_SIG, TUIKIT),
    row(70_005, OVER, UserMustAct, "the UserSig was refused", NEW_USER_SIG, ERROR_CODES),
    row(
        70_009,
        OVER,
        FixConfiguration,
        "the UserSig was made with the key of another SDKAppID",
        "make the UserSig with the key of this SDKAppID, then log in with it",
        ERROR_CODES,
    ),
    row(
        70_013,
        OVER,
        UserMustAct,
        "the UserSig was made for another user",
        "log in with a UserSig that was made for this user",
        ERROR_CODES,
    ),
    row(
        70_014,
        PERMANENT,
        FixConfiguration,
        "the UserSig was made for another SDKAppID",
        "use the same SDKAppID in the app and where UserSigs are made",
        ERROR_CODES,
    ),
    row(
        70_016,
        PERMANENT,
        FixConfiguration,
        "the key of the UserSig is wrong; in TIMPush the appKey",
        "compare the keys with the console",
        TIMPUSH,
    ),
    row(
        70_020,
        PERMANENT,
        FixConfiguration,
        "there is no such SDKAppID",
        "copy the SDKAppID from the console, and check the data center that it belongs to",
        ERROR_CODES,
    ),
    row(
        70_050,
        OVER,
        UserMustAct,
        "the UserSig was refused, too often in a short time",
        "wait a minute, then log in with a new UserSig",
        ERROR_CODES,
    ),
    row(
        70_051,
        OVER,
        UserMustAct,
        "the account is on the black list",
        "take the account off the black list, then log in again",
        ERROR_CODES,
    ),
    row(70_052, OVER, UserMustAct, "the UserSig is no longer valid", NEW_USER_SIG, ERROR_CODES),
    row(
        70_404,
        PERMANENT,
        FixConfiguration,
        "the IM SDK is too old",
        "update the IM SDK to 8.7 or newer",
        ERROR_CODES,
    ),
    row(
        800_001,
        PERMANENT,
        FixConfiguration,
        "TIMPush: the appKey is invalid (iOS: or nobody is logged in)",
        "copy the appKey from the console",
        TIMPUSH,
    ),
    row(
        800_002,
        PERMANENT,
        FixConfiguration,
        "TIMPush: the sdkAppId is invalid",
        "copy the SDKAppID from the console",
        TIMPUSH,
    ),
    row(800_003, RETRY, RetryLater, "TIMPush: initialisation failed", LATER, TIMPUSH),
    row(800_004, RETRY, RetryLater, "TIMPush: no connection to the server", LATER, TIMPUSH),
    row(
        800_005,
        RETRY,
        RetryLater,
        "TIMPush: the phone's own vendor failed",
        "look at the vendor SDK's code; switch backup channels on (TIMPush's console)",
        TIMPUSH,
    ),
    row(
        800_006,
        SLOWLY,
        RetryLater,
        "TIMPush: the phone's own vendor and FCM failed",
        "look at the vendor SDK's code",
        TIMPUSH,
    ),
    row(
        800_007,
        SLOWLY,
        RetryLater,
        "TIMPush: every vendor failed",
        "look at the vendor SDKs' codes",
        TIMPUSH,
    ),
    row(800_008, RETRY, RetryLater, "TIMPush: timed out", LATER, TIMPUSH),
    row(800_009, RETRY, RetryLater, "TIMPush: the vendor gave an empty token", LATER, TIMPUSH),
    row(800_010, RETRY, RetryLater, "TIMPush: the token could not be set in the IM SDK", LATER, TIMPUSH),
    row(
        800_011,
        PERMANENT,
        FixConfiguration,
        "TIMPush: the call about automatic registration failed",
        CORRECT,
        TIMPUSH,
    ),
    row(
        800_012,
        PERMANENT,
        FixConfiguration,
        "TIMPush: the call about asking for permission failed",
        CORRECT,
        TIMPUSH,
    ),
    row(
        800_013,
        PERMANENT,
        FixConfiguration,
        "TIMPush: the notification channel could not be created",
        CORRECT,
        TIMPUSH,
    ),
    row(800_014, PERMANENT, FixConfiguration, "TIMPush: the push config could not be set", CORRECT, TIMPUSH),
    row(800_015, PERMANENT, FixConfiguration, "TIMPush: the experimental call failed", CORRECT, TIMPUSH),
    row(
        800_016,
        PERMANENT,
        UserMustAct,
        "TIMPush: the user refused notifications",
        "ask the user to allow notifications",
        TIMPUSH,
    ),
];

const fn row(
    code: i32,
    effect: ImEffect,
    remedy: Remedy,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> ImRow {
    ImRow { code: ImCode::new(code), meaning, effect, remedy, fix, perhaps_done: false, source }
}

impl ImRow {
    /// The request may have reached the server, or may yet.
    const fn perhaps_done(self) -> Self {
        Self { perhaps_done: true, ..self }
    }
}

const LOSSES: Source = Source::read("https://intl.cloud.tencent.com/document/product/1047/71898");
const RECORDS: Source = Source::read("https://cloud.tencent.com/document/product/269/117847");

/// The console's push records: every code that is documented.
pub(in crate::vendor) const CONSOLE: &[ConsoleCode] = &[
    record(-1, "the certificate id is not set", "report the business id with the token", LOSSES),
    record(-2, "the token was not uploaded", "look at the registrar's diagnosis on the phone", LOSSES),
    record(
        -195,
        "FCM: the push could not be built, or the certificate is wrong",
        "check the FCM certificate",
        RECORDS,
    ),
    record(
        -196,
        "a tap is to open a page of the app, but none is named",
        "fill in the click action in the console",
        RECORDS,
    ),
    record(-197, "the certificate is wrong or missing", "check the certificate and its id", RECORDS),
    record(-198, "the vendor refused the push", "look at the vendor's answer in the console", RECORDS),
    record(-199, "the vendor could not be reached", "nothing on the phone helps", RECORDS),
    record(-200, "the network inside Tencent failed", "nothing on the phone helps", RECORDS),
    record(
        -201,
        "token or certificate id are not valid",
        "report the token under the id of the vendor that issued it",
        RECORDS,
    ),
    record(-202, "the push could not be built", "check OfflinePushInfo", RECORDS),
    record(-203, "Huawei: over the daily number of messages", "set a category", RECORDS),
];

const fn record(code: i32, meaning: &'static str, fix: &'static str, source: Source) -> ConsoleCode {
    ConsoleCode { code, meaning, fix, source }
}
