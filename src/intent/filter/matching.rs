use std::borrow::Cow;
use std::fmt;

use thiserror::Error;

use super::{Authority, ContentType, IntentFilter, PatternMatcher, RelativeFilterGroup};
use crate::intent::{AndroidUri, Intent};

/// How closely an intent matches a filter: the part of the filter that decided, from the least to the most
/// exact.
///
/// [`value`](Self::value) is the number that Android gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MatchCategory {
    /// Neither data nor type.
    Empty = 0x10_8000,
    /// The scheme.
    Scheme = 0x20_8000,
    /// The host.
    Host = 0x30_8000,
    /// Host and port.
    Port = 0x40_8000,
    /// The path, or a group.
    Path = 0x50_8000,
    /// The scheme-specific part.
    SchemeSpecificPart = 0x58_8000,
    /// The MIME type.
    Type = 0x60_8000,
}

impl MatchCategory {
    /// The number that `IntentFilter.match` gives: Android's `MATCH_CATEGORY_…` plus
    /// `MATCH_ADJUSTMENT_NORMAL`.
    #[expect(clippy::as_conversions, reason = "as the enum numbers them")]
    pub const fn value(self) -> i32 {
        self as i32
    }
}

/// Which test of a filter an intent did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
#[non_exhaustive]
pub enum NoMatch {
    /// The MIME type.
    #[error("the filter does not take the type")]
    Type,
    /// The data.
    #[error("the filter does not take the data")]
    Data,
    /// The action.
    #[error("the filter does not take the action")]
    Action,
    /// A category.
    #[error("the filter lacks a category of the intent")]
    Category,
}

impl NoMatch {
    /// The number that `IntentFilter.match` gives.
    pub const fn value(self) -> i32 {
        match self {
            Self::Type => -1,
            Self::Data => -2,
            Self::Action => -3,
            Self::Category => -4,
        }
    }
}

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

/// An intent whose data are taken apart once, to be matched with many filters: [`IntentFilter::matches`] does
/// so at each call.
///
/// ```
/// use tim_offline_push::intent::Intent;
/// use tim_offline_push::intent::filter::{IntentFilter, MatchTarget};
///
/// let filters = ["web", "app"].map(|scheme| IntentFilter::new().with_scheme(scheme));
/// let intent = Intent::new().with_data("app://chat/7");
/// let target = MatchTarget::new(&intent);
/// let taken = filters.iter().position(|filter| filter.matches_target(&target).is_ok());
/// assert_eq!(taken, Some(1));
/// ```
#[derive(Clone)]
pub struct MatchTarget<'i> {
    intent: &'i Intent,
    data: Option<AndroidUri<'i>>,
    /// Host and path of the data, unless they are to be found when they are needed.
    parts: Option<HostAndPath<'i>>,
}

impl<'i> MatchTarget<'i> {
    /// Takes the data of an intent apart.
    pub fn new(intent: &'i Intent) -> Self {
        let data = intent.data();
        Self { intent, data, parts: data.map(host_and_path) }
    }
}

impl fmt::Debug for MatchTarget<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MatchTarget").field(self.intent).finish()
    }
}

/// The test that failed and the part that it looked at.
pub(super) type Failed = (NoMatch, FilterPart);

/// The host and the path of data, decoded.
type HostAndPath<'d> = (Option<Cow<'d, str>>, Option<Cow<'d, str>>);

fn host_and_path(data: AndroidUri<'_>) -> HostAndPath<'_> {
    (data.host(), data.path())
}

impl IntentFilter {
    /// Whether the filter takes the intent, and how closely it matches.
    ///
    /// The tests run in Android's order: action, then data and type, then categories. An intent without
    /// action passes the first one even for a filter without actions.
    ///
    /// The system adds the category `DEFAULT` to the requirements of an implicit `startActivity`. That is not
    /// done here: ask with an intent that has it. For many filters, see [`MatchTarget`].
    ///
    /// # Errors
    /// [`NoMatch`] names the first test that failed.
    pub fn matches(&self, intent: &Intent) -> Result<MatchCategory, NoMatch> {
        self.find_failed(intent).map_err(|(test, _)| test)
    }

    /// As [`matches`](Self::matches), for an intent that is matched with many filters.
    ///
    /// # Errors
    /// [`NoMatch`] names the first test that failed.
    pub fn matches_target(&self, target: &MatchTarget<'_>) -> Result<MatchCategory, NoMatch> {
        self.match_all(target).map_err(|(test, _)| test)
    }

    pub(super) fn find_failed(&self, intent: &Intent) -> Result<MatchCategory, Failed> {
        self.match_all(&MatchTarget { intent, data: intent.data(), parts: None })
    }

    /// Runs all tests.
    fn match_all(&self, target: &MatchTarget<'_>) -> Result<MatchCategory, Failed> {
        let intent = target.intent;
        if intent.action().is_some_and(|action| !self.has_action(action)) {
            return Err((NoMatch::Action, FilterPart::Action));
        }
        let matched = self.match_data(target)?;
        if intent.categories().all(|category| self.has_category(category)) {
            Ok(matched)
        } else {
            Err((NoMatch::Category, FilterPart::Category))
        }
    }

    /// Runs the test for data and type.
    fn match_data(&self, target: &MatchTarget<'_>) -> Result<MatchCategory, Failed> {
        let (content_type, data) = (target.intent.mime_type(), target.data);
        let has_types = !self.content_types().is_empty();
        let has_schemes = self.schemes().len() > 0;
        if !has_types && !has_schemes {
            return match (content_type, data) {
                (None, None) => Ok(MatchCategory::Empty),
                (Some(_), None) => Err((NoMatch::Data, FilterPart::Type)),
                (_, Some(_)) => Err((NoMatch::Data, FilterPart::Scheme)),
            };
        }
        let by_data = if has_schemes {
            self.match_uri(data, target.parts.as_ref()).map_err(|part| (NoMatch::Data, part))?
        } else {
            // A filter that names types only takes what a content provider or a file may be.
            match data.and_then(AndroidUri::scheme) {
                None | Some("" | "content" | "file") => MatchCategory::Empty,
                Some(_) => return Err((NoMatch::Data, FilterPart::Scheme)),
            }
        };
        match content_type {
            None if !has_types => Ok(by_data),
            Some(content_type) if self.content_types().iter().any(|own| own.accepts(content_type)) => {
                Ok(MatchCategory::Type)
            }
            None | Some(_) => Err((NoMatch::Type, FilterPart::Type)),
        }
    }

    fn match_uri(
        &self,
        data: Option<AndroidUri<'_>>,
        known: Option<&HostAndPath<'_>>,
    ) -> Result<MatchCategory, FilterPart> {
        if !self.has_scheme(data.and_then(AndroidUri::scheme).unwrap_or_default()) {
            return Err(FilterPart::Scheme);
        }
        let is_part = |data: AndroidUri<'_>| {
            let part = data.scheme_specific_part();
            self.scheme_specific_parts().iter().any(|pattern| pattern.matches(&part))
        };
        let has_parts = !self.scheme_specific_parts().is_empty() && data.is_some();
        if has_parts && data.is_some_and(is_part) {
            return Ok(MatchCategory::SchemeSpecificPart);
        }
        if self.authorities().is_empty() {
            return if has_parts { Err(FilterPart::SchemeSpecificPart) } else { Ok(MatchCategory::Scheme) };
        }
        let data = data.ok_or(FilterPart::Host)?;
        let own;
        let (host, path) = if let Some(known) = known {
            known
        } else {
            own = host_and_path(data);
            &own
        };
        let host = host.as_ref().ok_or(FilterPart::Host)?;
        let mut by_authority = Err(FilterPart::Host);
        for authority in self.authorities() {
            let matched = |part| authority.matches(host, || data.port()).map_err(|own| own.max(part));
            by_authority = by_authority.or_else(matched);
        }
        let by_authority = by_authority?;
        if self.paths().is_empty() && self.groups().is_empty() {
            return Ok(by_authority);
        }
        let by_path =
            path.as_ref().is_some_and(|path| self.paths().iter().any(|pattern| pattern.matches(path)));
        if by_path || self.matches_group(data) { Ok(MatchCategory::Path) } else { Err(FilterPart::Path) }
    }

    fn matches_group(&self, data: AndroidUri<'_>) -> bool {
        self.groups().iter().find(|group| group.matches(data)).is_some_and(RelativeFilterGroup::allows)
    }
}

/// The filter that an intent needs: the narrowest one of literal parts that takes it.
///
/// It has the intent's action (`VIEW` if there is none, as a URI is read back), its categories, its type, and
/// of its data the scheme with host, port and path, or, where the data has no host, with the scheme-specific
/// part up to the query. Query and fragment are left open. The category `DEFAULT` is not added:
/// [`IntentFilter::with_category`] does that.
///
/// [`IntentFilter::matches`] of the result always takes the intent. A type that no filter can name (`text`,
/// the empty text) is met by `*/*`. A selector replaces the intent when the system resolves it: ask with the
/// selector then.
///
/// ```
/// use tim_offline_push::intent::filter::{MatchCategory, required_filter};
/// use tim_offline_push::intent::Intent;
///
/// let intent = Intent::new().with_data("pushscheme://com.tencent.qcloud.tim/detail?id=1");
/// let filter = required_filter(&intent);
/// assert_eq!(filter.schemes().collect::<Vec<_>>(), ["pushscheme"]);
/// assert_eq!(filter.paths()[0].pattern(), "/detail");
/// assert_eq!(filter.matches(&intent), Ok(MatchCategory::Path));
/// ```
pub fn required_filter(intent: &Intent) -> IntentFilter {
    let filter = IntentFilter::new().with_action(intent.action().unwrap_or(Intent::ACTION_VIEW));
    let filter = intent.categories().fold(filter, IntentFilter::with_category);
    let mut filter = intent.data().into_iter().fold(filter, with_data);
    if let Some(content_type) = intent.mime_type() {
        if let Ok(content_type) = ContentType::new(content_type).or_else(|_| ContentType::new("*/*")) {
            filter = filter.with_content_type(content_type);
        }
    }
    filter
}

fn with_data(filter: IntentFilter, data: AndroidUri<'_>) -> IntentFilter {
    let filter = filter.with_scheme(data.scheme().unwrap_or_default());
    let Some(host) = data.host().filter(|host| !host.is_empty()) else {
        let part = data.scheme_specific_part();
        // A query is decoded with the rest here, so it is cut off the undecoded text.
        let encoded = data.encoded_scheme_specific_part();
        return filter.with_scheme_specific_part(match encoded.split_once('?') {
            Some((before, _)) => PatternMatcher::prefix(AndroidUri::decode(before)),
            None => PatternMatcher::literal(part),
        });
    };
    let authority = data.port().into_iter().fold(Authority::new(host), Authority::with_port);
    let path = data.path().filter(|path| !path.is_empty()).map(PatternMatcher::literal);
    path.into_iter().fold(filter.with_authority(authority), IntentFilter::with_path)
}
