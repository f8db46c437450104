use super::row::row;
use crate::vendor::Remedy::{DeviceCannot, FixConfiguration, RetryLater};
use crate::vendor::{CodeRow, Pace, Source};

const ERRORS: Source =
    Source::read("https://developer.huawei.com/consumer/en/doc/harmonyos-references/push-error-code/");
const ERRORS_V5: Source =
    Source::read("https://developer.huawei.com/consumer/cn/doc/harmonyos-references-v5/push-error-code-V5/");
const IDENTITY: Source = Source::read("https://blog.csdn.net/Mayism123/article/details/138222958");
const CODE: Source = Source::PUBLIC_CODE;

/// HarmonyOS Push Kit: `BusinessError.code`.
pub(in crate::vendor) const HARMONY_OS: &[CodeRow] = &[
    row(401, FixConfiguration, "a parameter is wrong", "correct the call", CODE),
    row(1_000_900_001, RetryLater, "internal error of the system", "try again later", ERRORS),
    row(
        1_000_900_002,
        FixConfiguration,
        "the extension is missing",
        "declare the ability in module.json5",
        ERRORS,
    ),
    row(
        1_000_900_003,
        FixConfiguration,
        "the extension's callback failed",
        "look into the extension",
        ERRORS,
    ),
    row(1_000_900_004, FixConfiguration, "the extension timed out", "do less in the extension", ERRORS),
    row(1_000_900_005, FixConfiguration, "the receiver is registered twice", "register it once", ERRORS),
    row(1_000_900_006, RetryLater, "the AAID service cannot be reached", "try again later", ERRORS_V5),
    row(1_000_900_007, RetryLater, "internal error of the AAID service", "try again later", ERRORS_V5),
    row(1_000_900_008, RetryLater, "the push service cannot be reached", "try again later", CODE),
    row(1_000_900_009, RetryLater, "internal error of the push service", "try again later", CODE),
    row(
        1_000_900_010,
        FixConfiguration,
        "the app's identity is illegal",
        "compare client_id, signing fingerprint, bundle name and app type with AppGallery Connect",
        IDENTITY,
    ),
    row(
        1_000_900_011,
        RetryLater,
        "no network",
        "try again when the network is back; ports 5223 and 443 must be open",
        CODE,
    )
    .at(Pace::WhenConnected),
    row(
        1_000_900_012,
        FixConfiguration,
        "the push right is not activated",
        "activate Push Kit for the app in AppGallery Connect",
        CODE,
    ),
    row(
        1_000_900_013,
        FixConfiguration,
        "a token was requested across regions",
        "use an app that is registered for the device's region",
        CODE,
    ),
    row(1_000_900_014, DeviceCannot, "the device cannot get a token", "use a real device", CODE),
];
