//! What must hold in every state, whatever comes next.

use super::cast::{Account, index};
use super::laws::{Checked, Law, Names};
use super::scene::{REASSERT, TAP_LIMIT};
use super::world::{Stage, World};
use crate::registrar::StateName;
use crate::registrar::inbox;
use crate::registrar::slot::Doubt;
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

impl World {
    pub(super) fn check(&self, stage: &mut Stage<'_>) -> Checked {
        self.check_belief(stage)?;
        self.check_left_behind(stage)?;
        self.check_deadlines(stage)?;
        self.check_bounds(stage)?;
        self.check_stale(stage)?;
        self.check_harmless(stage)?;
        self.check_malformed(stage)
    }

    /// S8: what the machine is certain of is so.
    fn check_belief(&self, stage: &mut Stage<'_>) -> Checked {
        let Some(account) = self.env.may_report().filter(|_| !self.env.amnesia) else { return Ok(()) };
        for kind in stage.scene.kinds() {
            let slot = self.machine.state.slot(kind);
            if slot.acknowledged.is_none() || slot.doubt != Doubt::None {
                continue;
            }
            let truth = self.env.server.bindings.of(account, kind);
            let told = self.env.ledgers[index(kind)].acked;
            stage.seen.law(Law::S8, told == Some(truth), || {
                format!("certain of {told:?} for {}, but the server has {truth:?}", account.name())
            })?;
            if slot.name() == StateName::Bound {
                let wanted = self.env.wanted(stage.scene, kind);
                stage.seen.law(Law::S8, wanted == Some(truth), || {
                    format!(
                        "content for {}, but the server has {truth:?} instead of {wanted:?}",
                        account.name()
                    )
                })?;
            }
        }
        Ok(())
    }

    /// S9: an account that is not logged in and may be pushed to is remembered.
    fn check_left_behind(&self, stage: &mut Stage<'_>) -> Checked {
        let env = &self.env;
        let current = env.login.as_ref().map(|login| login.account).or(env.left_behind);
        for account in Account::ALL {
            if Some(account) == current || env.amnesia || env.forgotten {
                continue;
            }
            if env.server.bindings.any(account) || env.server.may_land(account) {
                // Or it was logged in when a process ended, so that it is one's own until another logs in.
                let left = self.machine.state.left.as_ref().and_then(|left| Account::of(&left.account));
                let known = self.possibly_bound(account) || left == Some(account);
                stage.seen.law(Law::S9, known, || {
                    format!("{} may still be pushed to, and nobody remembers", account.name())
                })?;
            }
        }
        Ok(())
    }

    /// L2 and S11: who waits knows until when, and that is not for ever.
    fn check_deadlines(&self, stage: &mut Stage<'_>) -> Checked {
        let env = &self.env;
        let due = self.machine.poll_timeout().map(MonotonicTime::as_millis);
        if let Some(due) = due {
            stage.seen.law(Law::S11, due <= self.now + REASSERT, || {
                format!("a deadline {} ms away", due - self.now)
            })?;
        }
        let report = env.server.open().and_then(|at| env.server.wire[at].open_until);
        let waits = [
            ("report", report),
            ("write", env.write.as_ref().and_then(|write| write.open_until)),
            ("presence call", env.presence.call.as_ref().map(|call| call.until)),
            ("logout", env.login.as_ref().and_then(|login| login.draining)),
        ];
        for (what, until) in waits {
            if let Some(until) = until {
                stage.seen.law(Law::L2, due.is_some_and(|due| due <= until), || {
                    format!("a {what} is under way, and the machine will not wake up in time")
                })?;
            }
        }
        Ok(())
    }

    fn check_bounds(&self, stage: &mut Stage<'_>) -> Checked {
        if self.env.ledgers.iter().any(|ledger| ledger.parked.is_some()) {
            // Its conclusion is checked at each report.
            stage.seen.premise(Law::S7);
        }
        let possibly_bound = self.machine.possibly_bound().count();
        stage.seen.law(Law::S12, possibly_bound <= 2, || {
            format!("{possibly_bound} accounts remembered as possibly bound")
        })?;
        let tokens = self.machine.state.tokens.iter().count();
        stage.seen.law(Law::S12, tokens <= 3, || format!("{tokens} tokens held"))?;
        let taps = self.env.held_taps().count();
        stage.seen.law(Law::S12, taps <= TAP_LIMIT, || format!("{taps} taps held"))?;
        let lost = self.missing_taps();
        stage.seen.law(Law::L5, lost.is_empty(), || format!("taps {lost:?} are gone without a notice"))?;
        let logged_out = self.env.login.is_none();
        if logged_out {
            let badge = self.env.presence.badge.unwrap_or_default();
            stage.seen.law(Law::S14, badge == 0, || format!("badge {badge} stays after the session"))?;
        }
        Ok(())
    }

    /// The named state of each region, as the table has them, and of the inbox.
    pub(super) fn state_names(&self) -> Names {
        let [election, session, binding, voip, store, presence] =
            self.machine.state.names().map(StateName::as_str);
        let held = &self.machine.state.inbox.held;
        let inbox = if held.iter().any(|held| held.stage == inbox::Stage::Delivered) {
            "Delivered"
        } else if held.is_empty() {
            "None"
        } else {
            "Held"
        };
        [election, session, binding, voip, store, presence, inbox]
    }

    /// L1: where the server is to have something, it has that, and the machine knows it for certain.
    pub(super) fn missing(&self, stage: &Stage<'_>, kind: TokenKind) -> Option<String> {
        let account = self.env.may_report()?;
        let wanted = self.env.wanted(stage.scene, kind)?;
        let truth = self.env.server.bindings.of(account, kind);
        let told = self.env.ledgers[index(kind)].acked;
        let slot = self.machine.state.slot(kind);
        if told != Some(wanted) {
            Some(format!("{wanted:?} is owed to the server for {}, acknowledged is {told:?}", account.name()))
        } else if slot.acknowledged.is_none() || slot.doubt != Doubt::None {
            Some(format!("{wanted:?} is acknowledged for {}, but not for certain", account.name()))
        } else if truth != wanted && !self.env.amnesia {
            Some(format!("the server has {truth:?} for {} instead of {wanted:?}", account.name()))
        } else {
            None
        }
    }
}
