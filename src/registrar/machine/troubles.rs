//! What went wrong last and still stands, for notices and the diagnosis. Decides nothing, so it is no part of
//! the state.

use std::io::ErrorKind;
use std::num::NonZeroU16;
use std::time::Duration;

use super::{Cause, Kinds, Lost, Notice, NoticeCode, PerKind};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, TokenKind, Vendor};

#[derive(Clone, Debug, Default)]
pub(super) struct Troubles {
    now: Second,
    /// What is wrong, and what is over of which a notice was given; oldest first.
    known: Vec<Trouble>,
    /// What became of the last reports of each kind, in this session.
    reports: PerKind<FailedReports>,
    /// How the last answers to reports were lost, and how many in a row, up to [`LOST_OFTEN`].
    lost: Option<(Lost, u8)>,
    /// When the server confirmed a report last.
    confirmed: Option<MonotonicTime>,
    /// By which code the last session ended, since nobody is logged in, when, and what the server may have
    /// had of the account. Whether it has forgotten that, nobody has said.
    session_over: Option<(ImCode, Second, Kinds)>,
    /// Since when the app is where it is, or somebody is logged in, whichever came last.
    presence_since: Second,
    /// Another process writes the snapshot, too.
    has_second_writer: bool,
    /// The streaks of failures that have had their notice that they persist.
    persisting: Vec<KeepsFailing>,
}

/// One thing that is wrong, or was.
#[derive(Clone, Debug)]
struct Trouble {
    subject: Subject,
    stage: Stage,
    failing: Failing,
    notice: Notice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// A vendor's SDK, which gives no token of this kind.
    Sdk(TokenKind),
    /// The store.
    Store,
    /// What its notice is about.
    Notice,
}

/// Where a trouble is, so that each has one notice in a streak of failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It stands, and its notice was not given.
    Unnoticed,
    /// It stands, and its notice was given.
    Noticed,
    /// It is over, or another one has taken its place. Its notice was given, and is not given again.
    Over,
}

impl Stage {
    /// It is over. None if nothing of it must be remembered.
    fn over(self) -> Option<Self> {
        (self != Self::Unnoticed).then_some(Self::Over)
    }

    /// Its notice may be given again. None if nothing of it must be remembered.
    fn unnoticed(self) -> Option<Self> {
        (self != Self::Over).then_some(Self::Unnoticed)
    }
}

impl Trouble {
    fn is_of(&self, subject: Subject, vendor: Option<Vendor>) -> bool {
        (self.subject, self.notice.vendor()) == (subject, vendor)
    }

    /// Whether it is that the server refused a token, which the next token does not end: it may be refused,
    /// too.
    fn is_by_server(&self) -> bool {
        self.notice.code() == NoticeCode::TokenRefusedByServer
    }
}

/// A second of the monotonic clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Second(u32);

impl Second {
    fn of(time: MonotonicTime) -> Self {
        Self(u32::try_from(time.as_millis() / 1_000).unwrap_or(u32::MAX))
    }

    /// How long ago that was.
    fn ago(self, now: Self) -> Duration {
        Duration::from_secs(now.0.saturating_sub(self.0).into())
    }
}

/// Since when, to the second, and how often in a row, something fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Failing {
    since: Second,
    times: NonZeroU16,
}

impl Failing {
    /// One failure more.
    fn again(before: Option<Self>, now: Second) -> Self {
        match before {
            Some(before) => Self { times: before.times.saturating_add(1), ..before },
            None => Self { since: now, times: NonZeroU16::MIN },
        }
    }

    fn lasts(self, now: Second) -> Lasting {
        (self.since.ago(now), self.times.get().into())
    }
}

/// For how long, and how often in a row, something fails.
pub(super) type Lasting = (Duration, u32);

/// The last reports of a kind, as far as they failed: the code that answered the last one, and since when
/// they do.
type FailedReports = (Option<ImCode>, Option<Failing>);

/// A streak of failures: the code of the notice that it persists, and of which kind.
pub(super) type KeepsFailing = (NoticeCode, TokenKind);

/// After this many lost answers in a row there is a notice.
pub(super) const LOST_OFTEN: u8 = 2;

impl Troubles {
    /// The most that is known: what is over goes first.
    const MOST: usize = 24;

    /// Has room for the troubles of most phones.
    pub(super) fn new() -> Self {
        Self { known: Vec::with_capacity(2), ..Self::default() }
    }

    pub(super) fn advance(&mut self, now: MonotonicTime) {
        self.now = Second::of(now);
    }

    /// A vendor's SDK did this, and gave no token; or one that does not count, while another `is_in_hand`.
    /// Returns whether a notice is due: one of a code, in a streak, unless the code is expected to pass.
    pub(super) fn sdk_failed(&mut self, kind: TokenKind, notice: &Notice, is_in_hand: bool) -> bool {
        let subject = Subject::Sdk(kind);
        let is_due = self.failed(subject, notice, !notice.is_transient());
        if is_in_hand {
            self.change(&|known| known.is_of(subject, notice.vendor()), &|known| known.stage.over());
        }
        is_due
    }

    /// A write failed. Returns whether a notice is due: one for each reason, until a write succeeds. A write
    /// that nobody took has the notice of its lane.
    pub(super) fn store_failed(&mut self, notice: &Notice) -> bool {
        self.has_second_writer |= notice.cause() == Some(&SECOND_WRITER);
        self.failed(Subject::Store, notice, notice.code() == NoticeCode::StoreFailed)
    }

    fn failed(&mut self, subject: Subject, notice: &Notice, may_be_noticed: bool) -> bool {
        let before = self.current(subject, notice.vendor()).map(|known| known.failing);
        let failing = Failing::again(before, self.now);
        let was_noticed = self.was_noticed(subject, notice);
        let stage = if was_noticed || may_be_noticed { Stage::Noticed } else { Stage::Unnoticed };
        self.put(Trouble { subject, stage, failing, notice: notice.clone() });
        may_be_noticed && !was_noticed
    }

    /// Why a vendor's SDK that was silent seems to have been so. Returns whether a notice that says so is
    /// due.
    pub(super) fn explain_silence(&mut self, vendor: Vendor, kind: TokenKind, notice: &Notice) -> bool {
        let (subject, stage) = (Subject::Sdk(kind), Stage::Noticed);
        let known = self.current(subject, Some(vendor));
        let silent = known.filter(|known| known.notice.code() == NoticeCode::VendorSilent);
        let Some(failing) = silent.map(|known| known.failing) else { return false };
        let is_due = !self.was_noticed(subject, notice);
        if is_due {
            self.put(Trouble { subject, stage, failing, notice: notice.clone() });
        }
        is_due
    }

    /// Whether a notice has said this in the present streak.
    fn was_noticed(&self, subject: Subject, notice: &Notice) -> bool {
        let mut known = self.known.iter().filter(|known| known.is_of(subject, notice.vendor()));
        known.any(|known| known.notice.topic() == notice.topic() && known.stage != Stage::Unnoticed)
    }

    /// Puts a trouble in the place of the one before.
    fn put(&mut self, new: Trouble) {
        self.change(&|known| known.is_of(new.subject, new.notice.vendor()), &|known| {
            known.stage.over().filter(|_| known.notice.topic() != new.notice.topic())
        });
        if self.known.len() >= Self::MOST {
            let over = self.known.iter().position(|known| known.stage == Stage::Over);
            over.map(|at| self.known.remove(at));
        }
        self.known.push(new);
    }

    /// Brings some of what is known to its next stage, or forgets it.
    fn change(&mut self, is_it: &dyn Fn(&Trouble) -> bool, next: &dyn Fn(&Trouble) -> Option<Stage>) {
        self.known.retain_mut(|known| {
            let next = if is_it(known) { next(known) } else { Some(known.stage) };
            known.stage = next.unwrap_or(Stage::Over);
            next.is_some()
        });
    }

    /// A vendor's SDK gave a token. That the server refused the one before is remembered.
    pub(super) fn end_vendor(&mut self, vendor: Vendor, kind: TokenKind) {
        self.change(&|known| known.is_of(Subject::Sdk(kind), Some(vendor)), &|known| {
            known.stage.over().filter(|_| known.is_by_server())
        });
    }

    /// Another streak of registrations begins, in which the SDKs' faults give notices again.
    pub(super) fn begin_streak(&mut self, kind: TokenKind) {
        let is_it = |known: &Trouble| known.subject == Subject::Sdk(kind) && !known.is_by_server();
        self.change(&is_it, &|known| known.stage.unnoticed());
    }

    /// Tokens of these kinds that the server refused may be reported again.
    pub(super) fn forgive(&mut self, kinds: Kinds) {
        let is_one = |known: &Trouble| matches!(known.subject, Subject::Sdk(kind) if kinds.contains(kind));
        self.change(&|known| is_one(known) && known.is_by_server(), &|known| known.stage.unnoticed());
    }

    /// Configuration, phone or consent changed: forgets what was known of the SDKs.
    pub(super) fn end_vendors(&mut self) {
        self.known.retain(|known| !matches!(known.subject, Subject::Sdk(_)));
    }

    /// What a vendor's SDK did last, while no token that counts has followed, and since when it gives none.
    pub(super) fn sdk(&self, vendor: Vendor, kind: TokenKind) -> Option<(&Notice, Lasting)> {
        let known = self.current(Subject::Sdk(kind), Some(vendor))?;
        Some((&known.notice, known.failing.lasts(self.now)))
    }

    fn current(&self, subject: Subject, vendor: Option<Vendor>) -> Option<&Trouble> {
        self.known.iter().find(|known| known.is_of(subject, vendor) && known.stage != Stage::Over)
    }

    /// Whether the SDK was not silent: its last text was none of a token, or the server refused it.
    pub(super) fn gave_text(&self, vendor: Vendor, kind: TokenKind) -> bool {
        let given = [NoticeCode::TokenRefused, NoticeCode::TokenRefusedByServer];
        self.sdk(vendor, kind).is_some_and(|(known, _)| given.contains(&known.code()))
    }

    /// The last token of this kind that the server refused, whether or not another one has come since.
    pub(super) fn refused(&self, kind: TokenKind) -> Option<&Notice> {
        let is_refused = |known: &&Trouble| known.subject == Subject::Sdk(kind) && known.is_by_server();
        self.known.iter().rfind(is_refused).map(|known| &known.notice)
    }

    /// A notice is given: what it says stands until it is ended, if it is of that kind.
    pub(super) fn stand(&mut self, notice: &Notice) {
        if notice.code().stands_in().is_some() {
            self.end(notice.code(), notice.vendor());
            let (subject, failing) = (Subject::Notice, Failing::again(None, self.now));
            self.known.push(Trouble { subject, stage: Stage::Noticed, failing, notice: notice.clone() });
        }
    }

    /// What notices of this code said is over, for this vendor or all.
    pub(super) fn end(&mut self, code: NoticeCode, vendor: Option<Vendor>) {
        self.known.retain(|known| {
            let is_other = vendor.is_some() && known.notice.vendor() != vendor;
            known.subject != Subject::Notice || known.notice.code() != code || is_other
        });
    }

    /// The notices of what has not ended, oldest first.
    pub(super) fn standing(&self) -> impl Iterator<Item = &Notice> {
        self.known.iter().filter(|known| known.subject == Subject::Notice).map(|known| &known.notice)
    }

    pub(super) fn report_done(&mut self, kind: TokenKind, now: MonotonicTime) {
        self.confirmed = Some(now);
        *self.reports.of_mut(kind) = (None, None);
        self.lost = None;
        self.forgive(Kinds::only(kind));
    }

    /// A report failed, with this code if it was answered.
    pub(super) fn report_failed(&mut self, kind: TokenKind, code: Option<ImCode>) {
        let (known, failing) = self.reports.of_mut(kind);
        (*known, *failing) = (code, Some(Failing::again(*failing, self.now)));
        self.lost = None;
    }

    /// An answer was lost. Returns whether a notice is due: one, until a report is answered.
    pub(super) fn report_lost(&mut self, kind: TokenKind, how: Lost) -> bool {
        let before = self.lost.map_or(0, |(_, times)| times);
        self.report_failed(kind, None);
        let times = before.saturating_add(1).min(LOST_OFTEN);
        self.lost = Some((how, times));
        times == LOST_OFTEN && before < LOST_OFTEN
    }

    /// The code that answered the last report of this kind, and since when they fail, in this session.
    pub(super) fn report(&self, kind: TokenKind) -> (Option<ImCode>, Option<Lasting>) {
        let (code, failing) = *self.reports.of(kind);
        (code, failing.map(|failing| failing.lasts(self.now)))
    }

    /// When the server confirmed a report last.
    pub(super) const fn confirmed(&self) -> Option<MonotonicTime> {
        self.confirmed
    }

    /// How the last answer to a report was lost, and whether so often that it was said.
    pub(super) fn lost(&self) -> Option<(Lost, bool)> {
        self.lost.map(|(how, times)| (how, times >= LOST_OFTEN))
    }

    /// The app said where it is.
    pub(super) const fn presence_said(&mut self) {
        self.presence_since = self.now;
    }

    /// For how long the app has said nothing else, while somebody is logged in.
    pub(super) fn presence_lasts(&self) -> Duration {
        self.presence_since.ago(self.now)
    }

    pub(super) const fn set_session_over(&mut self, code: ImCode, held: Kinds) {
        self.session_over = Some((code, self.now, held));
    }

    /// By which code the last session ended, since nobody is logged in, how long ago, and what the server may
    /// have had then.
    pub(super) fn session_over(&self) -> Option<(ImCode, Duration, Kinds)> {
        self.session_over.map(|(code, at, held)| (code, at.ago(self.now), held))
    }

    pub(super) fn begin_session(&mut self) {
        self.presence_said();
        self.reports = PerKind::default();
        self.session_over = None;
        self.end(NoticeCode::LogoutUnfinished, None);
        self.forgive(Kinds::ALL);
    }

    /// An attempt of a streak failed. Returns whether a notice that it persists is due: one in a streak, when
    /// there is a code to name.
    pub(super) fn notice_persisting(&mut self, streak: KeepsFailing, persists: bool, has_code: bool) -> bool {
        self.persisting.retain(|noticed| persists || *noticed != streak);
        let is_due = persists && has_code && !self.persisting.contains(&streak);
        self.persisting.extend(is_due.then_some(streak));
        is_due
    }

    pub(super) fn end_store(&mut self) {
        self.known.retain(|known| known.subject != Subject::Store);
    }

    /// Why the last write failed, and since when writes do. A second writer is remembered even when the next
    /// write succeeds.
    pub(super) fn store(&self) -> Option<(Notice, Option<Lasting>)> {
        let known = self.current(Subject::Store, None);
        let failing = known.map(|known| known.failing.lasts(self.now));
        if self.has_second_writer {
            return Some((Notice::because(NoticeCode::StoreFailed, SECOND_WRITER), failing));
        }
        known.map(|known| (known.notice.clone(), failing))
    }
}

/// Why a write fails where another process writes, too.
const SECOND_WRITER: Cause = Cause::Store(ErrorKind::ResourceBusy);
