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

    /// How an intent's host and port match, if they do.
    pub(super) fn matches(&self, host: &str, port: Option<u32>) -> Option<MatchCategory> {
        let host_fits = match self.host.strip_prefix('*') {
            Some(end) => ends_with_ignoring_case(host, end),
            None => units(host) == units(&self.host) && ends_with_ignoring_case(host, &self.host),
        };
        match self.port {
            _ if !host_fits => None,
            None => Some(MatchCategory::Host),
            wanted => (wanted == port).then_some(MatchCategory::Port),
        }
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    units(text).checked_sub(units(end)).is_some_and(|before| {
        text.encode_utf16().skip(before).map(fold_case).eq(end.encode_utf16().map(fold_case))
    })
}

/// Java's `toLowerCase(toUpperCase(char))`, which maps one unit to one unit. Rust's tables map some chars to several:
/// upper-casing those leaves them alone in Java, and lower-casing concerns U+0130 only, which gives `i`.
fn fold_case(unit: u16) -> u16 {
    let Some(char) = char::from_u32(u32::from(unit)) else { return unit };
    if char.is_ascii() {
        return u16::try_from(u32::from(char.to_ascii_lowercase())).unwrap_or(unit);
    }
    let mut upper = char.to_uppercase();
    let upper = if upper.len() == 1 { upper.next().unwrap_or(char) } else { char };
    let lower = upper.to_lowercase().next().unwrap_or(upper);
    u16::try_from(u32::from(lower)).unwrap_or(unit)
}
