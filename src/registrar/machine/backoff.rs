//! How long to wait before another attempt.

use std::time::Duration;

use super::{Jitter, Policy, PolicySettings};
use crate::vendor::Pace;

/// The delay before another attempt after `failures` in a row. It lies within the policy's floor and cap, whatever the
/// jitter.
pub(super) fn delay(
    settings: &PolicySettings,
    pace: Pace,
    failures: u8,
    in_background: bool,
    draw: impl FnOnce() -> u64,
) -> Duration {
    let (least, most) = bounds(settings, pace, failures, in_background);
    match settings.jitter {
        Jitter::Off => most,
        Jitter::Full => between(least, most, draw()),
    }
}

/// After how long an acknowledged binding is reported again.
pub(super) fn reassert_delay(settings: &PolicySettings, draw: impl FnOnce() -> u64) -> Duration {
    let spread = part(settings.reassert.saturating_mul(settings.reassert_spread_percent), 100);
    match settings.jitter {
        Jitter::Off => settings.reassert,
        Jitter::Full => {
            let least = settings.reassert.saturating_sub(spread);
            between(least, settings.reassert.saturating_add(spread), draw())
        }
    }
}

/// One failure more, up to where the delay grows no longer. Retries thereby come to equal states.
pub(super) fn count_failure(settings: &PolicySettings, failures: u8) -> u8 {
    let more = failures.saturating_add(1);
    let grows = |pace| bounds(settings, pace, more, true) != bounds(settings, pace, failures, true);
    if grows(Pace::Normal) || grows(Pace::Slow) { more } else { failures }
}

/// What the server asked to wait, within reason.
pub(super) fn asked_wait(retry_after: Option<Duration>) -> Duration {
    retry_after.unwrap_or_default().min(Policy::MAX_RETRY_AFTER)
}

/// A number of all 64 bits, from a seed and the number of the draw.
pub(super) const fn random(seed: u64, number: u64) -> u64 {
    scatter(seed ^ scatter(number))
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

/// A delay between the two, both included, in whole milliseconds: evenly, as the random number says.
fn between(least: Duration, most: Duration, random: u64) -> Duration {
    let width = u64::try_from(most.saturating_sub(least).as_millis()).unwrap_or(u64::MAX);
    let within = width.checked_add(1).and_then(|count| random.checked_rem(count)).unwrap_or(random);
    least.saturating_add(Duration::from_millis(within))
}

/// Scatters the bits of a number over all 64 (the finalizer of `SplitMix64`).
const fn scatter(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
