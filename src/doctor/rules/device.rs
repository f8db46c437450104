//! Rules about a phone before it runs the app: which channel serves it.

use crate::finding::{Rule, Severity};
use crate::vendor::Source;

const MI_PUSH_ENDED: Source = Source::read("https://developer.clevertap.com/docs/xiaomi-push-notifications");
const HONOR: Source = Source::read("https://help.aliyun.com/en/document_detail/2640075.html");
const GMS: Source = Source::read("https://github.com/OneSignal/OneSignal-Android-SDK/pull/1984");
const FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");

pub(in crate::doctor) const ALL: &[&Rule] = &[
    UNREADABLE,
    UNSUPPORTED,
    WITHOUT_CERTIFICATE,
    BELOW_MINIMUM,
    MI_PUSH_GLOBAL,
    HONOR_BOUNDARY,
    FCM_MAINLAND,
];

pub(in crate::doctor) const UNREADABLE: &Rule = &Rule::new(
    "device-unreadable",
    Severity::Error,
    "The text holds no property of a phone, or is too large.",
    "save the output of `adb shell getprop`",
    FAQ,
)
.with_examples("--device a phone", "--device [ro.product.brand]: [Meizu]");

pub(in crate::doctor) const UNSUPPORTED: &Rule = &Rule::new(
    "device-unsupported",
    Severity::Error,
    "No channel of the app serves this phone.",
    "add a channel that the phone has, or FCM where Google's services are",
    Source::TENCENT_2021,
)
.with_examples(
    "--vendors Huawei\n--device [ro.product.brand]: [Meizu]\n[ro.product.manufacturer]: [Meizu]",
    "--vendors Meizu\n--device [ro.product.brand]: [Meizu]\n[ro.product.manufacturer]: [Meizu]",
);

pub(in crate::doctor) const WITHOUT_CERTIFICATE: &Rule = &Rule::new(
    "elected-without-certificate",
    Severity::Warning,
    "The phone's own channel is not among those of the app, which takes another one.",
    "add the channel of the phone's maker",
    FAQ,
)
.with_examples(
    "--vendors Huawei,FCM\n--device [ro.product.brand]: [Meizu]\n[ro.product.manufacturer]: [Meizu]",
    "--vendors Meizu,FCM\n--device [ro.product.brand]: [Meizu]\n[ro.product.manufacturer]: [Meizu]",
);

pub(in crate::doctor) const BELOW_MINIMUM: &Rule = &Rule::new(
    "device-below-minimum",
    Severity::Error,
    "The phone's HMS Core or Android is older than the channel asks for.",
    "let the user update HMS Core, or fall back on another channel",
    Source::TENCENT_2021,
)
.with_examples(
    "--device [ro.product.brand]: [google]\n[ro.build.version.sdk]: [15]",
    "--device [ro.product.brand]: [google]\n[ro.build.version.sdk]: [34]",
);

pub(in crate::doctor) const MI_PUSH_GLOBAL: &Rule = &Rule::new(
    "mi-push-global",
    Severity::Note,
    "A Xiaomi phone has a system for abroad, where Mi Push ended on 2024-04-02: FCM serves it.",
    "configure FCM beside Mi Push, and elect by the phone's system, not by its brand",
    MI_PUSH_ENDED,
)
.with_examples(
    "--device [ro.product.brand]: [Xiaomi]\n[ro.product.manufacturer]: [Xiaomi]\n[ro.product.mod_device]: [dipper_global]", 
    "--device [ro.product.brand]: [Xiaomi]\n[ro.product.manufacturer]: [Xiaomi]\n[ro.miui.ui.version.name]: [V11]",
);

pub(in crate::doctor) const HONOR_BOUNDARY: &Rule = &Rule::new(
    "honor-boundary",
    Severity::Note,
    "An Honor phone from the time between HMS and Honor's own service: which of them it has is seen on the phone only.",
    "configure Honor and Huawei both, probe HonorPushClient.checkSupportHonorPush first and HMS second",
    HONOR,
)
.with_examples("--device [ro.product.brand]: [HONOR]\n[ro.product.manufacturer]: [HUAWEI]", "--device [ro.product.brand]: [HUAWEI]\n[ro.product.manufacturer]: [HUAWEI]");

pub(in crate::doctor) const FCM_MAINLAND: &Rule = &Rule::new(
    "fcm-mainland",
    Severity::Warning,
    "FCM serves the phone, and the app is for mainland China, where Google cannot be reached though its services are installed.",
    "configure the makers' channels, and tell the election of a phone that is abroad",
    GMS,
)
.with_examples("--app com.example.im\n--region domestic\n--device [ro.product.brand]: [google]\n[ro.build.version.sdk]: [34]", "--app com.example.im\n--region overseas\n--device [ro.product.brand]: [google]\n[ro.build.version.sdk]: [34]");
