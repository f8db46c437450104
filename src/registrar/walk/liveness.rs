//! Where a world goes once its environment stops misbehaving, and when it is at rest.

use super::action::Action;
use super::cast::Account;
use super::desk::TapFate;
use super::laws::{Checked, Law, Violation};
use super::world::{Stage, World};
use crate::registrar::{Region, StateName};

/// How a friendly environment goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Friendly {
    /// By this.
    Next(Action),
    /// There is nothing left to do, and all is as promised.
    AtRest,
}

impl World {
    /// The one way in which a friendly environment goes on: everything asked is answered well, whoever is logged out
    /// logs in, and time passes only when nothing else is left.
    pub(super) fn friendly(&self, stage: &mut Stage<'_>) -> Checked<Friendly> {
        if let Some(action) = self.answer(stage) {
            return Ok(Friendly::Next(action));
        }
        match self.unrest(stage) {
            None => {
                self.rest(stage)?;
                Ok(Friendly::AtRest)
            }
            Some((_, _)) if self.next_moment().is_some() => Ok(Friendly::Next(Action::Wait)),
            Some((law, what)) => {
                Err(Violation { law, what: format!("{what}, and nothing will ever happen") })
            }
        }
    }

    fn answer(&self, stage: &Stage<'_>) -> Option<Action> {
        let (env, scene) = (&self.env, stage.scene);
        if !env.configured {
            return Some(Action::Configure(false));
        }
        if !env.described {
            return Some(Action::Describe);
        }
        if env.write.is_some() {
            return Some(Action::Write);
        }
        if env.vendor.is_some() {
            return Some(Action::ChannelMade(true));
        }
        for (at, sdk) in (0..).zip(&env.sdks) {
            if sdk.asked.is_some() && sdk.version.is_some() && scene.sdk_repeats {
                return Some(Action::Answer(at));
            }
            if sdk.asked.is_some() && sdk.version.is_none() && env.left.tokens > 0 {
                return Some(Action::Mint(at));
            }
        }
        if !env.agrees() && scene.consent && env.left.switches > 0 {
            return Some(Action::Consent(true));
        }
        if env.server.open().is_some() {
            return Some(Action::Acknowledge);
        }
        if env.presence.call.is_some() {
            return Some(Action::PresenceDone);
        }
        if let Some(login) = &env.login {
            if login.released {
                return Some(Action::FinishLogout);
            }
            if login.draining.is_some() {
                return Some(Action::Wait);
            }
        }
        if scene.budget.taps > 0 && !env.host_ready {
            return Some(Action::HostReady);
        }
        let delivered = (0..).zip(&env.taps).find(|(_, tap)| tap.held && tap.delivered);
        if let Some((at, _)) = delivered {
            return Some(Action::TapHandled(at));
        }
        // Whoever a tap is for logs in; otherwise whoever is logged in stays.
        let asked_for = env.taps.iter().find(|tap| tap.held).and_then(|tap| tap.stated);
        let current = env.login.as_ref().map(|login| login.account);
        let next = asked_for.or(current).unwrap_or(Account::Alice);
        if current != Some(next) {
            return Some(Action::Login(next));
        }
        let parked = env.ledgers.iter().any(|ledger| ledger.parked.is_some());
        parked.then_some(Action::Retry)
    }

    /// What a circle of the friendly way never comes to.
    pub(super) fn owes(&self, stage: &Stage<'_>) -> Checked {
        match self.unrest(stage) {
            None => Ok(()),
            Some((law, what)) => Err(Violation { law, what: format!("{what}, for ever") }),
        }
    }

    /// What is not yet as promised, and under which law it is.
    fn unrest(&self, stage: &Stage<'_>) -> Option<(Law, String)> {
        if !self.env.server.wire.is_empty() {
            return Some((Law::L4, "a request is on its way".to_owned()));
        }
        let crashed = self.env.left.crashes < stage.scene.budget.crashes;
        let law = if crashed { Law::L3 } else { Law::L1 };
        if let Some(what) = stage.scene.kinds().find_map(|kind| self.missing(stage, kind)) {
            return Some((law, what));
        }
        let desk = &self.env.presence;
        let owed = desk.told.filter(|told| desk.known != Some(*told) && desk.given_up != Some(*told));
        if let Some(owed) = owed.filter(|_| self.env.may_report().is_some()) {
            return Some((Law::S14, format!("the server was not told of {owed:?}")));
        }
        let tap = self.env.taps.iter().position(|tap| tap.held);
        tap.map(|at| (Law::L5, format!("tap {at} is neither delivered nor given up")))
    }

    /// At rest. What was promised for it holds; it only remains to count that.
    fn rest(&self, stage: &mut Stage<'_>) -> Checked {
        stage.seen.premise(Law::L4);
        let crashed = self.env.left.crashes < stage.scene.budget.crashes;
        for kind in stage.scene.kinds() {
            if self.env.wanted(stage.scene, kind).is_some() && self.env.may_report().is_some() {
                stage.seen.premise(if crashed { Law::L3 } else { Law::L1 });
                let due = self.machine.poll_timeout();
                stage.seen.law(Law::L2, due.is_some(), || {
                    "bound, but it will never be asserted again".to_owned()
                })?;
            }
        }
        if self.env.taps.iter().any(TapFate::was_delivered) {
            stage.seen.premise(Law::L5);
        }
        self.silence(stage)
    }

    /// L2: without a token there is a deadline, or a state that says why there is none.
    fn silence(&self, stage: &mut Stage<'_>) -> Checked {
        let [election, ..] = self.machine.state.names();
        let told = matches!(
            election,
            StateName::Stalled | StateName::Unsupported | StateName::AwaitingConsent | StateName::Elected
        );
        let due = self.machine.poll_timeout();
        stage.seen.law(Law::L2, told || due.is_some(), || {
            format!("{} is {election}, and nothing will ever happen", Region::Election)
        })
    }
}
