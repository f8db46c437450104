//! What outlives the process: written whenever it changes, read once at start.

mod restore;

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use super::binding::BindingState;
use super::configuration::Consent;
use super::storage::{Durable, Storage};
use super::tokens::HeldToken;
use super::{Context, Kinds, Machine, Rule, State, holds};
use crate::account::UserId;
use crate::json::{Json, JsonWriter};
use crate::secret::Hidden;
use crate::vendor::{TokenKind, Vendor};

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
    /// The snapshot of this installation, but for some of it, which a later version may have written. All
    /// that does read is taken up. The machine is in doubt where the rest may have been about a report.
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

/// What must outlive the process, as bytes. They hold tokens and accounts, so `Debug` shows their number
/// only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Snapshot(Hidden);

impl Snapshot {
    /// The bytes. Whoever calls this answers for where they go.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.0.as_bytes()
    }

    /// The bytes, to keep.
    pub fn into_bytes(self) -> Vec<u8> {
        String::from(self.0.0).into_bytes()
    }

    /// How many bytes.
    #[expect(clippy::len_without_is_empty, reason = "a snapshot is never empty")]
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }
}

/// The session that is open, or whose logout the host has not confirmed, or that an earlier process left.
#[derive(Hash)]
struct StoredSession<'a> {
    account: Cow<'a, UserId>,
    /// The kinds that the server may hold for it.
    kinds: Kinds,
    /// A report of it is of unknown outcome, and may land yet.
    outcome_unknown: bool,
    draining: bool,
    /// The kinds of which a report was begun.
    intents: Kinds,
}

/// What is durable of a state: all that is stored, and nothing else. Both the bytes and their digest are made
/// of it.
struct Content<'a> {
    state: &'a State,
    /// A token that came without the user's consent stays in memory.
    keeps_tokens: bool,
    doubt: Kinds,
    session: Option<StoredSession<'a>>,
}

impl<'a> Content<'a> {
    fn of(state: &'a State) -> Self {
        let keeps_doubt = holds(Rule::DoubtPersisted);
        let kinds = |is_so: fn(&BindingState) -> bool| state.bindings.kinds(is_so);
        let doubted = |is_so| if keeps_doubt { kinds(is_so) } else { Kinds::NONE };
        let session = state.session.remembered().map(|(session, draining)| {
            let bound = kinds(|binding| binding.intent().is_some_and(|wanted| !wanted.is_empty()));
            StoredSession {
                account: Cow::Borrowed(session.account()),
                kinds: session.held().union(bound),
                outcome_unknown: !session.may_land(doubted(BindingState::is_unsettled)).is_empty(),
                draining,
                intents: doubted(|binding| binding.intent().is_some()),
            }
        });
        let keeps_tokens = state.setup.consent() != Consent::Withdrawn && holds(Rule::TokenPersisted);
        Self { state, keeps_tokens, doubt: doubted(BindingState::is_in_doubt), session }
    }

    fn tokens(&self) -> impl Iterator<Item = &'a HeldToken> + use<'a> {
        let keeps_tokens = self.keeps_tokens;
        self.state.tokens.iter().filter(move |_| keeps_tokens)
    }

    /// The stored form, JSON with these members in this order. Monotonic times and ids other than those of
    /// taps are never in it. A member that a reader may do without can be added without a new version, and so
    /// can a vendor or a kind: each member and each element of a list is read by itself, and what a reader
    /// does not know is left out.
    fn to_json(&self, install: u64) -> Json {
        let Self { state, doubt, session, .. } = self;
        let tokens = self.tokens().map(|held| {
            Json::object(vec![
                ("vendor", Some(name(held.vendor()))),
                ("kind", (held.token().kind() == TokenKind::Voip).then(|| "voip".into())),
                ("text", Some(held.token().expose_secret().into())),
                ("since", Some(held.since().as_secs().into())),
            ])
        });
        let session = session.as_ref().map(|session| {
            Json::object(vec![
                ("account", account(Some(&session.account))),
                ("kinds", kinds(session.kinds)),
                ("outcome_unknown", flag(session.outcome_unknown)),
                ("draining", flag(session.draining)),
                ("intents", kinds(session.intents)),
            ])
        });
        let possibly_bound = state
            .accounts
            .listed()
            .map(|(left, held)| Json::object(vec![("account", account(Some(left))), ("kinds", kinds(held))]));
        let taps = state.inbox.held().iter().map(|held| {
            let (id, deliveries, since) = held.mark();
            Json::object(vec![
                ("id", Some(number(id.as_u64()))),
                ("tap", Some(held.tap().clone().into())),
                ("assumed", account(held.assumed())),
                ("deliveries", (deliveries > 0).then(|| number(deliveries.into()))),
                ("since", since.map(|since| since.as_secs().into())),
            ])
        });
        let push_events =
            state.receipts.stored().filter(|_| holds(Rule::PushEventsPersisted)).map(|(_, event, owner)| {
                Json::object(vec![
                    ("kind", Some(event.kind().to_string().into())),
                    ("time", Some(event.time().as_secs().into())),
                    ("push_id", Some(event.push_id().as_str().into())),
                    ("account", account(owner)),
                ])
            });
        let consent = match state.setup.consent() {
            Consent::NotAsked => None,
            Consent::Given => Some(Json::Bool(true)),
            Consent::Withdrawn => Some(Json::Bool(false)),
            Consent::Unreadable => Some("unreadable".into()),
        };
        let started = state.registrations.to_unregister();
        Json::object(vec![
            ("version", Some(number(Machine::SNAPSHOT_VERSION.into()))),
            // A digest of the install id.
            ("install", Some(number(install))),
            ("consent", consent),
            ("push_disabled", flag(state.setup.is_push_disabled())),
            ("tokens", list(tokens)),
            ("elected", state.election.elected().map(name)),
            // The vendors whose SDK was started and not unregistered since.
            ("started", list(started.iter().map(name))),
            // The kinds with a report of unknown outcome.
            ("doubt", kinds(*doubt)),
            ("session", session),
            ("possibly_bound", list(possibly_bound)),
            ("last_bound", account(state.accounts.last_bound())),
            ("taps", list(taps)),
            // The last messages that were handled or given up, as 64 bits each, oldest first.
            ("handled", list(state.inbox.handled().iter().map(number))),
            ("push_events", list(push_events)),
            // The last arrivals and clicks that are finished, as 64 bits each, oldest first.
            ("push_events_finished", list(state.receipts.finished().map(number))),
        ])
    }
}

fn number(number: u64) -> Json {
    Json::Number(number.into())
}

fn name(vendor: Vendor) -> Json {
    vendor.as_str().into()
}

fn account(account: Option<&UserId>) -> Option<Json> {
    account.map(|account| account.as_str().into())
}

fn flag(flag: bool) -> Option<Json> {
    flag.then_some(Json::Bool(true))
}

/// None where there is no element.
fn list(mut elements: impl Iterator<Item = Json>) -> Option<Json> {
    // One loop in the program serves all lists.
    let elements: &mut dyn Iterator<Item = Json> = &mut elements;
    Some(elements.collect::<Vec<_>>()).filter(|elements| !elements.is_empty()).map(Json::Array)
}

fn kinds(kinds: Kinds) -> Option<Json> {
    list(kinds.iter().map(|kind| kind.as_str().to_ascii_lowercase().into()))
}

impl Hash for Content<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let state = self.state;
        (state.setup.consent(), state.setup.is_push_disabled(), state.election.elected()).hash(hasher);
        (state.registrations.to_unregister(), self.doubt, &self.session).hash(hasher);
        // What a report may carry is no part of the bytes, but covered by them only once they were written
        // for it.
        state.bindings.intents(state.session.id()).hash(hasher);
        for held in self.tokens() {
            (held.vendor(), held.token().kind(), held.digest(), held.since()).hash(hasher);
        }
        state.accounts.listed().for_each(|account| account.hash(hasher));
        (state.accounts.last_bound(), state.inbox.handled()).hash(hasher);
        state.inbox.held().iter().for_each(|held| held.mark().hash(hasher));
        state.receipts.stored().for_each(|(digest, _, account)| (digest, account).hash(hasher));
        state.receipts.finished().for_each(|digest| digest.hash(hasher));
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
    Durable::MIN.saturating_add(hasher.finish())
}

/// What is durable, as bytes.
pub(super) fn encode(state: &State, cx: &Context) -> Snapshot {
    let json = Content::of(state).to_json(install_digest(cx));
    Snapshot(Hidden(JsonWriter::text_of(&json).into()))
}

/// The state of a fresh installation, of which nothing was ever stored.
pub(super) fn fresh() -> State {
    let mut state = State::default();
    state.storage = Storage::new(Some(digest(&state)));
    state
}
