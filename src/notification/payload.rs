use std::fmt;

use serde::{Deserialize, Serialize};

use super::value::{LIMITS, MAX_KEYS, PayloadError, PayloadValue};
use crate::intent::{AndroidUri, Intent, ParseFlags};
use crate::json::{self, Json, Members};

/// What a host has in its hands when a notification was tapped: a flat map of typed values (the extras of the launch
/// intent, the map of a callback, `userInfo`, the parameters of a `Want`), and the intent's data URI if there is one.
///
/// A payload holds at most [`Payload::MAX_KEYS`] keys and [`Payload::MAX_BYTES`] bytes; keys are kept in the order of
/// their bytes. `Debug` shows sizes only.
///
/// ```
/// use tim_offline_push::notification::Payload;
///
/// let mut payload = Payload::new();
/// payload.insert("ext", r#"{"extKey":"ext content"}"#)?;
/// payload.insert("google.sent_time", 1_700_000_000_000_i64)?;
/// assert_eq!(payload.len(), 2);
/// assert!(payload.get("ext").and_then(|value| value.as_text()).is_some());
/// # Ok::<(), tim_offline_push::notification::PayloadError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Json", into = "Json")]
pub struct Payload {
    /// In the order of the keys' bytes.
    extras: Vec<(Box<str>, PayloadValue)>,
    data: Option<Box<str>>,
}

impl Payload {
    /// The most keys.
    pub const MAX_KEYS: usize = MAX_KEYS;
    /// The most bytes of all keys and values together, and of a text to be read. Vendors carry 4 KiB at most; the rest
    /// is room for escapes.
    pub const MAX_BYTES: usize = LIMITS.bytes;

    /// A payload without a key.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the keys and values of a map. Of equal keys the last counts.
    ///
    /// # Errors
    /// [`PayloadError::TooManyKeys`], [`PayloadError::TooLong`].
    pub fn from_pairs<K: Into<Box<str>>, V: Into<PayloadValue>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, PayloadError> {
        let mut payload = Self::default();
        let mut bytes = 0;
        for (count, (key, value)) in pairs.into_iter().enumerate() {
            let (key, value) = (key.into(), value.into());
            bytes = check(count, bytes, &key, value.weight())?;
            payload.set(key, value);
        }
        Ok(payload)
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.extras.binary_search_by(|(known, _)| known.as_ref().cmp(key))
    }

    fn set(&mut self, key: Box<str>, value: PayloadValue) {
        let place = self.place(&key);
        match place.ok().and_then(|at| self.extras.get_mut(at)) {
            Some((_, known)) => *known = value,
            None => self.extras.insert(place.unwrap_or_else(|at| at), (key, value)),
        }
    }

    /// Takes an intent that the host has flattened: texts at keys, and the data URI if there is one. This is the form for
    /// a bridge from another language. Of equal keys the last counts.
    ///
    /// ```
    /// use tim_offline_push::notification::Payload;
    ///
    /// let payload = Payload::from_texts([("ext", "{}"), ("google.sent_time", "1700000000000")], Some("app://chat"))?;
    /// assert_eq!((payload.len(), payload.data()), (2, Some("app://chat")));
    /// # Ok::<(), tim_offline_push::notification::PayloadError>(())
    /// ```
    ///
    /// # Errors
    /// [`PayloadError::TooManyKeys`], [`PayloadError::TooLong`].
    pub fn from_texts<K: Into<Box<str>>, V: Into<Box<str>>>(
        pairs: impl IntoIterator<Item = (K, V)>,
        data: Option<&str>,
    ) -> Result<Self, PayloadError> {
        let texts = pairs.into_iter().map(|(key, text)| (key, PayloadValue::Text(text.into())));
        Self::from_pairs(texts)?.with_data_if(data)
    }

    /// Reads a JSON object. If the text is a JSON text of such a text, it is unwrapped once. Nested values are kept as
    /// text. At most [`MAX_DEPTH`](crate::json::MAX_DEPTH) levels are read.
    ///
    /// # Errors
    /// [`PayloadError::NotJson`], [`PayloadError::NotAnObject`], [`PayloadError::TooLong`],
    /// [`PayloadError::TooManyKeys`].
    pub fn from_json(text: &str) -> Result<Self, PayloadError> {
        match json::read(text, LIMITS)? {
            Json::Object(members) => Self::from_members(members),
            Json::Text(inner) => match json::read_object(&inner, LIMITS) {
                Ok(members) => Self::from_members(members),
                Err(_) if !inner.trim_ascii_start().starts_with('{') => Err(PayloadError::NotAnObject),
                Err(error) => Err(error.into()),
            },
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => Err(PayloadError::NotAnObject),
        }
    }

    fn from_members(members: Members) -> Result<Self, PayloadError> {
        Self::from_pairs(members.into_iter().map(|(key, value)| (key, PayloadValue::of_json(value))))
    }

    /// Reads an intent that the host has flattened into one JSON text, `{"extras": {…}, "data": "…"}`. Either may be
    /// missing or null. Values are read as by [`Payload::from_json`].
    ///
    /// ```
    /// use tim_offline_push::notification::Payload;
    ///
    /// let payload = Payload::from_intent_json(r#"{"extras": {"ext": "{}", "push": true}, "data": "app://chat"}"#)?;
    /// assert_eq!((payload.len(), payload.data()), (2, Some("app://chat")));
    /// # Ok::<(), tim_offline_push::notification::PayloadError>(())
    /// ```
    ///
    /// # Errors
    /// [`PayloadError::NotJson`], [`PayloadError::NotAFlattenedIntent`], [`PayloadError::TooLong`],
    /// [`PayloadError::TooManyKeys`].
    pub fn from_intent_json(text: &str) -> Result<Self, PayloadError> {
        // A flat map of extras given by mistake would lose everything in it, so no other member is taken.
        let Json::Object(members) = json::read(text, LIMITS)? else {
            return Err(PayloadError::NotAFlattenedIntent);
        };
        let (mut extras, mut data) = (None, None);
        for (key, value) in members {
            match (key.as_ref(), value) {
                ("extras", Json::Object(members)) if extras.is_none() => {
                    extras = Some(Self::from_members(members)?);
                }
                ("data", Json::Text(uri)) if data.is_none() => data = Some(uri),
                ("extras" | "data", Json::Null) => {}
                _ => return Err(PayloadError::NotAFlattenedIntent),
            }
        }
        extras.unwrap_or_default().with_data_if(data)
    }

    /// Takes the extras and the data of an intent. An extra at Java's null key is left out.
    ///
    /// # Errors
    /// [`PayloadError::TooManyKeys`], [`PayloadError::TooLong`].
    pub fn from_intent(intent: &Intent) -> Result<Self, PayloadError> {
        let named = intent.extras().filter_map(|(key, value)| Some((key?, value)));
        Self::from_pairs(named)?.with_data_if(intent.data().map(AndroidUri::as_str))
    }

    /// Reads an intent URI, in any of Android's forms. A URI that is not an intent becomes the data of one.
    ///
    /// # Errors
    /// [`PayloadError::NotAnIntent`], [`PayloadError::TooLong`], [`PayloadError::TooManyKeys`].
    pub fn from_intent_uri(uri: &str) -> Result<Self, PayloadError> {
        check(0, 0, "", uri.len())?;
        Self::from_intent(&Intent::parse_uri(uri, ParseFlags::NONE)?)
    }

    /// Adds the data URI of the intent. It is kept for the host; no ext is looked for in it.
    ///
    /// # Errors
    /// [`PayloadError::TooLong`].
    pub fn with_data(mut self, uri: impl Into<Box<str>>) -> Result<Self, PayloadError> {
        let uri = uri.into();
        check(0, self.extras_weight(), "", uri.len())?;
        self.data = Some(uri);
        Ok(self)
    }

    fn with_data_if(self, uri: Option<impl Into<Box<str>>>) -> Result<Self, PayloadError> {
        match uri {
            Some(uri) => self.with_data(uri),
            None => Ok(self),
        }
    }

    /// Sets a key.
    ///
    /// # Errors
    /// [`PayloadError::TooManyKeys`], [`PayloadError::TooLong`]. The payload stays as it was.
    pub fn insert(
        &mut self,
        key: impl Into<Box<str>>,
        value: impl Into<PayloadValue>,
    ) -> Result<(), PayloadError> {
        let (key, value) = (key.into(), value.into());
        let old = self.get(&key).map(|old| key.len().saturating_add(old.weight()));
        let kept = self.len().saturating_sub(usize::from(old.is_some()));
        check(kept, self.weight().saturating_sub(old.unwrap_or(0)), &key, value.weight())?;
        self.set(key, value);
        Ok(())
    }

    /// The value at `key`.
    pub fn get(&self, key: &str) -> Option<&PayloadValue> {
        self.place(key).ok().and_then(|at| self.extras.get(at)).map(|(_, value)| value)
    }

    /// All keys and values, in the order of the keys' bytes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &PayloadValue)> {
        self.extras.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.extras.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.extras.is_empty()
    }

    /// The data URI of the intent.
    pub fn data(&self) -> Option<&str> {
        self.data.as_deref()
    }

    /// Bytes of all keys and values together. A number or a boolean counts as eight.
    pub fn weight(&self) -> usize {
        self.extras_weight().saturating_add(self.data().map_or(0, str::len))
    }

    fn extras_weight(&self) -> usize {
        self.iter()
            .fold(0, |sum: usize, (key, value)| sum.saturating_add(key.len()).saturating_add(value.weight()))
    }
}

/// The weight with one more pair, if it is allowed.
fn check(keys: usize, bytes: usize, key: &str, value: usize) -> Result<usize, PayloadError> {
    let bytes = bytes.saturating_add(key.len()).saturating_add(value);
    if keys >= Payload::MAX_KEYS {
        Err(PayloadError::TooManyKeys)
    } else if bytes > Payload::MAX_BYTES {
        Err(PayloadError::TooLong { bytes })
    } else {
        Ok(bytes)
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({} keys, {} bytes)", self.len(), self.weight())
    }
}

impl From<Payload> for Json {
    fn from(payload: Payload) -> Self {
        let extras = payload.extras.into_iter().map(|(key, value)| (key, value.into()));
        Self::object(vec![
            ("extras", Some(Self::Object(extras.collect()))),
            ("data", payload.data.map(Self::Text)),
        ])
    }
}

impl TryFrom<Json> for Payload {
    type Error = String;

    fn try_from(form: Json) -> Result<Self, String> {
        if form.as_object().is_none() {
            return Err("payload: expected an object".into());
        }
        let extras = match form.member("extras")? {
            None => &Vec::new(),
            Some(extras) => extras.as_object().ok_or("extras: expected an object")?,
        };
        let pairs = extras.iter().enumerate().map(|(at, (key, value))| {
            // The key is the sender's, and may tell something.
            let named = |error| format!("extras: value {}: {error}", at.saturating_add(1));
            Ok((key.clone(), PayloadValue::try_from(value.clone()).map_err(named)?))
        });
        let payload = Self::from_pairs(pairs.collect::<Result<Vec<_>, String>>()?);
        let data = form.text_member("data")?;
        payload.and_then(|own| own.with_data_if(data)).map_err(|error| error.to_string())
    }
}
