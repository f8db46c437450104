//! What Tencent's console says of a push that was lost on the server's side. A client never gets these codes.

use serde::Serialize;

use super::Source;

/// One code of the console's push records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ConsoleCode {
    /// The code.
    pub code: i32,
    /// What it means.
    pub meaning: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// Where this stands.
    pub source: Source,
}

/// What a code of the console's push records says, if it is known.
///
/// ```
/// use tim_offline_push::vendor::explain_console;
///
/// assert!(explain_console(-2).is_some_and(|row| row.meaning.contains("token")));
/// ```
pub fn explain_console(code: i32) -> Option<&'static ConsoleCode> {
    CONSOLE_CODES.iter().find(|row| row.code == code)
}

const LOSSES: Source = Source::read("https://intl.cloud.tencent.com/document/product/1047/71898");
const RECORDS: Source = Source::read("https://cloud.tencent.com/document/product/269/117847");

/// Every code that is documented.
pub const CONSOLE_CODES: &[ConsoleCode] = &[
    row(-1, "the certificate id is not set", "report the business id with the token", LOSSES),
    row(-2, "the token was not uploaded", "look at the registrar's diagnosis on the phone", LOSSES),
    row(
        -195,
        "FCM: the push could not be built, or the certificate is wrong",
        "check the FCM certificate",
        RECORDS,
    ),
    row(
        -196,
        "a tap is to open a page of the app, but none is named",
        "fill in the click action in the console",
        RECORDS,
    ),
    row(-197, "the certificate is wrong or missing", "check the certificate and its id", RECORDS),
    row(-198, "the vendor refused the push", "look at the vendor's answer in the console", RECORDS),
    row(-199, "the vendor could not be reached", "nothing on the phone helps", RECORDS),
    row(-200, "the network inside Tencent failed", "nothing on the phone helps", RECORDS),
    row(
        -201,
        "token or certificate id are not valid",
        "report the token under the id of its own channel",
        RECORDS,
    ),
    row(-202, "the push could not be built", "check OfflinePushInfo", RECORDS),
    row(-203, "Huawei: over the daily number of messages", "set a category", RECORDS),
];

const fn row(code: i32, meaning: &'static str, fix: &'static str, source: Source) -> ConsoleCode {
    ConsoleCode { code, meaning, fix, source }
}
