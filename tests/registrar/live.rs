//! Makes things happen to a machine.

use std::io::ErrorKind;
use std::time::Duration;

use tim_offline_push::registrar::{Event, Lost, ReportId, SessionId, Verdict};
use tim_offline_push::secret::Secret;
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::op::Op;
use super::rig::{configuration, configured, login, phone, tap, token, unread, user};
use super::server::Sent;
use super::world::World;

const CHANNELS: [Vendor; 3] = [Vendor::Xiaomi, Vendor::Fcm, Vendor::Apns];
const ACCOUNTS: [&str; 3] = ["alice", "bob", "carol"];
/// Success, later, later and slowly, not ready, certificate unknown, session over, permanent, nobody knows
/// it.
const CODES: [i32; 8] = [0, 20004, 22006, 6014, 22001, 6208, 6017, 424_242];

impl World {
    pub(crate) fn step(&mut self, op: &Op) {
        match op {
            Op::Configure(which) => {
                let configuration = match which % 4 {
                    0 => configuration(&[Vendor::Xiaomi, Vendor::Fcm]),
                    1 => configuration(&CHANNELS).with_app_version("2"),
                    2 => configuration(&CHANNELS).with_consent_required(true),
                    _ => configuration(&[Vendor::Oppo, Vendor::Fcm]),
                };
                self.configuration = Some(configuration.clone());
                self.tell(configured(configuration));
            }
            Op::Phone(which) => {
                let phone = phone(["Xiaomi", "OPPO", "Apple"][usize::from(which % 3)]);
                self.phone = Some(phone.clone());
                self.tell(phone);
            }
            Op::Consent(given) => {
                self.tell(if *given { Event::ConsentGranted } else { Event::ConsentWithdrawn });
            }
            Op::Token { vendor, text } => {
                let text = ["aa01", "aa02", "aa03"][usize::from(*text)];
                self.tell(token(CHANNELS[usize::from(*vendor)], text));
            }
            Op::Voip(text) => {
                let text = Secret::new(["bb01", "bb02", "bb03"][usize::from(*text)]);
                self.tell(Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text });
            }
            Op::BadToken(which) => {
                let long = "a".repeat(600);
                let text = ["", " ", "null", "a b", "a\u{7}b", long.as_str()][usize::from(which % 6)];
                let verdict = self.tell(token(CHANNELS[usize::from(which % 3)], text));
                assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
            }
            Op::Invalid(vendor) => {
                let vendor = CHANNELS[usize::from(*vendor)];
                self.tell(Event::TokenInvalid { vendor, kind: TokenKind::Standard });
            }
            Op::Login(account) => {
                self.tell(login(ACCOUNTS[usize::from(*account)]));
            }
            Op::RequestLogout => self.of_session(|session| Event::LogoutRequested { session }),
            Op::LoggedOut => self.of_session(|session| Event::LoggedOut { session }),
            Op::Kicked => self.of_session(|session| Event::KickedOff { session }),
            Op::Expired => self.of_session(|session| Event::CredentialExpired { session }),
            Op::Push(on) => {
                self.tell(if *on { Event::PushEnabled } else { Event::PushDisabled });
            }
            Op::Report { .. }
            | Op::LoseReport(_)
            | Op::Land(_)
            | Op::Vendor { .. }
            | Op::Channel { .. }
            | Op::Store { .. }
            | Op::Presence { .. }
            | Op::Again(_) => self.answer(op),
            Op::Foreground => {
                self.tell(Event::Foreground);
            }
            Op::Background(count) => {
                self.tell(Event::Background { unread: unread((*count).into()) });
            }
            Op::Unread(count) => {
                self.tell(Event::Unread { unread: unread(*count) });
            }
            Op::Tap { message, account } => {
                let name = format!("m{message}");
                let account = ACCOUNTS.get(usize::from(*account)).filter(|name| **name != "carol");
                self.owners.insert(name.clone(), account.map(|name| user(name)));
                self.tell(Event::Tapped(tap(&name, account.copied())));
            }
            Op::Handled(pick) => {
                let count = self.delivered.len();
                if count > 0 {
                    let id = self.delivered[usize::from(*pick) % count];
                    self.handled.push(id);
                    self.tell(Event::TapHandled { id });
                }
            }
            Op::Ready => {
                self.tell(Event::HostReady);
            }
            Op::Network => {
                self.tell(Event::NetworkUp);
            }
            Op::Retry => {
                self.tell(Event::UserRetry);
            }
            Op::Wait(millis) => self.pass(self.millis.saturating_add((*millis).into())),
            Op::Deadline => {
                self.deadline();
            }
            Op::Jump(by) => {
                self.wall = self.wall.saturating_add(*by / 1_000);
                let millis = self.millis.saturating_add_signed(*by);
                self.pass(millis);
            }
        }
    }

    /// Somebody answers, or does not.
    fn answer(&mut self, op: &Op) {
        match op {
            Op::Report { pick, code, retry_after } => self.answer_report(*pick, *code, *retry_after),
            Op::LoseReport(pick) => {
                if let Some((id, sent)) = self.pick_report(*pick) {
                    self.floating.push(sent);
                    self.tell(Event::ReportLost { id, how: Lost::Host });
                }
            }
            Op::Land(pick) => self.land(*pick),
            Op::Vendor { pick, code } => {
                let count = self.registrations.len();
                if count > 0 {
                    let (id, ..) = self.registrations.remove(usize::from(*pick) % count);
                    let code = [22006, -987_654, 70_000_001, 0][usize::from(code % 4)];
                    self.tell(Event::VendorFailed { id, code: code.into() });
                }
            }
            Op::Channel { ok } => {
                if let Some(id) = self.ensuring.take() {
                    self.tell(if *ok {
                        Event::NotificationChannelReady { id }
                    } else {
                        Event::NotificationChannelFailed { id }
                    });
                }
            }
            Op::Store { ok } => self.answer_write(*ok),
            Op::Presence { ok } => {
                if let Some(id) = self.presences.pop() {
                    let failed = Event::PresenceFailed { id, code: 20004.into() };
                    self.tell(if *ok { Event::PresenceDone { id } } else { failed });
                }
            }
            Op::Again(pick) => self.say_again(*pick),
            _ => {}
        }
    }

    fn of_session(&mut self, event: impl FnOnce(SessionId) -> Event) {
        if let Some((session, _)) = self.session {
            let event = event(session);
            self.tell(event);
        }
    }

    pub(crate) fn pick_report(&mut self, pick: u8) -> Option<(ReportId, Sent)> {
        let count = self.reports.len();
        let id = *self.reports.keys().nth(usize::from(pick) % count.max(1))?;
        self.reports.remove_entry(&id)
    }

    fn land(&mut self, pick: u8) {
        if !self.floating.is_empty() {
            let sent = self.floating.remove(usize::from(pick) % self.floating.len());
            self.log.push(format!("late: {sent:?}"));
            self.server.land(sent);
        }
    }

    fn answer_report(&mut self, pick: u8, code: u8, retry_after: u8) {
        let Some((id, sent)) = self.pick_report(pick) else { return };
        let retry_after = match retry_after {
            0 => None,
            1 => Some(Duration::from_secs(90)),
            _ => Some(Duration::MAX),
        };
        let event = match CODES[usize::from(code)] {
            0 => Event::ReportDone { id },
            code => Event::ReportFailed { id, code: code.into(), retry_after },
        };
        // An answer that was lost on the way back is told as a failure, too, and what was sent may come yet.
        match (code, pick % 3) {
            (0, _) | (1, 0) => self.server.land(sent),
            (1, 1) => self.floating.push(sent),
            _ => {}
        }
        self.tell(event);
    }

    fn answer_write(&mut self, ok: bool) {
        if self.writes.is_empty() {
            return;
        }
        let (version, bytes) = self.writes.remove(0);
        if ok {
            self.disk = bytes;
            self.tell(Event::Stored { version });
        } else {
            self.tell(Event::StoreFailed { version, kind: ErrorKind::Other });
        }
    }

    /// S3: what was said before changes nothing, unless it is true once more.
    fn say_again(&mut self, pick: u8) {
        let answers: Vec<Event> = self
            .said
            .iter()
            .filter(|event| {
                matches!(
                    event,
                    Event::ReportDone { .. }
                        | Event::ReportFailed { .. }
                        | Event::ReportLost { .. }
                        | Event::VendorFailed { .. }
                        | Event::NotificationChannelReady { .. }
                        | Event::NotificationChannelFailed { .. }
                        | Event::Stored { .. }
                        | Event::StoreFailed { .. }
                        | Event::PresenceDone { .. }
                        | Event::PresenceFailed { .. }
                )
            })
            .cloned()
            .collect();
        if let Some(event) = answers.get(usize::from(pick) % answers.len().max(1)) {
            let said_nothing = matches!(event, Event::VendorFailed { code, .. } if *code == 0.into());
            let verdict = self.tell(event.clone());
            assert!(said_nothing || matches!(verdict, Verdict::Ignored(_)), "S3: {event:?} counted twice");
        }
    }

    /// The clock shows this, and the host's timer fires.
    pub(crate) fn pass(&mut self, millis: u64) {
        self.millis = millis;
        self.latest = self.latest.max(millis);
        self.let_die();
        self.machine.handle_timeout(self.now());
        self.log.push(format!("{millis}"));
        self.take();
    }

    /// Goes to the next deadline; the deadline after that must lie later.
    pub(crate) fn deadline(&mut self) -> bool {
        let Some(deadline) = self.machine.poll_timeout() else { return false };
        self.pass(self.millis.max(deadline.as_millis()));
        let next = self.machine.poll_timeout();
        assert!(next.is_none_or(|next| next > deadline), "a deadline was reached and stands: {next:?}");
        true
    }
}
