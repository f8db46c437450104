//! The IM server: it answers so many calls a second, refuses the rest, and answers nothing while it is down.

use crate::phone::{Call, Fleet, VENDORS};

/// `TooFrequent`: the IM server's code for a call above its limit.
const TOO_FREQUENT: i32 = 22_006;
/// The certificate of a report is unknown to the IM server.
const CERTIFICATE_UNKNOWN: i32 = 22_001;

/// What the server makes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Done,
    Refused(i32),
    /// It is down.
    None,
}

/// One second of the server's day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Second {
    /// Calls that reached it, or would have.
    pub(crate) calls: u32,
    /// Phones that can be reached at the end of it.
    pub(crate) reachable: u32,
}

pub(crate) struct Server {
    capacity: u32,
    /// The token version that the server holds of each phone; 0 is none.
    held: Vec<u8>,
    /// The token version that the vendor would deliver to.
    current: Vec<u8>,
    /// Since when each phone has been waiting to be reachable, in ms; `u64::MAX` for one that is.
    waiting_since: Vec<u64>,
    reachable: u32,
    pub(crate) seconds: Vec<Second>,
    pub(crate) reports: u64,
    pub(crate) presence_calls: u64,
    pub(crate) done: u64,
    pub(crate) refused: u64,
    pub(crate) unanswered: u64,
    /// The longest time that a phone waited to be reachable, in ms.
    pub(crate) longest_wait: u64,
}

impl Server {
    pub(crate) fn new(fleet: &Fleet, capacity: u32) -> Self {
        Self {
            capacity,
            held: (0..fleet.phones).map(|_| 0).collect(),
            current: (0..fleet.phones).map(|_| 1).collect(),
            waiting_since: (0..fleet.phones).map(|phone| fleet.login(phone)).collect(),
            reachable: 0,
            seconds: Vec::new(),
            reports: 0,
            presence_calls: 0,
            done: 0,
            refused: 0,
            unanswered: 0,
            longest_wait: 0,
        }
    }

    pub(crate) const fn reachable(&self) -> u32 {
        self.reachable
    }

    /// Takes a call. Calls must come in the order of time.
    pub(crate) fn take(&mut self, fleet: &Fleet, phone: u32, at: u64, call: Call) -> Answer {
        self.pass(at);
        let place = usize::try_from(phone).unwrap_or(usize::MAX);
        match call {
            Call::Report { .. } => self.reports += 1,
            Call::Presence { .. } => self.presence_calls += 1,
            Call::Rotated => {
                self.rotate(place, at);
                return Answer::None;
            }
        }
        let Some(second) = self.seconds.last_mut() else { return Answer::None };
        second.calls += 1;
        let over = second.calls > self.capacity;
        if fleet.scenario.outage.is_some_and(|span| span.contains(at)) {
            self.unanswered += 1;
            return Answer::None;
        }
        if over {
            self.refused += 1;
            return Answer::Refused(TOO_FREQUENT);
        }
        if let Call::Report { version, .. } = call {
            if let Some((vendor, span)) = fleet.scenario.certificate {
                if span.contains(at) && VENDORS.get(Fleet::vendor(phone)) == Some(&vendor) {
                    self.refused += 1;
                    return Answer::Refused(CERTIFICATE_UNKNOWN);
                }
            }
            self.bind(place, version, at);
        }
        self.done += 1;
        Answer::Done
    }

    fn bind(&mut self, place: usize, version: u8, at: u64) {
        let (Some(held), Some(current), Some(since)) =
            (self.held.get_mut(place), self.current.get(place), self.waiting_since.get_mut(place))
        else {
            return;
        };
        let before = *held == *current;
        *held = version;
        if !before && version == *current {
            self.reachable += 1;
            self.longest_wait = self.longest_wait.max(at.saturating_sub(*since));
            *since = u64::MAX;
        }
    }

    fn rotate(&mut self, place: usize, at: u64) {
        let (Some(held), Some(current), Some(since)) =
            (self.held.get(place), self.current.get_mut(place), self.waiting_since.get_mut(place))
        else {
            return;
        };
        if *held == *current {
            self.reachable -= 1;
            *since = at;
        }
        *current += 1;
    }

    /// Opens the seconds up to this moment; a second begins with what was reachable at the end of the one
    /// before.
    pub(crate) fn pass(&mut self, at: u64) {
        let second = usize::try_from(at / 1_000).unwrap_or(usize::MAX);
        if let Some(last) = self.seconds.last_mut() {
            last.reachable = self.reachable;
        }
        if self.seconds.len() <= second {
            self.seconds.resize(second + 1, Second { calls: 0, reachable: self.reachable });
        }
    }
}
