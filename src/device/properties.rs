use std::collections::BTreeMap;

use thiserror::Error;

/// System properties of an Android phone, as far as they tell which push channel it has.
///
/// Only properties that the election looks at are kept, so that a dump's serial numbers go no further.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Properties {
    values: BTreeMap<Box<str>, Box<str>>,
}

/// A field of `android.os.Build`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BuildField {
    /// `Build.BRAND`.
    Brand,
    /// `Build.MANUFACTURER`.
    Manufacturer,
    /// `Build.MODEL`.
    Model,
    /// `Build.DISPLAY`.
    Display,
    /// `Build.FINGERPRINT`.
    Fingerprint,
    /// `Build.VERSION.INCREMENTAL`.
    Incremental,
    /// `Build.VERSION.SDK_INT`.
    SdkInt,
}

impl Properties {
    /// The longest text that [`Properties::parse`] takes, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Reads the output of `adb shell getprop` (`[key]: [value]` lines) or a `build.prop` file (`key=value` lines).
    ///
    /// # Errors
    /// [`PropertiesError`].
    pub fn parse(text: &str) -> Result<Self, PropertiesError> {
        if text.len() > Self::MAX_BYTES {
            return Err(PropertiesError::TooLong { bytes: text.len() });
        }
        let properties = Self::from_pairs(text.lines().filter_map(property));
        if properties.values.is_empty() { Err(PropertiesError::NoProperty) } else { Ok(properties) }
    }

    /// Takes properties one by one.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let values =
            pairs.into_iter().map(|(key, value)| (key.as_ref().into(), value.as_ref().into())).collect();
        Self { values }
    }

    /// With a field of `android.os.Build`.
    #[must_use]
    pub fn with_build(mut self, field: BuildField, value: &str) -> Self {
        let key = match field {
            BuildField::Brand => "ro.product.brand",
            BuildField::Manufacturer => "ro.product.manufacturer",
            BuildField::Model => "ro.product.model",
            BuildField::Display => "ro.build.display.id",
            BuildField::Fingerprint => "ro.build.fingerprint",
            BuildField::Incremental => "ro.build.version.incremental",
            BuildField::SdkInt => "ro.build.version.sdk",
        };
        self.values.insert(key.into(), value.into());
        self
    }

    /// The value of a property that was given and kept.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(AsRef::as_ref)
    }
}

fn property(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
        Some(inner) => inner.split_once("]: ["),
        None => line.split_once('='),
    }
}

/// Why a text holds no properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PropertiesError {
    /// Over [`Properties::MAX_BYTES`].
    #[error("device properties have {bytes} bytes, at most {max} are read", max = Properties::MAX_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// No line is a property.
    #[error("no line is a property: expected [key]: [value] or key=value")]
    NoProperty,
}
