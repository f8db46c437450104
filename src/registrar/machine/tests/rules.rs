//! Rules that do not hold for the search that runs on this thread.

use std::cell::Cell;

use crate::registrar::machine::rules::Rule;

thread_local! {
    static BROKEN: Cell<Option<Rule>> = const { Cell::new(None) };
}

impl Rule {
    /// All rules.
    pub(super) const ALL: &[Self] = &[
        Self::AttemptIdChecked,
        Self::CreditsWhatWasCarried,
        Self::DoubtClearedOnlyWhenSettled,
        Self::DoubtSurvivesLogin,
        Self::UnknownOutcomeRaisesDoubt,
        Self::RankNeverFalls,
        Self::IntentStoredBeforeReport,
        Self::ReportCarriesItsIntent,
        Self::StoreFailureRaisesDoubt,
        Self::WriteTimedFromTaking,
        Self::NotReadyKeepsSession,
        Self::PermanentParks,
        Self::TokenCodeRefusesToken,
        Self::RefusedTextIgnored,
        Self::DrainEnds,
        Self::UncleanDrainTold,
        Self::DrainStartsNothing,
        Self::ReleaseJudgedWhenTaken,
        Self::SessionStartsUnacknowledged,
        Self::CertificateOfVendor,
        Self::TokenPersisted,
        Self::DoubtPersisted,
        Self::PossiblyBoundKept,
        Self::KindsKept,
        Self::ReleasedKept,
        Self::UnreadableConsentIsNo,
        Self::OneRegistrationInFlight,
        Self::UntakenWithdrawn,
        Self::TapsFenced,
        Self::TapDeliveredOnce,
        Self::PushEventsFenced,
        Self::PushEventsPersisted,
        Self::RefusedPushEventsEnd,
        Self::PushEventOwnerStored,
    ];
}

/// Whether a rule holds in the search that runs on this thread.
pub(in crate::registrar::machine) fn holds(rule: Rule) -> bool {
    BROKEN.get() != Some(rule)
}

/// Breaks one rule on this thread, or none.
pub(super) fn break_rule(rule: Option<Rule>) {
    BROKEN.set(rule);
}
