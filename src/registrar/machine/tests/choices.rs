//! Which actions the environment may choose from, as far as its budget goes.

use super::action::Action;
use super::env::{Answer, Sdk};
use super::fixtures::Account;
use super::scene::Scene;
use super::steps::{Meaning, meaning};
use super::world::World;
impl World {
    /// All that may happen next.
    pub(super) fn choices(&self, scene: &Scene) -> Vec<Action> {
        let mut choices = Vec::with_capacity(48);
        self.time_choices(scene, &mut choices);
        self.sdk_choices(scene, &mut choices);
        self.session_choices(scene, &mut choices);
        self.report_choices(scene, &mut choices);
        self.store_choices(scene, &mut choices);
        self.app_choices(scene, &mut choices);
        self.presence_choices(scene, &mut choices);
        self.tap_choices(scene, &mut choices);
        self.receipts_choices(scene, &mut choices);
        choices
    }

    /// Time may pass unless something would thereby come too late that may not.
    fn time_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        if env.untaken_since.is_some() {
            let late = scene.late.iter().copied().filter(|lane| !scene.is_blocked(*lane));
            choices.extend(late.map(Action::TakeOn));
            if scene.wild {
                choices.extend([Action::Take, Action::TakeAll]);
            }
        }
        if scene.wild {
            let times = &scene.times;
            let portions =
                [1, times.floor, times.store, times.report, times.settle, times.reassert, 30 * 86_400_000];
            let portions = portions.map(|millis| Action::Pass(millis as u32, true));
            choices.extend(portions);
            choices.extend([times.floor, times.report].map(|millis| Action::Pass(millis as u32, false)));
            choices.push(Action::SetBack);
            choices.extend((0..self.echo.len() as u8).map(Action::Echo));
        }
        let Some(next) = self.next_moment().filter(|_| env.left.waits > 0) else { return };
        let passes = |until: Option<u64>| until.is_some_and(|until| until <= next);
        let report = env.server.open().and_then(|at| env.server.wire[at].open_until);
        let presence = env.presence.call.as_ref().map(|call| call.until);
        let write = env.write.as_ref().and_then(|write| write.open_until);
        let receipts = env.receipts.call.as_ref().map(|call| call.until);
        let late = [report, presence, receipts].map(|until| u8::from(passes(until))).iter().sum::<u8>();
        let silent = |sdk: &&Sdk| !sdk.needless && passes(sdk.asked.map(|(_, until)| until));
        let silent = env.sdks.iter().filter(silent).count();
        let patience = usize::from(env.left.silences);
        if silent <= patience && late <= env.left.losses && u8::from(passes(write)) <= env.left.store_faults {
            choices.push(Action::Wait);
        }
    }

    fn sdk_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        for (at, sdk) in (0..).zip(&env.sdks) {
            if (sdk.started || scene.bare) && env.left.tokens > 0 {
                choices.push(Action::Mint(at));
            }
            let tells = sdk.asked.is_some() || (sdk.started && sdk.held != sdk.version);
            if tells && sdk.version.is_some() && scene.sdk_repeats {
                choices.push(Action::Answer(at));
            }
            if scene.wild && sdk.minted > 0 {
                choices.extend([Action::Retell(at, sdk.minted - 1), Action::Retell(at, sdk.minted / 2)]);
            }
            if sdk.asked.is_some() {
                choices.extend((0..scene.sdk_codes.len()).map(|code| Action::Refuse(at, code as u8)));
            }
            if sdk.held.is_some() && sdk.held == sdk.version && env.left.deaths > 0 {
                choices.push(Action::Die(at));
            }
        }
        if env.channel.is_some() {
            choices.extend([Action::ChannelMade(true), Action::ChannelMade(false)]);
        }
    }

    fn session_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        let may_log_in = env.left.logins > 0;
        match &env.login {
            None if may_log_in => choices.extend(scene.accounts.iter().copied().map(Action::Login)),
            None => {}
            Some(login) if login.released => {
                choices.push(Action::FinishLogout);
                if may_log_in {
                    choices.push(Action::FailLogout);
                }
            }
            Some(login) => {
                if login.draining.is_none() {
                    choices.push(Action::RequestLogout);
                }
                if may_log_in {
                    let fits = |account: &Account| *account != login.account || login.draining.is_some();
                    choices.extend(scene.accounts.iter().copied().filter(fits).map(Action::Login));
                }
            }
        }
        if env.login.is_some() && env.left.kicks > 0 {
            choices.extend([Action::Kick, Action::Expire, Action::Leave]);
        }
    }

    fn report_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        let left = env.left;
        if let Some(open) = env.server.open() {
            choices.push(Action::Acknowledge);
            let request = &env.server.wire[open];
            for (at, code) in (0..).zip(scene.im_codes) {
                let affordable = match meaning(*code) {
                    // What the server has taken it does not refuse.
                    Meaning::NotNow | Meaning::Never => !request.landed,
                    Meaning::BadToken => !request.landed && (left.deaths > 0 || request.cargo.is_none()),
                    Meaning::SessionOver => !request.landed && left.kicks > 0,
                    Meaning::Perhaps => left.losses > 0,
                };
                if affordable {
                    choices.push(Action::RefuseReport(at, false));
                    if scene.retry_after && meaning(*code) == Meaning::NotNow {
                        choices.push(Action::RefuseReport(at, true));
                    }
                }
            }
            if left.losses > 0 {
                choices.push(Action::LoseReport);
            }
        }
        let early = left.losses > 0 || left.crashes > 0 || left.logins > 0;
        for (at, request) in (0..).zip(&env.server.wire) {
            if !request.landed && (request.open_until.is_none() || early) {
                choices.push(Action::Land(at));
            }
            if scene.wild && request.open_until.is_none() && !request.landed {
                choices.push(Action::AnswerLate(at));
            }
        }
    }

    fn store_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let left = self.env.left;
        if let Some(write) = &self.env.write {
            choices.push(Action::Write);
            if !write.landed && (left.crashes > 0 || left.store_faults > 0) {
                choices.push(Action::WriteSilently);
            }
            if !write.landed && write.open_until.is_some() && left.store_faults > 0 {
                choices.push(Action::FailWrite);
            }
        }
        if left.crashes > 0 {
            choices.extend(scene.aftermaths.iter().copied().map(Action::Crash));
        }
    }

    fn app_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        if env.app.is_none() {
            choices.push(Action::Configure);
        }
        if env.phone.is_none() {
            choices.push(Action::Describe);
        }
        if env.left.switches > 0 {
            if scene.consent || scene.withdraws {
                choices.push(Action::Consent(!env.agrees()));
            }
            if env.agrees() && !scene.withdraws || scene.wild {
                choices.push(Action::Push(!env.push_on));
            }
            if scene.wild || scene.restless {
                choices.extend([Action::Consent(true), Action::Consent(false)]);
            }
        }
        if env.left.changes > 0 {
            choices.push(Action::Upgrade);
            if scene.wild {
                let slots = 0..scene.slots.len() as u8;
                choices.extend(slots.clone().map(Action::Certify).chain(slots.clone().map(Action::Wire)));
                choices.extend(slots.map(Action::Renumber).chain([Action::AskConsent]));
            }
            let others = (0..scene.phones.len() as u8).filter(|phone| *phone != env.now_phone);
            choices.extend(others.map(Action::Redescribe));
        }
        if scene.restless {
            choices.extend([Action::Retry, Action::Network, Action::Configure, Action::Describe]);
            choices.push(Action::Push(env.push_on));
            match env.answer {
                Answer::Given => choices.push(Action::Consent(true)),
                Answer::Withdrawn => choices.push(Action::Consent(false)),
                Answer::NotAsked | Answer::Unreadable => {}
            }
            if env.host_ready {
                choices.push(Action::HostReady);
            }
        }
        let parked = env.ledgers.iter().any(|ledger| ledger.parked.is_some());
        if parked || env.is_without_prospect(scene) {
            choices.push(Action::Retry);
        }
        if env.ledgers.iter().any(|ledger| ledger.not_before > self.now) {
            choices.push(Action::Network);
        }
    }

    fn presence_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        if env.left.presence > 0 {
            choices.extend([Action::Foreground, Action::Background(3), Action::Unread(1_200)]);
        }
        if env.presence.call.is_some() {
            choices.push(Action::PresenceDone);
            for (at, code) in (0..).zip(scene.im_codes) {
                let affordable = match meaning(*code) {
                    Meaning::NotNow | Meaning::Never | Meaning::BadToken => true,
                    // Once a logout is requested nobody listens to this answer: such an end is passed as a
                    // kick.
                    Meaning::SessionOver => env.left.kicks > 0 && env.may_report().is_some(),
                    Meaning::Perhaps => false,
                };
                if affordable {
                    choices.push(Action::PresenceRefused(at));
                }
            }
        }
    }

    fn tap_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        if scene.budget.taps == 0 {
            return;
        }
        if !env.host_ready {
            choices.push(Action::HostReady);
        }
        if env.left.taps > 0 {
            choices.push(Action::Tap(None));
            choices.extend(scene.accounts.iter().copied().map(|account| Action::Tap(Some(account))));
        }
        for (at, tap) in (0..).zip(&env.taps) {
            if env.left.repeats > 0 {
                choices.push(Action::TapAgain(at));
            }
            if tap.held && tap.delivered {
                choices.push(Action::TapHandled(at));
            }
        }
    }
}
