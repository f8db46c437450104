//! What vendor SDKs do: tokens made, reported, passed again, refused and dead.

use super::super::action::Action;
use super::super::fixtures::index;
use super::super::laws::{Checked, Law};
use super::super::scene::Refusal;
use super::super::world::{Stage, World};
use crate::registrar::{Event, IgnoredReason, Verdict};
use crate::vendor::TokenKind;

impl World {
    pub(super) fn step_sdk(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Refuse(place, code) => {
                let sdk = &mut self.env.sdks[usize::from(place)];
                let Some((id, _)) = sdk.asked.take() else { return Ok(()) };
                sdk.needless = false;
                let vendor = stage.scene.slots[usize::from(place)].vendor;
                let refusal = stage.scene.sdk_codes[usize::from(code)];
                sdk.given_up |= refusal == Refusal::Never;
                sdk.may_be_asked_again = true;
                self.env.excuse_parked(true);
                let code = refusal.code(vendor);
                self.heard(stage, Event::VendorFailed { id, code })
            }
            Action::Die(place) => {
                self.env.left.deaths = self.env.left.deaths.saturating_sub(1);
                let slot = stage.scene.slots[usize::from(place)];
                let best = self.env.best(stage.scene, slot.kind);
                let sdk = &mut self.env.sdks[usize::from(place)];
                sdk.version = None;
                sdk.held = None;
                sdk.may_be_asked_again = true;
                self.new_token(stage, slot.kind, best.map(|minted| minted.slot));
                if best.is_some_and(|minted| minted.slot == place) {
                    // A token that was declared invalid will be replaced: that is a change.
                    self.unpark(slot.kind);
                }
                self.heard(stage, Event::TokenInvalid { vendor: slot.vendor, kind: slot.kind })
            }
            Action::Mint(place) => {
                let sdk = &mut self.env.sdks[usize::from(place)];
                let version = sdk.minted;
                sdk.minted += 1;
                self.env.left.tokens = self.env.left.tokens.saturating_sub(1);
                self.sdk_tells(stage, place, version)
            }
            Action::Answer(place) => match self.env.sdks[usize::from(place)].version {
                Some(version) => self.sdk_tells(stage, place, version),
                None => Ok(()),
            },
            Action::Retell(place, version) => self.sdk_tells(stage, place, version),
            _ => Ok(()),
        }
    }

    fn sdk_tells(&mut self, stage: &mut Stage<'_>, place: u8, version: u8) -> Checked {
        let at = usize::from(place);
        let slot = stage.scene.slots[at];
        let best = self.env.best(stage.scene, slot.kind).map(|minted| minted.slot);
        let sdk = &mut self.env.sdks[at];
        sdk.version = Some(version);
        let asked = sdk.asked.take();
        let given_up = std::mem::take(&mut sdk.given_up);
        sdk.needless = false;
        let before = sdk.held;
        // It is taken at once; a prompt host is asked to report it before the verdict is known.
        sdk.held = Some(version);
        let refused = sdk.refused;
        for (other, sdk) in stage.scene.slots.iter().zip(&mut self.env.sdks).skip(at + 1) {
            if other.kind == slot.kind {
                sdk.needless = sdk.asked.is_some();
            }
        }
        self.new_token(stage, slot.kind, best);
        let event = Event::Token { vendor: slot.vendor, kind: slot.kind, text: slot.text(version) };
        let verdict = self.tell(stage, event)?;
        if is_refused_text(verdict) {
            stage.seen.law(Law::L1, refused == Some(version), || {
                "a token refused that the server has not refused".to_owned()
            })?;
            // It is no answer: the SDK may still make another.
            self.env.sdks[at].held = before;
            self.env.sdks[at].asked = asked;
            self.env.sdks[at].given_up = given_up;
        } else if verdict == Verdict::Ignored(IgnoredReason::NoRoom) {
            self.env.sdks[at].held = before;
        } else {
            self.env.sdks[at].is_unsure = false;
            self.env.doubt_surplus(stage.scene, slot.kind, Some(at));
        }
        Ok(())
    }

    /// Another token may be wanted now, which is worth an attempt of its own; another vendor even after a
    /// permanent code.
    fn new_token(&mut self, stage: &Stage<'_>, kind: TokenKind, best_before: Option<u8>) {
        let changed = self.env.best(stage.scene, kind).map(|minted| minted.slot) != best_before;
        let ledger = &mut self.env.ledgers[index(kind)];
        ledger.not_before = 0;
        if changed {
            self.unpark(kind);
        }
        self.env.excuse_parked(true);
    }

    /// Another token will be wanted: that is a change, but while pushes are off it need not count as one.
    fn unpark(&mut self, kind: TokenKind) {
        let is_off = self.env.is_off();
        self.env.ledgers[index(kind)].parked.take_if(|slot| slot.is_some() && !is_off);
        self.env.excuse_parked(!is_off);
    }
}

fn is_refused_text(verdict: Verdict) -> bool {
    verdict == Verdict::Ignored(IgnoredReason::RefusedByServer)
}
