//! Codes of Tencent's: of the IM SDK and TIMPush on the phone, and of the console's push records.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Pace, Remedy, Source};
use Remedy::{FixConfiguration, Nothing, Quota, RetryLater, UserMustAct};

/// A result code of Tencent's IM SDK or of TIMPush.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImCode(i32);

impl ImCode {
    /// The number.
    pub const fn as_i32(self) -> i32 {
        self.0
    }
}

impl From<i32> for ImCode {
    fn from(number: i32) -> Self {
        Self(number)
    }
}

impl fmt::Display for ImCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a code does to a session's report of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ImEffect {
    /// The call succeeded.
    Success,
    /// The report is repeated at this pace.
    Retry(Pace),
    /// The server does not know the certificate. It is repeated at [`Pace::Slow`] with one notice, since a
    /// certificate takes up to ten minutes from the console to the server. Only a correction in the console
    /// helps.
    CertificateUnknown,
    /// The IM SDK is not initialised or not logged in (yet): the session lives, and the report is repeated.
    SessionNotReady,
    /// The session is over: only another login goes on.
    SessionOver,
    /// The code is about the token: the server refuses it, and the session lives. The token is dropped; the
    /// next one is reported.
    TokenRefused,
    /// The same report fails each time. It is parked until something changes.
    Permanent,
}

/// One row of the table of IM codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ImRow {
    /// The code.
    code: ImCode,
    /// What it means.
    meaning: &'static str,
    /// What it does to a report.
    effect: ImEffect,
    /// The class of its fix.
    remedy: Remedy,
    /// What to do, in words.
    fix: &'static str,
    /// Whether the call may have reached the server all the same, or may yet: the SDK gave up waiting for the
    /// answer, or lost it. Otherwise it was refused, or never sent.
    perhaps_done: bool,
    /// Where the code and its meaning stand. Tencent lists no codes per call, and names no class: effects
    /// follow from the meaning.
    source: &'static Source,
}

/// What a code of the IM SDK, of its C interface (-1 to -6) or of TIMPush says. One that no row names keeps
/// its number and is to be retried slowly.
///
/// ```
/// use tim_offline_push::vendor::{ImCode, ImEffect, Pace, explain_im};
///
/// assert_eq!(explain_im(ImCode::from(6014)).effect(), ImEffect::SessionNotReady);
/// assert_eq!(explain_im(ImCode::from(6208)).effect(), ImEffect::SessionOver);
/// assert_eq!(explain_im(ImCode::from(424_242)).effect(), ImEffect::Retry(Pace::Slow));
/// ```
pub fn explain_im(code: ImCode) -> ImExplanation {
    ImExplanation { code, row: IM.iter().find(|row| row.code == code) }
}

/// Every IM code that this crate knows, explained: the IM SDK's, the C interface's (-1 to -6) and TIMPush's
/// (800001 to 800016).
pub fn known_im_codes() -> impl Iterator<Item = ImExplanation> {
    IM.iter().map(|row| ImExplanation { code: row.code, row: Some(row) })
}

/// A code together with what is known of it. Made by [`explain_im`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ImExplanation {
    code: ImCode,
    row: Option<&'static ImRow>,
}

impl ImExplanation {
    /// The code, known or not.
    pub const fn code(&self) -> ImCode {
        self.code
    }

    /// Whether the table has the code.
    pub const fn is_known(&self) -> bool {
        self.row.is_some()
    }

    /// What it does to a report.
    pub fn effect(&self) -> ImEffect {
        self.row.map_or(ImEffect::Retry(Pace::Slow), |row| row.effect)
    }

    /// The class of its fix.
    pub fn remedy(&self) -> Remedy {
        self.row.map_or(RetryLater, |row| row.remedy)
    }

    /// How soon to try again, where [`ImExplanation::effect`] says that one may.
    pub fn pace(&self) -> Pace {
        if let ImEffect::Retry(pace) = self.effect() {
            return pace;
        }
        if self.effect() == ImEffect::CertificateUnknown { Pace::Slow } else { Pace::Normal }
    }

    /// Whether the call may have reached the server all the same, or may yet. An unknown code leaves that
    /// open.
    ///
    /// ```
    /// use tim_offline_push::vendor::{ImCode, explain_im};
    ///
    /// // Timed out before the answer.
    /// assert!(explain_im(ImCode::from(9520)).perhaps_done());
    /// // Called too often.
    /// assert!(!explain_im(ImCode::from(22_006)).perhaps_done());
    /// ```
    pub fn perhaps_done(&self) -> bool {
        self.row.is_none_or(|row| row.perhaps_done)
    }

    /// What it means.
    pub fn meaning(&self) -> &'static str {
        self.row.map_or("not a documented code", |row| row.meaning)
    }

    /// What to do.
    pub fn fix(&self) -> &'static str {
        self.row
            .map_or("try again later; look the number up in Tencent's current list of codes", |row| row.fix)
    }

    /// What helps if the code persists, in words.
    pub fn fix_if_it_persists(&self) -> &'static str {
        let ImEffect::Retry(pace) = self.effect() else { return self.fix() };
        if self.row.is_none() {
            "look the number up in Tencent's current list of codes"
        } else if pace == Pace::WhenConnected {
            "check that this phone reaches Tencent's IM server: network, proxy, VPN, firewall"
        } else if self.remedy() == Quota {
            "look for what calls the IM SDK again and again"
        } else {
            "ask Tencent, with the code, the SDKAppID and the time"
        }
    }

    /// Where that stands.
    pub fn source(&self) -> Option<Source> {
        self.row.map(|row| *row.source)
    }
}

impl fmt::Display for ImExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IM {}: {}; {}", self.code, self.meaning(), self.fix())
    }
}

const HEADER: &Source = &Source::read("npm im_electron_sdk 8.0.5906 (TIMErrorCode.h, TIMCloudDef.h)");
const CODES: &Source = &Source::TENCENT_ERROR_CODES;
const TIMPUSH: &Source = &Source::TENCENT_PUSH_RECORDS;
const ERROR_CODES: &Source = &Source::read_on("IM SDK 8.7.7201 (TIMErrorCode.h)", "2026-11-29");
const TIMPUSH_HEADER: &Source = &Source::read_on("TIMPush 9.0.7652 (TIMPushManager.h)", "2026-11-29");
const LOGIN: &Source =
    &Source::read("https://im.sdk.qcloud.com/doc (login: 6206 and 70001 ask for a new UserSig)");
const TUIKIT: &Source =
    &Source::read("https://github.com/TencentCloud/TIMSDK (TUIKit, texts for error codes)");

const PERMANENT: ImEffect = ImEffect::Permanent;
const NOT_READY: ImEffect = ImEffect::SessionNotReady;
const REFUSED: ImEffect = ImEffect::TokenRefused;
const OVER: ImEffect = ImEffect::SessionOver;
const RETRY: ImEffect = ImEffect::Retry(Pace::Normal);
const OFFLINE: ImEffect = ImEffect::Retry(Pace::WhenConnected);
const SLOWLY: ImEffect = ImEffect::Retry(Pace::Slow);

/// A row with the remedy and the fix of its effect, which [`ImRow::remedy`] and [`ImRow::fix`] replace.
const fn row(code: i32, effect: ImEffect, meaning: &'static str, source: &'static Source) -> ImRow {
    let (remedy, fix) = match effect {
        ImEffect::Success => (Nothing, "nothing"),
        ImEffect::Retry(Pace::WhenConnected) => {
            (RetryLater, "try again when the network is back; the SDK reconnects by itself")
        }
        ImEffect::Retry(_) => (RetryLater, "try again later"),
        ImEffect::SessionNotReady => {
            (RetryLater, "log in to the IM SDK first, and call logged_in only then; the report is repeated")
        }
        ImEffect::SessionOver => (UserMustAct, "log in with a new UserSig"),
        ImEffect::CertificateUnknown | ImEffect::TokenRefused | ImEffect::Permanent => {
            (FixConfiguration, "correct the call")
        }
    };
    ImRow { code: ImCode(code), meaning, effect, remedy, fix, perhaps_done: false, source }
}

impl ImRow {
    /// With another class of fix than the one of its effect.
    const fn remedy(self, remedy: Remedy) -> Self {
        Self { remedy, ..self }
    }

    /// With another fix than the one of its effect.
    const fn fix(self, fix: &'static str) -> Self {
        Self { fix, ..self }
    }

    /// The request may have reached the server, or may yet.
    const fn perhaps_done(self) -> Self {
        Self { perhaps_done: true, ..self }
    }
}

/// The IM SDK's, its C interface's and TIMPush's codes.
const IM: &[ImRow] = &[
    row(0, ImEffect::Success, "done", HEADER),
    // Synchronous results of the C interface: the callback only comes after a 0.
    row(
        -1,
        NOT_READY,
        "the SDK is not initialised; from TIMPush any error that it does not name",
        TIMPUSH_HEADER,
    )
    .fix("initialise the SDK and log in; from TIMPush look at its log"),
    row(-2, NOT_READY, "not logged in", HEADER),
    row(-3, PERMANENT, "the JSON is wrong", HEADER),
    row(-4, PERMANENT, "a parameter is wrong", HEADER),
    row(-5, PERMANENT, "the conversation is wrong", HEADER),
    row(-6, PERMANENT, "the group is wrong", HEADER),
    row(6012, OFFLINE, "timed out (older SDKs)", HEADER).perhaps_done(),
    row(6013, NOT_READY, "the SDK is not initialised", HEADER).fix("initialise the SDK and log in"),
    row(6014, NOT_READY, "not logged in, or kicked off", HEADER),
    row(6015, RETRY, "an operation is in progress", HEADER),
    row(6017, PERMANENT, "a parameter is invalid", HEADER)
        .fix("correct the arguments of the call: those of setOfflinePushConfig are business id and token"),
    row(6026, NOT_READY, "automatic login without an earlier login", HEADER),
    row(6027, PERMANENT, "the JSON is invalid", HEADER),
    row(6200, OFFLINE, "no network (older SDKs)", HEADER),
    row(6201, OFFLINE, "no network (older SDKs)", HEADER),
    row(6206, OVER, "the UserSig has expired", LOGIN),
    row(6208, OVER, "kicked off by another device", HEADER).fix("log in again"),
    row(6250, OFFLINE, "no network (older SDKs)", HEADER),
    row(6251, OFFLINE, "no network (older SDKs)", HEADER),
    row(7008, RETRY, "called too often", HEADER).remedy(Quota),
    row(7009, RETRY, "the SDK was shut down meanwhile", HEADER)
        .fix("try again after the next login")
        .perhaps_done(),
    row(7012, RETRY, "internal error", HEADER).perhaps_done(),
    row(7013, PERMANENT, "the purchased package has no such feature", HEADER)
        .fix("buy a package that has it"),
    row(7014, PERMANENT, "the operation is invalid", HEADER),
    row(7501, RETRY, "a login is in progress", HEADER),
    row(7502, RETRY, "a logout is in progress", HEADER),
    row(9501, RETRY, "a packet could not be encoded", HEADER),
    row(9502, RETRY, "a packet could not be decoded", HEADER).perhaps_done(),
    row(9503, NOT_READY, "the connection is not authenticated yet", HEADER),
    row(9504, RETRY, "a packet could not be compressed", HEADER),
    row(9505, RETRY, "a packet could not be uncompressed", HEADER).perhaps_done(),
    row(9506, RETRY, "called more than five times a second", HEADER).remedy(Quota),
    row(9507, RETRY, "over 1000 requests are in flight", HEADER).remedy(Quota),
    row(9508, OFFLINE, "disconnected", HEADER).perhaps_done(),
    row(9509, RETRY, "connected already", HEADER),
    row(9510, OFFLINE, "the connection timed out", HEADER),
    row(9511, RETRY, "the server refuses the connection: too many", HEADER).remedy(Quota),
    row(9512, OFFLINE, "the network is unreachable", HEADER),
    row(9513, RETRY, "the socket has no buffer left", HEADER),
    row(9514, OFFLINE, "the connection was reset", HEADER).perhaps_done(),
    row(9515, RETRY, "the socket is invalid", HEADER),
    row(9516, OFFLINE, "the host name could not be resolved", HEADER),
    row(9517, OFFLINE, "the connection was reset", HEADER).perhaps_done(),
    row(9518, RETRY, "timed out in the queue", HEADER),
    row(9519, RETRY, "timed out while sending", HEADER).perhaps_done(),
    row(9520, RETRY, "timed out before the answer", HEADER).perhaps_done(),
    row(9521, RETRY, "timed out with a part unsent", HEADER).perhaps_done(),
    row(9522, PERMANENT, "a packet is over 1 MB", HEADER).fix("send less"),
    row(9523, OFFLINE, "timed out in the queue, without network", HEADER),
    row(9524, OFFLINE, "timed out while sending, without network", HEADER).perhaps_done(),
    row(9525, OFFLINE, "timed out before the answer, without network", HEADER).perhaps_done(),
    row(20_004, RETRY, "network trouble at the server", CODES).perhaps_done(),
    row(20_005, RETRY, "internal error of the server", CODES).perhaps_done(),
    row(21_005, NOT_READY, "the token reached the server before the login ended", CODES),
    row(22_001, ImEffect::CertificateUnknown, "no push certificate with this id", CODES)
        .fix("compare the business id with the console; a new certificate takes up to ten minutes"),
    row(22_002, RETRY, "network trouble at the server", CODES).perhaps_done(),
    row(22_003, REFUSED, "the token is empty", CODES).fix("wait for the vendor SDK to give one"),
    row(22_004, REFUSED, "the token is over 256 bytes", CODES)
        .fix("look at where it comes from: it may hold more than the token"),
    row(22_005, PERMANENT, "the login data is over 1024 bytes", CODES),
    row(22_006, RETRY, "called too often", CODES).remedy(Quota),
    row(70_001, OVER, "the UserSig has expired", LOGIN),
    row(70_002, OVER, "the UserSig is empty", ERROR_CODES),
    row(70_003, OVER, "the UserSig was refused: is it cut off?", TUIKIT),
    row(70_005, OVER, "the UserSig was refused", ERROR_CODES),
    row(70_009, OVER, "the UserSig was made with the key of another SDKAppID", ERROR_CODES)
        .remedy(FixConfiguration)
        .fix("make the UserSig with the key of this SDKAppID, then log in with it"),
    row(70_013, OVER, "the UserSig was made for another user", ERROR_CODES)
        .fix("log in with a UserSig that was made for this user"),
    row(70_014, PERMANENT, "the UserSig was made for another SDKAppID", ERROR_CODES)
        .fix("use the same SDKAppID in the app and where UserSigs are made"),
    row(70_016, PERMANENT, "the key of the UserSig is wrong; in TIMPush the appKey", TIMPUSH)
        .fix("compare the keys with the console"),
    row(70_020, PERMANENT, "there is no such SDKAppID", ERROR_CODES)
        .fix("copy the SDKAppID from the console, and check the data center that it belongs to"),
    row(70_050, OVER, "the UserSig was refused, too often in a short time", ERROR_CODES)
        .fix("wait a minute, then log in with a new UserSig"),
    row(70_051, OVER, "the account is on the black list", ERROR_CODES)
        .fix("take the account off the black list, then log in again"),
    row(70_052, OVER, "the UserSig is no longer valid", ERROR_CODES),
    row(70_404, PERMANENT, "the IM SDK is too old", ERROR_CODES).fix("update the IM SDK to 8.7 or newer"),
    row(800_001, PERMANENT, "TIMPush: the appKey is invalid (iOS: or nobody is logged in)", TIMPUSH)
        .fix("copy the appKey from the console"),
    row(800_002, PERMANENT, "TIMPush: the sdkAppId is invalid", TIMPUSH)
        .fix("copy the SDKAppID from the console"),
    row(800_003, RETRY, "TIMPush: initialisation failed", TIMPUSH),
    row(800_004, RETRY, "TIMPush: no connection to the server", TIMPUSH),
    row(800_005, RETRY, "TIMPush: the phone's own vendor failed", TIMPUSH)
        .fix("look at the vendor SDK's code; switch backup channels on (TIMPush's console)"),
    row(800_006, SLOWLY, "TIMPush: the phone's own vendor and FCM failed", TIMPUSH)
        .fix("look at the vendor SDK's code"),
    row(800_007, SLOWLY, "TIMPush: every vendor failed", TIMPUSH).fix("look at the vendor SDKs' codes"),
    row(800_008, RETRY, "TIMPush: timed out", TIMPUSH),
    row(800_009, RETRY, "TIMPush: the vendor gave an empty token", TIMPUSH),
    row(800_010, RETRY, "TIMPush: the token could not be set in the IM SDK", TIMPUSH),
    row(800_011, PERMANENT, "TIMPush: the call about automatic registration failed", TIMPUSH),
    row(800_012, PERMANENT, "TIMPush: the call about asking for permission failed", TIMPUSH),
    row(800_013, PERMANENT, "TIMPush: the notification channel could not be created", TIMPUSH),
    row(800_014, PERMANENT, "TIMPush: the push config could not be set", TIMPUSH),
    row(800_015, PERMANENT, "TIMPush: the experimental call failed", TIMPUSH),
    row(800_016, PERMANENT, "TIMPush: the user refused notifications", TIMPUSH)
        .remedy(UserMustAct)
        .fix("ask the user to allow notifications"),
];
