//! Manifest elements.

use tim_offline_push::intent::Intent;
use tim_offline_push::intent::filter::{Authority, FilterError, NoMatch, PatternMatcher};
use tim_offline_push::intent::manifest::{DataElement, FilterElement, ManifestError};

#[test]
fn data_elements_are_pooled() {
    let element = FilterElement::new()
        .with_data(DataElement::new().with_scheme("a").with_host("one").with_port(1))
        .with_data(DataElement::new().with_scheme("b").with_path(&PatternMatcher::prefix("/p")))
        .with_data(DataElement::new().with_port(2));
    let filter = element.to_filter().unwrap();
    assert_eq!(filter.schemes().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(filter.authorities(), [Authority::new("one").with_port(1)], "a port alone is passed over");
    assert!(filter.matches(&Intent::new().with_data("b://one:1/px")).is_ok());
    assert_eq!(filter.matches(&Intent::new().with_data("a://one:1/x")), Err(NoMatch::Data));
    assert_eq!(
        DataElement::new().with_attribute("android:host", "x"),
        Err(ManifestError::AttributeName),
        "the name goes without its prefix"
    );
    let for_tools = DataElement::new().with_attribute("tools:replace", "android:scheme").unwrap();
    let for_tools = FilterElement::new().with_data(for_tools.with_scheme("a"));
    assert!(for_tools.to_string().contains(" tools:replace=\"android:scheme\""), "{for_tools}");
    assert!(for_tools.to_filter().unwrap().matches(&Intent::new().with_data("a:x")).is_ok());
    for name in ["tools:", "tools:tools:node", "xmlns:tools", ":node", "tools:no de"] {
        assert_eq!(DataElement::new().with_attribute(name, "x"), Err(ManifestError::AttributeName), "{name}");
    }
    assert_eq!(
        ManifestError::AttributeName.to_string(),
        "name of the attribute is not ASCII letters and digits, alone or behind tools:, without the android: prefix"
    );
    let malformed = DataElement::new().with_attribute("mimeType", "text").unwrap();
    assert_eq!(FilterElement::new().with_data(malformed).to_filter(), Err(FilterError::MalformedMimeType));
}

#[test]
fn an_element_is_written_as_it_was_built() {
    let element =
        FilterElement::new().with_action("A").with_category("C").with_action("A").with_category("C");
    assert_eq!(element.to_string().matches("<action").count(), 2);
    assert_eq!(element.to_string().matches("<category").count(), 2);
    assert_eq!(element.to_filter().unwrap().actions().count(), 1);
}
