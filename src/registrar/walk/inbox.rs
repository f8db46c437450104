//! The environment's side of presence, badge and taps.

use super::cast::Account;
use super::desk::{Call, Place, TapFate};
use super::environment::Environment;
use super::laws::{Checked, Law};
use super::scene::{PRESENCE, TAP_EXPIRY, TAP_LIMIT};
use super::world::{Stage, World};
use crate::notification::Tap;
use crate::registrar::{Cause, Effect, Notice, NoticeCode, PresenceId, Receiver, TapExpiry, TapFence, TapId};

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
