use std::fmt;

use super::{IntentFilter, MatchCategory, NoMatch, PatternMatcher};
use crate::intent::{AndroidUri, Intent};

/// The part of a filter that did not match, in the order in which Android's tests reach them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FilterPart {
    /// The action.
    Action,
    /// The scheme of the data, or that there are data at all.
    Scheme,
    /// The scheme-specific part of the data.
    SchemeSpecificPart,
    /// The host of the data.
    Host,
    /// The port of the data.
    Port,
    /// The path of the data, or what a group of patterns looks at.
    Path,
    /// The MIME type.
    Type,
    /// A category.
    Category,
}

impl fmt::Display for FilterPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Action => "action",
            Self::Scheme => "scheme",
            Self::SchemeSpecificPart => "scheme-specific part",
            Self::Host => "host",
            Self::Port => "port",
            Self::Path => "path",
            Self::Type => "type",
            Self::Category => "category",
        })
    }
}

/// Why a filter does not take an intent: the part, the intent's value and the filter's.
///
/// `Display` shows the values of both sides; `Debug` shows none, since a path may hold what a user wrote.
///
/// ```
/// use tim_offline_push::intent::Intent;
/// use tim_offline_push::intent::filter::{Authority, FilterPart, IntentFilter, Mismatch};
///
/// let launcher = IntentFilter::new().with_action(Intent::ACTION_MAIN);
/// let view = IntentFilter::new()
///     .with_action(Intent::ACTION_VIEW)
///     .with_scheme("app")
///     .with_authority(Authority::new("chat.example"));
/// let intent = Intent::new().with_action(Intent::ACTION_VIEW).with_data("app://char.example/7");
/// let (place, mismatch) = Mismatch::nearest([&launcher, &view], &intent).ok_or("one of them takes it")?;
/// assert_eq!((place, mismatch.part()), (1, FilterPart::Host));
/// assert_eq!(mismatch.to_string(), r#"host: the intent has "char.example", the filter takes "chat.example""#);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mismatch {
    part: FilterPart,
    test: NoMatch,
    intent: Option<String>,
    filter: Vec<String>,
}

impl Mismatch {
    /// The mismatch of the filter that comes nearest to the intent, with the place of that filter. Nearest is the one whose
    /// part is the last in the order of [`FilterPart`]; of several the first. `None` if a filter takes the intent, and if
    /// there is no filter.
    pub fn nearest<'f>(
        filters: impl IntoIterator<Item = &'f IntentFilter>,
        intent: &Intent,
    ) -> Option<(usize, Self)> {
        let mut nearest: Option<(usize, Self)> = None;
        for (place, filter) in filters.into_iter().enumerate() {
            let mismatch = filter.explain(intent).err()?;
            if nearest.as_ref().is_none_or(|(_, found)| found.part < mismatch.part) {
                nearest = Some((place, mismatch));
            }
        }
        nearest
    }

    /// The part that does not match.
    pub const fn part(&self) -> FilterPart {
        self.part
    }

    /// Which of Android's four tests failed.
    pub const fn test(&self) -> NoMatch {
        self.test
    }

    /// The intent's value, if it has one. Parts of the data are decoded.
    pub fn intent_value(&self) -> Option<&str> {
        self.intent.as_deref()
    }

    /// The values that the filter takes instead, in its order. Empty if it takes none.
    pub fn filter_values(&self) -> &[String] {
        &self.filter
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 4;
        write!(f, "{}: the intent has ", self.part)?;
        match &self.intent {
            Some(value) => write!(f, "{value:?}")?,
            None => f.write_str("none")?,
        }
        f.write_str(", the filter takes ")?;
        if self.filter.is_empty() {
            return f.write_str("none");
        }
        for (place, value) in self.filter.iter().take(SHOWN).enumerate() {
            write!(f, "{}{value:?}", if place == 0 { "" } else { " or " })?;
        }
        match self.filter.len().checked_sub(SHOWN) {
            Some(more) if more > 0 => write!(f, " or {more} more"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mismatch")
            .field("part", &self.part)
            .field("test", &self.test)
            .field("intent", &self.intent.as_ref().map(String::len))
            .field("filter", &self.filter.len())
            .finish()
    }
}

impl IntentFilter {
    /// As [`matches`](Self::matches), and names the part that does not match with the values of both sides.
    ///
    /// # Errors
    /// [`Mismatch`] for the first test that failed.
    pub fn explain(&self, intent: &Intent) -> Result<MatchCategory, Mismatch> {
        self.matches(intent).map_err(|test| {
            let (part, intent, filter) = match test {
                NoMatch::Action => {
                    (FilterPart::Action, intent.action().map(str::to_owned), texts(self.actions()))
                }
                NoMatch::Type => {
                    let types = self.content_types().iter().map(super::ContentType::as_str);
                    (FilterPart::Type, intent.mime_type().map(str::to_owned), texts(types))
                }
                NoMatch::Category => {
                    let missing = intent.categories().find(|category| !self.has_category(category));
                    (FilterPart::Category, missing.map(str::to_owned), texts(self.categories()))
                }
                NoMatch::Data => self.explain_data(intent.mime_type(), intent.data()),
            };
            Mismatch { part, test, intent, filter }
        })
    }

    /// Which part of the data does not match, if the test for data failed.
    fn explain_data(
        &self,
        mime_type: Option<&str>,
        data: Option<AndroidUri<'_>>,
    ) -> (FilterPart, Option<String>, Vec<String>) {
        let scheme = data.and_then(AndroidUri::scheme);
        if self.schemes().len() == 0 {
            if data.is_none() {
                return (FilterPart::Type, mime_type.map(str::to_owned), Vec::new());
            }
            // Types alone take what a content provider or a file may be.
            let taken: &[&str] = if self.content_types().is_empty() { &[] } else { &["content", "file"] };
            let found = scheme.or_else(|| data.map(AndroidUri::as_str)).map(str::to_owned);
            return (FilterPart::Scheme, found, texts(taken.iter().copied()));
        }
        if !self.has_scheme(scheme.unwrap_or_default()) {
            return (FilterPart::Scheme, scheme.map(str::to_owned), texts(self.schemes()));
        }
        if self.authorities().is_empty() {
            let part = data.map(|data| data.scheme_specific_part().into_owned());
            return (FilterPart::SchemeSpecificPart, part, patterns(self.scheme_specific_parts()));
        }
        let host = data.and_then(AndroidUri::host);
        let port = data.and_then(AndroidUri::port);
        let of_host: Vec<_> = self
            .authorities()
            .iter()
            .filter(|authority| host.as_ref().is_some_and(|host| authority.takes_host(host)))
            .collect();
        if of_host.is_empty() {
            let hosts = self.authorities().iter().map(super::Authority::host);
            return (FilterPart::Host, host.map(Into::into), texts(hosts));
        }
        if of_host.iter().all(|authority| authority.port().is_some_and(|own| Some(own) != port)) {
            let taken = of_host.iter().filter_map(|authority| authority.port());
            let taken = taken.map(|port| port.to_string()).collect();
            return (FilterPart::Port, port.map(|port| port.to_string()), taken);
        }
        let path = data.and_then(AndroidUri::path);
        (FilterPart::Path, path.map(Into::into), patterns(self.paths()))
    }
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    texts.map(str::to_owned).collect()
}

fn patterns(patterns: &[PatternMatcher]) -> Vec<String> {
    patterns.iter().map(|pattern| pattern.pattern().to_owned()).collect()
}
