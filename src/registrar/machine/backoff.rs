//! How long to wait before another attempt.

use std::time::Duration;

use super::context::Context;
use super::{Jitter, PolicySettings};
use crate::time::MonotonicTime;
use crate::vendor::Pace;

impl Context {
    /// The delay before another attempt after `failures` in a row. It lies within the policy's floor and cap, whatever
    /// the jitter.
    pub(super) fn delay(&mut self, pace: Pace, failures: u8) -> Duration {
        let (least, most) = bounds(self.settings(), pace, failures, self.is_in_background());
        self.spread(least, most).unwrap_or(most)
    }

    /// When another attempt comes after `failures` in a row.
    pub(super) fn after_backoff(&mut self, pace: Pace, failures: u8) -> MonotonicTime {
        let delay = self.delay(pace, failures);
        self.in_time(delay)
    }

    /// When an acknowledged binding is to be reported again.
    pub(super) fn next_reassert(&mut self) -> MonotonicTime {
        let PolicySettings { reassert, reassert_spread_percent, .. } = *self.settings();
        let spread = part(reassert.saturating_mul(reassert_spread_percent), 100);
        let delay = self.spread(reassert.saturating_sub(spread), reassert.saturating_add(spread));
        self.in_time(delay.unwrap_or(reassert))
    }

    /// One failure more, up to where the delay grows no longer. Retries thereby come to equal states.
    pub(super) fn count_failure(&self, failures: u8) -> u8 {
        let more = failures.saturating_add(1);
        let bounds = |pace, failures| bounds(self.settings(), pace, failures, true);
        let grows = |pace| bounds(pace, more) != bounds(pace, failures);
        if grows(Pace::Normal) || grows(Pace::Slow) { more } else { failures }
    }

    /// A delay between the two, both included, in whole milliseconds, drawn evenly; none without jitter.
    fn spread(&mut self, least: Duration, most: Duration) -> Option<Duration> {
        if self.settings().jitter == Jitter::Off {
            return None;
        }
        let random = scatter(self.origin().seed() ^ scatter(self.counters_mut().draw()));
        let width = u64::try_from(most.saturating_sub(least).as_millis()).unwrap_or(u64::MAX);
        let within = width.checked_add(1).and_then(|count| random.checked_rem(count)).unwrap_or(random);
        Some(least.saturating_add(Duration::from_millis(within)))
    }
}

/// The shortest and the longest the delay may be.
fn bounds(settings: &PolicySettings, pace: Pace, failures: u8, in_background: bool) -> (Duration, Duration) {
    let grown = |base: Duration| base.saturating_mul(settings.backoff_factor.saturating_pow(failures.into()));
    let slow_cap = settings.backoff_cap_background.max(settings.backoff_cap_foreground);
    match pace {
        Pace::Normal | Pace::WhenConnected => {
            let cap =
                if in_background { settings.backoff_cap_background } else { settings.backoff_cap_foreground };
            (settings.backoff_floor, grown(settings.backoff_base).min(cap))
        }
        Pace::Slow => {
            let most = grown(settings.slow_base).min(slow_cap);
            (settings.backoff_floor.max(part(most, 2)), most)
        }
        Pace::Quota => (settings.backoff_floor.max(part(slow_cap, 2)), slow_cap),
    }
}

fn part(whole: Duration, parts: u32) -> Duration {
    whole.checked_div(parts).unwrap_or_default()
}

/// Scatters the bits of a number over all 64 (the finalizer of `SplitMix64`).
const fn scatter(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
