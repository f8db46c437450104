//! The environment's side of presence, badge and taps.

use super::cast::Account;
use super::environment::Environment;
use super::laws::{Checked, Law};
use super::scene::{PRESENCE, TAP_EXPIRY, TAP_LIMIT};
use super::world::{Stage, World};
use crate::notification::Tap;
use crate::registrar::{Cause, Effect, Notice, NoticeCode, PresenceId, Receiver, TapExpiry, TapFence, TapId};

/// Where the app is, as the host told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Foreground,
    Background(u16),
}

/// What was told of presence and badge, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct PresenceDesk {
    pub(super) told: Option<Place>,
    pub(super) unread: Option<u16>,
    /// The call under way.
    pub(super) call: Option<Call>,
    /// What the server was told in this session.
    pub(super) known: Option<Place>,
    /// What was refused for good.
    pub(super) given_up: Option<Place>,
    pub(super) badge: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Call {
    pub(super) id: PresenceId,
    pub(super) place: Place,
    pub(super) until: u64,
}

impl PresenceDesk {
    pub(super) fn rename(&mut self, now: u64, name: &mut dyn FnMut(u64) -> u64) {
        if let Some(call) = &mut self.call {
            call.id = name(call.id.as_u64()).into();
            call.until = call.until.saturating_sub(now);
        }
    }

    pub(super) fn end_session(&mut self) {
        self.call = None;
        self.known = None;
        self.given_up = None;
        // The count was that of an account.
        self.unread = None;
        if let Some(Place::Background(_)) = self.told {
            self.told = Some(Place::Background(0));
        }
    }
}

/// What became of one tapped notification.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct TapFate {
    pub(super) stated: Option<Account>,
    /// The machine's name for it; it is the same after a crash.
    pub(super) id: Option<TapId>,
    /// This process knows of it.
    pub(super) told: bool,
    /// The machine has it, and owes its delivery or a notice.
    pub(super) held: bool,
    /// It is over after it was delivered: told once more, it counts no more.
    pub(super) over: bool,
    /// It was delivered in this process.
    pub(super) delivered: bool,
    /// In how many processes it was delivered.
    pub(super) deliveries: u8,
    /// When it came, or this process began.
    pub(super) since: u64,
}

impl TapFate {
    pub(super) const fn new(stated: Option<Account>, since: u64) -> Self {
        Self { stated, id: None, told: true, held: true, over: false, delivered: false, deliveries: 0, since }
    }

    /// Handled, expired, dropped or fenced.
    pub(super) const fn end(&mut self) {
        self.held = false;
        self.over = self.deliveries > 0;
    }

    pub(super) const fn was_delivered(&self) -> bool {
        self.deliveries > 0
    }

    pub(super) fn rename(&mut self, now: u64, name: &mut dyn FnMut(u64) -> u64) {
        self.id = self.id.filter(|_| self.held).map(|id| name(id.as_u64()).into());
        // From here on it is an age, no moment.
        self.since = if self.held { now.saturating_sub(self.since).min(TAP_EXPIRY) } else { 0 };
    }
}

/// The tap at this position, as the host hands it over.
pub(super) fn tap(at: usize, stated: Option<Account>) -> Tap {
    let tap = Tap::from_text(None, "{}").expect("an empty object").with_message_id(format!("tap-{at}"));
    match stated {
        Some(account) => tap.with_account(account.user()),
        None => tap,
    }
}

impl Environment {
    /// Taps that the machine holds, oldest first.
    pub(super) fn held_taps(&self) -> impl Iterator<Item = usize> + '_ {
        self.taps.iter().enumerate().filter(|(_, tap)| tap.held).map(|(at, _)| at)
    }
}

impl World {
    pub(super) fn perform_presence(
        &mut self,
        stage: &mut Stage<'_>,
        id: PresenceId,
        place: Place,
    ) -> Checked {
        let env = &mut self.env;
        let logged_in = env.login.as_ref().is_some_and(|login| !login.released);
        stage.seen.law(Law::S14, logged_in, || format!("{place:?} sent while logged out"))?;
        stage.seen.law(Law::S2, env.presence.call.is_none(), || "two presence calls under way".to_owned())?;
        stage.seen.law(Law::S14, env.presence.told == Some(place), || {
            format!("{place:?} sent, but the host said {:?} last", env.presence.told)
        })?;
        env.presence.call = Some(Call { id, place, until: self.now + PRESENCE });
        Ok(())
    }

    pub(super) fn perform_badge(&mut self, stage: &mut Stage<'_>, count: u32) -> Checked {
        let env = &mut self.env;
        let logged_in = env.login.as_ref().is_some_and(|login| !login.released);
        stage.seen.law(Law::S14, logged_in || count == 0, || format!("badge {count} while logged out"))?;
        stage.seen.law(Law::S14, count <= 999, || format!("badge {count} is more than a vendor shows"))?;
        stage
            .seen
            .law(Law::S14, env.presence.badge != Some(count), || format!("badge {count} sent again"))?;
        let told = env.presence.unread.map(u32::from);
        let truthful = count == 0 || told == Some(count) || told.is_some_and(|told| told > 99 && count >= 99);
        stage.seen.law(Law::S14, truthful, || format!("badge {count}, but {told:?} are unread"))?;
        env.presence.badge = Some(count);
        Ok(())
    }

    pub(super) fn perform_tap(
        &mut self,
        stage: &mut Stage<'_>,
        id: TapId,
        delivered: &Tap,
        receiver: &Receiver,
    ) -> Checked {
        let env = &mut self.env;
        let at = (0..env.taps.len()).find(|at| Some(format!("tap-{at}").as_str()) == delivered.message_id());
        let Some(at) = at else {
            return stage.seen.law(Law::Tap, false, || "a tap delivered that nobody tapped".to_owned());
        };
        let current = env.login.as_ref().filter(|login| !login.released).map(|login| login.account);
        let tap = &mut env.taps[at];
        stage.seen.law(Law::Tap, env.host_ready, || format!("tap {at} before the host was ready"))?;
        stage.seen.law(Law::Tap, tap.held, || format!("tap {at} delivered after it was over"))?;
        stage.seen.law(Law::Tap, !tap.delivered, || format!("tap {at} delivered twice in one process"))?;
        stage.seen.law(Law::Tap, tap.id.is_none_or(|known| known == id), || {
            format!("tap {at} delivered under another id than before the crash")
        })?;
        let right = match (receiver, tap.stated) {
            (Receiver::Stated(user), Some(stated)) => {
                Account::of(user) == Some(stated) && current == Some(stated)
            }
            (Receiver::Assumed(user), None) => Account::of(user).is_some() && Account::of(user) == current,
            (Receiver::Unknown, None) => current.is_some(),
            (Receiver::NotYours(user), Some(stated)) => {
                Account::of(user) == Some(stated)
                    && current != Some(stated)
                    && stage.scene.tap_fence == TapFence::NotYours
            }
            (Receiver::NotYours(user), None) => {
                Account::of(user) != current && stage.scene.tap_fence == TapFence::NotYours
            }
            (Receiver::Stated(_), None) | (Receiver::Assumed(_) | Receiver::Unknown, Some(_)) => false,
        };
        stage.seen.law(Law::Tap, right, || {
            format!(
                "tap {at} stated for {:?} delivered to {receiver:?} while {current:?} is logged in",
                tap.stated
            )
        })?;
        tap.id = Some(id);
        tap.delivered = true;
        tap.deliveries = tap.deliveries.saturating_add(1).min(stage.scene.tap_deliveries);
        Ok(())
    }

    /// A notice that taps are over: those that the machine no longer has must be over indeed.
    pub(super) fn perform_tap_notice(&mut self, stage: &mut Stage<'_>, notice: &Notice) -> Checked {
        let code = notice.code();
        let (now, scene) = (self.now, stage.scene);
        let current = self.env.may_report();
        if code == NoticeCode::TapDropped {
            let full = self.env.held_taps().count() > TAP_LIMIT;
            stage.seen.law(Law::S12, full, || "a tap dropped although there is room".to_owned())?;
        }
        let is_over = |tap: &TapFate| match code {
            NoticeCode::TapExpired => match notice.cause() {
                Some(Cause::Tap(TapExpiry::HeldTooLong)) => now >= tap.since + TAP_EXPIRY,
                Some(Cause::Tap(TapExpiry::DeliveredTooOften)) => tap.deliveries >= scene.tap_deliveries,
                _ => false,
            },
            NoticeCode::TapFenced => {
                scene.tap_fence == TapFence::Drop && current.is_some() && tap.stated != current
            }
            _ => true,
        };
        let most = if code == NoticeCode::TapDropped { 1 } else { usize::MAX };
        let mut over = self.missing_taps();
        over.retain(|at| is_over(&self.env.taps[*at]));
        over.truncate(most);
        for at in &over {
            self.env.taps[*at].end();
        }
        stage.seen.law(Law::L5, !over.is_empty(), || format!("{notice} without a tap that is over"))
    }

    /// Taps that the machine owes, but does not have, oldest first.
    pub(super) fn missing_taps(&self) -> Vec<usize> {
        let has = |at: &usize| {
            let id = format!("tap-{at}");
            self.machine.state.inbox.held.iter().any(|held| held.tap.message_id() == Some(id.as_str()))
        };
        self.env.held_taps().filter(|at| !has(at)).collect()
    }
}

/// Which presence an effect asks for.
pub(super) fn place(effect: &Effect) -> Option<(PresenceId, Place)> {
    match effect {
        Effect::EnterForeground { id } => Some((*id, Place::Foreground)),
        Effect::EnterBackground { id, unread } => {
            Some((*id, Place::Background(u16::try_from(unread.as_u32()).unwrap_or(u16::MAX))))
        }
        _ => None,
    }
}
