//! What became of an event.

use std::fmt;

use serde::Serialize;
use thiserror::Error;

use crate::error_code::error_code;
use crate::token::TokenError;
use crate::vendor::Vendor;

/// What a machine made of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "an event counts, does not count, or is malformed")]
pub enum Verdict {
    /// It counted.
    Applied,
    /// It was well formed and does not count, for this reason. The state is what it was.
    Ignored(IgnoredReason),
    /// It was malformed. The state is what it was; it is counted in the counters.
    Refused(EventError),
}

impl Verdict {
    /// Applied if so, ignored for this reason if not.
    pub(super) const fn applied_if(condition: bool, otherwise: IgnoredReason) -> Self {
        if condition { Self::Applied } else { Self::Ignored(otherwise) }
    }

    /// Does what follows, if the event counted.
    pub(super) fn and(self, follow: impl FnOnce()) -> Self {
        if self.is_applied() {
            follow();
        }
        self
    }

    /// Whether the event counted.
    pub const fn is_applied(self) -> bool {
        matches!(self, Self::Applied)
    }
}

/// The verdict on an answer to an attempt that is over.
pub(super) const STALE: Verdict = Verdict::Ignored(IgnoredReason::Stale);

/// Takes up what an event says. It does not count if that is known already.
pub(super) fn set<T: PartialEq>(known: &mut T, said: T) -> Verdict {
    if *known == said {
        return Verdict::Ignored(IgnoredReason::Unchanged);
    }
    *known = said;
    Verdict::Applied
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applied => f.write_str("applied"),
            Self::Ignored(why) => write!(f, "ignored: {why}"),
            Self::Refused(error) => write!(f, "refused: {error}"),
        }
    }
}

/// Why an event does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IgnoredReason {
    /// It answers an attempt that is over: late, twice, out of order, or of an earlier process.
    Stale,
    /// It says what is known already.
    Unchanged,
    /// That account is logged in already.
    SameAccount,
    /// The session it names is not the current one.
    OtherSession,
    /// The session is ending already.
    AlreadyEnding,
    /// Nothing waits for it.
    NothingWaits,
    /// No token of that vendor and kind is held.
    NoSuchToken,
    /// The same tap came a moment ago, is held, or is over.
    DuplicateTap,
    /// No vendor's key, no ext and no id is in it: an app's icon, a link or another app's intent, and no
    /// tapped push.
    NotAPush,
    /// A better token is held, and there is no room for another.
    NoRoom,
    /// The IM server has refused this token. It is looked at again after a login, a retry of the user, a new
    /// election or a restart.
    RefusedByServer,
    /// It is an arrival that is not counted: the push has no id or shows nothing, the IM client reports no
    /// push events, the user has not agreed, or the wall clock is not set.
    NotCounted,
    /// The registrar was shut down. No machine says that, only its handle.
    ShutDown,
}

impl fmt::Display for IgnoredReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Stale => "it answers an attempt that is over",
            Self::Unchanged => "nothing new",
            Self::SameAccount => "that account is logged in already",
            Self::OtherSession => "it names another session",
            Self::AlreadyEnding => "the session is ending already",
            Self::NothingWaits => "nothing waits for it",
            Self::NoSuchToken => "no such token is held",
            Self::DuplicateTap => "the same tap came before",
            Self::NotAPush => "no push was tapped",
            Self::NoRoom => "better tokens are held",
            Self::RefusedByServer => "the server has refused this token",
            Self::NotCounted => {
                "the push has no id or shows nothing, or its report is not wired, not agreed to, or without a clock"
            }
            Self::ShutDown => "the registrar is shut down",
        })
    }
}

/// Why an event is malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum EventError {
    /// The text is certainly no token. If a registration runs, it goes on to its deadline.
    #[error("token refused: {0}")]
    Token(TokenError),
    /// The text is an error code of the vendor's own table, passed on as a token.
    #[error("token refused: it is an error code of {vendor}")]
    TokenIsErrorCode {
        /// The vendor that it was passed for.
        vendor: Vendor,
    },
    /// The tap is over the inbox's limit.
    #[error("tap of {bytes} bytes, at most {max} are held", max = super::Policy::MAX_TAP_BYTES)]
    TapTooLong {
        /// Length of the tap's parts in bytes.
        bytes: usize,
    },
}

impl EventError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        if let Self::Token(error) = self { error.code() } else { error_code("event", self) }
    }
}
