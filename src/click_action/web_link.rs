use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

/// The address of a web page, as the console and the vendors take it.
///
/// The text itself must begin with `http://` or `https://` and a host, and hold no white space, control character or
/// backslash; then the WHATWG parser (crate `url`) must agree that it is such an address. That parser alone would take
/// `http:foo.com`, ` https://a.com` and `https:\\a.com`, which a vendor's server or a phone may not. The text is kept and
/// emitted as it was given, never in the parser's spelling.
///
/// ```
/// use tim_offline_push::click_action::{WebLink, WebLinkError};
///
/// let page = WebLink::new("https://cloud.tencent.com/document/product/269")?;
/// assert_eq!(page.as_str(), "https://cloud.tencent.com/document/product/269");
/// assert_eq!(WebLink::new("cloud.tencent.com"), Err(WebLinkError::NotWeb));
/// # Ok::<(), WebLinkError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebLink(Box<str>);

impl WebLink {
    /// Checks and takes an address.
    ///
    /// # Errors
    /// [`WebLinkError`] names the first rule that it breaks.
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, WebLinkError> {
        let text = text.into();
        let (scheme, rest) = ["http", "https"]
            .into_iter()
            .find_map(|scheme| Some((scheme, text.strip_prefix(scheme)?.strip_prefix("://")?)))
            .ok_or(WebLinkError::NotWeb)?;
        for (at, char) in text.char_indices() {
            if char.is_control() {
                return Err(WebLinkError::Control { at });
            }
            if char.is_whitespace() {
                return Err(WebLinkError::WhiteSpace { at });
            }
            if char == '\\' {
                return Err(WebLinkError::Backslash { at });
            }
        }
        if rest.starts_with(['/', '?', '#', ':']) || rest.is_empty() {
            return Err(WebLinkError::NoHost);
        }
        let url = Url::parse(&text).map_err(|_| WebLinkError::NotAnAddress)?;
        if url.scheme() != scheme || url.host_str().is_none_or(str::is_empty) {
            return Err(WebLinkError::NotAnAddress);
        }
        Ok(Self(text))
    }

    /// The address as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it begins with `https://`.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for WebLink {
    type Err = WebLinkError;

    fn from_str(text: &str) -> Result<Self, WebLinkError> {
        Self::new(text)
    }
}

impl TryFrom<String> for WebLink {
    type Error = WebLinkError;

    fn try_from(text: String) -> Result<Self, WebLinkError> {
        Self::new(text)
    }
}

impl From<WebLink> for String {
    fn from(link: WebLink) -> Self {
        link.0.into()
    }
}

impl fmt::Display for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Shows the length only: an address may carry what a user wrote.
impl fmt::Debug for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebLink({} bytes)", self.0.len())
    }
}

/// Why a text is no [`WebLink`]. Positions are bytes from the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum WebLinkError {
    /// It does not begin with `http://` or `https://`, in small letters
    /// (Tencent's Android offline-push document, 2021 edition).
    #[error("web link does not begin with http:// or https://")]
    NotWeb,
    /// Nothing that could be a host follows.
    #[error("web link has no host")]
    NoHost,
    /// It holds white space.
    #[error("web link has white space at byte {at}")]
    WhiteSpace {
        /// Where.
        at: usize,
    },
    /// It holds a control character.
    #[error("web link has a control character at byte {at}")]
    Control {
        /// Where.
        at: usize,
    },
    /// It holds a backslash, which browsers read as a slash and Android as the end of the host.
    #[error("web link has a backslash at byte {at}")]
    Backslash {
        /// Where.
        at: usize,
    },
    /// The WHATWG parser refuses it, or finds another scheme or no host.
    #[error("web link is not a valid web address")]
    NotAnAddress,
}

impl WebLinkError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotWeb => "web_link_not_web",
            Self::NoHost => "web_link_no_host",
            Self::WhiteSpace { .. } => "web_link_white_space",
            Self::Control { .. } => "web_link_control",
            Self::Backslash { .. } => "web_link_backslash",
            Self::NotAnAddress => "web_link_not_an_address",
        }
    }
}
