//! What each action of the environment does, to itself and to the machine.

use std::time::Duration;

use super::action::Action;
use super::cast::{Account, Origin, index};
use super::desk::{Place, TapFate, tap};
use super::environment::{Login, Stored, Write};
use super::laws::{Checked, Law};
use super::scene::{BACKOFF, DRAIN, REASSERT, SECOND, SETTLE};
use super::world::{Stage, World};
use crate::registrar::{Event, Unread};
use crate::vendor::{ImCode, TokenKind};

/// How long a server that asks for a wait asks for.
const ASKED: u64 = 4 * SECOND;

/// What an IM code means to the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Refused, but only for now.
    NotNow,
    /// Refused for good.
    Never,
    /// The server has ended the session.
    SessionOver,
    /// The IM SDK gave up waiting: the request may be there, or still get there.
    Perhaps,
}

pub(super) const fn meaning(code: i32) -> Meaning {
    match code {
        6208 | 6206 | 70001 => Meaning::SessionOver,
        22003 | 6017 => Meaning::Never,
        9520 => Meaning::Perhaps,
        _ => Meaning::NotNow,
    }
}

impl World {
    /// One step of the environment, whether its budget allows it or not.
    pub(super) fn step(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        stage.told.clear();
        stage.note(|| format!("  {action}"));
        match action {
            Action::Start => Ok(()),
            Action::Wait => self.wait(stage),
            Action::Mint(_) | Action::Answer(_) | Action::Refuse(..) | Action::Die(_) => {
                self.step_sdk(stage, action)
            }
            Action::ChannelMade(done) => {
                let Some((id, _)) = self.env.vendor.take() else { return Ok(()) };
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
            Action::Acknowledge | Action::Land(_) | Action::RefuseReport(..) | Action::LoseReport => {
                self.step_report(stage, action)
            }
            Action::Write | Action::WriteSilently | Action::FailWrite => self.step_write(stage, action),
            Action::Crash => self.crash(stage),
            Action::Consent(_)
            | Action::Push(_)
            | Action::Configure(_)
            | Action::Describe
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
        }
    }

    fn step_sdk(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Refuse(slot, code) => {
                let sdk = &mut self.env.sdks[usize::from(slot)];
                let Some((id, _)) = sdk.asked.take() else { return Ok(()) };
                sdk.needless = false;
                let vendor = stage.scene.slots[usize::from(slot)].vendor;
                let code = stage.scene.sdk_codes[usize::from(code)].code(vendor);
                self.told(stage, Event::VendorFailed { id, code })
            }
            Action::Die(place) => {
                self.env.left.deaths = self.env.left.deaths.saturating_sub(1);
                let slot = stage.scene.slots[usize::from(place)];
                let vendor = self.env.vendor_of(stage.scene, slot.kind);
                let sdk = &mut self.env.sdks[usize::from(place)];
                sdk.version = None;
                sdk.held = None;
                self.new_token(stage, slot.kind, vendor);
                self.told(stage, Event::TokenInvalid { vendor: slot.vendor, kind: slot.kind })
            }
            Action::Mint(slot) | Action::Answer(slot) => self.sdk_tells(stage, action, slot),
            _ => Ok(()),
        }
    }

    fn step_session(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Login(account) => self.login(stage, account),
            Action::RequestLogout => {
                let session = self.env.session();
                if let Some(login) = &mut self.env.login {
                    login.draining = Some(self.now + DRAIN);
                    self.env.owed_release = Some((session, login.account));
                }
                self.told(stage, Event::LogoutRequested { session })
            }
            Action::FinishLogout => {
                let session = self.end_session(stage);
                self.told(stage, Event::LoggedOut { session })
            }
            Action::FailLogout => {
                let Some(account) = self.env.login.as_ref().map(|login| login.account) else { return Ok(()) };
                self.login(stage, account)
            }
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

    fn step_app(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Consent(given) => {
                if self.env.consent != Some(given) {
                    self.env.left.switches = self.env.left.switches.saturating_sub(1);
                    self.env.consent = Some(given);
                    self.changed();
                    for sdk in self.env.sdks.iter_mut().filter(|_| !given) {
                        sdk.held = None;
                    }
                }
                self.told(stage, if given { Event::ConsentGranted } else { Event::ConsentWithdrawn })?;
                let runs = self.env.sdks.iter().any(|sdk| sdk.started);
                stage.seen.law(Law::Consent, given || !runs, || {
                    "an SDK runs on although the user took the consent back".to_owned()
                })
            }
            Action::Push(on) => {
                if self.env.push_on != on {
                    self.env.left.switches = self.env.left.switches.saturating_sub(1);
                    self.env.push_on = on;
                    self.changed();
                }
                self.told(stage, if on { Event::PushEnabled } else { Event::PushDisabled })
            }
            Action::Configure(anew) => {
                self.env.configured = true;
                if anew {
                    self.env.left.switches = self.env.left.switches.saturating_sub(1);
                    self.env.version += 1;
                    self.changed();
                    // The election begins anew: nobody need wait for what was asked before.
                    self.env.sdks.iter_mut().for_each(|sdk| sdk.needless = sdk.asked.is_some());
                }
                self.told(stage, Event::Configured(stage.scene.configuration(self.env.version)))
            }
            Action::Describe => {
                if !self.env.described {
                    // Now there may be a vendor, and that is a change.
                    self.env.described = true;
                    self.changed();
                }
                self.told(stage, Event::DeviceFacts(stage.scene.device()))
            }
            Action::Retry => {
                self.changed();
                self.told(stage, Event::UserRetry)
            }
            _ => self.told(stage, Event::NetworkUp),
        }
    }

    fn told(&mut self, stage: &mut Stage<'_>, event: Event) -> Checked {
        self.tell(stage, event).map(drop)
    }

    /// The user or the app changed something: every attempt is worth making again.
    fn changed(&mut self) {
        for ledger in &mut self.env.ledgers {
            ledger.begin_anew();
        }
    }

    fn sdk_tells(&mut self, stage: &mut Stage<'_>, action: Action, place: u8) -> Checked {
        let slot = stage.scene.slots[usize::from(place)];
        let vendor = self.env.vendor_of(stage.scene, slot.kind);
        let sdk = &mut self.env.sdks[usize::from(place)];
        if let Action::Mint(_) = action {
            sdk.version = Some(sdk.minted);
            sdk.minted += 1;
            self.env.left.tokens = self.env.left.tokens.saturating_sub(1);
        }
        let Some(version) = sdk.version else { return Ok(()) };
        sdk.asked = None;
        sdk.needless = false;
        sdk.held = Some(version);
        let worse = stage.scene.slots.iter().zip(&mut self.env.sdks).skip(usize::from(place) + 1);
        let worse = worse.filter(|(other, _)| other.kind == slot.kind);
        worse.for_each(|(_, sdk)| sdk.needless = sdk.asked.is_some());
        self.new_token(stage, slot.kind, vendor);
        self.told(stage, Event::Token { vendor: slot.vendor, kind: slot.kind, text: slot.text(version) })
    }

    /// Another token may be wanted now, which is worth an attempt of its own; another vendor even after a permanent code.
    fn new_token(&mut self, stage: &Stage<'_>, kind: TokenKind, vendor_before: Origin) {
        let changed = self.env.vendor_of(stage.scene, kind) != vendor_before;
        let ledger = &mut self.env.ledgers[index(kind)];
        ledger.not_before = 0;
        if changed {
            ledger.parked = None;
        }
    }

    fn login(&mut self, stage: &mut Stage<'_>, account: Account) -> Checked {
        self.env.left.logins = self.env.left.logins.saturating_sub(1);
        let before =
            self.env.login.as_ref().map(|login| login.account).or_else(|| self.env.left_behind.take());
        if self.env.login.take().is_some_and(|login| !login.released) {
            self.close_session();
        }
        if before.is_some_and(|before| before != account) {
            // Nobody logged the first account out: the server has not forgotten it.
            self.env.server.outdate(stage.scene.server);
        }
        self.changed();
        self.env.login = Some(Login { account, id: None, draining: None, released: false });
        self.told(stage, Event::LoggedIn { account: account.user() })
    }

    /// The current session ends on the server, and in the IM SDK.
    fn end_session(&mut self, stage: &Stage<'_>) -> crate::registrar::SessionId {
        let session = self.env.session();
        if self.env.login.as_ref().is_some_and(|login| !login.released) {
            self.close_session();
        }
        if let Some(login) = self.env.login.take() {
            self.env.server.end_session(login.account, stage.scene.server);
        }
        session
    }

    /// What was told in the session counts no more, and nobody waits for its answers.
    pub(super) fn close_session(&mut self) {
        let (env, now) = (&mut self.env, self.now);
        for request in &mut env.server.wire {
            if request.open_until.take().is_some() {
                env.ledgers[index(request.kind)].unknown_outcome(now, SETTLE);
            }
        }
        env.server.sweep();
        for ledger in &mut env.ledgers {
            ledger.acked = None;
        }
        env.presence.end_session();
    }

    fn step_report(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        if let Action::Land(at) = action {
            self.env.server.land(usize::from(at));
            return Ok(());
        }
        let Some(at) = self.env.server.open() else { return Ok(()) };
        let (id, kind) = (self.env.server.wire[at].id, self.env.server.wire[at].kind);
        let now = self.now;
        match action {
            Action::Acknowledge => {
                self.env.server.land(at);
                let request = self.env.server.wire.remove(at);
                let ledger = &mut self.env.ledgers[index(kind)];
                ledger.acked = Some(request.cargo);
                ledger.fresh_until = now + REASSERT;
                ledger.not_before = 0;
                ledger.asked_until = 0;
                ledger.doubt &= !request.settled;
                self.told(stage, Event::ReportDone { id })
            }
            Action::RefuseReport(code, asks) => {
                let code = stage.scene.im_codes[usize::from(code)];
                let meaning = meaning(code);
                let ledger = &mut self.env.ledgers[index(kind)];
                ledger.not_before = now + BACKOFF;
                let retry_after = asks.then(|| Duration::from_millis(ASKED));
                if asks {
                    ledger.asked_until = now + ASKED;
                }
                match meaning {
                    Meaning::Perhaps => {
                        ledger.unknown_outcome(now, SETTLE);
                        self.env.server.wire[at].open_until = None;
                        self.env.server.sweep();
                        self.env.left.losses = self.env.left.losses.saturating_sub(1);
                    }
                    Meaning::NotNow | Meaning::Never | Meaning::SessionOver => {
                        let request = self.env.server.wire.remove(at);
                        if meaning == Meaning::Never {
                            ledger.parked = Some(request.cargo.map(|minted| minted.slot));
                        }
                    }
                }
                if meaning == Meaning::SessionOver {
                    self.env.left.kicks = self.env.left.kicks.saturating_sub(1);
                    self.end_session(stage);
                }
                self.told(stage, Event::ReportFailed { id, code: ImCode::new(code), retry_after })
            }
            _ => {
                self.env.server.wire[at].open_until = None;
                self.env.server.sweep();
                self.env.left.losses = self.env.left.losses.saturating_sub(1);
                let ledger = &mut self.env.ledgers[index(kind)];
                ledger.unknown_outcome(now, SETTLE);
                ledger.not_before = now + BACKOFF;
                self.told(stage, Event::ReportLost { id })
            }
        }
    }

    fn step_write(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let Some(write) = self.env.write.take() else { return Ok(()) };
        let version = write.version;
        if action == Action::FailWrite {
            self.env.confirmed = false;
            self.env.left.store_faults = self.env.left.store_faults.saturating_sub(1);
            return self.told(stage, Event::StoreFailed { version });
        }
        self.env.disk = Some(write.stored.clone());
        self.env.confirmed = action == Action::Write;
        if write.covers {
            self.env.unrecorded = false;
            self.env.unnamed = false;
        } else {
            self.overwritten(stage, &write.stored);
        }
        if action == Action::WriteSilently {
            let open = write.open_until.is_some();
            self.env.write = open.then_some(Write { landed: true, ..write });
            return Ok(());
        }
        self.told(stage, Event::Stored { version })
    }

    /// A write came too late, maybe in place of what was better.
    fn overwritten(&mut self, stage: &Stage<'_>, stored: &Stored) {
        let (env, server) = (&self.env, &self.env.server);
        let knows = stage.scene.kinds().all(|kind| stored.doubts[index(kind)]);
        let matters = |account| {
            env.may_report() == Some(account) || server.bindings.any(account) || server.may_land(account)
        };
        let names =
            Account::ALL.into_iter().filter(|account| matters(*account)).all(|account| stored.names(account));
        self.env.unrecorded |= !knows;
        self.env.unnamed |= !names;
    }

    fn step_presence(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let desk = &mut self.env.presence;
        let event = match action {
            Action::Foreground => {
                desk.told = Some(Place::Foreground);
                self.env.left.presence = self.env.left.presence.saturating_sub(1);
                Event::Foreground
            }
            Action::Background(unread) => {
                desk.told = Some(Place::Background(unread));
                desk.unread = Some(unread);
                self.env.left.presence = self.env.left.presence.saturating_sub(1);
                Event::Background { unread: Unread::new(unread.into()) }
            }
            Action::Unread(unread) => {
                desk.unread = Some(unread);
                if let Some(Place::Background(_)) = desk.told {
                    desk.told = Some(Place::Background(unread));
                }
                self.env.left.presence = self.env.left.presence.saturating_sub(1);
                Event::Unread { unread: Unread::new(unread.into()) }
            }
            Action::PresenceRefused(code) => {
                let Some(call) = desk.call.take() else { return Ok(()) };
                let code = stage.scene.im_codes[usize::from(code)];
                match meaning(code) {
                    Meaning::Never => desk.given_up = Some(call.place),
                    Meaning::SessionOver => {
                        self.env.left.kicks = self.env.left.kicks.saturating_sub(1);
                        self.end_session(stage);
                    }
                    Meaning::NotNow | Meaning::Perhaps => {}
                }
                Event::PresenceFailed { id: call.id, code: ImCode::new(code) }
            }
            _ => {
                let Some(call) = desk.call.take() else { return Ok(()) };
                desk.known = Some(call.place);
                Event::PresenceDone { id: call.id }
            }
        };
        self.told(stage, event)
    }

    fn step_tap(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let env = &mut self.env;
        let event = match action {
            Action::HostReady => {
                env.host_ready = true;
                Event::HostReady
            }
            Action::Tap(stated) => {
                env.left.taps = env.left.taps.saturating_sub(1);
                env.taps.push(TapFate::new(stated, self.now));
                Event::Tapped(tap(env.taps.len() - 1, stated))
            }
            Action::TapAgain(at) => {
                env.left.repeats = env.left.repeats.saturating_sub(1);
                let fate = &mut env.taps[usize::from(at)];
                if !fate.told {
                    // A process was killed before it could store the tap: to this one it is new.
                    *fate = TapFate::new(fate.stated, self.now);
                }
                Event::Tapped(tap(usize::from(at), env.taps[usize::from(at)].stated))
            }
            Action::TapHandled(at) => {
                let tap = &mut env.taps[usize::from(at)];
                tap.end();
                let Some(id) = tap.id else { return Ok(()) };
                Event::TapHandled { id }
            }
            _ => return Ok(()),
        };
        self.told(stage, event)
    }
}
