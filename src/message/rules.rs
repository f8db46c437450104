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

/// A rule of pushes, by its id.
pub(super) const fn rule(id: &'static str) -> RuleId {
    RuleId::new(id, |id| ALL.iter().find(|rule| rule.id() == id))
}

pub(crate) const OTHER_FORMAT: RuleId = rule("push-other-format");
pub(crate) const ENCODED_TWICE: RuleId = rule("push-encoded-twice");
pub(super) const DUPLICATE_KEY: RuleId = rule("push-duplicate-key");
pub(super) const WRONG_TYPE: RuleId = rule("push-wrong-type");
pub(super) const UNKNOWN_VALUE: RuleId = rule("push-unknown-value");
pub(super) const OUT_OF_RANGE: RuleId = rule("push-out-of-range");
pub(crate) const CUSTOM_WITHOUT_DESC: RuleId = rule("push-custom-without-desc");
pub(crate) const ONLINE_ONLY: RuleId = rule("push-online-only");
pub(super) const PUSH_DISABLED: RuleId = rule("push-push-disabled");
pub(super) const EXT_NOT_TEXT: RuleId = rule("push-ext-not-text");
pub(super) const EXT_NOT_OBJECT: RuleId = rule("push-ext-not-object");
pub(super) const EXT_TOO_LONG: RuleId = rule("push-ext-too-long");
pub(super) const DESC_AND_EXT_TOO_LONG: RuleId = rule("push-desc-and-ext-too-long");
pub(super) const CHANNEL_MISSING: RuleId = rule("push-channel-missing");
pub(super) const IMAGE_NEEDS_EXTENSION: RuleId = rule("push-image-needs-extension");
pub(super) const LEVEL_NEEDS_APPROVAL: RuleId = rule("push-level-needs-approval");
