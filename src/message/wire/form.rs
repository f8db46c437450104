use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::tables::{self, Row, TOP, Table};
use crate::finding::{hidden_key, words};
use crate::json::Json;
use crate::message::field::Field;
use crate::vendor::UnknownName;

/// A wire form of [`OfflinePushInfo`](crate::message::OfflinePushInfo).
///
/// `Display` and `FromStr` use the short name: `c-api`, `rest`, `v2tim`, `v2tim-arkts`, `web`.
///
/// What a form cannot carry is named by [`Written::not_carried`](crate::message::Written::not_carried).
/// Members that are unknown to a form, or of another type than the form's, are kept and written back in the
/// same form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// The C API's `OfflinePushConfig`, which the C, Unity, Electron and Dart bindings hand to the native
    /// library.
    ///
    /// As observed with `im_electron_sdk` 8.0.5906 (library 8.0.5903), read 2026-11-22, the library
    /// - refuses an object that holds an escaped surrogate pair: what is written is raw UTF-8;
    /// - takes a number or bool of another JSON type for whatever stands in memory, and a negative number for
    ///   a large one: none is made. One that was read in this form is a finding, and is written back as it
    ///   was until the field gets another value;
    /// - gives a missing member its default: what equals the default is not written;
    /// - drops keys that it does not know: [`Key::is_newer`] marks those that only newer libraries do.
    ///
    /// The title is written for iOS and for Android, which every library reads, and under the newer key for
    /// all platforms.
    CApi,
    /// The server's REST interface: `OfflinePushInfo`.
    Rest,
    /// The fields of `V2TIMOfflinePushInfo` under the names of the Flutter and React Native bindings. ArkTS
    /// names are read too.
    V2tim,
    /// The fields of `V2TIMOfflinePushInfo` under the names of the ArkTS binding, which are those of
    /// Objective-C. Flutter names are read too.
    V2timArkTs,
    /// The web chat engine's `OfflinePushInfo`, with `androidInfo` and `apnsInfo`.
    ///
    /// It is read as the web SDK 3.6.6 sends it on: an Android sound loses what follows its last dot,
    /// `androidInfo.OPPOChannelID` goes before the former `androidOPPOChannelID`, an unknown
    /// `interruptionLevel` becomes `active`, and unknown values of `MessageImportance` and `MeizuNotifyType`
    /// are dropped. The flat keys of call pushes (`TUICallKit`) are read too.
    Web,
}

impl Form {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::CApi, Self::Rest, Self::V2tim, Self::V2timArkTs, Self::Web];

    /// The short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CApi => "c-api",
            Self::Rest => "rest",
            Self::V2tim => "v2tim",
            Self::V2timArkTs => "v2tim-arkts",
            Self::Web => "web",
        }
    }

    /// The keys of the form, in the order in which they are written.
    ///
    /// ```
    /// use tim_offline_push::message::{Field, Form};
    ///
    /// let key = Form::Rest.keys().find(|key| key.field() == Field::OppoChannel);
    /// assert_eq!(key.map(|key| key.to_string()).as_deref(), Some("AndroidInfo.OPPOChannelID"));
    /// ```
    pub fn keys(self) -> impl Iterator<Item = Key> {
        self.table().parts.iter().flat_map(|part| {
            part.rows.iter().filter(|row| !row.former).map(|row| Key { group: part.key, row })
        })
    }

    pub(super) const fn table(self) -> &'static Table {
        match self {
            Self::CApi => &tables::C_API,
            Self::Rest => &tables::REST_FORM,
            Self::V2tim => &tables::V2TIM,
            Self::V2timArkTs => &tables::V2TIM_ARKTS,
            Self::Web => &tables::WEB,
        }
    }

    /// Whether the flat keys of call pushes may stand in the form.
    pub(super) const fn takes_call_keys(self) -> bool {
        matches!(self, Self::Web | Self::V2tim | Self::V2timArkTs)
    }

    /// The form with the same fields under other names, if there is one.
    pub(super) const fn sibling(self) -> Option<Self> {
        match self {
            Self::V2tim => Some(Self::V2timArkTs),
            Self::V2timArkTs => Some(Self::V2tim),
            Self::CApi | Self::Rest | Self::Web => None,
        }
    }

    /// Whether an unknown member may stand in this form, where it must be unknown too.
    pub(super) fn takes(self, member: &PreservedMember) -> bool {
        let from_sibling = self.sibling() == Some(member.form);
        self == member.form || (from_sibling && self.table().row(member.group, &member.key).is_none())
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Form {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .iter()
            .copied()
            .find(|form| form.as_str() == name)
            .ok_or(UnknownName::new("wire form", "c-api, rest, v2tim, v2tim-arkts or web"))
    }
}

/// A key of a wire form. `Display` writes its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    group: &'static str,
    row: &'static Row,
}

impl Key {
    /// The key of the object in which it stands; empty if that is the outermost.
    pub const fn group(self) -> &'static str {
        self.group
    }

    /// The key itself.
    pub const fn name(self) -> &'static str {
        self.row.key
    }

    /// The field that it carries.
    pub const fn field(self) -> Field {
        self.row.field
    }

    /// Whether only newer libraries know the key: the header of library 8.0 (npm `im_electron_sdk` 8.0.5906)
    /// lacks it, that of `chat-sdk-unity` 8.6.7021 has it (all but `vendor_params`). Older libraries drop it.
    pub const fn is_newer(self) -> bool {
        self.row.newer
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.group.is_empty() { f.pad(self.name()) } else { write!(f, "{}.{}", self.group, self.name()) }
    }
}

/// What a finding is about that is about the push as a whole.
pub(in crate::message) const WHOLE: &str = "push";

/// The longest path of a member that is shown, in characters.
const MAX_PATH: usize = 120;

/// The path of a member, such as `AndroidInfo.Foo`.
pub(in crate::message) fn path(group: &str, key: &str) -> Cow<'static, str> {
    let dot = if group == TOP { "" } else { "." };
    format!("{group}{dot}{}", shown_key(key)).chars().take(MAX_PATH).collect()
}

/// A member of a wire form, kept as it was read.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(in crate::message) struct PreservedMember {
    pub(in crate::message) form: Form,
    pub(in crate::message) group: &'static str,
    pub(in crate::message) key: Box<str>,
    pub(in crate::message) value: Json,
    pub(in crate::message) reason: Reason,
}

/// Why a member is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::message) enum Reason {
    /// The form has no such key here.
    UnknownKey,
    /// The form has the key, with another type, and what was meant is plain: the field has it too.
    Coerced,
    /// The form has the key, with another type.
    NotUnderstood,
}

impl PreservedMember {
    pub(in crate::message) fn path(&self) -> Cow<'static, str> {
        path(self.group, &self.key)
    }
}

impl fmt::Debug for PreservedMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} {:?}", self.path(), self.value, self.reason)
    }
}

/// A key of an input, ready to be shown: if it is one of Tencent's, a letter away from one of them, or made
/// of their words. Anything else could be a secret that stands where a key is expected, and is shown as its
/// length.
fn shown_key(key: &str) -> Cow<'_, str> {
    static KNOWN: LazyLock<Vec<String>> = LazyLock::new(|| {
        let keys = Form::ALL.iter().copied().flat_map(Form::keys).flat_map(|key| [key.group, key.row.key]);
        let names = keys.flat_map(|name| [words(name), vec![name.to_ascii_lowercase()]]).flatten();
        let mut names: Vec<String> = names.collect();
        // Most words stand in many keys.
        names.sort_unstable();
        names.dedup();
        names
    });
    let is_known = |word: &String| {
        KNOWN.binary_search(word).is_ok()
            || (word.len() >= 4 && KNOWN.iter().any(|known| is_one_letter_away(known, word)))
    };
    let fits = key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    // `words` drops digits, and those may be a phone number.
    let has_digit = key.bytes().any(|byte| byte.is_ascii_digit());
    if fits && (is_known(&key.to_ascii_lowercase()) || !has_digit && words(key).iter().all(is_known)) {
        return Cow::Borrowed(key);
    }
    hidden_key(key)
}

/// Whether one letter must be added, taken away or changed.
fn is_one_letter_away(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.len().saturating_sub(short.len()) > 1 {
        return false;
    }
    let same = short.bytes().zip(long.bytes()).take_while(|(left, right)| left == right).count();
    let skipped = same.saturating_add(1);
    let short_from = if short.len() == long.len() { skipped } else { same };
    short.bytes().skip(short_from).eq(long.bytes().skip(skipped))
}
