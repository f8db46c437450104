//! The form in which a snapshot is stored.

use serde::{Deserialize, Serialize};

use super::lenient::{Elements, Member};
use super::{Machine, SnapshotError, TapId};
use crate::account::UserId;
use crate::notification::Tap;
use crate::time::UnixTime;
use crate::vendor::{TokenKind, Vendor};

/// The stored form, JSON with these fields in this order. Monotonic times and ids other than those of taps are never in
/// it. A field that a reader may do without can be added without a new version, and so can a vendor or a kind: each
/// member and each element of a list is read by itself, and what a reader does not know is left out.
#[derive(Serialize, Deserialize)]
pub(super) struct Form {
    pub(super) version: u32,
    /// A digest of the install id.
    pub(super) install: u64,
    #[serde(default, skip_serializing_if = "Member::is_none")]
    pub(super) consent: Member<bool>,
    #[serde(default, skip_serializing_if = "Member::is_none")]
    pub(super) push_disabled: Member<bool>,
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub(super) tokens: Elements<TokenForm>,
    #[serde(default, skip_serializing_if = "Member::is_none")]
    pub(super) elected: Member<Vendor>,
    /// The vendors whose SDK was started and not unregistered since.
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub(super) started: Elements<Vendor>,
    /// The kinds of which a report of unknown outcome may be about.
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub(super) doubt: Elements<TokenKind>,
    #[serde(default, skip_serializing_if = "Member::is_none")]
    pub(super) session: Member<SessionForm>,
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub(super) possibly_bound: Elements<UserId>,
    #[serde(default, skip_serializing_if = "Member::is_none")]
    pub(super) last_bound: Member<UserId>,
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub(super) taps: Elements<TapForm>,
    /// The last messages that are over, as 64 bits each, oldest first.
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub(super) taps_over: Elements<u64>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TokenForm {
    pub(super) vendor: Vendor,
    #[serde(default, skip_serializing_if = "is_standard")]
    pub(super) kind: TokenKind,
    pub(super) text: String,
    pub(super) since: UnixTime,
}

/// The session that was open, and what was under way in it.
#[derive(Serialize, Deserialize)]
pub(super) struct SessionForm {
    pub(super) account: UserId,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) reported: bool,
    /// A report of it is of unknown outcome, and may land yet.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) unsure: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) draining: bool,
    #[serde(default, skip_serializing_if = "Elements::is_empty")]
    pub(super) intents: Elements<TokenKind>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TapForm {
    pub(super) id: TapId,
    pub(super) tap: Tap,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) assumed: Option<UserId>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) deliveries: u8,
    /// When it was first held. Without it, its time begins anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<UnixTime>,
}

impl Form {
    /// How much of it was left out.
    pub(super) fn unread(&self) -> usize {
        let members = [
            self.consent.unread,
            self.push_disabled.unread,
            self.elected.unread,
            self.session.unread,
            self.last_bound.unread,
        ];
        let lists = [
            self.tokens.unread,
            self.started.unread,
            self.doubt.unread,
            self.session.value.as_ref().map_or(0, |session| session.intents.unread),
            self.possibly_bound.unread,
            self.taps.unread,
            self.taps_over.unread,
        ];
        let members = members.into_iter().map(usize::from);
        members.chain(lists).fold(0, usize::saturating_add)
    }

    /// An account that is not known any more may still be pushed to.
    pub(super) const fn accounts_unread(&self) -> bool {
        self.session.unread || self.last_bound.unread || self.possibly_bound.unread > 0
    }
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

/// Of every version: enough to tell it.
#[derive(Deserialize)]
struct Head {
    pub(super) version: u32,
}

pub(super) fn read(bytes: &[u8]) -> Result<Form, SnapshotError> {
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
