//! What went wrong last and still stands, for notices and the diagnosis. Decides nothing, so it is no part of the state.

use std::io::ErrorKind;

use super::kinds::PerKind;
use super::notice::QueuedNotice;
use super::{Lane, Lost, NoticeCode};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, TokenKind, Vendor, VendorSet};

#[derive(Clone, Debug, Default)]
pub(super) struct Troubles {
    /// What became of the last request to each vendor's SDK, while no token has come of it.
    vendors: Vec<(TokenKind, QueuedNotice)>,
    /// The code that answered the last report of each kind.
    reports: PerKind<Option<ImCode>>,
    /// How the last answers to reports were lost, and how many in a row, up to [`LOST_OFTEN`].
    lost: Option<(Lost, u8)>,
    /// When the server confirmed a report last.
    confirmed: Option<MonotonicTime>,
    /// The code with which the last session ended, since nobody is logged in.
    session_over: Option<ImCode>,
    /// Why the last write failed.
    store: Option<StoreTrouble>,
    /// Why writes failed since the last one that succeeded, as far as a notice has said it.
    store_notified: Vec<StoreTrouble>,
    /// The vendors of which a notice has said, in the present streak, that they give no token: for each kind.
    silent: PerKind<VendorSet>,
    /// Another process writes the snapshot, too.
    has_second_writer: bool,
    /// Whether the streak of failures of reports has had its notice that it persists, and that of registrations.
    given: [PerKind<bool>; 2],
    /// A notice has said that an account that was left may still be pushed to.
    is_possibly_bound_told: bool,
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
        let (vendors, store_notified) = (Vec::with_capacity(2), Vec::with_capacity(4));
        Self { vendors, store_notified, ..Self::default() }
    }

    /// A request to a vendor's SDK came to this.
    pub(super) fn set_vendor(&mut self, kind: TokenKind, notice: QueuedNotice) {
        self.forget_vendor(notice.about(), kind);
        self.vendors.push((kind, notice));
    }

    /// A vendor's SDK gave a token.
    pub(super) fn end_vendor(&mut self, vendor: Vendor, kind: TokenKind) {
        self.forget_vendor(Some(vendor), kind);
        let silent = self.silent.of_mut(kind);
        *silent = silent.without(vendor);
    }

    fn forget_vendor(&mut self, vendor: Option<Vendor>, kind: TokenKind) {
        self.vendors.retain(|(known, notice)| *known != kind || notice.about() != vendor);
    }

    /// A vendor's SDK gave no token in time. Returns whether a notice is due: one in a streak.
    pub(super) const fn notify_silent(&mut self, vendor: Vendor, kind: TokenKind) -> bool {
        let silent = self.silent.of_mut(kind);
        let is_new = !silent.contains(vendor);
        *silent = silent.with(vendor);
        is_new
    }

    /// Another streak begins, in which a silence gives a notice again.
    pub(super) const fn begin_streak(&mut self, kind: TokenKind) {
        *self.silent.of_mut(kind) = VendorSet::EMPTY;
    }

    /// Configuration, phone or consent changed: forgets what was known of the SDKs.
    pub(super) fn end_vendors(&mut self) {
        self.vendors.clear();
        self.silent = PerKind::default();
    }

    pub(super) fn vendor(&self, vendor: Vendor, kind: TokenKind) -> Option<&QueuedNotice> {
        let its =
            |(known, notice): &&(TokenKind, QueuedNotice)| *known == kind && notice.about() == Some(vendor);
        self.vendors.iter().find(its).map(|(_, notice)| notice)
    }

    /// Whether the SDK's last text was none of a token.
    pub(super) fn gave_text(&self, vendor: Vendor, kind: TokenKind) -> bool {
        self.vendor(vendor, kind).is_some_and(|notice| notice.code() == NoticeCode::TokenRefused)
    }

    pub(super) const fn report_done(&mut self, kind: TokenKind, now: MonotonicTime) {
        self.confirmed = Some(now);
        *self.reports.of_mut(kind) = None;
        self.lost = None;
    }

    pub(super) const fn report_failed(&mut self, kind: TokenKind, code: ImCode) {
        *self.reports.of_mut(kind) = Some(code);
        self.lost = None;
    }

    /// An answer was lost. Returns whether a notice is due: one, until a report is answered.
    pub(super) fn report_lost(&mut self, kind: TokenKind, how: Lost) -> bool {
        *self.reports.of_mut(kind) = None;
        let before = self.lost.map_or(0, |(_, times)| times);
        let times = before.saturating_add(1).min(LOST_OFTEN);
        self.lost = Some((how, times));
        times == LOST_OFTEN && before < LOST_OFTEN
    }

    pub(super) const fn begin_session(&mut self) {
        self.reports = PerKind::new(None, None);
        self.session_over = None;
    }

    pub(super) const fn set_session_over(&mut self, code: ImCode) {
        self.session_over = Some(code);
    }

    pub(super) const fn session_over(&self) -> Option<ImCode> {
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
    pub(super) fn store_failed(&mut self, trouble: StoreTrouble) -> bool {
        self.has_second_writer |= trouble == StoreTrouble::Failed(ErrorKind::ResourceBusy);
        self.store = Some(trouble);
        let is_new = trouble != StoreTrouble::Busy && !self.store_notified.contains(&trouble);
        if is_new {
            self.store_notified.push(trouble);
        }
        is_new
    }

    pub(super) fn end_store(&mut self) {
        self.store = None;
        self.store_notified.clear();
    }

    /// A second writer is remembered even when the next write succeeds.
    pub(super) fn store(&self) -> Option<StoreTrouble> {
        let second_writer = StoreTrouble::Failed(ErrorKind::ResourceBusy);
        if self.has_second_writer { Some(second_writer) } else { self.store }
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
