use std::fmt;
use std::str::FromStr;

use super::FilterError;

/// A MIME type that a filter takes: `type/subtype`, `type/*` or `*/*`.
///
/// Comparison is case-sensitive, and parameters such as `; charset=utf-8` are not cut off, as in Android.
///
/// ```
/// use tim_offline_push::intent::filter::ContentType;
///
/// let images: ContentType = "image/*".parse()?;
/// assert!(images.accepts("image/png"));
/// assert!(!images.accepts("IMAGE/png"));
/// assert!("image".parse::<ContentType>().is_err());
/// # Ok::<(), tim_offline_push::intent::filter::FilterError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentType(Box<str>);

impl ContentType {
    /// Takes a type. It needs a `/` that is not the first character, and something behind it.
    ///
    /// # Errors
    /// [`FilterError::MalformedMimeType`].
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, FilterError> {
        let text = text.into();
        match text.split_once('/') {
            Some((main, sub)) if !main.is_empty() && !sub.is_empty() => Ok(Self(text)),
            Some(_) | None => Err(FilterError::MalformedMimeType),
        }
    }

    /// The type as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether an intent with this type passes. An intent may ask for `type/*` and `*/*` too.
    pub fn accepts(&self, intent_type: &str) -> bool {
        let stored = self.stored();
        if stored == intent_type || stored == "*" || intent_type == "*/*" {
            return true;
        }
        match intent_type.split_once('/') {
            Some((main, sub)) if !main.is_empty() => {
                stored == main || (sub == "*" && stored.split_once('/').is_some_and(|(own, _)| own == main))
            }
            Some(_) | None => false,
        }
    }

    /// Android keeps `type/*` as `type`; an intent of the malformed type `type` then matches, and does here.
    fn stored(&self) -> &str {
        match self.0.split_once('/') {
            Some((main, "*")) => main,
            Some(_) | None => &self.0,
        }
    }
}

impl FromStr for ContentType {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        Self::new(text)
    }
}

impl fmt::Display for ContentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
