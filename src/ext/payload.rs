use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::read;
use super::{Container, ExtError};
use crate::json;
use crate::secret::Fingerprint;

/// The bytes that a sender attaches to the push of a message, and that a tap gives back.
///
/// Any bytes will do; only OPPO demands a JSON object. Tencent's advice is to stay within [`Ext::ADVISED_BYTES`];
/// what a vendor makes of a longer one is checked where the message is built.
///
/// Equality is that of the bytes. `Debug` shows the length and a fingerprint. In serde it is a text, or
/// `{"base64": …}` if it is not UTF-8.
///
/// ```
/// use tim_offline_push::ext::Ext;
///
/// let ext = Ext::from_json(&serde_json::json!({"extKey": "ext content"}))?;
/// assert_eq!(ext.text(), Some(r#"{"extKey":"ext content"}"#));
/// assert_eq!(ext.json()?["extKey"], "ext content");
/// assert_eq!(ext.len(), 24);
/// assert!(!format!("{ext:?}").contains("content"));
/// # Ok::<(), tim_offline_push::ext::ExtError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ext(Form);

/// Text is kept apart from other bytes, so that `text()` need not look again. Bytes are never UTF-8.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Text(Box<str>),
    Bytes(Box<[u8]>),
}

impl Ext {
    /// The longest ext that is read as JSON, in bytes. Vendors carry 4 KiB at most; the rest is room for escapes.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// Up to this many bytes Tencent advises for `Ext`
    /// (<https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22).
    pub const ADVISED_BYTES: usize = 1024;

    /// Takes a text as it is.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(Form::Text(text.into().into_boxed_str()))
    }

    /// Writes a value as compact JSON, in raw UTF-8.
    ///
    /// # Errors
    /// [`ExtError::NotSerializable`].
    pub fn from_json<T: Serialize + ?Sized>(value: &T) -> Result<Self, ExtError> {
        serde_json::to_string(value).map(Self::from_text).map_err(|_| ExtError::NotSerializable)
    }

    /// Takes bytes as they are.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        match String::from_utf8(bytes.into()) {
            Ok(text) => Self::from_text(text),
            Err(error) => Self(Form::Bytes(error.into_bytes().into_boxed_slice())),
        }
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Form::Text(text) => text.as_bytes(),
            Form::Bytes(bytes) => bytes,
        }
    }

    /// The text, if the bytes are UTF-8.
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Form::Text(text) => Some(text),
            Form::Bytes(_) => None,
        }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there is no byte.
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }

    /// What a log may tell of it.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.as_bytes())
    }

    /// The ext as JSON, of at most [`MAX_DEPTH`](crate::json::MAX_DEPTH) levels.
    ///
    /// # Errors
    /// [`ExtError::NotText`], [`ExtError::TooLong`], [`ExtError::NotJson`].
    pub fn json(&self) -> Result<Value, ExtError> {
        read::value(self.readable()?)
    }

    /// Whether the ext is a JSON object, which is what OPPO demands. How deep it nests is not judged.
    pub fn is_json_object(&self) -> bool {
        self.readable().is_ok_and(json::is_object)
    }

    /// The ext as Tencent's container, or `None` if it is something else: no JSON object, or one without an object
    /// (or the text of an object) at the key `entity`.
    ///
    /// # Errors
    /// [`ExtError::NotJson`] if the ext begins like a JSON object and is none, [`ExtError::WrongType`],
    /// [`ExtError::UnknownVersion`], [`ExtError::TooLong`].
    pub fn container(&self) -> Result<Option<Container>, ExtError> {
        match self.text() {
            Some(_) => read::container(self.readable()?),
            None => Ok(None),
        }
    }

    /// What a route needs of the container, without the rest.
    pub(crate) fn head(&self) -> Result<Option<read::Head>, ExtError> {
        match self.text() {
            Some(_) => read::head(self.readable()?),
            None => Ok(None),
        }
    }

    fn readable(&self) -> Result<&str, ExtError> {
        if self.len() > Self::MAX_BYTES {
            return Err(ExtError::TooLong { bytes: self.len() });
        }
        match &self.0 {
            Form::Text(text) => Ok(text),
            Form::Bytes(bytes) => Err(ExtError::NotText {
                offset: std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to()),
            }),
        }
    }
}

impl fmt::Debug for Ext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ext({} bytes #{})", self.len(), self.fingerprint())
    }
}

#[derive(Serialize, Deserialize)]
struct Base64Form<'a> {
    base64: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SerdeForm<'a> {
    Text(String),
    #[serde(borrow)]
    Bytes(Base64Form<'a>),
}

impl Serialize for Ext {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Text(text) => serializer.serialize_str(text),
            Form::Bytes(bytes) => {
                Base64Form { base64: Cow::Owned(STANDARD.encode(bytes)) }.serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Ext {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = SerdeForm::deserialize(deserializer)
            .map_err(|_| D::Error::custom("expected an ext: text, or an object with base64"))?;
        match form {
            SerdeForm::Text(text) => Ok(Self::from_text(text)),
            SerdeForm::Bytes(form) => STANDARD
                .decode(form.base64.as_bytes())
                .map(Self::from_bytes)
                .map_err(|_| D::Error::custom("ext: base64 is malformed")),
        }
    }
}
