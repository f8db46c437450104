//! The intent itself: what its builder, its getters and its debug form do.

use std::collections::HashSet;

use tim_offline_push::intent::{
    AndroidUri, Component, Extra, Intent, IntentFlags, ParseFlags, SourceBounds, UriScheme,
};

#[test]
fn all_fields_are_kept() {
    let bounds = SourceBounds { left: 1, top: -2, right: 3, bottom: 4 };
    let mut intent = Intent::new()
        .with_action("a")
        .with_data("b:c")
        .with_mime_type("d/e")
        .with_identifier("f")
        .with_package("g")
        .with_component(Component::new("h", "h.i"))
        .with_flags(IntentFlags::ACTIVITY_NEW_TASK)
        .with_extended_flags(5)
        .with_category("j")
        .with_source_bounds(bounds)
        .with_extra("k", "l")
        .with_selector(Intent::new().with_selector(Intent::new().with_action("deep")));
    assert_eq!(intent.action(), Some("a"));
    assert_eq!(intent.data().map(AndroidUri::as_str), Some("b:c"));
    assert_eq!(intent.mime_type(), Some("d/e"));
    assert_eq!(intent.identifier(), Some("f"));
    assert_eq!(intent.package(), Some("g"));
    assert_eq!(intent.component().map(|component| component.flatten()), Some("h/h.i".to_owned()));
    assert_eq!(intent.flags(), IntentFlags::ACTIVITY_NEW_TASK);
    assert_eq!(intent.extended_flags(), 5);
    assert!(intent.has_category("j") && !intent.has_category("k"));
    assert_eq!(intent.source_bounds(), Some(bounds));
    assert_eq!(intent.extra("k"), Some(Extra::from("l")));
    assert_eq!(intent.selector(), Some(&Intent::new()), "a selector has no selector");

    assert!(intent.remove_category("j") && !intent.remove_category("j"));
    assert_eq!(intent.remove_extra("k"), Some(Extra::from("l")));
    let intent = intent.with_action("A").with_flags(IntentFlags::NONE);
    let left = Intent::new()
        .with_action("A")
        .with_data("b:c")
        .with_package("g")
        .with_component(Component::new("h", "h.i"))
        .with_selector(Intent::new())
        .with_mime_type("d/e")
        .with_identifier("f")
        .with_extended_flags(5)
        .with_source_bounds(bounds);
    assert_eq!(intent, left);
}

#[test]
fn components_are_split_and_joined_as_android_does() {
    let cases = [
        ("com.foo", "com.foo.Bar", "com.foo/.Bar"),
        ("com.foo", "com.foo.a.B", "com.foo/.a.B"),
        ("com.foo", "com.foobar.X", "com.foo/com.foobar.X"),
        ("com.foo", "com.foo", "com.foo/com.foo"),
        ("", ".Foo", "/.Foo"),
        ("", "Foo", "/Foo"),
        ("com.foo", "x", "com.foo/x"),
    ];
    for (package, class, short) in cases {
        let component = Component::new(package, class);
        assert_eq!((component.package(), component.class()), (package, class));
        assert_eq!(component.flatten_short(), short);
        assert_eq!(component.to_string(), short);
        assert_eq!(component.flatten(), format!("{package}/{class}"));
        assert_eq!(Component::unflatten(short), Some(component));
    }
    assert_eq!(Component::unflatten("no slash"), None);
    assert_eq!(Component::unflatten("p/"), None);
    assert_eq!(Component::unflatten("p/a/b"), Some(Component::new("p", "a/b")));
    assert_ne!(Component::new("a", "ab"), Component::new("aa", "b"));
    assert_eq!(Component::new("p", "").flatten_short(), "p/");
}

/// Equality is that of the values: whatever order they came in, and whether they were read or built.
#[test]
fn equal_intents_are_equal() {
    let built = Intent::new()
        .with_action(Intent::ACTION_VIEW)
        .with_extra("b", 1)
        .with_extra("a", "x y")
        .with_category("c");
    let other = Intent::new()
        .with_category("c")
        .with_extra("a", "x y")
        .with_extra("b", 1)
        .with_action(Intent::ACTION_VIEW);
    let read =
        Intent::parse_uri("intent:#Intent;category=c;S.a=x y;i.b=1;end", ParseFlags::INTENT_SCHEME).unwrap();
    let set = HashSet::from([built.clone(), other.clone(), read.clone()]);
    assert_eq!((&built, set.len()), (&other, 1));
    assert_eq!(built, read);
    let mut emptied = built.clone();
    emptied.remove_extra("a");
    emptied.remove_extra("b");
    assert_eq!(emptied.extras().count(), 0);
    assert_ne!(built, emptied);
}

/// As Java's boxed types have it.
#[test]
fn equal_values_are_equal() {
    assert_eq!(Extra::from(f64::NAN), Extra::from(-f64::NAN));
    assert_ne!(Extra::from(0.0), Extra::from(-0.0));
    assert_ne!(Extra::from(0.0_f32), Extra::from(0.0_f64));
    assert_ne!(Extra::from(1_i32), Extra::from(1_i64));
    assert_ne!(Extra::from("1"), Extra::from(1));
    let set =
        HashSet::from([Extra::from(f32::NAN), Extra::from(-f32::NAN), Extra::from("a"), Extra::from("a")]);
    assert_eq!(set.len(), 2);
}

#[test]
fn a_null_key_is_not_the_text() {
    let mut intent = Intent::new().with_extra("null", "a");
    assert_eq!(intent.set_extra_at_null("b"), None);
    assert_eq!(intent.extras().count(), 2);
    assert_eq!(intent.extra_at_null(), Some(Extra::from("b")));
    assert_eq!(intent.to_uri(UriScheme::Intent).unwrap(), "intent:#Intent;S.null=b;S.null=a;end");
}

/// A value that no URI can carry keeps its key's place.
#[test]
fn an_unprintable_value_holds_a_place() {
    let mut intent = Intent::new().with_extra("Aa", Extra::Unprintable).with_extra("BB", 1);
    assert_eq!(intent.to_uri(UriScheme::Intent).unwrap(), "intent:#Intent;i.BB=1;end");
    assert_eq!(intent.set_extra("Aa", 2), Some(Extra::Unprintable));
    assert_eq!(intent.to_uri(UriScheme::Intent).unwrap(), "intent:#Intent;i.Aa=2;i.BB=1;end");
    let mut only = Intent::new();
    only.set_extra("k", Extra::Unprintable);
    assert_eq!(only.to_uri(UriScheme::Intent).unwrap(), "intent:");
}

#[test]
fn the_debug_form_tells_no_content() {
    let intent =
        Intent::new().with_data("pushscheme://host/secret").with_extra("ext", "secret").with_package("p");
    let told = format!("{intent:?}");
    assert!(!told.contains("secret"), "{told}");
    assert!(told.contains("pushscheme") && told.contains("6 bytes") && told.contains("\"p\""), "{told}");
}

#[test]
fn flags_are_sets() {
    let flags = IntentFlags::ACTIVITY_NEW_TASK | IntentFlags::ACTIVITY_CLEAR_TOP;
    assert!(
        flags.contains(IntentFlags::ACTIVITY_NEW_TASK) && !flags.contains(IntentFlags::ACTIVITY_SINGLE_TOP)
    );
    assert!(
        flags.intersects(IntentFlags::ACTIVITY_CLEAR_TOP) && !flags.intersects(IntentFlags::URI_PERMISSIONS)
    );
    assert_eq!(flags & !IntentFlags::ACTIVITY_NEW_TASK, IntentFlags::ACTIVITY_CLEAR_TOP);
    assert_eq!(IntentFlags::URI_PERMISSIONS.bits(), 0xC3);
    assert_eq!(format!("{flags:?} {flags:#x}"), "IntentFlags(0x14000000) 0x14000000");
}

#[test]
fn the_null_key_is_another_than_its_text() {
    let mut intent = Intent::new().with_extra("null", 1);
    assert_eq!(intent.set_extra_at_null("x"), None);
    assert_eq!(intent.extras().map(|(key, _)| key).collect::<Vec<_>>(), [None, Some("null")]);
    assert_eq!(intent.remove_extra("null"), Some(Extra::Int(1)));
    assert_eq!(intent.extra_at_null(), Some(Extra::from("x")));
}
