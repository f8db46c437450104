//! Which actions the environment may choose from, as far as its budget goes.

use super::action::Action;
use super::cast::Account;
use super::environment::Sdk;
use super::scene::{Scene, TAP_LIMIT, TAP_WINDOW};
use super::steps::{Meaning, meaning};
use super::world::World;

impl World {
    /// All that may happen next.
    pub(super) fn choices(&self, scene: &Scene) -> Vec<Action> {
        let mut choices = Vec::new();
        self.time_choices(&mut choices);
        self.sdk_choices(scene, &mut choices);
        self.session_choices(scene, &mut choices);
        self.report_choices(scene, &mut choices);
        self.store_choices(&mut choices);
        self.user_choices(scene, &mut choices);
        if scene.budget.presence > 0 {
            self.presence_choices(scene, &mut choices);
        }
        if scene.budget.taps > 0 {
            self.tap_choices(scene, &mut choices);
        }
        choices
    }

    /// Time may pass unless something would thereby come too late that may not.
    fn time_choices(&self, choices: &mut Vec<Action>) {
        let Some(next) = self.next_moment() else { return };
        let env = &self.env;
        let passes = |until: Option<u64>| until.is_some_and(|until| until <= next);
        let report = env.server.open().and_then(|at| env.server.wire[at].open_until);
        let presence = env.presence.call.as_ref().map(|call| call.until);
        let write = env.write.as_ref().and_then(|write| write.open_until);
        let late = u8::from(passes(report)) + u8::from(passes(presence));
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
            if sdk.asked.is_some() {
                choices.extend((0..scene.sdk_codes.len()).map(|code| Action::Refuse(at, code as u8)));
            }
            if sdk.held.is_some() && sdk.held == sdk.version && env.left.deaths > 0 {
                choices.push(Action::Die(at));
            }
        }
        if env.vendor.is_some() {
            choices.extend([Action::ChannelMade(true), Action::ChannelMade(false)]);
        }
    }

    fn session_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        let accounts = if scene.both_accounts { Account::ALL.as_slice() } else { &[Account::Alice] };
        let may_log_in = env.left.logins > 0;
        match &env.login {
            None if may_log_in => choices.extend(accounts.iter().copied().map(Action::Login)),
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
                    choices.extend(accounts.iter().copied().filter(fits).map(Action::Login));
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
        let open = env.server.open();
        if let Some(open) = open {
            choices.push(Action::Acknowledge);
            let landed = env.server.wire[open].landed;
            for (at, code) in (0..).zip(scene.im_codes) {
                let affordable = match meaning(*code) {
                    // What the server has taken it does not refuse.
                    Meaning::NotNow | Meaning::Never => !landed,
                    Meaning::SessionOver => !landed && left.kicks > 0,
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
        }
    }

    fn store_choices(&self, choices: &mut Vec<Action>) {
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
            choices.push(Action::Crash);
        }
    }

    fn user_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        if env.left.switches > 0 {
            if scene.consent {
                choices.push(Action::Consent(!env.agrees()));
            }
            if env.agrees() {
                choices.push(Action::Push(!env.push_on));
            }
            if scene.restless {
                choices.extend([Action::Configure(true), Action::Consent(!env.agrees())]);
            }
        }
        if scene.bare {
            choices.extend([Action::Configure(false), Action::Describe]);
        }
        if scene.restless {
            choices.extend([Action::Retry, Action::Network, Action::Configure(false), Action::Describe]);
            choices.extend([Action::Push(env.push_on), Action::Consent(env.agrees())]);
            if env.host_ready {
                choices.push(Action::HostReady);
            }
        }
        let parked = env.ledgers.iter().any(|ledger| ledger.parked.is_some());
        if parked || self.is_without_prospect() {
            choices.push(Action::Retry);
        }
        if env.ledgers.iter().any(|ledger| ledger.not_before > self.now) {
            choices.push(Action::Network);
        }
    }

    /// No SDK is asked, and none has given a token.
    pub(super) fn is_without_prospect(&self) -> bool {
        self.env.agrees() && self.env.sdks.iter().all(|sdk| sdk.asked.is_none() && sdk.held.is_none())
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
                    Meaning::NotNow | Meaning::Never => true,
                    // Once a logout is requested nobody listens to this answer: such an end is told as a kick.
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
        if !env.host_ready {
            choices.push(Action::HostReady);
        }
        if env.left.taps > 0 {
            choices.extend([Action::Tap(Some(Account::Alice)), Action::Tap(None)]);
            if scene.both_accounts {
                choices.push(Action::Tap(Some(Account::Bob)));
            }
        }
        for (at, tap) in (0..).zip(&env.taps) {
            // The window remembers as many taps as are held.
            let is_recent = usize::from(at) + TAP_LIMIT >= env.taps.len();
            let counts_not = tap.over || (is_recent && self.now < tap.since + TAP_WINDOW);
            if env.left.repeats > 0 && (counts_not || !tap.told) {
                choices.push(Action::TapAgain(at));
            }
            if tap.held && tap.delivered {
                choices.push(Action::TapHandled(at));
            }
        }
    }
}
