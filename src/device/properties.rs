use std::collections::BTreeMap;

use thiserror::Error;

use crate::error_code::error_code;
use crate::vendor::{SYSTEM_MARKS, WordList, is_of_other_system};

/// System properties of an Android phone, as far as they show which vendor serves it.
///
/// Only properties that the election looks at are kept, so that a dump's serial numbers go no further. Of a
/// property that stands twice the first counts, as on Android; an empty one does not count.
///
/// ```
/// use tim_offline_push::device::{BuildField, Properties};
///
/// let dump = "[ro.product.brand]: [Redmi]\n[ro.serialno]: [abc123]\n";
/// let properties = Properties::parse(dump)?.with_build(BuildField::SdkInt, "30");
/// assert_eq!(properties.value("ro.product.brand"), Some("Redmi"));
/// assert_eq!(properties.value("ro.serialno"), None);
/// # Ok::<(), tim_offline_push::device::PropertiesError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
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
    /// `Build.PRODUCT`.
    Product,
    /// `Build.DISPLAY`.
    Display,
    /// `Build.FINGERPRINT`.
    Fingerprint,
    /// `Build.VERSION.INCREMENTAL`.
    Incremental,
    /// `Build.VERSION.RELEASE`.
    Release,
    /// `Build.VERSION.SDK_INT`.
    SdkInt,
}

impl BuildField {
    /// The property behind the field.
    pub const fn property(self) -> &'static str {
        match self {
            Self::Brand => "ro.product.brand",
            Self::Manufacturer => "ro.product.manufacturer",
            Self::Model => "ro.product.model",
            Self::Product => "ro.product.name",
            Self::Display => "ro.build.display.id",
            Self::Fingerprint => "ro.build.fingerprint",
            Self::Incremental => "ro.build.version.incremental",
            Self::Release => "ro.build.version.release",
            Self::SdkInt => "ro.build.version.sdk",
        }
    }
}

impl Properties {
    /// The longest text that [`Properties::parse`] reads, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// The longest value that is kept, in bytes; a longer one does not count. No property that matters comes
    /// near.
    pub const MAX_VALUE_BYTES: usize = 512;

    /// Reads the output of `adb shell getprop` (`[key]: [value]` lines) or a `build.prop` file (`key=value`
    /// lines). Lines that are neither are passed over, as both have such.
    ///
    /// # Errors
    /// [`PropertiesError::TooLong`], and [`PropertiesError::NoProperty`] if no line at all is a property.
    pub fn parse(text: &str) -> Result<Self, PropertiesError> {
        if text.len() > Self::MAX_BYTES {
            return Err(PropertiesError::TooLong { bytes: text.len() });
        }
        let mut lines = text.lines().filter_map(property).peekable();
        if lines.peek().is_none() {
            return Err(PropertiesError::NoProperty);
        }
        Ok(Self::from_pairs(lines))
    }

    /// Takes properties one by one.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let read: Vec<_> = names().collect();
        let mut properties = Self::default();
        for (key, value) in pairs {
            let key = key.as_ref();
            if read.contains(&key) || is_of_other_system(key) {
                properties.keep(key, value.as_ref());
            }
        }
        properties
    }

    /// With a field of `android.os.Build`, in place of what the property behind it said.
    pub fn with_build(mut self, field: BuildField, value: &str) -> Self {
        self.values.remove(field.property());
        self.keep(field.property(), value);
        self
    }

    /// The value of a property that was given and kept.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(AsRef::as_ref)
    }

    /// The first of the keys whose value passes the test.
    pub(super) fn find(&self, keys: WordList, test: impl Fn(&str) -> bool) -> Option<&'static str> {
        keys.iter().find(|key| self.value(key).is_some_and(&test))
    }

    /// What the first of the keys says of which a value can be made, and the key.
    pub(super) fn find_map<T>(
        &self,
        keys: WordList,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, &'static str)> {
        keys.iter().find_map(|key| Some((read(self.value(key)?)?, key)))
    }

    /// Every property that was kept.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(key, value)| (key.as_ref(), value.as_ref()))
    }

    fn keep(&mut self, key: &str, value: &str) {
        let value = value.trim();
        let fits = (1..=Self::MAX_VALUE_BYTES).contains(&value.len());
        if fits && !self.values.contains_key(key) {
            self.values.insert(key.into(), value.into());
        }
    }
}

/// The names of the properties that the election reads.
fn names() -> impl Iterator<Item = &'static str> {
    let lists = [BRANDS, MANUFACTURERS, FINGERPRINTS, PRODUCTS, OPLUS_REGIONS, BUILDS, MODELS, OTHERS];
    lists.into_iter().chain(SYSTEM_MARKS.iter().map(|mark| mark.properties)).flat_map(WordList::iter)
}

/// The brand of the whole phone, then those of its partitions. The same order holds below.
pub(super) const BRANDS: WordList = WordList(
    "ro.product.brand ro.product.product.brand ro.product.odm.brand ro.product.vendor.brand \
     ro.product.system.brand ro.product.system_ext.brand ro.product.bootimage.brand",
);

pub(super) const MANUFACTURERS: WordList = WordList(
    "ro.product.manufacturer ro.product.product.manufacturer ro.product.odm.manufacturer \
     ro.product.vendor.manufacturer ro.product.system.manufacturer \
     ro.product.system_ext.manufacturer ro.product.bootimage.manufacturer",
);

pub(super) const FINGERPRINTS: WordList = WordList(
    "ro.build.fingerprint ro.product.build.fingerprint ro.odm.build.fingerprint \
     ro.vendor.build.fingerprint ro.system.build.fingerprint ro.system_ext.build.fingerprint \
     ro.bootimage.build.fingerprint",
);

pub(super) const PRODUCTS: WordList = WordList(
    "ro.product.name ro.product.product.name ro.product.odm.name ro.product.vendor.name \
     ro.product.system.name ro.product.system_ext.name ro.build.product",
);

/// What begins with the product's name, which a dash or a space ends.
pub(super) const BUILDS: WordList = WordList("ro.build.flavor ro.build.description ro.build.display.id");

/// Where OPPO, realme and OnePlus phones say for which region their system is.
pub(super) const OPLUS_REGIONS: WordList = WordList(
    "ro.vendor.oplus.regionmark ro.oppo.regionmark persist.sys.oppo.region ro.oplus.pipeline.region \
     ro.oplus.image.my_region.type",
);

pub(super) const MODELS: WordList = WordList(
    "ro.product.model ro.product.product.model ro.product.odm.model ro.product.vendor.model \
     ro.product.system.model",
);

const OTHERS: WordList = WordList(
    "ro.product.device ro.product.mod_device ro.build.version.release ro.build.version.sdk \
     ro.oplus.image.system_ext.area ro.system.build.version.incremental \
     ro.product.build.version.incremental",
);

fn property(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if line.starts_with('#') {
        return None;
    }
    match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
        Some(inner) => inner.split_once("]: ["),
        None => line.split_once('=').map(|(key, value)| (key.trim_end(), value)),
    }
    .filter(|(key, _)| !key.is_empty() && !key.contains(char::is_whitespace))
}

/// Why a text holds no properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
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

impl PropertiesError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("properties", self)
    }
}
