use std::fmt;

use thiserror::Error;

use super::{
    AndroidUri, Component, Extra, Intent, IntentFlags, ParseFlags, ParseUriError, ToUriError, UriScheme,
};

impl Intent {
    /// What is lost, changed or gained when the intent is written as a URI and that URI is read back. Empty
    /// if it comes back equal.
    ///
    /// The URI is read with the flag of its scheme, on the newest Android. An intent whose data holds text
    /// that reads as fields of an intent comes back as **another** intent: [`Loss::is_misread`] tells those
    /// losses from the harmless ones, and a URI that has one must not be handed out.
    ///
    /// ```
    /// use tim_offline_push::intent::{Intent, LossCause, UriScheme};
    ///
    /// let plain = Intent::new().with_action(Intent::ACTION_VIEW).with_data("https://example.com/a");
    /// assert!(plain.check_round_trip(UriScheme::Intent)?.is_empty());
    ///
    /// let smuggling = plain.with_data("https://example.com/#Intent;package=com.example.other;end");
    /// assert!(smuggling.check_round_trip(UriScheme::Intent)?.is_empty());
    /// let losses = smuggling.check_round_trip(UriScheme::Bare)?;
    /// assert!(losses.iter().any(|loss| loss.is_misread() && loss.cause() == Some(LossCause::DataMisread)));
    /// # Ok::<(), tim_offline_push::intent::ToUriError>(())
    /// ```
    ///
    /// # Errors
    /// [`ToUriError::NoPackage`] if it has no URI of this scheme.
    pub fn check_round_trip(&self, scheme: UriScheme) -> Result<Vec<Loss>, ToUriError> {
        let uri = self.to_uri(scheme)?;
        let flags = match scheme {
            UriScheme::Intent => ParseFlags::INTENT_SCHEME,
            UriScheme::AndroidApp => ParseFlags::ANDROID_APP_SCHEME,
            UriScheme::Bare => ParseFlags::NONE,
        };
        let (back, misread) = (Self::parse_uri(&uri, flags), misread(self, scheme, &uri));
        let mut comparison =
            Comparison { scheme, in_selector: false, extra_key: None, misread, losses: Vec::new() };
        match &back {
            Ok(back) => {
                // Where text is taken for something else, the data never comes back equal.
                comparison.misread = misread.filter(|_| back.data() != self.data());
                comparison.compare(self, back);
                comparison.compare_selectors(self, back);
            }
            Err(error) => comparison.note("intent", Change::Lost, Some(LossCause::Unreadable(*error))),
        }
        Ok(comparison.losses)
    }
}

/// Why the parser may take the URI for something else than what it was made from.
fn misread(intent: &Intent, scheme: UriScheme, uri: &str) -> Option<LossCause> {
    let data = intent.data();
    if data.is_none() && matches!(uri, "intent:" | "") {
        return Some(LossCause::NothingToWrite);
    }
    match scheme {
        UriScheme::Intent if uri.starts_with("intent:") => None,
        UriScheme::Intent => Some(match data.and_then(AndroidUri::scheme) {
            None | Some("") => LossCause::DataWithoutScheme,
            Some(_) => LossCause::UnwritableScheme,
        }),
        UriScheme::AndroidApp => None,
        UriScheme::Bare => {
            let data = data.map_or("", AndroidUri::as_str);
            let read_as_fragment = uri.rfind('#').is_some_and(|last| last < data.len());
            (read_as_fragment || data.starts_with("intent:") || data.starts_with("android-app:"))
                .then_some(LossCause::DataMisread)
        }
    }
}

/// One difference between an intent and what its URI is read back as. `Display` says it in words, without any
/// value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Loss {
    in_selector: bool,
    field: &'static str,
    extra_key: Option<Box<str>>,
    change: Change,
    cause: Option<LossCause>,
}

impl Loss {
    /// Whether it concerns the selector's field.
    pub const fn in_selector(&self) -> bool {
        self.in_selector
    }

    /// The field: `action`, `data`, `type`, `identifier`, `package`, `component`, `flags`, `extended flags`,
    /// `categories`, `source bounds`, `extra` or `selector`; `intent` is all of it.
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// The key of the extra, if it is one and its key is not Java's null. `Display` does not show it.
    pub fn extra_key(&self) -> Option<&str> {
        self.extra_key.as_deref()
    }

    /// What happens to it.
    pub const fn change(&self) -> Change {
        self.change
    }

    /// Why, where a known rule of Android is the reason.
    pub const fn cause(&self) -> Option<LossCause> {
        self.cause
    }

    /// Whether the URI is taken for another intent: text of the data is read as fields, or fields as data.
    pub const fn is_misread(&self) -> bool {
        use LossCause::{DataMisread, DataWithoutScheme, Unreadable, UnwritableScheme};

        matches!(self.change, Change::Gained)
            || matches!(self.cause, Some(DataMisread | DataWithoutScheme | UnwritableScheme | Unreadable(_)))
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let owner = if self.in_selector { "selector's " } else { "" };
        let change = match self.change {
            Change::Lost => "lost",
            Change::Changed => "changed",
            Change::Gained => "added",
        };
        write!(f, "{owner}{} {change}", self.field)?;
        self.cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

/// What a round trip does to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "set or not before, set or not after, equal or not: no fourth case"
)]
pub enum Change {
    /// It was set and comes back unset.
    Lost,
    /// It comes back with another value.
    Changed,
    /// It was not set and comes back set.
    Gained,
}

/// A rule of Android that makes a round trip lossy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum LossCause {
    /// An unset action is read back as `VIEW`, or as `MAIN` in an `android-app:` URI without data.
    #[error("an unset action is read back as the default one")]
    DefaultAction,
    /// Data of no text is read back as no data.
    #[error("empty data is read back as none")]
    EmptyData,
    /// The data has no scheme, so it cannot follow `intent:`; the whole URI is then read as data, its fields
    /// included.
    #[error("the data has no scheme, so the whole URI is read as data")]
    DataWithoutScheme,
    /// The data's scheme has a character that `toUri` does not accept in a scheme: it takes ASCII letters,
    /// digits, `.`, `+` and `-`, and `_` is the usual offender. The whole URI is then read as data, its
    /// fields included. The parser has no such rule: [`Intent::to_readable_uri`] writes a URI that it reads
    /// back.
    #[error(
        "toUri takes only letters, digits, '.', '+' and '-' in a scheme, so the whole URI is read as data; \
         write the scheme into a scheme= item by hand, which every phone reads, or choose another scheme"
    )]
    UnwritableScheme,
    /// The data holds text that is read as fields of an intent.
    #[error("the data holds text that is read as fields of an intent")]
    DataMisread,
    /// Nothing is set that is written, so that the URI has no fragment, and is read as data.
    #[error("nothing is written behind intent:, so it is read as data")]
    NothingToWrite,
    /// An `android-app:` URI carries data only as scheme, host and a path.
    #[error("an android-app URI carries data only as scheme, host and path")]
    AppUriData,
    /// The flags that hand on a permission for the data are dropped by the parser.
    #[error("the parser drops flags that hand on a permission for the data")]
    GrantFlags,
    /// Null, or a type that no URI carries.
    #[error("no URI carries a value of its type")]
    UnprintableExtra,
    /// The null key is written as the text `null`.
    #[error("the null key is written as the text null")]
    NullKey,
    /// One half of a surrogate pair is written as `?`.
    #[error("one half of a surrogate pair is written as a question mark")]
    LoneSurrogate,
    /// Package and class are split at the first `/`, and a class that begins with `.` gets the package in
    /// front.
    #[error("the component is split at the first slash, and a leading dot gets the package")]
    ComponentForm,
    /// Of a selector's data only the scheme is written.
    #[error("only the scheme of a selector's data is written")]
    SelectorData,
    /// A selector beside a package is dropped by the parser.
    #[error("the parser drops a selector beside a package")]
    SelectorBesidePackage,
    /// The parser refuses the URI.
    #[error("the parser refuses the URI: {0}")]
    Unreadable(ParseUriError),
}

struct Comparison<'i> {
    scheme: UriScheme,
    in_selector: bool,
    /// The key of the extra that is compared.
    extra_key: Option<&'i str>,
    misread: Option<LossCause>,
    losses: Vec<Loss>,
}

impl<'i> Comparison<'i> {
    fn compare(&mut self, intent: &'i Intent, back: &'i Intent) {
        if intent.action().is_none() && back.action().is_some() {
            self.note("action", Change::Changed, Some(LossCause::DefaultAction));
        } else {
            self.field("action", intent.action(), back.action(), None);
        }
        self.field("data", intent.data(), back.data(), self.data_cause(intent));
        self.field("type", intent.mime_type(), back.mime_type(), None);
        self.field("identifier", intent.identifier(), back.identifier(), None);
        self.field("package", intent.package(), back.package(), None);
        let component = intent.component();
        let read = component.as_ref().and_then(|component| Component::unflatten(&component.flatten_short()));
        let cause = (read != component).then_some(LossCause::ComponentForm);
        self.field("component", component.as_ref(), back.component().as_ref(), cause);
        let set = |flags: u32| (flags != 0).then_some(flags);
        let granting = intent.flags() & !IntentFlags::URI_PERMISSIONS == back.flags();
        let cause = granting.then_some(LossCause::GrantFlags);
        self.field("flags", set(intent.flags().bits()), set(back.flags().bits()), cause);
        self.field("extended flags", set(intent.extended_flags()), set(back.extended_flags()), None);
        if !intent.categories().eq(back.categories()) {
            let lost = intent.categories().any(|category| !back.has_category(category));
            self.note("categories", if lost { Change::Lost } else { Change::Gained }, None);
        }
        self.field("source bounds", intent.source_bounds(), back.source_bounds(), None);
        self.compare_extras(intent, back);
    }

    fn compare_extras(&mut self, intent: &'i Intent, back: &'i Intent) {
        for (key, value) in intent.extras() {
            let cause = match (key, &value) {
                (None, _) => Some(LossCause::NullKey),
                (_, Extra::Unprintable) => Some(LossCause::UnprintableExtra),
                (_, Extra::Char(_)) => Some(LossCause::LoneSurrogate),
                _ => None,
            };
            self.extra_key = key;
            self.field("extra", Some(&value), back.extra_at(key).as_ref(), cause);
        }
        for (key, value) in back.extras() {
            let was_null = key == Some("null") && intent.extra_at_null().is_some();
            if !was_null && intent.extra_at(key).is_none() {
                self.extra_key = key;
                self.field("extra", None, Some(&value), None);
            }
        }
        self.extra_key = None;
    }

    fn compare_selectors(&mut self, intent: &'i Intent, back: &'i Intent) {
        let selectors = (intent.selector(), back.selector());
        let cause = intent.package().map(|_| LossCause::SelectorBesidePackage);
        self.field("selector", selectors.0.map(|_| ()), selectors.1.map(|_| ()), cause);
        if let (Some(selector), Some(back)) = selectors {
            self.in_selector = true;
            self.compare(selector, back);
        }
    }

    fn data_cause(&self, intent: &Intent) -> Option<LossCause> {
        if self.in_selector {
            return Some(LossCause::SelectorData);
        }
        match self.scheme {
            _ if intent.data().is_some_and(|data| data.as_str().is_empty()) => Some(LossCause::EmptyData),
            UriScheme::AndroidApp => Some(LossCause::AppUriData),
            UriScheme::Intent | UriScheme::Bare => None,
        }
    }

    fn field<T: PartialEq + Copy>(
        &mut self,
        field: &'static str,
        was: Option<T>,
        is: Option<T>,
        cause: Option<LossCause>,
    ) {
        let change = match (was, is) {
            (Some(_), None) => Change::Lost,
            (None, Some(_)) => Change::Gained,
            _ if was == is => return,
            _ => Change::Changed,
        };
        // What was not there has no rule of its own that makes it come.
        self.note(field, change, cause.filter(|_| change != Change::Gained));
    }

    /// A misreading explains whatever it comes with, but for a URI that is read as data because nothing is
    /// written: a field that is not written has its own reason.
    fn note(&mut self, field: &'static str, change: Change, cause: Option<LossCause>) {
        let cause = match self.misread {
            Some(LossCause::NothingToWrite) => cause.or(self.misread),
            misread => misread.or(cause),
        };
        let extra_key = self.extra_key.map(Into::into);
        self.losses.push(Loss { in_selector: self.in_selector, field, extra_key, change, cause });
    }
}
