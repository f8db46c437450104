//! A machine's state with its ids renamed and its deadlines told from now.

use std::time::Duration;

use crate::registrar::State;
use crate::registrar::election::{Course, Request};
use crate::registrar::session::SessionRegion;
use crate::registrar::slot::{Acknowledged, Doubt, Phase, Reassert};
use crate::registrar::store::StoreCourse;
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

impl State {
    /// Renames every id, in a fixed order, and tells every deadline from now. What no time to come can change any more
    /// is left out. The caller keeps the wall clock still, so its stamps are equal already.
    pub(super) fn rename(&mut self, now: MonotonicTime, name: &mut dyn FnMut(u64) -> u64) {
        self.rename_election(now, name);
        match &mut self.session {
            SessionRegion::LoggedOut => {}
            SessionRegion::LoggedIn(session) | SessionRegion::Released(session) => {
                session.id = name(session.id.as_u64()).into();
            }
            SessionRegion::Draining { session, deadline } => {
                session.id = name(session.id.as_u64()).into();
                shift(deadline, now);
            }
        }
        for kind in TokenKind::ALL {
            let slot = self.slot_mut(kind);
            match &mut slot.phase {
                Phase::Idle | Phase::Parked { .. } => {}
                Phase::Storing { version, deadline } => {
                    *version = version.map(|version| name(version.as_u64()).into());
                    shift(deadline, now);
                }
                Phase::Reporting(attempt) => {
                    attempt.id = name(attempt.id.as_u64()).into();
                    shift(&mut attempt.deadline, now);
                }
                Phase::Waiting { until, not_before } => {
                    shift(until, now);
                    shift(not_before, now);
                }
            }
            if let Doubt::Unsettled { until } = &mut slot.doubt {
                shift(until, now);
            }
            if let Some(Acknowledged { reassert: Reassert::At(at), .. }) = &mut slot.acknowledged {
                shift(at, now);
            }
        }
        match &mut self.store.course {
            StoreCourse::Clean => {}
            StoreCourse::Writing { version, deadline, .. } => {
                *version = name(version.as_u64()).into();
                shift(deadline, now);
            }
            StoreCourse::Dirty { until } => shift(until, now),
        }
        if let Some(call) = &mut self.presence.call {
            call.id = name(call.id.as_u64()).into();
            shift(&mut call.deadline, now);
        }
        shift_option(&mut self.presence.retry_at, now);
        for held in &mut self.inbox.held {
            held.id = name(held.id.as_u64()).into();
            shift(&mut held.expires, now);
        }
        self.inbox.recent.retain(|recent| recent.until > now);
        for recent in &mut self.inbox.recent {
            shift(&mut recent.until, now);
        }
    }

    fn rename_election(&mut self, now: MonotonicTime, name: &mut dyn FnMut(u64) -> u64) {
        let election = &mut self.election;
        let mut rename = |request: &mut Option<Request>| {
            if let Some(request) = request {
                request.id = name(request.id.as_u64()).into();
                shift(&mut request.deadline, now);
            }
        };
        rename(&mut election.request);
        rename(&mut election.voip.request);
        election.set_aside.retain(|aside| aside.deadline > now);
        for aside in &mut election.set_aside {
            aside.id = name(aside.id.as_u64()).into();
            shift(&mut aside.deadline, now);
        }
        shift_option(&mut election.voip.retry_at, now);
        if let Course::BackingOff { until } = &mut election.course {
            shift(until, now);
        }
    }
}

fn shift(time: &mut MonotonicTime, now: MonotonicTime) {
    if *time < MonotonicTime::MAX {
        let left: Duration = time.saturating_since(now);
        *time = MonotonicTime::ZERO.saturating_add(left);
    }
}

fn shift_option(time: &mut Option<MonotonicTime>, now: MonotonicTime) {
    if let Some(time) = time {
        shift(time, now);
    }
}
