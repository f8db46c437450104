//! The rules of reading and checking a push, which `rules.txt` has. Their examples are in `doctor/examples.txt`.

use std::sync::LazyLock;

use crate::finding::{Rule, RuleId, read_rules};
use crate::vendor::Source;

/// The C library's behaviour, which no document tells.
pub(super) const C_LIBRARY: Source =
    Source::read("observed: npm im_electron_sdk 8.0.5906, library 8.0.5903 on Linux x86-64");
pub(super) const HEADER: Source =
    Source::read("Tencent's header V2TIMManager+Message.h (TencentCloud/TIMSDK)");
pub(super) const REST: Source = Source::read("https://trtc.io/document/77715");
pub(super) const REST_2026: Source = Source::read("https://cloud.tencent.com/document/product/269/133879");

/// All of them, in the order of the doctor's catalogue.
pub(crate) static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    const TABLE: &str = include_str!("rules.txt");
    read_rules(TABLE, TABLE).collect()
});

const fn rule(id: &'static str) -> RuleId {
    RuleId::new(id, |id| ALL.iter().find(|rule| rule.id() == id))
}

pub(crate) const OTHER_FORMAT: RuleId = rule("push-other-format");
pub(crate) const ENCODED_TWICE: RuleId = rule("push-encoded-twice");
pub(super) const UNKNOWN_KEY: RuleId = rule("push-unknown-key");
pub(super) const DUPLICATE_KEY: RuleId = rule("push-duplicate-key");
pub(super) const WRONG_TYPE: RuleId = rule("push-wrong-type");
pub(super) const UNKNOWN_VALUE: RuleId = rule("push-unknown-value");
pub(super) const OUT_OF_RANGE: RuleId = rule("push-out-of-range");
pub(super) const IMAGE_NOT_HTTPS: RuleId = rule("push-image-not-https");
pub(super) const SOUND_WITHOUT_SUFFIX: RuleId = rule("push-sound-without-suffix");
pub(super) const SOUND_WITH_SUFFIX: RuleId = rule("push-sound-with-suffix");
pub(super) const DURATION_WITHOUT_SOUND: RuleId = rule("push-duration-without-sound");
pub(super) const LEVEL_WITHOUT_CATEGORY: RuleId = rule("push-level-without-category");
pub(super) const VENDOR_PARAMS: RuleId = rule("push-vendor-params");
pub(super) const LIVE_ACTIVITY_ID: RuleId = rule("push-live-activity-id");
pub(crate) const CUSTOM_WITHOUT_DESC: RuleId = rule("push-custom-without-desc");
pub(super) const NOTHING_TO_SHOW: RuleId = rule("push-nothing-to-show");
pub(crate) const ONLINE_ONLY: RuleId = rule("push-online-only");
pub(super) const PUSH_DISABLED: RuleId = rule("push-push-disabled");
pub(super) const EXT_NOT_TEXT: RuleId = rule("push-ext-not-text");
pub(super) const EXT_NOT_OBJECT: RuleId = rule("push-ext-not-object");
pub(super) const EXT_ENCODED: RuleId = rule("push-ext-encoded");
pub(super) const EXT_LONG: RuleId = rule("push-ext-long");
pub(super) const EXT_TOO_LONG: RuleId = rule("push-ext-too-long");
pub(super) const DESC_AND_EXT_TOO_LONG: RuleId = rule("push-desc-and-ext-too-long");
pub(super) const PAYLOAD_TOO_LONG: RuleId = rule("push-payload-too-long");
pub(super) const MESSAGE_TOO_LONG: RuleId = rule("push-message-too-long");
pub(super) const TITLE_CUT: RuleId = rule("push-title-cut");
pub(super) const DESC_CUT: RuleId = rule("push-desc-cut");
pub(super) const CHANNEL_MISSING: RuleId = rule("push-channel-missing");
pub(super) const CATEGORY_MISSING: RuleId = rule("push-category-missing");
pub(super) const TEMPLATE_MISSING: RuleId = rule("push-template-missing");
pub(super) const TEMPLATE_PARAMS: RuleId = rule("push-template-params");
pub(super) const SOUND_IGNORED: RuleId = rule("push-sound-ignored");
pub(super) const IMAGE_NEEDS_EXTENSION: RuleId = rule("push-image-needs-extension");
pub(super) const LEVEL_NEEDS_APPROVAL: RuleId = rule("push-level-needs-approval");
