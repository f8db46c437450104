//! What went wrong last and still stands, for notices and the diagnosis. Decides nothing, so it is no part of the state. It is
//! long, since each trouble begins, counts and ends in one place.

use std::io::ErrorKind;
use std::num::NonZeroU16;
use std::time::Duration;

use super::kinds::{Kinds, PerKind};
use super::notice::QueuedNotice;
use super::{Lane, Lost, NoticeCode};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, TokenKind, Vendor};

#[derive(Clone, Debug, Default)]
pub(super) struct Troubles {
    /// What became of the last request to each vendor's SDK, and notices of what nothing has ended.
    standing: Vec<Trouble>,
    /// The code that answered the last report of each kind.
    reports: PerKind<Option<ImCode>>,
    /// Since when the reports of each kind fail.
    failing: PerKind<Option<Failing>>,
    /// How the last answers to reports were lost, and how many in a row, up to [`LOST_OFTEN`].
    lost: Option<(Lost, u8)>,
    /// When the server confirmed a report last.
    confirmed: Option<MonotonicTime>,
    /// How the last session ended, since nobody is logged in.
    session_over: Option<SessionOver>,
    /// Why the last write failed, and since when writes do.
    store: Option<(StoreTrouble, Failing)>,
    /// Why writes failed since the last one that succeeded, as far as a notice has said it.
    store_notified: [Option<StoreTrouble>; 4],
    /// Since when the app is where it is, or somebody is logged in, whichever came last: a second of the monotonic clock.
    presence_since: u32,
    /// Another process writes the snapshot, too.
    has_second_writer: bool,
    /// Whether the streak of failures of reports has had its notice that it persists, and that of registrations.
    given: [PerKind<bool>; 2],
    /// A notice has said that an account that was left may still be pushed to.
    is_possibly_bound_told: bool,
}

/// What stands, and what notices have said of it.
#[derive(Clone, Debug)]
struct Trouble {
    subject: Subject,
    notice: QueuedNotice,
    /// A [`Failing`], without its padding.
    since: u32,
    times: NonZeroU16,
    /// Of a vendor's SDK: the codes of the notices given in the present streak, a bit for each, and [`PASSED`].
    marks: u8,
}

impl Trouble {
    fn new(subject: Subject, notice: QueuedNotice, failing: Failing, marks: u8) -> Self {
        Self { subject, notice, since: failing.since, times: failing.times, marks }
    }

    const fn failing(&self) -> Failing {
        Failing { since: self.since, times: self.times }
    }

    /// Whether a token has come since, so that only what was told is kept.
    const fn has_passed(&self) -> bool {
        self.marks & PASSED != 0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// A vendor's SDK, which gives no token of this kind.
    Sdk(TokenKind),
    /// What its notice is about.
    Notice,
}

/// Since when, to the second, and how often in a row, something fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failing {
    since: u32,
    times: NonZeroU16,
}

impl Failing {
    /// One failure more.
    fn again(before: Option<Self>, now: MonotonicTime) -> Self {
        match before {
            Some(before) => Self { times: before.times.saturating_add(1), ..before },
            None => Self { since: seconds(now), times: NonZeroU16::MIN },
        }
    }

    /// For how long.
    pub(super) fn lasts(self, now: MonotonicTime) -> Duration {
        Duration::from_secs(seconds(now).saturating_sub(self.since).into())
    }

    pub(super) const fn times(self) -> u16 {
        self.times.get()
    }
}

fn seconds(time: MonotonicTime) -> u32 {
    u32::try_from(time.as_millis() / 1_000).unwrap_or(u32::MAX)
}

/// The server ended a session.
#[derive(Clone, Copy, Debug)]
pub(super) struct SessionOver {
    code: ImCode,
    at: u32,
    held: Kinds,
}

impl SessionOver {
    pub(super) fn new(code: ImCode, now: MonotonicTime, held: Kinds) -> Self {
        Self { code, at: seconds(now), held }
    }

    pub(super) const fn code(self) -> ImCode {
        self.code
    }

    /// How long ago that was.
    pub(super) fn ago(self, now: MonotonicTime) -> Duration {
        Duration::from_secs(seconds(now).saturating_sub(self.at).into())
    }

    /// What the server may have had of the account. Whether it has forgotten that, nobody has said.
    pub(super) const fn held(self) -> Kinds {
        self.held
    }
}

/// Why a write of the snapshot failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoreTrouble {
    Failed(ErrorKind),
    /// It was not answered in time.
    Late,
    /// Nobody took it.
    Busy,
}

impl StoreTrouble {
    pub(super) const fn notice(self) -> QueuedNotice {
        match self {
            Self::Failed(kind) => QueuedNotice::store(kind),
            Self::Late => QueuedNotice::lost(NoticeCode::StoreFailed, Lost::Deadline),
            Self::Busy => QueuedNotice::busy(Lane::Store),
        }
    }
}

/// A streak of failures. When it persists there is one notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Persisting {
    Report(TokenKind),
    Registration(TokenKind),
}

/// After this many lost answers in a row there is a notice.
const LOST_OFTEN: u8 = 2;

impl Troubles {
    /// Has room for the troubles of most phones, so that no deadline allocates.
    pub(super) fn new() -> Self {
        Self { standing: Vec::with_capacity(2), ..Self::default() }
    }

    /// A vendor's SDK did this, and gave no token; or one that does not count, while another `is_in_hand`. Returns whether a
    /// notice is due, if it may be told: one of a code, in a streak.
    pub(super) fn set_vendor(
        &mut self,
        kind: TokenKind,
        notice: QueuedNotice,
        may_be_told: bool,
        is_in_hand: bool,
        now: MonotonicTime,
    ) -> bool {
        let subject = Subject::Sdk(kind);
        let before = self.place(subject, notice.about()).map(|place| self.standing.remove(place));
        let told = before.as_ref().map_or(0, |before| before.marks & !PASSED);
        let failing = before.filter(|before| !before.has_passed()).map(|before| before.failing());
        let bit = told_bit(&notice);
        let is_due = may_be_told && told & bit == 0;
        let told = if is_due { told | bit } else { told };
        let marks = if is_in_hand { told | PASSED } else { told };
        let failing = Failing::again(failing, now);
        self.standing.push(Trouble::new(subject, notice, failing, marks));
        is_due
    }

    /// Why a vendor's SDK that was silent seems to have been so. Returns whether a notice that says so is due.
    pub(super) fn explain_silence(&mut self, vendor: Vendor, kind: TokenKind, notice: &QueuedNotice) -> bool {
        let is_its = |known: &&mut Trouble| {
            known.subject == Subject::Sdk(kind) && known.notice.about() == Some(vendor) && !known.has_passed()
        };
        let Some(trouble) = self.standing.iter_mut().find(is_its) else { return false };
        let bit = told_bit(notice);
        let is_due = trouble.notice.code() == NoticeCode::VendorSilent && trouble.marks & bit == 0;
        if is_due {
            trouble.notice = notice.clone();
            trouble.marks |= bit;
        }
        is_due
    }

    fn place(&self, subject: Subject, vendor: Option<Vendor>) -> Option<usize> {
        self.standing.iter().position(|known| known.subject == subject && known.notice.about() == vendor)
    }

    /// A vendor's SDK gave a token. That the server refused the one before stays told.
    pub(super) fn end_vendor(&mut self, vendor: Vendor, kind: TokenKind) {
        self.change(|trouble| {
            if trouble.subject == Subject::Sdk(kind) && trouble.notice.about() == Some(vendor) {
                trouble.marks = trouble.marks & REFUSED_BY_SERVER | PASSED;
            }
        });
    }

    /// Another streak of registrations begins, in which the SDKs' faults give notices again.
    pub(super) fn begin_streak(&mut self, kind: TokenKind) {
        self.change(|trouble| {
            if trouble.subject == Subject::Sdk(kind) {
                trouble.marks &= REFUSED_BY_SERVER | PASSED;
            }
        });
    }

    /// Tokens that the server refused may be reported again.
    pub(super) fn forgive(&mut self) {
        self.change(|trouble| trouble.marks &= !REFUSED_BY_SERVER);
    }

    /// Changes what is known, and forgets what has passed and was not told.
    fn change(&mut self, change: impl Fn(&mut Trouble)) {
        self.standing.retain_mut(|trouble| {
            change(trouble);
            trouble.marks != PASSED
        });
    }

    /// Configuration, phone or consent changed: forgets what was known of the SDKs.
    pub(super) fn end_vendors(&mut self) {
        self.standing.retain(|trouble| trouble.subject == Subject::Notice);
    }

    /// What a vendor's SDK did last, while no token has followed.
    pub(super) fn vendor(&self, vendor: Vendor, kind: TokenKind) -> Option<&QueuedNotice> {
        self.sdk(vendor, kind).map(|trouble| &trouble.notice)
    }

    /// Since when a vendor's SDK has given no token that counts.
    pub(super) fn vendor_failing(&self, vendor: Vendor, kind: TokenKind) -> Option<Failing> {
        self.sdk(vendor, kind).map(Trouble::failing)
    }

    fn sdk(&self, vendor: Vendor, kind: TokenKind) -> Option<&Trouble> {
        let place = self.place(Subject::Sdk(kind), Some(vendor))?;
        self.standing.get(place).filter(|trouble| !trouble.has_passed())
    }

    /// Whether the SDK was not silent: its last text was none of a token, or the server refused it.
    pub(super) fn gave_text(&self, vendor: Vendor, kind: TokenKind) -> bool {
        self.vendor(vendor, kind).is_some_and(|notice| {
            matches!(notice.code(), NoticeCode::TokenRefused | NoticeCode::TokenRefusedByServer)
        })
    }

    /// The last token of this kind that the server refused, whether or not another one has come since.
    pub(super) fn refused(&self, kind: TokenKind) -> Option<&QueuedNotice> {
        let is_refused = |trouble: &&Trouble| {
            let is_its = trouble.notice.code() == NoticeCode::TokenRefusedByServer;
            trouble.subject == Subject::Sdk(kind) && is_its
        };
        self.standing.iter().rfind(is_refused).map(|trouble| &trouble.notice)
    }

    /// A notice is given: what it says stands until it is ended, if it is of that kind.
    pub(super) fn stand(&mut self, notice: &QueuedNotice, now: MonotonicTime) {
        let stands = matches!(
            notice.code(),
            NoticeCode::NotificationChannelFailed
                | NoticeCode::NotificationChannelMissing
                | NoticeCode::SnapshotUnreadable
                | NoticeCode::LogoutUnfinished
                | NoticeCode::PossiblyBoundDropped
                | NoticeCode::PresenceRefused
                | NoticeCode::PushEventsRefused
                | NoticeCode::PushEventsUnanswered
        );
        if stands {
            self.end(notice.code(), notice.about());
            let (subject, notice) = (Subject::Notice, notice.clone());
            let failing = Failing::again(None, now);
            self.standing.push(Trouble::new(subject, notice, failing, 0));
        }
    }

    /// What this notice said is over.
    pub(super) fn end(&mut self, code: NoticeCode, vendor: Option<Vendor>) {
        self.standing.retain(|known| {
            known.subject != Subject::Notice || known.notice.code() != code || known.notice.about() != vendor
        });
    }

    /// What notices of this code said is over.
    pub(super) fn end_code(&mut self, code: NoticeCode) {
        self.standing.retain(|known| known.subject != Subject::Notice || known.notice.code() != code);
    }

    /// The notices of what has not ended, oldest first.
    pub(super) fn standing(&self) -> impl Iterator<Item = &QueuedNotice> {
        self.standing.iter().filter(|known| known.subject == Subject::Notice).map(|known| &known.notice)
    }

    pub(super) fn report_done(&mut self, kind: TokenKind, now: MonotonicTime) {
        self.confirmed = Some(now);
        *self.reports.of_mut(kind) = None;
        *self.failing.of_mut(kind) = None;
        self.lost = None;
        self.change(|trouble| {
            if trouble.subject == Subject::Sdk(kind) {
                trouble.marks &= !REFUSED_BY_SERVER;
            }
        });
    }

    pub(super) fn report_failed(&mut self, kind: TokenKind, code: ImCode, now: MonotonicTime) {
        *self.reports.of_mut(kind) = Some(code);
        self.failed_again(kind, now);
        self.lost = None;
    }

    /// An answer was lost. Returns whether a notice is due: one, until a report is answered.
    pub(super) fn report_lost(&mut self, kind: TokenKind, how: Lost, now: MonotonicTime) -> bool {
        *self.reports.of_mut(kind) = None;
        self.failed_again(kind, now);
        let before = self.lost.map_or(0, |(_, times)| times);
        let times = before.saturating_add(1).min(LOST_OFTEN);
        self.lost = Some((how, times));
        times == LOST_OFTEN && before < LOST_OFTEN
    }

    fn failed_again(&mut self, kind: TokenKind, now: MonotonicTime) {
        let failing = self.failing.of_mut(kind);
        *failing = Some(Failing::again(*failing, now));
    }

    /// Since when the reports of this kind fail, in this session.
    pub(super) const fn report_failing(&self, kind: TokenKind) -> Option<Failing> {
        *self.failing.of(kind)
    }

    /// The app said where it is.
    pub(super) fn presence_told(&mut self, now: MonotonicTime) {
        self.presence_since = seconds(now);
    }

    /// For how long the app has said nothing else, while somebody is logged in.
    pub(super) fn presence_lasts(&self, now: MonotonicTime) -> Duration {
        Duration::from_secs(seconds(now).saturating_sub(self.presence_since).into())
    }

    pub(super) fn begin_session(&mut self, now: MonotonicTime) {
        self.presence_told(now);
        self.reports = PerKind::default();
        self.failing = PerKind::default();
        self.session_over = None;
        self.end(NoticeCode::LogoutUnfinished, None);
        self.forgive();
    }

    pub(super) const fn set_session_over(&mut self, over: SessionOver) {
        self.session_over = Some(over);
    }

    pub(super) const fn session_over(&self) -> Option<SessionOver> {
        self.session_over
    }

    pub(super) const fn confirmed(&self) -> Option<MonotonicTime> {
        self.confirmed
    }

    pub(super) const fn report(&self, kind: TokenKind) -> Option<ImCode> {
        *self.reports.of(kind)
    }

    /// How the last answer to a report was lost, and whether so often that it was said.
    pub(super) fn lost(&self) -> Option<(Lost, bool)> {
        self.lost.map(|(how, times)| (how, times >= LOST_OFTEN))
    }

    /// An attempt of a streak failed. Returns whether a notice that it persists is due: one in a streak, when there is a code to
    /// name.
    pub(super) fn tell_persisting(&mut self, streak: Persisting, persists: bool, has_code: bool) -> bool {
        let [reports, registrations] = &mut self.given;
        let given = match streak {
            Persisting::Report(kind) => reports.of_mut(kind),
            Persisting::Registration(kind) => registrations.of_mut(kind),
        };
        let tells = persists && has_code && !*given;
        *given = persists && (*given || has_code);
        tells
    }

    /// A write failed. Returns whether a notice is due: one for each reason, until a write succeeds. A write that nobody took has
    /// the notice of its lane.
    pub(super) fn store_failed(&mut self, trouble: StoreTrouble, now: MonotonicTime) -> bool {
        self.has_second_writer |= trouble == StoreTrouble::Failed(ErrorKind::ResourceBusy);
        let before = self.store.map(|(_, failing)| failing);
        self.store = Some((trouble, Failing::again(before, now)));
        if trouble == StoreTrouble::Busy || self.store_notified.contains(&Some(trouble)) {
            return false;
        }
        let free = self.store_notified.iter_mut().find(|known| known.is_none());
        free.map(|free| *free = Some(trouble)).is_some()
    }

    pub(super) const fn end_store(&mut self) {
        self.store = None;
        self.store_notified = [None; 4];
    }

    /// A second writer is remembered even when the next write succeeds.
    pub(super) fn store(&self) -> Option<StoreTrouble> {
        let second_writer = StoreTrouble::Failed(ErrorKind::ResourceBusy);
        if self.has_second_writer { Some(second_writer) } else { self.store.map(|(trouble, _)| trouble) }
    }

    /// Since when writes fail.
    pub(super) fn store_failing(&self) -> Option<Failing> {
        self.store.map(|(_, failing)| failing)
    }

    /// Another account is possibly still bound, without a notice about it so far.
    pub(super) const fn possibly_bound(&mut self) {
        self.is_possibly_bound_told = false;
    }

    /// Whether to say now that an account is possibly still bound.
    pub(super) const fn tell_possibly_bound(&mut self) -> bool {
        !std::mem::replace(&mut self.is_possibly_bound_told, true)
    }

    pub(super) const fn is_possibly_bound_told(&self) -> bool {
        self.is_possibly_bound_told
    }
}

/// The mark of what has passed.
const PASSED: u8 = 1 << 7;

/// The bit of [`Trouble::marks`] that outlives a token: the next one may be refused, too.
const REFUSED_BY_SERVER: u8 = 1;

/// The bit that stands for notices like this.
fn told_bit(notice: &QueuedNotice) -> u8 {
    let codes = [NoticeCode::TokenRefusedByServer, NoticeCode::TokenRefused, NoticeCode::VendorRefused];
    let place = codes.iter().position(|code| *code == notice.code());
    match place {
        Some(place) => REFUSED_BY_SERVER << place,
        None if notice.is_explained() => 1 << 3,
        None => 1 << 4,
    }
}
