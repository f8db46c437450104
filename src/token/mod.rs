//! [`Token`]: what a vendor's SDK hands out for this app on this phone.
//!
//! A token is an opaque text that a vendor's SDK hands out and Tencent hands back to the vendor. No vendor
//! promises a length: Huawei, HarmonyOS and Apple say outright that it must not be relied upon
//! (<https://developer.huawei.com/consumer/cn/notice/20180316>,
//! <https://developer.huawei.com/consumer/cn/doc/doccenter-capabilities/push-get-token.md>,
//! <https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)>,
//! read 2026-11-22). So a constructor refuses only what is certainly no token ([`TokenError`]), takes the
//! rest as it is, and leaves what merely looks odd to [`Token::suspicions`]. Nothing is ever trimmed.
//!
//! | vendor | seen | characters |
//! |---|---|---|
//! | Xiaomi | Base64; not to be URL-decoded on its way, as that turns `+` into a space | `A-Za-z0-9+/=` |
//! | Huawei | 32, 114 and 130 characters (<https://developer.huawei.com/consumer/cn/notice/20180316>) | `A-Za-z0-9-_`, rarely `.` |
//! | Honor | | `A-Za-z0-9-_` and a `.` |
//! | OPPO, realme, OnePlus | hex digits, often behind `CN_`, `OPPO_CN_`, `realme_CN_` | `A-Za-z0-9-_` |
//! | vivo | digits, more than a 64-bit number holds: it stays a text | `0-9` |
//! | Meizu | <https://github.com/MEIZUPUSH/PushAPI> | `A-Za-z0-9` |
//! | FCM | a registration token, or from firebase-messaging 25.1 on an installation id of 22 characters | `A-Za-z0-9-_:` |
//! | APNs | bytes of any number, held as lower-case hex digits | hex digits |
//! | HarmonyOS | no shape is documented | printable |
//!
//! Where no address stands, public code; read 2026-11-22, FCM's installation ids 2026-11-29.
//!
//! Tokens are secrets: `Debug` is redacted, there is no `Display`, and the text is reached only by
//! methods whose names begin with `expose_secret`.
//!
//! # How a token goes to Tencent
//!
//! | interface | Android, HarmonyOS | APNs |
//! |---|---|---|
//! | `V2TIMOfflinePushConfig` (Java, Dart, ArkTS) | the text as it is: [`Token::expose_secret`] | |
//! | `V2TIMAPNSConfig`, `V2TIMVOIPConfig` (Objective-C) | | the bytes: [`Token::expose_secret_bytes`] |
//! | `TIMMsgSetOfflinePushToken` (C) | hex digits of the text's bytes: [`Token::to_hex`] | hex digits of the bytes: [`Token::to_hex`] |
//!
//! Sources: Tencent's API reference
//! (<https://im.sdk.qcloud.com/doc/zh-cn/classcom_1_1tencent_1_1imsdk_1_1v2_1_1V2TIMOfflinePushManager.html>);
//! for C the header of `im_electron_sdk` 8.0.5906 and its library's behaviour, which decodes hex and takes
//! anything else for garbage without an error. Read 2026-11-22.

mod error;
mod parse;

pub use error::{Suspicion, TokenError};
pub use parse::Token;
