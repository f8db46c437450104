//! Machines broken on purpose, one rule at a time, to see that the walk notices.
//!
//! A mutant is either a rule of the machine's that does not hold for the search that runs, or a mutation: a
//! wrapper at the seam which rewrites what goes in and what comes out. None is a copy of the machine, and no
//! public door leads to any.

use super::mutation::Mutation;
use super::scene::Scene;
use super::scenes;
use crate::registrar::machine::rules::Rule;

/// A broken machine and where it is looked for.
#[derive(Debug)]
pub(super) struct Mutant {
    pub(super) scene: Scene,
    pub(super) rule: Option<Rule>,
    pub(super) mutation: Option<Mutation>,
}

impl Mutant {
    pub(super) fn name(&self) -> String {
        match (self.rule, self.mutation) {
            (Some(rule), _) => format!("without {rule:?}"),
            (None, mutation) => mutation.map(|mutation| format!("{mutation:?}")).unwrap_or_default(),
        }
    }
}

/// All mutants.
pub(super) fn all() -> Vec<Mutant> {
    let without = |(rule, scene): In<Rule>| Mutant { scene: scene(), rule: Some(rule), mutation: None };
    let mutated =
        |(mutation, scene): In<Mutation>| Mutant { scene: scene(), rule: None, mutation: Some(mutation) };
    RULES.iter().copied().map(without).chain(MUTATIONS.iter().copied().map(mutated)).collect()
}

/// Where to look for a mutant.
type In<T> = (T, fn() -> Scene);

const RULES: &[In<Rule>] = &[
    (Rule::AttemptIdChecked, scenes::life_in_short),
    (Rule::CreditsWhatWasCarried, scenes::life_in_short),
    (Rule::DoubtClearedOnlyWhenSettled, scenes::life_in_short),
    (Rule::DoubtSurvivesLogin, scenes::switch_per_device),
    (Rule::UnknownOutcomeRaisesDoubt, scenes::life_in_short),
    (Rule::RankNeverFalls, scenes::two_vendors),
    (Rule::IntentStoredBeforeReport, scenes::crash_in_short),
    (Rule::ReportCarriesItsIntent, scenes::late_switch),
    (Rule::StoreFailureRaisesDoubt, scenes::store_in_short),
    (Rule::WriteTimedFromTaking, scenes::late_store),
    (Rule::NotReadyKeepsSession, scenes::life_in_short),
    (Rule::PermanentParks, scenes::life_in_short),
    (Rule::TokenCodeRefusesToken, scenes::refused_token),
    (Rule::RefusedTextIgnored, scenes::refused_token),
    (Rule::DrainEnds, scenes::life_in_short),
    (Rule::UncleanDrainTold, scenes::life_in_short),
    (Rule::DrainStartsNothing, scenes::life_in_short),
    (Rule::ReleaseJudgedWhenTaken, scenes::late_logout),
    (Rule::SessionStartsUnacknowledged, scenes::life_in_short),
    (Rule::CertificateOfVendor, scenes::two_vendors),
    (Rule::TokenPersisted, scenes::silent_sdk),
    (Rule::DoubtPersisted, scenes::crash_in_short),
    (Rule::PossiblyBoundKept, scenes::life_in_short),
    (Rule::KindsKept, scenes::voip_left_behind),
    (Rule::ReleasedKept, scenes::crash_in_short),
    (Rule::UnreadableConsentIsNo, scenes::unreadable_consent),
    (Rule::OneRegistrationInFlight, scenes::voip_dies),
    (Rule::UntakenWithdrawn, scenes::blocked_store),
    (Rule::TapsFenced, scenes::taps_in_short),
    (Rule::TapDeliveredOnce, scenes::taps_in_short),
    (Rule::PushEventsFenced, scenes::receipts_in_short),
    (Rule::PushEventsPersisted, scenes::receipts_over_a_crash),
    (Rule::RefusedPushEventsEnd, scenes::receipts_in_short),
    (Rule::PushEventOwnerStored, scenes::receipts_of_nobody),
];

const MUTATIONS: &[In<Mutation>] = &[
    (Mutation::LossIsSuccess, scenes::life_in_short),
    (Mutation::RefusalIsSuccess, scenes::life_in_short),
    (Mutation::DeafToKicks, scenes::life_in_short),
    (Mutation::ReportsTwice, scenes::life_in_short),
    (Mutation::NeverReleases, scenes::life_in_short),
    (Mutation::AlwaysClean, scenes::life_in_short),
    (Mutation::PresenceAfterwards, scenes::presence),
    (Mutation::BadgeStays, scenes::presence),
    (Mutation::DeliversTwice, scenes::taps_in_short),
    (Mutation::NeverReasserts, scenes::life_in_short),
    (Mutation::ShortSettle, scenes::life_in_short),
    (Mutation::EagerBackoff, scenes::life_in_short),
    (Mutation::ForeignInstall, scenes::silent_sdk),
    (Mutation::Forgetful, scenes::silent_sdk),
    (Mutation::AssumesConsent, scenes::consent),
    (Mutation::DeafToReceipts, scenes::receipts_in_short),
];
