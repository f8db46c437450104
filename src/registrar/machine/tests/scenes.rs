//! The walks: which phone, which server, and how much may go wrong in each.

use super::fixtures::{Account, Phone, Slot};
use super::scene::{Aftermath, Budget, Disk, Per, Refusal, Scene, ServerModel, Times};
use crate::registrar::{Lane, TapFence};
use crate::vendor::Vendor;

const ANDROID: &[Slot] = &[Slot::standard(Vendor::Xiaomi), Slot::standard(Vendor::Fcm)];
const OPPO: &[Slot] = &[Slot::standard(Vendor::Oppo), Slot::standard(Vendor::Fcm)];
const XIAOMI: &[Slot] = &[Slot::standard(Vendor::Xiaomi)];
const APPLE: &[Slot] = &[Slot::standard(Vendor::Apns), Slot::voip()];
const VOIP: &[Slot] = &[Slot::voip(), Slot::standard(Vendor::Apns)];

const APPLE_PHONE: &[Phone] = &[Phone::Of(Vendor::Apns)];
const ALICE: &[Account] = &[Account::Alice];

const PER_ACCOUNT: ServerModel = ServerModel { per: Per::Account, checks_sessions: false };
const PER_DEVICE: ServerModel = ServerModel { per: Per::Device, checks_sessions: false };

/// Too frequent, not logged in, for good, kicked off, timed out.
const ALL_CODES: &[i32] = &[22006, 6014, 6017, 6208, 9520];
const NONE: Budget = Budget { tokens: 1, logins: 1, silences: 1, ..Budget::NOTHING };

/// The walks of an ordinary test run.
pub(super) fn ordinary() -> Vec<Scene> {
    let mut scenes = vec![joint()];
    for server in ServerModel::ALL {
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
        unreadable_consent(),
        off_and_away(),
        restless(),
        restless_apart(),
        coming_and_going(),
        first_steps(),
        taps_and_a_failing_store(),
        silent_then_consent(),
        refused_token(),
        crowded(),
        late_logout(),
        late_store(),
        late_switch(),
    ]);
    scenes.extend([
        blocked(Lane::ImClient),
        blocked_store(),
        blocked(Lane::Logout),
        blocked(Lane::Vendor(Vendor::Xiaomi)),
        blocked(Lane::NotificationChannels),
        blocked(Lane::Observer),
        blocked(Lane::Badge),
        blocked(Lane::Taps),
        blocked(Lane::PushEvents),
        busy_sdk(),
        voip_left_behind(),
        voip_dies(),
        notification_channel(false),
        notification_channel(true),
        aftermath("a torn snapshot", Aftermath::Torn),
        aftermath("a snapshot of another installation", Aftermath::OtherInstall),
        nobody(),
        presence(),
        receipts_in_short(),
        receipts_over_a_crash(),
        receipts_of_nobody(),
        receipts_beside_a_binding(),
        receipts_and_taps(),
        receipts_and_consent(),
        crowded_receipts(),
        late_receipts(),
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

/// Small walks through every region: what is run for each of many mutants of the code.
pub(super) fn short() -> Vec<Scene> {
    let small = |scene: Scene, less: fn(&mut Budget)| {
        let mut scene = scene;
        less(&mut scene.budget);
        scene
    };
    vec![
        small(life(PER_ACCOUNT), |budget| (budget.tokens, budget.kicks) = (1, 0)),
        small(crash(PER_DEVICE), |budget| (budget.logins, budget.losses) = (2, 0)),
        small(two_vendors(), |budget| budget.tokens = 2),
        small(voip_left_behind(), |budget| budget.logins = 1),
        small(refused_token(), |budget| (budget.deaths, budget.switches) = (1, 0)),
        small(consent(), |budget| (budget.losses, budget.crashes) = (0, 0)),
        voip_dies(),
        blocked(Lane::ImClient),
        blocked_store(),
        blocked(Lane::Vendor(Vendor::Xiaomi)),
        notification_channel(true),
        nobody(),
        presence(),
        small(many_taps(TapFence::Drop), |budget| budget.taps = 2),
    ]
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
        with(joint(), "joint, two deadlines", |budget| budget.waits = 2),
        with(joint(), "joint, three logins", |budget| budget.logins = 3),
        with(voip(PER_ACCOUNT), "VoIP, two sessions", |budget| budget.logins = 2),
        with(two_vendors(), "two vendors, two sessions", |budget| budget.logins = 2),
        with(two_vendors(), "two vendors, a loss", |budget| budget.losses = 1),
        with(busy_sdk(), "busy SDK, a switch", |budget| budget.switches = 1),
        with(late_store(), "late store, two tokens", |budget| budget.tokens = 2),
        with(restless(), "restless, a kick", |budget| budget.kicks = 1),
        with(first_steps(), "first steps, a loss", |budget| budget.losses = 1),
    ];
    for server in ServerModel::ALL {
        scenes.extend([
            with(life(server), "life, two tokens", |budget| budget.tokens = 2),
            with(life(server), "life, two losses", |budget| (budget.tokens, budget.losses) = (2, 2)),
            with(crash(server), "crash, two tokens", |budget| budget.tokens = 2),
            with(crash(server), "crash and a failing store", |budget| budget.store_faults = 1),
            with(crash(server), "crash and a kick", |budget| budget.kicks = 1),
        ]);
    }
    scenes.extend([
        with(silent_sdk(), "silent SDK and losses", |budget| budget.losses = 1),
        with(taps(TapFence::Hold, Disk::Slow, 1), "taps over a crash, heard twice", |budget| {
            budget.repeats = 1;
        }),
        with(taps(TapFence::Hold, Disk::Slow, 2), "taps over a crash, two sessions", |_| {}),
        with(taps(TapFence::Drop, Disk::Slow, 2), "fenced taps over a crash, two sessions", |_| {}),
        with(consent(), "consent, two tokens", |budget| budget.tokens = 2),
        with(first_steps(), "first steps, a crash", |budget| budget.crashes = 1),
        with(voip(PER_DEVICE), "VoIP, one binding per device", |budget| budget.kicks = 1),
    ]);
    scenes
}

/// Both kinds, late taking, a change of account, a withdrawal and a change of configuration together.
pub(super) fn joint() -> Scene {
    Scene {
        phones: APPLE_PHONE,
        late: &[Lane::ImClient, Lane::Logout],
        withdraws: true,
        budget: Budget { tokens: 2, logins: 2, switches: 1, changes: 1, waits: 1, silences: 0, ..NONE },
        ..Scene::plain("joint", APPLE, PER_ACCOUNT)
    }
}

/// Accounts, tokens, and a server that answers in every way.
fn life(server: ServerModel) -> Scene {
    // Two in the first: what a server keeps is not about tokens.
    let tokens = if server == PER_ACCOUNT { 2 } else { 1 };
    Scene {
        im_codes: ALL_CODES,
        persists: true,
        budget: Budget { tokens, logins: 2, kicks: 1, losses: 1, silences: 0, ..NONE },
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
        accounts: ALICE,
        im_codes: &[22006],
        retry_after: true,
        budget: Budget { tokens: 3, deaths: 1, ..NONE },
        ..Scene::plain("two vendors", ANDROID, PER_ACCOUNT)
    }
}

/// SDKs that refuse for good.
fn stubborn_sdks() -> Scene {
    Scene {
        phones: APPLE_PHONE,
        sdk_codes: &[Refusal::Later, Refusal::Never],
        accounts: ALICE,
        persists: true,
        budget: Budget { tokens: 2, losses: 2, ..NONE },
        ..Scene::plain("stubborn SDKs", APPLE, PER_ACCOUNT)
    }
}

/// A process that dies, with a store that takes its time.
fn crash(server: ServerModel) -> Scene {
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
        budget: Budget { tokens: 2, losses: 1, store_faults: 1, ..NONE },
        ..Scene::plain("store", XIAOMI, PER_ACCOUNT)
    }
}

pub(super) fn switch_per_device() -> Scene {
    life(PER_DEVICE)
}

/// Arrivals for two accounts, and a server that answers in every way.
pub(super) fn receipts_in_short() -> Scene {
    Scene {
        im_codes: &[22006, 6014, 6017, 6208],
        budget: Budget { arrivals: 2, repeats: 1, logins: 2, kicks: 1, losses: 1, ..Budget::NOTHING },
        ..Scene::plain("receipts", &[], PER_ACCOUNT)
    }
}

/// Arrivals, a process that dies, and a store that takes its time or fails.
pub(super) fn receipts_over_a_crash() -> Scene {
    Scene {
        disk: Disk::Slow,
        budget: Budget { arrivals: 2, logins: 1, crashes: 1, ..Budget::NOTHING },
        ..Scene::plain("receipts over a crash", &[], PER_ACCOUNT)
    }
}

/// An arrival for nobody in particular, one process after another, and two accounts that log in.
pub(super) fn receipts_of_nobody() -> Scene {
    Scene {
        disk: Disk::Slow,
        budget: Budget { arrivals: 1, logins: 2, crashes: 1, ..Budget::NOTHING },
        ..Scene::plain("receipts of nobody", &[], PER_ACCOUNT)
    }
}

/// An arrival for nobody in particular, beside bindings that tell whose it may be.
fn receipts_beside_a_binding() -> Scene {
    Scene {
        budget: Budget { arrivals: 1, logins: 2, silences: 0, ..NONE },
        ..Scene::plain("receipts beside a binding", XIAOMI, PER_ACCOUNT)
    }
}

/// Clicks, with all that user and host may do beside.
fn receipts_and_taps() -> Scene {
    Scene {
        accounts: ALICE,
        im_codes: &[22006],
        restless: true,
        budget: Budget { arrivals: 1, taps: 1, logins: 1, presence: 1, ..Budget::NOTHING },
        ..Scene::plain("receipts and taps", &[], PER_ACCOUNT)
    }
}

/// Arrivals before and after the user agrees, or has taken it back.
fn receipts_and_consent() -> Scene {
    Scene {
        consent: true,
        aftermaths: &[Aftermath::Same, Aftermath::ConsentUnreadable],
        budget: Budget { arrivals: 1, repeats: 1, logins: 1, switches: 2, crashes: 1, ..Budget::NOTHING },
        accounts: ALICE,
        ..Scene::plain("receipts and consent", &[], PER_ACCOUNT)
    }
}

/// More arrivals than are kept, or fit in one call, and one attempt for each.
fn crowded_receipts() -> Scene {
    Scene {
        im_codes: &[22006],
        accounts: ALICE,
        push_event_limit: 2,
        push_event_batch: 1,
        push_event_attempts: 1,
        budget: Budget { arrivals: 3, repeats: 1, logins: 1, losses: 2, ..Budget::NOTHING },
        ..Scene::plain("crowded receipts", &[], PER_ACCOUNT)
    }
}

/// A host that takes its time with arrivals, and with logouts.
fn late_receipts() -> Scene {
    Scene {
        late: &[Lane::PushEvents, Lane::Logout],
        budget: Budget { arrivals: 2, logins: 2, losses: 1, waits: 1, ..Budget::NOTHING },
        ..Scene::plain("late receipts", &[], PER_ACCOUNT)
    }
}

/// An SDK that tells each token once, and never again.
pub(super) fn silent_sdk() -> Scene {
    Scene {
        sdk_repeats: false,
        disk: Disk::Slow,
        accounts: ALICE,
        budget: Budget { tokens: 2, logins: 2, crashes: 1, ..NONE },
        ..Scene::plain("silent SDK", ANDROID, PER_ACCOUNT)
    }
}

/// Both kinds of token, beside each other.
fn voip(server: ServerModel) -> Scene {
    Scene {
        phones: APPLE_PHONE,
        im_codes: &[22001, 6017],
        budget: Budget { tokens: 2, losses: 1, ..NONE },
        accounts: ALICE,
        ..Scene::plain("VoIP", APPLE, server)
    }
}

/// A VoIP binding that outlives its session or its process before pushes are turned off.
pub(super) fn voip_left_behind() -> Scene {
    Scene {
        phones: APPLE_PHONE,
        budget: Budget { tokens: 1, logins: 2, crashes: 1, switches: 1, silences: 0, ..NONE },
        ..Scene::plain("VoIP left behind", VOIP, PER_ACCOUNT)
    }
}

/// A VoIP token that dies while its SDK is at it.
pub(super) fn voip_dies() -> Scene {
    Scene {
        phones: APPLE_PHONE,
        accounts: ALICE,
        budget: Budget { tokens: 1, deaths: 1, crashes: 1, ..NONE },
        ..Scene::plain("VoIP token dies", VOIP, PER_ACCOUNT)
    }
}

/// A server that refuses tokens, and SDKs that repeat them.
pub(super) fn refused_token() -> Scene {
    Scene {
        accounts: ALICE,
        im_codes: &[22003, 22004, 6017],
        budget: Budget { tokens: 2, logins: 2, deaths: 2, switches: 1, silences: 0, ..NONE },
        ..Scene::plain("refused token", ANDROID, PER_ACCOUNT)
    }
}

/// More accounts than are remembered.
fn crowded() -> Scene {
    Scene {
        accounts: &Account::ALL,
        possibly_bound_limit: 1,
        budget: Budget { logins: 3, silences: 0, ..NONE },
        ..Scene::plain("more accounts than are remembered", XIAOMI, PER_ACCOUNT)
    }
}

/// A release that is taken late, while others log in.
pub(super) fn late_logout() -> Scene {
    Scene {
        late: &[Lane::Logout],
        budget: Budget { logins: 2, kicks: 1, losses: 1, silences: 0, ..NONE },
        ..Scene::plain("late logout", XIAOMI, PER_ACCOUNT)
    }
}

/// A store that is busy.
pub(super) fn late_store() -> Scene {
    Scene {
        late: &[Lane::Store],
        // Longer than other delays, so that a write is taken in the midst of it.
        times: Times { store: 3_000, ..Times::COARSE },
        disk: Disk::Slow,
        accounts: ALICE,
        budget: Budget { store_faults: 1, crashes: 1, silences: 0, ..NONE },
        ..Scene::plain("late store", XIAOMI, PER_ACCOUNT)
    }
}

/// Pushes that are turned off and on while reports wait to be taken, and a process that dies.
pub(super) fn late_switch() -> Scene {
    Scene {
        late: &[Lane::ImClient],
        accounts: ALICE,
        budget: Budget { logins: 2, switches: 2, crashes: 1, silences: 0, ..NONE },
        ..Scene::plain("late switch", XIAOMI, PER_ACCOUNT)
    }
}

/// A host that hangs for good in one of its calls.
fn blocked(lane: Lane) -> Scene {
    let some = Budget { silences: 0, ..NONE };
    let (slots, blocked, budget): (&[Slot], &[Lane], _) = match lane {
        Lane::ImClient => (XIAOMI, &[Lane::ImClient], Budget { presence: 1, ..some }),
        Lane::Store => (XIAOMI, &[Lane::Store], Budget { logins: 2, ..some }),
        Lane::Logout => (XIAOMI, &[Lane::Logout], Budget { logins: 2, losses: 1, ..some }),
        Lane::NotificationChannels => (OPPO, &[Lane::NotificationChannels], some),
        Lane::Badge => (&[], &[Lane::Badge], Budget { logins: 2, presence: 2, ..some }),
        Lane::Taps => (&[], &[Lane::Taps], Budget { logins: 2, taps: 2, ..some }),
        Lane::PushEvents => (&[], &[Lane::PushEvents], Budget { arrivals: 2, logins: 2, ..some }),
        Lane::Observer => (ANDROID, &[Lane::Observer], NONE),
        Lane::Vendor(_) => (ANDROID, &[Lane::Vendor(Vendor::Xiaomi)], NONE),
    };
    let is_oppo = slots.first().is_some_and(|slot| slot.vendor == Vendor::Oppo);
    Scene {
        phones: if is_oppo { &[Phone::Of(Vendor::Oppo)] } else { &[Phone::Of(Vendor::Xiaomi)] },
        notification_channel: is_oppo,
        sdk_codes: &[Refusal::Later],
        blocked,
        budget,
        ..Scene::plain("a lane that is blocked", slots, PER_ACCOUNT)
    }
}

pub(super) fn blocked_store() -> Scene {
    blocked(Lane::Store)
}

/// An SDK whose host is busy.
pub(super) fn busy_sdk() -> Scene {
    Scene {
        late: &[Lane::Vendor(Vendor::Xiaomi), Lane::Vendor(Vendor::Fcm)],
        accounts: ALICE,
        sdk_codes: &[Refusal::Later],
        budget: Budget { tokens: 2, ..NONE },
        ..Scene::plain("busy SDK", ANDROID, PER_ACCOUNT)
    }
}

/// A user who agrees, changes their mind, and turns pushes off and on.
pub(super) fn consent() -> Scene {
    Scene {
        consent: true,
        accounts: ALICE,
        disk: Disk::Slow,
        budget: Budget { losses: 1, crashes: 1, switches: 3, silences: 0, ..NONE },
        ..Scene::plain("consent", XIAOMI, PER_ACCOUNT)
    }
}

/// What the user said is stored, and does not read.
pub(super) fn unreadable_consent() -> Scene {
    Scene {
        accounts: ALICE,
        restless: true,
        aftermaths: &[Aftermath::ConsentUnreadable, Aftermath::Same],
        budget: Budget { crashes: 2, switches: 2, silences: 0, ..NONE },
        ..Scene::plain("unreadable consent", XIAOMI, PER_ACCOUNT)
    }
}

/// A user who turns pushes off while a report is of unknown outcome, and another who logs in.
fn off_and_away() -> Scene {
    Scene {
        disk: Disk::Slow,
        im_codes: &[6017],
        budget: Budget { logins: 2, losses: 1, switches: 1, silences: 0, ..NONE },
        ..Scene::plain("off and away", XIAOMI, PER_ACCOUNT)
    }
}

/// Host and user who repeat themselves all the time.
fn restless() -> Scene {
    Scene {
        restless: true,
        im_codes: &[6017],
        sdk_codes: &[Refusal::Never],
        disk: Disk::Slow,
        accounts: ALICE,
        budget: Budget { switches: 1, changes: 1, store_faults: 1, silences: 0, ..NONE },
        ..Scene::plain("restless", XIAOMI, PER_ACCOUNT)
    }
}

/// An app that starts: everything may come first.
fn first_steps() -> Scene {
    Scene {
        bare: true,
        restless: true,
        consent: true,
        accounts: ALICE,
        budget: Budget { switches: 2, presence: 1, ..NONE },
        ..Scene::plain("first steps", XIAOMI, PER_ACCOUNT)
    }
}

fn taps_and_a_failing_store() -> Scene {
    Scene {
        restless: true,
        disk: Disk::Slow,
        accounts: ALICE,
        budget: Budget { taps: 1, store_faults: 1, ..NONE },
        ..Scene::plain("taps and a failing store", &[], PER_ACCOUNT)
    }
}

/// An app that enters the foreground while this and that is going on.
fn coming_and_going() -> Scene {
    Scene {
        restless: true,
        im_codes: &[22006, 6017, 6208],
        sdk_codes: &[Refusal::Later, Refusal::Never],
        disk: Disk::Slow,
        accounts: ALICE,
        budget: Budget { presence: 1, kicks: 1, ..NONE },
        ..Scene::plain("coming and going", XIAOMI, PER_ACCOUNT)
    }
}

/// The same beside presence and taps.
fn restless_apart() -> Scene {
    Scene {
        restless: true,
        im_codes: &[22006, 6017],
        accounts: ALICE,
        budget: Budget { logins: 2, losses: 1, presence: 2, taps: 1, ..NONE },
        ..Scene::plain("restless, apart from tokens", &[], PER_ACCOUNT)
    }
}

/// An SDK that is silent, and a user who takes the consent back.
fn silent_then_consent() -> Scene {
    Scene {
        restless: true,
        consent: true,
        accounts: ALICE,
        sdk_codes: &[Refusal::Never],
        budget: Budget { switches: 3, ..NONE },
        ..Scene::plain("silent SDK and consent", ANDROID, PER_ACCOUNT)
    }
}

fn notification_channel(named: bool) -> Scene {
    Scene {
        phones: &[Phone::Of(Vendor::Oppo)],
        notification_channel: named,
        sdk_codes: &[Refusal::Never],
        accounts: ALICE,
        budget: Budget { tokens: 2, ..NONE },
        ..Scene::plain("notification channel", OPPO, PER_ACCOUNT)
    }
}

fn aftermath(name: &'static str, aftermath: Aftermath) -> Scene {
    Scene {
        aftermaths: match aftermath {
            Aftermath::Torn => &[Aftermath::Torn],
            _ => &[Aftermath::OtherInstall],
        },
        budget: Budget { logins: 2, losses: 1, crashes: 1, silences: 0, ..NONE },
        ..Scene::plain(name, XIAOMI, PER_ACCOUNT)
    }
}

fn nobody() -> Scene {
    Scene {
        phones: &[Phone::NoBrand],
        bare: true,
        restless: true,
        accounts: ALICE,
        budget: Budget { switches: 1, presence: 1, losses: 1, ..NONE },
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

/// Taps for either account or nobody, passed once or twice, over a crash.
fn taps(tap_fence: TapFence, disk: Disk, logins: u8) -> Scene {
    Scene {
        tap_fence,
        tap_deliveries: 1,
        disk,
        budget: Budget { logins, crashes: 1, taps: 2, repeats: u8::from(disk == Disk::Prompt), ..NONE },
        ..Scene::plain("taps over a crash", &[], PER_ACCOUNT)
    }
}

/// More taps than are held.
fn many_taps(tap_fence: TapFence) -> Scene {
    Scene {
        tap_fence,
        budget: Budget { logins: 2, taps: 3, ..NONE },
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
