//! What a vendor asks of a phone, a notification channel and the class of a message, as far as code decides by
//! it.

use super::{Vendor, WordList};
use serde::Serialize;

/// The least HMS Core that Tencent's document asks for, as a version code: 2.4.1.300.
pub(crate) const HMS_MIN_VERSION: u64 = 20_401_300;

/// The least Android that Tencent's document asks for with FCM: 4.1, API level 16.
pub(crate) const FCM_MIN_API: u32 = 16;

/// Whether Tencent serves the vendor outside mainland China
/// (<https://cloud.tencent.com/document/product/269/100650>, read 2026-11-22).
pub(crate) const fn served_overseas(vendor: Vendor) -> bool {
    matches!(vendor, Vendor::Fcm | Vendor::Huawei | Vendor::Oppo | Vendor::Apns)
}

/// Who makes the notification channel in which a push is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NotificationChannelNeed {
    /// The app has to create it on Android 8 and newer, and the same id stands in the vendor's console:
    /// without it nothing is shown.
    CreatedByApp,
    /// It is made in the vendor's console and named in each message: without it nothing, or little, is shown.
    MadeInConsole,
    /// The sender may name one, and the app then has to create it.
    Optional,
    /// The vendor knows none.
    None,
}

/// Who makes the notification channel in which a vendor's pushes are shown.
pub(crate) const fn notification_channel_need(vendor: Vendor) -> NotificationChannelNeed {
    match vendor {
        Vendor::Oppo => NotificationChannelNeed::CreatedByApp,
        Vendor::Xiaomi => NotificationChannelNeed::MadeInConsole,
        Vendor::Huawei | Vendor::Fcm => NotificationChannelNeed::Optional,
        Vendor::Vivo | Vendor::Meizu | Vendor::Honor | Vendor::Apns | Vendor::HarmonyOs => {
            NotificationChannelNeed::None
        }
    }
}

/// The classes of messages that a vendor is known to have.
pub(crate) const fn message_classes(vendor: Vendor) -> WordList {
    WordList(match vendor {
        Vendor::Huawei => HUAWEI_CLASSES,
        Vendor::HarmonyOs => HARMONY_OS_CLASSES,
        Vendor::Oppo => "IM ACCOUNT NEWS CONTENT MARKETING",
        Vendor::Vivo => "IM",
        Vendor::Meizu => "0 1",
        Vendor::Honor => "LOW NORMAL",
        Vendor::Xiaomi | Vendor::Fcm | Vendor::Apns => "",
    })
}

const HUAWEI_CLASSES: &str = "IM VOIP SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER \
                              SYSTEM_REMINDER MAIL PLAY_VOICE MARKETING";
const HARMONY_OS_CLASSES: &str = "IM VOIP SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER \
                                  MAIL CUSTOMER_SERVICE MARKETING";
