//! The rules that a walk breaks one at a time, to see that it notices.

/// Which of the design's rules hold. Outside of tests it is always [`Rules::DESIGN`]; no public door leads here.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
pub(super) struct Rules {
    /// An answer counts only if it names the attempt under way.
    pub(super) attempt_id_checked: bool,
    /// An acknowledgement credits what its attempt carried, not what is wanted by now.
    pub(super) credits_what_was_carried: bool,
    /// Doubt ends only with a report that was issued after the settle interval.
    pub(super) doubt_cleared_only_when_settled: bool,
    /// A login leaves doubt as it is.
    pub(super) doubt_survives_login: bool,
    /// A report of unknown outcome raises doubt.
    pub(super) unknown_outcome_raises_doubt: bool,
    /// Within an epoch a worse vendor never takes the place of a better one whose token is held.
    pub(super) rank_never_falls: bool,
    /// No report starts before its intent is stored, or doubt stands.
    pub(super) intent_stored_before_report: bool,
    /// A store that fails or is slow makes doubt stand.
    pub(super) store_failure_raises_doubt: bool,
    /// The code "not logged in" leaves the session alive.
    pub(super) not_ready_keeps_session: bool,
    /// A permanent code stops the attempts.
    pub(super) permanent_parks: bool,
    /// A drain ends at its deadline.
    pub(super) drain_ends: bool,
    /// A drain that ends at its deadline says that it is not clean.
    pub(super) unclean_drain_told: bool,
    /// Draining starts no report.
    pub(super) drain_starts_nothing: bool,
    /// A new session has acknowledged nothing.
    pub(super) session_starts_unacknowledged: bool,
    /// A token is reported under its own vendor's certificate, not under that of the vendor proposed.
    pub(super) certificate_of_vendor: bool,
    /// The owed token is part of the snapshot.
    pub(super) token_persisted: bool,
    /// Doubt and intents are part of the snapshot.
    pub(super) doubt_persisted: bool,
    /// An account left with an unknown outcome is remembered.
    pub(super) possibly_bound_kept: bool,
    /// An account whose logout was let go on is kept until the host says that it is done.
    pub(super) released_kept: bool,
    /// A tap stated for another account is fenced.
    pub(super) taps_fenced: bool,
    /// A tap is delivered once in a process.
    pub(super) tap_delivered_once: bool,
}

impl Rules {
    /// All rules hold.
    pub(super) const DESIGN: Self = Self {
        attempt_id_checked: true,
        credits_what_was_carried: true,
        doubt_cleared_only_when_settled: true,
        doubt_survives_login: true,
        unknown_outcome_raises_doubt: true,
        rank_never_falls: true,
        intent_stored_before_report: true,
        store_failure_raises_doubt: true,
        not_ready_keeps_session: true,
        permanent_parks: true,
        drain_ends: true,
        unclean_drain_told: true,
        drain_starts_nothing: true,
        session_starts_unacknowledged: true,
        certificate_of_vendor: true,
        token_persisted: true,
        doubt_persisted: true,
        possibly_bound_kept: true,
        released_kept: true,
        taps_fenced: true,
        tap_delivered_once: true,
    };
}
