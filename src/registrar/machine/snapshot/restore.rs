//! Reads a snapshot: member by member, element by element, and total on any bytes.

use std::borrow::Cow;

use serde::Deserialize;

use super::super::accounts::Kinds;
use super::super::context::Context;
use super::super::inbox::StoredTap;
use super::super::setup::Consent;
use super::super::storage::Storage;
use super::super::tokens::HeldToken;
use super::super::tolerant::TolerantList;
use super::super::{Machine, NoticeCode, State};
use super::{Form, Restored, SessionForm, digest, encode, fresh, install_digest};
use crate::notification::PushEvent;
use crate::token::Token;
use crate::vendor::TokenKind;

/// The state that stored these bytes, logged out; or a new one if they are empty or no snapshot.
pub(in super::super) fn restore(cx: &mut Context, bytes: &[u8]) -> (State, Restored) {
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
            cx.notice(NoticeCode::SnapshotUnreadable, None);
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
    let consent = match form.consent.value() {
        Some(stored) => Consent::from(*stored),
        None if form.consent.unread() > 0 => Consent::Unreadable,
        None => Consent::NotAsked,
    };
    // Who agreed on another phone has not agreed on this one.
    let consent = if is_other_install && consent == Consent::Given { Consent::NotAsked } else { consent };
    state.setup.restore(consent, form.push_disabled.value().copied().unwrap_or_default());
    if consent == Consent::Unreadable {
        cx.notice(NoticeCode::ConsentUnreadable, None);
    }
    let is_doubtful =
        form.doubt.unread() > 0 || !is_other_install && (form.tokens.unread() > 0 || is_account_unread);
    let doubt = if is_doubtful { Kinds::ALL } else { form.doubt.iter().copied().collect() };
    state.bindings.raise_doubt(cx, doubt);
    if is_other_install {
        cx.notice(NoticeCode::SnapshotOfOtherInstall, None);
        return (state, Restored::OtherInstall);
    }
    let key = cx.hash_key();
    for token in form.tokens.into_read() {
        // What does not read as a token any more is left out.
        if let Ok(read) = Token::parse(token.vendor, token.kind, &token.text) {
            state.tokens.put(HeldToken::new(read, token.since, key), |_| 0);
        }
    }
    let in_hand = state.tokens.in_hand();
    state.election.restore(form.elected.into_value().filter(|vendor| in_hand.contains(*vendor)));
    let started = form.started.into_read().into_iter().collect();
    state.registrations.restore(cx, started, consent == Consent::Withdrawn);
    let listed = form.possibly_bound.into_read().into_iter();
    let listed = listed.map(|known| (known.account.into_owned(), known_kinds(&known.kinds))).collect();
    let last_bound = form.last_bound.into_value().map(Cow::into_owned);
    state.accounts.restore(cx, listed, last_bound, is_account_unread);
    if let Some(session) = form.session.into_value() {
        state = resume_session(state, cx, session);
    }
    let taps = form.taps.into_read().into_iter();
    let taps = taps
        .map(|form| {
            let assumed = form.assumed.map(Cow::into_owned);
            StoredTap::new(form.id, form.tap.into_owned(), assumed, form.deliveries, form.since)
        })
        .collect();
    state.inbox.restore(cx, taps, form.handled.iter().copied().collect());
    let push_events = form.push_events.into_read().into_iter();
    let push_events = push_events
        .map(|form| {
            let event = PushEvent::new(form.kind, form.push_id.into_owned(), form.time);
            (event, form.account.map(Cow::into_owned))
        })
        .collect();
    state.receipts.restore(cx, push_events, form.push_events_finished.iter().copied());
    let restored = match unread {
        0 => Restored::Resumed,
        // What the consent costs was said above.
        1 if form.consent.unread() > 0 => Restored::InPart { unread },
        _ => {
            cx.notice(NoticeCode::SnapshotUnreadable, None);
            Restored::InPart { unread }
        }
    };
    (state, restored)
}

/// The session is over with its process, but nobody logged it out.
fn resume_session(mut state: State, cx: &mut Context, form: SessionForm<'_>) -> State {
    let intents = known_kinds(&form.intents);
    state.bindings.raise_doubt(cx, intents);
    if form.draining {
        cx.notice(NoticeCode::LogoutUnfinished, None);
    }
    let kinds = known_kinds(&form.kinds);
    let kinds = if form.intents.unread() > 0 { Kinds::ALL } else { kinds };
    let outcome_unknown = form.outcome_unknown || !intents.is_empty();
    state.accounts.restore_session(cx, form.account.into_owned(), kinds, outcome_unknown);
    state
}

/// The kinds that read. One that does not may be any.
fn known_kinds(kinds: &TolerantList<TokenKind>) -> Kinds {
    if kinds.unread() > 0 { Kinds::ALL } else { kinds.iter().copied().collect() }
}

impl Form<'_> {
    /// How much of it was left out.
    fn unread(&self) -> usize {
        let session = self.session.value();
        let counts = [
            self.consent.unread(),
            self.push_disabled.unread(),
            self.tokens.unread(),
            self.elected.unread(),
            self.started.unread(),
            self.doubt.unread(),
            self.session.unread(),
            session.map_or(0, |session| session.kinds.unread()),
            session.map_or(0, |session| session.intents.unread()),
            self.possibly_bound.unread(),
            self.last_bound.unread(),
            self.taps.unread(),
            self.handled.unread(),
            self.push_events.unread(),
            self.push_events_finished.unread(),
        ];
        let kinds = self.possibly_bound.iter().map(|known| known.kinds.unread());
        counts.into_iter().chain(kinds).fold(0, usize::saturating_add)
    }

    /// An account that is not known any more may still be pushed to.
    const fn is_account_unread(&self) -> bool {
        self.session.unread() > 0 || self.last_bound.unread() > 0 || self.possibly_bound.unread() > 0
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
