use super::{FilterError, FilterPart, MatchCategory};
use crate::intent::java_number::parse_int;

/// A host, and possibly a port, that a filter takes.
///
/// A host that begins with `*` is a wildcard: what follows must be the end of the intent's host, so
/// `*.example.com` takes `www.example.com` and not `example.com`, and `*` takes any host, the empty one too.
/// Hosts are compared without regard to letter case, as Java's `compareToIgnoreCase` does for each UTF-16
/// unit.
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
#[must_use]
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
    pub fn with_port(self, port: u32) -> Self {
        Self { port: Some(port), ..self }
    }

    /// A host and a port as a manifest writes them. A negative port means any.
    ///
    /// # Errors
    /// [`FilterError::PortNumber`] if the port is not what Java's `Integer.parseInt` reads.
    pub fn from_manifest(host: impl Into<Box<str>>, port: Option<&str>) -> Result<Self, FilterError> {
        let port = port.map(|text| parse_int(text).ok_or(FilterError::PortNumber)).transpose()?;
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

    /// Whether it takes a host, at whatever port.
    pub(super) fn takes_host(&self, host: &str) -> bool {
        match self.host.strip_prefix('*') {
            Some(end) => before_end(host, end).is_some(),
            None => *host == *self.host || before_end(host, &self.host).is_some_and(str::is_empty),
        }
    }

    /// How an intent's host and port match, or which of them does not.
    pub(super) fn matches(
        &self,
        host: &str,
        port: impl FnOnce() -> Option<u32>,
    ) -> Result<MatchCategory, FilterPart> {
        if !self.takes_host(host) {
            return Err(FilterPart::Host);
        }
        match self.port {
            None => Ok(MatchCategory::Host),
            own if own == port() => Ok(MatchCategory::Port),
            Some(_) => Err(FilterPart::Port),
        }
    }
}

/// The text before `end`, which is compared without regard to letter case. Java compares UTF-16 units; chars
/// give the same, since folding never changes how many units a char has.
fn before_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let mut chars = text.chars();
    let is_end = |wanted| chars.next_back().is_some_and(|char| fold_case(char) == fold_case(wanted));
    end.chars().rev().all(is_end).then_some(chars.as_str())
}

/// Java's `toLowerCase(toUpperCase(char))`, by which `String.compareToIgnoreCase` compares, with the letters of
/// Unicode 16, which Android 16 has. Java maps one UTF-16 unit to one: what Rust maps to more chars is
/// left alone but for `İ`, and so is a char outside of the Basic Multilingual Plane.
fn fold_case(char: char) -> char {
    // Where later versions of Unicode have letters with case, or have room for them.
    let is_later = || {
        matches!(char, '\u{1C8B}'..='\u{1C8F}' | '\u{A7CE}'..='\u{A7CF}' | '\u{A7D2}' | '\u{A7D4}')
            || matches!(char, '\u{A7DD}'..='\u{A7F1}')
    };
    if char.is_ascii() || char.len_utf16() == 2 || is_later() {
        return char.to_ascii_lowercase();
    }
    let upper = only(char.to_uppercase()).unwrap_or(char);
    if upper == 'İ' { 'i' } else { only(upper.to_lowercase()).unwrap_or(upper) }
}

fn only(mut chars: impl ExactSizeIterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.len() == 0)
}
