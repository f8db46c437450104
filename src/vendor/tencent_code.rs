//! Codes of Tencent's: of the IM SDK and TIMPush on the phone, and of the console's push records.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::codes::{CodeTable, TableRow};
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
    /// The server does not know the certificate. It is repeated at [`Pace::Slow`] with one notice, since a certificate
    /// takes up to ten minutes from the console to the server. Only a correction in the console helps.
    CertificateUnknown,
    /// The IM SDK is not initialised or not logged in (yet): the session lives, and the report is repeated.
    SessionNotReady,
    /// The session is over: only another login goes on.
    SessionOver,
    /// The code is about the token: the server refuses it, and the session lives. The token is dropped; the next one is
    /// reported.
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
    /// Whether the call may have reached the server all the same, or may yet: the SDK gave up waiting for the answer, or
    /// lost it. Otherwise it was refused, or never sent.
    perhaps_done: bool,
    /// Where the code and its meaning stand. Tencent lists no codes per call, and names no class: effects follow from
    /// the meaning.
    source: Source,
}

impl ImRow {
    /// The row, if its code is a number.
    fn of(row: &TableRow) -> Option<Self> {
        let code = ImCode(row.code.parse().ok()?);
        let (effect, remedy, fix) = match row.words.iter().next()? {
            "done" => (ImEffect::Success, Nothing, "nothing"),
            "not-ready" => (
                ImEffect::SessionNotReady,
                RetryLater,
                "log in to the IM SDK first, and call logged_in only then; the report is repeated",
            ),
            "certificate" => (ImEffect::CertificateUnknown, FixConfiguration, "correct the call"),
            "over" => (ImEffect::SessionOver, UserMustAct, "log in with a new UserSig"),
            "refused" => (ImEffect::TokenRefused, FixConfiguration, "correct the call"),
            "permanent" => (ImEffect::Permanent, FixConfiguration, "correct the call"),
            "offline" => (
                ImEffect::Retry(Pace::WhenConnected),
                RetryLater,
                "try again when the network is back; the SDK reconnects by itself",
            ),
            "slow" => (ImEffect::Retry(Pace::Slow), RetryLater, "try again later"),
            _ => (ImEffect::Retry(Pace::Normal), RetryLater, "try again later"),
        };
        Some(Self {
            code,
            meaning: row.meaning,
            effect,
            remedy: row.remedy(1).unwrap_or(remedy),
            fix: row.fix_or(fix),
            perhaps_done: row.words.contains("maybe"),
            source: row.source(),
        })
    }
}

/// What a code of the IM SDK, of its C interface (-1 to -6) or of TIMPush says. One that no row names keeps its number
/// and is to be retried slowly.
///
/// ```
/// use tim_offline_push::vendor::{ImCode, ImEffect, Pace, explain_im};
///
/// assert_eq!(explain_im(ImCode::from(6014)).effect(), ImEffect::SessionNotReady);
/// assert_eq!(explain_im(ImCode::from(6208)).effect(), ImEffect::SessionOver);
/// assert_eq!(explain_im(ImCode::from(424_242)).effect(), ImEffect::Retry(Pace::Slow));
/// ```
pub fn explain_im(code: ImCode) -> ImExplanation {
    ImExplanation { code, row: IM_ROWS.iter().find(|row| row.code == code) }
}

/// Every IM code that this crate knows, explained: the IM SDK's, the C interface's (-1 to -6) and TIMPush's (800001 to
/// 800016).
pub fn known_im_codes() -> impl Iterator<Item = ImExplanation> {
    IM_ROWS.iter().map(|row| ImExplanation { code: row.code, row: Some(row) })
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

    /// Whether the call may have reached the server all the same, or may yet. An unknown code leaves that open.
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
        self.row.map(|row| row.source)
    }
}

impl fmt::Display for ImExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IM {}: {}; {}", self.code, self.meaning(), self.fix())
    }
}

/// One code of the console's push records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct ConsoleCode {
    pub(crate) code: i32,
    pub(crate) meaning: &'static str,
    pub(crate) fix: &'static str,
    pub(crate) source: Source,
}

/// What a code of the console's push records says, if it is known.
pub(crate) fn explain_console(code: i32) -> Option<ConsoleCode> {
    let row = CONSOLE.rows().find(|row| row.code.parse() == Ok(code))?;
    Some(ConsoleCode { code, meaning: row.meaning, fix: row.fix_or(""), source: row.source() })
}

static IM_ROWS: LazyLock<Vec<ImRow>> =
    LazyLock::new(|| IM.rows().filter_map(|row| ImRow::of(&row)).collect());

/// The IM SDK's, its C interface's and TIMPush's codes. The first word is the effect; a class behind it goes before the
/// effect's own. `maybe`: the request may have reached the server, or may yet. The C interface answers with -1 to -6 at
/// once; its callback only comes after a 0.
pub(super) const IM: CodeTable = CodeTable("\
    C = npm im_electron_sdk 8.0.5906 (TIMErrorCode.h, TIMCloudDef.h)
    TIMPUSH = TIMPush 9.0.7652 (TIMPushManager.h), read 2026-11-29
    LOGIN = https://im.sdk.qcloud.com/doc (login: 6206 and 70001 ask for a new UserSig)
    SDK = IM SDK 8.7.7201 (TIMErrorCode.h), read 2026-11-29
    TUIKIT = https://github.com/TencentCloud/TIMSDK (TUIKit, texts for error codes)
    0 done C | done
    -1 not-ready TIMPUSH | the SDK is not initialised; from TIMPush any error that it does not name | initialise the \
        SDK and log in; from TIMPush look at its log
    -2 not-ready C | not logged in
    -3 permanent | the JSON is wrong
    -4 permanent | a parameter is wrong
    -5 permanent | the conversation is wrong
    -6 permanent | the group is wrong
    6012 offline maybe | timed out (older SDKs)
    6013 not-ready | the SDK is not initialised | initialise the SDK and log in
    6014 not-ready | not logged in, or kicked off
    6015 retry | an operation is in progress
    6017 permanent | a parameter is invalid | correct the arguments of the call: those of setOfflinePushConfig are \
        business id and token
    6026 not-ready | automatic login without an earlier login
    6027 permanent | the JSON is invalid
    6200,6201 offline | no network (older SDKs)
    6206 over LOGIN | the UserSig has expired
    6208 over C | kicked off by another device | log in again
    6250,6251 offline | no network (older SDKs)
    7008 retry quota | called too often
    7009 retry maybe | the SDK was shut down meanwhile | try again after the next login
    7012 retry maybe | internal error
    7013 permanent | the purchased package has no such feature | buy a package that has it
    7014 permanent | the operation is invalid
    7501 retry | a login is in progress
    7502 retry | a logout is in progress
    9501 retry | a packet could not be encoded
    9502 retry maybe | a packet could not be decoded
    9503 not-ready | the connection is not authenticated yet
    9504 retry | a packet could not be compressed
    9505 retry maybe | a packet could not be uncompressed
    9506 retry quota | called more than five times a second
    9507 retry quota | over 1000 requests are in flight
    9508 offline maybe | disconnected
    9509 retry | connected already
    9510 offline | the connection timed out
    9511 retry quota | the server refuses the connection: too many
    9512 offline | the network is unreachable
    9513 retry | the socket has no buffer left
    9514 offline maybe | the connection was reset
    9515 retry | the socket is invalid
    9516 offline | the host name could not be resolved
    9517 offline maybe | the connection was reset
    9518 retry | timed out in the queue
    9519 retry maybe | timed out while sending
    9520 retry maybe | timed out before the answer
    9521 retry maybe | timed out with a part unsent
    9522 permanent | a packet is over 1 MB | send less
    9523 offline | timed out in the queue, without network
    9524 offline maybe | timed out while sending, without network
    9525 offline maybe | timed out before the answer, without network
    20004 retry maybe CODES | network trouble at the server
    20005 retry maybe | internal error of the server
    21005 not-ready | the token reached the server before the login ended
    22001 certificate | no push certificate with this id | compare the business id with the console; a new certificate \
        takes up to ten minutes
    22002 retry maybe | network trouble at the server
    22003 refused | the token is empty | wait for the vendor SDK to give one
    22004 refused | the token is over 256 bytes | look at where it comes from: it may hold more than the token
    22005 permanent | the login data is over 1024 bytes
    22006 retry quota | called too often
    70001 over LOGIN | the UserSig has expired
    70002 over SDK | the UserSig is empty
    70003 over TUIKIT | the UserSig was refused: is it cut off?
    70005 over SDK | the UserSig was refused
    70009 over config | the UserSig was made with the key of another SDKAppID | make the UserSig with the key of this \
        SDKAppID, then log in with it
    70013 over | the UserSig was made for another user | log in with a UserSig that was made for this user
    70014 permanent | the UserSig was made for another SDKAppID | use the same SDKAppID in the app and where UserSigs \
        are made
    70016 permanent RECORDS | the key of the UserSig is wrong; in TIMPush the appKey | compare the keys with the console
    70020 permanent SDK | there is no such SDKAppID | copy the SDKAppID from the console, and check the data center \
        that it belongs to
    70050 over | the UserSig was refused, too often in a short time | wait a minute, then log in with a new UserSig
    70051 over | the account is on the black list | take the account off the black list, then log in again
    70052 over | the UserSig is no longer valid
    70404 permanent | the IM SDK is too old | update the IM SDK to 8.7 or newer
    800001 permanent RECORDS | TIMPush: the appKey is invalid (iOS: or nobody is logged in) | copy the appKey from the \
        console
    800002 permanent | TIMPush: the sdkAppId is invalid | copy the SDKAppID from the console
    800003 retry | TIMPush: initialisation failed
    800004 retry | TIMPush: no connection to the server
    800005 retry | TIMPush: the phone's own vendor failed | look at the vendor SDK's code; switch backup channels on \
        (TIMPush's console)
    800006 slow | TIMPush: the phone's own vendor and FCM failed | look at the vendor SDK's code
    800007 slow | TIMPush: every vendor failed | look at the vendor SDKs' codes
    800008 retry | TIMPush: timed out
    800009 retry | TIMPush: the vendor gave an empty token
    800010 retry | TIMPush: the token could not be set in the IM SDK
    800011 permanent | TIMPush: the call about automatic registration failed
    800012 permanent | TIMPush: the call about asking for permission failed
    800013 permanent | TIMPush: the notification channel could not be created
    800014 permanent | TIMPush: the push config could not be set
    800015 permanent | TIMPush: the experimental call failed
    800016 permanent user | TIMPush: the user refused notifications | ask the user to allow notifications");

/// The console's push records: every code that is documented.
pub(super) const CONSOLE: CodeTable = CodeTable("\
    -1 LOSSES | the certificate id is not set | report the business id with the token
    -2 LOSSES | the token was not uploaded | look at the registrar's diagnosis on the phone
    -195 RECORDS | FCM: the push could not be built, or the certificate is wrong | check the FCM certificate
    -196 RECORDS | a tap is to open a page of the app, but none is named | fill in the click action in the console
    -197 RECORDS | the certificate is wrong or missing | check the certificate and its id
    -198 RECORDS | the vendor refused the push | look at the vendor's answer in the console
    -199 RECORDS | the vendor could not be reached | nothing on the phone helps
    -200 RECORDS | the network inside Tencent failed | nothing on the phone helps
    -201 RECORDS | token or certificate id are not valid | report the token under the id of the vendor that issued it
    -202 RECORDS | the push could not be built | check OfflinePushInfo
    -203 RECORDS | Huawei: over the daily number of messages | set a category");
