//! What outlives the process: written whenever it changes, read once at start.

use std::fmt;

use serde::Serialize;
use thiserror::Error;

use super::inbox::{HeldTap, Stage};
use super::lenient::Elements;
use super::over::Over;
use super::session::{Left, SessionRegion};
use super::slot::Doubt;
use super::state::Consent;
use super::stored::{Form, SessionForm, TapForm, TokenForm, read};
use super::tokens::HeldToken;
use super::{Machine, NoticeCode, TapExpiry};
use crate::account::UserId;
use crate::token::Token;
use crate::vendor::{TokenKind, Vendor};

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
            }
            .into(),
            push_disabled: state.push_disabled.then_some(true).into(),
            tokens: self.token_forms().into(),
            elected: state.election.elected.into(),
            started: Vec::from(state.election.ever_started()).into(),
            doubt: TokenKind::ALL
                .into_iter()
                .filter(|kind| keeps_doubt && state.slot(*kind).doubt != Doubt::None)
                .collect::<Vec<_>>()
                .into(),
            session: self.session_form().into(),
            possibly_bound: state.possibly_bound.clone().into(),
            last_bound: state.last_bound.clone().into(),
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
                .collect::<Vec<_>>()
                .into(),
            taps_over: state.inbox.over.to_stored().into(),
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
            intents: Elements::default(),
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
                    .collect::<Vec<_>>()
                    .into(),
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
                vendor: held.vendor(),
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
        let (unread, accounts_unread) = (form.unread(), form.accounts_unread());
        self.state.push_disabled = form.push_disabled.value.unwrap_or_default();
        self.state.consent = match form.consent.value {
            None => Consent::NotAsked,
            Some(true) => Consent::Given,
            Some(false) => Consent::Withdrawn,
        };
        for kind in form.doubt.read {
            self.raise_doubt(kind);
        }
        if form.doubt.unread > 0 {
            self.doubt_everything();
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
        if form.tokens.unread > 0 || accounts_unread {
            self.doubt_everything();
        }
        self.resume_tokens(form.tokens.read, form.elected.value);
        self.state.election.started_before = form.started.read.into();
        let limit = self.policy.settings().possibly_bound_limit;
        let accounts = form.possibly_bound.read;
        let surplus = accounts.len().saturating_sub(limit);
        self.state.possibly_bound = accounts.into_iter().skip(surplus).collect();
        // Whoever it is whose account does not read may be the one that a tap is for.
        self.state.last_bound = form.last_bound.value.filter(|_| !accounts_unread);
        self.state.strays = accounts_unread;
        if let Some(session) = form.session.value {
            self.resume_session(session);
        }
        self.state.inbox.over = Over::of_stored(&form.taps_over.read);
        self.resume_taps(form.taps.read);
        if unread == 0 {
            return Restored::Resumed;
        }
        self.notice(NoticeCode::SnapshotUnreadable, None);
        Restored::InPart { unread }
    }

    fn doubt_everything(&mut self) {
        for kind in TokenKind::ALL {
            self.raise_doubt(kind);
        }
    }

    /// What does not read as a token any more is left out.
    fn resume_tokens(&mut self, forms: Vec<TokenForm>, elected: Option<Vendor>) {
        for form in forms {
            if let Ok(token) = Token::parse(form.vendor, form.kind, &form.text) {
                self.state.tokens.put(HeldToken::new(token, form.since), |_| 0);
            }
        }
        self.state.election.elected =
            elected.filter(|vendor| self.state.tokens.find(*vendor, TokenKind::Standard).is_some());
    }

    /// The session is over with its process, but nobody logged it out.
    fn resume_session(&mut self, form: SessionForm) {
        for kind in &form.intents.read {
            self.raise_doubt(*kind);
        }
        let unread = form.intents.unread > 0;
        if unread {
            self.doubt_everything();
        }
        if form.draining {
            self.notice(NoticeCode::LogoutUnfinished, None);
        }
        if form.unsure || unread || !form.intents.is_empty() {
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
