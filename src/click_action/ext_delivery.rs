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
#[non_exhaustive]
pub struct ExtDeliveryRow {
    /// The vendor.
    pub vendor: Vendor,
    /// What the tap opens.
    pub kind: ClickKind,
    /// Whether `ext` arrives.
    pub delivery: ExtDelivery,
    /// The date of the document, `YYYY` or `YYYY-MM`.
    pub as_of: &'static str,
    /// The document.
    pub source: Source,
}

/// What holds today: the newest statement about this vendor and action. `None` if the vendor has no such action, or
/// nobody says.
///
/// ```
/// use tim_offline_push::click_action::{ClickKind, ExtDelivery, ext_delivery};
/// use tim_offline_push::vendor::Vendor;
///
/// let delivery = |vendor, kind| ext_delivery(vendor, kind).map(|row| row.delivery);
/// assert_eq!(delivery(Vendor::Vivo, ClickKind::Screen), Some(ExtDelivery::Delivered));
/// assert_eq!(delivery(Vendor::Vivo, ClickKind::Web), Some(ExtDelivery::NotDelivered));
/// assert_eq!(
///     delivery(Vendor::Huawei, ClickKind::Screen),
///     Some(ExtDelivery::IfAsked { setting: "AndroidInfo.ExtAsHuaweiIntentParam=1" }),
/// );
/// ```
pub fn ext_delivery(vendor: Vendor, kind: ClickKind) -> Option<&'static ExtDeliveryRow> {
    ext_delivery_history(vendor, kind).last()
}

/// All statements about this vendor and action, oldest first.
pub fn ext_delivery_history(
    vendor: Vendor,
    kind: ClickKind,
) -> impl Iterator<Item = &'static ExtDeliveryRow> {
    ROWS.iter().filter(move |row| row.vendor == vendor && row.kind == kind)
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
    row(Vendor::Xiaomi, ClickKind::App, ExtDelivery::NotDelivered, "2024-09", XIAOMI_OPEN_APP),
    seed(Vendor::Xiaomi, ClickKind::Web, ExtDelivery::NotDelivered),
    seed(Vendor::Xiaomi, ClickKind::Screen, ExtDelivery::Delivered),
    seed(Vendor::Huawei, ClickKind::App, ExtDelivery::NotDelivered),
    seed(Vendor::Huawei, ClickKind::Web, ExtDelivery::NotDelivered),
    seed(Vendor::Huawei, ClickKind::Screen, ExtDelivery::NotDelivered),
    row(Vendor::Huawei, ClickKind::Screen, HUAWEI_SETTING, "2026", REST),
    row(Vendor::Honor, ClickKind::Screen, ExtDelivery::Delivered, "2026-02", CLICK_JUMP),
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
    row(Vendor::Apns, ClickKind::App, ExtDelivery::Delivered, "2026-02", CLICK_JUMP),
    row(Vendor::HarmonyOs, ClickKind::Screen, ExtDelivery::Delivered, "2026", HARMONY_API),
];

const fn seed(vendor: Vendor, kind: ClickKind, delivery: ExtDelivery) -> ExtDeliveryRow {
    row(vendor, kind, delivery, "2021", Source::TENCENT_2021)
}

const fn row(
    vendor: Vendor,
    kind: ClickKind,
    delivery: ExtDelivery,
    as_of: &'static str,
    source: Source,
) -> ExtDeliveryRow {
    ExtDeliveryRow { vendor, kind, delivery, as_of, source }
}
