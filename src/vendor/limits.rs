//! How much a vendor accepts: message texts and badges, and the limits that Tencent adds.

use std::fmt;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::{Source, Vendor};
use LimitField::{Body, ClickTarget, CustomData, DescAndExt, ExpandedBody, Title, Whole, WholeVoip};
use LimitUnit::{Bytes, Characters, Columns, Utf16Units};

/// What a limit bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LimitField {
    /// The notification's title.
    Title,
    /// The notification's text.
    Body,
    /// The notification's text in big-text style (Tencent's `PushStyle` 1).
    ExpandedBody,
    /// Custom data, keys and values together.
    CustomData,
    /// What a tap opens: intent URI, web page or class name.
    ClickTarget,
    /// `desc` and `ext` of Tencent's `OfflinePushInfo` together.
    DescAndExt,
    /// The whole push as the vendor receives it.
    Whole,
    /// The whole push of an incoming call.
    WholeVoip,
}

/// What a [`Bound`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LimitUnit {
    /// Bytes of UTF-8.
    Bytes,
    /// UTF-16 code units, as Java and Tencent's server count.
    Utf16Units,
    /// Characters of an encoding that the source does not name. Counted as Unicode scalar values.
    Characters,
    /// Columns: a character outside Latin-1 counts two. For sources that give one number for Chinese and
    /// twice as much for Latin text.
    Columns,
}

impl LimitUnit {
    /// The size of `text` in this unit.
    pub(crate) fn measure(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::Utf16Units => text.encode_utf16().count(),
            Self::Characters => text.chars().count(),
            Self::Columns => text
                .chars()
                .count()
                .saturating_add(text.chars().filter(|wide| u32::from(*wide) > 0xff).count()),
        }
    }
}

impl fmt::Display for LimitUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Bytes => "bytes",
            Self::Utf16Units => "UTF-16 units",
            Self::Characters => "characters",
            Self::Columns => "columns",
        })
    }
}

/// Which of two sources to follow where they differ. Vendors moved their limits, and old pages stay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "each limit keeps its smallest and its newest value")]
pub enum LimitProfile {
    /// The smallest limit that any source gives: what fits it is shown whole everywhere.
    #[default]
    Strict,
    /// The newest source's limit. For title and text that is the table by which Tencent's server cuts.
    Latest,
}

/// A limit: a number, its unit, and its source. `Display` writes the first two: `500 characters`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Bound {
    /// The largest size that is accepted.
    pub max: u32,
    /// What it counts.
    pub(crate) unit: LimitUnit,
    /// Where it stands.
    pub source: Source,
}

impl Bound {
    /// Whether `text` is within the bound.
    pub fn admits(&self, text: &str) -> bool {
        u32::try_from(self.unit.measure(text)).is_ok_and(|size| size <= self.max)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.max, self.unit)
    }
}

/// One limit of a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Whose.
    pub(crate) vendor: Vendor,
    /// What it bounds.
    pub(crate) field: LimitField,
    /// The smallest value that a source gives.
    pub(crate) strict: Bound,
    /// The newest value.
    pub(crate) latest: Bound,
}

/// The bound of one field of a vendor, if any source gives one.
pub(crate) fn limit(vendor: Vendor, field: LimitField, profile: LimitProfile) -> Option<Bound> {
    let limit = LIMITS.iter().find(|limit| limit.vendor == vendor && limit.field == field)?;
    Some(if profile == LimitProfile::Strict { limit.strict } else { limit.latest })
}

/// `ext` in bytes, as Tencent advises (<https://cloud.tencent.com/document/product/269/133879>, read
/// 2026-11-22).
pub(crate) const EXT_LIMIT: Bound = bound(1024, Bytes, TENCENT);

/// A whole message in bytes (<https://cloud.tencent.com/document/product/269/9346>, read 2026-11-22).
pub(crate) const MESSAGE_LIMIT: Bound =
    bound(12 * 1024, Bytes, Source::read("https://cloud.tencent.com/document/product/269/9346"));

/// What `BadgeSetNum` and `BadgeAddNum` may be for a vendor; `None` where Tencent sets no badge
/// (<https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22).
pub(crate) const fn badge_limits(vendor: Vendor) -> Option<(RangeInclusive<u32>, RangeInclusive<u32>)> {
    match vendor {
        Vendor::Apns => Some((0..=999, 1..=99)),
        Vendor::Huawei | Vendor::Honor | Vendor::HarmonyOs => Some((0..=99, 1..=99)),
        Vendor::Xiaomi | Vendor::Oppo | Vendor::Vivo | Vendor::Meizu | Vendor::Fcm => None,
    }
}

const TENCENT: Source = Source::read("https://cloud.tencent.com/document/product/269/133879");
const XIAOMI_API: Source = Source::read("https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1559");
const HUAWEI_CONSOLE: Source = Source::read("https://cloud.tencent.com/document/product/876/41760");
const HUAWEI_API: Source = Source::read(
    "https://developer.huawei.com/consumer/cn/doc/HMSCore-References/https-send-api-0000001050986197",
);
const MPAAS: Source = Source::read("https://help.aliyun.com/document_detail/311229.html");
const OPPO_OLD: Source = Source::read("https://www.tencentcloud.com/zh/document/product/1024/35286");
const OPPO_API: Source = Source::PUBLIC_CODE;
const VIVO_API: Source = Source::read("https://github.com/modood/pushapi (vivopush)");
const VIVO_ADVICE: Source = Source::read("https://help.aliyun.com/document_detail/449313.html");
const MEIZU_API: Source = Source::read("https://github.com/MEIZUPUSH/PushAPI (README.md)");
const FCM_DOC: Source =
    Source::read("https://firebase.google.com/docs/cloud-messaging/customize-messages/set-message-type");
const APPLE: Source = Source::read(
    "https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification",
);

/// Each field of a vendor at most once.
pub(super) const LIMITS: &[Limit] = &[
    // Xiaomi says "less than 50" and "less than 128".
    differ(Vendor::Xiaomi, Title, bound(49, Characters, XIAOMI_API), bound(50, Utf16Units, TENCENT)),
    differ(Vendor::Xiaomi, Body, bound(127, Characters, XIAOMI_API), bound(128, Utf16Units, TENCENT)),
    same(Vendor::Xiaomi, CustomData, 1024, Characters, XIAOMI_API),
    differ(Vendor::Huawei, Title, bound(40, Characters, HUAWEI_CONSOLE), bound(60, Utf16Units, TENCENT)),
    differ(Vendor::Huawei, Body, bound(80, Characters, HUAWEI_CONSOLE), bound(600, Utf16Units, TENCENT)),
    same(Vendor::Huawei, Whole, 4096, Bytes, HUAWEI_API),
    differ(Vendor::Honor, Title, bound(60, Columns, MPAAS), bound(50, Utf16Units, TENCENT)),
    same(Vendor::Honor, Body, 400, Utf16Units, TENCENT),
    same(Vendor::Honor, Whole, 4096, Bytes, MPAAS),
    differ(Vendor::Oppo, Title, bound(32, Characters, OPPO_OLD), bound(50, Utf16Units, TENCENT)),
    same(Vendor::Oppo, Body, 50, Utf16Units, TENCENT),
    same(Vendor::Oppo, ExpandedBody, 128, Utf16Units, TENCENT),
    same(Vendor::Oppo, CustomData, 4000, Characters, OPPO_API),
    differ(Vendor::Oppo, ClickTarget, bound(500, Characters, OPPO_API), bound(2000, Characters, OPPO_API)),
    differ(Vendor::Vivo, Title, bound(40, Characters, VIVO_API), bound(40, Utf16Units, TENCENT)),
    differ(Vendor::Vivo, Body, bound(100, Characters, VIVO_API), bound(100, Utf16Units, TENCENT)),
    // Data that is encrypted and encoded on its way grows; the advice is for the source JSON.
    differ(Vendor::Vivo, CustomData, bound(700, Bytes, VIVO_ADVICE), bound(1024, Characters, VIVO_API)),
    same(Vendor::Vivo, ClickTarget, 1024, Characters, VIVO_API),
    differ(Vendor::Meizu, Title, bound(32, Characters, MEIZU_API), bound(32, Utf16Units, TENCENT)),
    differ(Vendor::Meizu, Body, bound(100, Characters, MEIZU_API), bound(100, Utf16Units, TENCENT)),
    same(Vendor::Meizu, CustomData, 1000, Bytes, MEIZU_API),
    same(Vendor::Meizu, ClickTarget, 1000, Bytes, MEIZU_API),
    same(Vendor::Fcm, Whole, 4096, Bytes, FCM_DOC),
    same(Vendor::Apns, DescAndExt, 3 * 1024, Bytes, TENCENT),
    same(Vendor::Apns, Whole, 4096, Bytes, APPLE),
    same(Vendor::Apns, WholeVoip, 5120, Bytes, APPLE),
    same(Vendor::HarmonyOs, Title, 60, Columns, MPAAS),
    same(Vendor::HarmonyOs, Body, 4096, Columns, MPAAS),
    same(Vendor::HarmonyOs, Whole, 4096, Bytes, MPAAS),
];

const fn bound(max: u32, unit: LimitUnit, source: Source) -> Bound {
    Bound { max, unit, source }
}

const fn differ(vendor: Vendor, field: LimitField, strict: Bound, latest: Bound) -> Limit {
    Limit { vendor, field, strict, latest }
}

const fn same(vendor: Vendor, field: LimitField, max: u32, unit: LimitUnit, source: Source) -> Limit {
    differ(vendor, field, bound(max, unit, source), bound(max, unit, source))
}
