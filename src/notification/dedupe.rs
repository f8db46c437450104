use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use crate::account::UserId;
use crate::vendor::Vendor;

/// Tells whether two taps are the same: a vendor may report one touch twice, by a callback and by the launch
/// intent. It is small and holds none of the content.
///
/// ```
/// use tim_offline_push::notification::Tap;
/// use tim_offline_push::vendor::Vendor;
///
/// let callback = Tap::from_text(Some(Vendor::Xiaomi), r#"{"ext":"{\"a\":1}"}"#)?;
/// let intent = Tap::from_text(Some(Vendor::Xiaomi), r#"messageId={m1}, extra={{ext={"a":1}}}"#)?;
/// assert!(callback.dedupe_key().matches(&intent.dedupe_key()));
/// # Ok::<(), tim_offline_push::notification::PayloadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DedupeKey {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message_id: Option<u64>,
    content: u64,
}

impl DedupeKey {
    pub(super) fn new(
        vendor: Option<Vendor>,
        account: Option<UserId>,
        message_id: Option<&str>,
        content: Hash64,
    ) -> Self {
        let message_id = message_id.map(|id| {
            let mut hash = Hash64::default();
            hash.write(id.as_bytes());
            hash.0
        });
        Self { vendor, account, message_id, content: content.0 }
    }

    /// Whether both are from the same touch. Where both know a message id, it decides; else the content does. Vendors and
    /// stated accounts that are known on both sides must agree.
    ///
    /// This is not an equivalence relation: a key without an id may match two that do not match each other.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        agree(self.vendor.as_ref(), other.vendor.as_ref())
            && agree(self.account.as_ref(), other.account.as_ref())
            && match (self.message_id, other.message_id) {
                (Some(left), Some(right)) => left == right,
                (Some(_) | None, None) | (None, Some(_)) => self.content == other.content,
            }
    }

    /// 64 bits for the message itself, made of its vendor and that vendor's id; none without an id. Stable: it is stored.
    pub(crate) fn message(&self) -> Option<NonZeroU64> {
        let id = self.message_id?;
        let mut hash = Hash64::default();
        hash.write(self.vendor.map_or("", Vendor::as_str).as_bytes());
        hash.write(&id.to_le_bytes());
        NonZeroU64::new(hash.0)
    }
}

fn agree<T: PartialEq>(left: Option<&T>, right: Option<&T>) -> bool {
    left.zip(right).is_none_or(|(left, right)| left == right)
}

/// 64-bit FNV-1a over parts of known length.
#[derive(Clone, Copy)]
pub(super) struct Hash64(u64);

impl Default for Hash64 {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash64 {
    /// Adds a part and its length, so that no two sequences of parts run together.
    pub(super) fn write(&mut self, part: &[u8]) {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes();
        for byte in length.iter().chain(part) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
