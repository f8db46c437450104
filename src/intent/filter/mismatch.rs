use std::fmt;

use super::{Authority, ContentType, FilterPart, IntentFilter, MatchCategory, PatternMatcher};
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
        self.find_failed(intent).map_err(|(_, part)| self.mismatch(intent, part))
    }

    fn mismatch(&self, intent: &Intent, part: FilterPart) -> Mismatch {
        let data = intent.data();
        let scheme = data.and_then(AndroidUri::scheme);
        let values = match part {
            FilterPart::Action => values(intent.action(), &mut self.actions()),
            FilterPart::Scheme if self.schemes().len() > 0 => values(scheme, &mut self.schemes()),
            FilterPart::Scheme => {
                // Types alone take what a content provider or a file may be.
                let mut taken = ["content", "file"].into_iter().filter(|_| !self.content_types().is_empty());
                values(scheme.or_else(|| data.map(AndroidUri::as_str)), &mut taken)
            }
            FilterPart::SchemeSpecificPart => {
                let own = data.map(AndroidUri::scheme_specific_part);
                values(own.as_deref(), &mut self.scheme_specific_parts().iter().map(PatternMatcher::pattern))
            }
            FilterPart::Host => {
                let host = data.and_then(AndroidUri::host);
                values(host.as_deref(), &mut self.authorities().iter().map(Authority::host))
            }
            FilterPart::Port => {
                let host = data.and_then(AndroidUri::host).unwrap_or_default();
                let of_host = self.authorities().iter().filter(|authority| authority.takes_host(&host));
                let ports: Vec<String> =
                    of_host.filter_map(Authority::port).map(|port| port.to_string()).collect();
                let own = data.and_then(AndroidUri::port).map(|port| port.to_string());
                values(own.as_deref(), &mut ports.iter().map(String::as_str))
            }
            FilterPart::Path => values(
                data.and_then(AndroidUri::path).as_deref(),
                &mut self.paths().iter().map(PatternMatcher::pattern),
            ),
            FilterPart::Type => {
                values(intent.mime_type(), &mut self.content_types().iter().map(ContentType::as_str))
            }
            FilterPart::Category => {
                let missing = intent.categories().find(|category| !self.has_category(category));
                values(missing, &mut self.categories())
            }
        };
        Mismatch { part, values: Hidden(values.into()) }
    }
}

fn values(intent: Option<&str>, filter: &mut dyn Iterator<Item = &str>) -> String {
    const SHOWN: usize = 4;
    let quoted = |value: &str| format!("{value:?}");
    let intent = intent.map_or_else(|| "none".to_owned(), quoted);
    let mut shown: Vec<String> = filter.take(SHOWN).map(quoted).collect();
    match filter.count() {
        0 if shown.is_empty() => shown.push("none".to_owned()),
        0 => {}
        more => shown.push(format!("{more} more")),
    }
    format!("the intent has {intent}, the filter takes {}", shown.join(" or "))
}
