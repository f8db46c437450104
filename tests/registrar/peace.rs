//! Lets all go well, and looks at what has come of it.

use tim_offline_push::registrar::{Event, StateName};
use tim_offline_push::secret::Secret;
use tim_offline_push::time::MonotonicTime;
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{configuration, configured, login, phone, token, user};
use super::world::World;

impl World {
    /// From here on all goes well: everybody answers, and every token, account and consent is there.
    pub(crate) fn make_peace(&mut self) {
        self.tell(configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm]).with_app_version("peace")));
        self.tell(phone("Xiaomi"));
        self.tell(Event::ConsentGranted);
        self.tell(Event::PushEnabled);
        self.tell(Event::HostReady);
        self.tell(login("alice"));
        // A vendor SDK does not tell a token twice.
        if let Some(newest) = self.newest.clone().filter(|newest| self.holds(newest)) {
            self.last = newest;
        } else {
            self.tell(token(Vendor::Xiaomi, "the-last-token"));
        }
        self.settle();
    }

    fn holds(&self, text: &str) -> bool {
        let known = Secret::new(text).fingerprint();
        let tokens = self.machine.diagnose().tokens;
        tokens.iter().any(|token| token.vendor == Vendor::Xiaomi && token.fingerprint == known)
    }

    /// S8, S9: what the server has, now that nothing is under way.
    pub(crate) fn compare_with_server(&self) {
        if self.store_failed && self.crashes > 0 {
            // What was never stored is not known after a crash.
            return;
        }
        let alice = user("alice");
        let last = self.last.as_str();
        let key = (alice.clone(), TokenKind::Standard);
        let log = || self.log.join("\n");
        assert_eq!(self.server.accounts.get(&key).map(String::as_str), Some(last), "S8\n{}", log());
        let device = self.server.device.get(&TokenKind::Standard);
        assert_eq!(device, Some(&(alice.clone(), last.to_owned())), "S8: device\n{}", log());
        let full = self.machine.counters().possibly_bound_dropped > 0;
        for (account, kind) in self.server.accounts.keys().filter(|(account, _)| *account != alice) {
            let known = self.machine.possibly_bound().any(|other| other == account);
            assert!(known || full, "S9: {account:?} {kind} is bound and forgotten\n{}", log());
        }
    }

    /// Answers everything well until nothing is left to do but to wait for the next day.
    pub(crate) fn settle(&mut self) {
        for _ in 0..500 {
            while let Some((version, bytes)) = (!self.writes.is_empty()).then(|| self.writes.remove(0)) {
                self.disk = bytes;
                self.tell(Event::Stored { version });
            }
            if let Some((id, sent)) = self.pick_report(0) {
                self.server.land(sent);
                self.tell(Event::ReportDone { id });
            } else if let Some(id) = self.ensuring.take() {
                self.tell(Event::NotificationChannelReady { id });
            } else if let Some(id) = self.presences.pop() {
                self.tell(Event::PresenceDone { id });
            } else if let Some(id) = self.delivered.iter().find(|id| !self.handled.contains(id)).copied() {
                self.handled.push(id);
                self.tell(Event::TapHandled { id });
            } else if let Some((id, vendor, kind, _)) = self.registrations.pop() {
                if vendor == Vendor::Xiaomi && kind == TokenKind::Standard {
                    let last = self.last.clone();
                    self.tell(token(vendor, &last));
                } else {
                    self.tell(Event::VendorFailed { id, code: 22006.into() });
                }
            } else {
                let next = self.machine.poll_timeout();
                let day = self.latest.max(self.millis).saturating_add(20 * 3_600_000);
                // A server may have asked to wait for longer than a day.
                let regions = self.machine.diagnose().regions;
                let is_waiting = regions.iter().any(|region| region.state == StateName::Waiting);
                if !is_waiting && next.is_none_or(|next| next.as_millis() > day) {
                    return;
                }
                // What floats lands as late as it can.
                let settle = u64::try_from(self.settings.settle.as_millis()).unwrap();
                let next = next.map_or(u64::MAX, MonotonicTime::as_millis);
                if self.floating.iter().any(|sent| sent.issued.saturating_add(settle) <= next) {
                    let sent = self.floating.remove(0);
                    self.server.land(sent);
                    continue;
                }
                self.deadline();
            }
        }
        let tail: Vec<_> = self.log.iter().rev().take(30).collect();
        panic!("L4: no peace after 500 steps, last first: {tail:#?}");
    }
}
