use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::registrar::Clock;
use crate::time::{MonotonicTime, Now, UnixTime};

/// The clock of the standard library. **For desktops and tests only**: `std::time::Instant` may stop while a phone
/// sleeps, and all deadlines with it. On Android read `SystemClock.elapsedRealtime()`, on Apple systems
/// `mach_continuous_time`.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    zero: Instant,
}

impl SystemClock {
    /// A clock that begins at zero now.
    pub fn start() -> Self {
        Self { zero: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let millis = u64::try_from(self.zero.elapsed().as_millis()).unwrap_or(u64::MAX);
        let wall = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, i64::wrapping_neg),
        };
        Now::new(MonotonicTime::from_millis(millis), UnixTime::from_secs(wall))
    }
}
