use crate::vendor::Vendor;

/// A made-up token in a shape that the vendor's tokens have been seen in. The same number gives the same token.
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
    let digits = u64::from(number).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    match vendor {
        Vendor::Xiaomi => format!("sample/Xiaomi+{digits:016x}"),
        Vendor::Huawei => format!("sample-Huawei_{digits:016x}"),
        Vendor::Honor => format!("BAEAAAA.sample-Honor_{digits:016x}"),
        Vendor::Oppo => format!("CN_{digits:032x}"),
        Vendor::Vivo => format!("{digits:020}"),
        Vendor::Meizu => format!("sampleMeizu{digits:016x}"),
        Vendor::Fcm => format!("sample:APA91b{digits:016x}"),
        Vendor::Apns => format!("{digits:064x}"),
        Vendor::HarmonyOs => format!("sample.HarmonyOS.{digits:016x}"),
    }
}
