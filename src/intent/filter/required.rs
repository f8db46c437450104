use super::{Authority, ContentType, IntentFilter, PatternMatcher};
use crate::intent::{AndroidUri, Intent};

/// The filter that an intent needs: the narrowest one of literal parts that takes it.
///
/// It has the intent's action (`VIEW` if there is none, as a URI is read back), its categories, its type, and of its data the scheme with host, port and path, or, where the data has no host,
/// with the scheme-specific part up to the query. Query and fragment are left open. The category `DEFAULT` is not
/// added: [`IntentFilter::with_category`] does that.
///
/// [`IntentFilter::matches`] of the result always takes the intent. A type that no filter can name (`text`, the empty
/// text) is met by `*/*`. A selector replaces the intent when the system resolves it: ask with the selector then.
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
    let mut filter = IntentFilter::new().with_action(intent.action().unwrap_or(Intent::ACTION_VIEW));
    for category in intent.categories() {
        filter = filter.with_category(category);
    }
    if let Some(data) = intent.data() {
        filter = with_data(filter, data);
    }
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
    let authority = Authority::new(host);
    let filter = filter.with_authority(match data.port() {
        Some(port) => authority.with_port(port),
        None => authority,
    });
    match data.path().filter(|path| !path.is_empty()) {
        Some(path) => filter.with_path(PatternMatcher::literal(path)),
        None => filter,
    }
}
