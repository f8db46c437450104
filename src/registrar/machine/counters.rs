//! What a machine counts and remembers for reports. No decision depends on it.

use serde::{Deserialize, Serialize};

use super::{IgnoredReason, Verdict};
use crate::vendor::{Explanation, ImCode, Remedy, Vendor, VendorCode, explain};

/// Counters and the last codes. Never decides anything.
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
    /// Arrivals and clicks dropped: too many, too old, refused, given up after too many attempts or with the
    /// consent, or that came while the wall clock was not set.
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
    /// How often in a row that vendor gave it, without a token of that vendor in between. What other vendors
    /// answer does not count, of the last two others. At most 255.
    pub last_vendor_code_repeats: u32,
    /// How often in a row vendors gave their last code, the latest first.
    #[serde(skip)]
    repeats: Vec<(Vendor, VendorCode, u8)>,
    #[serde(skip)]
    jitter_draws: u64,
}

impl Counters {
    pub(super) fn note_vendor_code(&mut self, vendor: Vendor, code: VendorCode) {
        let before = self.take_repeats(vendor).filter(|(known, _)| *known == code);
        let times = before.map_or(0, |(_, times)| times).saturating_add(1);
        self.repeats.truncate(2);
        self.repeats.insert(0, (vendor, code.clone(), times));
        self.last_vendor_code_repeats = times.into();
        self.last_vendor_code = Some((vendor, code));
    }

    fn take_repeats(&mut self, vendor: Vendor) -> Option<(VendorCode, u8)> {
        let place = self.repeats.iter().position(|(known, ..)| *known == vendor)?;
        let (_, code, times) = self.repeats.remove(place);
        Some((code, times))
    }

    /// What unblocks the last vendor code, now that it has come so often; none while it has not, or if
    /// nothing else helps.
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
        // Its last code does not persist.
        self.take_repeats(vendor);
        if self.last_vendor_code.as_ref().is_some_and(|(last, _)| *last == vendor) {
            self.last_vendor_code_repeats = 0;
        }
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
