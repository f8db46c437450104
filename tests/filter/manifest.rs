//! Manifest elements and their snippets.

use tim_offline_push::intent::filter::{
    Authority, FilterError, GroupAction, NoMatch, PatternKind, PatternMatcher, RelativeFilter,
    RelativeFilterGroup, RelativePart,
};
use tim_offline_push::intent::manifest::{
    ComponentElement, ComponentKind, DataElement, FilterElement, ManifestError,
};

use crate::manifest_snippet;

#[test]
fn data_elements_are_pooled() {
    let element = FilterElement::new()
        .with_data(DataElement::new().with_scheme("a").with_host("one").with_port(1))
        .with_data(DataElement::new().with_scheme("b").with_path(&PatternMatcher::prefix("/p")))
        .with_data(DataElement::new().with_port(2));
    let filter = element.to_filter().unwrap();
    assert_eq!(filter.schemes().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(filter.authorities(), [Authority::new("one").with_port(1)], "a port alone is passed over");
    assert!(filter.match_data(None, Some("b://one:1/px".into())).is_ok());
    assert_eq!(filter.match_data(None, Some("a://one:1/x".into())), Err(NoMatch::Data));
    assert_eq!(
        DataElement::new().with_attribute("android:host", "x"),
        Err(ManifestError::AttributeName),
        "the name goes without its prefix"
    );
    let for_tools = DataElement::new().with_attribute("tools:replace", "android:scheme").unwrap();
    let for_tools = FilterElement::new().with_data(for_tools.with_scheme("a"));
    assert!(for_tools.to_string().contains(" tools:replace=\"android:scheme\""), "{for_tools}");
    assert!(for_tools.to_filter().unwrap().match_data(None, Some("a:x".into())).is_ok());
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
fn a_snippet_escapes_for_xml_and_for_the_resource_compiler() {
    let path = "/a\\.b\"<&>'\t\u{1}${id}";
    let element =
        FilterElement::new().with_data(DataElement::new().with_path(&PatternMatcher::simple_glob(path)));
    let text = element.to_string();
    assert!(text.contains(r#"android:pathPattern="/a\\.b&quot;&lt;&amp;&gt;'&#9;\u0001${id}""#), "{text}");
    let read = manifest_snippet::read(&text).unwrap();
    assert_eq!(read.children[0].attribute("pathPattern"), Some(path));

    let plain =
        ComponentElement::new(ComponentKind::Service, ".Push").with_attribute("permission", "@string/p");
    assert_eq!(
        plain.unwrap().to_string(),
        "<service\n    android:name=\".Push\"\n    android:permission=\"@string/p\" />\n"
    );
}

#[test]
fn groups_are_written_with_all_fifteen_attributes() {
    let filter = PatternKind::ALL
        .into_iter()
        .flat_map(|kind| {
            [RelativePart::Path, RelativePart::Query, RelativePart::Fragment].map(|part| (kind, part))
        })
        .fold(RelativeFilterGroup::new(GroupAction::Block), |group, (kind, part)| {
            group.with_filter(RelativeFilter::new(part, PatternMatcher::new(kind, "x").unwrap()))
        });
    let read = manifest_snippet::read(&FilterElement::new().with_group(filter).to_string()).unwrap();
    let group = &read.children[0];
    assert_eq!((group.tag.as_str(), group.attribute("allow")), ("uri-relative-filter-group", Some("false")));
    let names: std::collections::BTreeSet<_> =
        group.children.iter().flat_map(|data| &data.attributes).map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), 15);
    assert!(names.contains("queryAdvancedPattern") && names.contains("fragment"));
}
