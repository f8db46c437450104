//! Writing and checking the push of a typical chat message.
//!
//! `c_api/floor` is `serde_json` writing a derived struct of the same text, with the same members skipped;
//! `c_api/again` writes into a text that is used again.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Serialize;
use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Audience, Category, Form, Huawei, MessageImportance, OfflinePushInfo, Oppo,
};

const TITLE: &str = "denny";
const DESC: &str = "在吗？今晚一起吃饭 🍜";
const EXT: &str = r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"denny","nickname":"Denny","faceUrl":"https://example.com/denny.png","content":"在吗？今晚一起吃饭 🍜","sendTime":1764000000}}"#;

/// The options that Tencent's own chat screens set.
fn typical() -> OfflinePushInfo {
    OfflinePushInfo::new(TITLE, DESC).with_ext(Ext::from_text(EXT)).with_android(
        Android::new()
            .with_oppo(Oppo::new().with_channel("tuikit").with_category(Category::IM))
            .with_huawei(Huawei::new().with_category(Category::IM))
            .with_vivo_category(Category::IM)
            .with_honor_importance(MessageImportance::Normal)
            .with_xiaomi_channel("high_system"),
    )
}

/// The same members for a derived writer. Like a push, it has members that are not set.
#[derive(Serialize)]
struct Config<'a> {
    #[serde(rename = "offline_push_config_title")]
    title: &'a str,
    #[serde(rename = "offline_push_config_desc")]
    desc: &'a str,
    #[serde(rename = "offline_push_config_ext")]
    ext: &'a str,
    #[serde(rename = "offline_push_config_flag", skip_serializing_if = "is_zero")]
    flag: u32,
    #[serde(rename = "offline_push_config_vendor_params", skip_serializing_if = "str::is_empty")]
    vendor_params: &'a str,
    #[serde(rename = "offline_push_config_ios_config")]
    ios: IosConfig<'a>,
    #[serde(rename = "offline_push_config_android_config")]
    android: AndroidConfig<'a>,
}

#[derive(Serialize)]
struct IosConfig<'a> {
    #[serde(rename = "ios_offline_push_config_title")]
    title: &'a str,
    #[serde(rename = "ios_offline_push_config_sound", skip_serializing_if = "str::is_empty")]
    sound: &'a str,
    #[serde(rename = "ios_offline_push_config_push_type", skip_serializing_if = "is_zero")]
    push_type: u32,
}

#[derive(Serialize)]
struct AndroidConfig<'a> {
    #[serde(rename = "android_offline_push_config_title")]
    title: &'a str,
    #[serde(rename = "android_offline_push_config_sound", skip_serializing_if = "str::is_empty")]
    sound: &'a str,
    #[serde(rename = "android_offline_push_config_oppo_channel_id")]
    oppo_channel: &'a str,
    #[serde(rename = "android_offline_push_config_oppo_category")]
    oppo_category: &'a str,
    #[serde(rename = "android_offline_push_config_xiaomi_channel_id")]
    xiaomi_channel: &'a str,
    #[serde(rename = "android_offline_push_config_vivo_category")]
    vivo_category: &'a str,
    #[serde(rename = "android_offline_push_config_huawei_category")]
    huawei_category: &'a str,
    #[serde(rename = "android_offline_push_config_honor_importance")]
    honor_importance: &'a str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn floor() -> Config<'static> {
    Config {
        title: TITLE,
        desc: DESC,
        ext: EXT,
        flag: 0,
        vendor_params: "",
        ios: IosConfig { title: TITLE, sound: "", push_type: 0 },
        android: AndroidConfig {
            title: TITLE,
            sound: "",
            oppo_channel: "tuikit",
            oppo_category: "IM",
            xiaomi_channel: "high_system",
            vivo_category: "IM",
            huawei_category: "IM",
            honor_importance: "NORMAL",
        },
    }
}

fn c_api(criterion: &mut Criterion) {
    let (push, floor) = (typical(), floor());
    let written = push.write(Form::CApi).into_text();
    assert_eq!(serde_json::to_string(&floor).ok().as_ref(), Some(&written), "the same text");

    let mut group = criterion.benchmark_group("c_api");
    group.throughput(Throughput::Elements(1));
    group.bench_function("write", |bencher| bencher.iter(|| black_box(&push).write(Form::CApi)));
    group.bench_function("floor", |bencher| bencher.iter(|| serde_json::to_string(black_box(&floor))));
    let mut text = String::with_capacity(written.len());
    group.bench_function("again", |bencher| {
        bencher.iter(|| {
            text.clear();
            black_box(&push).write_into(Form::CApi, &mut text)
        });
    });
    group.finish();
}

fn check(criterion: &mut Criterion) {
    let (push, audience) = (typical(), Audience::everyone());
    criterion.bench_function("check/typical", |bencher| bencher.iter(|| black_box(&push).check(&audience)));
}

criterion_group!(benches, c_api, check);
criterion_main!(benches);
