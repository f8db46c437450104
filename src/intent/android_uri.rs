use std::borrow::Cow;
use std::fmt;

use super::codec;
use super::version::AndroidVersion;

/// A text as `android.net.Uri.parse` takes it: kept verbatim, never refused, never normalised.
///
/// The getters find the parts by position, as Android 16 does (AOSP android-16.0.0_r2, Uri.java); for another
/// release see [`AndroidUri::on`]. `encoded_…` gives the text as it stands, the others decode its escapes.
///
/// ```
/// use tim_offline_push::intent::AndroidUri;
///
/// let uri = AndroidUri::new("pushscheme://com.tencent.qcloud.tim/detail?id=1");
/// assert_eq!(uri.scheme(), Some("pushscheme"));
/// assert_eq!(uri.host().as_deref(), Some("com.tencent.qcloud.tim"));
/// assert_eq!(uri.path().as_deref(), Some("/detail"));
/// assert_eq!(uri.port(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AndroidUri<'a> {
    text: &'a str,
    hardened: bool,
    scheme: Option<&'a str>,
    /// The text after the scheme.
    rest: &'a str,
}

impl AndroidUri<'_> {
    /// Escapes everything but ASCII letters, digits, `_-!.~'()*` and the chars of `allowed`:
    /// `Uri.encode(text, allowed)`.
    ///
    /// `allowed` is compared by UTF-16 units, as Android does. Where that would tear a char in two, U+FFFD
    /// stands for the half that is kept and `%3F` for the other.
    ///
    /// ```
    /// use tim_offline_push::intent::AndroidUri;
    ///
    /// assert_eq!(AndroidUri::encode("a b/c", "/"), "a%20b/c");
    /// assert_eq!(AndroidUri::encode("你", ""), "%E4%BD%A0");
    /// ```
    pub fn encode<'t>(text: &'t str, allowed: &str) -> Cow<'t, str> {
        codec::encode(text, allowed)
    }

    /// Reads escapes: `Uri.decode(text)`. `+` stays `+`. Bytes that are no UTF-8 give U+FFFD, one for each
    /// maximal invalid part; so does a malformed escape, which also eats the bad char and leaves the
    /// half-read byte after it.
    ///
    /// ```
    /// use tim_offline_push::intent::AndroidUri;
    ///
    /// assert_eq!(AndroidUri::decode("%E4%BD%A0+%20"), "你+ ");
    /// assert_eq!(AndroidUri::decode("%4z!"), "\u{FFFD}\u{4}!");
    /// assert_eq!(AndroidUri::decode("ab%4"), "ab\u{FFFD}");
    /// ```
    pub fn decode(text: &str) -> Cow<'_, str> {
        codec::decode(text)
    }

    /// Finds the first `%` that [`decode`](Self::decode) cannot read: two hex digits do not follow it, or the
    /// bytes of which its escape is one are not UTF-8. Returns its place in bytes. A text with such an escape
    /// comes back with U+FFFD in it; a `%` that is meant as itself is written `%25`.
    ///
    /// ```
    /// use tim_offline_push::intent::AndroidUri;
    ///
    /// assert_eq!(AndroidUri::bad_escape("intent:#Intent;S.title=100%折扣;end"), Some(26));
    /// assert_eq!(AndroidUri::bad_escape("caf%C3%A9 or caf%E9"), Some(16));
    /// assert_eq!(AndroidUri::bad_escape("100%25"), None);
    /// ```
    pub fn bad_escape(text: &str) -> Option<usize> {
        codec::bad_escape(text)
    }
}

impl<'a> AndroidUri<'a> {
    /// Takes any text.
    pub fn new(text: &'a str) -> Self {
        let split = split_at_any(text, |byte| byte == b':');
        let (scheme, rest) = split.map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
        Self { text, hardened: true, scheme, rest: rest.strip_prefix(':').unwrap_or(rest) }
    }

    /// The same text, of which the getters find the parts as the given Android does.
    #[must_use]
    pub fn on(self, version: AndroidVersion) -> Self {
        Self { hardened: version.since(24), ..self }
    }

    /// The text as it was given.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// The text before the first `:`, whatever chars it has; `None` without a `:`.
    pub fn scheme(self) -> Option<&'a str> {
        self.scheme
    }

    /// Whether there is no scheme, or `/` follows it.
    pub fn is_hierarchical(self) -> bool {
        self.scheme.is_none() || self.rest.starts_with('/')
    }

    /// What stands between the scheme and the fragment, as it is written.
    pub fn encoded_scheme_specific_part(self) -> &'a str {
        self.rest.split_once('#').map_or(self.rest, |(part, _)| part)
    }

    /// What stands between the scheme and the fragment.
    pub fn scheme_specific_part(self) -> Cow<'a, str> {
        codec::decode(self.encoded_scheme_specific_part())
    }

    /// The authority, and the text from the path on.
    fn split_rest(self) -> (Option<&'a str>, &'a str) {
        let Some(rest) = self.rest.strip_prefix("//") else { return (None, self.rest) };
        let ends = |byte| matches!(byte, b'/' | b'?' | b'#') || (byte == b'\\' && self.hardened);
        let (authority, rest) = split_at_any(rest, ends).unwrap_or((rest, ""));
        (Some(authority), rest)
    }

    /// The text after `//`, up to the path, query or fragment, as it is written.
    pub fn encoded_authority(self) -> Option<&'a str> {
        self.split_rest().0
    }

    /// The text after `//`, up to the path, query or fragment.
    pub fn authority(self) -> Option<Cow<'a, str>> {
        self.encoded_authority().map(codec::decode)
    }

    /// The user info as it is written, and the rest of the authority.
    fn split_user_info(self, authority: &'a str) -> (Option<&'a str>, &'a str) {
        let split = if self.hardened { authority.rsplit_once('@') } else { authority.split_once('@') };
        split.map_or((None, authority), |(user_info, rest)| (Some(user_info), rest))
    }

    /// Host and port as they are written.
    fn split_host(self, authority: &'a str) -> (&'a str, Option<&'a str>) {
        let (_, rest) = self.split_user_info(authority);
        if !self.hardened {
            return rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
        }
        let without_digits = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        match without_digits.strip_suffix(':') {
            Some(host) => (host, rest.split_at_checked(without_digits.len()).map(|(_, port)| port)),
            None => (rest, None),
        }
    }

    /// The text before the last `@` of the authority.
    pub fn user_info(self) -> Option<Cow<'a, str>> {
        self.split_user_info(self.encoded_authority()?).0.map(codec::decode)
    }

    /// The authority without user info and port.
    pub fn host(self) -> Option<Cow<'a, str>> {
        Some(codec::decode(self.split_host(self.encoded_authority()?).0))
    }

    /// The port; `None` where Android says −1: none, empty, or above 2³¹ − 1.
    pub fn port(self) -> Option<u32> {
        let port = codec::decode(self.split_host(self.encoded_authority()?).1?);
        port.parse().ok().filter(|port| i32::try_from(*port).is_ok())
    }

    /// The path as it is written. `None` for an opaque URI, which is one with a scheme that no `/` follows.
    pub fn encoded_path(self) -> Option<&'a str> {
        let (_, rest) = self.split_rest();
        let path = split_at_any(rest, |byte| matches!(byte, b'?' | b'#')).map_or(rest, |(path, _)| path);
        self.is_hierarchical().then_some(path)
    }

    /// The path.
    pub fn path(self) -> Option<Cow<'a, str>> {
        self.encoded_path().map(codec::decode)
    }

    /// The query as it is written.
    pub fn encoded_query(self) -> Option<&'a str> {
        self.encoded_scheme_specific_part().split_once('?').map(|(_, query)| query)
    }

    /// The query.
    pub fn query(self) -> Option<Cow<'a, str>> {
        self.encoded_query().map(codec::decode)
    }

    /// The fragment as it is written.
    pub fn encoded_fragment(self) -> Option<&'a str> {
        self.rest.split_once('#').map(|(_, fragment)| fragment)
    }

    /// The fragment.
    pub fn fragment(self) -> Option<Cow<'a, str>> {
        self.encoded_fragment().map(codec::decode)
    }
}

impl fmt::Display for AndroidUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// Shows the scheme and the length: the rest may hold what a user wrote.
impl fmt::Debug for AndroidUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scheme() {
            Some(scheme) if scheme.len() <= 32 => {
                write!(f, "AndroidUri({scheme:?}, {} bytes)", self.text.len())
            }
            _ => write!(f, "AndroidUri({} bytes)", self.text.len()),
        }
    }
}

/// Splits a text before its first byte of some kind, which must be ASCII.
fn split_at_any(text: &str, wanted: impl Fn(u8) -> bool) -> Option<(&str, &str)> {
    text.split_at_checked(text.bytes().position(wanted)?)
}
