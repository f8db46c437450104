//! The simulation: shards of phones, stepped together in virtual time.
//!
//! Time goes in ticks that are shorter than any answer of the server takes, so what phones do within one tick
//! cannot influence each other: each thread steps shards of its own, and the server then takes the calls of
//! all of them in the order of time. The number of shards is fixed, so the number of threads changes nothing.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::error::Error;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};
use std::thread;

use tim_offline_push::registrar::Policy;

use crate::phone::{Arrival, Call, Fleet, Phone};
use crate::scenario::Scenario;
use crate::server::{Answer, Second, Server};

/// No answer of the server takes less, in ms.
const TICK: u64 = 200;
/// A run ends this long after the end of the script, whoever is still waiting, in ms.
const LIMIT: u64 = 6 * 3_600_000;
/// How long a run goes on after the last phone is reachable, so that late reports are counted, in ms.
const AFTERMATH: u64 = 120_000;
const SHARDS: u32 = 64;

/// What is simulated.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) scenario: Scenario,
    pub(crate) policy: Policy,
    pub(crate) phones: u32,
    /// Calls that the server answers in a second.
    pub(crate) capacity: u32,
    pub(crate) seed: u64,
    pub(crate) threads: usize,
}

/// What came of it. Times are in milliseconds since the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) seconds: Vec<Second>,
    pub(crate) reports: u64,
    pub(crate) presence_calls: u64,
    pub(crate) done: u64,
    pub(crate) refused: u64,
    pub(crate) unanswered: u64,
    pub(crate) reachable: u32,
    pub(crate) longest_wait: u64,
    pub(crate) most_reports: u32,
    /// The shortest time between two reports of one phone.
    pub(crate) shortest_gap: u64,
    /// Machines whose own diagnosis differs from the server's books.
    pub(crate) mistaken: u32,
}

/// Something that a phone will hear of.
struct Due {
    at: u64,
    turn: u64,
    phone: u32,
    arrival: Arrival,
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    /// The earliest is the greatest, as a `BinaryHeap` wants it.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.turn).cmp(&(self.at, self.turn))
    }
}

/// Every `SHARDS`th phone.
struct Shard {
    number: u32,
    phones: Vec<Phone>,
    queue: BinaryHeap<Due>,
    turn: u64,
    calls: Vec<(u64, u32, Call)>,
}

impl Shard {
    fn new(fleet: &Fleet, number: u32) -> Self {
        let mine = (number..fleet.phones).step_by(usize::try_from(SHARDS).unwrap_or(1));
        let mut shard =
            Self { number, phones: Vec::new(), queue: BinaryHeap::new(), turn: 0, calls: Vec::new() };
        shard.phones.reserve_exact(mine.len());
        for phone in mine {
            shard.phones.push(Phone::new(fleet, phone));
            shard.expect(fleet.login(phone), phone, Arrival::Login);
            if let Some(at) = fleet.rotation(phone) {
                shard.expect(at, phone, Arrival::Token { version: 2 });
            }
            if let Some(at) = fleet.reconnect(phone) {
                shard.expect(at, phone, Arrival::NetworkUp);
            }
        }
        shard
    }

    fn expect(&mut self, at: u64, phone: u32, arrival: Arrival) {
        self.queue.push(Due { at, turn: self.turn, phone, arrival });
        self.turn += 1;
    }

    fn next(&self) -> u64 {
        self.queue.peek().map_or(u64::MAX, |due| due.at)
    }

    /// Lets everything happen that is due before `end`.
    fn step(&mut self, fleet: &Fleet, end: u64) {
        let mut later = Vec::new();
        while self.next() < end {
            let Some(Due { at, phone, arrival, .. }) = self.queue.pop() else { return };
            let place = usize::try_from((phone - self.number) / SHARDS).unwrap_or(usize::MAX);
            let Some(one) = self.phones.get_mut(place) else { continue };
            if matches!(arrival, Arrival::Deadline) {
                if one.armed != at {
                    continue;
                }
                one.armed = u64::MAX;
            }
            let calls = &mut self.calls;
            one.happen(
                fleet,
                phone,
                at,
                arrival,
                &mut |call| calls.push((at, phone, call)),
                &mut |at, what| {
                    later.push((at, what));
                },
            );
            let deadline = one.deadline().map(|deadline| deadline.max(at + 1)).filter(|due| *due < one.armed);
            if let Some(deadline) = deadline {
                one.armed = deadline;
                self.expect(deadline, phone, Arrival::Deadline);
            }
            for (at, what) in later.drain(..) {
                self.expect(at, phone, what);
            }
        }
    }
}

/// Runs it. From time to time `progress` gets the simulated time and the number of reachable phones.
pub(crate) fn run(run: &Run, progress: &mut dyn FnMut(u64, u32)) -> Result<Outcome, Box<dyn Error>> {
    let fleet = Fleet::new(run.scenario, run.policy.clone(), run.phones, run.seed)?;
    let threads = run.threads.max(1);
    let work = Work {
        fleet: &fleet,
        shards: (0..SHARDS).map(|_| Mutex::new(None)).collect(),
        next: AtomicUsize::new(0),
        end: AtomicU64::new(0),
        over: AtomicBool::new(false),
        barrier: Barrier::new(threads),
    };
    let mut server = Server::new(&fleet, run.capacity);
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| {
                loop {
                    work.barrier.wait();
                    if work.over.load(SeqCst) {
                        return;
                    }
                    work.step();
                    work.barrier.wait();
                }
            });
        }
        work.lead(&mut server, progress);
    });
    Ok(work.outcome(server))
}

/// What the threads share.
struct Work<'a> {
    fleet: &'a Fleet,
    shards: Vec<Mutex<Option<Shard>>>,
    next: AtomicUsize,
    end: AtomicU64,
    over: AtomicBool,
    barrier: Barrier,
}

impl Work<'_> {
    /// The first thread: sets the ticks, and is the server between them.
    fn lead(&self, server: &mut Server, progress: &mut dyn FnMut(u64, u32)) {
        let script = self.fleet.scenario.end();
        let mut calls = Vec::new();
        let mut done_at = None;
        let mut end = TICK;
        loop {
            self.next.store(0, SeqCst);
            self.end.store(end, SeqCst);
            self.barrier.wait();
            self.step();
            self.barrier.wait();
            for shard in &self.shards {
                if let Some(shard) = &mut *lock(shard) {
                    calls.append(&mut shard.calls);
                }
            }
            calls.sort_by_key(|(at, phone, _)| (*at, *phone));
            for (at, phone, call) in calls.drain(..) {
                self.answer(server, phone, at, call);
            }
            if end % 60_000 == 0 {
                progress(end, server.reachable());
            }
            if server.reachable() == self.fleet.phones && end >= script {
                done_at = done_at.or(Some(end));
            } else {
                done_at = None;
            }
            let next =
                self.shards.iter().map(|shard| lock(shard).as_ref().map_or(u64::MAX, Shard::next)).min();
            let next = next.unwrap_or(u64::MAX);
            let is_over = done_at.is_some_and(|at| end >= at + AFTERMATH) || end >= script + LIMIT;
            if is_over || next == u64::MAX {
                break;
            }
            // Ticks in which nothing happens are passed over; a boundary stays a multiple of the tick.
            let last = done_at.map_or(script + LIMIT, |at| at + AFTERMATH);
            end = (next.min(last - 1) / TICK + 1) * TICK;
        }
        server.pass(end.saturating_sub(1));
        self.over.store(true, SeqCst);
        self.barrier.wait();
    }

    /// Any thread: steps shards until none is left in this tick.
    fn step(&self) {
        let end = self.end.load(SeqCst);
        loop {
            let number = self.next.fetch_add(1, SeqCst);
            let Some(shard) = self.shards.get(number) else { return };
            let mut shard = lock(shard);
            // Made by the threads too, in the first tick.
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            shard.get_or_insert_with(|| Shard::new(self.fleet, number)).step(self.fleet, end);
        }
    }

    fn answer(&self, server: &mut Server, phone: u32, at: u64, call: Call) {
        let code = match server.take(self.fleet, phone, at, call) {
            Answer::None => return,
            Answer::Done => None,
            Answer::Refused(code) => Some(code),
        };
        let arrival = match call {
            Call::Report { id, .. } => Arrival::Reported { id, code },
            Call::Presence { id } => Arrival::Presence { id, code },
            Call::Rotated => return,
        };
        let at = at + TICK + self.fleet.draw(phone, at) % 400;
        let shard = usize::try_from(phone % SHARDS).unwrap_or(usize::MAX);
        if let Some(Some(shard)) = self.shards.get(shard).map(lock).as_deref_mut() {
            shard.expect(at, phone, arrival);
        }
    }

    fn outcome(self, server: Server) -> Outcome {
        let shards = self.shards.iter().map(lock).collect::<Vec<_>>();
        let phones = || shards.iter().flat_map(|shard| shard.iter().flat_map(|shard| &shard.phones));
        let says = phones().filter(|phone| phone.says_reachable()).count();
        let reachable = server.reachable();
        Outcome {
            most_reports: phones().map(|phone| phone.reports).max().unwrap_or(0),
            shortest_gap: phones().map(|phone| phone.shortest_gap).min().unwrap_or(u64::MAX),
            mistaken: u32::try_from(says).unwrap_or(u32::MAX).abs_diff(reachable),
            reports: server.reports,
            presence_calls: server.presence_calls,
            done: server.done,
            refused: server.refused,
            unanswered: server.unanswered,
            reachable,
            longest_wait: server.longest_wait,
            seconds: server.seconds,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Outcome {
    /// When this share of the phones, in percent, could be reached for the first time, in seconds.
    pub(crate) fn seconds_until(&self, percent: u64, phones: u32) -> Option<u64> {
        let wanted = (u64::from(phones) * percent).div_ceil(100);
        let second = self.seconds.iter().position(|second| u64::from(second.reachable) >= wanted)?;
        u64::try_from(second).ok()
    }

    /// The most calls in one second from this moment on, in ms.
    pub(crate) fn peak_since(&self, at: u64) -> u32 {
        let from = usize::try_from(at / 1_000).unwrap_or(usize::MAX);
        self.seconds.iter().skip(from).map(|second| second.calls).max().unwrap_or(0)
    }
}
