use std::fmt;

use super::{Authority, ContentType, FilterPart, IntentFilter, MatchCategory, NoMatch, PatternMatcher};
use crate::intent::{AndroidUri, Intent};
use crate::secret::Hidden;

/// Why a filter does not take an intent: the part, the intent's value and the filter's. Parts of the data are
/// decoded.
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mismatch {
    part: FilterPart,
    test: NoMatch,
    /// The values of both sides, in words.
    values: Hidden,
}

impl Mismatch {
    /// The mismatch of the filter that comes nearest to the intent, with the place of that filter. Nearest is
    /// the one whose part is the last in the order of [`FilterPart`]; of several the first. `None` if a
    /// filter takes the intent, and if there is no filter.
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
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.values.0)
    }
}

impl IntentFilter {
    /// As [`matches`](Self::matches), and names the part that does not match with the values of both sides.
    ///
    /// # Errors
    /// [`Mismatch`] for the first test that failed.
    pub fn explain(&self, intent: &Intent) -> Result<MatchCategory, Mismatch> {
        self.find_failed(intent).map_err(|(test, part)| self.mismatch(intent, test, part))
    }

    fn mismatch(&self, intent: &Intent, test: NoMatch, part: FilterPart) -> Mismatch {
        let data = intent.data();
        let scheme = data.and_then(AndroidUri::scheme);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (intent, filter) = match part {
            FilterPart::Action => (owned(intent.action()), texts(self.actions())),
            FilterPart::Scheme if self.schemes().len() > 0 => (owned(scheme), texts(self.schemes())),
            FilterPart::Scheme => {
                // Types alone take what a content provider or a file may be.
                let taken = ["content", "file"].into_iter().filter(|_| !self.content_types().is_empty());
                (owned(scheme.or_else(|| data.map(AndroidUri::as_str))), texts(taken))
            }
            FilterPart::SchemeSpecificPart => (
                data.map(|data| data.scheme_specific_part().into_owned()),
                patterns(self.scheme_specific_parts()),
            ),
            FilterPart::Host => {
                let hosts = texts(self.authorities().iter().map(Authority::host));
                (data.and_then(AndroidUri::host).map(Into::into), hosts)
            }
            FilterPart::Port => {
                let host = data.and_then(AndroidUri::host).unwrap_or_default();
                let of_host = self.authorities().iter().filter(|authority| authority.takes_host(&host));
                let ports = of_host.filter_map(Authority::port).map(|port| port.to_string()).collect();
                (data.and_then(AndroidUri::port).map(|port| port.to_string()), ports)
            }
            FilterPart::Path => (data.and_then(AndroidUri::path).map(Into::into), patterns(self.paths())),
            FilterPart::Type => {
                (owned(intent.mime_type()), texts(self.content_types().iter().map(ContentType::as_str)))
            }
            FilterPart::Category => {
                let missing = intent.categories().find(|category| !self.has_category(category));
                (owned(missing), texts(self.categories()))
            }
        };
        Mismatch { part, test, values: Hidden(values(intent.as_ref(), &filter).into()) }
    }
}

fn values(intent: Option<&String>, filter: &[String]) -> String {
    const SHOWN: usize = 4;
    let quoted = |value: &String| format!("{value:?}");
    let intent = intent.map_or_else(|| "none".to_owned(), quoted);
    let mut shown: Vec<String> = filter.iter().take(SHOWN).map(quoted).collect();
    match filter.len().saturating_sub(SHOWN) {
        0 if shown.is_empty() => shown.push("none".to_owned()),
        0 => {}
        more => shown.push(format!("{more} more")),
    }
    format!("the intent has {intent}, the filter takes {}", shown.join(" or "))
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    texts.map(str::to_owned).collect()
}

fn patterns(patterns: &[PatternMatcher]) -> Vec<String> {
    texts(patterns.iter().map(PatternMatcher::pattern))
}
