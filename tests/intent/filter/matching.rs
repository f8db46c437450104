//! Hosts, queries and groups.

use tim_offline_push::intent::Intent;
use tim_offline_push::intent::filter::{
    Authority, ContentType, IntentFilter, MatchCategory, NoMatch, PatternMatcher, RelativeFilterGroup,
    RelativePart,
};

#[test]
fn hosts_are_compared_as_java_does() {
    let takes = |host: &str, data: &str| {
        IntentFilter::new()
            .with_scheme("s")
            .with_authority(Authority::new(host))
            .matches(&Intent::new().with_data(data))
            .is_ok()
    };
    assert!(takes("*.example.com", "s://www.EXAMPLE.com") && !takes("*.example.com", "s://example.com"));
    assert!(takes("*", "s://") && !takes("*", "s:opaque"));
    assert!(takes("i", "s://İ") && takes("ſ", "s://S") && takes("k", "s://\u{212A}"));
    assert!(
        takes("ὀᾳ", "s://Ὀᾼ") && !takes("ß", "s://ss") && !takes("ß", "s://s"),
        "one unit is compared with one unit"
    );
    assert!(!takes("𐐀", "s://𐐨"), "no case outside the basic plane");
    assert!(takes("*\u{1F600}", "s://a\u{1F600}"));
    assert!(
        takes("\u{A7DA}", "s://\u{A7DB}") && takes("*Ж\u{1C89}", "s://яж\u{1C8A}"),
        "pairs of Unicode 16"
    );
    for [upper, lower] in ["\u{A7D2}\u{A7D3}", "\u{A7CE}\u{A7CF}", "\u{A7D4}\u{A7D5}"]
        .map(|pair| [0, 1].map(|at| pair.chars().nth(at).unwrap().to_string()))
    {
        assert!(!takes(&upper, &format!("s://{lower}")), "Unicode 17 made these a pair, Android 16 has 16");
    }
}

#[test]
fn queries_are_split_as_java_splits() {
    let takes = |pattern: &str, query: &str| {
        let group =
            RelativeFilterGroup::allow().with_filter(RelativePart::Query, PatternMatcher::literal(pattern));
        IntentFilter::new()
            .with_scheme("s")
            .with_authority(Authority::new("h"))
            .with_group(group)
            .matches(&Intent::new().with_data(format!("s://h?{query}")))
            .is_ok()
    };
    assert!(takes("b=2", "a=1&b=2") && takes("b=2", "a=1;b=2") && !takes("b=2", "a=1&x;b=2"));
    assert!(takes("", "") && takes("", "&a") && takes("", "a&&b"));
    assert!(
        !takes("", "&") && !takes("", ";") && !takes("&", "&") && !takes("&&", "&&"),
        "separators alone have no piece between them"
    );
    assert!(takes("a&", "a&") && !takes("a", "a&"), "a single piece is looked for in the whole query again");
}

#[test]
fn the_first_matching_group_decides_after_the_paths() {
    let path = PatternMatcher::prefix;
    let filter = IntentFilter::new()
        .with_scheme("s")
        .with_authority(Authority::new("h"))
        .with_path(PatternMatcher::literal("/shop/open"))
        .with_group(RelativeFilterGroup::allow())
        .with_group(RelativeFilterGroup::block().with_filter(RelativePart::Path, path("/shop")))
        .with_group(RelativeFilterGroup::allow().with_filter(RelativePart::Path, path("/")));
    let matched = |data: &str| filter.matches(&Intent::new().with_data(data));
    assert_eq!(matched("s://h/chat"), Ok(MatchCategory::Path));
    assert_eq!(matched("s://h/shop/x"), Err(NoMatch::Data));
    assert_eq!(matched("s://h/shop/open"), Ok(MatchCategory::Path), "a path wins over a group that blocks");
}

#[test]
fn a_filter_says_something_of_data_only_if_it_has_a_part_for_it() {
    let plain = || IntentFilter::new().with_action("a").with_category("c");
    assert!(!IntentFilter::new().has_data() && !plain().has_data());
    let pattern = || PatternMatcher::literal("x");
    for filter in [
        plain().with_content_type(ContentType::new("text/plain").unwrap()),
        plain().with_scheme("s"),
        plain().with_scheme_specific_part(pattern()),
        plain().with_authority(Authority::new("h")),
        plain().with_path(pattern()),
        plain().with_group(RelativeFilterGroup::allow()),
    ] {
        assert!(filter.has_data(), "{filter:?}");
    }
}
