//! One type for each vendor's token, and [`Token`], their sum.
//!
//! A token is an opaque text that a vendor's SDK hands out and Tencent hands back to the vendor. No vendor promises a
//! length: Huawei, HarmonyOS and Apple say outright that it must not be relied upon
//! (<https://developer.huawei.com/consumer/cn/notice/20180316>,
//! <https://developer.huawei.com/consumer/cn/doc/doccenter-capabilities/push-get-token.md>,
//! <https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)>,
//! read 2026-11-22). So a constructor refuses only what is certainly no token ([`TokenError`]), takes the rest as it
//! is, and leaves what merely looks odd to [`Token::suspicions`]. Nothing is ever trimmed.
//!
//! Tokens are secrets: `Debug` is redacted, there is no `Display`, and the doors to the text are the methods whose
//! names begin with `expose_secret`.
//!
//! # How a token goes to Tencent
//!
//! | interface | Android, HarmonyOS | APNs |
//! |---|---|---|
//! | `V2TIMOfflinePushConfig` (Java, Dart, ArkTS) | the text as it is: [`Token::expose_secret`] | |
//! | `V2TIMAPNSConfig`, `V2TIMVOIPConfig` (Objective-C) | | the bytes: [`Token::expose_secret_bytes`] |
//! | `TIMMsgSetOfflinePushToken` (C) | hex digits of the text's bytes: [`Token::to_hex`] | hex digits of the bytes: [`Token::to_hex`] |
//!
//! Sources: Tencent's API reference (<https://im.sdk.qcloud.com/doc/zh-cn/classcom_1_1tencent_1_1imsdk_1_1v2_1_1V2TIMOfflinePushManager.html>);
//! for C the header of `im_electron_sdk` 8.0.5906 and its library's behaviour, which decodes hex and takes anything
//! else for garbage without an error. Read 2026-11-22.

mod android;
mod apple;
mod check;
mod error;
mod sum;
mod suspicion;

pub use android::{
    FcmToken, HarmonyToken, HonorToken, HuaweiToken, MeizuPushId, OppoRegId, OppoRegion, VivoRegId,
    XiaomiRegId,
};
pub use apple::ApnsToken;
pub use error::TokenError;
pub use sum::Token;
pub use suspicion::Suspicion;
