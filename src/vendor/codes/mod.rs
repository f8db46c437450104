//! The tables of error codes, one file for each vendor and one for Tencent's IM SDK.

mod apns;
mod fcm;
mod harmony_os;
mod honor;
mod huawei;
mod im;
mod meizu;
mod oppo;
mod row;
mod vivo;
mod xiaomi;

pub(super) use apns::APNS;
pub(super) use fcm::FCM;
pub(super) use harmony_os::HARMONY_OS;
pub(super) use honor::HONOR;
pub(super) use huawei::{HUAWEI, HUAWEI_MESSAGE_HOLDS_CODE};
pub(super) use im::IM;
pub(super) use meizu::MEIZU;
pub(super) use oppo::OPPO;
pub(super) use vivo::VIVO;
pub(super) use xiaomi::XIAOMI;

use super::code::CodeName;
use super::{Vendor, VendorCode};

/// A sentence of an SDK that stands for a code which it does not name.
pub(super) struct Phrase {
    pub(super) vendor: Vendor,
    pub(super) text: &'static str,
    pub(super) code: VendorCode,
}

/// Firebase: firebase-installations, FirebaseInstallationsException, and firebase-messaging 25.1. Apple: the localized
/// description of the errors, <https://cloud.tencent.com/document/product/269/130369>.
pub(super) const PHRASES: &[Phrase] = &[
    Phrase {
        vendor: Vendor::Fcm,
        text: "Firebase Installations Service is unavailable",
        code: VendorCode::Name(CodeName::known("FIS_UNAVAILABLE")),
    },
    Phrase {
        vendor: Vendor::Fcm,
        text: "API disabled",
        code: VendorCode::Name(CodeName::known("API_DISABLED")),
    },
    Phrase { vendor: Vendor::Apns, text: "aps-environment", code: VendorCode::Number(3000) },
    Phrase { vendor: Vendor::Apns, text: "supported in the simulator", code: VendorCode::Number(3010) },
];

/// The field in which the vendor's own SDK prints its code: `MiPushCommandMessage` 6.0.1, `CallBackResult` of OPPO 3.7.1,
/// `BasicStatus` of Meizu 5.0.5, run on a JVM 2026-11-29.
pub(super) const OWN_FIELDS: &[(Vendor, &str)] =
    &[(Vendor::Xiaomi, "resultCode"), (Vendor::Oppo, "mResponseCode"), (Vendor::Meizu, "code")];
