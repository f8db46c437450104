//! What must not count in any state: stale answers, old news, texts that are no token. Each is tried on a
//! copy.

use std::io::ErrorKind;

use super::laws::{Checked, Law};
use super::mutation::{Mutation, mutated};
use super::world::{Stage, World, at};
use crate::registrar::{Effect, Event, Lost, Machine, Restored, SessionId, TapId, Verdict};
use crate::secret::Secret;
use crate::vendor::{ImCode, TokenKind, Vendor, VendorCode};

/// Another incarnation's bit in an id.
const OTHER_INCARNATION: u64 = 1 << 40;

impl World {
    pub(super) fn probe(&self, stage: &mut Stage<'_>) -> Checked {
        self.probe_machine(stage)?;
        self.probe_world(stage)
    }

    /// What hangs on the machine: of the environment's ids, only such go in as no machine gave, and those of
    /// sessions.
    pub(super) fn probe_machine(&self, stage: &mut Stage<'_>) -> Checked {
        self.check_stale(stage)?;
        self.check_malformed(stage)
    }

    /// What hangs on the environment and the time, too.
    pub(super) fn probe_world(&self, stage: &mut Stage<'_>) -> Checked {
        self.check_harmless(stage)?;
        if stage.scene.wild { self.check_snapshot(stage) } else { Ok(()) }
    }

    /// S12, L3: a snapshot is bounded and reads; one that is damaged is read as far as it goes, and what is
    /// made of it reads again.
    fn check_snapshot(&self, stage: &mut Stage<'_>) -> Checked {
        let bytes = self.machine.snapshot().into_bytes();
        let read = |bytes: &[u8]| {
            let origin = self.machine.context.origin().clone();
            Machine::restore(origin, self.machine.policy().clone(), bytes, at(self.now))
        };
        let (_, restored) = read(&bytes);
        stage.seen.law(Law::L3, restored == Restored::Resumed, || format!("a snapshot is {restored:?}"))?;
        let place = (self.now as usize).wrapping_mul(31) % bytes.len();
        let (mut torn, mut changed) = (bytes.clone(), bytes);
        torn.truncate(place);
        changed[place] = changed[place].wrapping_add(1 + self.processes as u8);
        for damaged in [torn, changed] {
            let (mut machine, _) = read(&damaged);
            while machine.poll_effect().is_some() {}
            let (_, restored) = read(machine.snapshot().as_bytes());
            stage.seen.law(Law::L3, restored == Restored::Resumed, || {
                format!("what was made of a damaged snapshot is {restored:?}")
            })?;
        }
        Ok(())
    }

    /// S3: answers to attempts that are over, or were never made, leave the state equal.
    fn check_stale(&self, stage: &mut Stage<'_>) -> Checked {
        let mut machine = self.machine.clone();
        for event in self.stale_answers() {
            let name = event.name();
            stage.heard.push(name);
            for event in mutated(stage.mutation, event, Mutation::events) {
                let verdict = machine.handle(at(self.now), event);
                stage.seen.law(Law::S3, matches!(verdict, Verdict::Ignored(_)), || {
                    format!("a stale {name} was {verdict:?}")
                })?;
            }
        }
        self.unchanged(stage, &machine, "stale answers")
    }

    /// For each id of the machine, one that looks like it but is of another process, the id of something
    /// else, and the largest there is.
    fn stale_answers(&self) -> Vec<Event> {
        let (env, code) = (&self.env, ImCode::from(6208));
        let session = self.machine.session().map_or(1, SessionId::as_u64);
        let near = |id: Option<u64>| [id.unwrap_or(session) ^ OTHER_INCARNATION, session, u64::MAX];
        let report = env.server.open().map(|at| env.server.wire[at].id.as_u64());
        let sdk = env.sdks.iter().find_map(|sdk| sdk.asked).map(|(id, _)| id.as_u64());
        let channel = env.channel.map(|(id, _)| id.as_u64());
        let write = env.write.as_ref().map(|write| write.version.as_u64());
        let presence = env.presence.call.as_ref().map(|call| call.id.as_u64());
        let tap = env.taps.iter().find(|tap| tap.held).and_then(|tap| tap.id).map(TapId::as_u64);

        let receipts = env.receipts.call.as_ref().map(super::receipts::ReceiptsCall::id);
        let mut events = Vec::with_capacity(64);
        let mut add = |id, event: &dyn Fn(u64) -> Event| events.extend(near(id).map(event));
        add(report, &|id| Event::ReportDone { id: id.into() });
        add(report, &|id| Event::ReportFailed { id: id.into(), code, retry_after: None });
        add(report, &|id| Event::ReportLost { id: id.into(), how: Lost::Host });
        add(sdk, &|id| Event::VendorFailed { id: id.into(), code: VendorCode::from(1) });
        add(channel, &|id| Event::NotificationChannelReady { id: id.into() });
        add(channel, &|id| Event::NotificationChannelFailed { id: id.into() });
        add(write, &|id| Event::Stored { version: id.into() });
        add(write, &|id| Event::StoreFailed { version: id.into(), kind: ErrorKind::Other });
        add(presence, &|id| Event::PresenceDone { id: id.into() });
        add(presence, &|id| Event::PresenceFailed { id: id.into(), code });
        add(tap, &|id| Event::TapHandled { id: id.into() });
        add(receipts, &|id| Event::PushEventsReported { id: id.into() });
        add(receipts, &|id| Event::PushEventsFailed { id: id.into(), code, retry_after: None });
        add(receipts, &|id| Event::PushEventsLost { id: id.into(), how: Lost::Host });
        for session in [session ^ OTHER_INCARNATION, u64::MAX].map(SessionId::from) {
            events.extend([
                Event::LogoutRequested { session },
                Event::LoggedOut { session },
                Event::KickedOff { session },
                Event::CredentialExpired { session },
            ]);
        }
        events
    }

    /// S3: what says nothing new leaves the state equal, and so does an early call for timeouts.
    fn check_harmless(&self, stage: &mut Stage<'_>) -> Checked {
        let mut machine = self.machine.clone();
        if machine.poll_timeout().is_some_and(|due| due.as_millis() <= self.now) {
            return Ok(());
        }
        machine.handle_timeout(at(self.now));
        machine.handle_timeout(at(self.now.saturating_sub(60_000)));
        let mut news = vec![Event::TokenInvalid { vendor: Vendor::Meizu, kind: TokenKind::Standard }];
        if let Some(login) = self.env.login.as_ref().filter(|login| !login.released) {
            match login.draining {
                None => news.push(Event::LoggedIn { account: login.account.user() }),
                // A drain that is over may wait for its effect to be taken.
                Some(until) if until > self.now && self.env.untaken_since.is_none() => {
                    news.push(Event::LogoutRequested { session: self.env.session() });
                }
                Some(_) => {}
            }
        }
        for event in news {
            let name = event.name();
            stage.heard.push(name);
            let verdict = machine.handle(at(self.now), event);
            stage.seen.law(Law::S3, matches!(verdict, Verdict::Ignored(_)), || {
                format!("{name}, which says nothing new, was {verdict:?}")
            })?;
        }
        if !stage.scene.is_late() {
            let silent = machine.poll_effect().is_none();
            stage.seen.law(Law::S3, silent, || "something was done for old news".to_owned())?;
        }
        self.unchanged(stage, &machine, "old news")
    }

    /// S5: a text that is certainly no token is refused, and changes nothing.
    fn check_malformed(&self, stage: &mut Stage<'_>) -> Checked {
        let Some(slot) = stage.scene.slots.first() else { return Ok(()) };
        let mut machine = self.machine.clone();
        let long = "x".repeat(257);
        for text in ["", " ", "null", "a b", "a\u{7}b", long.as_str()] {
            let event = Event::Token { vendor: slot.vendor, kind: slot.kind, text: Secret::new(text) };
            let verdict = machine.handle(at(self.now), event);
            stage.seen.law(Law::S5, matches!(verdict, Verdict::Refused(_)), || {
                format!("a text that is no token was {verdict:?}")
            })?;
        }
        self.unchanged(stage, &machine, "malformed tokens")?;
        while let Some(effect) = machine.poll_effect() {
            if let Effect::Notice(notice) = effect {
                stage.seen.notices.insert(notice.code());
            }
        }
        Ok(())
    }

    fn unchanged(&self, stage: &mut Stage<'_>, machine: &Machine, by: &str) -> Checked {
        stage.seen.law(Law::S3, machine.is_in_state_of(&self.machine), || format!("{by} changed the state"))
    }
}
