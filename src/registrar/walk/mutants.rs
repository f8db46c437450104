//! Machines broken on purpose, one rule at a time, to see that the walk notices.
//!
//! A mutant is either one of the machine's private rules switched off at construction, or a twist: a wrapper at the
//! seam which rewrites what goes in and what comes out. None is a copy of the machine, and no public door leads to any.

use super::scene::Scene;
use super::scenes;
use super::twist::Twist;
use crate::registrar::rules::Rules;

/// A broken machine and where it is looked for.
#[derive(Clone, Debug)]
pub(super) struct Mutant {
    pub(super) name: &'static str,
    pub(super) scene: Scene,
}

impl Mutant {
    /// The same scene with the machine as it is.
    pub(super) fn sound_scene(&self) -> Scene {
        Scene { rules: Rules::DESIGN, twist: None, ..self.scene.clone() }
    }
}

fn ruleless(name: &'static str, scene: &Scene, rules: Rules) -> Mutant {
    Mutant { name, scene: Scene { rules, ..scene.clone() } }
}

fn twisted(name: &'static str, scene: &Scene, twist: Twist) -> Mutant {
    Mutant { name, scene: Scene { twist: Some(twist), ..scene.clone() } }
}

/// All mutants.
pub(super) fn all() -> Vec<Mutant> {
    let r = Rules::DESIGN;
    let life = &scenes::life_in_short();
    vec![
        ruleless("attempt id ignored", life, Rules { attempt_id_checked: false, ..r }),
        ruleless(
            "acknowledgement credited to what is wanted by now",
            life,
            Rules { credits_what_was_carried: false, ..r },
        ),
        ruleless(
            "doubt cleared at any acknowledgement",
            life,
            Rules { doubt_cleared_only_when_settled: false, ..r },
        ),
        ruleless(
            "doubt reset at login",
            &scenes::switch_per_device(),
            Rules { doubt_survives_login: false, ..r },
        ),
        ruleless("unknown outcome without doubt", life, Rules { unknown_outcome_raises_doubt: false, ..r }),
        ruleless("rank allowed to fall", &scenes::two_vendors(), Rules { rank_never_falls: false, ..r }),
        ruleless(
            "report before store, without doubt",
            &scenes::crash_in_short(),
            Rules { intent_stored_before_report: false, ..r },
        ),
        ruleless(
            "failed store without doubt",
            &scenes::store_in_short(),
            Rules { store_failure_raises_doubt: false, ..r },
        ),
        ruleless("6014 ends the session", life, Rules { not_ready_keeps_session: false, ..r }),
        ruleless("permanent code retried", life, Rules { permanent_parks: false, ..r }),
        ruleless("drain that never ends", life, Rules { drain_ends: false, ..r }),
        ruleless("unclean drain called clean", life, Rules { unclean_drain_told: false, ..r }),
        ruleless("draining starts reports", life, Rules { drain_starts_nothing: false, ..r }),
        ruleless(
            "acknowledgement of an earlier session kept",
            life,
            Rules { session_starts_unacknowledged: false, ..r },
        ),
        ruleless(
            "certificate of the vendor proposed",
            &scenes::two_vendors(),
            Rules { certificate_of_vendor: false, ..r },
        ),
        ruleless("token dropped at restore", &scenes::silent_sdk(), Rules { token_persisted: false, ..r }),
        ruleless(
            "doubt dropped at restore",
            &scenes::crash_in_short(),
            Rules { doubt_persisted: false, ..r },
        ),
        ruleless("possibly bound forgotten", life, Rules { possibly_bound_kept: false, ..r }),
        ruleless(
            "released account forgotten",
            &scenes::crash_in_short(),
            Rules { released_kept: false, ..r },
        ),
        ruleless("tap to another account", &scenes::taps_in_short(), Rules { taps_fenced: false, ..r }),
        ruleless("tap delivered again", &scenes::taps_in_short(), Rules { tap_delivered_once: false, ..r }),
        twisted("loss taken for success", life, Twist::LossIsSuccess),
        twisted("refusal taken for success", life, Twist::RefusalIsSuccess),
        twisted("deaf to kicks", life, Twist::DeafToKicks),
        twisted("every report twice", life, Twist::ReportsTwice),
        twisted("logout never let go on", life, Twist::NeverReleases),
        twisted("every logout called clean", life, Twist::AlwaysClean),
        twisted("presence after the session", &scenes::presence(), Twist::PresenceAfterwards),
        twisted("badge left after the session", &scenes::presence(), Twist::BadgeStays),
        twisted("every tap delivered twice", &scenes::taps_in_short(), Twist::DeliversTwice),
        twisted("refresh never", life, Twist::NeverReasserts),
        twisted("settle of no length", life, Twist::ShortSettle),
        twisted("back-off of no length", life, Twist::EagerBackoff),
        twisted("snapshot taken for another installation's", &scenes::silent_sdk(), Twist::ForeignInstall),
        twisted("snapshot not found", &scenes::silent_sdk(), Twist::Forgetful),
        twisted("consent assumed", &scenes::consent(), Twist::AssumesConsent),
    ]
}
