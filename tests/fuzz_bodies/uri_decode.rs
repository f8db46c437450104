//! What no text may do to the codec of URIs, and to what takes them apart.

use tim_offline_push::intent::{AndroidUri, AndroidVersion};

/// The first byte says how much of the text is what `encode` is to leave alone; the rest is the text.
pub fn uri_decode(data: &[u8]) {
    let Some((split, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let at = text.char_indices().map(|(at, _)| at).nth(usize::from(*split % 16)).unwrap_or(0);
    let (allowed, text) = text.split_at(at);
    codec(text, "");
    codec(text, allowed);
    taken_apart(text);
}

fn codec(text: &str, allowed: &str) {
    let encoded = AndroidUri::encode(text, allowed);
    assert!(encoded.len() <= 3 * text.len());
    if allowed.is_ascii() {
        assert!(encoded.is_ascii());
        if !allowed.contains('%') {
            assert_eq!(AndroidUri::decode(&encoded), text);
        }
    } else if allowed.chars().all(|c| c.len_utf16() == 1) && !allowed.contains('%') {
        assert_eq!(AndroidUri::decode(&encoded), text);
    }
    let decoded = AndroidUri::decode(text);
    // A lone `%` becomes U+FFFD, which is the most that one byte can grow to.
    assert!(decoded.len() <= 3 * text.len());
    if !text.contains('%') {
        assert_eq!(decoded, text);
    }
    let replacements = |text: &str| text.matches('\u{FFFD}').count();
    let written = text.to_ascii_uppercase().matches("%EF%BF%BD").count();
    match AndroidUri::bad_escape(text) {
        Some(at) => assert_eq!(text.as_bytes().get(at), Some(&b'%')),
        None => assert_eq!(replacements(&decoded), replacements(text) + written),
    }
    assert_eq!(AndroidUri::decode(&AndroidUri::encode(&decoded, "")), decoded);
}

fn taken_apart(text: &str) {
    let uri = AndroidUri::new(text);
    assert_eq!(uri.as_str(), text);
    for version in [AndroidVersion::OLDEST, AndroidVersion::NEWEST] {
        let parts = uri.on(version);
        let mut again = String::new();
        if let Some(scheme) = parts.scheme() {
            again.push_str(scheme);
            again.push(':');
        }
        again.push_str(parts.encoded_scheme_specific_part());
        if let Some(fragment) = parts.encoded_fragment() {
            again.push('#');
            again.push_str(fragment);
        }
        assert_eq!(again, text);

        let mut specific = String::new();
        if let Some(authority) = parts.encoded_authority() {
            specific.push_str("//");
            specific.push_str(authority);
        }
        assert_eq!(parts.encoded_path().is_some(), parts.is_hierarchical());
        if let Some(path) = parts.encoded_path() {
            specific.push_str(path);
            if let Some(query) = parts.encoded_query() {
                specific.push('?');
                specific.push_str(query);
            }
            assert_eq!(specific, parts.encoded_scheme_specific_part());
        }
        assert_eq!(parts.host().is_some(), parts.authority().is_some());
        assert!(parts.port().is_none_or(|port| port <= 1 << 31));
        drop((parts.user_info(), parts.query(), parts.fragment(), parts.scheme_specific_part()));
    }
}
