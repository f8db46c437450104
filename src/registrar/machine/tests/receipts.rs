//! Arrivals and clicks: what the environment knows of them, and which promises that puts to the test.

use super::action::Action;
use super::env::{Answer, Env};
use super::fixtures::Account;
use super::laws::{Checked, Law};
use super::scene::Scene;
use super::steps::{Meaning, meaning};
use super::world::{Stage, World};
use crate::notification::{PushEvent, PushEventKind, PushId};
use crate::registrar::{Event, Lost, PushEventsId};
use crate::vendor::ImCode;

/// All of them, and the call that reports some.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Receipts {
    pub(super) events: Vec<Receipt>,
    pub(super) call: Option<ReceiptsCall>,
    /// No call before, as the back-off has a floor.
    not_before: u64,
    /// What is on the disk is of an earlier process, and this one could not read it: a later one may.
    is_cut_off: bool,
}

/// What became of one push.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Receipt {
    kind: PushEventKind,
    /// Of the push, or of the tap that was reported.
    number: u8,
    pub(super) stated: Option<Account>,
    /// For whom it may have been, by what the server had when it came and what nobody can know better.
    may_be_for: [bool; Account::ALL.len()],
    /// Under whom it was sent.
    under: Option<Account>,
    /// Under whom it was sent for good, as the disk has it.
    bound_to: Option<Account>,
    /// It was refused together with others, so it goes by itself.
    is_alone: bool,
    /// It came before the app was configured.
    is_tentative: bool,
    /// It may have made room while it was tentative, so that the machine knows nothing of it.
    may_be_new: bool,
    fate: Fate,
    /// How often it was sent in this process without an answer that is only the network's.
    attempts: u8,
    /// Among those kept, the higher the later.
    order: u8,
    /// It may have come anew, so that its place among them cannot be told.
    is_order_unknown: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Fate {
    /// The machine does not know of it: it came without the user's consent, or was lost with a process.
    Unknown,
    /// The machine has it, and owes its report.
    Kept,
    /// Whether the machine has it can only be seen once it is sent.
    Perhaps,
    /// Confirmed, refused, dropped or given up: never sent again.
    Over,
}

/// A call under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ReceiptsCall {
    id: PushEventsId,
    events: Vec<usize>,
    pub(super) until: u64,
    /// A logout was requested: the machine may not listen any more.
    is_leaving: bool,
}

impl ReceiptsCall {
    pub(super) const fn id(&self) -> u64 {
        self.id.as_u64()
    }
}

impl Receipt {
    fn push_id(&self) -> PushId {
        push_id(self.kind, self.number)
    }

    /// It is over. One that came before it was known whether the user is asked leaves nothing behind.
    fn end(&mut self) {
        self.fate = if std::mem::take(&mut self.is_tentative) { Fate::Unknown } else { Fate::Over };
    }
}

/// The id of a push whose arrival is reported, or of one that is tapped.
pub(super) fn push_id(kind: PushEventKind, number: u8) -> PushId {
    PushId::new(format!("{kind} push {number}")).expect("short")
}

impl Receipts {
    /// As a new process finds them: what was stored, if it reads.
    pub(super) fn after_crash(&mut self, stored: Option<&Self>) {
        self.call = None;
        self.not_before = 0;
        self.is_cut_off = stored.is_none();
        for (at, event) in self.events.iter_mut().enumerate() {
            let bound_to = event.bound_to;
            // What was tentative when it was stored is in the list, and unknown to the machine.
            let is_known = |stored: &&Receipt| stored.fate != Fate::Unknown;
            if let Some(stored) = stored.and_then(|stored| stored.events.get(at)).filter(is_known) {
                event.clone_from(stored);
                (event.under, event.bound_to) = (bound_to, bound_to);
            } else {
                (event.fate, event.attempts) = (Fate::Unknown, 0);
                event.under = None;
                if stored.is_some() {
                    event.bound_to = None;
                }
                (event.is_alone, event.is_tentative, event.may_be_new) = (false, false, false);
            }
        }
    }

    /// What this process knows is on the disk by now.
    pub(super) fn write_landed(&mut self) {
        if std::mem::take(&mut self.is_cut_off) {
            self.events.iter_mut().for_each(|event| event.bound_to = None);
        }
    }

    /// The user took the consent back.
    pub(super) fn forget(&mut self) {
        for event in self.events.iter_mut().filter(|event| event.fate != Fate::Unknown) {
            if event.fate != Fate::Perhaps || !event.may_be_new {
                event.end();
            }
        }
    }

    /// By now it is known whether the user agrees: what came before that is kept, or never came.
    pub(super) fn consent_known(&mut self, agrees: bool) {
        for event in self.events.iter_mut().filter(|event| event.is_tentative) {
            event.is_tentative = false;
            if !agrees {
                event.fate = Fate::Unknown;
            }
        }
    }

    /// A logout was requested.
    pub(super) fn leave(&mut self, scene: &Scene) {
        if let Some(call) = &mut self.call {
            call.is_leaving = true;
            // If nothing holds the logout up, the session is over at once, and the call with it.
            let call = call.clone();
            self.give_up(&call, scene);
        }
    }

    /// The session is over.
    pub(super) fn end_session(&mut self, scene: &Scene) {
        if let Some(call) = self.call.take() {
            self.give_up(&call, scene);
        }
        self.not_before = 0;
    }

    /// As it is stored: no call outlives the process.
    pub(super) fn stored(&self) -> Self {
        let mut stored = Self { call: None, not_before: 0, ..self.clone() };
        for event in &mut stored.events {
            (event.attempts, event.is_alone) = (0, false);
            if std::mem::take(&mut event.is_tentative) {
                event.fate = Fate::Unknown;
            }
        }
        stored.rank();
        stored
    }

    /// Until when the machine waits for an answer, for certain.
    pub(super) fn awaited_until(&self) -> Option<u64> {
        self.call.as_ref().filter(|call| !call.is_leaving).map(|call| call.until)
    }

    /// What made calls fail may be over.
    pub(super) const fn reset_backoff(&mut self) {
        self.not_before = 0;
    }

    /// The answer comes too late by now.
    pub(super) fn expire(&mut self, scene: &Scene, now: u64) -> bool {
        let Some(call) = self.call.take_if(|call| call.until <= now) else { return false };
        self.not_before = now + scene.times.floor;
        self.give_up(&call, scene);
        true
    }

    /// What was sent too often is given up.
    fn give_up(&mut self, call: &ReceiptsCall, scene: &Scene) {
        for at in &call.events {
            let event = &mut self.events[*at];
            if event.attempts >= scene.push_event_attempts && event.fate == Fate::Kept {
                event.fate = if call.is_leaving { Fate::Perhaps } else { Fate::Over };
            }
        }
    }

    /// The machine is reported of a new one, and keeps it: the oldest makes room.
    fn make_room(&mut self, scene: &Scene) {
        let kept = |event: &&mut Receipt| event.fate == Fate::Kept;
        let is_doubtful = |event: &Receipt| {
            event.fate == Fate::Perhaps || event.fate == Fate::Kept && event.is_order_unknown
        };
        if self.events.iter().any(is_doubtful) {
            self.doubt_all();
        } else if self.events.iter_mut().filter(kept).count() >= scene.push_event_limit {
            if let Some(oldest) = self.events.iter_mut().filter(kept).min_by_key(|event| event.order) {
                oldest.end();
            }
        }
    }

    /// `counts` is whether the machine keeps it, `is_tentative` whether only until it knows if the user
    /// agrees.
    fn add(
        &mut self,
        scene: &Scene,
        (kind, number): (PushEventKind, u8),
        stated: Option<Account>,
        (counts, is_tentative): (bool, bool),
    ) {
        let fate = if counts { Fate::Kept } else { Fate::Unknown };
        if counts {
            self.make_room(scene);
        }
        let order = self.next_order();
        self.events.push(Receipt {
            kind,
            number,
            stated,
            may_be_for: Default::default(),
            under: None,
            bound_to: None,
            is_alone: false,
            is_tentative,
            may_be_new: false,
            fate,
            attempts: 0,
            order,
            is_order_unknown: false,
        });
    }

    /// Which of those that are kept is dropped cannot be known.
    fn doubt_all(&mut self) {
        for event in self.events.iter_mut().filter(|event| event.fate == Fate::Kept) {
            event.fate = Fate::Perhaps;
            event.may_be_new |= event.is_tentative;
        }
    }

    fn next_order(&self) -> u8 {
        self.events.iter().map(|event| event.order).max().map_or(0, |order| order.saturating_add(1))
    }

    /// Orders are reported as ranks among those that are kept.
    fn rank(&mut self) {
        let is_kept = |event: &Receipt| matches!(event.fate, Fate::Kept | Fate::Perhaps);
        let mut orders: Vec<u8> =
            self.events.iter().filter(|event| is_kept(event)).map(|event| event.order).collect();
        orders.sort_unstable();
        for event in &mut self.events {
            let rank = orders.iter().position(|order| *order == event.order).filter(|_| is_kept(event));
            event.order = rank.map_or(0, |rank| rank as u8);
            if event.fate == Fate::Over || event.stated.is_some() {
                event.may_be_for = Default::default();
            }
        }
    }

    /// At least and at most so many are kept.
    fn bounds(&self) -> (usize, usize) {
        let count = |fate| self.events.iter().filter(|event| event.fate == fate).count();
        (count(Fate::Kept), count(Fate::Kept) + count(Fate::Perhaps))
    }

    /// For whom somebody must log in.
    pub(super) fn asks_for(&self) -> Option<Account> {
        let kept = |event: &&Receipt| event.fate == Fate::Kept;
        self.events.iter().filter(kept).find_map(|event| event.stated.or(event.under))
    }

    pub(super) fn rename(&mut self, now: u64, name: &mut dyn FnMut(u64) -> u64) {
        self.rank();
        self.not_before = self.not_before.saturating_sub(now);
        if let Some(call) = &mut self.call {
            call.id = name(call.id.as_u64()).into();
            call.until = call.until.saturating_sub(now);
        }
    }
}

impl Env {
    /// Whether what comes now is kept, and whether only until it is known if the user agrees.
    fn counts(&self) -> (bool, bool) {
        let is_tentative = self.answer == Answer::NotAsked && self.app.is_none();
        (self.agrees() || is_tentative, is_tentative)
    }

    /// A tap is reported for the first time: it is a click, too.
    pub(super) fn clicked(&mut self, scene: &Scene, tap: usize, stated: Option<Account>) {
        if scene.counts_pushes() {
            let counts = self.counts();
            self.receipts.add(scene, (PushEventKind::Clicked, tap as u8), stated, counts);
        }
    }

    /// A tap is passed again, and may count anew.
    pub(super) fn clicked_again(&mut self, tap: usize) {
        let is_new =
            |event: &Receipt| event.fate == Fate::Unknown || event.fate == Fate::Perhaps && event.may_be_new;
        let is_it = |event: &Receipt| {
            event.kind == PushEventKind::Clicked && event.number == tap as u8 && is_new(event)
        };
        let again = self.receipts.events.iter().position(is_it);
        let (counts, is_tentative) = self.counts();
        let Some(again) = again.filter(|_| counts) else { return };
        // Which one is dropped for it, if it is new to the machine, cannot be known.
        self.receipts.doubt_all();
        let order = self.receipts.next_order();
        let event = &mut self.receipts.events[again];
        // One that the machine may have had for certain may stay, whatever the user says.
        event.is_tentative = is_tentative && (event.fate == Fate::Unknown || event.is_tentative);
        event.may_be_new = is_tentative;
        (event.fate, event.order, event.is_order_unknown) = (Fate::Perhaps, order, true);
    }
}

impl World {
    /// Takes note of whom the push that comes now may be for. Nobody need know better than the list of those
    /// possibly bound and, of an earlier process, than the store; and the one logged in may hold what is left
    /// of an earlier session.
    pub(super) fn note_owners(&mut self, kind: PushEventKind, number: usize) {
        let env = &self.env;
        let is_known = !env.blind.contains(&true) && env.forgotten.iter().all(|kinds| *kinds == [false; 2]);
        let is_any = !is_known || !Account::ALL.into_iter().any(|account| env.may_have_any(account));
        let current = env.login.as_ref().map(|login| login.account);
        let may_be_for = Account::ALL.map(|account| {
            is_any
                || current == Some(account)
                || env.left_behind.contains(&Some(account))
                || self.env.may_have_any(account)
                || self.possibly_bound(account)
        });
        let is_it = |event: &&mut Receipt| event.kind == kind && usize::from(event.number) == number;
        if let Some(event) = self.env.receipts.events.iter_mut().find(is_it) {
            for (known, may) in event.may_be_for.iter_mut().zip(may_be_for) {
                *known |= may;
            }
        }
    }

    pub(super) fn receipts_choices(&self, scene: &Scene, choices: &mut Vec<Action>) {
        let env = &self.env;
        if !scene.counts_pushes() {
            return;
        }
        if env.left.arrivals > 0 {
            choices.push(Action::Arrive(None));
            choices.extend(scene.accounts.iter().copied().map(|account| Action::Arrive(Some(account))));
        }
        let arrivals = (0..).zip(&env.receipts.events);
        let arrivals = arrivals.filter(|(_, event)| event.kind == PushEventKind::Arrived);
        if env.left.repeats > 0 {
            choices.extend(arrivals.map(|(at, _)| Action::ArriveAgain(at)));
        }
        if env.receipts.call.is_some() {
            choices.push(Action::ReceiptsDone);
            if env.left.losses > 0 {
                choices.push(Action::LoseReceipts);
            }
            for (at, code) in (0..).zip(scene.im_codes) {
                if meaning(*code) != Meaning::SessionOver || env.left.kicks > 0 && env.may_report().is_some()
                {
                    choices.push(Action::ReceiptsRefused(at));
                }
            }
        }
    }

    /// A push arrives that has not arrived before.
    fn arrive(&mut self, stage: &mut Stage<'_>, stated: Option<Account>) -> Checked {
        let counts = self.env.counts();
        let (agrees, _) = counts;
        self.env.left.arrivals = self.env.left.arrivals.saturating_sub(1);
        let number = self.env.receipts.events.len() as u8;
        self.env.receipts.add(stage.scene, (PushEventKind::Arrived, number), stated, counts);
        self.note_owners(PushEventKind::Arrived, number.into());
        let push_id = push_id(PushEventKind::Arrived, number);
        let event = Event::PushArrived { push_id, account: stated.map(Account::user) };
        let verdict = self.tell(stage, event)?;
        stage.seen.law(Law::Consent, verdict.is_applied() == agrees, || {
            format!("an arrival was {verdict:?}, and the consent is {agrees}")
        })
    }

    pub(super) fn step_receipts(&mut self, stage: &mut Stage<'_>, action: Action) -> Checked {
        match action {
            Action::Arrive(stated) => self.arrive(stage, stated),
            Action::ArriveAgain(at) => {
                self.env.left.repeats = self.env.left.repeats.saturating_sub(1);
                let (agrees, is_tentative) = self.env.counts();
                let event = &mut self.env.receipts.events[usize::from(at)];
                let (push_id, account) = (event.push_id(), event.stated.map(Account::user));
                let before = event.fate;
                if before == Fate::Unknown && agrees {
                    // It is new to the machine.
                    self.env.receipts.make_room(stage.scene);
                    let order = self.env.receipts.next_order();
                    let event = &mut self.env.receipts.events[usize::from(at)];
                    (event.fate, event.under, event.order) = (Fate::Kept, None, order);
                    event.is_tentative = is_tentative;
                    event.may_be_for = Default::default();
                }
                if matches!(before, Fate::Unknown | Fate::Perhaps) {
                    let number = self.env.receipts.events[usize::from(at)].number;
                    self.note_owners(PushEventKind::Arrived, number.into());
                }
                let verdict = self.tell(stage, Event::PushArrived { push_id, account })?;
                let fits = match before {
                    Fate::Unknown => verdict.is_applied() == agrees,
                    Fate::Kept | Fate::Over => !verdict.is_applied(),
                    Fate::Perhaps => true,
                };
                if before == Fate::Perhaps && verdict.is_applied() {
                    // Whatever made room for it cannot be known.
                    self.env.receipts.doubt_all();
                    self.env.receipts.events[usize::from(at)].is_order_unknown = true;
                }
                stage.seen.law(Law::Receipts, fits, || {
                    format!("an arrival that is {before:?}, passed again, was {verdict:?}")
                })
            }
            Action::ReceiptsDone => {
                let Some(call) = self.env.receipts.call.take() else { return Ok(()) };
                let before = self.env.receipts.events.clone();
                for at in &call.events {
                    self.env.receipts.events[*at].fate = Fate::Over;
                }
                self.receipts_answered(stage, &call, before, Event::PushEventsReported { id: call.id })
            }
            Action::LoseReceipts => {
                let Some(call) = self.env.receipts.call.take() else { return Ok(()) };
                let before = self.env.receipts.events.clone();
                self.env.left.losses = self.env.left.losses.saturating_sub(1);
                self.env.receipts.not_before = self.coming() + stage.scene.times.floor;
                self.env.receipts.give_up(&call, stage.scene);
                let event = Event::PushEventsLost { id: call.id, how: Lost::Dropped };
                self.receipts_answered(stage, &call, before, event)
            }
            Action::ReceiptsRefused(code) => {
                let Some(call) = self.env.receipts.call.take() else { return Ok(()) };
                let before = self.env.receipts.events.clone();
                let code = stage.scene.im_codes[usize::from(code)];
                // What the server has not seen is no attempt.
                let is_unseen = matches!(code, 6014 | 6012);
                for at in call.events.iter().filter(|_| is_unseen) {
                    let event = &mut self.env.receipts.events[*at];
                    event.attempts = event.attempts.saturating_sub(1);
                }
                match meaning(code) {
                    Meaning::Never | Meaning::BadToken if call.events.len() > 1 => {
                        // It may be about one of them.
                        for at in &call.events {
                            let event = &mut self.env.receipts.events[*at];
                            event.is_alone = true;
                            event.attempts = event.attempts.saturating_sub(1);
                        }
                    }
                    Meaning::Never | Meaning::BadToken => {
                        for at in &call.events {
                            self.env.receipts.events[*at].fate = Fate::Over;
                        }
                    }
                    Meaning::SessionOver => {
                        self.env.left.kicks = self.env.left.kicks.saturating_sub(1);
                        self.env.receipts.give_up(&call, stage.scene);
                        self.end_session(stage);
                    }
                    Meaning::NotNow | Meaning::Perhaps => {
                        self.env.receipts.not_before = self.coming() + stage.scene.times.floor;
                        if !is_unseen {
                            self.env.receipts.give_up(&call, stage.scene);
                        }
                    }
                }
                let event =
                    Event::PushEventsFailed { id: call.id, code: ImCode::from(code), retry_after: None };
                self.receipts_answered(stage, &call, before, event)
            }
            _ => Ok(()),
        }
    }

    /// An answer that is waited for must count. One that does not leaves everything as it was.
    fn receipts_answered(
        &mut self,
        stage: &mut Stage<'_>,
        call: &ReceiptsCall,
        before: Vec<Receipt>,
        event: Event,
    ) -> Checked {
        let name = event.name();
        let is_waited_for = call.until > self.coming() && !call.is_leaving;
        let verdict = self.tell(stage, event)?;
        if !verdict.is_applied() {
            self.env.receipts.events = before;
        }
        let deaf = stage.mutation.is_some();
        stage.seen.law(Law::S3, verdict.is_applied() || !is_waited_for || deaf, || {
            format!("{name} in time was {verdict:?}")
        })
    }

    /// What is sent: its own, under its own account, and nothing that is over.
    pub(super) fn perform_receipts(
        &mut self,
        stage: &mut Stage<'_>,
        id: PushEventsId,
        sent: &[PushEvent],
    ) -> Checked {
        let env = &mut self.env;
        let account = env.may_report();
        stage
            .seen
            .law(Law::S1, account.is_some(), || "push events without a session that stays".to_owned())?;
        let Some(account) = account else { return Ok(()) };
        stage.seen.law(Law::Consent, env.agrees(), || "push events without a consent".to_owned())?;
        env.receipts.expire(stage.scene, self.heard);
        let is_free = env.receipts.call.as_ref().is_none_or(|call| call.is_leaving);
        stage.seen.law(Law::S2, is_free, || "two reports of push events under way".to_owned())?;
        let fits = (1..=stage.scene.push_event_batch).contains(&sent.len());
        stage.seen.law(Law::S12, fits, || format!("{} push events in one call", sent.len()))?;
        let early = env.receipts.not_before.saturating_sub(self.heard);
        stage.seen.law(Law::S11, early == 0, || {
            format!("push events {early} ms sooner than the floor of the back-off")
        })?;
        let mut events = Vec::new();
        for event in sent {
            let is_it = |known: &Receipt| known.kind == event.kind() && known.push_id() == *event.push_id();
            let place = env.receipts.events.iter().position(is_it);
            let known = place.map(|at| &mut env.receipts.events[at]);
            let Some((at, known)) = place.zip(known) else {
                return stage.seen.law(Law::Receipts, false, || "an event that nobody heard".to_owned());
            };
            let owner = known.stated.or(known.under);
            stage.seen.law(Law::Receipts, owner.is_none_or(|owner| owner == account), || {
                format!("an event of {owner:?} sent under {}", account.name())
            })?;
            let is_kept = matches!(known.fate, Fate::Kept | Fate::Perhaps);
            stage.seen.law(Law::Receipts, is_kept, || format!("event {at} sent while {:?}", known.fate))?;
            let is_likely = known.stated.is_some() || known.may_be_for[account.index()];
            stage.seen.law(Law::Receipts, is_likely, || {
                format!("event {at} sent under {}, to whom nothing was pushed when it came", account.name())
            })?;
            stage.seen.law(Law::Receipts, !known.is_alone || sent.len() == 1, || {
                format!("event {at}, refused with others, sent with others again")
            })?;
            let is_few = known.attempts < stage.scene.push_event_attempts;
            stage.seen.law(Law::Receipts, is_few, || format!("event {at} sent again, for ever"))?;
            known.fate = Fate::Kept;
            known.under = Some(account);
            if !env.receipts.is_cut_off {
                known.bound_to = known.under.filter(|_| !env.store_trouble && known.stated.is_none());
            }
            known.attempts += 1;
            events.push(at);
        }
        let until = self.heard + stage.scene.times.report;
        env.receipts.call = Some(ReceiptsCall { id, events, until, is_leaving: false });
        Ok(())
    }

    /// What is kept is what must be: none is lost, also over a crash, and none stays for ever.
    pub(super) fn check_receipts(&self, stage: &mut Stage<'_>) -> Checked {
        if !stage.scene.counts_pushes() {
            return Ok(());
        }
        let (least, most) = self.env.receipts.bounds();
        let kept = self.machine.diagnose().kept_push_events;
        stage.seen.law(Law::Receipts, (least..=most).contains(&kept), || {
            format!("{kept} push events kept, and {least} to {most} are owed")
        })
    }

    /// What the server was not reported although its account is logged in.
    pub(super) fn unreported(&self) -> Option<String> {
        let account = self.env.may_report().filter(|_| self.env.agrees())?;
        let owed =
            |event: &&Receipt| event.fate == Fate::Kept && event.stated.or(event.under) == Some(account);
        let event = self.env.receipts.events.iter().find(owed)?;
        Some(format!(
            "the server was not heard that push {} {} for {}",
            event.number,
            event.kind,
            account.name()
        ))
    }
}
