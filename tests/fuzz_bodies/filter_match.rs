//! Builds a filter and an intent from raw bytes and holds one against the other.

use tim_offline_push::intent::filter::{
    Authority, ContentType, IntentFilter, MatchCategory, MatchTarget, NoMatch, PatternKind, PatternMatcher,
    RelativeFilterGroup, RelativePart, required_filter,
};
use tim_offline_push::intent::manifest::FilterElement;
use tim_offline_push::intent::{Intent, ParseFlags};

/// The bytes are lines: a URI first, then one part of the filter a line, its sort in the first char.
pub fn filter_match(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.split('\n');
    let uri = lines.next().unwrap_or_default();
    let intent = Intent::parse_uri(uri, ParseFlags::NONE).unwrap_or_else(|_| Intent::new().with_data(uri));
    let filter = lines.fold(IntentFilter::new(), with_line);

    let matched = filter.matches(&intent);
    assert!(matched.map_or_else(NoMatch::value, MatchCategory::value) != 0);
    assert_eq!(filter.matches_target(&MatchTarget::new(&intent)), matched);
    assert_eq!(filter.explain(&intent).ok(), matched.ok(), "an explanation is of the same answer");
    let again = FilterElement::from(&filter).to_filter();
    assert_eq!(again.as_ref(), Ok(&filter), "a filter written as an element is read back as another one");

    let required = required_filter(&intent);
    assert!(required.matches(&intent).is_ok(), "the required filter does not take its intent: {required:?}");
}

fn with_line(filter: IntentFilter, line: &str) -> IntentFilter {
    let mut chars = line.chars();
    let sort = chars.next().unwrap_or('a');
    let rest = chars.as_str();
    match sort {
        'c' => filter.with_category(rest),
        's' => filter.with_scheme(rest),
        't' => ContentType::new(rest).into_iter().fold(filter, IntentFilter::with_content_type),
        'h' => {
            let (host, port) = rest.split_once(' ').map_or((rest, None), |(host, port)| (host, Some(port)));
            Authority::from_manifest(host, port).into_iter().fold(filter, IntentFilter::with_authority)
        }
        'p' => pattern(rest).into_iter().fold(filter, IntentFilter::with_path),
        'o' => pattern(rest).into_iter().fold(filter, IntentFilter::with_scheme_specific_part),
        'q' => pattern(rest)
            .map(|pattern| RelativeFilterGroup::allow().with_filter(RelativePart::Query, pattern))
            .into_iter()
            .fold(filter, IntentFilter::with_group),
        _ => filter.with_action(rest),
    }
}

fn pattern(text: &str) -> Option<PatternMatcher> {
    let mut chars = text.chars();
    let kind = match chars.next()? {
        'l' => PatternKind::Literal,
        'p' => PatternKind::Prefix,
        's' => PatternKind::Suffix,
        'g' => PatternKind::SimpleGlob,
        _ => PatternKind::AdvancedGlob,
    };
    PatternMatcher::new(kind, chars.as_str()).ok()
}
