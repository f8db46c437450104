//! What each action of the environment does, to itself and to the machine.

mod app;
mod host;
mod report;
mod sdk;
mod session;

use super::action::Action;
use super::laws::{Checked, Law};
use super::world::{Stage, World, at};
use crate::registrar::Event;

pub(super) use report::{Meaning, meaning};

impl World {
    /// One step of the environment, whether its budget allows it or not.
    pub(super) fn step(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        stage.heard.clear();
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
            Action::Echo(place) => {
                let Some(event) = self.echo.get(usize::from(place)).cloned() else { return Ok(()) };
                let name = event.name();
                // By itself: effects that were due before are taken with it.
                let mut machine = self.machine.clone();
                let verdict = machine.handle(at(self.coming()), event.clone());
                let same = !verdict.is_applied() && machine.is_in_state_of(&self.machine);
                self.heard(stage, event)?;
                stage.seen.law(Law::S3, same, || format!("{name}, passed again, was {verdict:?}"))
            }
            Action::Take => self.take_effects(stage, &stage.scene.open(), false),
            Action::TakeOn(lane) => self.take_effects(stage, &|free| free == lane, false),
            Action::TakeAll => self.take_effects(stage, &stage.scene.open(), true),
            Action::Mint(_)
            | Action::Answer(_)
            | Action::Retell(..)
            | Action::Refuse(..)
            | Action::Die(_) => self.step_sdk(stage, action),
            Action::ChannelMade(done) => {
                let Some((id, _)) = self.env.channel.take() else { return Ok(()) };
                self.heard(
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
            Action::Arrive(_)
            | Action::ArriveAgain(_)
            | Action::ReceiptsDone
            | Action::LoseReceipts
            | Action::ReceiptsRefused(_) => self.step_receipts(stage, action),
            Action::HostReady | Action::Tap(_) | Action::TapAgain(_) | Action::TapHandled(_) => {
                self.step_tap(stage, action)
            }
        };
        self.env.fence_taps(stage.scene);
        self.env.tidy();
        outcome
    }

    /// What the machine will take the time for at the next event.
    pub(super) fn coming(&self) -> u64 {
        if self.set_back { self.heard } else { self.now }
    }

    fn heard(&mut self, stage: &mut Stage<'_>, event: Event) -> Checked {
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
}
