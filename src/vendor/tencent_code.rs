//! Codes of Tencent's IM SDK and of TIMPush. What they mean stands in `codes/im.txt`, what they do
//! to a report here.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::codes::{CodeRow, read};
use super::{Pace, Remedy, Source, VendorCode};

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
    source: Source,
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
        self.row.map_or(Remedy::RetryLater, |row| row.remedy)
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
        } else if self.remedy() == Remedy::Quota {
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

/// The IM SDK's, its C interface's and TIMPush's codes.
static IM: LazyLock<Vec<ImRow>> = LazyLock::new(|| {
    let rows = read(include_str!("codes/im.txt")).filter_map(|row| {
        let CodeRow { code: VendorCode::Number(code), meaning, remedy, fix, source, .. } = row else {
            return None;
        };
        let code = i32::try_from(code).ok()?;
        let (effect, perhaps_done) = (effect(code), perhaps_done(code));
        Some(ImRow { code: ImCode(code), meaning, effect, remedy, fix, perhaps_done, source })
    });
    rows.collect()
});

/// What the known codes do. One that is not listed asks for another try.
pub(super) const EFFECTS: &[(ImEffect, &[i32])] = &[
    (ImEffect::Success, &[0]),
    (ImEffect::SessionNotReady, &[-2, -1, 6013, 6014, 6026, 9503, 21_005]),
    (
        ImEffect::SessionOver,
        &[6206, 6208, 70_001, 70_002, 70_003, 70_005, 70_009, 70_013, 70_050, 70_051, 70_052],
    ),
    (ImEffect::CertificateUnknown, &[22_001]),
    (ImEffect::TokenRefused, &[22_003, 22_004]),
    (
        ImEffect::Permanent,
        &[
            -6, -5, -4, -3, 6017, 6027, 7013, 7014, 9522, 22_005, 70_014, 70_016, 70_020, 70_404, 800_001,
            800_002, 800_011, 800_012, 800_013, 800_014, 800_015, 800_016,
        ],
    ),
    (
        ImEffect::Retry(Pace::WhenConnected),
        &[6012, 6200, 6201, 6250, 6251, 9508, 9510, 9512, 9514, 9516, 9517, 9523, 9524, 9525],
    ),
    (ImEffect::Retry(Pace::Slow), &[800_006, 800_007]),
];

fn effect(code: i32) -> ImEffect {
    let listed = EFFECTS.iter().find(|(_, codes)| codes.contains(&code));
    listed.map_or(ImEffect::Retry(Pace::Normal), |(effect, _)| *effect)
}

/// Whether the request may have reached the server in spite of a known code.
const fn perhaps_done(code: i32) -> bool {
    matches!(code, 6012 | 7009 | 7012 | 9502 | 9505 | 9508 | 9514 | 9517 | 9519..=9521 | 9524 | 9525)
        || matches!(code, 20_004 | 20_005 | 22_002)
}
