use super::{Field, PushInfoError};

/// The sound on iOS.
///
/// Source of the two constants: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum IosSound {
    /// The system's sound (`default`).
    Default,
    /// No sound and no vibration (`push.no_sound`).
    NoSound,
    /// A file in the app bundle.
    File(SoundFile),
}

impl IosSound {
    /// A file in the app bundle, named with its suffix. A REST push plays at most 30 seconds of it
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithoutSuffix`].
    pub fn file(name: impl Into<Box<str>>) -> Result<Self, PushInfoError> {
        SoundFile::new(Field::IosSound, name).map(Self::File)
    }

    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "default" => Self::Default,
            "push.no_sound" => Self::NoSound,
            file => Self::File(SoundFile(file.into())),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Default => "default",
            Self::NoSound => "push.no_sound",
            Self::File(file) => file.as_str(),
        }
    }
}

/// The name of a sound file. As it was read it may lack the suffix.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SoundFile(Box<str>);

impl SoundFile {
    fn new(field: Field, name: impl Into<Box<str>>) -> Result<Self, PushInfoError> {
        let file = Self(name.into());
        if file.has_suffix() && IosSound::from_text(&file.0) == IosSound::File(file.clone()) {
            Ok(file)
        } else {
            Err(PushInfoError::SoundWithoutSuffix { field })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name has a suffix, such as `.caf`.
    pub fn has_suffix(&self) -> bool {
        has_suffix(&self.0)
    }
}

/// Takes the name of an Android sound resource.
pub(super) fn resource(field: Field, name: impl Into<Box<str>>) -> Result<Box<str>, PushInfoError> {
    let name = name.into();
    if is_resource(&name) { Ok(name) } else { Err(PushInfoError::SoundWithSuffix { field }) }
}

/// Whether a text can name a file of `res/raw` without its suffix.
pub(super) fn is_resource(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|letter: char| matches!(letter, '.' | '/' | '\\') || letter.is_whitespace())
}

/// Takes the name of a sound file that only needs to be there.
pub(super) fn raw_file(field: Field, name: impl Into<Box<str>>) -> Result<Box<str>, PushInfoError> {
    let name = name.into();
    if has_suffix(&name) { Ok(name) } else { Err(PushInfoError::SoundWithoutSuffix { field }) }
}

pub(super) fn has_suffix(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, suffix)| {
        !stem.is_empty() && !suffix.is_empty() && suffix.chars().all(|letter| letter.is_ascii_alphanumeric())
    })
}
