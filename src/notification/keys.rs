//! Whose the keys of a payload are, and where in it the extras lie.

use std::sync::LazyLock;

use Vendor::{Meizu, Vivo};

use super::value::{LIMITS, PayloadError, PayloadValue};
use super::{Payload, java};
use crate::json::{self, Members};
use crate::vendor::{Vendor, WordList};

/// The one key that Tencent's server writes, for all vendors but OPPO.
pub(super) const EXT: &str = "ext";
/// The push id: `clickExt` of TIMPush 8.5.6865.
pub(super) const CLICK_EXT: &str = "clickExt";
/// What a tap does by itself: `notifyMode` of TIMPush 8.5.6865.
pub(super) const NOTIFY_MODE: &str = "notifyMode";
/// The name of `MzPushMessage.getSelfDefineContentString()`: the ext itself, or JSON with a key `ext`.
pub(super) const MEIZU_CONTENT: &str = "selfDefineContentString";

/// Tencent's own keys beside the ext, whatever the vendor, of TIMPush 8.5.6865.
const TENCENT: [&str; 4] = [CLICK_EXT, NOTIFY_MODE, "notificationCreatedByIMKey", "notificationUIId"];

/// The keys of FCM data messages, of TIMPush 8.5.6865: title, text, notification channel, small icon, sound,
/// large picture.
pub(super) const DATA_MESSAGE: [&str; 6] =
    ["IMTitle", "IMDesc", "IMChannelID", "IMSmallIcon", "IMSound", "IMBigPicture"];

/// The top-level keys of Tencent's container. If they are extras themselves, the ext was flattened into them.
pub(super) const CONTAINER_KEYS: [&str; 2] = ["entity", "timPushFeatures"];

/// The key of Tencent's second ext format.
pub(super) const CONVERSATION: &str = "conversationID";

/// What Android itself puts into an intent, such as `android.intent.extra.REFERRER`. Any intent may have it.
pub(super) const ANDROID_EXTRA: &str = "android.intent.extra.";

/// Whether `key` is one that the vendor, the system or Tencent writes into a payload for itself.
///
/// For an unknown vendor only a vendor's prefixes count, such as `google.`: a plain word such as `from` may
/// be the sender's.
///
/// ```
/// use tim_offline_push::notification::is_system_key;
/// use tim_offline_push::vendor::Vendor;
///
/// assert!(is_system_key(Some(Vendor::Fcm), "from") && !is_system_key(None, "from"));
/// assert!(is_system_key(None, "google.ttl") && is_system_key(None, "clickExt"));
/// ```
pub fn is_system_key(vendor: Option<Vendor>, key: &str) -> bool {
    key.starts_with(ANDROID_EXTRA)
        || TENCENT.contains(&key)
        || DATA_MESSAGE.contains(&key)
        || table("system").any(|(owner, keys)| {
            let is_known = |known: &str| (vendor.is_some() || known.ends_with('*')) && fits(key, known);
            vendor.is_none_or(|vendor| vendor == owner) && keys.iter().any(is_known)
        })
}

/// Whether a key is a known one, of which a star stands for the rest.
fn fits(key: &str, known: &str) -> bool {
    known.strip_suffix('*').map_or(key == known, |prefix| key.starts_with(prefix))
}

/// The vendor whose unmistakable key is there.
pub(super) fn vendor_by_key(payload: &Payload) -> Option<Vendor> {
    let is_there = |known: &str| payload.iter().any(|(key, _)| fits(key, known));
    table("unmistakable").find(|(_, keys)| keys.iter().any(is_there)).map(|(vendor, _)| vendor)
}

/// The rows of `keys.txt`: a vendor, the table, keys.
static ROWS: LazyLock<Vec<(Vendor, &str, WordList)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (head, keys) = line.split_once(": ")?;
        let (name, table) = head.split_once(' ')?;
        let vendor = Vendor::ALL.iter().copied().find(|vendor| vendor.as_str() == name)?;
        Some((vendor, table, WordList(keys)))
    };
    include_str!("keys.txt").lines().filter_map(row).collect()
});

/// One of the tables, in the file's order.
fn table(name: &str) -> impl Iterator<Item = (Vendor, WordList)> {
    ROWS.iter().filter(move |(_, table, _)| *table == name).map(|(vendor, _, keys)| (*vendor, *keys))
}

/// The keys at which `vendor` puts a message id, best first.
pub(super) fn message_id_keys(vendor: Vendor) -> impl Iterator<Item = &'static str> {
    let keys = table("message_id").filter(move |(owner, _)| *owner == vendor);
    keys.flat_map(|(_, keys)| keys.iter())
}

/// A key whose value holds the extras, by vendor. Its content is flattened to `<key>.<inner key>`, the form
/// in which some hosts hand it over in the first place.
pub(super) struct Envelope {
    pub(super) vendor: Vendor,
    /// The key that holds it.
    pub(super) key: &'static str,
    /// How the flattened keys of the extras begin.
    pub(super) extras: &'static str,
    /// What the vendor's object says of itself, beside the extras.
    pub(super) beside: Vec<&'static str>,
}

/// All envelopes.
pub(super) static ENVELOPES: LazyLock<Vec<Envelope>> = LazyLock::new(|| {
    let envelope = |(vendor, words): (Vendor, WordList)| {
        let mut words = words.iter();
        Some(Envelope { vendor, key: words.next()?, extras: words.next()?, beside: words.collect() })
    };
    table("envelope").filter_map(envelope).collect()
});

impl Envelope {
    /// The envelopes that `vendor` uses.
    pub(super) fn of(vendor: Option<Vendor>) -> impl Iterator<Item = &'static Self> {
        ENVELOPES.iter().filter(move |envelope| Some(envelope.vendor) == vendor)
    }

    /// Whether an ext lies in it.
    pub(super) fn holds_ext(&self, payload: &Payload) -> bool {
        let ext = joined(self.extras, EXT);
        self.open(payload).iter().any(|(key, _)| *key == ext)
    }

    /// The content, flattened to `<key>.<inner key>`.
    pub(super) fn open(&self, payload: &Payload) -> Vec<(Box<str>, PayloadValue)> {
        let Some(text) = payload.get(self.key).and_then(PayloadValue::as_object_like) else {
            return Vec::new();
        };
        if self.vendor == Meizu && !has_ext(text) {
            return Vec::new();
        }
        let mut flattened = Vec::new();
        self.add_members(text, None, &mut flattened);
        flattened
    }

    /// Adds the members of an object, in JSON or as Java prints it. They are the extras if it lies where the
    /// extras do. Returns whether it is an object.
    fn add_members(
        &self,
        text: &str,
        extras: Option<&str>,
        flattened: &mut Vec<(Box<str>, PayloadValue)>,
    ) -> bool {
        match Payload::from_json(text) {
            Ok(inner) => {
                for (key, value) in inner.iter() {
                    let path = extras
                        .map_or_else(|| format!("{}.{key}", self.key), |extras| format!("{extras}{key}"));
                    // MiPushMessage in JSON: its map lies one level deeper.
                    let deeper = self.extras.strip_suffix('.') == Some(path.as_str());
                    let map = if deeper { value.as_object_like() } else { None };
                    if !map.is_some_and(|map| self.add_members(map, Some(self.extras), flattened)) {
                        flattened.push((path.into(), value.clone()));
                    }
                }
            }
            Err(PayloadError::NotJson { .. }) if extras.is_none() || text.trim_start().starts_with('{') => {
                self.open_printed(text, flattened);
            }
            Err(_) => return false,
        }
        true
    }

    /// Reads what a Java object printed of itself.
    fn open_printed(&self, text: &str, flattened: &mut Vec<(Box<str>, PayloadValue)>) {
        let printed = match (self.vendor, text.trim_start().strip_prefix('{')) {
            (_, Some(inside)) => java::map(inside),
            (Vivo, None) => java::vivo_message(text),
            (_, None) => java::mi_push_message(text),
        };
        if let Some(id) = printed.message_id {
            let name = if self.vendor == Vivo { ".msgId" } else { ".messageId" };
            flattened.push((joined(self.key, name), id.into()));
        }
        let pairs = printed.pairs.into_iter();
        flattened.extend(pairs.map(|(key, value)| (joined(self.extras, key), value.into())));
    }
}

/// Whether the text is a JSON object with a key `ext`.
fn has_ext(text: &str) -> bool {
    object(text).is_some_and(|members| members.iter().any(|(key, _)| key.as_ref() == EXT))
}

/// The members, if the text is a JSON object.
pub(super) fn object(text: &str) -> Option<Members> {
    // An array or a text is refused before it is built.
    text.trim_ascii_start().starts_with('{').then(|| json::read_object(text, LIMITS).ok())?
}

fn joined(prefix: &str, key: &str) -> Box<str> {
    format!("{prefix}{key}").into()
}

/// The map that a text is: JSON, or as Java prints it.
pub(super) fn map_of(text: &str) -> Result<Payload, PayloadError> {
    match java::printed_map(text) {
        Some(inside) => Payload::from_pairs(java::map(inside).pairs),
        None => Payload::from_json(text),
    }
}

/// Keys under which wrappers of a vendor's SDK (Flutter, React Native, Cordova, Expo, uni-app) and iOS hand
/// over the vendor's own map, beside keys of their own.
const WRAPPERS: &str = "extras extra data userInfo params parameters payload bundle remoteMessage \
    notification message intent want result additionalData request content trigger \
    UIApplicationLaunchOptionsRemoteNotificationKey";

/// How many wrappers may lie inside of each other. Expo: `notification.request.trigger.remoteMessage.data`.
const MAX_WRAPPERS: usize = 5;

/// The vendor's map inside of a wrapper's, if there is one.
pub(super) fn unwrapped(vendor: Option<Vendor>, payload: &Payload) -> Option<Payload> {
    fn search(vendor: Option<Vendor>, payload: &Payload, levels: usize) -> Option<Payload> {
        let inner = WRAPPERS.split_ascii_whitespace().filter_map(|key| {
            let value = payload.get(key)?;
            // A content that is a text is the message's own.
            let text = value.as_object_like().filter(|_| key != "content" || value.as_json().is_some())?;
            text.trim_start().starts_with('{').then(|| map_of(text).ok())?
        });
        let mut inner: Vec<_> = inner.collect();
        if let Some(found) = inner.iter().position(|inner| holds_extras(vendor, inner)) {
            return Some(inner.swap_remove(found));
        }
        let below = levels.checked_sub(1)?;
        inner.iter().find_map(|inner| search(vendor, inner, below))
    }
    if holds_extras(None, payload) { None } else { search(vendor, payload, MAX_WRAPPERS.saturating_sub(1)) }
}

/// Whether the map has a key that only Tencent's server or a vendor's envelope has.
fn holds_extras(vendor: Option<Vendor>, payload: &Payload) -> bool {
    let has = |key: &str| payload.get(key).is_some();
    let in_envelope = |envelope: &Envelope| {
        payload.get(&joined(envelope.extras, EXT)).is_some() || envelope.holds_ext(payload)
    };
    let ext = payload.get(EXT);
    // OPPO's extras are members of the sender's ext, and within one of them any text may be called `ext`.
    let holds_ext = if vendor == Some(Vendor::Oppo) && !has(NOTIFY_MODE) {
        ext.and_then(PayloadValue::as_object_like).is_some_and(json::is_object)
    } else {
        ext.is_some() || has(MEIZU_CONTENT) || ENVELOPES.iter().any(in_envelope)
    };
    let mut keys = [CLICK_EXT].iter().chain(&DATA_MESSAGE).chain(&CONTAINER_KEYS);
    holds_ext || keys.any(|key| has(key)) || holds_conversation(payload)
}

/// Whether Tencent's second ext format stands taken apart in the map.
pub(super) fn holds_conversation(payload: &Payload) -> bool {
    payload
        .get(CONVERSATION)
        .and_then(PayloadValue::as_text)
        .is_some_and(|id| crate::account::Peer::from_conversation_id(id).is_some())
}
