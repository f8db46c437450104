//! Reads a snapshot: member by member, element by element, and total on any bytes.

use std::borrow::Cow;
use std::fmt;
use std::io::ErrorKind;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::super::configuration::Consent;
use super::super::context::Context;
use super::super::kinds::Kinds;
use super::super::outbox::Queued;
use super::super::storage::Storage;
use super::super::tokens::HeldToken;
use super::super::{Machine, Notice, NoticeCode, State};
use super::{Form, Restored, digest, encode, fresh, install_digest};
use crate::notification::PushEvent;
use crate::token::Token;
use crate::vendor::TokenKind;

/// The state that stored these bytes, logged out; or a new one if they are empty or no snapshot.
///
/// `why` says why there are no bytes, if the store could not be read.
pub(in super::super) fn restore(cx: &mut Context, bytes: &[u8], why: Option<ErrorKind>) -> (State, Restored) {
    let mut state = fresh();
    if bytes.is_empty() {
        if !cx.settings().snapshots {
            state.bindings.raise_doubt(cx, Kinds::ALL);
        }
        return (state, Restored::Fresh);
    }
    let restored = match read(bytes) {
        Ok(form) => {
            let (resumed, restored) = resume(state, cx, form);
            state = resumed;
            restored
        }
        Err(unreadable) => {
            state.bindings.raise_doubt(cx, Kinds::ALL);
            state.accounts.mark_unreadable();
            cx.push(Queued::Notice(Notice::unreadable(why)));
            if has_consent(bytes) {
                state.setup.restore(Consent::Unreadable, false);
                cx.notice(NoticeCode::ConsentUnreadable, None);
            }
            unreadable
        }
    };
    let is_as_stored = restored == Restored::Resumed && encode(&state, cx).0 == bytes;
    state.storage = Storage::new(is_as_stored.then(|| digest(&state)));
    (state, restored)
}

/// Whether bytes that do not read hold a consent, which may have been a no.
fn has_consent(bytes: &[u8]) -> bool {
    let name: &[u8] = br#""consent""#;
    bytes.windows(name.len()).any(|window| window == name)
}

/// Takes up what the form says.
fn resume(mut state: State, cx: &mut Context, form: Form<'_>) -> (State, Restored) {
    let unread = form.unread();
    let is_account_unread = form.is_account_unread();
    let is_other_install = form.install != install_digest(cx);
    let is_consent_unread = form.consent.unread > 0;
    let consent = match form.consent.read {
        // Who agreed on another phone has not agreed on this one.
        Some(stored) if is_other_install && Consent::from(stored) == Consent::Given => Consent::NotAsked,
        Some(stored) => stored.into(),
        None if is_consent_unread => Consent::Unreadable,
        None => Consent::NotAsked,
    };
    state.setup.restore(consent, form.push_disabled.read.unwrap_or_default());
    if consent == Consent::Unreadable {
        cx.notice(NoticeCode::ConsentUnreadable, None);
    }
    let is_doubtful = !is_other_install && (form.tokens.unread > 0 || is_account_unread);
    state.bindings.raise_doubt(cx, if is_doubtful { Kinds::ALL } else { form.doubt.read });
    if is_other_install {
        cx.notice(NoticeCode::SnapshotOfOtherInstall, None);
        return (state, Restored::OtherInstall);
    }
    let key = cx.hash_key();
    for token in form.tokens.read {
        // What does not read as a token any more is left out.
        if let Ok(read) = Token::parse(token.vendor, token.kind, &token.text) {
            state.tokens.put(HeldToken::new(read, token.since, key), |_| 0);
        }
    }
    let in_hand = state.tokens.in_hand();
    state.election.restore(form.elected.read.filter(|vendor| in_hand.contains(*vendor)));
    let started = form.started.read.into_iter().collect();
    state.registrations.restore(cx, started, consent == Consent::Withdrawn);
    let listed = form.possibly_bound.read.into_iter();
    let listed = listed.map(|known| (known.account.into_owned(), known.kinds.read)).collect();
    state.accounts.restore(cx, listed, form.last_bound.read.map(Cow::into_owned), is_account_unread);
    if let Some(session) = form.session.read {
        // It is over with its process, but nobody logged it out.
        let intents = session.intents.read;
        state.bindings.raise_doubt(cx, intents);
        if session.draining {
            cx.notice(NoticeCode::LogoutUnfinished, None);
        }
        let kinds = if session.intents.unread > 0 { Kinds::ALL } else { session.kinds.read };
        let outcome_unknown = session.outcome_unknown || !intents.is_empty();
        state.accounts.restore_session(cx, session.account.into_owned(), kinds, outcome_unknown);
    }
    let taps = form.taps.read.into_iter().map(Cow::into_owned).collect();
    state.inbox.restore(cx, taps, form.handled.read.into_iter().collect());
    let push_events = form.push_events.read.into_iter().map(|form| {
        let event = PushEvent::new(form.kind, form.push_id.into_owned(), form.time);
        (event, form.account.map(Cow::into_owned))
    });
    state.receipts.restore(cx, push_events, form.push_events_finished.read.into_iter());
    if unread == 0 {
        return (state, Restored::Resumed);
    }
    // What the consent costs was said above.
    if unread > 1 || !is_consent_unread {
        cx.notice(NoticeCode::SnapshotUnreadable, None);
    }
    (state, Restored::InPart { unread })
}

impl Form<'_> {
    /// How much of it was left out.
    fn unread(&self) -> usize {
        let session = self.session.read.iter().flat_map(|known| [known.kinds.unread, known.intents.unread]);
        let accounts = self.possibly_bound.read.iter().map(|known| known.kinds.unread);
        [
            self.consent.unread,
            self.push_disabled.unread,
            self.tokens.unread,
            self.elected.unread,
            self.started.unread,
            self.doubt.unread,
            self.session.unread,
            self.possibly_bound.unread,
            self.last_bound.unread,
            self.taps.unread,
            self.handled.unread,
            self.push_events.unread,
            self.push_events_finished.unread,
        ]
        .into_iter()
        .chain(session)
        .chain(accounts)
        .fold(0, usize::saturating_add)
    }

    /// An account that is not known any more may still be pushed to.
    const fn is_account_unread(&self) -> bool {
        self.session.unread > 0 || self.last_bound.unread > 0 || self.possibly_bound.unread > 0
    }
}

/// Of every version: enough to tell it.
#[derive(Deserialize)]
struct Head {
    version: u32,
}

/// The form, or why the bytes are none.
fn read(bytes: &[u8]) -> Result<Form<'static>, Restored> {
    if bytes.len() > Machine::MAX_SNAPSHOT_BYTES {
        return Err(Restored::TooLong { bytes: bytes.len() });
    }
    let malformed =
        |error: &serde_json::Error| Restored::Malformed { line: error.line(), column: error.column() };
    let head: Head = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
    if head.version != Machine::SNAPSHOT_VERSION {
        return Err(Restored::LaterVersion { version: head.version });
    }
    serde_json::from_slice(bytes).map_err(|error| malformed(&error))
}

/// A member of a snapshot that may be missing, and that is read by itself, a list element by element: what does not read
/// costs that alone.
#[derive(Default, Hash, Serialize)]
#[serde(transparent)]
pub(super) struct Tolerant<T> {
    read: T,
    /// How much of it is there and does not read. A list that is no list counts as one.
    #[serde(skip)]
    unread: usize,
}

impl<T> From<T> for Tolerant<T> {
    fn from(read: T) -> Self {
        Self { read, unread: 0 }
    }
}

impl<T> FromIterator<T> for Tolerant<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Vec::from_iter(elements).into()
    }
}

impl<T> Tolerant<Option<T>> {
    pub(super) const fn is_none(&self) -> bool {
        self.read.is_none()
    }
}

impl<T> Tolerant<Vec<T>> {
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }
}

impl Tolerant<Kinds> {
    pub(super) const fn is_no_kind(&self) -> bool {
        self.read.is_empty()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Tolerant<Option<T>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        let read = serde_json::from_str(raw.get()).ok();
        Ok(Self { unread: usize::from(read.is_none()), read })
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Tolerant<Vec<T>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(serde_json::Deserializer::from_str(raw.get())
            .deserialize_seq(OneByOne(PhantomData))
            .unwrap_or(Self { read: Vec::new(), unread: 1 }))
    }
}

/// Where a kind does not read, it may be any.
impl<'de> Deserialize<'de> for Tolerant<Kinds> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Tolerant { read, unread } = Tolerant::<Vec<TokenKind>>::deserialize(deserializer)?;
        Ok(Self { read: if unread > 0 { Kinds::ALL } else { read.into_iter().collect() }, unread })
    }
}

struct OneByOne<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for OneByOne<T> {
    type Value = Tolerant<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = Tolerant::<Vec<T>>::from(Vec::new());
        while let Some(raw) = list.next_element::<&RawValue>()? {
            match serde_json::from_str(raw.get()) {
                Ok(element) => elements.read.push(element),
                Err(_) => elements.unread = elements.unread.saturating_add(1),
            }
        }
        Ok(elements)
    }
}
