use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use super::Container;
use super::container_json;
use crate::account::Peer;
use crate::error_code::error_code;
use crate::intent::AndroidUri;
use crate::json::{self, Json, JsonError};
use crate::secret::Fingerprint;

/// The bytes that a sender attaches to the push of a message, and that a tap gives back.
///
/// Any bytes are accepted; only OPPO requires a JSON object. Tencent's advice is to stay within
/// [`Ext::ADVISED_BYTES`]; what a vendor makes of a longer one is checked where the message is built.
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
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Json", into = "Json")]
pub struct Ext(Box<[u8]>);

impl Ext {
    /// The longest ext that is read as JSON, in bytes. Vendors carry 4 KiB at most; the rest is room for
    /// escapes.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// Up to this many bytes Tencent advises for `Ext`
    /// (<https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22).
    pub const ADVISED_BYTES: usize = 1024;

    /// Takes a text as it is.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into().into_bytes().into())
    }

    /// Writes a value as compact JSON, in raw UTF-8.
    ///
    /// # Errors
    /// [`ExtError::NotSerializable`].
    pub fn from_json<T: Serialize + ?Sized>(value: &T) -> Result<Self, ExtError> {
        serde_json::to_string(value).map(Self::from_text).map_err(|_| ExtError::NotSerializable)
    }

    /// Takes bytes as they are.
    pub fn from_bytes(bytes: impl Into<Box<[u8]>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, if the bytes are UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether it is empty.
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
        container_json::value(self.readable()?)
    }

    /// Whether the ext is a JSON object, which is what OPPO demands. How deep it nests is not judged.
    pub fn is_json_object(&self) -> bool {
        self.readable().is_ok_and(json::is_object)
    }

    /// The ext as Tencent's container, or `None` if it is something else: no JSON object, or one without an
    /// object (or the text of an object) at the key `entity`.
    ///
    /// # Errors
    /// [`ExtError::NotJson`] if the ext begins like a JSON object and is none, [`ExtError::WrongType`],
    /// [`ExtError::UnknownVersion`], [`ExtError::TooLong`].
    pub fn container(&self) -> Result<Option<Container>, ExtError> {
        if self.text().is_none() { Ok(None) } else { container_json::container(self.readable()?) }
    }

    /// The ext that was meant, where the sender encoded it once too often: an object as a JSON text
    /// (`"{\"entity\":…}"`), an object with its quotes escaped (`{\"entity\":…}`, as a sample of the REST
    /// documentation has it), or a percent-encoded object. `None` for any other ext. One encoding is taken
    /// off.
    ///
    /// ```
    /// use tim_offline_push::ext::{Ext, ExtEncoding};
    ///
    /// let (ext, encoding) = Ext::from_text("%7B%22action%22%3A1%7D").unwrapped().ok_or("not encoded")?;
    /// assert_eq!((ext.text(), encoding), (Some(r#"{"action":1}"#), ExtEncoding::Percent));
    /// assert_eq!(ext.unwrapped(), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn unwrapped(&self) -> Option<(Self, ExtEncoding)> {
        let text = self.readable().ok()?.trim();
        let inside = text.strip_prefix('{').map(str::trim_start);
        let (inner, encoding) = if text.starts_with('"') {
            (json::read_text(text)?, ExtEncoding::JsonText)
        } else if inside.is_some_and(|inside| inside.starts_with('\\')) {
            (json::read_text(&format!("\"{text}\""))?, ExtEncoding::EscapedQuotes)
        } else if text.starts_with('%') && AndroidUri::bad_escape(text).is_none() {
            let decoded = AndroidUri::decode(text).into_owned();
            let is_object = json::is_object(&decoded);
            (if is_object { decoded } else { decoded.replace('+', " ") }, ExtEncoding::Percent)
        } else {
            return None;
        };
        json::is_object(&inner).then(|| (Self::from_text(inner), encoding))
    }

    /// The chat that Tencent's second format (`conversationID`) names.
    pub(crate) fn conversation(&self) -> Option<Peer> {
        container_json::conversation(self.readable().ok()?)
    }

    fn readable(&self) -> Result<&str, ExtError> {
        if self.len() > Self::MAX_BYTES {
            return Err(ExtError::TooLong { bytes: self.len() });
        }
        std::str::from_utf8(&self.0).map_err(|error| ExtError::NotText { offset: error.valid_up_to() })
    }
}

impl fmt::Debug for Ext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ext({} bytes #{})", self.len(), self.fingerprint())
    }
}

/// How an ext is encoded once too often. See [`Ext::unwrapped`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExtEncoding {
    /// The ext is the JSON text of the object that was meant.
    JsonText,
    /// The quotes of the object have backslashes before them.
    EscapedQuotes,
    /// The object is percent-encoded.
    Percent,
}

impl fmt::Display for ExtEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::JsonText => "a JSON text that holds an object",
            Self::EscapedQuotes => "an object with escaped quotes",
            Self::Percent => "a percent-encoded object",
        })
    }
}

/// A text, or an object with `base64`.
impl From<Ext> for Json {
    fn from(ext: Ext) -> Self {
        let base64 = || Self::object(vec![("base64", Some(STANDARD.encode(ext.as_bytes()).into()))]);
        ext.text().map_or_else(base64, Self::from)
    }
}

impl TryFrom<Json> for Ext {
    type Error = &'static str;

    fn try_from(form: Json) -> Result<Self, Self::Error> {
        match (&form, form.get("base64").and_then(Json::as_text)) {
            (Json::Text(text), _) => Ok(Self::from_text(text.as_ref())),
            (_, Some(base64)) => {
                STANDARD.decode(base64).map(Self::from_bytes).map_err(|_| "ext: base64 is malformed")
            }
            (_, None) => Err("expected an ext: text, or an object with base64"),
        }
    }
}

/// Why an [`Ext`] cannot be read or written as what was asked for. No variant holds any of its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ExtError {
    /// The bytes are not UTF-8.
    #[error("ext is not UTF-8 text: wrong at byte {offset}")]
    NotText {
        /// Offset of the first wrong byte.
        offset: usize,
    },
    /// The ext is over [`Ext::MAX_BYTES`], and is not read.
    #[error("ext has {bytes} bytes, at most {max} are read", max = Ext::MAX_BYTES)]
    TooLong {
        /// Length in bytes.
        bytes: usize,
    },
    /// The text is not JSON, ends too early, or nests deeper than [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    #[error("ext is not JSON: wrong at line {line} column {column}")]
    NotJson {
        /// Line of the error, from 1.
        line: usize,
        /// Column of the error in bytes, from 1.
        column: usize,
    },
    /// A field of Tencent's container has another type than the field has there.
    #[error("ext field {field} is not {expected}")]
    WrongType {
        /// Path of the field.
        field: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// The ext is Tencent's container, of a version that this crate does not know. Newer apps may read it.
    #[error("ext is a container of version {version}, known is {known}", known = super::Container::VERSION)]
    UnknownVersion {
        /// The version it states.
        version: i64,
    },
    /// The value has no JSON form, for example a map whose keys are not text.
    #[error("value has no JSON form")]
    NotSerializable,
}

impl ExtError {
    pub(super) fn not_json(error: JsonError) -> Self {
        let (line, column) = error.position();
        Self::NotJson { line, column }
    }

    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("ext", self)
    }
}
