//! What must hold in every state, whatever comes next.

use super::fixtures::{Account, index};
use super::laws::{Checked, Law};
use super::world::{Stage, World};
use crate::registrar::{Belief, Diagnosis, DoubtStatus, Effect, Lane};
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

impl World {
    pub(super) fn check(&self, stage: &mut Stage<'_>) -> Checked {
        self.check_belief(stage)?;
        self.check_left_behind(stage)?;
        self.check_deadlines(stage)?;
        self.check_untaken(stage)?;
        self.check_receipts(stage)?;
        self.check_bounds(stage)
    }

    /// What the machine believes of the server, for certain.
    fn certainty(&self, kind: TokenKind) -> Option<Belief> {
        Self::certain(&self.machine.diagnose(), kind)
    }

    fn certain(diagnosis: &Diagnosis, kind: TokenKind) -> Option<Belief> {
        let status = diagnosis.beliefs.iter().find(|status| status.kind == kind)?;
        (status.doubt == DoubtStatus::None && status.belief != Belief::Unknown).then_some(status.belief)
    }

    /// S8: what the machine is certain of is so.
    fn check_belief(&self, stage: &mut Stage<'_>) -> Checked {
        let Some(account) = self.env.may_report() else { return Ok(()) };
        let diagnosis = self.machine.diagnose();
        for kind in stage.scene.kinds() {
            if self.env.blind[index(kind)] || self.env.forgotten.iter().any(|kinds| kinds[index(kind)]) {
                continue;
            }
            let truth = self.env.server.bindings.of(account, kind);
            let wanted = self.env.wanted(stage.scene, kind);
            if kind == TokenKind::Standard && diagnosis.reachable {
                let unsure = self.env.is_unsure(stage.scene, kind);
                let so = truth.is_some() && (unsure || wanted.is_none_or(|wanted| wanted == truth));
                stage.seen.law(Law::S8, so, || {
                    format!("{} is said to be reachable, but the server has {truth:?}", account.name())
                })?;
            }
            let Some(acked) = self.env.ledgers[index(kind)].acked else { continue };
            let Some(belief) = Self::certain(&diagnosis, kind) else { continue };
            let true_belief = if truth.is_some() { Belief::Bound } else { Belief::Unbound };
            stage.seen.law(Law::S8, acked == truth && belief == true_belief, || {
                format!(
                    "certain of {belief:?} and {acked:?} for {}, but the server has {truth:?}",
                    account.name()
                )
            })?;
        }
        Ok(())
    }

    /// S9: an account that is not logged in and may be pushed to is remembered.
    fn check_left_behind(&self, stage: &mut Stage<'_>) -> Checked {
        let env = &self.env;
        let current = env.login.as_ref().map(|login| login.account);
        let current = [current, env.left_behind[0], env.left_behind[1]];
        let left: Vec<_> = Account::ALL
            .into_iter()
            .filter(|account| !current.contains(&Some(*account)) && env.may_have_any(*account))
            .collect();
        for account in left {
            if self.possibly_bound(account) || self.env.is_forgotten(account) {
                continue;
            }
            stage.seen.law(Law::S9, false, || {
                format!("{} may still be pushed to, and nobody remembers", account.name())
            })?;
        }
        stage.seen.premise(Law::S9);
        Ok(())
    }

    /// L2 and S11: who waits knows until when, and that is not for ever.
    fn check_deadlines(&self, stage: &mut Stage<'_>) -> Checked {
        let env = &self.env;
        let due = self.machine.poll_timeout().map(MonotonicTime::as_millis);
        let longest =
            stage.scene.times.reassert.max(stage.scene.times.cap) / 10 * 11 + stage.scene.times.reassert % 10;
        if let Some(due) = due {
            stage.seen.law(Law::S11, due <= self.now + longest.max(86_400_000), || {
                format!("a deadline {} ms away", due - self.now)
            })?;
        }
        let report = env.server.open().and_then(|at| env.server.wire[at].open_until);
        let logout = env.login.as_ref().and_then(|login| login.draining);
        let waits = [
            ("report", report),
            ("write", env.write.as_ref().and_then(|write| write.open_until)),
            ("presence call", env.presence.call.as_ref().map(|call| call.until)),
            ("report of push events", env.receipts.awaited_until()),
            ("logout", logout.filter(|_| !stage.scene.is_blocked(Lane::Logout))),
        ];
        for (what, until) in waits {
            // Once its time is over, the effect that says so waits to be taken.
            if let Some(until) = until.filter(|until| *until > self.now) {
                let untaken = env.untaken_since.is_some() || logout.is_some_and(|until| until <= self.heard);
                stage.seen.law(Law::L2, untaken || due.is_some_and(|due| due <= until), || {
                    format!("a {what} is under way, and the machine will not wake up in time")
                })?;
            }
        }
        Ok(())
    }

    /// L2: a request that waits to be taken does not wait for ever.
    fn check_untaken(&self, stage: &mut Stage<'_>) -> Checked {
        let (late, blocked) = (stage.scene.late, stage.scene.blocked);
        if stage.scene.wild || self.env.untaken_since.is_none() && blocked.is_empty() {
            return Ok(());
        }
        let times = &stage.scene.times;
        let due = self.machine.poll_timeout().map(MonotonicTime::as_millis);
        for lane in late.iter().chain(blocked) {
            let taken = self.machine.clone().poll_effect_on(|free| free == *lane);
            let patience = match taken {
                Some(Effect::RegisterVendor { .. }) => times.registration,
                Some(Effect::Store { .. }) => times.store,
                Some(Effect::Report { .. } | Effect::ReportPushEvents { .. }) => times.report,
                Some(Effect::EnsureNotificationChannel { .. }) => times.channel,
                Some(Effect::EnterForeground { .. } | Effect::EnterBackground { .. }) => times.presence,
                _ => continue,
            };
            stage.seen.law(Law::L2, due.is_some_and(|due| due <= self.heard + patience), || {
                format!("a request waits for {lane}, and the machine will not wake up in time")
            })?;
        }
        Ok(())
    }

    /// The named state of each region, as the table has them, and of the inbox.
    #[cfg(test)]
    pub(super) fn state_names(&self) -> super::laws::Names {
        let held = |delivered: bool| self.env.taps.iter().any(|tap| tap.held && tap.delivered == delivered);
        let inbox = if held(true) {
            "Delivered"
        } else if held(false) {
            "Held"
        } else {
            "None"
        };
        (crate::registrar::machine::wanted::names(&self.machine.state), inbox)
    }

    fn check_bounds(&self, stage: &mut Stage<'_>) -> Checked {
        if self.env.ledgers.iter().any(|ledger| ledger.parked.is_some()) {
            // Its conclusion is checked at each report.
            stage.seen.premise(Law::S7);
        }
        let possibly_bound = self.machine.possibly_bound().count();
        stage.seen.law(Law::S12, possibly_bound <= stage.scene.possibly_bound_limit, || {
            format!("{possibly_bound} accounts remembered as possibly bound")
        })?;
        let is_shown = self.env.untaken_since.is_none() && !stage.scene.is_blocked(Lane::Badge);
        if self.env.login.is_none() && is_shown {
            let badge = self.env.presence.badge.unwrap_or_default();
            stage.seen.law(Law::S14, badge == 0, || format!("badge {badge} stays after the session"))?;
        }
        Ok(())
    }

    /// L1: where the server is to have something, it has that, and the machine knows it for certain.
    pub(super) fn missing(&self, stage: &Stage<'_>, kind: TokenKind) -> Option<String> {
        let account = self.env.may_report()?;
        let wanted = self.env.wanted(stage.scene, kind)?;
        let truth = self.env.server.bindings.of(account, kind);
        if self.env.server.wire.iter().any(|request| request.kind == kind) {
            return Some("a report is on its way".to_owned());
        }
        let forgotten = self.env.forgotten[account.index()][index(kind)] || self.env.blind[index(kind)];
        if self.env.is_unsure(stage.scene, kind) {
            return None;
        }
        if truth != wanted && !forgotten {
            return Some(format!("the server has {truth:?} for {} instead of {wanted:?}", account.name()));
        }
        let acked = self.env.ledgers[index(kind)].acked;
        wanted?;
        if acked != Some(wanted) {
            return Some(format!(
                "{wanted:?} is owed to the server for {}, acknowledged is {acked:?}",
                account.name()
            ));
        }
        if self.certainty(kind) != Some(Belief::Bound) {
            return Some(format!("{wanted:?} is acknowledged for {}, but not for certain", account.name()));
        }
        None
    }
}
