use std::fmt;

use serde::{Deserialize, Serialize};

use super::Payload;
use super::keys::{ANDROID_EXTRA, EXT, Envelope, MEIZU_CONTENT, is_system_key, message_id_keys};
use super::read::{self, Found};
use super::route::{DedupeKey, NoExt, PushId, Route, TapMode};
use super::value::{PayloadError, PayloadValue};
use crate::account::UserId;
use crate::ext::{Ext, ExtEncoding};
use crate::json::Json;
use crate::secret::{Fingerprint, Fnv1a};
use crate::vendor::{UnknownName, Vendor};

/// A tapped notification: what the vendor handed over, and the ext in it.
///
/// Any payload is a tap. If it has no ext, [`Tap::no_ext`] says why. The vendor need not be known: where a
/// payload has an unmistakable key, or an ext lies in a vendor's object, the vendor is recognised, and an ext
/// at the key `ext` is found without it too.
///
/// In serde a tap is its payload and what the host stated; reading it back reads the payload again. `Debug`
/// shows no content.
///
/// # Untrusted input
///
/// A tap proves nothing. Any app can start an exported activity (on `HarmonyOS` an exported ability) with any
/// extras, and the ext of a real push was written by whoever sent the message. Before you act on a [`Route`]
/// or an ext, check that the logged-in user may see what it names; let it open a screen, and never change,
/// pay, send or confirm anything.
///
/// ```
/// use tim_offline_push::account::{Peer, UserId};
/// use tim_offline_push::notification::{Route, Tap};
/// use tim_offline_push::vendor::Vendor;
///
/// let tap = Tap::from_text(
///     Some(Vendor::Oppo),
///     r#"{"entity":"{\"version\":1,\"chatType\":1,\"action\":1,\"sender\":\"denny\"}"}"#,
/// )?;
/// assert_eq!(tap.route(), Route::Chat(Peer::User(UserId::new("denny")?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Json", into = "Json")]
#[must_use]
pub struct Tap {
    stated_vendor: Option<Vendor>,
    account: Option<UserId>,
    stated_message_id: Option<Box<str>>,
    payload: Payload,
    found: Found,
}

impl Tap {
    /// The longest message id, in bytes. A longer one counts as none.
    pub const MAX_MESSAGE_ID_BYTES: usize = read::MAX_MESSAGE_ID_BYTES;

    /// Reads a payload. `vendor` is the vendor whose SDK or intent handed it over, if the host knows it.
    pub fn new(vendor: Option<Vendor>, payload: Payload) -> Self {
        let found = read::read(vendor, &payload);
        Self { stated_vendor: vendor, account: None, stated_message_id: None, payload, found }
    }

    /// Reads a text: the JSON of a map (`RemoteMessage` data, `UPSNotificationMessage` params, `userInfo`,
    /// `Want` parameters), Meizu's self-defined content, or what Xiaomi's `MiPushMessage`, vivo's
    /// `UPSNotificationMessage` or Meizu's `MzPushMessage` prints of itself.
    ///
    /// # Errors
    /// [`PayloadError`] if the text is none of these, or is too long.
    pub fn from_text(vendor: Option<Vendor>, text: &str) -> Result<Self, PayloadError> {
        read::payload_of_text(vendor, text).map(|payload| Self::new(vendor, payload))
    }

    /// Reads the URI of a launch intent, as `Intent.toUri` prints it.
    ///
    /// # Errors
    /// As [`Payload::from_intent_uri`].
    pub fn from_intent_uri(vendor: Option<Vendor>, uri: &str) -> Result<Self, PayloadError> {
        Payload::from_intent_uri(uri).map(|payload| Self::new(vendor, payload))
    }

    /// Takes an ext that somebody else has found, such as TIMPush's `onNotificationClicked(ext)`.
    ///
    /// # Errors
    /// [`PayloadError::TooLong`].
    pub fn from_ext(vendor: Option<Vendor>, ext: &Ext) -> Result<Self, PayloadError> {
        Payload::from_pairs([(EXT, ext)]).map(|payload| Self::new(vendor, payload))
    }

    /// States the account that the tap is for. Nothing in Tencent's container names it; without this it is
    /// unknown.
    pub fn with_account(self, account: UserId) -> Self {
        Self { account: Some(account), ..self }
    }

    /// States the account that the ext names at a JSON pointer (RFC 6901) such as `/to`, for apps whose
    /// senders put it there. An account may be a whole number there. Leaves the tap as it is if there is no
    /// possible account.
    pub fn with_account_at(self, pointer: &str) -> Self {
        let json = self.found.ext.as_ref().and_then(|ext| ext.json().ok());
        let account = json.as_ref().and_then(|json| json.pointer(pointer)).and_then(|value| {
            let number = || value.as_i64().map(|number| number.to_string());
            value.as_str().map(str::to_owned).or_else(number)
        });
        match account.map(UserId::new) {
            Some(Ok(account)) => self.with_account(account),
            Some(Err(_)) | None => self,
        }
    }

    /// States the message id, where the vendor's callback gives it beside the payload. One that is empty or
    /// over [`Tap::MAX_MESSAGE_ID_BYTES`] is left out.
    pub fn with_message_id(mut self, id: impl Into<Box<str>>) -> Self {
        let id = id.into();
        if read::is_message_id(&id) {
            self.stated_message_id = Some(id);
        }
        self
    }

    /// The vendor, stated or recognised.
    pub fn vendor(&self) -> Option<Vendor> {
        self.found.vendor
    }

    /// What the sender attached.
    pub fn ext(&self) -> Option<&Ext> {
        self.found.ext.as_ref()
    }

    /// The encoding that the sender applied to the ext once too often, and that was taken off it. Apps of
    /// other senders, and Tencent's own screens, may not read such an ext.
    pub fn ext_encoding(&self) -> Option<ExtEncoding> {
        self.found.encoding
    }

    /// The id of the push, if Tencent's push service gave it one.
    pub fn push_id(&self) -> Option<&PushId> {
        self.found.push_id.as_ref()
    }

    /// What the tap does by itself. [`TapMode::InApp`] if nothing says so: see [`Tap::states_mode`].
    pub fn mode(&self) -> TapMode {
        self.found.mode.unwrap_or_default()
    }

    /// Whether the payload states the mode.
    pub fn states_mode(&self) -> bool {
        self.found.mode.is_some()
    }

    /// Where the tap leads.
    pub fn route(&self) -> Route {
        Route::in_mode(self.mode(), self.ext())
    }

    /// Why there is no ext; `None` if there is one.
    pub fn no_ext(&self) -> Option<NoExt> {
        if self.found.ext.is_some() {
            None
        } else if self.payload.is_empty() {
            Some(NoExt::Empty)
        } else if self.all_keys().any(|(key, _)| self.owner(key) == Owner::Ext) {
            Some(NoExt::EmptyExt)
        } else if self.found.vendor.is_none()
            && self.system_keys().all(|(key, _)| key.starts_with(ANDROID_EXTRA))
        {
            Some(NoExt::NotAPush)
        } else if self.user_keys().next().is_none() {
            Some(NoExt::OnlySystemKeys)
        } else {
            Some(NoExt::NoExtKey)
        }
    }

    /// Whether a push may be behind it: a key of a vendor or of Tencent, an ext, or an id that the host
    /// states. An app's icon, a link or another app's intent has none of these. OPPO hands over the keys of
    /// the ext one by one: without its name, only Tencent's own are an ext.
    ///
    /// ```
    /// use tim_offline_push::notification::Tap;
    ///
    /// assert!(Tap::from_text(None, r#"{"ext":"hello"}"#)?.is_push());
    /// assert!(!Tap::from_text(None, r#"{"profile":0}"#)?.is_push());
    /// # Ok::<(), tim_offline_push::notification::PayloadError>(())
    /// ```
    pub fn is_push(&self) -> bool {
        let is_bare = matches!(self.no_ext(), Some(NoExt::Empty | NoExt::NotAPush));
        !is_bare || self.message_id().is_some() || self.push_id().is_some()
    }

    /// The vendor's id of the message, if it gives one.
    pub fn message_id(&self) -> Option<&str> {
        self.stated_message_id.as_deref().or(self.found.message_id.as_deref())
    }

    /// The account that the tap is stated to be for.
    pub fn account(&self) -> Option<&UserId> {
        self.account.as_ref()
    }

    /// All that was handed over, as it was.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The keys that the vendor or the system wrote, with their values.
    pub fn system_keys(&self) -> impl Iterator<Item = (&str, &PayloadValue)> {
        self.all_keys().filter(|(key, _)| self.owner(key) == Owner::System).chain(self.wrapper_keys())
    }

    /// The keys that are neither `ext` nor the vendor's, with their values. For OPPO they are the ext, taken
    /// apart. A key from within an envelope, such as `MiPushMessage`'s map, has its name there.
    pub fn user_keys(&self) -> impl Iterator<Item = (&str, &PayloadValue)> {
        let own =
            |(key, value)| if let Owner::User(name) = self.owner(key) { Some((name, value)) } else { None };
        self.all_keys().filter_map(own)
    }

    /// The keys that hold no part of the ext, with their values: the vendor's, and what others put there.
    pub fn ignored_keys(&self) -> impl Iterator<Item = (&str, &PayloadValue)> {
        self.all_keys().filter_map(|(key, value)| match self.owner(key) {
            Owner::System => Some((key, value)),
            Owner::User(name)
                if !self.found.reassembled || !read::is_part(self.found.vendor, self.vendor_map(), key) =>
            {
                Some((name, value))
            }
            Owner::User(_) | Owner::Ext => None,
        })
    }

    /// The key that tells whether another tap is the same one.
    pub fn dedupe_key(&self) -> DedupeKey {
        let content = match &self.found.ext {
            Some(ext) => Fnv1a::default().with_part(ext.as_bytes()),
            None => self.user_keys().fold(Fnv1a::default(), |hash, (key, value)| {
                let hash = hash.with_part(key.as_bytes());
                if let PayloadValue::Bytes(bytes) = value {
                    return hash.with_part(bytes);
                }
                hash.with_part(value.to_text().unwrap_or_default().as_bytes())
            }),
        };
        DedupeKey::new(self.found.vendor, self.account.clone(), self.message_id(), content)
    }

    /// How many bytes the tap holds: at most eight times [`Payload::MAX_BYTES`], since an ext that is put
    /// together again from control characters is six times as long. Twice the payload is usual.
    pub fn weight(&self) -> usize {
        let spread = self.found.flattened.iter().map(|(key, value)| key.len().saturating_add(value.weight()));
        self.payload
            .weight()
            .saturating_add(self.found.ext.as_ref().map_or(0, Ext::len))
            .saturating_add(spread.fold(0, usize::saturating_add))
            .saturating_add(self.found.inner.as_ref().map_or(0, Payload::weight))
            .saturating_add(self.message_id().map_or(0, str::len))
            .saturating_add(self.push_id().map_or(0, |id| id.as_str().len()))
    }

    /// The vendor's own map: the payload, or what a wrapper's map holds.
    fn vendor_map(&self) -> &Payload {
        self.found.inner.as_ref().unwrap_or(&self.payload)
    }

    /// The keys that a wrapper's map has beside the vendor's.
    fn wrapper_keys(&self) -> impl Iterator<Item = (&str, &PayloadValue)> {
        self.found.inner.iter().flat_map(|_| self.payload.iter())
    }

    fn all_keys(&self) -> impl Iterator<Item = (&str, &PayloadValue)> {
        self.vendor_map().iter().chain(self.found.flattened.iter().map(|(key, value)| (key.as_ref(), value)))
    }

    fn owner<'a>(&self, key: &'a str) -> Owner<'a> {
        let is_members = self.found.vendor == Some(Vendor::Oppo) && self.found.reassembled;
        let beside_tencents = self.push_id().is_some() || self.states_mode();
        if (key == EXT && (!is_members || beside_tencents))
            || (key == MEIZU_CONTENT && self.found.vendor == Some(Vendor::Meizu))
        {
            return Owner::Ext;
        }
        let is_id = |vendor| message_id_keys(vendor).any(|id| id == key);
        if self.found.vendor.is_some_and(is_id) {
            return Owner::System;
        }
        for envelope in Envelope::of(self.found.vendor) {
            if let Some(name) = key.strip_prefix(envelope.extras) {
                return match name {
                    EXT => Owner::Ext,
                    _ if is_system_key(self.found.vendor, name) => Owner::System,
                    _ => Owner::User(name),
                };
            }
            let inside = key.strip_prefix(envelope.key);
            if inside.is_some_and(|rest| rest.starts_with('.') || (rest.is_empty() && self.opened(envelope)))
                || (envelope.beside.contains(&key) && self.opened(envelope))
            {
                return Owner::System;
            }
        }
        if is_system_key(self.found.vendor, key) { Owner::System } else { Owner::User(key) }
    }

    /// Whether the envelope is there: something lies in it, or it is the content that is itself the ext.
    fn opened(&self, envelope: &Envelope) -> bool {
        let inside = |key: &str| key.strip_prefix(envelope.key).is_some_and(|rest| rest.starts_with('.'));
        self.all_keys().any(|(key, _)| inside(key) || (key == MEIZU_CONTENT && key == envelope.key))
    }
}

/// Whose key it is.
#[derive(PartialEq, Eq)]
enum Owner<'a> {
    Ext,
    System,
    User(&'a str),
}

impl fmt::Debug for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.message_id().map(|id| Fingerprint::of(id.as_bytes()));
        f.debug_struct("Tap")
            .field("vendor", &self.found.vendor)
            .field("ext", &self.found.ext)
            .field("message_id", &id)
            .field("push_id", &self.found.push_id)
            .field("mode", &self.mode())
            .field("account", &self.account)
            .field("payload", &self.payload)
            .finish_non_exhaustive()
    }
}

impl From<Tap> for Json {
    fn from(tap: Tap) -> Self {
        Self::object(vec![
            ("vendor", tap.stated_vendor.map(|vendor| vendor.as_str().into())),
            ("account", tap.account.map(|account| account.as_str().into())),
            ("message_id", tap.stated_message_id.map(Self::Text)),
            ("payload", Some(tap.payload.into())),
        ])
    }
}

impl TryFrom<Json> for Tap {
    type Error = String;

    fn try_from(form: Json) -> Result<Self, String> {
        let vendor = form.text_member("vendor")?.map(str::parse).transpose();
        let account = form.text_member("account")?.map(UserId::new).transpose();
        let payload = form.member("payload")?.cloned().ok_or("payload: missing")?;
        let tap =
            Self::new(vendor.map_err(|error: UnknownName| format!("vendor: {error}"))?, payload.try_into()?);
        let tap = Self { account: account.map_err(|error| format!("account: {error}"))?, ..tap };
        Ok(match form.text_member("message_id")? {
            Some(id) => tap.with_message_id(id),
            None => tap,
        })
    }
}
