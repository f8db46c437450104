//! What becomes of a report: taken, acknowledged, refused, lost, or answered when nobody waits any more.

use std::time::Duration;

use super::super::action::Action;
use super::super::fixtures::index;
use super::super::laws::{Checked, Law};
use super::super::server::Request;
use super::super::world::{Stage, World};
use crate::registrar::{Event, Lost};
use crate::vendor::ImCode;

/// How long a server that asks for a wait asks for, in times of the back-off's floor.
const ASKED: u64 = 2;

/// What an IM code means to the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Meaning {
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

pub(in super::super) const fn meaning(code: i32) -> Meaning {
    match code {
        6208 | 6206 | 70001 | 70003 => Meaning::SessionOver,
        22003 | 22004 => Meaning::BadToken,
        6017 => Meaning::Never,
        9520 | 6012 | 424_242 => Meaning::Perhaps,
        _ => Meaning::NotNow,
    }
}

impl World {
    pub(super) fn step_report(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
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
        // A drain that is over waits for no answer, though the host may be told of it late.
        let drain = self.env.login.as_ref().and_then(|login| login.draining).unwrap_or(u64::MAX);
        let until = self.env.server.wire[at].open_until.unwrap_or(0).min(drain);
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
                if self.machine.session().is_none() {
                    // A drain is over, though the host may be told of it late: nobody hears the answer.
                    let request = self.env.server.wire.remove(at);
                    let ledger = &mut self.env.ledgers[index(request.kind)];
                    ledger.acked = None;
                    ledger.unknown_outcome(now, times.settle);
                    return self.heard(
                        stage,
                        Event::ReportFailed { id, code: ImCode::from(code), retry_after: None },
                    );
                }
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
                self.answered(stage, until, Event::ReportFailed { id, code: ImCode::from(code), retry_after })
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

    /// The server refuses the token of this report: it counts as dead. Of an empty binding nothing can be
    /// dropped.
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

    pub(super) fn acknowledged(&mut self, stage: &Stage<'_>, at: usize, now: u64) {
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
                self.acknowledged(stage, at, self.heard);
            }
        }
        self.env.server.sweep();
        Ok(())
    }
}
