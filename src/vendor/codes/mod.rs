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
pub(super) use huawei::HUAWEI;
pub(super) use im::IM;
pub(super) use meizu::MEIZU;
pub(super) use oppo::OPPO;
pub(super) use vivo::VIVO;
pub(super) use xiaomi::XIAOMI;
