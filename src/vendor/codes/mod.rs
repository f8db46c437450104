//! The tables of error codes, and how codes stand in the texts that SDKs print.

mod hms;
mod im;
mod makers;

pub(super) use hms::HUAWEI_MESSAGE_HOLDS_CODE;
pub(super) use im::{CONSOLE, IM};

use super::code::{CodeName, CodeRow, VendorCode};
use super::{Pace, Remedy, Source, Vendor};

const CODE: Source = Source::PUBLIC_CODE;

/// The table of a vendor's registration error codes.
pub(super) const fn code_rows(vendor: Vendor) -> &'static [CodeRow] {
    match vendor {
        Vendor::Xiaomi => makers::XIAOMI,
        Vendor::Huawei => hms::HUAWEI,
        Vendor::Honor => hms::HONOR,
        Vendor::Oppo => makers::OPPO,
        Vendor::Vivo => makers::VIVO,
        Vendor::Meizu => makers::MEIZU,
        Vendor::Fcm => makers::FCM,
        Vendor::Apns => makers::APNS,
        Vendor::HarmonyOs => hms::HARMONY_OS,
    }
}

/// A sentence of an SDK that stands for a code which it does not name.
pub(super) struct Phrase {
    pub(super) vendor: Vendor,
    pub(super) text: &'static str,
    pub(super) code: VendorCode,
}

/// Firebase: firebase-installations, `FirebaseInstallationsException`, and firebase-messaging 25.1. Apple: the localized
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

/// A row with a number. The pace follows from the remedy; [`CodeRow::at`] sets another.
const fn row(
    number: i64,
    remedy: Remedy,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    of(VendorCode::Number(number), remedy, meaning, fix, source)
}

/// A row with a name.
const fn named(
    name: &'static str,
    remedy: Remedy,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    of(VendorCode::Name(CodeName::known(name)), remedy, meaning, fix, source)
}

impl CodeRow {
    /// With another pace than the one that follows from its class.
    const fn at(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// With the class and the words of what helps if the code persists all the same.
    const fn then(mut self, remedy: Remedy, fix: &'static str) -> Self {
        self.if_it_persists = Some(remedy);
        self.fix_if_it_persists = Some(fix);
        self
    }
}

const fn of(
    code: VendorCode,
    remedy: Remedy,
    meaning: &'static str,
    fix: &'static str,
    source: Source,
) -> CodeRow {
    let pace = match remedy {
        Remedy::Quota => Pace::Quota,
        Remedy::Nothing
        | Remedy::RetryLater
        | Remedy::FixConfiguration
        | Remedy::DeviceCannot
        | Remedy::UserMustAct => Pace::Normal,
    };
    CodeRow { code, meaning, remedy, pace, if_it_persists: None, fix_if_it_persists: None, fix, source }
}
