//! How often writing asks for memory.

use allocation_counter::measure;
use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Category, Form, Harmony, Huawei, MessageImportance, OfflinePushInfo, Oppo,
};

/// As Tencent's own chat screens send it.
fn typical() -> OfflinePushInfo {
    let ext = r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"denny","nickname":"Denny","faceUrl":"https://example.com/denny.png","content":"在吗？今晚一起吃饭 🍜","sendTime":1764000000}}"#;
    OfflinePushInfo::new("denny", "在吗？今晚一起吃饭 🍜").with_ext(Ext::from_text(ext)).with_android(
        Android::new()
            .with_oppo(Oppo::new().with_channel("tuikit").with_category(Category::IM))
            .with_huawei(Huawei::new().with_category(Category::IM))
            .with_vivo_category(Category::IM)
            .with_honor_importance(MessageImportance::Normal),
    )
}

#[test]
fn a_push_is_written_into_one_block() {
    let push = typical();
    for form in [Form::CApi, Form::Rest, Form::V2tim] {
        let blocks = measure(|| assert!(!push.write(form).text().is_empty())).count_total;
        assert_eq!(blocks, 1, "{form}");
    }
    // What is lost is named in a block of its own, which grows.
    let push = push.with_harmony(Harmony::new().with_badge_ignored());
    let blocks = measure(|| assert!(!push.write(Form::Web).not_carried().is_empty())).count_total;
    assert!(blocks <= 3, "{blocks}");
}

#[test]
fn a_text_that_is_used_again_needs_no_block() {
    let push = typical();
    let mut text = push.write(Form::CApi).into_text();
    let blocks = measure(|| {
        for _ in 0..10 {
            text.clear();
            assert!(push.write_into(Form::CApi, &mut text).is_empty());
        }
    });
    assert_eq!(blocks.count_total, 0);
}

#[test]
fn a_long_push_is_written_into_two_blocks_at_most() {
    let push =
        OfflinePushInfo::new("长".repeat(500), "\"".repeat(3000)).with_ext(Ext::from_text("\n".repeat(3000)));
    for form in Form::ALL.iter().copied() {
        let blocks = measure(|| assert!(!push.write(form).text().is_empty())).count_total;
        assert!(blocks <= 2, "{form}: {blocks}");
    }
}
