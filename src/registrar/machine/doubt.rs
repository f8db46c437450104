//! Doubt: the outcome of an earlier report is unknown.
//!
//! It is the phone's, not the session's: it survives logins, logouts and restarts. Until the settle interval is over the
//! report may still land; then one more report, issued after that, clears the doubt when it is acknowledged.

use super::DoubtStatus;
use super::context::Context;
use crate::time::MonotonicTime;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Doubt {
    #[default]
    None,
    /// A report may land until then.
    Unsettled { until: MonotonicTime },
    /// None can land any more; what the server has is not known before one more report.
    Settled,
}

impl Doubt {
    /// A report may or may not have landed, and may yet.
    pub(super) fn raise(&mut self, cx: &Context) {
        *self = Self::Unsettled { until: cx.in_time(cx.settings().settle) };
    }

    /// What was under way can land no more. Whether that has just become true.
    pub(super) fn timeout(&mut self, cx: &Context) -> bool {
        let settles = self.deadline().is_some_and(|until| cx.is_due(until));
        if settles {
            *self = Self::Settled;
        }
        settles
    }

    pub(super) const fn is_none(self) -> bool {
        matches!(self, Self::None)
    }

    pub(super) const fn is_settled(self) -> bool {
        matches!(self, Self::Settled)
    }

    /// Whether a report of unknown outcome may still reach the server.
    pub(super) const fn is_unsettled(self) -> bool {
        matches!(self, Self::Unsettled { .. })
    }

    pub(super) const fn status(self) -> DoubtStatus {
        match self {
            Self::None => DoubtStatus::None,
            Self::Unsettled { .. } => DoubtStatus::Unsettled,
            Self::Settled => DoubtStatus::Settled,
        }
    }

    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer) {
        if let Self::Unsettled { until } = self {
            *until = names.time(*until);
        }
    }

    pub(super) const fn deadline(self) -> Option<MonotonicTime> {
        match self {
            Self::Unsettled { until } => Some(until),
            Self::None | Self::Settled => None,
        }
    }
}
