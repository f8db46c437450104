//! The texts and numbers that fields hold: redacted ones, ones that no document lists, names of sounds, image addresses.

use std::borrow::Cow;
use std::fmt;

use super::{Field, PushInfoError};

/// A text of a push. `Debug` shows its length only, so that nothing that people wrote ends up in a log.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct RedactedText(Box<str>);

impl RedactedText {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, if it is not empty.
    pub(super) fn set(&self) -> Option<&str> {
        Some(self.as_str()).filter(|text| !text.is_empty())
    }
}

impl From<&str> for RedactedText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for RedactedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

/// A text that equals no documented value, kept as it was read.
///
/// Only reading makes one, so that a documented value has one spelling in memory.
/// `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownText(Box<str>);

impl fmt::Debug for UnknownText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

impl UnknownText {
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as it was read.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A number that equals no documented value, kept as it was read.
///
/// Only reading makes one, so that a documented value has one spelling in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownNumber(i64);

impl UnknownNumber {
    pub(super) const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number as it was read.
    pub const fn as_i64(self) -> i64 {
        self.0
    }
}

impl fmt::Display for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The sound on iOS. `Debug` shows the length of a file's name only.
///
/// Source of the two constants: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IosSound(Cow<'static, str>);

impl IosSound {
    /// The system's sound.
    pub const DEFAULT: Self = Self(Cow::Borrowed("default"));
    /// No sound and no vibration.
    pub const NO_SOUND: Self = Self(Cow::Borrowed("push.no_sound"));

    /// A file in the app bundle, named with its suffix. A REST push plays at most 30 seconds of it
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithoutSuffix`].
    pub fn file(name: &str) -> Result<Self, PushInfoError> {
        Some(Self::from_text(name))
            .filter(|sound| sound.is_file() && has_suffix(name))
            .ok_or(PushInfoError::SoundWithoutSuffix { field: Field::IosSound })
    }

    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        let known = [Self::DEFAULT, Self::NO_SOUND].into_iter().find(|known| known.as_str() == text);
        known.unwrap_or_else(|| Self(Cow::Owned(text.to_owned())))
    }

    /// The text on the wire. The name of a file that was read may lack its suffix.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a file.
    pub(super) const fn is_file(&self) -> bool {
        matches!(self.0, Cow::Owned(_))
    }
}

impl fmt::Debug for IosSound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cow::Borrowed(known) => f.write_str(known),
            Cow::Owned(file) => write!(f, "[{} bytes]", file.len()),
        }
    }
}

/// Takes the name of an Android sound resource.
pub(super) fn resource(field: Field, name: impl Into<String>) -> Result<RedactedText, PushInfoError> {
    let name = RedactedText::new(name);
    if is_resource(name.as_str()) { Ok(name) } else { Err(PushInfoError::SoundWithSuffix { field }) }
}

/// Whether a text can name a file of `res/raw` without its suffix.
pub(super) fn is_resource(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|letter: char| matches!(letter, '.' | '/' | '\\') || letter.is_whitespace())
}

/// Takes the name of a sound file that only needs to be there.
pub(super) fn raw_file(field: Field, name: impl Into<String>) -> Result<RedactedText, PushInfoError> {
    let name = RedactedText::new(name);
    if has_suffix(name.as_str()) { Ok(name) } else { Err(PushInfoError::SoundWithoutSuffix { field }) }
}

pub(super) fn has_suffix(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, suffix)| {
        !stem.is_empty() && !suffix.is_empty() && suffix.chars().all(|letter| letter.is_ascii_alphanumeric())
    })
}

/// Takes the address of an image, if it is one by HTTPS.
pub(super) fn https(field: Field, url: impl Into<String>) -> Result<RedactedText, PushInfoError> {
    let url = RedactedText::new(url);
    if is_https(url.as_str()) { Ok(url) } else { Err(PushInfoError::NotHttps { field }) }
}

/// Whether a text begins with `https://` and a host, and holds no white space, control character or backslash.
pub(super) fn is_https(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.eq_ignore_ascii_case("https") && !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':'])
    }) && !url.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\')
}
