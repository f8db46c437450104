use crate::vendor::Vendor;

/// A made-up token in a shape that the channel's tokens have been seen in. The same number gives the same token.
///
/// ```
/// use tim_offline_push::testing::sample_token;
/// use tim_offline_push::token::Token;
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// for vendor in Vendor::ALL {
///     let token = Token::parse(vendor, TokenKind::Standard, &sample_token(vendor, 7))?;
///     assert!(token.suspicions().is_empty());
/// }
/// assert_ne!(sample_token(Vendor::Vivo, 7), sample_token(Vendor::Vivo, 8));
/// # Ok::<(), tim_offline_push::token::TokenError>(())
/// ```
pub fn sample_token(vendor: Vendor, number: u32) -> String {
    match vendor {
        Vendor::Xiaomi => format!("sample/Xiaomi+{number:08}"),
        Vendor::Huawei => format!("sample-Huawei_{number:08}"),
        Vendor::Honor => format!("BAEAAAA.sample-Honor_{number:08}"),
        Vendor::Oppo => format!("CN_{number:032x}"),
        Vendor::Vivo => format!("{number:019}"),
        Vendor::Meizu => format!("sampleMeizu{number:08}"),
        Vendor::Fcm => format!("sample:APA91b{number:08}"),
        Vendor::Apns => format!("{number:064x}"),
        Vendor::HarmonyOs => format!("sample.HarmonyOS.{number:08}"),
    }
}
