//! Codes of Tencent's: of the IM SDK and TIMPush on the phone, and of the console's push records.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Pace, Remedy, Source, codes};

/// A result code of Tencent's IM SDK or of TIMPush.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImCode(i32);

impl ImCode {
    pub(super) const fn new(number: i32) -> Self {
        Self(number)
    }

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
pub(super) struct ImRow {
    /// The code.
    pub(super) code: ImCode,
    /// What it means.
    pub(super) meaning: &'static str,
    /// What it does to a report.
    pub(super) effect: ImEffect,
    /// The class of its fix.
    pub(super) remedy: Remedy,
    /// What to do, in words.
    pub(super) fix: &'static str,
    /// Whether the call may have reached the server all the same, or may yet: the SDK gave up waiting for the answer, or
    /// lost it. Otherwise it was refused, or never sent.
    pub(super) perhaps_done: bool,
    /// Where the code and its meaning stand. Tencent lists no codes per call, and names no class: effects follow from
    /// the meaning.
    pub(super) source: Source,
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
    ImExplanation { code, row: codes::IM.iter().find(|row| row.code == code) }
}

/// Every IM code that this crate knows, explained: the IM SDK's, the C interface's (-1 to -6) and TIMPush's (800001 to
/// 800016).
pub fn known_im_codes() -> impl Iterator<Item = ImExplanation> {
    codes::IM.iter().map(|row| ImExplanation { code: row.code, row: Some(row) })
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
        self.row.map_or(Remedy::RetryLater, |row| row.remedy)
    }

    /// How soon to try again, where [`ImExplanation::effect`] says that one may.
    pub fn pace(&self) -> Pace {
        match self.effect() {
            ImEffect::Retry(pace) => pace,
            ImEffect::CertificateUnknown => Pace::Slow,
            ImEffect::Success
            | ImEffect::SessionNotReady
            | ImEffect::SessionOver
            | ImEffect::TokenRefused
            | ImEffect::Permanent => Pace::Normal,
        }
    }

    /// Whether another attempt is to wait for the longest delay.
    pub fn slow(&self) -> bool {
        self.pace() == Pace::Slow
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

    /// What to do if it persists all the same, in words.
    pub fn fix_if_it_persists(&self) -> &'static str {
        match self.effect() {
            ImEffect::Retry(_) if self.row.is_none() => {
                "look the number up in Tencent's current list of codes"
            }
            ImEffect::Retry(Pace::WhenConnected) => {
                "check that this phone reaches Tencent's IM server: network, proxy, VPN, firewall"
            }
            ImEffect::Retry(_) if self.remedy() == Remedy::Quota => {
                "look for what calls the IM SDK again and again"
            }
            ImEffect::Retry(_) => "ask Tencent, with the code, the SDKAppID and the time",
            ImEffect::Success
            | ImEffect::CertificateUnknown
            | ImEffect::SessionNotReady
            | ImEffect::SessionOver
            | ImEffect::TokenRefused
            | ImEffect::Permanent => self.fix(),
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
#[non_exhaustive]
pub struct ConsoleCode {
    /// The code.
    pub code: i32,
    /// What it means.
    pub meaning: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// Where this stands.
    pub source: Source,
}

/// Every code of the console's push records that is documented.
pub fn known_console_codes() -> impl Iterator<Item = &'static ConsoleCode> {
    codes::CONSOLE.iter()
}

/// What a code of the console's push records says, if it is known.
///
/// ```
/// use tim_offline_push::vendor::explain_console;
///
/// assert!(explain_console(-2).is_some_and(|row| row.meaning.contains("token")));
/// ```
pub fn explain_console(code: i32) -> Option<&'static ConsoleCode> {
    codes::CONSOLE.iter().find(|row| row.code == code)
}
