//! Points in time as the host gives them. Nothing in this crate reads a clock unless the host picks a default
//! that does.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Milliseconds on a host clock which never runs backwards and keeps counting while the phone sleeps
/// (`SystemClock.elapsedRealtime()` on Android, `mach_continuous_time` on Apple systems).
///
/// `std::time::Instant` is not such a clock: it may stop during sleep.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::time::MonotonicTime;
///
/// let start = MonotonicTime::from_millis(1_000);
/// let later = start.saturating_add(Duration::from_secs(2));
/// assert_eq!(later.as_millis(), 3_000);
/// assert_eq!(later.saturating_since(start), Duration::from_secs(2));
/// ```
// The walk of the registrar hashes times otherwise: from now.
#[cfg_attr(not(test), derive(Hash))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MonotonicTime(u64);

impl MonotonicTime {
    /// The clock's zero.
    pub const ZERO: Self = Self(0);
    /// The last point in time; a deadline there never comes.
    pub const MAX: Self = Self(u64::MAX);

    /// A point `millis` milliseconds after the clock's zero.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the clock's zero.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The point `duration` later (whole milliseconds, rounded down), or [`MonotonicTime::MAX`].
    #[must_use]
    #[inline(never)]
    pub fn saturating_add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)))
    }

    /// How long ago `earlier` was; zero if it lies ahead.
    pub const fn saturating_since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

/// Seconds since 1970-01-01 00:00 UTC on the wall clock. Users can set this clock, so it serves for ages
/// only. One decision depends on such an age: when a tap that an earlier process left expires. A host without
/// such a clock gives zero, or less. A phone that has not yet got the time shows the first days of 1970, or
/// the year it was built in. What lies before [`UnixTime::FLOOR`] therefore counts as no clock: no age is
/// known from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(i64);

impl UnixTime {
    /// 2020-01-01 00:00 UTC. A clock that shows less is not set.
    pub const FLOOR: Self = Self(1_577_836_800);

    const DAY: i64 = 86_400;

    /// The start of a day in UTC, from its date in the Gregorian calendar, `YYYY-MM-DD`; `None` if that is no
    /// date.
    ///
    /// ```
    /// use tim_offline_push::time::UnixTime;
    ///
    /// assert_eq!(UnixTime::from_date("2027-01-15"), Some(UnixTime::from_secs(1_799_971_200)));
    /// assert_eq!(UnixTime::from_date("2027-02-29"), None);
    /// ```
    pub fn from_date(date: &str) -> Option<Self> {
        let [year, month, day] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
        let number = |text: &str, digits| {
            let is_plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<i64>().ok().filter(|_| is_plain)
        };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        let (begun, next) = (days_before(year, month), days_before(year, month.saturating_add(1)));
        let is_date = (1..=12).contains(&month) && (1..=next.saturating_sub(begun)).contains(&day);
        let days = begun.saturating_add(day).saturating_sub(1);
        is_date.then_some(Self(days.saturating_mul(Self::DAY)))
    }

    /// Date and time of day in UTC, `YYYY-MM-DD hh:mm:ss UTC`; outside of the years 1970 to 2999 the number
    /// of seconds.
    pub(crate) fn utc(self) -> String {
        const END: i64 = 32_503_680_000;
        if !(0..END).contains(&self.0) {
            return self.0.to_string();
        }
        let (days, time) = (self.0 / Self::DAY, self.0 % Self::DAY);
        let months = (1970..3000).flat_map(|year| (1..=12).map(move |month| (year, month)));
        let begun = months.take_while(|(year, month)| days_before(*year, *month) <= days);
        let (year, month) = begun.last().unwrap_or((1970, 1));
        let day = days.saturating_sub(days_before(year, month)).saturating_add(1);
        let (hours, minutes, seconds) = (time / 3_600, time / 60 % 60, time % 60);
        format!("{year}-{month:02}-{day:02} {hours:02}:{minutes:02}:{seconds:02} UTC")
    }

    /// The start of its day in UTC.
    pub(crate) const fn start_of_day(self) -> Self {
        Self(self.0.saturating_sub(self.0.rem_euclid(Self::DAY)))
    }

    /// Whether a clock that shows this is there and set: not before [`UnixTime::FLOOR`].
    pub const fn is_set(self) -> bool {
        self.0 >= Self::FLOOR.0
    }

    /// A point `seconds` after (or before, if negative) 1970-01-01 00:00 UTC.
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01 00:00 UTC.
    pub const fn as_secs(self) -> i64 {
        self.0
    }

    /// How long ago `earlier` was; `None` if it lies ahead, as after a set-back clock.
    pub fn since(self, earlier: Self) -> Option<Duration> {
        self.0.checked_sub(earlier.0).and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs)
    }
}

/// How many days of the Gregorian calendar lie between 1970-01-01 and the first day of a month; fewer than 0
/// if that is earlier. Month 13 is the next January.
fn days_before(year: i64, month: i64) -> i64 {
    // In years that begin with March, the leap day is the last, and the months before each have
    // 0, 31, 61, 92, … days.
    let year = year.saturating_sub(i64::from(month <= 2));
    let months = month.saturating_add(9).rem_euclid(12).saturating_mul(153).saturating_add(2) / 5;
    let leap_days =
        year.div_euclid(4).saturating_sub(year.div_euclid(100)).saturating_add(year.div_euclid(400));
    // 1970-01-01 is the 719,469th day since the March of year 0.
    year.saturating_mul(365).saturating_add(leap_days).saturating_add(months).saturating_sub(719_468)
}

/// Both clocks at one moment. It goes with every input of the registrar's machine.
///
/// ```
/// use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
///
/// let now = Now::new(MonotonicTime::from_millis(5_000), UnixTime::from_secs(1_700_000_000));
/// assert_eq!(now.monotonic().as_millis(), 5_000);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Now {
    monotonic: MonotonicTime,
    wall: UnixTime,
}

impl Now {
    /// The moment at which the two clocks show this.
    pub const fn new(monotonic: MonotonicTime, wall: UnixTime) -> Self {
        Self { monotonic, wall }
    }

    /// What decisions and deadlines use.
    pub const fn monotonic(self) -> MonotonicTime {
        self.monotonic
    }

    /// What ages in a diagnosis use.
    pub const fn wall(self) -> UnixTime {
        self.wall
    }
}

#[cfg(test)]
mod tests;
