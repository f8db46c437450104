//! What each action of the environment does, to itself and to the machine.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use super::action::Action;
use super::env::{Answer, Env, Login, Write};
use super::fixtures::{Account, index};
use super::laws::{Checked, Law};
use super::model::{Place, TapModel};
use super::scene::Refusal;
use super::server::Request;
use super::world::{Stage, World};
use crate::registrar::{Event, IgnoredReason, Lanes, Lost, Unread, Verdict};
use crate::vendor::{ImCode, TokenKind};

/// How long a server that asks for a wait asks for, in times of the back-off's floor.
const ASKED: u64 = 2;

/// What an IM code means to the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Refused, but only for now.
    NotNow,
    /// Refused for good.
    Never,
    /// The token is refused, not the session.
    BadToken,
    /// The server has ended the session.
    SessionOver,
    /// The IM SDK gave up waiting: the request may be there, or still get there.
    Perhaps,
}

pub(super) const fn meaning(code: i32) -> Meaning {
    match code {
        6208 | 6206 | 70001 | 70003 => Meaning::SessionOver,
        22003 | 22004 => Meaning::BadToken,
        6017 => Meaning::Never,
        9520 | 6012 | 424_242 => Meaning::Perhaps,
        _ => Meaning::NotNow,
    }
}

impl Answer {
    /// A token that comes now is not stored.
    pub(super) const fn forbids_tokens(self) -> bool {
        matches!(self, Self::Withdrawn)
    }
}

impl Env {
    /// The write under way has reached the disk.
    pub(super) fn write_landed(&mut self) {
        self.has_landed = true;
        for request in self.server.wire.iter_mut().filter(|request| request.in_write) {
            request.recorded = true;
        }
    }
}

impl Env {
    /// Another vendor may be elected now: that may count as a change, even to an empty binding refused for good.
    pub(super) fn excuse_parked(&mut self, only_empty: bool) {
        for ledger in &mut self.ledgers {
            ledger.is_excused |= ledger.parked.is_some_and(|slot| slot.is_none() || !only_empty);
        }
    }

    fn next_order(&self) -> u8 {
        self.taps.iter().map(|tap| tap.order).max().map_or(0, |order| order.saturating_add(1))
    }
}

impl World {
    /// One step of the environment, whether its budget allows it or not.
    pub(super) fn step(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        stage.told.clear();
        stage.note(|| format!("  {action:?}"));
        let outcome = match action {
            Action::Start => Ok(()),
            Action::Wait => {
                self.env.left.waits = self.env.left.waits.saturating_sub(1);
                self.wait(stage)
            }
            Action::Pass(millis, rings) => self.pass(stage, millis.into(), rings),
            Action::SetBack => {
                self.set_back = true;
                Ok(())
            }
            Action::Echo(at) => {
                let Some(event) = self.echo.get(usize::from(at)).cloned() else { return Ok(()) };
                let name = event.name();
                let before = self.machine.state().clone();
                let verdict = self.tell(stage, event)?;
                let same = !verdict.is_applied() && before == *self.machine.state();
                stage.seen.law(Law::S3, same, || format!("{name}, told once more, was {verdict:?}"))
            }
            Action::Take => self.take_effects(stage, Lanes::ALL, false),
            Action::TakeOn(lane) => self.take_effects(stage, Lanes::NONE.with(lane), false),
            Action::TakeAll => self.take_effects(stage, Lanes::ALL, true),
            Action::Mint(_)
            | Action::Answer(_)
            | Action::Retell(..)
            | Action::Refuse(..)
            | Action::Die(_) => self.step_sdk(stage, action),
            Action::ChannelMade(done) => {
                let Some((id, _)) = self.env.channel.take() else { return Ok(()) };
                self.told(
                    stage,
                    if done {
                        Event::NotificationChannelReady { id }
                    } else {
                        Event::NotificationChannelFailed { id }
                    },
                )
            }
            Action::Login(_)
            | Action::RequestLogout
            | Action::FinishLogout
            | Action::FailLogout
            | Action::Kick
            | Action::Expire
            | Action::Leave => self.step_session(stage, action),
            Action::Acknowledge
            | Action::Land(_)
            | Action::AnswerLate(_)
            | Action::RefuseReport(..)
            | Action::LoseReport => self.step_report(stage, action),
            Action::Write | Action::WriteSilently | Action::FailWrite => self.step_write(stage, action),
            Action::Crash(aftermath) => self.crash(stage, aftermath),
            Action::Consent(_)
            | Action::Push(_)
            | Action::Configure
            | Action::Upgrade
            | Action::Certify(_)
            | Action::Wire(_)
            | Action::Renumber(_)
            | Action::AskConsent
            | Action::Describe
            | Action::Redescribe(_)
            | Action::Retry
            | Action::Network => self.step_app(stage, action),
            Action::Foreground
            | Action::Background(_)
            | Action::Unread(_)
            | Action::PresenceDone
            | Action::PresenceRefused(_) => self.step_presence(stage, action),
            Action::HostReady | Action::Tap(_) | Action::TapAgain(_) | Action::TapHandled(_) => {
                self.step_tap(stage, action)
            }
        };
        self.env.fence_taps(stage.scene);
        self.env.tidy();
        outcome
    }

    /// What the machine will take the time for at the next event.
    fn coming(&self) -> u64 {
        if self.set_back { self.told } else { self.now }
    }

    fn told(&mut self, stage: &mut Stage<'_>, event: Event) -> Checked {
        self.tell(stage, event).map(drop)
    }

    /// An answer that is waited for must count.
    fn answered(&mut self, stage: &mut Stage<'_>, until: u64, event: Event) -> Checked {
        let name = event.name();
        let drain = self.env.login.as_ref().and_then(|login| login.draining).unwrap_or(u64::MAX);
        let late = until.min(drain) <= self.coming();
        let verdict = self.tell(stage, event)?;
        let deaf = stage.mutation.is_some();
        stage
            .seen
            .law(Law::S3, verdict.is_applied() || late || deaf, || format!("{name} in time was {verdict:?}"))
    }

    fn step_sdk(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Refuse(place, code) => {
                let sdk = &mut self.env.sdks[usize::from(place)];
                let Some((id, _)) = sdk.asked.take() else { return Ok(()) };
                sdk.needless = false;
                let vendor = stage.scene.slots[usize::from(place)].vendor;
                let refusal = stage.scene.sdk_codes[usize::from(code)];
                sdk.given_up |= refusal == Refusal::Never;
                sdk.may_be_asked_again = true;
                self.env.excuse_parked(true);
                let code = refusal.code(vendor);
                self.told(stage, Event::VendorFailed { id, code })
            }
            Action::Die(place) => {
                self.env.left.deaths = self.env.left.deaths.saturating_sub(1);
                let slot = stage.scene.slots[usize::from(place)];
                let best = self.env.best(stage.scene, slot.kind);
                let sdk = &mut self.env.sdks[usize::from(place)];
                sdk.version = None;
                sdk.held = None;
                sdk.may_be_asked_again = true;
                self.new_token(stage, slot.kind, best.map(|minted| minted.slot));
                if best.is_some_and(|minted| minted.slot == place) {
                    // A token that was declared invalid will be replaced: that is a change.
                    self.unpark(slot.kind);
                }
                self.told(stage, Event::TokenInvalid { vendor: slot.vendor, kind: slot.kind })
            }
            Action::Mint(place) => {
                let sdk = &mut self.env.sdks[usize::from(place)];
                let version = sdk.minted;
                sdk.minted += 1;
                self.env.left.tokens = self.env.left.tokens.saturating_sub(1);
                self.sdk_tells(stage, place, version)
            }
            Action::Answer(place) => match self.env.sdks[usize::from(place)].version {
                Some(version) => self.sdk_tells(stage, place, version),
                None => Ok(()),
            },
            Action::Retell(place, version) => self.sdk_tells(stage, place, version),
            _ => Ok(()),
        }
    }

    fn sdk_tells(&mut self, stage: &mut Stage<'_>, place: u8, version: u8) -> Checked {
        let at = usize::from(place);
        let slot = stage.scene.slots[at];
        let best = self.env.best(stage.scene, slot.kind).map(|minted| minted.slot);
        let sdk = &mut self.env.sdks[at];
        sdk.version = Some(version);
        let asked = sdk.asked.take();
        let given_up = std::mem::take(&mut sdk.given_up);
        sdk.needless = false;
        let before = sdk.held;
        // It is taken at once; a prompt host is asked to report it before the verdict is known.
        sdk.held = Some(version);
        let refused = sdk.refused;
        for (other, sdk) in stage.scene.slots.iter().zip(&mut self.env.sdks).skip(at + 1) {
            if other.kind == slot.kind {
                sdk.needless = sdk.asked.is_some();
            }
        }
        self.new_token(stage, slot.kind, best);
        let event = Event::Token { vendor: slot.vendor, kind: slot.kind, text: slot.text(version) };
        let verdict = self.tell(stage, event)?;
        if is_refused_text(verdict) {
            stage.seen.law(Law::L1, refused == Some(version), || {
                "a token refused that the server has not refused".to_owned()
            })?;
            // It is no answer: the SDK may still make another.
            self.env.sdks[at].held = before;
            self.env.sdks[at].asked = asked;
            self.env.sdks[at].given_up = given_up;
        } else if verdict == Verdict::Ignored(IgnoredReason::NoRoom) {
            self.env.sdks[at].held = before;
        }
        Ok(())
    }

    /// Another token may be wanted now, which is worth an attempt of its own; another vendor even after a permanent code.
    fn new_token(&mut self, stage: &Stage<'_>, kind: TokenKind, best_before: Option<u8>) {
        let changed = self.env.best(stage.scene, kind).map(|minted| minted.slot) != best_before;
        let ledger = &mut self.env.ledgers[index(kind)];
        ledger.not_before = 0;
        if changed {
            self.unpark(kind);
        }
        self.env.excuse_parked(true);
    }

    /// Another token will be wanted: that is a change, but while pushes are off it need not count as one.
    fn unpark(&mut self, kind: TokenKind) {
        let is_off = self.env.is_off();
        self.env.ledgers[index(kind)].parked.take_if(|slot| slot.is_some() && !is_off);
        self.env.excuse_parked(!is_off);
    }

    fn step_session(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Login(account) => self.login(stage, account),
            Action::RequestLogout => {
                let session = self.env.session();
                let until = self.coming() + stage.scene.times.drain;
                if let Some(login) = &mut self.env.login {
                    login.draining = Some(until);
                    self.env.owed.push((session, login.account));
                }
                self.env.presence.end_calls();
                self.told(stage, Event::LogoutRequested { session })
            }
            Action::FinishLogout => {
                let session = self.end_session(stage);
                self.told(stage, Event::LoggedOut { session })
            }
            Action::FailLogout => match self.env.login.as_ref().map(|login| login.account) {
                Some(account) => self.login(stage, account),
                None => Ok(()),
            },
            _ => {
                self.env.left.kicks = self.env.left.kicks.saturating_sub(1);
                let session = self.end_session(stage);
                let event = match action {
                    Action::Kick => Event::KickedOff { session },
                    Action::Leave => Event::LoggedOut { session },
                    _ => Event::CredentialExpired { session },
                };
                self.told(stage, event)
            }
        }
    }

    fn login(&mut self, stage: &mut Stage<'_>, account: Account) -> Checked {
        self.env.left.logins = self.env.left.logins.saturating_sub(1);
        let before = self.env.login.as_ref().map(|login| login.account).or(self.env.left_behind[0]);
        if self.env.login.take().is_some_and(|login| !login.released) {
            self.close_session(stage);
        }
        if before.is_some_and(|before| before != account) {
            // Nobody logged the first account out: the server has not forgotten it.
            self.env.server.outdate(stage.scene.server);
        }
        self.env.reset_backoff();
        for sdk in &mut self.env.sdks {
            sdk.refused = None;
        }
        self.env.left_behind = [None; 2];
        self.env.has_landed = false;
        self.env.evicted[account.index()] = false;
        self.env.login = Some(Login { account, id: None, draining: None, released: false });
        self.told(stage, Event::LoggedIn { account: account.user() })
    }

    /// The current session ends on the server, and in the IM SDK.
    fn end_session(&mut self, stage: &Stage<'_>) -> crate::registrar::SessionId {
        let session = self.env.session();
        if self.env.login.as_ref().is_some_and(|login| !login.released) {
            self.close_session(stage);
        }
        if let Some(login) = self.env.login.take() {
            self.env.server.end_session(login.account, stage.scene.server);
        }
        session
    }

    /// What was told in the session counts no more, and nobody waits for its answers.
    pub(super) fn close_session(&mut self, stage: &Stage<'_>) {
        let now = self.coming();
        let env = &mut self.env;
        for request in &mut env.server.wire {
            if request.open_until.take().is_some() {
                env.ledgers[index(request.kind)].unknown_outcome(now, stage.scene.times.settle);
            }
        }
        env.server.sweep();
        for ledger in &mut env.ledgers {
            ledger.acked = None;
            ledger.asked_until = 0;
        }
        env.presence.end_session();
    }

    fn step_app(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let slots = stage.scene.slots;
        match action {
            Action::Consent(given) => {
                let answer = if given { Answer::Given } else { Answer::Withdrawn };
                if self.env.answer != answer {
                    self.env.left.switches = self.env.left.switches.saturating_sub(1);
                    let agreed = self.env.agrees();
                    self.env.answer = answer;
                    if !(agreed && given) {
                        self.changed();
                    }
                    for sdk in self.env.sdks.iter_mut().filter(|_| !given) {
                        sdk.held = None;
                        sdk.may_be_asked_again = true;
                    }
                }
                self.told(stage, if given { Event::ConsentGranted } else { Event::ConsentWithdrawn })
            }
            Action::Push(on) => {
                if self.env.push_on != on {
                    self.env.left.switches = self.env.left.switches.saturating_sub(1);
                    self.env.push_on = on;
                    self.env.reset_backoff();
                }
                self.told(stage, if on { Event::PushEnabled } else { Event::PushDisabled })
            }
            Action::Configure
            | Action::Upgrade
            | Action::Certify(_)
            | Action::Wire(_)
            | Action::Renumber(_)
            | Action::AskConsent => {
                let app = &mut self.env.now_app;
                match action {
                    Action::Upgrade => app.version = app.version.wrapping_add(1),
                    Action::Certify(slot) => app.certified ^= 1 << slot,
                    Action::Renumber(slot) => app.renumbered ^= 1 << slot,
                    Action::AskConsent => app.asks_consent ^= true,
                    Action::Wire(slot) => {
                        // One SDK serves all kinds of its vendor.
                        let vendor = slots[usize::from(slot)].vendor;
                        let of_vendor = (0..).zip(slots).filter(|(_, slot)| slot.vendor == vendor);
                        app.wired ^= of_vendor.fold(0, |mask, (at, _)| mask | 1 << at);
                    }
                    _ => {}
                }
                let app = *app;
                if !self.env.app.replace(app).is_some_and(|before| before.says_the_same(app)) {
                    self.env.left.changes = self.env.left.changes.saturating_sub(1);
                    self.changed();
                    // The election begins anew: nobody need wait for what was asked before.
                    self.env.sdks.iter_mut().for_each(|sdk| sdk.needless = sdk.asked.is_some());
                }
                self.told(stage, Event::Configured(app.configuration(slots)))
            }
            Action::Describe | Action::Redescribe(_) => {
                if let Action::Redescribe(phone) = action {
                    self.env.left.changes = self.env.left.changes.saturating_sub(1);
                    self.env.now_phone = phone;
                }
                let phone = stage.scene.phones[usize::from(self.env.now_phone)];
                if self.env.phone != Some(phone) {
                    self.env.phone = Some(phone);
                    self.env.excuse_parked(false);
                    self.ask_again();
                    self.env.sdks.iter_mut().for_each(|sdk| sdk.needless = sdk.asked.is_some());
                }
                self.told(stage, Event::DeviceFacts(phone.facts()))
            }
            Action::Retry => {
                self.changed();
                self.told(stage, Event::UserRetry)
            }
            _ => self.told(stage, Event::NetworkUp),
        }
    }

    /// The epoch changes, or the user asks for it: every attempt, and every text, is worth trying again.
    fn changed(&mut self) {
        self.env.reset_backoff();
        self.ask_again();
    }

    /// Another epoch: every SDK, and every text, is worth trying again.
    fn ask_again(&mut self) {
        for ledger in &mut self.env.ledgers {
            ledger.not_before = 0;
        }
        for sdk in &mut self.env.sdks {
            sdk.refused = None;
            sdk.given_up = false;
        }
    }

    fn step_report(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Land(at) => {
                self.env.server.land(usize::from(at));
                self.env.server.sweep();
                return Ok(());
            }
            Action::AnswerLate(at) => return self.answer_late(stage, usize::from(at)),
            _ => {}
        }
        let Some(at) = self.env.server.open() else { return Ok(()) };
        let (id, kind) = (self.env.server.wire[at].id, self.env.server.wire[at].kind);
        let until = self.env.server.wire[at].open_until.unwrap_or(0);
        let (now, times) = (self.coming(), stage.scene.times);
        match action {
            Action::Acknowledge => {
                let now = self.coming();
                self.acknowledged(stage, at, now);
                let verdicts = self.machine.counters().applied;
                self.answered(stage, until, Event::ReportDone { id })?;
                if self.machine.counters().applied == verdicts {
                    // It came when nobody waited for it any more.
                    let ledger = &mut self.env.ledgers[index(kind)];
                    ledger.acked = None;
                    ledger.unknown_outcome(now, times.settle);
                }
                Ok(())
            }
            Action::RefuseReport(code, asks) => {
                let code = stage.scene.im_codes[usize::from(code)];
                let ledger = &mut self.env.ledgers[index(kind)];
                ledger.not_before = now + times.floor;
                let wait = ASKED * times.floor;
                let retry_after = asks.then(|| Duration::from_millis(wait));
                if asks {
                    ledger.asked_until = now + wait;
                }
                match meaning(code) {
                    Meaning::Perhaps => {
                        ledger.unknown_outcome(now, times.settle);
                        self.env.server.wire[at].open_until = None;
                        self.env.server.sweep();
                        self.env.left.losses = self.env.left.losses.saturating_sub(1);
                    }
                    Meaning::NotNow => drop(self.env.server.wire.remove(at)),
                    Meaning::Never => {
                        let request = self.env.server.wire.remove(at);
                        ledger.parked = Some(request.cargo.map(|minted| minted.slot));
                    }
                    Meaning::BadToken => self.token_refused(at),
                    Meaning::SessionOver => {
                        self.env.server.wire.remove(at);
                        self.env.left.kicks = self.env.left.kicks.saturating_sub(1);
                        self.end_session(stage);
                    }
                }
                self.answered(stage, until, Event::ReportFailed { id, code: ImCode::new(code), retry_after })
            }
            _ => {
                self.env.server.wire[at].open_until = None;
                self.env.server.sweep();
                self.env.left.losses = self.env.left.losses.saturating_sub(1);
                let ledger = &mut self.env.ledgers[index(kind)];
                ledger.unknown_outcome(now, times.settle);
                ledger.not_before = now + times.floor;
                self.answered(stage, until, Event::ReportLost { id, how: Lost::Dropped })
            }
        }
    }

    /// The server refuses the token of this report: it is as good as dead. Of an empty binding nothing can be dropped.
    fn token_refused(&mut self, at: usize) {
        let request = self.env.server.wire.remove(at);
        let ledger = &mut self.env.ledgers[index(request.kind)];
        let Some(minted) = request.cargo else {
            ledger.parked = Some(None);
            return;
        };
        self.env.left.deaths = self.env.left.deaths.saturating_sub(1);
        let sdk = &mut self.env.sdks[usize::from(minted.slot)];
        sdk.refused = Some(minted.version);
        sdk.may_be_asked_again = true;
        sdk.held.take_if(|held| *held == minted.version);
    }

    fn acknowledged(&mut self, stage: &Stage<'_>, at: usize, now: u64) {
        self.env.server.land(at);
        let request = self.env.server.wire.remove(at);
        let ledger = &mut self.env.ledgers[index(request.kind)];
        ledger.acked = Some(request.cargo);
        ledger.fresh_until = now + stage.scene.times.reassert / 10 * 9;
        if stage.scene.times.reassert < 86_400_000 {
            ledger.fresh_until = now + stage.scene.times.reassert;
        }
        ledger.not_before = 0;
        ledger.asked_until = 0;
        ledger.doubt &= !request.settled;
        let unknown = |other: &Request| other.kind == request.kind && other.unknowable;
        self.env.blind[index(request.kind)] &= self.env.server.wire.iter().any(unknown);
    }

    /// The answer comes when the machine should not wait for it any more. It may not know yet.
    fn answer_late(&mut self, stage: &mut Stage<'_>, at: usize) -> Checked {
        self.env.server.land(at);
        let Some(request) = self.env.server.wire.get(at).cloned() else { return Ok(()) };
        let verdict = self.tell(stage, Event::ReportDone { id: request.id })?;
        stage.seen.law(Law::S3, !verdict.is_applied() || request.of_current, || {
            "the answer to a report of a session that is over counts".to_owned()
        })?;
        if verdict.is_applied() && self.env.may_report() == Some(request.account) {
            if let Some(at) = self.env.server.wire.iter().position(|other| other.id == request.id) {
                self.acknowledged(stage, at, self.told);
            }
        }
        self.env.server.sweep();
        Ok(())
    }

    fn step_write(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let Some(write) = self.env.write.take() else { return Ok(()) };
        let (version, open) = (write.version, write.open_until.is_some());
        let until = write.open_until.unwrap_or(0);
        if action == Action::FailWrite {
            self.env.store_fails(self.now, stage.scene.times.settle);
            self.env.left.store_faults = self.env.left.store_faults.saturating_sub(1);
            return self.answered(
                stage,
                until,
                Event::StoreFailed { version, kind: ErrorKind::PermissionDenied },
            );
        }
        self.env.disk = Some(Arc::clone(&write.stored));
        self.env.write_landed();
        if action == Action::WriteSilently {
            self.env.write = open.then_some(Write { landed: true, ..write });
            return Ok(());
        }
        if until > self.coming() {
            self.env.store_trouble = false;
            return self.answered(stage, until, Event::Stored { version });
        }
        self.told(stage, Event::Stored { version })
    }

    fn step_presence(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let leaving = self.env.login.as_ref().is_some_and(|login| login.draining.is_some() || login.released);
        let presence = &mut self.env.presence;
        let until = presence.call.as_ref().map_or(0, |call| call.until);
        let left = self.env.left.presence.saturating_sub(1);
        match action {
            Action::Foreground => presence.unclear |= leaving,
            Action::Background(_) | Action::Unread(_) => presence.unclear = leaving,
            _ => {}
        }
        let event = match action {
            Action::Foreground => {
                presence.told = Some(Place::Foreground);
                self.env.left.presence = left;
                Event::Foreground
            }
            Action::Background(unread) => {
                presence.told = Some(Place::Background(unread));
                presence.unread = Some(unread);
                self.env.left.presence = left;
                Event::Background { unread: Unread::new(unread.into()) }
            }
            Action::Unread(unread) => {
                presence.unread = Some(unread);
                if let Some(Place::Background(_)) = presence.told {
                    presence.told = Some(Place::Background(unread));
                }
                self.env.left.presence = left;
                Event::Unread { unread: Unread::new(unread.into()) }
            }
            Action::PresenceRefused(code) => {
                let Some(call) = presence.call.take() else { return Ok(()) };
                let code = stage.scene.im_codes[usize::from(code)];
                match meaning(code) {
                    Meaning::Never | Meaning::BadToken => presence.given_up = Some(call.place),
                    Meaning::SessionOver => {
                        self.env.left.kicks = self.env.left.kicks.saturating_sub(1);
                        self.end_session(stage);
                    }
                    Meaning::NotNow | Meaning::Perhaps => {}
                }
                Event::PresenceFailed { id: call.id, code: ImCode::new(code) }
            }
            _ => {
                let Some(call) = presence.call.take() else { return Ok(()) };
                presence.known = Some(call.place);
                Event::PresenceDone { id: call.id }
            }
        };
        if matches!(action, Action::PresenceDone) {
            return self.answered(stage, until, event);
        }
        self.told(stage, event)
    }

    fn step_tap(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let now = self.coming();
        let env = &mut self.env;
        match action {
            Action::HostReady => {
                env.host_ready = true;
                self.told(stage, Event::HostReady)
            }
            Action::Tap(stated) => {
                env.left.taps = env.left.taps.saturating_sub(1);
                let at = env.taps.len();
                env.taps.push(TapModel::new(stated, now, env.next_order()));
                self.tap_told(stage);
                self.told(stage, Event::Tapped(TapModel::tap(at, stated)))
            }
            Action::TapAgain(at) => {
                env.left.repeats = env.left.repeats.saturating_sub(1);
                let at = usize::from(at);
                let before = env.taps[at].clone();
                let certain = before.held && !before.uncertain;
                if !certain {
                    // Maybe nobody knows of it any more. Then it is new.
                    env.taps[at] = TapModel::new(before.stated, now, env.next_order());
                    env.taps[at].uncertain = true;
                    self.tap_told(stage);
                }
                let verdict = self.tell(stage, Event::Tapped(TapModel::tap(at, before.stated)))?;
                if certain {
                    return stage.seen.law(Law::Tap, !verdict.is_applied(), || {
                        format!("tap {at}, told again, was {verdict:?}")
                    });
                }
                if verdict.is_applied() {
                    self.env.taps[at].uncertain = false;
                } else {
                    self.env.taps[at] = before;
                }
                Ok(())
            }
            Action::TapHandled(at) => {
                let tap = &mut env.taps[usize::from(at)];
                tap.end();
                match tap.id {
                    Some(id) => self.told(stage, Event::TapHandled { id }),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// One more tap than are held drops the oldest.
    fn tap_told(&mut self, stage: &Stage<'_>) {
        self.env.fence_taps(stage.scene);
        let taps = &mut self.env.taps;
        if taps.iter().any(|tap| tap.uncertain) {
            // Which one is the oldest cannot be told.
            taps.iter_mut().filter(|tap| tap.held).for_each(|tap| tap.uncertain = true);
        } else if taps.iter().filter(|tap| tap.held).count() > stage.scene.tap_limit {
            if let Some(oldest) = taps.iter_mut().filter(|tap| tap.held).min_by_key(|tap| tap.order) {
                oldest.end();
            }
        }
    }
}

fn is_refused_text(verdict: Verdict) -> bool {
    verdict == Verdict::Ignored(IgnoredReason::RefusedByServer)
}
