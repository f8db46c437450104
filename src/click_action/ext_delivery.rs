use super::ClickKind;
use crate::vendor::{Source, Vendor};

/// Whether a message's `ext` reaches the app after a tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ExtDelivery {
    /// It does.
    Delivered,
    /// It does not.
    NotDelivered,
    /// It does if the sender asks for it.
    IfAsked {
        /// The setting of the message, as the server interface spells it, that must have this value.
        setting: &'static str,
    },
}

impl ExtDelivery {
    /// Whether it can reach the app at all.
    pub const fn is_possible(self) -> bool {
        !matches!(self, Self::NotDelivered)
    }
}

/// One dated statement about `ext`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct ExtDeliveryRow {
    vendor: Vendor,
    kind: ClickKind,
    delivery: ExtDelivery,
    source: Source,
}

/// Whether `ext` reaches the app with this action, and the document that says so: the newest one, since vendors have changed
/// it. `None` if the vendor has no such action, or no document says.
///
/// ```
/// use tim_offline_push::click_action::{ClickKind, ExtDelivery, ext_delivery};
/// use tim_offline_push::vendor::Vendor;
///
/// let delivery = |vendor, kind| ext_delivery(vendor, kind).map(|(delivery, _)| delivery);
/// assert_eq!(delivery(Vendor::Vivo, ClickKind::Screen), Some(ExtDelivery::Delivered));
/// assert_eq!(delivery(Vendor::Vivo, ClickKind::Web), Some(ExtDelivery::NotDelivered));
/// assert_eq!(
///     delivery(Vendor::Huawei, ClickKind::Screen),
///     Some(ExtDelivery::IfAsked { setting: "AndroidInfo.ExtAsHuaweiIntentParam=1" }),
/// );
/// ```
pub fn ext_delivery(vendor: Vendor, kind: ClickKind) -> Option<(ExtDelivery, Source)> {
    let row = ROWS.iter().rev().find(|row| row.vendor == vendor && row.kind == kind)?;
    Some((row.delivery, row.source))
}

const CLICK_JUMP: Source = Source::read("https://cloud.tencent.com/document/product/269/100648");
const REST: Source = Source::read("https://trtc.io/document/77715");
const XIAOMI_OPEN_APP: Source =
    Source::read_on("https://cloud.tencent.com.cn/document/product/269/110427", "2026-11-29");
const HARMONY_API: Source =
    Source::read("https://im.sdk.qcloud.com/doc/HarmonyOS/classes/V2TIMOfflinePushInfo.html");
const HUAWEI_SETTING: ExtDelivery = ExtDelivery::IfAsked { setting: "AndroidInfo.ExtAsHuaweiIntentParam=1" };

/// Oldest first within a vendor and action. What Tencent's 2021 edition says of Huawei: it offers `ext` in the form, and
/// further down that some phones do not hand it over, so that it shows no way to read it.
const ROWS: &[ExtDeliveryRow] = &[
    seed(Vendor::Xiaomi, ClickKind::App, ExtDelivery::Delivered),
    row(Vendor::Xiaomi, ClickKind::App, ExtDelivery::NotDelivered, XIAOMI_OPEN_APP),
    seed(Vendor::Xiaomi, ClickKind::Web, ExtDelivery::NotDelivered),
    seed(Vendor::Xiaomi, ClickKind::Screen, ExtDelivery::Delivered),
    seed(Vendor::Huawei, ClickKind::App, ExtDelivery::NotDelivered),
    seed(Vendor::Huawei, ClickKind::Web, ExtDelivery::NotDelivered),
    seed(Vendor::Huawei, ClickKind::Screen, ExtDelivery::NotDelivered),
    row(Vendor::Huawei, ClickKind::Screen, HUAWEI_SETTING, REST),
    row(Vendor::Honor, ClickKind::Screen, ExtDelivery::Delivered, CLICK_JUMP),
    seed(Vendor::Oppo, ClickKind::App, ExtDelivery::Delivered),
    seed(Vendor::Oppo, ClickKind::Web, ExtDelivery::NotDelivered),
    seed(Vendor::Oppo, ClickKind::Screen, ExtDelivery::Delivered),
    seed(Vendor::Vivo, ClickKind::App, ExtDelivery::Delivered),
    seed(Vendor::Vivo, ClickKind::Web, ExtDelivery::NotDelivered),
    seed(Vendor::Vivo, ClickKind::Screen, ExtDelivery::Delivered),
    seed(Vendor::Meizu, ClickKind::App, ExtDelivery::Delivered),
    seed(Vendor::Meizu, ClickKind::Web, ExtDelivery::NotDelivered),
    seed(Vendor::Meizu, ClickKind::Screen, ExtDelivery::Delivered),
    seed(Vendor::Fcm, ClickKind::App, ExtDelivery::Delivered),
    row(Vendor::Apns, ClickKind::App, ExtDelivery::Delivered, CLICK_JUMP),
    row(Vendor::HarmonyOs, ClickKind::Screen, ExtDelivery::Delivered, HARMONY_API),
];

const fn seed(vendor: Vendor, kind: ClickKind, delivery: ExtDelivery) -> ExtDeliveryRow {
    row(vendor, kind, delivery, Source::TENCENT_2021)
}

const fn row(vendor: Vendor, kind: ClickKind, delivery: ExtDelivery, source: Source) -> ExtDeliveryRow {
    ExtDeliveryRow { vendor, kind, delivery, source }
}
