//! Reads a snapshot: member by member, element by element, and total on any bytes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::io::ErrorKind;
use std::str::FromStr;

use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::accounts::Held;
use super::super::configuration::Consent;
use super::super::context::Context;
use super::super::inbox::StoredTap;
use super::super::kinds::Kinds;
use super::super::outbox::Queued;
use super::super::storage::Storage;
use super::super::tokens::HeldToken;
use super::super::{Machine, Notice, NoticeCode, State, TapId};
use super::{Restored, StoredSession, digest, encode, fresh, install_digest, tap};
use crate::account::UserId;
use crate::notification::{PushEvent, PushEventKind, PushId};
use crate::time::UnixTime;
use crate::token::Token;
use crate::vendor::{TokenKind, Vendor};

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
    let unread = Unread::default();
    let restored = match read(bytes, &unread) {
        Ok((install, members)) => resume(&mut state, cx, install, &members),
        Err(unreadable) => {
            state.bindings.raise_doubt(cx, Kinds::ALL);
            state.accounts.mark_unreadable();
            cx.push(Queued::Notice(Notice::unreadable(why)));
            if has_consent(bytes) {
                state.setup.consent = Consent::Unreadable;
                cx.notice(NoticeCode::ConsentUnreadable, None);
            }
            unreadable
        }
    };
    let is_as_stored = restored == Restored::Resumed && encode(&state, cx).as_bytes() == bytes;
    state.storage = Storage::new(is_as_stored.then(|| digest(&state)));
    (state, restored)
}

/// Whether bytes that do not read hold a consent, which may have been a no.
fn has_consent(bytes: &[u8]) -> bool {
    let name: &[u8] = br#""consent""#;
    bytes.windows(name.len()).any(|window| window == name)
}

/// The members that do not read, and those of whose lists an element does not, each time it is so. A list that is no list
/// counts as one.
type Unread = RefCell<Vec<&'static str>>;

/// Takes up what the members say.
fn resume(state: &mut State, cx: &mut Context, install: u64, members: &Members<'_>) -> Restored {
    let consent = members.one("consent", Consent::read);
    let push_disabled = members.one("push_disabled", plain);
    let tokens = members.objects("tokens", read_token);
    let elected = members.one("elected", named);
    let started = members.list("started", named);
    let doubt = members.kinds("doubt");
    let session = members.one("session", |json| read_session(&members.object(json)?));
    let possibly_bound = members.objects("possibly_bound", read_account);
    let last_bound = members.one("last_bound", account);
    let taps = members.objects("taps", read_tap);
    let handled = members.list("handled", plain);
    let push_events = members.objects("push_events", read_push_event);
    let finished = members.list("push_events_finished", plain);
    let unread = members.unread;
    let unread = unread.borrow();
    let lost = |names: &[&str]| unread.iter().filter(|name| names.contains(name)).count();

    let is_other_install = install != install_digest(cx);
    // An account that is not known any more may still be pushed to.
    let is_account_unread = lost(&["session", "possibly_bound", "last_bound"]) > 0;
    let consent = match consent {
        // Who agreed on another phone has not agreed on this one.
        Some(Consent::Given) if is_other_install => Consent::NotAsked,
        Some(stored) => stored,
        None if lost(&["consent"]) > 0 => Consent::Unreadable,
        None => Consent::NotAsked,
    };
    (state.setup.consent, state.setup.push_disabled) = (consent, push_disabled.unwrap_or_default());
    if consent == Consent::Unreadable {
        cx.notice(NoticeCode::ConsentUnreadable, None);
    }
    let is_doubtful = !is_other_install && (lost(&["tokens"]) > 0 || is_account_unread);
    state.bindings.raise_doubt(cx, if is_doubtful { Kinds::ALL } else { doubt });
    if is_other_install {
        cx.notice(NoticeCode::SnapshotOfOtherInstall, None);
        return Restored::OtherInstall;
    }
    let key = cx.hash_key();
    for (vendor, kind, text, since) in tokens {
        // What does not read as a token any more is left out.
        if let Ok(token) = Token::parse(vendor, kind, &text) {
            state.tokens.put(HeldToken::new(token, since, key), |_| 0);
        }
    }
    let in_hand = state.tokens.in_hand();
    state.election.restore(elected.filter(|vendor| in_hand.contains(*vendor)));
    state.registrations.restore(cx, started.into_iter().collect(), consent == Consent::Withdrawn);
    state.accounts.restore(cx, possibly_bound, last_bound, is_account_unread);
    if let Some(StoredSession { account, kinds, outcome_unknown, draining, intents }) = session {
        // It is over with its process, but nobody logged it out.
        state.bindings.raise_doubt(cx, intents);
        if draining {
            cx.notice(NoticeCode::LogoutUnfinished, None);
        }
        let may_land = if outcome_unknown || !intents.is_empty() { Kinds::ALL } else { Kinds::NONE };
        state.accounts.restore_session(cx, account.into_owned(), Held::new(kinds, may_land));
    }
    state.inbox.restore(cx, taps, handled.into_iter().collect());
    state.receipts.restore(cx, push_events.into_iter(), finished.into_iter());
    // What the consent costs was said above.
    if unread.len() > lost(&["consent"]) {
        cx.notice(NoticeCode::SnapshotUnreadable, None);
    }
    match unread.len() {
        0 => Restored::Resumed,
        unread => Restored::InPart { unread },
    }
}

fn read_token(token: &Members<'_>) -> Option<(Vendor, TokenKind, String, UnixTime)> {
    let kind = token.or_default("kind", named)?;
    let since = UnixTime::from_secs(token.get("since", plain)?);
    Some((token.get("vendor", named)?, kind, token.get("text", text_of)?, since))
}

fn read_session(session: &Members<'_>) -> Option<StoredSession<'static>> {
    let account = Cow::Owned(session.get("account", account)?);
    let outcome_unknown = session.or_default("outcome_unknown", plain)?;
    let draining = session.or_default("draining", plain)?;
    let intents = session.kinds("intents");
    let is_any_kind = session.unread.borrow().contains(&"intents");
    let kinds = session.kinds("kinds");
    let kinds = if is_any_kind { Kinds::ALL } else { kinds };
    Some(StoredSession { account, kinds, outcome_unknown, draining, intents })
}

fn read_account(known: &Members<'_>) -> Option<(UserId, Kinds)> {
    Some((known.get("account", account)?, known.kinds("kinds")))
}

fn read_tap(stored: &Members<'_>) -> Option<StoredTap> {
    Some(StoredTap {
        id: TapId::from(stored.get("id", plain::<u64>)?),
        tap: stored.get("tap", |json| tap::read(&stored.object(json)?))?,
        assumed: stored.or_default("assumed", |json| account(json).map(Some))?,
        deliveries: stored.or_default("deliveries", plain)?,
        since: stored.or_default("since", |json| plain(json).map(UnixTime::from_secs).map(Some))?,
    })
}

/// An account that does not read costs the event: it must not be sent under another.
fn read_push_event(stored: &Members<'_>) -> Option<(PushEvent, Option<UserId>)> {
    let kind = match stored.get("kind", text_of)?.as_str() {
        "clicked" => PushEventKind::Clicked,
        "arrived" => PushEventKind::Arrived,
        _ => return None,
    };
    let push_id = PushId::new(stored.get("push_id", text_of)?)?;
    let time = UnixTime::from_secs(stored.get("time", plain)?);
    let account = stored.or_default("account", |json| account(json).map(Some))?;
    Some((PushEvent::new(kind, push_id, time), account))
}

pub(super) fn text_of(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

pub(super) fn named<T: FromStr>(json: &str) -> Option<T> {
    text_of(json)?.parse().ok()
}

pub(super) fn account(json: &str) -> Option<UserId> {
    UserId::new(text_of(json)?).ok()
}

/// A whole number or a truth value, which JSON writes as Rust does.
pub(super) fn plain<T: FromStr>(json: &str) -> Option<T> {
    json.parse().ok()
}

/// The digest of the install id and all members, or why the bytes are no snapshot.
fn read<'a>(bytes: &'a [u8], unread: &'a Unread) -> Result<(u64, Members<'a>), Restored> {
    if bytes.len() > Machine::MAX_SNAPSHOT_BYTES {
        return Err(Restored::TooLong { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| malformed_after(bytes.get(..error.valid_up_to()).unwrap_or_default()))?;
    let members = Members::read(text, unread).map_err(|error| match (error.line(), error.column()) {
        (0, _) => malformed_after(bytes),
        (line, column) => Restored::Malformed { line, column },
    })?;
    let number = |name: &str| {
        let value = members.value(name).unwrap_or_default();
        plain::<u64>(value).ok_or_else(|| {
            let start = value.as_ptr().addr().checked_sub(bytes.as_ptr().addr());
            let end = start.and_then(|start| start.checked_add(value.len()));
            malformed_after(end.and_then(|end| bytes.get(..end)).unwrap_or(bytes))
        })
    };
    let version = u32::try_from(number("version")?).unwrap_or(u32::MAX);
    if version != Machine::SNAPSHOT_VERSION {
        return Err(Restored::LaterVersion { version });
    }
    Ok((number("install")?, members))
}

/// These bytes are as expected, and what follows is not.
fn malformed_after(bytes: &[u8]) -> Restored {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    Restored::Malformed { line: lines.clone().count(), column: lines.next_back().map_or(0, <[u8]>::len) }
}

/// The members of a JSON object, each with the JSON of its value.
pub(super) struct Members<'a> {
    values: Vec<(String, &'a str)>,
    unread: &'a Unread,
}

impl<'a> Members<'a> {
    /// More than any version writes. It bounds the search for members that stand there twice.
    const MOST: usize = 64;

    fn read(json: &'a str, unread: &'a Unread) -> serde_json::Result<Self> {
        let values = members(json)?;
        let is_twice = |(place, (name, _)): (usize, &(String, &str))| {
            values.iter().take(place).any(|(known, _)| known == name)
        };
        if values.len() > Self::MOST || values.iter().enumerate().any(is_twice) {
            return Err(serde_json::Error::custom("a member twice, or too many"));
        }
        Ok(Self { values, unread })
    }

    /// An object within this one.
    pub(super) fn object(&self, json: &'a str) -> Option<Self> {
        Self::read(json, self.unread).ok()
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.values.iter().find_map(|(known, value)| (known == name).then_some(*value))
    }

    /// That of a member that must be there.
    pub(super) fn get<T>(&self, name: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        read(self.value(name)?)
    }

    /// That of a member that may be missing.
    pub(super) fn or_default<T: Default>(
        &self,
        name: &str,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Option<T> {
        self.value(name).filter(|json| *json != "null").map_or_else(|| Some(T::default()), read)
    }

    /// That of a member that may be missing, and is left out if it does not read.
    fn one<T>(&self, name: &'static str, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        let value = read(self.value(name)?);
        if value.is_none() {
            self.unread.borrow_mut().push(name);
        }
        value
    }

    /// A list that may be missing. Its elements that do not read are left out.
    fn list<T>(&self, name: &'static str, mut read: impl FnMut(&'a str) -> Option<T>) -> Vec<T> {
        let mut values = Vec::new();
        for element in self.elements(name) {
            match read(element.get()) {
                Some(value) => values.push(value),
                None => self.unread.borrow_mut().push(name),
            }
        }
        values
    }

    fn elements(&self, name: &'static str) -> Vec<&'a RawValue> {
        self.one(name, |json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    fn objects<T>(&self, name: &'static str, read: fn(&Self) -> Option<T>) -> Vec<T> {
        self.list(name, |json| read(&self.object(json)?))
    }

    /// A list of kinds. Where one does not read, it may be any.
    fn kinds(&self, name: &'static str) -> Kinds {
        let before = self.unread.borrow().len();
        let kinds = self.list(name, named);
        if self.unread.borrow().len() > before { Kinds::ALL } else { kinds.into_iter().collect() }
    }
}

/// The members of a JSON object, in their order, each with the JSON of its value.
pub(super) fn members(json: &str) -> serde_json::Result<Vec<(String, &str)>> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let members = deserializer.deserialize_map(MembersVisitor)?;
    deserializer.end()?;
    Ok(members)
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Vec<(String, &'de str)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Self::Value = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            members.push((name, value.get()));
        }
        Ok(members)
    }
}
