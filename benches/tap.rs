//! How long a tap takes: `tap/<vendor>` reads a vendor's payload, as JSON text, into a `Tap`;
//! `route/<vendor>` reads it and asks where it leads, which parses the container too; `floor/<vendor>` is a
//! bare `serde_json` parse of the same text into a `Value`. The container in it has about 300 bytes.
//! `tap/xiaomi_printed` reads what `MiPushMessage` prints.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench stops at the first thing that is not as expected, and criterion's macro documents nothing"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};
use tim_offline_push::account::{Peer, UserId};
use tim_offline_push::ext::Container;
use tim_offline_push::notification::Tap;
use tim_offline_push::time::UnixTime;
use tim_offline_push::vendor::Vendor;

fn container() -> Container {
    let peer = UserId::new("denny").map(Peer::User).expect("a user id");
    Container::chat(peer)
        .with_nickname("Denny 丹尼")
        .with_face_url("https://im.example.com/avatar/2026/11/denny-0123456789abcdef.png?size=128")
        .with_content("Are you coming tonight? 我们七点在老地方见，带上你的吉他。 Bring \"the\" snacks.")
        .with_send_time(UnixTime::from_secs(1_795_000_000))
}

fn payloads() -> [(Vendor, Value); 9] {
    let container = serde_json::to_value(container()).expect("a container is JSON");
    let ext = container.to_string();
    [
        (
            Vendor::Xiaomi,
            json!({"ext": ext, "notify_effect": "2", "notify_foreground": "1", "channel_id": "im"}),
        ),
        (
            Vendor::Huawei,
            json!({"ext": ext, "_push_msgid": "167b2f", "_push_cmd_type": "cosa", "_push_notifyid": 1_234}),
        ),
        (Vendor::Honor, json!({"ext": ext})),
        (Vendor::Oppo, json!({"entity": container["entity"].to_string()})),
        (Vendor::Vivo, json!({"ext": ext, "vivo_push_messageId": 1_045_123_456_789_012_345_i64})),
        (Vendor::Meizu, container),
        (
            Vendor::Fcm,
            json!({
                "ext": ext, "google.message_id": "0:1499248983806998%45f2d88ef9fd7ecd", "google.ttl": 2_419_200,
                "google.sent_time": 1_499_248_983_801_i64, "from": "000000000000", "collapse_key": "com.example",
            }),
        ),
        (
            Vendor::Apns,
            json!({"ext": ext, "aps": {"alert": {"title": "Denny", "body": "hi"}, "badge": 3, "sound": "default"}}),
        ),
        (Vendor::HarmonyOs, json!({"ext": ext, "ohos.aafwk.param.callerPid": "1234", "moduleName": "entry"})),
    ]
}

fn taps(criterion: &mut Criterion) {
    for (vendor, payload) in payloads() {
        let name = vendor.as_str().to_lowercase();
        let text = payload.to_string();
        let read = |text: &str| Tap::from_text(Some(vendor), text).expect("a payload");
        assert!(read(&text).route().peer().is_some(), "{vendor}: what is measured leads to a chat");
        criterion.bench_function(&format!("tap/{name}"), |bencher| bencher.iter(|| read(black_box(&text))));
        criterion.bench_function(&format!("route/{name}"), |bencher| {
            bencher.iter(|| read(black_box(&text)).route());
        });
        criterion.bench_function(&format!("floor/{name}"), |bencher| {
            bencher.iter(|| serde_json::from_str::<Value>(black_box(&text)).expect("JSON"));
        });
    }
    let ext = serde_json::to_string(&container()).expect("a container is JSON");
    let printed = format!("messageId={{m1}},title={{Denny}}, extra={{{{notify_effect=2, ext={ext}}}}}");
    criterion.bench_function("tap/xiaomi_printed", |bencher| {
        bencher.iter(|| Tap::from_text(Some(Vendor::Xiaomi), black_box(&printed)).expect("a payload"));
    });
}

criterion_group!(benches, taps);
criterion_main!(benches);
