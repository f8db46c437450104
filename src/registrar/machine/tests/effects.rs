//! What the environment does when the machine asks for it, and which promises that puts to the test.

use std::collections::VecDeque;
use std::sync::Arc;

use super::env::{Env, Stored, Write};
use super::fixtures::{Account, App, Cargo, Minted, index};
use super::laws::{Checked, Law, Violation};
use super::model::{Call, Place};
use super::server::Request;
use super::world::{Stage, World};
use crate::certificate::BusinessId;
use crate::notification::Tap;
use crate::registrar::{
    Binding, DoubtStatus, Effect, Event, Notice, NoticeCode, PresenceId, Receiver, RegistrationId, ReportId,
    SessionId, StoreVersion, TapFence, TapId,
};
use crate::vendor::{TokenKind, Vendor};

/// The longest snapshot that the environment's machine may write.
const SNAPSHOT: usize = 8 * 1024;

impl World {
    pub(super) fn perform(
        &mut self,
        stage: &mut Stage<'_>,
        effect: Effect,
        queue: &mut VecDeque<Event>,
    ) -> Checked {
        match effect {
            Effect::RegisterVendor { id, vendor, kind } => self.perform_register(stage, id, vendor, kind),
            Effect::UnregisterVendor { vendor } => {
                stage.seen.law(Law::Consent, !self.env.agrees(), || {
                    format!("{vendor} unregistered although the user agrees")
                })?;
                for (slot, sdk) in stage.scene.slots.iter().zip(&mut self.env.sdks) {
                    if slot.vendor == vendor {
                        sdk.asked = None;
                        sdk.needless = false;
                        sdk.started = false;
                        sdk.may_be_asked_again = false;
                        sdk.version = None;
                    }
                }
                Ok(())
            }
            Effect::EnsureNotificationChannel { id, .. } => {
                self.env.channel = Some((id, self.heard + stage.scene.times.channel));
                Ok(())
            }
            Effect::Store { version, snapshot } => {
                self.perform_store(stage, version, snapshot.into_bytes(), queue)
            }
            Effect::Report { id, binding } => self.perform_report(stage, id, &binding),
            Effect::ReleaseLogout { session, clean, superseded } => {
                self.perform_release(stage, session, clean, superseded)
            }
            Effect::SetBadge { count } => self.perform_badge(stage, count),
            Effect::DeliverTap { id, tap, receiver } => self.perform_tap(stage, id, &tap, &receiver),
            Effect::ReportPushEvents { id, events } => self.perform_receipts(stage, id, &events),
            Effect::EnterForeground { id } => self.perform_presence(stage, id, Place::Foreground),
            Effect::EnterBackground { id, unread } => {
                let unread = u16::try_from(unread.as_u32()).unwrap_or(u16::MAX);
                self.perform_presence(stage, id, Place::Background(unread))
            }
            Effect::Notice(notice) => {
                stage.seen.notices.insert(notice.code());
                self.perform_notice(stage, &notice)
            }
            _ => Ok(()),
        }
    }

    fn perform_register(
        &mut self,
        stage: &mut Stage<'_>,
        id: RegistrationId,
        vendor: Vendor,
        kind: TokenKind,
    ) -> Checked {
        let env = &mut self.env;
        let agreed = env.agrees();
        stage.seen.law(Law::Consent, agreed, || format!("{vendor} started before the user agreed"))?;
        let place = stage.scene.slots.iter().position(|slot| slot.vendor == vendor && slot.kind == kind);
        let usable = place.filter(|at| {
            env.app.is_some_and(|app| app.is_wired(stage.scene.slots, *at) && App::has(app.certified, *at))
        });
        let Some(place) = usable else {
            return stage.seen.law(Law::S4, false, || {
                format!("{vendor} {kind} started without a wired SDK or a certificate")
            });
        };
        let sdk = &mut env.sdks[place];
        let is_free = sdk.asked.is_none_or(|(_, until)| until <= self.heard);
        stage.seen.law(Law::S2, is_free, || format!("{vendor} {kind} asked twice at a time"))?;
        // Its time may be over although no timer has rung.
        let missed = sdk.asked.is_some() && sdk.held.is_none();
        if sdk.started && !std::mem::take(&mut sdk.may_be_asked_again) && !missed {
            // A third token had no room, and it was the worst then.
            let many = stage.scene.slots.iter().filter(|slot| slot.kind == kind).count() > 2;
            stage.seen.law(Law::S2, many, || format!("{vendor} {kind} asked again without a reason"))?;
            (sdk.held, sdk.is_unsure) = (None, false);
        }
        sdk.asked = Some((id, self.heard + stage.scene.times.registration));
        sdk.needless = false;
        sdk.started = true;
        Ok(())
    }

    fn perform_store(
        &mut self,
        stage: &mut Stage<'_>,
        version: StoreVersion,
        bytes: Vec<u8>,
        queue: &mut VecDeque<Event>,
    ) -> Checked {
        let env = &mut self.env;
        let is_free =
            env.write.as_ref().is_none_or(|write| write.open_until.is_none_or(|until| until <= self.heard));
        stage.seen.law(Law::S2, is_free, || "two writes under way".to_owned())?;
        let long = bytes.len();
        stage.seen.law(Law::S12, long <= SNAPSHOT, || format!("a snapshot of {long} bytes"))?;
        env.fence_taps(stage.scene);
        env.tidy();
        let stored = Stored {
            bytes,
            known: env.known,
            // A token that came without the user's consent stays in memory.
            held: env.sdks.iter().map(|sdk| sdk.held.filter(|_| !env.answer.forbids_tokens())).collect(),
            answer: env.answer,
            push_on: env.push_on,
            install: env.install,
            login: env.login.as_ref().map(|login| login.account).or(env.left_behind[1]),
            taps: env.taps.clone(),
            receipts: env.receipts.stored(),
            #[cfg(test)]
            ahead: None,
        };
        #[cfg(test)]
        let stored = stored.look_ahead(stage, env.left.crashes);
        let stored = Arc::new(stored);
        for request in &mut env.server.wire {
            request.in_write = true;
        }
        if Self::is_prompt(stage) {
            env.disk = Some(stored);
            env.write_landed();
            env.store_trouble = false;
            queue.push_back(Event::Stored { version });
        } else {
            let open_until = Some(self.heard + stage.scene.times.store);
            env.write = Some(Write { version, stored, open_until, landed: false });
        }
        Ok(())
    }

    fn is_prompt(stage: &Stage<'_>) -> bool {
        stage.scene.disk == super::scene::Disk::Prompt
    }

    fn perform_report(&mut self, stage: &mut Stage<'_>, id: ReportId, binding: &Binding) -> Checked {
        let kind = binding.kind();
        let account = self.env.may_report();
        stage.seen.law(Law::S1, account.is_some(), || "a report without a session that stays".to_owned())?;
        let Some(account) = account else { return Ok(()) };
        self.env.expire_reports(stage.scene, self.heard);
        stage.seen.law(Law::S2, self.env.server.open().is_none(), || "two reports under way".to_owned())?;
        let cargo = self.cargo(stage, binding)?;
        let (now, times) = (self.heard, &stage.scene.times);
        let env = &mut self.env;
        let ledger = &mut env.ledgers[index(kind)];
        if ledger.acked == Some(cargo) {
            let again = ledger.doubt || ledger.fresh_until <= now;
            stage.seen.law(Law::S6, again, || format!("{cargo:?} reported again without need"))?;
        }
        if let Some(parked) = ledger.parked {
            let changed = parked != cargo.map(|minted| minted.slot) || ledger.is_excused;
            stage.seen.law(Law::S7, changed, || "reported again after a permanent code".to_owned())?;
        }
        let may_try = ledger.not_before <= now || ledger.tried != Some(cargo);
        stage.seen.law(Law::S11, may_try, || {
            format!("{} ms sooner than the floor of the back-off", ledger.not_before - now)
        })?;
        stage.seen.law(Law::S11, ledger.asked_until <= now, || {
            format!("{} ms sooner than the server asked", ledger.asked_until - now)
        })?;
        ledger.acked = None;
        ledger.parked = None;
        ledger.is_excused = false;
        ledger.tried = Some(cargo);
        if env.store_trouble {
            // Should the process end now, nobody would know: the design wants doubt to be assumed.
            ledger.unknown_outcome(now, times.settle);
        }
        let recorded = !env.store_trouble && env.disk.is_some();
        if !env.has_landed {
            // No write of this session has reached the disk, so no intent of it is stored.
            let diagnosis = self.machine.diagnose();
            let status = diagnosis.beliefs.iter().find(|status| status.kind == kind);
            let doubts = status.is_none_or(|status| status.doubt != DoubtStatus::None);
            stage.seen.law(Law::S10, doubts, || {
                "a report of which the store knows nothing, and no doubt stands".to_owned()
            })?;
        }
        if cargo.is_some() {
            env.known[account.index()][index(kind)] = true;
            if recorded {
                // S10: the intent is stored by now. A restart is held to that.
                stage.seen.premise(Law::S10);
                let stored = env.disk.iter_mut().chain(env.write.as_mut().map(|write| &mut write.stored));
                for stored in stored {
                    Arc::make_mut(stored).known[account.index()][index(kind)] = true;
                }
            }
        }
        env.server.wire.push(Request {
            id,
            account,
            session: env.session(),
            kind,
            cargo,
            open_until: Some(now + times.report),
            dies_at: self.now + times.settle,
            landed: false,
            of_current: true,
            unknowable: false,
            recorded,
            in_write: false,
            settled: env.ledgers[index(kind)].is_settled(self.rung),
        });
        Ok(())
    }

    /// Which token a report carries, judged by the environment's own list of tokens and certificates.
    fn cargo(&self, stage: &mut Stage<'_>, binding: &Binding) -> Checked<Cargo> {
        let Some(token) = binding.token() else {
            let off = self.env.is_off();
            stage.seen.law(Law::S1, off, || "pushes turned off though nobody asked for it".to_owned())?;
            return Ok(None);
        };
        let on = self.env.agrees() && self.env.push_on;
        stage.seen.law(Law::S1, on, || "a token reported although pushes are off".to_owned())?;
        let minted =
            stage.scene.slots.iter().zip(&self.env.sdks).enumerate().find_map(|(at, (slot, sdk))| {
                let version = (0..sdk.minted)
                    .find(|version| slot.text(*version).expose_secret() == token.expose_secret())?;
                Some((*slot, Minted { slot: at as u8, version, renumbered: false }))
            });
        stage.seen.premise(Law::S5);
        let Some((slot, mut minted)) = minted else {
            return Err(Violation { law: Law::S5, what: "a text reported that no SDK made".to_owned() });
        };
        let held = self.env.sdks[usize::from(minted.slot)].held;
        stage.seen.law(Law::S5, held == Some(minted.version), || {
            format!("version {} of {} reported, but {held:?} is held", minted.version, slot.vendor)
        })?;
        let refused = self.env.sdks[usize::from(minted.slot)].refused;
        stage.seen.law(Law::S7, refused != Some(minted.version), || {
            format!(
                "version {} of {} reported again, which the server has refused",
                minted.version, slot.vendor
            )
        })?;
        let certified = self.env.app.is_some_and(|app| App::has(app.certified, usize::from(minted.slot)));
        minted.renumbered =
            self.env.app.is_some_and(|app| App::has(app.renumbered, usize::from(minted.slot)));
        let own = certified
            && slot.kind == binding.kind()
            && binding.vendor() == Some(slot.vendor)
            && binding.business_id().map(BusinessId::as_u32) == Some(slot.business_id(minted.renumbered));
        stage.seen.law(Law::S4, own, || {
            format!("the token of {} reported under certificate {:?}", slot.vendor, binding.business_id())
        })?;
        Ok(Some(minted))
    }

    fn perform_release(
        &mut self,
        stage: &mut Stage<'_>,
        session: SessionId,
        clean: bool,
        superseded: bool,
    ) -> Checked {
        let owed = self.env.owed.iter().position(|(id, _)| *id == session);
        stage.seen.law(Law::S9, owed.is_some(), || "a logout let go on that nobody requested".to_owned())?;
        let Some((_, account)) = owed.map(|at| self.env.owed.remove(at)) else { return Ok(()) };
        let is_current = self.env.login.as_ref().is_some_and(|login| login.id == Some(session));
        stage.seen.law(Law::S9, superseded != is_current, || {
            let not = if is_current { "" } else { "not " };
            format!("superseded is {superseded}, but the session is {not}current")
        })?;
        let sessions = &self.env.sessions;
        let began = sessions.iter().position(|known| *known == session).map_or(0, |at| at + 1);
        let may_land = self.env.server.may_knowably_land(account, session, &sessions[began..]);
        if clean {
            stage.seen.law(Law::S9, !may_land, || {
                format!("clean, but a request of {} may still land", account.name())
            })?;
        } else {
            // Whoever has logged in again meanwhile is not left behind.
            let is_back = self.env.login.as_ref().is_some_and(|login| login.account == account);
            let remembered = self.possibly_bound(account) || (is_back && !is_current);
            stage.seen.law(Law::S9, remembered || self.env.evicted[account.index()], || {
                format!("not clean, but {} is not remembered as possibly bound", account.name())
            })?;
        }
        if let Some(login) = self.env.login.as_mut().filter(|_| is_current) {
            login.draining = None;
            login.released = true;
            self.close_session(stage);
        }
        Ok(())
    }

    pub(super) fn possibly_bound(&self, account: Account) -> bool {
        self.machine.possibly_bound().any(|user| Account::of(user) == Some(account))
    }

    fn perform_presence(&mut self, stage: &mut Stage<'_>, id: PresenceId, place: Place) -> Checked {
        let presence = &mut self.env.presence;
        let logged_in = self.env.login.as_ref().is_some_and(|login| !login.released);
        stage.seen.law(Law::S14, logged_in, || format!("{place:?} sent while logged out"))?;
        let is_free = presence.call.as_ref().is_none_or(|call| call.until <= self.heard);
        stage.seen.law(Law::S2, is_free, || "two presence calls under way".to_owned())?;
        stage.seen.law(Law::S14, presence.heard == Some(place) || presence.unclear, || {
            format!("{place:?} sent, but the host said {:?} last", presence.heard)
        })?;
        presence.call = Some(Call { id, place, until: self.heard + stage.scene.times.presence });
        Ok(())
    }

    fn perform_badge(&mut self, stage: &mut Stage<'_>, count: u32) -> Checked {
        let presence = &mut self.env.presence;
        let logged_in = self.env.login.as_ref().is_some_and(|login| !login.released);
        stage.seen.law(Law::S14, logged_in || count == 0, || format!("badge {count} while logged out"))?;
        stage.seen.law(Law::S14, count <= 999, || format!("badge {count} is more than a vendor shows"))?;
        stage.seen.law(Law::S14, presence.badge != Some(count), || format!("badge {count} sent again"))?;
        let heard = presence.unread.map(u32::from);
        let truthful = presence.unclear
            || count == 0
            || heard == Some(count)
            || heard.is_some_and(|heard| heard > 99 && count >= 99);
        stage.seen.law(Law::S14, truthful, || format!("badge {count}, but {heard:?} are unread"))?;
        presence.badge = Some(count);
        Ok(())
    }

    fn perform_tap(
        &mut self,
        stage: &mut Stage<'_>,
        id: TapId,
        delivered: &Tap,
        receiver: &Receiver,
    ) -> Checked {
        let env = &mut self.env;
        let at = delivered.message_id().and_then(|id| id.strip_prefix("tap-")?.parse::<usize>().ok());
        let Some(at) = at.filter(|at| *at < env.taps.len()) else {
            return stage.seen.law(Law::Tap, false, || "a tap delivered that nobody tapped".to_owned());
        };
        let current = env.login.as_ref().filter(|login| !login.released).map(|login| login.account);
        let tap = &mut env.taps[at];
        stage.seen.law(Law::Tap, env.host_ready, || format!("tap {at} before the host was ready"))?;
        tap.held |= tap.uncertain;
        stage.seen.law(Law::Tap, tap.held, || format!("tap {at} delivered after it was over"))?;
        stage.seen.law(Law::Tap, !tap.delivered, || format!("tap {at} delivered twice in one process"))?;
        stage.seen.law(Law::Tap, tap.id.is_none_or(|known| known == id), || {
            format!("tap {at} delivered under another id than before the crash")
        })?;
        let not_yours = stage.scene.tap_fence == TapFence::NotYours;
        let right = match (receiver, tap.stated) {
            (Receiver::Stated(user), Some(stated)) => {
                Account::of(user) == Some(stated) && current == Some(stated)
            }
            (Receiver::Assumed(user), None) => Account::of(user).is_some() && Account::of(user) == current,
            (Receiver::Unknown, None) => current.is_some(),
            (Receiver::NotYours(user), Some(stated)) => {
                Account::of(user) == Some(stated) && current != Some(stated) && not_yours
            }
            (Receiver::NotYours(user), None) => Account::of(user) != current && not_yours,
            _ => false,
        };
        stage.seen.law(Law::Tap, right, || {
            format!("tap {at} stated for {:?} delivered to {receiver:?} of {current:?}", tap.stated)
        })?;
        tap.id = Some(id);
        tap.uncertain = false;
        tap.delivered = true;
        tap.deliveries = tap.deliveries.saturating_add(1).min(stage.scene.tap_deliveries);
        Ok(())
    }

    /// A notice that a tap is over: one must be.
    fn perform_notice(&mut self, stage: &mut Stage<'_>, notice: &Notice) -> Checked {
        let over = |env: &Env| env.taps.iter().any(|tap| !tap.held || tap.uncertain);
        match notice.code() {
            NoticeCode::TapDropped | NoticeCode::TapExpired if !stage.scene.is_late() => {
                stage.seen.law(Law::L5, over(&self.env), || format!("{notice} without a tap that is over"))
            }
            NoticeCode::HostBusy => {
                let again = std::mem::replace(&mut self.env.told_busy, true) && stage.scene.late.is_empty();
                stage.seen.law(Law::L2, !again, || format!("{notice} again, though nothing was taken"))
            }
            NoticeCode::TapFenced => {
                let fenced = stage.scene.tap_fence == TapFence::Drop;
                stage.seen.law(Law::Tap, fenced, || format!("{notice} although the policy keeps them"))
            }
            _ => Ok(()),
        }
    }
}
