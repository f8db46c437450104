//! Where a world goes once its environment stops misbehaving, and when it is at rest.

use super::action::Action;
use super::env::Answer;
use super::fixtures::{Account, Slot, index};
use super::laws::{Checked, Law, Violation};
use super::world::{Stage, World};
use crate::registrar::Lane;
use crate::vendor::{TokenKind, Vendor};

/// How a friendly environment goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Friendly {
    /// By this.
    Next(Action),
    /// There is nothing left to do, and all is as promised.
    AtRest,
}

impl World {
    /// The one way in which a friendly environment goes on: everything asked is answered well, whoever is
    /// logged out logs in, and time passes only when nothing else is left.
    pub(super) fn friendly(&self, stage: &mut Stage<'_>) -> Checked<Friendly> {
        if let Some(action) = self.answer(stage) {
            return Ok(Friendly::Next(action));
        }
        match self.unrest(stage) {
            None => {
                self.rest(stage)?;
                Ok(Friendly::AtRest)
            }
            Some((law, what)) if self.next_moment().is_some() => {
                stage.note(|| format!("  ({law:?} is owed yet: {what})"));
                Ok(Friendly::Next(Action::Wait))
            }
            Some((law, what)) => {
                Err(Violation { law, what: format!("{what}, and nothing will ever happen") })
            }
        }
    }

    fn answer(&self, stage: &Stage<'_>) -> Option<Action> {
        let (env, scene) = (&self.env, stage.scene);
        if env.untaken_since.is_some() {
            return Some(Action::TakeAll);
        }
        if env.app.is_none() {
            return Some(Action::Configure);
        }
        if env.phone.is_none() {
            return Some(Action::Describe);
        }
        if env.write.is_some() {
            return Some(Action::Write);
        }
        if env.channel.is_some() {
            return Some(Action::ChannelMade(true));
        }
        for (at, sdk) in (0..).zip(&env.sdks) {
            if sdk.asked.is_none() {
                continue;
            }
            if sdk.version.is_none_or(|version| sdk.refused == Some(version)) {
                if env.left.tokens > 0 {
                    return Some(Action::Mint(at));
                }
            } else if scene.sdk_repeats || sdk.held != sdk.version {
                return Some(Action::Answer(at));
            }
        }
        if scene.consent && env.left.switches > 0 && env.answer != Answer::Withdrawn && !env.agrees() {
            return Some(Action::Consent(true));
        }
        if env.server.open().is_some() {
            return Some(Action::Acknowledge);
        }
        if env.presence.call.is_some() {
            return Some(Action::PresenceDone);
        }
        if env.receipts.call.is_some() {
            return Some(Action::ReceiptsDone);
        }
        if let Some(login) = &env.login {
            if login.released {
                return Some(Action::FinishLogout);
            }
            match login.draining {
                // The callback that would log out never comes.
                Some(until)
                    if scene.is_blocked(Lane::Logout)
                        && (until <= self.now || self.next_moment().is_none()) =>
                {
                    return Some(Action::Login(login.account));
                }
                Some(_) => return Some(Action::Wait),
                None => {}
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
        let asked_for = env.taps.iter().find(|tap| tap.held && !tap.uncertain).and_then(|tap| tap.stated);
        let asked_for = asked_for.or_else(|| env.receipts.asks_for().filter(|_| env.agrees()));
        let current = env.login.as_ref().map(|login| login.account);
        let next = asked_for.or(current).unwrap_or(Account::Alice);
        if current != Some(next) {
            return Some(Action::Login(next));
        }
        let parked = env.ledgers.iter().any(|ledger| ledger.parked.is_some());
        // An SDK that has refused for good is asked again only if the user wants it.
        let given_up = scene.kinds().any(|kind| self.unasked(stage, kind) == Some(true));
        (parked || given_up).then_some(Action::Retry)
    }

    /// An SDK that was started before the consent was taken back, and was not told to stop.
    fn runs_on(&self, stage: &Stage<'_>) -> Option<Vendor> {
        if self.env.answer != Answer::Withdrawn {
            return None;
        }
        let is_free = |slot: &&Slot| !stage.scene.is_blocked(Lane::Vendor(slot.vendor));
        let mut slots = stage.scene.slots.iter().zip(&self.env.sdks);
        slots.find_map(|(slot, sdk)| (is_free(&slot) && sdk.started).then_some(slot.vendor))
    }

    /// Whether there is no token of this kind to report although an SDK could make one, and none is asked for
    /// it. The answer says whether one has refused for good.
    fn unasked(&self, stage: &Stage<'_>, kind: TokenKind) -> Option<bool> {
        let (env, scene) = (&self.env, stage.scene);
        if !env.agrees() || env.is_off() || env.left.tokens == 0 || env.best(scene, kind).is_some() {
            return None;
        }
        let usable = |at: &usize| {
            let slot = scene.slots[*at];
            let is_free = !scene.is_blocked(Lane::Vendor(slot.vendor));
            is_free && slot.kind == kind && env.rank(scene, *at).is_some()
        };
        let usable: Vec<_> = (0..scene.slots.len()).filter(usable).collect();
        // A VoIP token is asked for beside a standard one.
        let apns = |at: usize| scene.slots[at].kind == TokenKind::Standard && env.rank(scene, at) == Some(0);
        let beside = kind == TokenKind::Standard || (0..scene.slots.len()).any(apns);
        let idle = !usable.is_empty() && beside && usable.iter().all(|at| env.sdks[*at].asked.is_none());
        idle.then(|| usable.iter().any(|at| env.sdks[*at].given_up))
    }

    /// What a circle of the friendly way never comes to.
    pub(super) fn owes(&self, stage: &Stage<'_>) -> Checked {
        match self.unrest(stage) {
            None => Ok(()),
            Some((law, what)) => Err(Violation { law, what: format!("{what}, for ever") }),
        }
    }

    /// What is not yet as promised, and under which law it is.
    ///
    /// A lane that is blocked for good holds up what needs it, and nothing else.
    fn unrest(&self, stage: &Stage<'_>) -> Option<(Law, String)> {
        let is_free = |lane| !stage.scene.is_blocked(lane);
        let law = if self.env.crashed { Law::L3 } else { Law::L1 };
        if let Some(kind) = stage.scene.kinds().find(|kind| self.unasked(stage, *kind).is_some()) {
            return Some((law, format!("there is no {kind} token, and nobody is asked for one")));
        }
        if let Some(vendor) = self.runs_on(stage) {
            return Some((Law::Consent, format!("{vendor} runs on, though the user took the consent back")));
        }
        if !self.env.server.wire.is_empty() {
            return Some((Law::L4, "a request is on its way".to_owned()));
        }
        if let Some((_, account)) = self.env.owed.first().filter(|_| is_free(Lane::Logout)) {
            return Some((Law::S9, format!("the logout of {} was never let go on", account.name())));
        }
        let missing = || stage.scene.kinds().find_map(|kind| self.missing(stage, kind));
        if let Some(what) = is_free(Lane::ImClient).then(missing).flatten() {
            return Some((law, what));
        }
        let presence = &self.env.presence;
        let owed = presence
            .heard
            .filter(|heard| presence.known != Some(*heard) && presence.given_up != Some(*heard));
        let may_call = is_free(Lane::ImClient) && self.env.may_report().is_some();
        if let Some(owed) = owed.filter(|_| may_call && !presence.unclear) {
            return Some((Law::S14, format!("the server has no report of {owed:?}")));
        }
        if let Some(what) = self.unreported().filter(|_| is_free(Lane::PushEvents)) {
            return Some((Law::Receipts, what));
        }
        let tap = self.env.taps.iter().position(|tap| tap.held && !tap.uncertain && is_free(Lane::Taps));
        tap.map(|at| (Law::L5, format!("tap {at} is neither delivered nor given up")))
    }

    /// At rest. What was promised for it holds; it only remains to count that.
    fn rest(&self, stage: &mut Stage<'_>) -> Checked {
        stage.seen.premise(Law::L4);
        for kind in stage.scene.kinds() {
            let unsure = self.env.is_unsure(stage.scene, kind);
            let wanted = self.env.wanted(stage.scene, kind).flatten();
            let bound = wanted.is_some() && !unsure;
            if bound && !stage.scene.is_blocked(Lane::ImClient) && self.env.may_report().is_some() {
                stage.seen.premise(if self.env.crashed { Law::L3 } else { Law::L1 });
                let due = self.machine.poll_timeout();
                stage.seen.law(Law::L2, due.is_some(), || {
                    "bound, but it will never be asserted again".to_owned()
                })?;
                assert!(self.env.ledgers[index(kind)].acked.is_some(), "as promised");
            }
        }
        if self.env.taps.iter().any(|tap| tap.deliveries > 0) {
            stage.seen.premise(Law::L5);
        }
        self.silence(stage)
    }

    /// L2: without a token there is a deadline, or a state that says why there is none.
    fn silence(&self, stage: &mut Stage<'_>) -> Checked {
        let due = self.machine.poll_timeout();
        let stuck = || {
            let diagnosis = self.machine.diagnose();
            let heard = ["Stalled", "Unsupported", "AwaitingConsent", "Elected"];
            let election = diagnosis.regions.first().map(|status| format!("{:?}", status.state));
            !election.is_some_and(|state| heard.contains(&state.as_str()))
        };
        stage.seen.law(Law::L2, due.is_some() || !stuck(), || {
            "the election waits for nothing, and nothing will ever happen".to_owned()
        })
    }
}
