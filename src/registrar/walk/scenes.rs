//! The walks: which phone, which server, and how much may go wrong in each.

use super::cast::Slot;
use super::scene::{Aftermath, Budget, Disk, Manners, Per, Refusal, Scene};
use crate::registrar::TapFence;
use crate::vendor::Vendor;

const ANDROID: &[Slot] = &[Slot::standard(Vendor::Xiaomi), Slot::standard(Vendor::Fcm)];
const OPPO: &[Slot] = &[Slot::standard(Vendor::Oppo), Slot::standard(Vendor::Fcm)];
const XIAOMI: &[Slot] = &[Slot::standard(Vendor::Xiaomi)];
const APPLE: &[Slot] = &[Slot::standard(Vendor::Apns), Slot::voip()];

const PER_ACCOUNT: Manners = Manners { per: Per::Account, checks_sessions: false };
const PER_DEVICE: Manners = Manners { per: Per::Device, checks_sessions: false };

/// Too frequent, not logged in, not existing certificate, empty token, kicked off, timed out.
const ALL_CODES: &[i32] = &[22006, 6014, 22003, 6208, 9520];
const NONE: Budget = Budget {
    tokens: 1,
    logins: 1,
    kicks: 0,
    losses: 0,
    silences: 1,
    deaths: 0,
    crashes: 0,
    store_faults: 0,
    switches: 0,
    presence: 0,
    taps: 0,
    repeats: 0,
};

/// The walks of an ordinary test run.
pub(super) fn ordinary() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for server in Manners::ALL {
        scenes.push(life(server));
        scenes.push(crash(server));
    }
    scenes.extend([
        voip(PER_ACCOUNT),
        two_vendors(),
        stubborn_sdks(),
        store_in_short(),
        silent_sdk(),
        consent(),
        off_and_away(),
        restless(),
        restless_apart(),
        coming_and_going(),
        first_steps(),
        taps_and_a_failing_store(),
        silent_then_consent(),
        notification_channel(false),
        notification_channel(true),
        aftermath("a torn snapshot", Aftermath::Torn),
        aftermath("a snapshot of another installation", Aftermath::OtherInstall),
        nobody(),
        presence(),
        taps(TapFence::Hold, Disk::Slow, 1),
        taps(TapFence::Hold, Disk::Prompt, 2),
        taps(TapFence::Drop, Disk::Prompt, 2),
        taps(TapFence::NotYours, Disk::Prompt, 2),
        many_taps(TapFence::Hold),
        many_taps(TapFence::Drop),
        many_taps(TapFence::NotYours),
        assumed_taps(TapFence::Hold),
        assumed_taps(TapFence::Drop),
        assumed_taps(TapFence::NotYours),
    ]);
    scenes
}

/// The same with larger budgets, and all troubles at once.
pub(super) fn large() -> Vec<Scene> {
    let with = |scene: Scene, name: &'static str, more: fn(&mut Budget)| {
        let mut scene = Scene { name, ..scene };
        more(&mut scene.budget);
        scene
    };
    // The largest first, so that no thread ends up alone with one.
    let mut scenes = vec![
        with(voip(PER_ACCOUNT), "VoIP, two sessions", |budget| budget.logins = 2),
        with(two_vendors(), "two vendors, two sessions", |budget| budget.logins = 2),
    ];
    for server in Manners::ALL {
        scenes.extend([
            with(life(server), "life, two losses", |budget| budget.losses = 2),
            with(crash(server), "crash, two tokens", |budget| budget.tokens = 2),
            with(crash(server), "crash and a failing store", |budget| budget.store_faults = 1),
            with(crash(server), "crash and a kick", |budget| budget.kicks = 1),
        ]);
    }
    scenes.extend([
        with(silent_sdk(), "silent SDK and losses", |budget| budget.losses = 1),
        with(taps(TapFence::Hold, Disk::Slow, 2), "taps over a crash, two sessions", |_| {}),
        with(taps(TapFence::Drop, Disk::Slow, 2), "fenced taps over a crash, two sessions", |_| {}),
        with(consent(), "consent, two tokens", |budget| budget.tokens = 2),
        with(first_steps(), "first steps, a crash", |budget| budget.crashes = 1),
        with(voip(PER_DEVICE), "VoIP, one binding per device", |budget| budget.kicks = 1),
    ]);
    scenes
}

/// Accounts, tokens, and a server that answers in every way.
fn life(server: Manners) -> Scene {
    Scene {
        im_codes: ALL_CODES,
        budget: Budget { tokens: 2, logins: 2, kicks: 1, losses: 1, silences: 0, ..NONE },
        ..Scene::plain("life", XIAOMI, server)
    }
}

/// The least in which most mutants die.
pub(super) fn life_in_short() -> Scene {
    life(PER_ACCOUNT)
}

/// Two vendors whose SDKs answer late, or refuse, and whose tokens die.
pub(super) fn two_vendors() -> Scene {
    Scene {
        sdk_codes: &[Refusal::Later],
        both_accounts: false,
        im_codes: &[22006],
        retry_after: true,
        budget: Budget { tokens: 3, deaths: 1, losses: 1, ..NONE },
        ..Scene::plain("two vendors", ANDROID, PER_ACCOUNT)
    }
}

/// SDKs that refuse for good.
fn stubborn_sdks() -> Scene {
    Scene {
        sdk_codes: &[Refusal::Later, Refusal::Never],
        both_accounts: false,
        budget: Budget { tokens: 2, ..NONE },
        ..Scene::plain("stubborn SDKs", APPLE, PER_ACCOUNT)
    }
}

/// A process that dies, with a store that takes its time.
fn crash(server: Manners) -> Scene {
    Scene {
        disk: Disk::Slow,
        budget: Budget { logins: 2, losses: 1, crashes: 1, silences: 0, ..NONE },
        ..Scene::plain("crash", XIAOMI, server)
    }
}

pub(super) fn crash_in_short() -> Scene {
    crash(PER_ACCOUNT)
}

/// A store that fails.
pub(super) fn store_in_short() -> Scene {
    Scene {
        disk: Disk::Slow,
        budget: Budget { tokens: 2, logins: 1, losses: 1, store_faults: 1, ..NONE },
        ..Scene::plain("store", XIAOMI, PER_ACCOUNT)
    }
}

pub(super) fn switch_per_device() -> Scene {
    life(PER_DEVICE)
}

/// An SDK that tells each token once, and never again.
pub(super) fn silent_sdk() -> Scene {
    Scene {
        sdk_repeats: false,
        disk: Disk::Slow,
        both_accounts: false,
        budget: Budget { tokens: 2, logins: 2, crashes: 1, ..NONE },
        ..Scene::plain("silent SDK", ANDROID, PER_ACCOUNT)
    }
}

/// Both kinds of token, beside each other.
fn voip(server: Manners) -> Scene {
    Scene {
        im_codes: &[22001, 22003],
        budget: Budget { tokens: 3, logins: 1, losses: 1, ..NONE },
        both_accounts: false,
        ..Scene::plain("VoIP", APPLE, server)
    }
}

/// A user who agrees, changes their mind, and turns pushes off and on.
pub(super) fn consent() -> Scene {
    Scene {
        consent: true,
        both_accounts: false,
        disk: Disk::Slow,
        budget: Budget { losses: 1, crashes: 1, switches: 3, silences: 0, ..NONE },
        ..Scene::plain("consent", XIAOMI, PER_ACCOUNT)
    }
}

/// A user who turns pushes off while a report is of unknown outcome, and another who logs in.
fn off_and_away() -> Scene {
    Scene {
        disk: Disk::Slow,
        im_codes: &[22003],
        budget: Budget { logins: 2, losses: 1, switches: 1, silences: 0, ..NONE },
        ..Scene::plain("off and away", XIAOMI, PER_ACCOUNT)
    }
}

/// Host and user who repeat themselves all the time.
fn restless() -> Scene {
    Scene {
        restless: true,
        im_codes: &[22003],
        sdk_codes: &[Refusal::Never],
        disk: Disk::Slow,
        both_accounts: false,
        budget: Budget { switches: 1, kicks: 1, store_faults: 1, silences: 0, ..NONE },
        ..Scene::plain("restless", XIAOMI, PER_ACCOUNT)
    }
}

/// An app that starts: everything may come first.
fn first_steps() -> Scene {
    Scene {
        bare: true,
        restless: true,
        consent: true,
        both_accounts: false,
        budget: Budget { switches: 2, presence: 1, losses: 1, ..NONE },
        ..Scene::plain("first steps", XIAOMI, PER_ACCOUNT)
    }
}

fn taps_and_a_failing_store() -> Scene {
    Scene {
        restless: true,
        disk: Disk::Slow,
        both_accounts: false,
        budget: Budget { taps: 1, store_faults: 1, ..NONE },
        ..Scene::plain("taps and a failing store", &[], PER_ACCOUNT)
    }
}

/// An app that comes to the foreground while this and that is going on.
fn coming_and_going() -> Scene {
    Scene {
        restless: true,
        im_codes: &[22006, 22003, 6208],
        sdk_codes: &[Refusal::Later, Refusal::Never],
        disk: Disk::Slow,
        both_accounts: false,
        budget: Budget { presence: 1, kicks: 1, ..NONE },
        ..Scene::plain("coming and going", XIAOMI, PER_ACCOUNT)
    }
}

/// The same beside presence and taps.
fn restless_apart() -> Scene {
    Scene {
        restless: true,
        im_codes: &[22006, 6017],
        both_accounts: false,
        budget: Budget { logins: 2, losses: 1, presence: 2, taps: 1, ..NONE },
        ..Scene::plain("restless, apart from tokens", &[], PER_ACCOUNT)
    }
}

/// An SDK that is silent, and a user who takes the consent back.
fn silent_then_consent() -> Scene {
    Scene {
        restless: true,
        consent: true,
        both_accounts: false,
        sdk_codes: &[Refusal::Never],
        budget: Budget { switches: 3, ..NONE },
        ..Scene::plain("silent SDK and consent", ANDROID, PER_ACCOUNT)
    }
}

fn notification_channel(named: bool) -> Scene {
    Scene {
        notification_channel: named,
        sdk_codes: &[Refusal::Never],
        both_accounts: false,
        budget: Budget { tokens: 2, ..NONE },
        ..Scene::plain("notification channel", OPPO, PER_ACCOUNT)
    }
}

fn aftermath(name: &'static str, aftermath: Aftermath) -> Scene {
    Scene {
        aftermath,
        budget: Budget { logins: 2, losses: 1, crashes: 1, silences: 0, ..NONE },
        ..Scene::plain(name, XIAOMI, PER_ACCOUNT)
    }
}

fn nobody() -> Scene {
    Scene {
        bare: true,
        restless: true,
        foreign: true,
        both_accounts: false,
        budget: Budget { switches: 1, ..NONE },
        ..Scene::plain("no vendor", XIAOMI, PER_ACCOUNT)
    }
}

/// Foreground, background and badge, with calls that fail.
pub(super) fn presence() -> Scene {
    Scene {
        im_codes: &[22006, 6017],
        budget: Budget { logins: 2, losses: 1, presence: 3, ..NONE },
        ..Scene::plain("presence", &[], PER_ACCOUNT)
    }
}

/// Taps for either account or nobody, told once or twice, over a crash.
fn taps(tap_fence: TapFence, disk: Disk, logins: u8) -> Scene {
    Scene {
        tap_fence,
        tap_deliveries: 1,
        disk,
        budget: Budget { logins, crashes: 1, taps: 2, repeats: 1, ..NONE },
        ..Scene::plain("taps over a crash", &[], PER_ACCOUNT)
    }
}

/// More taps than are held.
fn many_taps(tap_fence: TapFence) -> Scene {
    Scene {
        tap_fence,
        budget: Budget { logins: 2, taps: 3, repeats: 1, ..NONE },
        ..Scene::plain("many taps", &[], PER_ACCOUNT)
    }
}

/// Taps that nobody states an account for, beside a binding that tells whose they may be.
fn assumed_taps(tap_fence: TapFence) -> Scene {
    Scene {
        tap_fence,
        budget: Budget { logins: 2, taps: 1, repeats: 1, silences: 0, ..NONE },
        ..Scene::plain("assumed taps", XIAOMI, PER_ACCOUNT)
    }
}

pub(super) fn taps_in_short() -> Scene {
    many_taps(TapFence::Hold)
}
