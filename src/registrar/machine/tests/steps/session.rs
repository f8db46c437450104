//! Who logs in and out, and who is thrown out.

use super::super::action::Action;
use super::super::env::Login;
use super::super::fixtures::{Account, index};
use super::super::laws::Checked;
use super::super::world::{Stage, World};
use crate::registrar::{Event, SessionId};

impl World {
    pub(super) fn step_session(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
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
                self.env.receipts.leave(stage.scene);
                self.heard(stage, Event::LogoutRequested { session })
            }
            Action::FinishLogout => {
                let session = self.end_session(stage);
                self.heard(stage, Event::LoggedOut { session })
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
                self.heard(stage, event)
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
        // Of a session whose release is still owed nobody knows more than before.
        let is_owed = self.env.owed.iter().any(|(_, other)| *other == account);
        self.env.evicted[account.index()] &= is_owed;
        self.env.login = Some(Login { account, id: None, draining: None, released: false });
        self.heard(stage, Event::LoggedIn { account: account.user() })
    }

    /// The current session ends on the server, and in the IM SDK.
    pub(in super::super) fn end_session(&mut self, stage: &Stage<'_>) -> SessionId {
        let session = self.env.session();
        if self.env.login.as_ref().is_some_and(|login| !login.released) {
            self.close_session(stage);
        }
        if let Some(login) = self.env.login.take() {
            self.env.server.end_session(login.account, stage.scene.server);
        }
        session
    }

    /// What was reported in the session counts no more, and nobody waits for its answers.
    pub(in super::super) fn close_session(&mut self, stage: &Stage<'_>) {
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
        env.receipts.end_session(stage.scene);
    }
}
