//! What a machine counts and remembers for reports. No decision hangs on it.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::transition::{Standing, Transitions};
use super::{IgnoredReason, Transition, Verdict};
use crate::time::MonotonicTime;
use crate::vendor::{Explanation, ImCode, Remedy, Vendor, VendorCode, explain};

/// Counters and the last codes and transitions. Never decides anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Counters {
    /// Events that counted.
    pub applied: u32,
    /// Events that were well formed and did not count.
    pub ignored: u32,
    /// Of these, answers to attempts that were over.
    pub stale: u32,
    /// Events that were malformed.
    pub refused: u32,
    /// Requests to vendor SDKs.
    pub registrations: u32,
    /// Of these, without a token in time.
    pub registrations_timed_out: u32,
    /// Of these, refused by the SDK.
    pub registrations_failed: u32,
    /// Tokens taken.
    pub tokens: u32,
    /// Reports begun.
    pub reports: u32,
    /// Of these, acknowledged.
    pub reports_done: u32,
    /// Of these, answered by an error.
    pub reports_failed: u32,
    /// Of these, of unknown outcome: never answered, or answered by an error that leaves it open.
    pub reports_unknown: u32,
    /// Snapshots handed out to be stored.
    pub stores: u32,
    /// Of these, failed or not in time.
    pub stores_failed: u32,
    /// Presence calls begun.
    pub presence_calls: u32,
    /// Taps taken in.
    pub taps: u32,
    /// Taps delivered.
    pub taps_delivered: u32,
    /// Taps that came twice.
    pub taps_duplicate: u32,
    /// Taps dropped because too many were held.
    pub taps_dropped: u32,
    /// Taps given up.
    pub taps_expired: u32,
    /// Arrivals and clicks that the server has confirmed.
    pub push_events_reported: u32,
    /// Arrivals and clicks dropped: too many, too old, refused, given up after too many attempts or with the consent, or
    /// that came while the wall clock was not set.
    pub push_events_dropped: u32,
    /// Arrivals and clicks that were not kept, since the IM client does not report them.
    pub push_events_unreported: u32,
    /// Accounts dropped from those possibly still bound, because there were too many.
    pub possibly_bound_dropped: u32,
    /// Effects dropped because the host did not take them.
    pub effects_dropped: u32,
    /// Requests withdrawn because their host took no call in time. They are in no other count.
    pub requests_withdrawn: u32,
    /// The last code of the IM SDK or server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_im_code: Option<ImCode>,
    /// The last code of a vendor SDK.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_vendor_code: Option<(Vendor, VendorCode)>,
    /// How often in a row that vendor gave it, without a token of that vendor in between. What other vendors answer
    /// does not count, of the last two others. At most 255.
    pub last_vendor_code_repeats: u32,
    #[serde(skip)]
    repeats: Repeats,
    #[serde(skip)]
    jitter_draws: u64,
    #[serde(skip)]
    transitions: Transitions,
}

/// How often in a row vendors gave their last code, the latest vendor first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Repeats([Option<Repeat>; 3]);

/// Small, since every machine has room for three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Repeat {
    vendor: Vendor,
    times: u8,
    /// A digest of the code. Two codes that share it are counted as one, which a hint may bear.
    code: [u8; 2],
}

impl Repeats {
    /// Counts a code, and says how often in a row its vendor gave it.
    fn count(&mut self, vendor: Vendor, code: &VendorCode) -> u8 {
        let mut hasher = DefaultHasher::new();
        code.hash(&mut hasher);
        let [low, high, ..] = hasher.finish().to_le_bytes();
        let code = [low, high];
        let before = self.take(vendor).filter(|known| known.code == code).map_or(0, |known| known.times);
        let times = before.saturating_add(1);
        self.0.rotate_right(1);
        if let Some(latest) = self.0.first_mut() {
            *latest = Some(Repeat { vendor, times, code });
        }
        times
    }

    /// Takes a vendor out, and moves its empty place to the end.
    fn take(&mut self, vendor: Vendor) -> Option<Repeat> {
        let is_its = |known: &Option<Repeat>| known.is_some_and(|known| known.vendor == vendor);
        let place = self.0.iter().position(is_its)?;
        let (_, from_it) = self.0.split_at_mut_checked(place)?;
        from_it.rotate_left(1);
        from_it.last_mut().and_then(Option::take)
    }
}

impl Counters {
    pub(super) fn note_transitions(&mut self, before: Standing, after: Standing, at: MonotonicTime) {
        self.transitions.note(before, after, at);
    }

    pub(super) fn pop_transition(&mut self) -> Option<Transition> {
        self.transitions.pop()
    }

    pub(super) fn note_vendor_code(&mut self, vendor: Vendor, code: VendorCode) {
        self.last_vendor_code_repeats = self.repeats.count(vendor, &code).into();
        self.last_vendor_code = Some((vendor, code));
    }

    /// A vendor's last code does not persist.
    fn end_vendor_code(&mut self, vendor: Vendor) {
        self.repeats.take(vendor);
        if self.last_vendor_code.as_ref().is_some_and(|(last, _)| *last == vendor) {
            self.last_vendor_code_repeats = 0;
        }
    }

    /// What unblocks the last vendor code, now that it has come so often; none while it has not, or if nothing else
    /// helps.
    pub(crate) fn persisting(&self) -> Option<Remedy> {
        let (vendor, code) = self.last_vendor_code.as_ref()?;
        let persists = self.last_vendor_code_repeats >= Explanation::PERSISTS;
        explain(*vendor, code).remedy_if_it_persists().filter(|_| persists)
    }

    pub(super) const fn count_verdict(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Applied => count(&mut self.applied),
            Verdict::Ignored(reason) => {
                count(&mut self.ignored);
                if matches!(reason, IgnoredReason::Stale) {
                    count(&mut self.stale);
                }
            }
            Verdict::Refused(_) => count(&mut self.refused),
        }
    }

    /// A vendor's SDK gave a token.
    pub(super) fn count_token(&mut self, vendor: Vendor) {
        count(&mut self.tokens);
        self.end_vendor_code(vendor);
    }

    /// The next number of the sequence that jitter is drawn from.
    pub(super) fn draw(&mut self) -> u64 {
        let draw = self.jitter_draws;
        self.jitter_draws = draw.wrapping_add(1);
        draw
    }
}

/// One more.
pub(super) const fn count(counter: &mut u32) {
    *counter = counter.saturating_add(1);
}

pub(super) fn add(counter: &mut u32, more: usize) {
    *counter = counter.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
}
