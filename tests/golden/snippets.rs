//! Manifest snippets, read back by an XML reader of the tests' own.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tim_offline_push::click_action::Screen;
use tim_offline_push::intent::filter::{PatternKind, PatternMatcher, RelativeFilterGroup, RelativePart};
use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, DataElement, FilterElement};

use crate::manifest_snippet::read;

/// As it stands in Tencent's Android offline-push document (2021 edition).
const MANIFEST: &str = r#"
   <activity
   	android:name="com.tencent.qcloud.tim.demo.chat.ChatActivity"
   	android:launchMode="singleTask"
   	android:screenOrientation="portrait"
   	android:windowSoftInputMode="adjustResize|stateHidden">
   	<intent-filter>
   		<action android:name="android.intent.action.VIEW" />
   		<data
   			android:host="com.tencent.qcloud.tim"
   			android:path="/detail"
   			android:scheme="pushscheme" />
   	</intent-filter>
   </activity>
"#;

#[test]
fn tencents_example_comes_out_to_the_letter() {
    let class = "com.tencent.qcloud.tim.demo.chat.ChatActivity";
    let screen =
        Screen::new("com.tencent.qcloud.tim.tuikit", class, "pushscheme://com.tencent.qcloud.tim/detail")
            .unwrap();
    let snippet = read(&screen.manifest_of_2021().to_string()).unwrap();
    assert_eq!(snippet, read(MANIFEST).unwrap());
    assert_eq!(snippet.attribute("name"), Some(class));
}

#[test]
fn a_snippet_escapes_for_xml_and_for_the_resource_compiler() {
    let path = "/a\\.b\"<&>'\t\u{1}${id}";
    let element = FilterElement::new().with_data(
        DataElement::new().with_path(&PatternMatcher::new(PatternKind::SimpleGlob, path).unwrap()),
    );
    let text = element.to_string();
    assert!(text.contains(r#"android:pathPattern="/a\\.b&quot;&lt;&amp;&gt;'&#9;\u0001${id}""#), "{text}");
    let snippet = read(&text).unwrap();
    assert_eq!(snippet.children[0].attribute("pathPattern"), Some(path));

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
        .iter()
        .copied()
        .flat_map(|kind| {
            [RelativePart::Path, RelativePart::Query, RelativePart::Fragment].map(|part| (kind, part))
        })
        .fold(RelativeFilterGroup::block(), |group, (kind, part)| {
            group.with_filter(part, PatternMatcher::new(kind, "x").unwrap())
        });
    let snippet = read(&FilterElement::new().with_group(filter).to_string()).unwrap();
    let group = &snippet.children[0];
    assert_eq!((group.tag.as_str(), group.attribute("allow")), ("uri-relative-filter-group", Some("false")));
    let names: BTreeSet<_> =
        group.children.iter().flat_map(|data| &data.attributes).map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), 15);
    assert!(names.contains("queryAdvancedPattern") && names.contains("fragment"));
}

/// Pieces that mean something in XML, to the resource compiler or in a pattern, and any text at all.
fn value() -> impl Strategy<Value = String> {
    let pieces = [
        "a", "\\", "\\u", "\"", "<", ">", "&", "'", "@", "?", "*", "\u{0}", "\n", "\t", "\u{7f}", "é", "你",
        "😀", "${id}",
    ];
    prop_oneof![
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12)
            .prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_is_read_back(values in prop::array::uniform5(value())) {
        let [action, category, scheme, host, path] = values;
        let data = DataElement::new()
            .with_scheme(scheme.as_str())
            .with_host(host.as_str())
            .with_path(&PatternMatcher::literal(path.as_str()));
        let element =
            FilterElement::new().with_action(action.as_str()).with_category(category.as_str()).with_data(data);
        let snippet = read(&element.to_string()).map_err(TestCaseError::fail)?;
        let read: Vec<_> = snippet
            .children
            .iter()
            .flat_map(|child| child.attributes.iter().map(|(name, value)| (child.tag.as_str(), name.as_str(), value.as_str())))
            .collect();
        let expected = [
            ("action", "name", action.as_str()),
            ("category", "name", category.as_str()),
            ("data", "scheme", scheme.as_str()),
            ("data", "host", host.as_str()),
            ("data", "path", path.as_str()),
        ];
        prop_assert_eq!(BTreeSet::from_iter(read), BTreeSet::from(expected));
    }
}
