//! What the environment knows of presence, badge and taps.

use super::fixtures::Account;
use crate::notification::{PushEventKind, Tap};
use crate::registrar::{PresenceId, TapId};

/// Where the app is, as the host reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Foreground,
    Background(u16),
}

/// What was reported of presence and badge, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct PresenceModel {
    pub(super) heard: Option<Place>,
    pub(super) unread: Option<u16>,
    /// The call under way.
    pub(super) call: Option<Call>,
    /// What the server was reported in this session.
    pub(super) known: Option<Place>,
    /// What was refused for good.
    pub(super) given_up: Option<Place>,
    pub(super) badge: Option<u32>,
    /// It was reported while a logout was under way: whether of the session before or after it, cannot be
    /// known.
    pub(super) unclear: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Call {
    pub(super) id: PresenceId,
    pub(super) place: Place,
    pub(super) until: u64,
}

impl PresenceModel {
    pub(super) fn rename(&mut self, now: u64, name: &mut dyn FnMut(u64) -> u64) {
        if let Some(call) = &mut self.call {
            call.id = name(call.id.as_u64()).into();
            call.until = call.until.saturating_sub(now);
        }
    }

    /// No answer is waited for any more.
    pub(super) fn end_calls(&mut self) {
        self.call = None;
        self.known = None;
        self.given_up = None;
    }

    pub(super) fn end_session(&mut self) {
        self.end_calls();
        // The count was that of an account.
        self.unread = None;
        if let Some(Place::Background(_)) = self.heard {
            self.heard = Some(Place::Background(0));
        }
    }
}

/// What became of one tapped notification.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct TapModel {
    pub(super) stated: Option<Account>,
    /// The machine's name for it; it is the same after a crash.
    pub(super) id: Option<TapId>,
    /// This process knows of it.
    pub(super) heard: bool,
    /// The machine has it, and owes its delivery or a notice.
    pub(super) held: bool,
    /// It is over after it was delivered: passed again, it counts no more.
    pub(super) over: bool,
    /// It was delivered in this process.
    pub(super) delivered: bool,
    /// In how many processes it was delivered.
    pub(super) deliveries: u8,
    /// When it came, or this process began.
    pub(super) since: u64,
    /// Among those reported, the higher the later.
    pub(super) order: u8,
    /// Whether the machine has it still can only be seen once it delivers it.
    pub(super) uncertain: bool,
}

impl TapModel {
    pub(super) const fn new(stated: Option<Account>, since: u64, order: u8) -> Self {
        Self {
            stated,
            id: None,
            heard: true,
            held: true,
            over: false,
            delivered: false,
            deliveries: 0,
            since,
            order,
            uncertain: false,
        }
    }

    /// Handled, expired, dropped or fenced.
    pub(super) const fn end(&mut self) {
        self.held = false;
        self.uncertain = false;
        self.over = self.deliveries > 0;
    }

    /// From here on its time is an age of at most `expiry`, no moment, and its order a rank.
    pub(super) fn rename_all(taps: &mut [Self], now: u64, expiry: u64, name: &mut dyn FnMut(u64) -> u64) {
        let mut orders: Vec<u8> = taps.iter().filter(|tap| tap.held).map(|tap| tap.order).collect();
        orders.sort_unstable();
        for tap in taps {
            tap.id = tap.id.filter(|_| tap.held).map(|id| name(id.as_u64()).into());
            tap.since = if tap.held { now.saturating_sub(tap.since).min(expiry) } else { 0 };
            tap.order =
                orders.iter().position(|order| tap.held && *order == tap.order).map_or(0, |at| at as u8 + 1);
        }
    }

    /// The tap at this position, as the host hands it over.
    pub(super) fn tap(at: usize, stated: Option<Account>) -> Tap {
        let id = super::receipts::push_id(PushEventKind::Clicked, at as u8);
        let text = format!("{{\"clickExt\":\"{}\"}}", id.as_str());
        let tap = Tap::from_text(None, &text).expect("an object").with_message_id(format!("tap-{at}"));
        match stated {
            Some(account) => tap.with_account(account.user()),
            None => tap,
        }
    }
}
