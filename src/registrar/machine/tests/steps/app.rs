//! What user and app change: consent, pushes on or off, configuration, phone, and the wish to try again.

use super::super::action::Action;
use super::super::env::{Answer, Env};
use super::super::laws::Checked;
use super::super::world::{Stage, World};
use crate::registrar::Event;

impl Answer {
    /// A token that comes now is not stored.
    pub(in super::super) const fn forbids_tokens(self) -> bool {
        matches!(self, Self::Withdrawn)
    }
}

impl Env {
    /// Another vendor may be elected now: that may count as a change, even to an empty binding refused for
    /// good.
    pub(in super::super) fn excuse_parked(&mut self, only_empty: bool) {
        for ledger in &mut self.ledgers {
            ledger.is_excused |= ledger.parked.is_some_and(|slot| slot.is_none() || !only_empty);
        }
    }
}

impl World {
    pub(super) fn step_app(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let slots = stage.scene.slots;
        match action {
            Action::Consent(given) => {
                let answer = if given { Answer::Given } else { Answer::Withdrawn };
                if self.env.answer != answer {
                    self.env.left.switches = self.env.left.switches.saturating_sub(1);
                    let agreed = self.env.agrees();
                    self.env.answer = answer;
                    if given {
                        self.env.receipts.consent_known(true);
                    }
                    if !(agreed && given) {
                        self.changed();
                    }
                    if !given {
                        self.env.receipts.forget();
                    }
                    for sdk in self.env.sdks.iter_mut().filter(|_| !given) {
                        sdk.held = None;
                        sdk.may_be_asked_again = true;
                    }
                }
                self.heard(stage, if given { Event::ConsentGranted } else { Event::ConsentWithdrawn })
            }
            Action::Push(on) => {
                if self.env.push_on != on {
                    self.env.left.switches = self.env.left.switches.saturating_sub(1);
                    self.env.push_on = on;
                    self.env.reset_backoff();
                }
                self.heard(stage, if on { Event::PushEnabled } else { Event::PushDisabled })
            }
            Action::Configure
            | Action::Upgrade
            | Action::Certify(_)
            | Action::Wire(_)
            | Action::Renumber(_)
            | Action::AskConsent => {
                let app = &mut self.env.now_app;
                match action {
                    Action::Upgrade => app.version = app.version.wrapping_add(1),
                    Action::Certify(slot) => app.certified ^= 1 << slot,
                    Action::Renumber(slot) => app.renumbered ^= 1 << slot,
                    Action::AskConsent => app.asks_consent ^= true,
                    Action::Wire(slot) => {
                        // One SDK serves all kinds of its vendor.
                        let vendor = slots[usize::from(slot)].vendor;
                        let of_vendor = (0..).zip(slots).filter(|(_, slot)| slot.vendor == vendor);
                        app.wired ^= of_vendor.fold(0, |mask, (at, _)| mask | 1 << at);
                    }
                    _ => {}
                }
                let app = *app;
                let before = self.env.app.replace(app);
                self.env.receipts.consent_known(self.env.agrees());
                if !before.is_some_and(|before| before.says_the_same(app)) {
                    self.env.left.changes = self.env.left.changes.saturating_sub(1);
                    self.changed();
                    // The election begins anew: nobody need wait for what was asked before.
                    self.env.sdks.iter_mut().for_each(|sdk| sdk.needless = sdk.asked.is_some());
                }
                self.heard(stage, Event::Configured(app.configuration(slots)))
            }
            Action::Describe | Action::Redescribe(_) => {
                if let Action::Redescribe(phone) = action {
                    self.env.left.changes = self.env.left.changes.saturating_sub(1);
                    self.env.now_phone = phone;
                }
                let phone = stage.scene.phones[usize::from(self.env.now_phone)];
                if self.env.phone != Some(phone) {
                    self.env.phone = Some(phone);
                    self.env.excuse_parked(false);
                    self.ask_again();
                    self.env.sdks.iter_mut().for_each(|sdk| sdk.needless = sdk.asked.is_some());
                }
                self.heard(stage, Event::DeviceFacts(phone.facts()))
            }
            Action::Retry => {
                self.changed();
                self.heard(stage, Event::UserRetry)
            }
            _ => self.heard(stage, Event::NetworkUp),
        }
    }

    /// The epoch changes, or the user asks for it: every attempt, and every text, is worth trying again.
    fn changed(&mut self) {
        self.env.receipts.reset_backoff();
        self.env.reset_backoff();
        self.ask_again();
    }

    /// Another epoch: every SDK, and every text, is worth trying again.
    fn ask_again(&mut self) {
        for ledger in &mut self.env.ledgers {
            ledger.not_before = 0;
        }
        for sdk in &mut self.env.sdks {
            sdk.refused = None;
            sdk.given_up = false;
        }
    }
}
