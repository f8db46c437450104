//! What a binding says of itself, for the diagnosis and the deadlines.

use super::super::streak::Streak;
use super::super::{Belief, DoubtStatus, NoticeCode, StateName};
use super::{BindingState, PATIENCE, ReportPhase, Wait};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, ImEffect, explain_im};

impl BindingState {
    /// The code that parked it.
    pub(in super::super) const fn parked_by(&self) -> Option<ImCode> {
        if let ReportPhase::Parked { code } = self.phase { Some(code) } else { None }
    }

    /// Whether it was said that the IM SDK knows of no login.
    pub(in super::super) const fn is_not_ready_told(&self) -> bool {
        self.not_ready >= PATIENCE
    }

    /// Whether the reports fail again and again.
    pub(in super::super) const fn is_persisting(&self) -> bool {
        self.streak.is_persisting()
    }

    /// Whether an attempt has failed, and the next one is waited for or under way.
    pub(in super::super) fn is_failing(&self) -> bool {
        self.streak != Streak::default()
            && !matches!(self.phase, ReportPhase::Idle | ReportPhase::Parked { .. })
    }

    /// What to call that which makes its attempts fail, also while another one is under way; `code` answered the last
    /// one, if a code did.
    pub(in super::super) fn trouble(&self, code: Option<ImCode>) -> Option<NoticeCode> {
        match self.phase {
            ReportPhase::Idle | ReportPhase::Parked { .. } => None,
            ReportPhase::Waiting { reason: Wait::Withdrawn, .. } => Some(NoticeCode::HostBusy),
            ReportPhase::Waiting { reason: Wait::TokensRefused, .. } => {
                Some(NoticeCode::TokenRefusedByServer)
            }
            ReportPhase::Waiting { .. }
            | ReportPhase::Storing
            | ReportPhase::Queued { .. }
            | ReportPhase::Reporting(_) => match code.map(|code| explain_im(code).effect()) {
                Some(ImEffect::CertificateUnknown) if self.certificate_noticed => {
                    Some(NoticeCode::CertificateUnknown)
                }
                Some(ImEffect::SessionNotReady) if self.not_ready > 0 => Some(NoticeCode::SessionNotReady),
                _ if self.streak.is_persisting() => Some(NoticeCode::ReportKeepsFailing),
                _ => None,
            },
        }
    }

    /// What is believed of the server, given whether it may hold a binding of this kind for the account logged in.
    pub(in super::super) fn belief(&self, is_held: bool) -> Belief {
        match self.acknowledged {
            _ if self.is_in_flight() || self.is_in_doubt() => Belief::Unknown,
            Some(known) if known.binding.is_empty() => Belief::Unbound,
            Some(_) => Belief::Bound,
            None if is_held => Belief::Unknown,
            None => Belief::Unbound,
        }
    }

    pub(in super::super) const fn doubt_status(&self) -> DoubtStatus {
        self.doubt.status()
    }

    pub(in super::super) fn name(&self) -> StateName {
        match self.phase {
            ReportPhase::Idle if self.wanted.is_some() && !self.is_owed() => StateName::Bound,
            ReportPhase::Idle => StateName::Idle,
            ReportPhase::Storing => StateName::Storing,
            ReportPhase::Queued { .. } | ReportPhase::Reporting(_) => StateName::Reporting,
            ReportPhase::Waiting { .. } => StateName::Waiting,
            ReportPhase::Parked { .. } => StateName::Parked,
        }
    }

    #[cfg(test)]
    pub(in super::super) fn rename(&mut self, names: &mut dyn super::super::tests::rename::Renamer) {
        match &mut self.phase {
            ReportPhase::Idle | ReportPhase::Storing | ReportPhase::Parked { .. } => {}
            ReportPhase::Queued { until } => *until = names.time(*until),
            ReportPhase::Reporting(attempt) => {
                attempt.id = names.id(attempt.id.as_u64()).into();
                attempt.deadline = names.time(attempt.deadline);
            }
            ReportPhase::Waiting { until, not_before, .. } => {
                *until = names.time(*until);
                *not_before = names.time(*not_before);
            }
        }
        self.doubt.rename(names);
        self.streak.rename(names);
        if let Some(known) = &mut self.acknowledged {
            known.reassert_at = names.time(known.reassert_at);
        }
    }

    pub(in super::super) fn deadline(&self) -> Option<MonotonicTime> {
        let phase = match self.phase {
            ReportPhase::Queued { until } | ReportPhase::Waiting { until, .. } => Some(until),
            ReportPhase::Reporting(attempt) => Some(attempt.deadline),
            ReportPhase::Idle | ReportPhase::Storing | ReportPhase::Parked { .. } => None,
        };
        let reassert = self.acknowledged.filter(|_| !self.is_reassert_due).map(|known| known.reassert_at);
        [phase, self.doubt.deadline(), reassert].into_iter().flatten().min()
    }
}
