//! What outlives the process: written whenever it changes, read once at start.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::inbox::{HeldTap, Stage};
use super::over::Over;
use super::session::{Left, SessionRegion};
use super::slot::Doubt;
use super::state::Consent;
use super::tokens::HeldToken;
use super::{Machine, NoticeCode, TapExpiry, TapId};
use crate::account::UserId;
use crate::notification::Tap;
use crate::time::UnixTime;
use crate::token::Token;
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// What [`Machine::restore`](super::Machine::restore) found in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Restored {
    /// No bytes: nothing was ever stored here.
    Fresh,
    /// The snapshot of this installation.
    Resumed,
    /// The snapshot of another installation. Its tokens are dropped, and all else that was true there.
    OtherInstall,
    /// Bytes that are no snapshot. The machine starts anew, in doubt.
    Unreadable(SnapshotError),
}

/// Why bytes are no snapshot. No variant carries any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SnapshotError {
    /// Over the limit.
    #[error("snapshot has {bytes} bytes, at most {max} are read", max = super::Machine::MAX_SNAPSHOT_BYTES)]
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// Not the JSON that is expected.
    #[error("snapshot is malformed at line {line}, column {column}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// Written by a later version of this crate.
    #[error("snapshot has version {version}, the newest known is {known}", known = super::Machine::SNAPSHOT_VERSION)]
    Version {
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
/// it. A field that a reader may do without can be added without a new version.
#[derive(Serialize, Deserialize)]
struct Form {
    version: u32,
    /// A digest of the install id.
    install: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    consent: Option<bool>,
    #[serde(default, skip_serializing_if = "is_false")]
    push_disabled: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tokens: Vec<TokenForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    elected: Option<Vendor>,
    /// The channels whose SDK was started and not unregistered since.
    #[serde(default, skip_serializing_if = "is_none_of")]
    started: VendorSet,
    /// The kinds of which a report of unknown outcome may be about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    doubt: Vec<TokenKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<SessionForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    possibly_bound: Vec<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_bound: Option<UserId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    taps: Vec<TapForm>,
    /// The last messages that are over, as 64 bits each, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    taps_over: Vec<u64>,
}

#[derive(Serialize, Deserialize)]
struct TokenForm {
    channel: Vendor,
    #[serde(default, skip_serializing_if = "is_standard")]
    kind: TokenKind,
    text: String,
    since: UnixTime,
}

/// The session that was open, and what was under way in it.
#[derive(Serialize, Deserialize)]
struct SessionForm {
    account: UserId,
    #[serde(default, skip_serializing_if = "is_false")]
    reported: bool,
    /// A report of it is of unknown outcome, and may land yet.
    #[serde(default, skip_serializing_if = "is_false")]
    unsure: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    draining: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    intents: Vec<TokenKind>,
}

#[derive(Serialize, Deserialize)]
struct TapForm {
    id: TapId,
    tap: Tap,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assumed: Option<UserId>,
    #[serde(default, skip_serializing_if = "is_zero")]
    deliveries: u8,
    /// When it was first held. Without it, its time begins anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<UnixTime>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_zero(value: &u8) -> bool {
    *value == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_standard(kind: &TokenKind) -> bool {
    *kind == TokenKind::Standard
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_none_of(channels: &VendorSet) -> bool {
    channels.is_empty()
}

/// Of every version: enough to tell it.
#[derive(Deserialize)]
struct Head {
    version: u32,
}

fn read(bytes: &[u8]) -> Result<Form, SnapshotError> {
    if bytes.len() > Machine::MAX_SNAPSHOT_BYTES {
        return Err(SnapshotError::TooLong { bytes: bytes.len() });
    }
    let malformed =
        |error: &serde_json::Error| SnapshotError::Malformed { line: error.line(), column: error.column() };
    let head: Head = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
    if head.version != Machine::SNAPSHOT_VERSION {
        return Err(SnapshotError::Version { version: head.version });
    }
    serde_json::from_slice(bytes).map_err(|error| malformed(&error))
}

impl Machine {
    pub(super) fn encode(&self) -> Snapshot {
        let state = &self.state;
        let keeps_doubt = self.rules.doubt_persisted;
        let form = Form {
            version: Self::SNAPSHOT_VERSION,
            install: self.origin.install().digest(),
            consent: match state.consent {
                Consent::NotAsked => None,
                Consent::Given => Some(true),
                Consent::Withdrawn => Some(false),
            },
            push_disabled: state.push_disabled,
            tokens: self.token_forms(),
            elected: state.election.elected,
            started: state.election.ever_started(),
            doubt: TokenKind::ALL
                .into_iter()
                .filter(|kind| keeps_doubt && state.slot(*kind).doubt != Doubt::None)
                .collect(),
            session: self.session_form(),
            possibly_bound: state.possibly_bound.clone(),
            last_bound: state.last_bound.clone(),
            taps: state
                .inbox
                .held
                .iter()
                .map(|held| TapForm {
                    id: held.id,
                    tap: held.tap.clone(),
                    assumed: held.assumed.clone(),
                    deliveries: held.deliveries,
                    since: held.since,
                })
                .collect(),
            taps_over: state.inbox.over.to_stored(),
        };
        Snapshot(serde_json::to_vec(&form).unwrap_or_default())
    }

    /// The session that is open, or whose logout the host has not confirmed, or that an earlier process left.
    fn session_form(&self) -> Option<SessionForm> {
        let state = &self.state;
        let keeps_doubt = self.rules.doubt_persisted;
        let left = |account: &UserId, may_land: bool| SessionForm {
            account: account.clone(),
            reported: true,
            unsure: keeps_doubt && may_land && state.is_unsettled(),
            draining: false,
            intents: Vec::new(),
        };
        match &state.session {
            SessionRegion::LoggedIn(session) | SessionRegion::Draining { session, .. } => Some(SessionForm {
                account: session.account.clone(),
                reported: session.reported,
                unsure: keeps_doubt && session.unsure && state.is_unsettled(),
                draining: matches!(state.session, SessionRegion::Draining { .. }),
                intents: TokenKind::ALL
                    .into_iter()
                    .filter(|kind| keeps_doubt && state.slot(*kind).intent)
                    .collect(),
            }),
            SessionRegion::Released(session) => Some(left(&session.account, false)),
            SessionRegion::LoggedOut => state.left.as_ref().map(|known| left(&known.account, known.may_land)),
        }
    }

    /// A token that came without the user's consent stays in memory.
    fn token_forms(&self) -> Vec<TokenForm> {
        if !self.rules.token_persisted || self.state.consent == Consent::Withdrawn {
            return Vec::new();
        }
        self.state
            .tokens
            .iter()
            .map(|held| TokenForm {
                channel: held.channel(),
                kind: held.token().kind(),
                text: held.token().expose_secret().to_owned(),
                since: held.since(),
            })
            .collect()
    }

    /// Takes up what an earlier process left.
    pub(super) fn resume(&mut self, bytes: &[u8]) -> Restored {
        if bytes.is_empty() {
            if !self.policy.settings().snapshots {
                self.doubt_everything();
            }
            return Restored::Fresh;
        }
        let form = match read(bytes) {
            Ok(form) => form,
            Err(error) => {
                self.doubt_everything();
                self.state.strays = true;
                self.notice(NoticeCode::SnapshotUnreadable, None);
                return Restored::Unreadable(error);
            }
        };
        self.state.push_disabled = form.push_disabled;
        self.state.consent = match form.consent {
            None => Consent::NotAsked,
            Some(true) => Consent::Given,
            Some(false) => Consent::Withdrawn,
        };
        for kind in form.doubt {
            self.raise_doubt(kind);
        }
        if form.install != self.origin.install().digest() {
            // Who agreed on another phone has not agreed on this one.
            if self.state.consent == Consent::Given {
                self.state.consent = Consent::NotAsked;
            }
            self.touch();
            self.notice(NoticeCode::SnapshotOfOtherInstall, None);
            return Restored::OtherInstall;
        }
        self.resume_tokens(form.tokens, form.elected);
        self.state.election.started_before = form.started;
        let limit = self.policy.settings().possibly_bound_limit;
        let surplus = form.possibly_bound.len().saturating_sub(limit);
        self.state.possibly_bound = form.possibly_bound.into_iter().skip(surplus).collect();
        self.state.last_bound = form.last_bound;
        if let Some(session) = form.session {
            self.resume_session(session);
        }
        self.state.inbox.over = Over::of_stored(&form.taps_over);
        self.resume_taps(form.taps);
        Restored::Resumed
    }

    fn doubt_everything(&mut self) {
        for kind in TokenKind::ALL {
            self.raise_doubt(kind);
        }
    }

    /// What does not read as a token any more is left out.
    fn resume_tokens(&mut self, forms: Vec<TokenForm>, elected: Option<Vendor>) {
        for form in forms {
            if let Ok(token) = Token::parse(form.channel, form.kind, &form.text) {
                self.state.tokens.put(HeldToken::new(token, form.since), |_| 0);
            }
        }
        self.state.election.elected =
            elected.filter(|channel| self.state.tokens.find(*channel, TokenKind::Standard).is_some());
    }

    /// The session is over with its process, but nobody logged it out.
    fn resume_session(&mut self, form: SessionForm) {
        for kind in &form.intents {
            self.raise_doubt(*kind);
        }
        if form.draining {
            self.notice(NoticeCode::LogoutUnfinished, None);
        }
        if form.unsure || !form.intents.is_empty() {
            self.remember(form.account);
        } else if form.reported {
            self.state.left = Some(Left { account: form.account, may_land: false });
        }
    }

    fn resume_taps(&mut self, forms: Vec<TapForm>) {
        let settings = self.policy.settings().clone();
        let window = self.in_time(settings.tap_window);
        for form in forms {
            let known = form.since.filter(|since| since.is_set());
            let left = self.tap_time_left(known);
            // A clock that was set back since then counts from now on.
            let since = [known, self.wall()].into_iter().flatten().min();
            if since != form.since {
                self.touch();
            }
            let held = HeldTap {
                id: form.id,
                tap: form.tap,
                assumed: form.assumed,
                stage: Stage::Held,
                expires: self.in_time(left),
                since,
                deliveries: form.deliveries,
            };
            let inbox = &mut self.state.inbox;
            if held.deliveries >= settings.tap_deliveries {
                held.give_up(&mut inbox.over);
                self.expired(TapExpiry::DeliveredTooOften);
            } else if left.is_zero() {
                held.give_up(&mut inbox.over);
                self.expired(TapExpiry::HeldTooLong);
            } else {
                inbox.remember(&held.tap, window);
                inbox.held.push(held);
            }
        }
        let surplus = self.state.inbox.held.len().saturating_sub(settings.tap_limit);
        let oldest: Vec<HeldTap> = self.state.inbox.held.drain(..surplus).collect();
        self.state.inbox.recent.drain(..surplus);
        for dropped in oldest {
            dropped.give_up(&mut self.state.inbox.over);
            self.dropped();
            self.touch();
        }
    }
}
