use super::case_fold::fold_case;
use super::{FilterError, MatchCategory};
use crate::intent::java_number::parse_integer;

/// A host, and possibly a port, that a filter takes.
///
/// A host that begins with `*` is a wildcard: what follows must be the end of the intent's host, so `*.example.com` takes
/// `www.example.com` and not `example.com`, and `*` takes any host, the empty one too. Hosts are compared without regard
/// to letter case, as Java's `compareToIgnoreCase` does for each UTF-16 unit.
///
/// ```
/// use tim_offline_push::intent::filter::Authority;
///
/// let any_port = Authority::new("*.example.com");
/// let secure = Authority::new("example.com").with_port(8443);
/// assert_eq!(Authority::from_manifest("example.com", Some("8443"))?, secure);
/// assert_eq!(any_port.port(), None);
/// # Ok::<(), tim_offline_push::intent::filter::FilterError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Authority {
    host: Box<str>,
    port: Option<u32>,
}

impl Authority {
    /// A host, at any port.
    pub fn new(host: impl Into<Box<str>>) -> Self {
        Self { host: host.into(), port: None }
    }

    /// Only this port. Above 2³¹ − 1 it takes none.
    #[must_use]
    pub fn with_port(mut self, port: u32) -> Self {
        self.port = Some(port);
        self
    }

    /// A host and a port as a manifest writes them. A negative port means any.
    ///
    /// # Errors
    /// [`FilterError::PortNumber`] if the port is not what Java's `Integer.parseInt` reads.
    pub fn from_manifest(host: impl Into<Box<str>>, port: Option<&str>) -> Result<Self, FilterError> {
        let port = port
            .map(|text| {
                parse_integer(text).and_then(|port| i32::try_from(port).ok()).ok_or(FilterError::PortNumber)
            })
            .transpose()?;
        Ok(Self { host: host.into(), port: port.and_then(|port| u32::try_from(port).ok()) })
    }

    /// The host as it was given, with its `*`.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port; `None` takes any.
    pub const fn port(&self) -> Option<u32> {
        self.port
    }

    /// Whether it takes a host, and if so whether it takes the port too.
    pub(super) fn takes_host(&self, host: &str) -> bool {
        match self.host.strip_prefix('*') {
            Some(end) => before_end(host, end).is_some(),
            None => *host == *self.host || before_end(host, &self.host).is_some_and(str::is_empty),
        }
    }

    /// How an intent's host and port match, if they do.
    pub(super) fn matches(&self, host: &str, port: impl FnOnce() -> Option<u32>) -> Option<MatchCategory> {
        if !self.takes_host(host) {
            return None;
        }
        match self.port {
            None => Some(MatchCategory::Host),
            own => (own == port()).then_some(MatchCategory::Port),
        }
    }
}

/// The text before `end`, which is compared without regard to letter case. Java compares UTF-16 units; chars give the same,
/// since folding never changes how many units a char has.
fn before_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let start = text.len().checked_sub(end.len());
    if let Some((before, text_end)) = start.and_then(|start| text.split_at_checked(start)) {
        if text_end.eq_ignore_ascii_case(end) {
            return Some(before);
        }
        if text_end.is_ascii() && end.is_ascii() {
            return None;
        }
    }
    let mut chars = text.chars();
    let mut wanted = end.chars().rev();
    let equal =
        wanted.all(|wanted| chars.next_back().is_some_and(|char| fold_case(char) == fold_case(wanted)));
    equal.then_some(chars.as_str())
}
