//! What the environment does when the machine asks for it, and which promises that puts to the test.

use std::collections::VecDeque;
use std::sync::Arc;

use super::cast::{Account, Cargo, Minted, index};
use super::environment::{Stored, Write};
use super::inbox::place;
use super::laws::{Checked, Law, Violation};
use super::scene::{CHANNEL, Disk, REGISTRATION, SETTLE, STORE};
use super::server::Request;
use super::world::{Stage, World, at, origin};
use crate::certificate::BusinessId;
use crate::registrar::slot::Doubt;
use crate::registrar::{
    Binding, Effect, Event, Machine, NoticeCode, RegistrationId, ReportId, SessionId, StoreVersion,
};
use crate::vendor::{TokenKind, Vendor};

/// The longest snapshot that a walk's machine may write.
const SNAPSHOT: usize = 4 * 1024;

impl World {
    pub(super) fn perform(
        &mut self,
        stage: &mut Stage<'_>,
        effect: Effect,
        queue: &mut VecDeque<Event>,
    ) -> Checked {
        if let Some((id, place)) = place(&effect) {
            return self.perform_presence(stage, id, place);
        }
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
                        sdk.version = None;
                    }
                }
                Ok(())
            }
            Effect::EnsureNotificationChannel { id, .. } => {
                stage.seen.law(Law::S2, self.env.vendor.is_none(), || {
                    "two notification channels are being made".to_owned()
                })?;
                self.env.vendor = Some((id, self.now + CHANNEL));
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
            Effect::ClearNotifications | Effect::EnterForeground { .. } | Effect::EnterBackground { .. } => {
                Ok(())
            }
            Effect::Notice(notice) => {
                stage.seen.notices.insert(notice.code());
                match notice.code() {
                    NoticeCode::TapDropped | NoticeCode::TapExpired | NoticeCode::TapFenced => {
                        self.perform_tap_notice(stage, &notice)
                    }
                    _ => Ok(()),
                }
            }
        }
    }

    fn perform_register(
        &mut self,
        stage: &mut Stage<'_>,
        id: RegistrationId,
        vendor: Vendor,
        kind: TokenKind,
    ) -> Checked {
        let agreed = self.env.agrees();
        stage.seen.law(Law::Consent, agreed, || format!("{vendor} started before the user agreed"))?;
        let place = stage.scene.slots.iter().position(|slot| slot.vendor == vendor && slot.kind == kind);
        let Some(place) = place else {
            return stage.seen.law(Law::S2, false, || format!("{vendor} {kind} has no wired SDK"));
        };
        let sdk = &mut self.env.sdks[place];
        let is_free = sdk.asked.is_none();
        stage.seen.law(Law::S2, is_free, || format!("{vendor} {kind} asked twice at a time"))?;
        sdk.asked = Some((id, self.now + REGISTRATION));
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
        let is_free = self.env.write.as_ref().is_none_or(|write| write.open_until.is_none());
        stage.seen.law(Law::S2, is_free, || "two writes under way".to_owned())?;
        stage
            .seen
            .law(Law::S12, bytes.len() <= SNAPSHOT, || format!("a snapshot of {} bytes", bytes.len()))?;
        let stored = Arc::new(self.stored(stage, bytes));
        match stage.scene.disk {
            Disk::Prompt => {
                self.env.disk = Some(stored);
                self.env.confirmed = true;
                self.env.unrecorded = false;
                self.env.unnamed = false;
                queue.push_back(Event::Stored { version });
            }
            Disk::Slow => {
                let open_until = Some(self.now + STORE);
                self.env.write = Some(Write { version, stored, open_until, landed: false, covers: true });
            }
        }
        Ok(())
    }

    /// What these bytes will mean to a process that starts with them.
    fn stored(&self, stage: &Stage<'_>, bytes: Vec<u8>) -> Stored {
        let origin = origin(stage.scene, self.env.left.crashes);
        let (restored, _) = Machine::restore(origin, stage.scene.policy(), &bytes, at(0));
        Stored {
            bytes,
            doubts: TokenKind::ALL.map(|kind| restored.state.slot(kind).doubt != Doubt::None),
            restored: restored.state,
            // A token that came without the user's consent stays in memory.
            held: self
                .env
                .sdks
                .iter()
                .map(|sdk| sdk.held.filter(|_| self.env.consent != Some(false)))
                .collect(),
            consent: self.env.consent,
            push_on: self.env.push_on,
            taps: self.env.taps.iter().map(|tap| (tap.held, tap.over, tap.deliveries)).collect(),
        }
    }

    fn perform_report(&mut self, stage: &mut Stage<'_>, id: ReportId, binding: &Binding) -> Checked {
        let kind = binding.kind();
        let account = self.env.may_report();
        stage.seen.law(Law::S1, account.is_some(), || "a report without a session that stays".to_owned())?;
        let Some(account) = account else { return Ok(()) };
        stage.seen.law(Law::S2, self.env.server.open().is_none(), || "two reports under way".to_owned())?;
        let cargo = self.cargo(stage, binding)?;
        let recorded = self.env.disk.as_ref().is_some_and(|disk| disk.doubts[index(kind)]);
        let named = self.env.disk.as_ref().is_some_and(|disk| disk.names(account));
        let doubtful = self.machine.state.slot(kind).doubt != Doubt::None;
        stage.seen.law(Law::S10, recorded || doubtful, || {
            "a report of which the store knows nothing, and no doubt stands".to_owned()
        })?;
        let now = self.now;
        let ledger = &mut self.env.ledgers[index(kind)];
        if ledger.acked == Some(cargo) {
            let again = ledger.doubt || ledger.fresh_until <= now;
            stage.seen.law(Law::S6, again, || format!("{cargo:?} reported again without need"))?;
        }
        if let Some(parked) = ledger.parked {
            let changed = parked != cargo.map(|minted| minted.slot);
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
        ledger.tried = Some(cargo);
        if !(recorded && self.env.confirmed) {
            // Should the process end now, nobody would know: the design wants doubt to be assumed.
            if !ledger.doubt {
                ledger.unknown_outcome(now, SETTLE);
            }
            self.env.unrecorded |= !recorded;
        }
        self.env.unnamed |= !named;
        self.env.server.wire.push(Request {
            id,
            account,
            kind,
            cargo,
            open_until: Some(now + super::scene::REPORT),
            dies_at: now + SETTLE,
            landed: false,
            of_current: true,
            unknowable: false,
            settled: ledger.is_settled(now),
        });
        if let Some(write) = &mut self.env.write {
            write.covers = false;
        }
        Ok(())
    }

    /// Which token a report carries, judged by the environment's own list of tokens and certificates.
    fn cargo(&self, stage: &mut Stage<'_>, binding: &Binding) -> Checked<Cargo> {
        let Some(token) = binding.token() else {
            let off = !self.env.push_on || !self.env.agrees();
            stage.seen.law(Law::S1, off, || "pushes turned off though nobody asked for it".to_owned())?;
            return Ok(None);
        };
        let minted =
            stage.scene.slots.iter().zip(&self.env.sdks).enumerate().find_map(|(at, (slot, sdk))| {
                let version = (0..sdk.minted)
                    .find(|version| slot.text(*version).expose_secret() == token.expose_secret())?;
                Some((*slot, Minted { slot: at as u8, version }))
            });
        stage.seen.premise(Law::S5);
        let Some((slot, minted)) = minted else {
            return Err(Violation { law: Law::S5, what: "a text reported that no SDK made".to_owned() });
        };
        let own = slot.kind == binding.kind()
            && binding.vendor() == Some(slot.vendor)
            && binding.business_id().map(BusinessId::as_u32) == Some(slot.business_id());
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
        let owed = self.env.owed_release.take().filter(|(id, _)| *id == session);
        stage.seen.law(Law::S9, owed.is_some(), || "a logout let go on that nobody requested".to_owned())?;
        let Some((_, account)) = owed else { return Ok(()) };
        let is_current = self.env.login.as_ref().is_some_and(|login| login.id == Some(session));
        stage.seen.law(Law::S9, superseded != is_current, || {
            format!(
                "superseded is {superseded}, but the session is {}current",
                if is_current { "" } else { "not " }
            )
        })?;
        let may_land = self.env.server.may_knowably_land(account);
        if clean {
            stage.seen.law(Law::S9, !may_land, || {
                format!("clean, but a request of {} may still land", account.name())
            })?;
        } else {
            // Whoever has logged in again meanwhile is not left behind.
            let is_back = self.env.login.as_ref().is_some_and(|login| login.account == account);
            let remembered = self.possibly_bound(account) || (is_back && !is_current);
            stage.seen.law(Law::S9, remembered, || {
                format!("not clean, but {} is not remembered as possibly bound", account.name())
            })?;
        }
        if let Some(login) = self.env.login.as_mut().filter(|_| is_current) {
            login.draining = None;
            login.released = true;
            self.close_session();
        }
        Ok(())
    }

    pub(super) fn possibly_bound(&self, account: Account) -> bool {
        self.machine.possibly_bound().any(|user| Account::of(user) == Some(account))
    }
}
