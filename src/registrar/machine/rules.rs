//! The rules that a walk breaks one at a time, to see that it notices.

/// A rule of the design. Outside of this crate's tests every one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rule {
    /// An answer counts only if it names the attempt under way.
    AttemptIdChecked,
    /// An acknowledgement credits what its attempt carried, not what is wanted by now.
    CreditsWhatWasCarried,
    /// Doubt ends only with a report that was issued after the settle interval.
    DoubtClearedOnlyWhenSettled,
    /// A login leaves doubt as it is.
    DoubtSurvivesLogin,
    /// A report of unknown outcome raises doubt.
    UnknownOutcomeRaisesDoubt,
    /// Within an epoch a worse vendor never takes the place of a better one whose token is held.
    RankNeverFalls,
    /// No report starts before its intent is stored, or doubt stands.
    IntentStoredBeforeReport,
    /// A report carries what its stored intent covers, or is left out.
    ReportCarriesItsIntent,
    /// A store that fails or is slow makes doubt stand.
    StoreFailureRaisesDoubt,
    /// A write is answered for as long as the policy says from when it was taken, not from when it was
    /// queued.
    WriteTimedFromTaking,
    /// The code "not logged in" leaves the session alive.
    NotReadyKeepsSession,
    /// A permanent code stops the attempts.
    PermanentParks,
    /// A code about the token refuses the token alone.
    TokenCodeRefusesToken,
    /// A token text that the server refused is not reported again at once.
    RefusedTextIgnored,
    /// A drain ends at its deadline.
    DrainEnds,
    /// A drain that ends at its deadline says that it is not clean.
    UncleanDrainTold,
    /// Draining starts no report.
    DrainStartsNothing,
    /// A release is judged when it is taken.
    ReleaseJudgedWhenTaken,
    /// A new session has acknowledged nothing.
    SessionStartsUnacknowledged,
    /// A token is reported under its own vendor's certificate, not under that of the vendor proposed.
    CertificateOfVendor,
    /// The owed token is part of the snapshot.
    TokenPersisted,
    /// Doubt and intents are part of the snapshot.
    DoubtPersisted,
    /// An account left with an unknown outcome is remembered.
    PossiblyBoundKept,
    /// Which kinds the server may hold is remembered with the account.
    KindsKept,
    /// An account whose logout was released is kept until the host says that it is done.
    ReleasedKept,
    /// A consent that does not read counts as not given.
    UnreadableConsentIsNo,
    /// An SDK that still works on a request is not asked again.
    OneRegistrationInFlight,
    /// A request that nobody takes is withdrawn.
    UntakenWithdrawn,
    /// A tap stated for another account is fenced.
    TapsFenced,
    /// A tap is delivered once in a process.
    TapDeliveredOnce,
    /// An arrival or click is sent under its own account.
    PushEventsFenced,
    /// Arrivals and clicks are part of the snapshot.
    PushEventsPersisted,
    /// Arrivals and clicks that were refused for good are not sent again.
    RefusedPushEventsEnd,
    /// An arrival or click of nobody is sent only after the account that it was given is stored.
    PushEventOwnerStored,
}

/// Whether a rule holds.
#[cfg(not(test))]
pub(super) const fn holds(_: Rule) -> bool {
    true
}

#[cfg(test)]
pub(super) use super::tests::rules::holds;
