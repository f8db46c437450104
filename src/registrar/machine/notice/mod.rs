//! What a developer or user should know, and what to do about it.

mod code;

use std::fmt;
use std::io::ErrorKind;
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::diagnosis::Span;
use super::{Lane, Lost, PolicySettings};
use crate::finding::Severity;
use crate::token::TokenError;
use crate::vendor::{ImCode, Vendor, VendorCode, explain, explain_im};

pub use self::code::NoticeCode;

/// Something a developer or user should know. `Display` gives one line: the name, what has happened, what to do. No token
/// and no account is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Notice {
    code: NoticeCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<Cause>,
    /// How long was waited.
    #[serde(skip)]
    within: Option<Duration>,
    /// How long the token is that the server refused.
    #[serde(skip)]
    bytes: Option<usize>,
}

/// What is behind a notice: an error code, why a token or a tap was given up, how an answer was lost, why a write failed,
/// or whose host is busy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// A vendor SDK's code.
    Vendor(VendorCode),
    /// The IM SDK's or server's code.
    Im(ImCode),
    /// Why a text is no token.
    Token(#[serde(serialize_with = "as_code")] TokenError),
    /// The SDK was silent, and a token that looks like its own was passed as one of this vendor.
    PassedAs(Vendor),
    /// The text is an error code of the vendor's own table, passed on as a token.
    ErrorCode,
    /// How an answer was lost.
    Lost(Lost),
    /// Why the snapshot could not be stored.
    Store(#[serde(serialize_with = "as_words")] ErrorKind),
    /// Why a tap was given up.
    Tap(TapExpiry),
    /// Whose host takes no call.
    Lane(Lane),
}

fn as_code<S: Serializer>(error: &TokenError, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(error.code())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference to the field")]
fn as_words<S: Serializer>(kind: &ErrorKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(kind)
}

/// Why a tap was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TapExpiry {
    /// It was held for [`tap_expiry`](super::PolicySettings::tap_expiry), over all processes together: the host was not
    /// ready, or no account that it may go to was logged in, or nobody said that it was handled.
    HeldTooLong,
    /// [`tap_deliveries`](super::PolicySettings::tap_deliveries) processes were given it, and none said that it was
    /// handled: it may be what ends them.
    DeliveredTooOften,
}

impl TapExpiry {
    /// All reasons.
    pub const ALL: &'static [Self] = &[Self::HeldTooLong, Self::DeliveredTooOften];

    /// The reason, in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HeldTooLong => "it was held too long",
            Self::DeliveredTooOften => "it was delivered too often without being handled",
        }
    }

    /// What to do about it.
    pub const fn fix(self) -> &'static str {
        match self {
            Self::HeldTooLong => NoticeCode::TapExpired.fix(),
            Self::DeliveredTooOften => {
                "see whether the app ends while it handles the tap, and confirm each tap that is done"
            }
        }
    }
}

impl fmt::Display for TapExpiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Notice {
    /// What it is about.
    pub const fn code(&self) -> NoticeCode {
        self.code
    }

    /// The vendor it is about, if it is about one.
    pub const fn vendor(&self) -> Option<Vendor> {
        self.vendor
    }

    /// What is behind it, if more is known than its code says.
    pub const fn cause(&self) -> Option<&Cause> {
        self.cause.as_ref()
    }

    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        match (self.code, &self.cause) {
            // Every start will find it so.
            (NoticeCode::SnapshotUnreadable, Some(Cause::Store(_))) => Severity::Warning,
            (code, _) => code.severity(),
        }
    }

    /// What has happened, in words: those of the code, with the vendor, the error code and what it means.
    pub fn message(&self) -> String {
        let within = |otherwise: &str| {
            self.within.map_or_else(|| otherwise.to_owned(), |time| format!("within {}", Span(time)))
        };
        let words = match (self.code, &self.cause) {
            (NoticeCode::VendorSilent, Some(Cause::PassedAs(other))) => {
                let owner = self.vendor.map_or_else(|| "that vendor".to_owned(), |owner| owner.to_string());
                let within = within("in time");
                format!("{SDK} gave no token {within}, but a token that looks like one of {owner} was passed as one of {other}")
            }
            (NoticeCode::VendorSilent, _) => format!("the vendor SDK gave no token {}", within("in time")),
            (NoticeCode::ReportUnanswered, Some(Cause::Lost(how))) => {
                how_lost("set_offline_push", *how, &within("in time"))
            }
            (NoticeCode::PushEventsUnanswered, Some(Cause::Lost(how))) => {
                how_lost("report_push_events", *how, &within("in time"))
            }
            (NoticeCode::PushEventsRefused, None | Some(Cause::Lost(_))) => {
                "arrivals or clicks are dropped, since report_push_events was called for them too often without \
                 being confirmed"
                    .to_owned()
            }
            (NoticeCode::StoreFailed, Some(Cause::Lost(_))) => {
                format!("{}: save was not answered {}", self.code.cause(), within("in time"))
            }
            (NoticeCode::StoreFailed, Some(Cause::Store(ErrorKind::ResourceBusy))) => {
                "another process or store writes the same snapshot".to_owned()
            }
            (NoticeCode::TokenRefusedByServer, Some(Cause::Im(code))) => {
                let words = format!("{}{}", self.code.cause(), Behind(&Cause::Im(*code), None));
                self.bytes.map_or_else(|| words.clone(), |bytes| format!("{words} (this one has {bytes} bytes)"))
            }
            (code, None) => code.cause().to_owned(),
            (code, Some(cause)) => format!("{}{}", code.cause(), Behind(cause, self.vendor)),
        };
        match self.vendor {
            Some(vendor) if words.contains(SDK) => words.replace(SDK, &format!("the {vendor} SDK")),
            Some(vendor) => format!("{words} ({vendor})"),
            None => words,
        }
    }

    /// What to do: what the table of codes says or the reason of a tap, or else what the notice's own code says.
    pub fn fix(&self) -> &'static str {
        match (self.code, &self.cause, self.vendor) {
            (NoticeCode::RegistrationKeepsFailing, Some(Cause::Vendor(code)), Some(vendor)) => {
                explain(vendor, code).fix_if_it_persists()
            }
            (NoticeCode::ReportKeepsFailing, Some(Cause::Im(code)), _) => {
                explain_im(*code).fix_if_it_persists()
            }
            (NoticeCode::TokenRefusedByServer, _, _) => self.code.fix(),
            (_, Some(Cause::Vendor(code)), Some(vendor)) => explain(vendor, code).fix(),
            (_, Some(Cause::Im(code)), _) => explain_im(*code).fix(),
            (_, Some(Cause::Tap(reason)), _) => reason.fix(),
            (_, Some(Cause::PassedAs(_)), _) => "pass each SDK's token under its own vendor",
            (_, Some(Cause::ErrorCode), _) => {
                "pass an error to the completion's failed or to vendor_failed, never to token_received"
            }
            (_, Some(Cause::Token(error)), _) => token_fix(*error),
            (_, Some(Cause::Store(kind)), _) => store_fix(*kind),
            (NoticeCode::ReportUnanswered | NoticeCode::PushEventsUnanswered, Some(Cause::Lost(how)), _) => {
                lost_fix(self.code, *how)
            }
            (_, Some(Cause::Vendor(_) | Cause::Lane(_) | Cause::Lost(_)) | None, _) => self.code.fix(),
        }
    }
}

/// In a row's words this stands for the SDK of the vendor that a notice is about.
const SDK: &str = "the vendor SDK";

/// What is behind a notice, as it goes on behind the words of its code.
struct Behind<'a>(&'a Cause, Option<Vendor>);

impl fmt::Display for Behind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Cause::Vendor(code), Some(vendor)) => {
                write!(f, ", code {code}: {}", explain(vendor, code).meaning())
            }
            (Cause::Vendor(code), None) => write!(f, ", code {code}"),
            (Cause::Im(code), _) => write!(f, ", code {code}: {}", explain_im(*code).meaning()),
            (Cause::Token(error), _) => write!(f, ": {error}"),
            (Cause::PassedAs(other), _) => write!(f, ": passed as one of {other}"),
            (Cause::ErrorCode, _) => f.write_str(": it is an error code of that SDK"),
            (Cause::Lost(how), _) => write!(f, ": {how}"),
            (Cause::Store(kind), _) => write!(f, ": {kind}"),
            (Cause::Tap(reason), _) => write!(f, ": {reason}"),
            (Cause::Lane(lane), _) => write!(f, ": {lane}"),
        }
    }
}

/// How the answer of this host call was lost.
fn how_lost(call: &str, how: Lost, within: &str) -> String {
    match how {
        Lost::Deadline => format!("{call} was not answered {within}"),
        Lost::Dropped => format!("{call} dropped its completion"),
        Lost::Panicked => format!("{call} panicked"),
        Lost::Host => format!("{call} threw, or was answered by no code of the IM SDK"),
    }
}

const fn lost_fix(code: NoticeCode, how: Lost) -> &'static str {
    match how {
        Lost::Deadline => code.fix(),
        Lost::Dropped => "keep the completion until the IM SDK's callback comes, and answer it there",
        Lost::Panicked => "find the panic in the app's log, and answer the completion on every path",
        Lost::Host => {
            "find the exception in the app's log; answer a failure by the number of the IM SDK's error code"
        }
    }
}

const fn token_fix(error: TokenError) -> &'static str {
    match error {
        TokenError::Empty { .. } | TokenError::Blank { .. } | TokenError::Null { .. } => {
            "pass a token on only when the SDK says success and has one"
        }
        TokenError::Kind { .. } => "pass the token under the vendor and kind that its SDK made it for",
        TokenError::TooLong { .. } => {
            "pass the token on exactly as the SDK gave it; if it is exact, Tencent cannot take it: use another vendor"
        }
        TokenError::WhiteSpace { .. }
        | TokenError::Control { .. }
        | TokenError::Quote { .. }
        | TokenError::Percent { .. }
        | TokenError::OddHex { .. }
        | TokenError::NotHex { .. }
        | TokenError::Description => NoticeCode::TokenRefused.fix(),
    }
}

/// What to look at when the snapshot is not stored.
const fn store_fix(kind: ErrorKind) -> &'static str {
    if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge) {
        "free space on the phone; until then a restart may repeat a report or forget a logout"
    } else if matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
        "give the store a folder that the app may write to, such as noBackupFilesDir on Android"
    } else if matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidData | ErrorKind::IsADirectory
    ) {
        "look at the folder that the store was given: a part of it is missing, or no folder or regular file"
    } else if matches!(kind, ErrorKind::ResourceBusy) {
        "start one registrar only, in the app's main process, or give each process a folder of its own"
    } else {
        NoticeCode::StoreFailed.fix()
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; fix: {}", self.code, self.message(), self.fix())
    }
}

/// A notice as small as it is kept until it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct QueuedNotice {
    code: NoticeCode,
    vendor: Option<Vendor>,
    cause: QueuedCause,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum QueuedCause {
    None,
    Im(ImCode),
    /// The server's code for a token of so many bytes.
    Refused(ImCode, Option<u16>),
    Token(Box<TokenError>),
    PassedAs(Vendor),
    ErrorCode,
    Lost(Lost),
    Store(ErrorKind),
    Tap(TapExpiry),
    Lane(Lane),
    Vendor(Box<VendorCode>),
}

impl QueuedNotice {
    pub(super) const fn new(code: NoticeCode, vendor: Option<Vendor>) -> Self {
        Self { code, vendor, cause: QueuedCause::None }
    }

    pub(super) const fn im(code: NoticeCode, vendor: Option<Vendor>, cause: ImCode) -> Self {
        Self { code, vendor, cause: QueuedCause::Im(cause) }
    }

    pub(super) const fn tap(cause: TapExpiry) -> Self {
        Self { code: NoticeCode::TapExpired, vendor: None, cause: QueuedCause::Tap(cause) }
    }

    pub(super) const fn busy(lane: Lane) -> Self {
        Self { code: NoticeCode::HostBusy, vendor: None, cause: QueuedCause::Lane(lane) }
    }

    pub(super) fn vendor(code: NoticeCode, vendor: Vendor, cause: VendorCode) -> Self {
        Self { code, vendor: Some(vendor), cause: QueuedCause::Vendor(Box::new(cause)) }
    }

    /// A text that is no token; none for one that is an error code of the vendor's.
    pub(super) fn token(vendor: Vendor, error: Option<TokenError>) -> Self {
        let cause = error.map_or(QueuedCause::ErrorCode, |error| QueuedCause::Token(Box::new(error)));
        Self { code: NoticeCode::TokenRefused, vendor: Some(vendor), cause }
    }

    /// A vendor's SDK gave no token, and one that looks like its own was passed as another vendor's, if one was.
    pub(super) fn silent(vendor: Vendor, passed_as: Option<Vendor>) -> Self {
        let cause = passed_as.map_or(QueuedCause::None, QueuedCause::PassedAs);
        Self { code: NoticeCode::VendorSilent, vendor: Some(vendor), cause }
    }

    /// Whether it says why an SDK is silent.
    pub(super) const fn is_explained(&self) -> bool {
        matches!(self.cause, QueuedCause::PassedAs(_))
    }

    /// The server refused a token of so many bytes.
    pub(super) fn refused_by_server(vendor: Vendor, code: ImCode, bytes: Option<usize>) -> Self {
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        let cause = QueuedCause::Refused(code, bytes);
        Self { code: NoticeCode::TokenRefusedByServer, vendor: Some(vendor), cause }
    }

    pub(super) const fn lost(code: NoticeCode, how: Lost) -> Self {
        Self { code, vendor: None, cause: QueuedCause::Lost(how) }
    }

    pub(super) const fn store(kind: ErrorKind) -> Self {
        Self { code: NoticeCode::StoreFailed, vendor: None, cause: QueuedCause::Store(kind) }
    }

    /// The snapshot does not read, or the store could not be read.
    pub(super) fn unreadable(why: Option<ErrorKind>) -> Self {
        let cause = why.map_or(QueuedCause::None, QueuedCause::Store);
        Self { code: NoticeCode::SnapshotUnreadable, vendor: None, cause }
    }

    pub(super) const fn code(&self) -> NoticeCode {
        self.code
    }

    pub(super) const fn about(&self) -> Option<Vendor> {
        self.vendor
    }

    pub(super) fn vendor_code(&self) -> Option<&VendorCode> {
        if let QueuedCause::Vendor(code) = &self.cause { Some(code) } else { None }
    }

    /// Whether it is about a vendor's code that is expected to pass.
    pub(super) fn is_transient(&self) -> bool {
        let code = self.vendor.zip(self.vendor_code());
        code.is_some_and(|(vendor, code)| explain(vendor, code).remedy().is_transient())
    }

    /// The same vendor's, with another code.
    pub(super) fn with_code(self, code: NoticeCode) -> Self {
        Self { code, ..self }
    }

    /// The notice as it is given, with how long was waited.
    pub(super) fn into_notice(self, settings: &PolicySettings) -> Notice {
        let within = match (self.code, &self.cause) {
            (NoticeCode::VendorSilent, _) => Some(settings.registration),
            (
                NoticeCode::ReportUnanswered | NoticeCode::PushEventsUnanswered,
                QueuedCause::Lost(Lost::Deadline),
            ) => Some(settings.report),
            (NoticeCode::StoreFailed, QueuedCause::Lost(_)) => Some(settings.store),
            _ => None,
        };
        let bytes =
            if let QueuedCause::Refused(_, bytes) = self.cause { bytes.map(usize::from) } else { None };
        let cause = match self.cause {
            QueuedCause::None => None,
            QueuedCause::Im(code) | QueuedCause::Refused(code, _) => Some(Cause::Im(code)),
            QueuedCause::Token(error) => Some(Cause::Token(*error)),
            QueuedCause::PassedAs(other) => Some(Cause::PassedAs(other)),
            QueuedCause::ErrorCode => Some(Cause::ErrorCode),
            QueuedCause::Lost(how) => Some(Cause::Lost(how)),
            QueuedCause::Store(kind) => Some(Cause::Store(kind)),
            QueuedCause::Tap(expiry) => Some(Cause::Tap(expiry)),
            QueuedCause::Lane(lane) => Some(Cause::Lane(lane)),
            QueuedCause::Vendor(code) => Some(Cause::Vendor(*code)),
        };
        Notice { code: self.code, vendor: self.vendor, cause, within, bytes }
    }
}
