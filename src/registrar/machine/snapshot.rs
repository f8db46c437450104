//! What outlives the process: written whenever it changes, read once at start.

mod restore;

use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::binding::BindingState;
use super::configuration::{Consent, StoredConsent};
use super::context::Context;
use super::inbox::StoredTap;
use super::kinds::Kinds;
use super::rules::{Rule, holds};
use super::storage::{Durable, Storage};
use super::tokens::HeldToken;
use super::{Machine, State};
use crate::account::UserId;
use crate::notification::{PushEventKind, PushId};
use crate::time::UnixTime;
use crate::vendor::{TokenKind, Vendor, VendorSet};

use self::restore::Tolerant;

pub(super) use self::restore::restore;

/// What [`Machine::restore`](super::Machine::restore) found in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Restored {
    /// No bytes: nothing was ever stored here.
    Fresh,
    /// The snapshot of this installation.
    Resumed,
    /// The snapshot of this installation, but for some of it, which a later version may have written. All that does read
    /// is taken up. The machine is in doubt where the rest may have been about a report.
    InPart {
        /// How many members, or elements of lists, were left out.
        unread: usize,
    },
    /// The snapshot of another installation. Its tokens are dropped, and all else that was true there.
    OtherInstall,
    /// No snapshot: more than [`Machine::MAX_SNAPSHOT_BYTES`] bytes. The machine starts anew, in doubt.
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// No snapshot: not the JSON that is expected. The machine starts anew, in doubt.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// A snapshot of a later version of this crate. The machine starts anew, in doubt.
    LaterVersion {
        /// The version it states.
        version: u32,
    },
}

/// What must outlive the process, as bytes. They hold tokens and accounts, so `Debug` shows their number only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Snapshot(Vec<u8>);

impl Snapshot {
    /// The bytes. Whoever calls this answers for where they go.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to keep.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// How many bytes.
    #[expect(clippy::len_without_is_empty, reason = "a snapshot is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snapshot({} bytes)", self.len())
    }
}

/// The stored form, JSON with these fields in this order. Monotonic times and ids other than those of taps are never in
/// it. A field that a reader may do without can be added without a new version, and so can a vendor or a kind: each
/// member and each element of a list is read by itself, and what a reader does not know is left out.
#[derive(Serialize, Deserialize)]
struct Form<'a> {
    version: u32,
    /// A digest of the install id.
    install: u64,
    #[serde(default, skip_serializing_if = "Tolerant::is_none")]
    consent: Tolerant<Option<StoredConsent>>,
    #[serde(default, skip_serializing_if = "Tolerant::is_none")]
    push_disabled: Tolerant<Option<bool>>,
    #[serde(default, skip_serializing_if = "Tolerant::is_empty")]
    tokens: Tolerant<Vec<TokenForm<'a>>>,
    #[serde(default, skip_serializing_if = "Tolerant::is_none")]
    elected: Tolerant<Option<Vendor>>,
    /// The vendors whose SDK was started and not unregistered since.
    #[serde(default, skip_serializing_if = "Tolerant::is_empty")]
    started: Tolerant<Vec<Vendor>>,
    /// The kinds with a report of unknown outcome.
    #[serde(default, skip_serializing_if = "Tolerant::is_no_kind")]
    doubt: Tolerant<Kinds>,
    #[serde(default, skip_serializing_if = "Tolerant::is_none")]
    session: Tolerant<Option<SessionForm<'a>>>,
    #[serde(default, skip_serializing_if = "Tolerant::is_empty")]
    possibly_bound: Tolerant<Vec<AccountForm<'a>>>,
    #[serde(default, skip_serializing_if = "Tolerant::is_none")]
    last_bound: Tolerant<Option<Cow<'a, UserId>>>,
    #[serde(default, skip_serializing_if = "Tolerant::is_empty")]
    taps: Tolerant<Vec<Cow<'a, StoredTap>>>,
    /// The last messages that were handled or given up, as 64 bits each, oldest first.
    #[serde(default, skip_serializing_if = "Tolerant::is_empty")]
    handled: Tolerant<Vec<u64>>,
    #[serde(default, skip_serializing_if = "Tolerant::is_empty")]
    push_events: Tolerant<Vec<PushEventForm<'a>>>,
    /// The last arrivals and clicks that are finished, as 64 bits each, oldest first.
    #[serde(default, skip_serializing_if = "Tolerant::is_empty")]
    push_events_finished: Tolerant<Vec<u64>>,
}

/// An account that does not read costs the event: it must not be sent under another.
#[derive(Serialize, Deserialize)]
struct PushEventForm<'a> {
    kind: PushEventKind,
    time: UnixTime,
    push_id: Cow<'a, PushId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<Cow<'a, UserId>>,
}

#[derive(Serialize, Deserialize)]
struct TokenForm<'a> {
    vendor: Vendor,
    #[serde(default, skip_serializing_if = "is_default")]
    kind: TokenKind,
    text: Cow<'a, str>,
    since: UnixTime,
}

/// The session that is open, or whose logout the host has not confirmed, or that an earlier process left.
#[derive(Hash, Serialize, Deserialize)]
struct SessionForm<'a> {
    account: Cow<'a, UserId>,
    /// The kinds that the server may hold for it.
    #[serde(default, skip_serializing_if = "Tolerant::is_no_kind")]
    kinds: Tolerant<Kinds>,
    /// A report of it is of unknown outcome, and may land yet.
    #[serde(default, skip_serializing_if = "is_default")]
    outcome_unknown: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    draining: bool,
    /// The kinds of which a report was begun.
    #[serde(default, skip_serializing_if = "Tolerant::is_no_kind")]
    intents: Tolerant<Kinds>,
}

#[derive(Serialize, Deserialize)]
struct AccountForm<'a> {
    account: Cow<'a, UserId>,
    /// The kinds that the server may hold for it.
    #[serde(default, skip_serializing_if = "Tolerant::is_no_kind")]
    kinds: Tolerant<Kinds>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What is durable of a state: all that is stored, and nothing else. Both the bytes and their digest are made of it.
struct Content<'a> {
    state: &'a State,
    consent: Option<StoredConsent>,
    /// A token that came without the user's consent stays in memory.
    keeps_tokens: bool,
    started: VendorSet,
    doubt: Kinds,
    session: Option<SessionForm<'a>>,
}

impl<'a> Content<'a> {
    fn of(state: &'a State) -> Self {
        let keeps_doubt = holds(Rule::DoubtPersisted);
        let kinds = |is_so: fn(&BindingState) -> bool| state.bindings.kinds(is_so);
        let doubted = |is_so| if keeps_doubt { kinds(is_so) } else { Kinds::NONE };
        let session = match state.session.remembered() {
            Some((session, draining)) => {
                let bound = kinds(|binding| binding.intent().is_some_and(|wanted| !wanted.is_empty()));
                let unsettled = doubted(BindingState::is_unsettled);
                Some(SessionForm {
                    account: Cow::Borrowed(session.account()),
                    kinds: session.held().union(bound).into(),
                    outcome_unknown: !session.may_land(unsettled).is_empty(),
                    draining,
                    intents: doubted(|binding| binding.intent().is_some()).into(),
                })
            }
            None => state.accounts.abandoned().map(|(account, kinds, outcome_unknown)| SessionForm {
                account: Cow::Borrowed(account),
                kinds: kinds.into(),
                outcome_unknown,
                draining: false,
                intents: Tolerant::default(),
            }),
        };
        Self {
            state,
            consent: state.setup.stored_consent(),
            keeps_tokens: state.setup.consent() != Consent::Withdrawn && holds(Rule::TokenPersisted),
            started: state.registrations.to_unregister(),
            doubt: doubted(BindingState::is_in_doubt),
            session,
        }
    }

    fn tokens(&self) -> impl Iterator<Item = &'a HeldToken> + use<'a> {
        let keeps_tokens = self.keeps_tokens;
        self.state.tokens.iter().filter(move |_| keeps_tokens)
    }

    fn into_form(self, cx: &Context) -> Form<'a> {
        let state = self.state;
        let tokens = self.tokens().map(|held| TokenForm {
            vendor: held.vendor(),
            kind: held.token.kind(),
            text: held.token.expose_secret().into(),
            since: held.since,
        });
        let possibly_bound = state
            .accounts
            .listed()
            .map(|(account, kinds)| AccountForm { account: Cow::Borrowed(account), kinds: kinds.into() });
        let push_events = state.receipts.stored().map(|(event, account)| PushEventForm {
            kind: event.kind(),
            time: event.time(),
            push_id: Cow::Borrowed(event.push_id()),
            account: account.map(Cow::Borrowed),
        });
        Form {
            version: Machine::SNAPSHOT_VERSION,
            install: install_digest(cx),
            consent: self.consent.into(),
            push_disabled: state.setup.is_push_disabled().then_some(true).into(),
            tokens: tokens.collect(),
            elected: state.election.elected().into(),
            started: self.started.iter().collect(),
            doubt: self.doubt.into(),
            session: self.session.into(),
            possibly_bound: possibly_bound.collect(),
            last_bound: state.accounts.last_bound().map(Cow::Borrowed).into(),
            taps: state.inbox.stored().map(Cow::Borrowed).collect(),
            handled: state.inbox.handled().iter().collect(),
            push_events: push_events.collect(),
            push_events_finished: state.receipts.finished().collect(),
        }
    }
}

impl Hash for Content<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let state = self.state;
        (self.consent, state.setup.is_push_disabled(), state.election.elected()).hash(hasher);
        (self.started, self.doubt, &self.session).hash(hasher);
        // What a report may carry is no part of the bytes, but covered by them only once they were written for it.
        state.bindings.intents(state.session_id()).hash(hasher);
        for held in self.tokens() {
            (held.vendor(), held.token.kind(), held.digest, held.since).hash(hasher);
        }
        for account in state.accounts.listed() {
            account.hash(hasher);
        }
        (state.accounts.last_bound(), state.inbox.handled()).hash(hasher);
        for stored in state.inbox.stored() {
            stored.mark().hash(hasher);
        }
        state.receipts.content().hash(hasher);
    }
}

/// What a snapshot keeps of the install id.
fn install_digest(cx: &Context) -> u64 {
    cx.hash_key().hash(b"snapshot")
}

/// A digest of what is durable: equal ones need no new write.
pub(super) fn digest(state: &State) -> Durable {
    let mut hasher = DefaultHasher::new();
    Content::of(state).hash(&mut hasher);
    Durable::new(hasher.finish())
}

/// What is durable, as bytes.
pub(super) fn encode(state: &State, cx: &Context) -> Snapshot {
    Snapshot(serde_json::to_vec(&Content::of(state).into_form(cx)).unwrap_or_default())
}

/// The state of a fresh installation, of which nothing was ever stored.
pub(super) fn fresh() -> State {
    let mut state = State::default();
    state.storage = Storage::new(Some(digest(&state)));
    state
}
