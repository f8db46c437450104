//! Inputs of any kind: read or refused, with a place, and never a panic.

use proptest::prelude::*;
use tim_offline_push::certificate::ConfigReading;
use tim_offline_push::doctor::{Manifest, Preflight, Report};
use tim_offline_push::message::Form;
use tim_offline_push::vendor::Vendor;

use crate::input::whole;
use crate::manifest::{self, Placeholders};

fn read(text: &str) -> Result<Manifest, String> {
    manifest::read(text, &Placeholders::new())
}

#[test]
fn a_manifest_that_is_none_is_refused_with_its_place() {
    for (text, why) in [
        ("", "not a manifest: there is no element at line 1, column 1"),
        ("<manifest>", "not well-formed XML: an element is not closed at line 1, column 11"),
        ("<manifest>\n  <a></b>\n</manifest>", "not well-formed XML at line 2, column"),
        ("<html></html>", "not a manifest: the root element is not <manifest> at line 1, column 1"),
        ("<manifest a=\"&nope;\" />", "not well-formed XML: an entity at line 1, column 1"),
        ("<manifest a=1 />", "not well-formed XML: an attribute at line 1, column 1"),
        (
            "not XML",
            "not a manifest: expected the text of an AndroidManifest.xml, and found other text at line 1, column 1",
        ),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.starts_with(why), "{text}: {error}");
    }
    let deep = format!("<manifest>{}", "<a>".repeat(100_000));
    assert!(read(&deep).unwrap_err().starts_with("elements nest too deep"));
}

#[test]
fn a_manifest_is_read_whole() {
    let text = r#"<?xml version="1.0"?><!-- a comment -->
        <manifest xmlns:android="http://schemas.android.com/apk/res/android" xmlns:tools="http://schemas.android.com/tools" package="com.example.im">
            <uses-sdk android:targetSdkVersion="34" />
            <uses-permission android:name="android.permission.POST_NOTIFICATIONS" />
            <application>
                <activity android:name=".Chat" android:exported="true" android:launchMode="singleTask">
                    <intent-filter android:autoVerify="true">
                        <action android:name="a&amp;b" />
                        <data android:scheme="chat" android:pathPattern="/a\\.*" />
                    </intent-filter>
                    <meta-data android:name="in.activity" android:value="1" />
                </activity>
                <service android:name=".Gone" tools:node="remove" />
                <provider android:name=".Provider" />
            </application>
        </manifest>"#;
    assert_eq!(read(&format!("\u{feff}{text}")), read(text));
    let manifest = read(text).unwrap();
    assert_eq!((manifest.package(), manifest.target_sdk()), (Some("com.example.im"), Some(34)));
    assert_eq!(manifest.components().len(), 2);
    let chat = &manifest.components()[0];
    assert_eq!(chat.attribute("launchMode"), Some("singleTask"));
    let filter = chat.filters()[0].to_filter().unwrap();
    assert!(filter.has_action("a&b"));
    assert_eq!(filter.paths()[0].pattern(), "/a\\.*");
    assert_eq!(manifest.meta_data().collect::<Vec<_>>(), [("in.activity", "1")]);
    assert_eq!(manifest.permissions().len(), 1);
}

#[test]
fn a_flood_of_findings_is_cut() {
    let manifest = (0..3000).fold(String::new(), |text, number| {
        text + &format!("<meta-data android:name=\"push{number}_id\" android:value=\"1\" />")
    });
    let manifest = read(&whole(&manifest)).unwrap();
    let report = Preflight::new().with_manifest(manifest).check();
    assert_eq!(
        (report.findings().len(), report.left_out()),
        (Report::MAX_FINDINGS, 3000 - Report::MAX_FINDINGS)
    );
}

/// Control characters of an input do not reach a terminal.
#[test]
fn names_are_escaped() {
    let report = Preflight::new()
        .with_click(Vendor::Xiaomi, "intent:#Intent;component=com.a\u{1b}[2J/.B;end")
        .with_manifest(Manifest::new("com.b"))
        .check();
    assert!(!report.findings().is_empty());
    assert!(!report.to_string().contains('\u{1b}'), "{report}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn anything_is_looked_through(
        config in "\\PC{0,200}",
        json in "[\\[{\"a-zA-Z:,0-9}\\]]{0,100}",
        click in "(intent:|https:|)[a-zA-Z0-9/#;=.:_ -]{0,60}(#Intent;[a-z.=;]{0,20};end|)",
        xml in "(<manifest>)?[<>a-z/\"= &;]{0,80}(</manifest>)?",
        properties in "[\\[\\]a-z.: \n]{0,80}",
        source in "\\PC{0,80}",
    ) {
        let mut preflight = Preflight::new()
            .with_push_text(Form::Rest, &json)
            .with_device_text(&properties)
            .with_source_text("a", source);
        for vendor in Vendor::ALL.iter().copied() {
            preflight = preflight.with_click(vendor, click.as_str());
        }
        if let Ok(manifest) = read(&xml) {
            preflight = preflight.with_manifest(manifest);
        }
        drop(preflight.clone().with_config_text(config).check().to_string());
        drop(preflight.with_config_text(json).check().to_markdown());
    }
}

/// What a configuration holds is looked at and not collected; one that is refused is not looked at.
#[test]
fn memory_for_a_configuration_is_bounded() {
    let names: [String; 3] = ["N", "M", "L"].map(|letter| letter.repeat(64));
    let source = names.join(" = {") + " = {";
    let json = format!("{{\"{}\":{{", names.join("\":{\""));
    for (head, part, end, factor) in [
        (&source, "a=1;", "}}}", 2),
        (&source, "a='';", "}}}", 2),
        (&json, "\"a\":1,", "\"a\":1}}}}", 40),
        (&json, "\"a\":\"\",", "\"a\":1}}}}", 40),
    ] {
        let peak = |bytes: usize| {
            let text = head.to_owned() + &part.repeat(bytes / part.len()) + end;
            let preflight = Preflight::new().with_config_text(text);
            allocation_counter::measure(|| drop(preflight.check())).bytes_max
        };
        let bytes = 100_000;
        let read = peak(bytes) / u64::try_from(bytes).unwrap();
        assert!(read < factor, "{part} takes {read} times its bytes");
        let refused = peak(4 * ConfigReading::MAX_BYTES);
        assert!(refused < 10_000, "{part}: {refused} bytes for a text that is refused");
    }
}

/// Twice the input costs at most little more than twice as much, counted in allocated bytes.
#[test]
fn costs_grow_with_the_input() {
    let cost = |make: &dyn Fn(usize) -> Preflight, size: usize| {
        let preflight = make(size);
        allocation_counter::measure(|| drop(preflight.check())).bytes_total
    };
    let activities = |count: usize| {
        let part = (0..count).fold(String::new(), |part, number| {
            part + &format!("<activity android:name=\".A{number}\" android:exported=\"true\"><intent-filter><action android:name=\"a.B\"/><data android:scheme=\"s{number}\"/></intent-filter></activity><meta-data android:name=\"push_{number}_id\" android:value=\"1\"/>")
        });
        let manifest = read(&whole(&part)).unwrap();
        Preflight::new()
            .with_manifest(manifest)
            .with_click(Vendor::Vivo, "intent://im/d#Intent;scheme=zz;end")
    };
    let source = |count: usize| {
        let text = "/* a */ onNotificationMessageClicked(FirebaseInstanceId /*/*/ // b\n".repeat(count);
        Preflight::new().with_source_text("A.java", text)
    };
    let configuration = |count: usize| {
        let members: Vec<String> =
            (0..count).map(|number| format!("\"vivoPushAppI{number}\": \"x\"")).collect();
        Preflight::new().with_config_text(format!("{{{}}}", members.join(",")))
    };
    let inputs: [(&str, &dyn Fn(usize) -> Preflight); 3] =
        [("activities", &activities), ("source", &source), ("configuration", &configuration)];
    for (name, make) in inputs {
        let (once, twice) = (cost(make, 400), cost(make, 800));
        assert!(twice <= once * 5 / 2, "{name}: {once} bytes, then {twice}");
    }
}

/// Each activity with an icon is looked for in every source, so that there are no more of them than phones
/// show.
#[test]
fn launchers_are_bounded() {
    let activity = |number: usize| {
        format!(
            "<activity android:name=\".A{number}\" android:exported=\"true\" android:launchMode=\"singleTask\"><intent-filter><action android:name=\"android.intent.action.MAIN\"/><category android:name=\"android.intent.category.LAUNCHER\"/></intent-filter></activity>"
        )
    };
    let manifest = read(&whole(&(0..100).map(activity).collect::<String>())).unwrap();
    let report = Preflight::new().with_manifest(manifest).with_click(Vendor::Meizu, "").check();
    let taps = report.findings().iter().filter(|finding| finding.rule().id() == "tap-new-intent").count();
    assert_eq!(taps, 16);
}
