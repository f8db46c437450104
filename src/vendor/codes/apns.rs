use super::row::row;
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration};
use crate::vendor::{CodeRow, Source};

const TENCENT_IOS: Source = Source::read("https://cloud.tencent.com/document/product/269/130369");

/// APNs: the code of the error in `didFailToRegisterForRemoteNotificationsWithError`. Any other is a matter of the
/// network and is retried like an unknown one.
pub(in crate::vendor) const APNS: &[CodeRow] = &[
    row(
        3000,
        FixConfiguration,
        "the build has no aps-environment entitlement",
        "add the push capability to the target, and a provisioning profile that has it",
        TENCENT_IOS,
    ),
    row(
        3010,
        DeviceCannot,
        "this simulator cannot register for remote notifications",
        "run the app on a real device",
        Source::PUBLIC_CODE,
    ),
];
