//! Reads a snapshot: member by member, element by element, and total on any bytes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::ErrorKind;
use std::str::FromStr;

use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::super::accounts::Held;
use super::super::configuration::Consent;
use super::super::inbox::HeldTap;
use super::super::storage::Storage;
use super::super::tokens::HeldToken;
use super::super::{Cause, Context, Kinds, Machine, Notice, NoticeCode, Queued, State};
use super::{Restored, StoredSession, digest, encode, fresh, install_digest};
use crate::account::UserId;
use crate::json::read_text;
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
        Ok((install, members)) => {
            let (resumed, restored) = resume(state, cx, install, &members);
            state = resumed;
            restored
        }
        Err(unreadable) => {
            state.bindings.raise_doubt(cx, Kinds::ALL);
            state.accounts.set_unreadable(true);
            cx.push(Queued::Notice(Notice::of(NoticeCode::SnapshotUnreadable, None, why.map(Cause::Store))));
            // It is written only where pushes are off, and damage may be in its value.
            let is_off = values_of(bytes, br#""push_disabled":"#).any(|value| !value.starts_with(b"false"));
            state.setup.set_push_disabled(is_off);
            // It may have been a no.
            if values_of(bytes, br#""consent""#).next().is_some() {
                state.setup.set_consent(Consent::Unreadable);
                cx.notice(NoticeCode::ConsentUnreadable, None);
            }
            unreadable
        }
    };
    let is_as_stored = restored == Restored::Resumed && encode(&state, cx).as_bytes() == bytes;
    state.storage = Storage::new(is_as_stored.then(|| digest(&state)));
    (state, restored)
}

/// What follows each place where bytes that do not read hold this name.
fn values_of<'a>(bytes: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    (0..bytes.len()).filter_map(move |place| bytes.get(place..)?.strip_prefix(name))
}

/// What does not read: a member, or an element of its list. A list that is no list counts as one.
#[derive(Default)]
struct Unread {
    count: Cell<usize>,
    /// The members, each once: there may be as many elements as a snapshot has bytes.
    names: RefCell<Vec<&'static str>>,
}

impl Unread {
    fn note(&self, name: &'static str) {
        self.count.set(self.count.get().saturating_add(1));
        let mut names = self.names.borrow_mut();
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// Takes up what the members say.
fn resume(mut state: State, cx: &mut Context, install: u64, members: &Members<'_>) -> (State, Restored) {
    let consent = members.one("consent", read_consent);
    let push_disabled = members.one("push_disabled", plain);
    let tokens = members.objects("tokens", read_token);
    let elected = members.one("elected", named);
    let started = members.list("started", named);
    let doubt = members.kinds("doubt").unwrap_or(Kinds::ALL);
    let session = members.one("session", |json| read_session(&members.object(json)?));
    let possibly_bound = members.objects("possibly_bound", read_account);
    let last_bound = members.one("last_bound", user);
    let taps = members.objects("taps", read_tap);
    let handled = members.list("handled", plain);
    let push_events = members.objects("push_events", read_push_event);
    let finished = members.list("push_events_finished", plain);
    let unread = members.unread.names.borrow();
    let is_unread = |name: &str| unread.contains(&name);

    let is_other_install = install != install_digest(cx);
    // An account that is not known any more may still be pushed to.
    let is_account_unread = ["session", "possibly_bound", "last_bound"].into_iter().any(is_unread);
    let consent = match consent {
        // Who agreed on another phone has not agreed on this one.
        Some(Consent::Given) if is_other_install => Consent::NotAsked,
        Some(stored) => stored,
        None if is_unread("consent") => Consent::Unreadable,
        None => Consent::NotAsked,
    };
    state.setup.set_consent(consent);
    // It is written only where pushes are off, so that is what one which does not read has said.
    state.setup.set_push_disabled(push_disabled.unwrap_or_else(|| is_unread("push_disabled")));
    if consent == Consent::Unreadable {
        cx.notice(NoticeCode::ConsentUnreadable, None);
    }
    let is_doubtful = !is_other_install && (is_unread("tokens") || is_account_unread);
    state.bindings.raise_doubt(cx, if is_doubtful { Kinds::ALL } else { doubt });
    if is_other_install {
        cx.notice(NoticeCode::SnapshotOfOtherInstall, None);
        return (state, Restored::OtherInstall);
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
    for (account, kinds) in possibly_bound {
        state.accounts.remember(cx, account, kinds);
    }
    state.accounts.restore(last_bound, is_account_unread);
    if let Some(StoredSession { account, kinds, outcome_unknown, draining, intents }) = session {
        // It is over with its process, but nobody logged it out.
        state.bindings.raise_doubt(cx, intents);
        if draining {
            cx.notice(NoticeCode::LogoutUnfinished, None);
        }
        let may_land = outcome_unknown || !intents.is_empty();
        if !kinds.is_empty() {
            state.accounts.restore_session(cx, &account, may_land);
            let may_land = if may_land { Kinds::ALL } else { Kinds::NONE };
            state.session.restore(account.into_owned(), Held::new(kinds, may_land));
        }
    }
    state.inbox.restore(cx, taps, handled.into_iter().collect());
    state.receipts.restore(cx, push_events.into_iter(), finished.into_iter());
    // What the consent costs was said above.
    if unread.iter().any(|name| *name != "consent") {
        cx.notice(NoticeCode::SnapshotUnreadable, None);
    }
    let left_out = members.unread.count.get();
    let restored = if left_out == 0 { Restored::Resumed } else { Restored::InPart { unread: left_out } };
    (state, restored)
}

fn read_consent(json: &str) -> Option<Consent> {
    match json {
        "true" => Some(Consent::Given),
        "false" => Some(Consent::Withdrawn),
        "\"unreadable\"" => Some(Consent::Unreadable),
        _ => None,
    }
}

fn read_token(token: &Members<'_>) -> Option<(Vendor, TokenKind, String, UnixTime)> {
    let (vendor, kind) = (token.get("vendor", named)?, token.or_default("kind", named)?);
    Some((vendor, kind, token.get("text", read_text)?, token.get("since", time)?))
}

fn read_session(session: &Members<'_>) -> Option<StoredSession<'static>> {
    let account = Cow::Owned(session.get("account", user)?);
    let (outcome_unknown, draining) =
        (session.or_default("outcome_unknown", plain)?, session.or_default("draining", plain)?);
    let (intents, kinds) = (session.kinds("intents"), session.kinds("kinds"));
    // A report of any kind may have been begun.
    let kinds = intents.and(kinds).unwrap_or(Kinds::ALL);
    Some(StoredSession { account, kinds, outcome_unknown, draining, intents: intents.unwrap_or(Kinds::ALL) })
}

fn read_account(known: &Members<'_>) -> Option<(UserId, Kinds)> {
    Some((known.get("account", user)?, known.kinds("kinds").unwrap_or(Kinds::ALL)))
}

fn read_tap(stored: &Members<'_>) -> Option<HeldTap> {
    let (id, tap) = (stored.get("id", plain::<u64>)?, serde_json::from_str(stored.json("tap")?).ok()?);
    let (assumed, since) = (stored.optional("assumed", user).ok()?, stored.optional("since", time).ok()?);
    Some(HeldTap::new((id.into(), stored.or_default("deliveries", plain)?, since), tap, assumed))
}

/// An account that does not read costs the event: it must not be sent under another.
fn read_push_event(stored: &Members<'_>) -> Option<(PushEvent, Option<UserId>)> {
    let kind = stored.get("kind", read_text)?;
    let mut kinds = [PushEventKind::Clicked, PushEventKind::Arrived].into_iter();
    let kind = kinds.find(|known| known.to_string() == kind)?;
    let push_id = PushId::new(stored.get("push_id", read_text)?)?;
    Some((PushEvent::new(kind, push_id, stored.get("time", time)?), stored.optional("account", user).ok()?))
}

/// A number or a truth value.
fn plain<T: FromStr>(json: &str) -> Option<T> {
    json.parse().ok()
}

fn time(json: &str) -> Option<UnixTime> {
    plain(json).map(UnixTime::from_secs)
}

fn named<T: FromStr>(json: &str) -> Option<T> {
    read_text(json)?.parse().ok()
}

fn user(json: &str) -> Option<UserId> {
    UserId::new(read_text(json)?).ok()
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
    // The value is a slice of the text, so its end tells where the reading stopped.
    let malformed = |value: &str| {
        let end = value.as_bytes().as_ptr_range().end.addr().wrapping_sub(bytes.as_ptr().addr());
        malformed_after(bytes.get(..end).unwrap_or(bytes))
    };
    let json = |name| members.json(name).unwrap_or_default();
    let version = plain(json("version")).ok_or_else(|| malformed(json("version")))?;
    if version != Machine::SNAPSHOT_VERSION {
        return Err(Restored::LaterVersion { version });
    }
    let install = plain(json("install")).ok_or_else(|| malformed(json("install")))?;
    Ok((install, members))
}

/// These bytes are as expected, and what follows is not.
fn malformed_after(bytes: &[u8]) -> Restored {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let (line, column) = (lines.clone().count(), lines.next_back().map_or(0, <[u8]>::len));
    Restored::Malformed { line, column: column.max(1) }
}

/// A JSON object, looked through for each member that is asked for: what a reader does not know takes no
/// memory.
struct Members<'a> {
    json: &'a str,
    unread: &'a Unread,
}

impl<'a> Members<'a> {
    fn read(json: &'a str, unread: &'a Unread) -> serde_json::Result<Self> {
        each_member(json, &mut |_, _| ())?;
        Ok(Self { json, unread })
    }

    /// An object within this one.
    fn object(&self, json: &'a str) -> Option<Self> {
        Self::read(json, self.unread).ok()
    }

    /// The JSON of a member. Where its name stands twice, it is none, which does not read as anything.
    fn json(&self, name: &str) -> Option<&'a str> {
        let mut found: Option<&str> = None;
        let looked_through = each_member(self.json, &mut |known, json| {
            if known == name {
                found = Some(if found.is_some() { "" } else { json });
            }
        });
        found.filter(|_| looked_through.is_ok())
    }

    /// A member that must be there.
    fn get<T>(&self, name: &str, read: fn(&str) -> Option<T>) -> Option<T> {
        read(self.json(name)?)
    }

    /// A member that may be missing, and has a default then.
    fn or_default<T: Default>(&self, name: &str, read: fn(&str) -> Option<T>) -> Option<T> {
        self.json(name).map_or_else(|| Some(T::default()), read)
    }

    /// A member that may be missing or null.
    fn optional<T>(&self, name: &str, read: fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
        let json = self.json(name).filter(|json| *json != "null");
        json.map(|json| read(json).ok_or(())).transpose()
    }

    /// A member that may be missing, and is left out if it does not read.
    fn one<T>(&self, name: &'static str, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        self.noted(name, read(self.json(name)?))
    }

    /// A list that may be missing. Its elements that do not read are left out.
    fn list<T>(&self, name: &'static str, read: impl Fn(&'a str) -> Option<T>) -> Vec<T> {
        let mut values = Vec::new();
        let mut take = |_: &str, json| {
            if let Some(value) = self.noted(name, read(json)) {
                values.push(value);
            }
        };
        self.one(name, |json| {
            let mut json = serde_json::Deserializer::from_str(json);
            json.deserialize_seq(Each(&mut take)).ok()
        });
        values
    }

    /// Notes it where something does not read.
    fn noted<T>(&self, name: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.unread.note(name);
        }
        value
    }

    fn objects<T>(&self, name: &'static str, read: fn(&Self) -> Option<T>) -> Vec<T> {
        self.list(name, |json| read(&self.object(json)?))
    }

    /// A list of kinds. None if one does not read, as it may be any.
    fn kinds(&self, name: &'static str) -> Option<Kinds> {
        let before = self.unread.count.get();
        let kinds = self.list(name, named);
        (self.unread.count.get() == before).then(|| kinds.into_iter().collect())
    }
}

fn each_member<'a>(json: &'a str, take: &mut dyn FnMut(&str, &'a str)) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_map(Each(take))?;
    deserializer.end()
}

/// Takes each member of an object with its name, or each element of an array, and keeps none.
struct Each<'de, 't>(&'t mut dyn FnMut(&str, &'de str));

impl<'de> Visitor<'de> for Each<'de, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            (self.0)(&name, value.get());
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(element) = seq.next_element::<&RawValue>()? {
            (self.0)("", element.get());
        }
        Ok(())
    }
}
