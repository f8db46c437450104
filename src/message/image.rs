use super::{Field, PushInfoError};

/// Takes the address of an image, if it is one by HTTPS.
pub(super) fn https(field: Field, url: impl Into<Box<str>>) -> Result<Box<str>, PushInfoError> {
    let url = url.into();
    if is_https(&url) { Ok(url) } else { Err(PushInfoError::NotHttps { field }) }
}

/// Whether a text begins with `https://` and a host, and holds no white space, control character or backslash.
pub(super) fn is_https(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.eq_ignore_ascii_case("https") && !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':'])
    }) && !url.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\')
}
