//! What the host does of all else that it is asked for: writes, presence calls and taps.

use std::io::ErrorKind;
use std::sync::Arc;

use super::super::action::Action;
use super::super::env::{Env, Write};
use super::super::laws::{Checked, Law};
use super::super::model::{Place, TapModel};
use super::super::world::{Stage, World};
use super::{Meaning, meaning};
use crate::notification::PushEventKind;
use crate::registrar::{Event, Unread};
use crate::vendor::ImCode;

impl Env {
    /// The write under way has reached the disk.
    pub(in super::super) fn write_landed(&mut self) {
        self.has_landed = true;
        self.receipts.write_landed();
        for request in self.server.wire.iter_mut().filter(|request| request.in_write) {
            request.recorded = true;
        }
    }

    pub(super) fn next_order(&self) -> u8 {
        self.taps.iter().map(|tap| tap.order).max().map_or(0, |order| order.saturating_add(1))
    }
}

impl World {
    pub(super) fn step_write(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let Some(write) = self.env.write.take() else { return Ok(()) };
        let (version, open) = (write.version, write.open_until.is_some());
        let until = write.open_until.unwrap_or(0);
        if action == Action::FailWrite {
            self.env.store_fails(self.now, stage.scene.times.settle);
            self.env.left.store_faults = self.env.left.store_faults.saturating_sub(1);
            return self.answered(
                stage,
                until,
                Event::StoreFailed { version, kind: ErrorKind::PermissionDenied },
            );
        }
        self.env.disk = Some(Arc::clone(&write.stored));
        self.env.write_landed();
        if action == Action::WriteSilently {
            self.env.write = open.then_some(Write { landed: true, ..write });
            return Ok(());
        }
        if until > self.coming() {
            self.env.store_trouble = false;
            return self.answered(stage, until, Event::Stored { version });
        }
        self.heard(stage, Event::Stored { version })
    }

    pub(super) fn step_presence(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let leaving = self.env.login.as_ref().is_some_and(|login| login.draining.is_some() || login.released);
        let presence = &mut self.env.presence;
        let until = presence.call.as_ref().map_or(0, |call| call.until);
        let left = self.env.left.presence.saturating_sub(1);
        match action {
            Action::Foreground => presence.unclear |= leaving,
            Action::Background(_) | Action::Unread(_) => presence.unclear = leaving,
            _ => {}
        }
        let event = match action {
            Action::Foreground => {
                presence.heard = Some(Place::Foreground);
                self.env.left.presence = left;
                Event::Foreground
            }
            Action::Background(unread) => {
                presence.heard = Some(Place::Background(unread));
                presence.unread = Some(unread);
                self.env.left.presence = left;
                Event::Background { unread: Unread::new(unread.into()) }
            }
            Action::Unread(unread) => {
                presence.unread = Some(unread);
                if let Some(Place::Background(_)) = presence.heard {
                    presence.heard = Some(Place::Background(unread));
                }
                self.env.left.presence = left;
                Event::Unread { unread: Unread::new(unread.into()) }
            }
            Action::PresenceRefused(code) => {
                let Some(call) = presence.call.take() else { return Ok(()) };
                let code = stage.scene.im_codes[usize::from(code)];
                match meaning(code) {
                    Meaning::Never | Meaning::BadToken => presence.given_up = Some(call.place),
                    Meaning::SessionOver => {
                        self.env.left.kicks = self.env.left.kicks.saturating_sub(1);
                        self.end_session(stage);
                    }
                    Meaning::NotNow | Meaning::Perhaps => {}
                }
                Event::PresenceFailed { id: call.id, code: ImCode::from(code) }
            }
            _ => {
                let Some(call) = presence.call.take() else { return Ok(()) };
                presence.known = Some(call.place);
                Event::PresenceDone { id: call.id }
            }
        };
        if matches!(action, Action::PresenceDone) {
            return self.answered(stage, until, event);
        }
        self.heard(stage, event)
    }

    pub(super) fn step_tap(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        let now = self.coming();
        let env = &mut self.env;
        match action {
            Action::HostReady => {
                env.host_ready = true;
                self.heard(stage, Event::HostReady)
            }
            Action::Tap(stated) => {
                env.left.taps = env.left.taps.saturating_sub(1);
                let at = env.taps.len();
                env.taps.push(TapModel::new(stated, now, env.next_order()));
                self.tap_told(stage);
                self.env.clicked(stage.scene, at, stated);
                self.note_owners(PushEventKind::Clicked, at);
                self.heard(stage, Event::Tapped(TapModel::tap(at, stated)))
            }
            Action::TapAgain(at) => {
                env.left.repeats = env.left.repeats.saturating_sub(1);
                let at = usize::from(at);
                let before = env.taps[at].clone();
                let certain = before.held && !before.uncertain;
                let receipts = env.receipts.clone();
                if !certain {
                    // Maybe nobody knows of it any more. Then it is new.
                    env.taps[at] = TapModel::new(before.stated, now, env.next_order());
                    env.taps[at].uncertain = true;
                    self.tap_told(stage);
                    self.env.clicked_again(at);
                    self.note_owners(PushEventKind::Clicked, at);
                }
                let verdict = self.tell(stage, Event::Tapped(TapModel::tap(at, before.stated)))?;
                if certain {
                    return stage.seen.law(Law::Tap, !verdict.is_applied(), || {
                        format!("tap {at}, passed again, was {verdict:?}")
                    });
                }
                if verdict.is_applied() {
                    self.env.taps[at].uncertain = false;
                } else {
                    // It counts no more as a click than as a tap.
                    self.env.receipts = receipts;
                    self.env.taps[at] = before;
                }
                Ok(())
            }
            Action::TapHandled(at) => {
                let tap = &mut env.taps[usize::from(at)];
                tap.end();
                match tap.id {
                    Some(id) => self.heard(stage, Event::TapHandled { id }),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// One more tap than are held drops the oldest.
    fn tap_told(&mut self, stage: &Stage<'_>) {
        self.env.fence_taps(stage.scene);
        let taps = &mut self.env.taps;
        if taps.iter().any(|tap| tap.uncertain) {
            // Which one is the oldest cannot be known.
            taps.iter_mut().filter(|tap| tap.held).for_each(|tap| tap.uncertain = true);
        } else if taps.iter().filter(|tap| tap.held).count() > stage.scene.tap_limit {
            if let Some(oldest) = taps.iter_mut().filter(|tap| tap.held).min_by_key(|tap| tap.order) {
                oldest.end();
            }
        }
    }
}
